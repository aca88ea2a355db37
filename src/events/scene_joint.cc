#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "events/one_of.h"
#include "events/scene_parts.h"

// Phrases that mean several at once, whom only the text before names: "both governments", "the
// two".

namespace dateline::events {
namespace {

using enum quotes::WordClass;

/// Whether a word names bodies or heads of countries: "governments", "leaders".
bool IsParty(std::string_view lemma) {
  static constexpr std::array<std::string_view, 28> kWords{
      "camp",       "government", "side",       "country", "nation", "leader",   "president",
      "minister",   "premier",    "head",       "capital", "state",  "neighbor", "neighbour",
      "army",       "foe",        "rival",      "ally",    "king",   "general",  "power",
      "parliament", "party",      "delegation", "navy",    "navie",  "military", "ministry"};
  return IsOneOf(lemma, kWords);
}

/// A phrase that stands for two or three, and whose they are.
struct JointPhrase {
  enum class Of : std::uint8_t {
    kOwners,  ///< "their presidents": of the countries that the sentence names
    kJoined,  ///< "the two", "the duo", "both": of those whom the sentence joins
    kText,    ///< "both governments": of the countries that the text speaks of
    kName,    ///< "the two Koreas": of the countries that share the name
    kMet,     ///< "the two men": of those whom the sentence before brings together
  };
  Range words;  ///< the last is the head
  Of of = Of::kText;
};

/// "the two signed", "both agreed": a word for two who were named stands for them as subject.
std::optional<std::uint32_t> PairWord(const StoryView& view, const Scene& scene, std::uint32_t at) {
  const std::string& first = view.word(at).form;
  const std::uint32_t head = first == "the" ? at + 1 : at;
  if (head >= scene.words.end || scene.tree.Rel(head) != "nsubj") return std::nullopt;
  const std::string& word = view.word(head).form;
  const bool counted = first == "the" && (word == "two" || word == "pair" || word == "duo");
  return counted || (head == at && word == "both") ? std::optional(head) : std::nullopt;
}

/// "the two men", "both women": its head.
std::optional<std::uint32_t> PairOfPeople(const StoryView& view, const Scene& scene,
                                          std::uint32_t at) {
  constexpr std::array<std::string_view, 8> kPeople{
      "men", "women", "politicians", "statesmen", "officials", "diplomats", "generals", "envoys"};
  const std::string& first = view.word(at).form;
  const std::uint32_t head = first == "the" ? at + 2 : at + 1;
  if (head >= scene.words.end || !IsOneOf(view.word(head).form, kPeople)) return std::nullopt;
  const bool two = first == "the" && view.word(at + 1).form == "two";
  return two || first == "both" ? std::optional(head) : std::nullopt;
}

/// "both governments", "the two leaders": its head; "the sides" and "the neighbours" without
/// number.
std::optional<std::uint32_t> JointHead(const StoryView& view, const Scene& scene,
                                       std::uint32_t at) {
  constexpr std::uint32_t kLongest = 4;
  const std::string& first = view.word(at).form;
  const bool counted = first == "both" || first == "two" || first == "three" || first == "their";
  if (!counted && first != "the") return std::nullopt;
  for (std::uint32_t next = at + 1; next < std::min(scene.words.end, at + kLongest); ++next) {
    const bool noun = scene.tree.Pos(next) == "NOUN" || scene.tree.Pos(next) == "PROPN";
    if (view.word(next).Is(kCapital)) return std::nullopt;
    const std::string_view lemma = scene.tree.Lemma(next);
    const bool plural = view.word(next).form.ends_with('s');
    const bool bare = lemma == "side" || lemma == "neighbour" || lemma == "neighbor";
    if (noun && plural && IsParty(lemma) && (counted || (bare && next == at + 1))) return next;
  }
  return std::nullopt;
}

/// "a meeting of the two ministers in Lima": where, not whose.
bool IsWhere(const Scene& scene, std::uint32_t at) {
  const auto actor = scene.ActorAt(at);
  if (!actor || !scene.actors[*actor].place) return false;
  const Range words = scene.actors[*actor].words;
  for (std::uint32_t word = words.begin; word < words.end; ++word) {
    const std::string_view preposition = scene.tree.Case(word);
    if (preposition == "in" || preposition == "at") return true;
  }
  return false;
}

/// "their presidents": of the two countries that the sentence has named, if it has named two.
std::vector<std::string> OwnersBefore(const Scene& scene, std::uint32_t head) {
  std::vector<std::string> owners;
  for (const Actor& actor : scene.actors) {
    const std::string country = actor.code.substr(0, 3);
    if (actor.words.end <= head && country.size() == 3 && !actor.place &&
        std::ranges::find(owners, country) == owners.end())
      owners.push_back(country);
  }
  return owners.size() == 2 ? owners : std::vector<std::string>{};
}

/// "Ana Ruiz of Chad and her counterpart met before the two signed": the two countries that the
/// sentence has joined.
std::vector<std::string> JoinedBefore(const Scene& scene, std::uint32_t head) {
  const auto country_at = [&](std::uint32_t at) -> std::string {
    const auto actor = scene.ActorAt(at);
    if (!actor || scene.actors[*actor].place) return {};
    return scene.actors[*actor].code.substr(0, 3);
  };
  for (std::uint32_t at = scene.words.begin; at < head; ++at) {
    const auto first = scene.tree.Head(at);
    if (scene.tree.Rel(at) != "conj" || !first) continue;
    std::vector<std::string> pair{country_at(*first), country_at(at)};
    if (pair[0].size() == 3 && pair[1].size() == 3 && pair[0] != pair[1]) return pair;
  }
  return {};
}

/// The two countries that share a name, told in the plural: "the two Koreas", "both Sudans".
std::vector<std::string> Namesakes(std::string_view form) {
  if (form == "koreas") return {"KOR", "PRK"};
  if (form == "sudans") return {"SDN", "SSD"};
  if (form == "congos") return {"COD", "COG"};
  return {};
}

/// The phrase that begins at the word.
std::optional<JointPhrase> JointPhraseAt(const StoryView& view, const Scene& scene,
                                         std::uint32_t at) {
  using enum JointPhrase::Of;
  constexpr std::array<std::string_view, 5> kOpeners{"both", "two", "three", "their", "the"};
  if (!IsOneOf(view.word(at).form, kOpeners)) return std::nullopt;
  if (const auto head = JointHead(view, scene, at)) {
    const bool owned = view.word(at).form == "their";
    return JointPhrase{.words = {at, *head + 1}, .of = owned ? kOwners : kText};
  }
  const std::uint32_t next = view.word(at).form == "the" ? at + 2 : at + 1;
  if (next < scene.words.end && !Namesakes(view.word(next).form).empty())
    return JointPhrase{.words = {at, next + 1}, .of = kName};
  if (const auto people = PairOfPeople(view, scene, at))
    return JointPhrase{.words = {at, *people + 1}, .of = kMet};
  const auto head = PairWord(view, scene, at);
  return head ? std::optional(JointPhrase{.words = {at, *head + 1}, .of = kJoined}) : std::nullopt;
}

/// A country or its government, which speaks of others when it speaks of "both sides".
bool IsGovernment(const Actor& actor) {
  return actor.code.size() == 3 || actor.code.substr(0, 6).ends_with("GOV");
}

/// The government that is named before the word and speaks of others; empty where the word is the
/// subject.
std::string GovernmentBefore(const Scene& scene, std::uint32_t head) {
  if (scene.tree.Rel(head) == "nsubj") return {};
  for (const Actor& actor : scene.actors) {
    if (actor.words.end <= head && IsGovernment(actor)) return actor.code.substr(0, 3);
  }
  return {};
}

/// The two countries, but for one, that the text before is about: named often, and far oftener than
/// any other; empty where there are no such two.
std::vector<std::string> MainPair(const Scene& scene, const std::string& but) {
  constexpr std::size_t kOften = 3;
  std::vector<const CountryTold*> lands;
  for (const CountryTold& land : scene.told) {
    if (*land.country != but) lands.push_back(&land);
  }
  if (lands.size() < 2) return {};
  std::ranges::stable_sort(lands, std::ranges::greater{}, &CountryTold::named);
  const std::size_t third = lands.size() > 2 ? lands[2]->named : 0;
  if (lands[1]->named < kOften || 2 * lands[1]->named < 3 * third) return {};
  return {*lands[0]->country, *lands[1]->country};
}

/// So many countries that the text before speaks of, but for one; where they met comes behind who
/// met. Of three, none is only a place.
std::vector<std::string> ToldBefore(const Scene& scene, const std::string& but,
                                    std::size_t wanted) {
  if (wanted == 2) {
    if (std::vector<std::string> pair = MainPair(scene, but); !pair.empty()) return pair;
  }
  std::vector<std::string> out;
  const auto take = [&](std::span<const std::string> countries) {
    for (const std::string& country : countries) {
      const bool known = country == but || std::ranges::find(out, country) != out.end();
      if (!known && out.size() < wanted) out.push_back(country);
    }
  };
  take(scene.acting);
  if (wanted > 2) return out.size() < wanted ? std::vector<std::string>{} : out;
  take(scene.recent);
  return out;
}

/// "Both sides signed a truce under Danish auspices": Denmark is neither; empty for none.
std::string PatronBehind(const Scene& scene, std::uint32_t head) {
  for (const Actor& actor : scene.actors) {
    if (actor.words.begin > head && actor.code.size() >= 3 && WatchesOver(scene, actor.words.begin))
      return actor.code.substr(0, 3);
  }
  return {};
}

/// The country of a war within, where the patron counts for no side.
std::string TornLandBut(const Scene& scene, const std::string& patron) {
  std::vector<CountryTold> lands = scene.told;
  std::erase_if(lands, [&](const CountryTold& land) { return *land.country == patron; });
  return TornLand(lands);
}

/// Whether the phrase opens the sentence and names people who deal with each other: "The two
/// leaders".
bool OpensWithLeaders(const Scene& scene, const JointPhrase& phrase) {
  constexpr std::array<std::string_view, 8> kLeaders{"leader",  "president", "minister", "premier",
                                                     "general", "king",      "head",     "two"};
  return phrase.words.begin == scene.words.begin &&
         IsOneOf(scene.tree.Lemma(phrase.words.end - 1), kLeaders);
}

/// The countries of those whom the sentence before brings together.
std::vector<std::string> TogetherBefore(const StoryView& view) {
  return view.before == nullptr ? std::vector<std::string>{} : view.before->together;
}

/// So many countries that the text before the phrase tells of, but for one; at the head of a text
/// the two that its sentence has named: "Chad fell out with Niger, ten years after the two
/// countries had settled".
std::vector<std::string> ToldOrNamed(const Scene& scene, std::uint32_t head, const std::string& but,
                                     std::size_t wanted) {
  std::vector<std::string> told = ToldBefore(scene, but, wanted);
  if (told.size() > 1 || wanted > 2) return told;
  std::vector<std::string> named = OwnersBefore(scene, head);
  return named.empty() ? told : named;
}

/// Whether the phrase means the two of the sentence before: "The two agreed".
bool PointsBefore(const Scene& scene, const JointPhrase& phrase) {
  return phrase.words.begin == scene.words.begin && scene.near == 2 &&
         scene.tree.Lemma(phrase.words.begin) == "the";
}

/// The countries that "both sides" and "the two" mean: in a war within one, the country twice.
std::vector<std::string> SidesBefore(const Scene& scene, const JointPhrase& phrase) {
  const std::uint32_t head = phrase.words.end - 1;
  const std::string patron = PatronBehind(scene, head);
  const std::string torn = patron.empty() ? scene.torn : TornLandBut(scene, patron);
  if (!torn.empty()) return {torn};
  if (phrase.of == JointPhrase::Of::kJoined && !PointsBefore(scene, phrase)) return {};
  return ToldOrNamed(scene, head, patron.empty() ? GovernmentBefore(scene, head) : patron, 2);
}

/// The countries a joint phrase means: those spoken of most, but not the one that speaks. Where the
/// text speaks of one only, both sides are that country's.
std::vector<std::string> PairBefore(const StoryView& view, const Scene& scene,
                                    const JointPhrase& phrase) {
  using enum JointPhrase::Of;
  const std::uint32_t head = phrase.words.end - 1;
  if (phrase.of == kName) return Namesakes(view.word(head).form);
  if (phrase.of == kMet || OpensWithLeaders(scene, phrase)) {
    std::vector<std::string> together = TogetherBefore(view);
    if (phrase.of == kMet || !together.empty()) return together;
  }
  // "the three leaders": the text must have named as many.
  const bool three = scene.tree.Lemma(phrase.words.begin) == "three";
  std::vector<std::string> pair = three ? std::vector<std::string>{} : JoinedBefore(scene, head);
  if (phrase.of == kOwners) return OwnersBefore(scene, head);
  if (!pair.empty()) return pair;
  if (scene.tree.Lemma(head) == "camp" && !scene.theme.empty()) return {scene.theme};
  if (!three && (scene.tree.Lemma(head) == "side" || phrase.of == kJoined))
    return SidesBefore(scene, phrase);
  return ToldOrNamed(scene, head, GovernmentBefore(scene, head), three ? 3 : 2);
}

/// "Chad recalled its envoy to Niger, a year after they signed a treaty": the subject of what only
/// two do together, told beside what passed between the two lands that the sentence has named.
std::vector<std::string> PartnersBefore(const StoryView& view, const Scene& scene,
                                        std::uint32_t they) {
  constexpr std::array<std::string_view, 6> kMarks{"since", "after", "before",
                                                   "when",  "until", "while"};
  constexpr std::array<std::string_view, 20> kTogether{
      "sign",  "restore", "resume", "establish", "fight",    "sever",     "agree",
      "break", "clash",   "meet",   "normalise", "exchange", "normalize", "reopen",
      "renew", "mend",    "settle", "share",     "cut",      "ratify"};
  const Tree& tree = scene.tree;
  const auto verb = tree.Rel(they) == "nsubj" ? tree.Head(they) : std::nullopt;
  if (!verb || !IsOneOf(tree.Lemma(*verb), kTogether) || !tree.TellsPast(*verb)) return {};
  const auto mark = tree.Child(*verb, "mark");
  const bool beside = tree.Rel(*verb) == "advcl" || tree.Rel(*verb) == "acl";
  if (!beside || !mark || !IsOneOf(tree.Lemma(*mark), kMarks)) return {};
  // "urged Chad to free the rebels before they signed a truce"; but only states have relations.
  constexpr std::array<std::string_view, 4> kOfStates{"relation", "tie", "treaty", "embassy"};
  const auto object = tree.Child(*verb, "obj");
  if (object && IsOneOf(tree.Lemma(*object), kOfStates)) return OwnersBefore(scene, they);
  for (std::uint32_t at = scene.words.begin; at < they; ++at) {
    const bool people = view.people.contains(tree.Lemma(at)) && tree.Feature(at, "Number=Plur");
    if (people && tree.Pos(at) == "NOUN" && !IsParty(tree.Lemma(at))) return {};
  }
  return OwnersBefore(scene, they);
}

/// The actors of both countries for the words.
ActorSet AddBoth(Scene& scene, Range words, const std::vector<std::string>& countries) {
  ActorSet both;
  for (const std::string& country : countries) {
    both.push_back(static_cast<std::uint32_t>(scene.actors.size()));
    scene.actors.push_back(
        {.words = words, .entity = std::nullopt, .code = country, .known = Actor::Known::kJoint});
  }
  return both;
}

/// The word stands for all of them.
void Join(Scene& scene, std::uint32_t head, ActorSet both) {
  scene.actor_at[head - scene.words.begin] = both.front();
  scene.joint.emplace_back(head, std::move(both));
}

/// "the warring sides in Chad": both are of the country where they are; empty for none.
std::string LandOfFoes(const Scene& scene, std::uint32_t head) {
  constexpr std::array<std::string_view, 6> kFoes{"warring", "rival",    "feuding",
                                                  "opposed", "opposing", "fighting"};
  constexpr std::array<std::string_view, 4> kSides{"side", "party", "faction", "camp"};
  const Tree& tree = scene.tree;
  if (!IsOneOf(tree.Lemma(head), kSides) || !tree.Feature(head, "Number=Plur")) return {};
  const bool foes = std::ranges::any_of(tree.Children(head), [&](std::uint32_t child) {
    return child < head && IsOneOf(tree.Lemma(child), kFoes);
  });
  const auto land = foes ? tree.Child(head, "nmod") : std::nullopt;
  if (!land) return foes ? scene.torn : std::string();
  const auto actor = scene.ActorAt(*land);
  const bool where = tree.Case(*land) == "in" || tree.Case(*land) == "of";
  const bool country = actor && scene.actors[*actor].code.size() == 3;
  return where && country ? scene.actors[*actor].code : std::string();
}

/// "The warring sides in Chad exchanged prisoners": a country with itself.
void AddFoes(Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const std::string land = LandOfFoes(scene, at);
    if (land.empty() || (scene.ActorAt(at) && scene.actors[*scene.ActorAt(at)].words.end != at + 1))
      continue;
    const auto index = static_cast<std::uint32_t>(scene.actors.size());
    scene.actors.push_back({.words = {at, at + 1},
                            .entity = std::nullopt,
                            .code = land,
                            .known = Actor::Known::kJoint});
    scene.actor_at[at - scene.words.begin] = index;
    scene.joint.emplace_back(at, ActorSet{index});
  }
}

/// The country of the people or the government that the noun means; empty for none.
std::string CountryDealing(const Scene& scene, std::uint32_t head) {
  for (const std::uint32_t at : ActorsOf(scene, head)) {
    const Actor& actor = scene.actors[at];
    if (!actor.place && (actor.person || IsGovernment(actor))) return actor.code.substr(0, 3);
  }
  return {};
}

/// "telephoned Ruiz", "spoke with Ruiz": what stands so below a verb.
bool IsDealtWith(const Tree& tree, std::uint32_t child) {
  const bool with = tree.Rel(child) == "obl" && tree.Case(child) == "with";
  return with || tree.Rel(child).ends_with("obj");
}

}  // namespace

