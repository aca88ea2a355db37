#include "events/scene.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "events/one_of.h"
#include "events/scene_parts.h"

namespace dateline::events {
namespace {

/// The subject of the sentence's first verb that hangs on no other, where it is known whose it is.
std::optional<Actor> DoerOf(const Scene& scene) {
  const auto main = std::ranges::find_if(
      scene.verbs, [&](const Verb& verb) { return !scene.tree.Head(verb.at); });
  if (main == scene.verbs.end()) return std::nullopt;
  for (const std::uint32_t subject : main->roles.subject) {
    for (const std::uint32_t actor : ActorsOf(scene, subject)) {
      if (scene.actors[actor].code.size() >= 3) return scene.actors[actor];
    }
  }
  return std::nullopt;
}

/// Looks the words of the sentence up, all at once.
void ReadNumbers(const StoryView& view, Scene& scene) {
  const std::size_t count = scene.words.end - scene.words.begin;
  std::vector<std::string_view> lemmas;
  lemmas.reserve(count);
  std::vector<std::string_view> texts;
  texts.reserve(2 * count);
  scene.numbers.reserve(count);
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    lemmas.push_back(scene.tree.Lemma(at));
    texts.push_back(view.word(at).form);
    if (lemmas.back() != texts.back()) texts.push_back(lemmas.back());
  }
  scene.people = view.people.ContainsEach(lemmas);
  const std::vector<WordId> found = view.patterns.words().Of(texts);
  auto next = found.begin();
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const WordId form = *next++;
    const bool same = scene.tree.Lemma(at) == view.word(at).form;
    scene.numbers.push_back({.form = form, .lemma = same ? form : *next++});
  }
  for (const WordId word : found) view.patterns.Expect(word);
}

}  // namespace

bool Scene::Stands(std::span<const WordId> phrase, std::uint32_t at) const {
  if (at < words.begin || at + phrase.size() > words.end) return false;
  for (const WordId word : phrase) {
    const auto [form, lemma] = NumbersOf(at++);
    if (form != word && lemma != word) return false;
  }
  return true;
}

std::size_t Scene::LongestAt(const WordPhrases& phrases, std::uint32_t at) const {
  std::size_t longest = 0;
  if (!words.Contains(at)) return longest;
  const auto [form, lemma] = NumbersOf(at);
  for (const WordId first : {form, lemma}) {
    for (const std::span<const WordId> phrase : phrases.BeginningWith(first)) {
      if (phrase.size() > longest && Stands(phrase, at)) longest = phrase.size();
    }
    if (form == lemma) break;
  }
  return longest;
}

bool IsBrokenUp(const Scene& scene, std::uint32_t noun) {
  constexpr std::array<std::string_view, 7> kBreak{"break",    "disperse", "disband", "quell",
                                                   "suppress", "crush",    "storm"};
  constexpr std::array<std::string_view, 11> kCrowds{
      "protest", "demonstration", "rally",     "march",  "vigil", "blockade",
      "sit-in",  "roadblock",     "barricade", "picket", "strike"};
  const auto verb = scene.tree.Rel(noun) == "obj" ? scene.tree.Head(noun) : std::nullopt;
  return verb && IsOneOf(scene.tree.Lemma(noun), kCrowds) &&
         IsOneOf(scene.tree.Lemma(*verb), kBreak);
}

bool WatchesOver(const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 9> kWatch{"auspice",     "aegis",     "supervision",
                                                   "mediation",   "patronage", "umbrella",
                                                   "sponsorship", "guidance",  "pressure"};
  constexpr int kSteps = 4;
  const auto watches = [&](std::uint32_t noun) {
    return scene.tree.Case(noun) == "under" && IsOneOf(scene.tree.Lemma(noun), kWatch);
  };
  // "withdrew under pressure from Chad", parsed as withdrawn from there.
  const auto marker = scene.tree.Child(at, "case");
  if (marker && *marker > scene.words.begin && watches(*marker - 1)) return true;
  std::optional<std::uint32_t> up = at;
  for (int i = 0; up && i < kSteps; ++i, up = scene.tree.Head(*up)) {
    if (watches(*up)) return true;
  }
  return false;
}

bool IsEnvoy(std::string_view lemma) {
  constexpr std::array<std::string_view, 6> kEnvoys{"ambassador", "envoy",   "consul",
                                                    "attache",    "attaché", "diplomat"};
  return IsOneOf(lemma, kEnvoys);
}

bool SetsScene(const Scene& scene, std::uint32_t noun) {
  constexpr std::uint32_t kOpening = 3;
  const auto actor = scene.ActorAt(noun);
  if (!actor || noun >= scene.words.begin + kOpening) return false;
  const std::string_view preposition = scene.tree.Case(noun);
  const Actor& where = scene.actors[*actor];
  return (preposition == "in" || preposition == "at") && !where.person && where.code.size() == 3;
}