bool NamesSomebody(const StoryView& view, const Scene& scene, std::uint32_t head, bool counted) {
  if (scene.tree.Children(head).empty()) return false;
  return std::ranges::any_of(scene.tree.Below(head), [&](std::uint32_t at) {
    const bool where = counted && IsWhere(scene, at);
    const bool name = !where && view.word(at).Is(kCapital) && at != scene.words.begin;
    return at != head && (name || scene.tree.Rel(at) == "acl:relcl");
  });
}

void AddJointActors(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at + 1 < scene.words.end; ++at) {
    const auto phrase = JointPhraseAt(view, scene, at);
    if (!phrase) continue;
    const std::uint32_t head = phrase->words.end - 1;
    if (NamesSomebody(view, scene, head, true)) continue;
    const std::vector<std::string> pair = PairBefore(view, scene, *phrase);
    if (pair.empty()) continue;
    Join(scene, head, AddBoth(scene, phrase->words, pair));
  }
  AddFoes(scene);
}

std::vector<std::string> DealtTogether(const Scene& scene) {
  for (const Verb& verb : scene.verbs) {
    if (verb.roles.subject.empty()) continue;
    const std::string one = CountryDealing(scene, verb.roles.subject.front());
    if (one.size() != 3) continue;
    for (const std::uint32_t child : scene.tree.Children(verb.at)) {
      if (!IsDealtWith(scene.tree, child)) continue;
      std::string other = CountryDealing(scene, child);
      if (other.size() == 3 && other != one) return {one, std::move(other)};
    }
  }
  return {};
}

void AddJointPronouns(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (view.word(at).form != "they") continue;
    if (const auto pair = PartnersBefore(view, scene, at); !pair.empty()) {
      Join(scene, at, AddBoth(scene, {at, at + 1}, pair));
      continue;
    }
    if (scene.ActorAt(at)) continue;
    const auto before = std::ranges::find_if(scene.joint.rbegin(), scene.joint.rend(),
                                             [&](const auto& one) { return one.first < at; });
    if (before == scene.joint.rend()) continue;
    Join(scene, at, ActorSet(before->second));
  }
}

}  // namespace dateline::events