bool IsToldBehind(const Tree& tree, std::uint32_t saying, std::uint32_t clause) {
  constexpr std::array<std::string_view, 12> kSays{"say",     "tell",   "add",     "announce",
                                                   "declare", "state",  "warn",    "insist",
                                                   "write",   "stress", "confirm", "vow"};
  if (tree.Rel(saying) == "parataxis") return true;
  return tree.Rel(saying) == "advcl" && saying > clause && !tree.Child(saying, "mark") &&
         tree.Child(saying, "nsubj") && IsOneOf(tree.Lemma(saying), kSays);
}

std::optional<std::uint32_t> SayingAround(const Tree& tree, std::uint32_t clause) {
  const auto over = tree.Head(clause);
  if (tree.Rel(clause) == "ccomp" && over) return over;
  // "told reporters that Chad had to go", where the clause hangs on the reporters.
  const auto mark = tree.Rel(clause) == "acl:relcl" ? tree.Child(clause, "mark") : std::nullopt;
  if (over && mark && tree.Lemma(*mark) == "that" && tree.Rel(*over).ends_with("obj"))
    return tree.Head(*over);
  for (const std::uint32_t child : tree.Children(clause)) {
    if (IsToldBehind(tree, child, clause)) return child;
  }
  return std::nullopt;
}

const Verb* SayingOver(const Scene& scene, const Verb& verb) {
  const auto over = SayingAround(scene.tree, verb.at);
  const auto found = over ? std::ranges::find(scene.verbs, *over, &Verb::at) : scene.verbs.end();
  return found == scene.verbs.end() ? nullptr : &*found;
}

Result<Nations> LoadNations(const tables::Tables& tables) {
  Nations nations;
  DATELINE_TRY(const tables::Table* table, tables.Get("actors/country_aliases"));
  DATELINE_TRY(const tables::Column alias, table->GetColumn("alias"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  DATELINE_TRY(const tables::Column country, table->GetColumn("country"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string_view is = table->Cell(row, kind);
    if (is != "adjective" && is != "demonym" && is != "people") continue;
    std::string name(table->Cell(row, alias));
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (const std::size_t space = name.find(' '); space != name.npos)
      nations.openers.insert(name.substr(0, space));
    nations.countries.emplace(std::move(name), table->Cell(row, country));
  }
  return nations;
}

Result<People> LoadPeople(const tables::Tables& tables) {
  People people;
  DATELINE_TRY(const tables::Table* table, tables.Get("actors/roles"));
  for (const char* name : {"role", "plural"}) {
    const auto column = table->GetColumn(name);
    if (!column) continue;
    for (std::uint32_t row = 0; row < table->row_count(); ++row) {
      for (const std::string_view title : tables::Values(table->Cell(row, *column)))
        people.insert(title.substr(title.rfind(' ') == title.npos ? 0 : title.rfind(' ') + 1));
    }
  }
  DATELINE_TRY(const tables::Table* words, tables.Get("coreference/words"));
  DATELINE_TRY(const tables::Column word, words->GetColumn("word"));
  DATELINE_TRY(const tables::Column kind, words->GetColumn("kind"));
  for (std::uint32_t row = 0; row < words->row_count(); ++row) {
    const std::string_view is = words->Cell(row, kind);
    if (is == "person" || is == "male" || is == "female") people.insert(words->Cell(row, word));
  }
  DATELINE_TRY(const tables::Table* nouns, tables.Get("events/people"));
  DATELINE_TRY(const tables::Column lemma, nouns->GetColumn("lemma"));
  for (std::uint32_t row = 0; row < nouns->row_count(); ++row)
    people.insert(nouns->Cell(row, lemma));
  return people;
}

Scene ReadScene(const StoryView& view, Range range) {
  Scene scene{.words = range,
              .tree = Tree(view.story, range, view.lemmas),
              .actors = {},
              .actor_at = {},
              .verbs = {},
              .joint = {},
              .recent = {},
              .near = 0,
              .acting = {},
              .theme = {},
              .rival = {},
              .torn = {},
              .told = {},
              .doer_before = {},
              .citizen_at = {},
              .others_at = {}};
  constexpr std::size_t kUsualActors = 16;
  scene.actors.reserve(kUsualActors);
  ReadNumbers(view, scene);
  ReadActors(view, scene);
  ReadRecent(view, scene);
  AddSpeakers(view, scene);
  AddQuoted(view, scene);
  AddJointActors(view, scene);
  AddJointPronouns(view, scene);
  AddOthers(view, scene);
  AddCitizens(view, scene);
  if (view.before != nullptr) ReadGroups(view, scene, view.before->groups);
  AddArms(view, scene);
  ReadVerbs(view, scene);
  if (view.before != nullptr) {
    scene.doer_before = std::exchange(view.before->doer, DoerOf(scene));
    view.before->together = DealtTogether(scene);
  }
  return scene;
}

}  // namespace dateline::events
