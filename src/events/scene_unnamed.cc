#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "events/one_of.h"
#include "events/scene_parts.h"

// People, bodies and things of whom only the text around tells whose they are: citizens of the land
// spoken of, the arms of its army, and nouns that point to the other side ("its neighbour").

namespace dateline::events {
namespace {

bool IsSomebody(const Scene& scene, std::uint32_t at) {
  static constexpr std::array<std::string_view, 17> kWords{
      "person", "people", "man",        "woman", "men",      "child",   "boy",    "girl",  "gunman",
      "crowd",  "driver", "magistrate", "mob",   "thousand", "hundred", "looter", "rioter"};
  return scene.IsForPeople(at) || IsOneOf(scene.tree.Lemma(at), kWords);
}

/// "the party": one that was named before, at home.
bool IsHomeBody(const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 3> kBodies{"party", "opposition", "coalition"};
  const auto determiner = tree.Child(at, "det");
  return IsOneOf(tree.Lemma(at), kBodies) && determiner && tree.Lemma(*determiner) == "the" &&
         tree.Rel(at).starts_with("nsubj");
}

/// What happens within a country, whose name is then left out: "protests closed the mines",
/// "emergency rules were declared".
bool IsHomeMatter(std::string_view lemma) {
  static constexpr std::array<std::string_view, 14> kWords{
      "protest", "demonstration", "rally", "strike", "riot",    "unrest",    "march",
      "walkout", "curfew",        "rule",  "law",    "rioting", "emergency", "clashes"};
  return IsOneOf(lemma, kWords);
}

/// "seven others were held", "most of whom were freed", "two were hurt": people who are only
/// counted.
bool AreCounted(const StoryView& view, const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 11> kSome{"most",     "all",   "some",  "many",
                                                   "several",  "both",  "dozen", "hundred",
                                                   "thousand", "score", "scores"};
  if (view.word(at).form == "others") return true;
  // "two of the men", "the two": who they are is told, or has been.
  const auto known = [&](std::uint32_t child) {
    return tree.Pos(child) == "NOUN" || tree.Pos(child) == "PROPN" || tree.Lemma(child) == "the";
  };
  if (tree.Rel(at) != "nsubj:pass" || std::ranges::any_of(tree.Children(at), known)) return false;
  return tree.Pos(at) == "NUM" || IsOneOf(tree.Lemma(at), kSome);
}

/// What is blown up and set alight: "a bomb destroyed a truck".
bool IsHomeThing(std::string_view lemma) {
  constexpr std::array<std::string_view, 12> kWords{
      "truck",      "lorry",  "bus",      "minibus", "vehicle", "convoy",
      "checkpoint", "patrol", "barracks", "outpost", "train",   "pipeline"};
  return IsOneOf(lemma, kWords);
}

/// What an army moves on or in: "armoured cars sealed off the valley".
bool IsArm(const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 7> kArms{"tank",    "helicopter", "warplane", "gunship",
                                                  "gunboat", "bulldozer",  "artillery"};
  constexpr std::array<std::string_view, 4> kCars{"car", "vehicle", "carrier", "column"};
  constexpr std::array<std::string_view, 3> kSteel{"armoured", "armored", "military"};
  if (IsOneOf(tree.Lemma(at), kArms)) return true;
  return IsOneOf(tree.Lemma(at), kCars) &&
         std::ranges::any_of(tree.Children(at), [&](std::uint32_t child) {
           return IsOneOf(tree.Lemma(child), kSteel);
         });
}

/// The country of most of what is told, or told twice as often as any other; empty for none.
std::string_view MostSpokenOf(const StoryView& view, const Scene& scene) {
  if (!view.home.empty()) return view.home;
  const std::size_t times = scene.TimesTold(scene.theme);
  const bool alone = std::ranges::all_of(scene.told, [&](const CountryTold& land) {
    return *land.country == scene.theme || 2 * land.times <= times;
  });
  return alone ? std::string_view(scene.theme) : std::string_view();
}

/// "a policeman", "a soldier": whose arms one of them bears whom no body names.
std::string_view ArmsOf(const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 4> kPolice{"policeman", "policewoman", "constable",
                                                    "detective"};
  const std::string_view lemma = scene.tree.Lemma(at);
  if (IsOneOf(lemma, kPolice)) return "COP";
  const auto kind = lemma == "officer" ? scene.tree.Child(at, "compound") : std::nullopt;
  if (kind && scene.tree.Lemma(*kind) == "police") return "COP";
  return lemma == "soldier" ? "MIL" : "";
}

/// "some of them burned a bus", where nothing tells who they are.
bool AreSomeOfThem(const Scene& scene, std::uint32_t at) {
  const auto them = scene.tree.Lemma(at) == "some" ? scene.tree.Child(at, "nmod") : std::nullopt;
  return them && scene.tree.Pos(*them) == "PRON" && scene.tree.Case(*them) == "of" &&
         !scene.ActorAt(*them);
}

/// What one side does to another and the text has told before: "the accusation", "the offer".
bool IsDeed(std::string_view lemma) {
  static constexpr std::array<std::string_view, 28> kWords{
      "accusation", "charge",   "claim",     "allegation", "measure",   "offer",   "proposal",
      "demand",     "sanction", "plan",      "threat",     "criticism", "step",    "request",
      "call",       "appeal",   "ultimatum", "suggestion", "tariff",    "ban",     "invitation",
      "remark",     "insult",   "slur",      "version",    "rebuke",    "embargo", "condition"};
  return IsOneOf(lemma, kWords);
}

/// Whom one side has with the other: "its ambassador", "its neighbour".
bool IsTie(std::string_view lemma) {
  constexpr std::array<std::string_view, 11> kWords{
      "ambassador", "envoy",       "diplomat",  "embassy", "commissioner", "consul",
      "neighbor",   "counterpart", "neighbour", "ally",    "consulate"};
  return IsOneOf(lemma, kWords);
}

/// "bought phosphates from the kingdom".
bool IsLand(std::string_view lemma) {
  constexpr std::array<std::string_view, 5> kWords{"kingdom", "republic", "emirate", "sultanate",
                                                   "archipelago"};
  return IsOneOf(lemma, kWords);
}

/// Whether a land is of the kind that the word names: "the sultanate" is Oman or Brunei. Of other
/// words than these nothing is known.
bool IsOfKind(std::string_view lemma, std::string_view country) {
  constexpr std::array<std::string_view, 2> kSultanates{"OMN", "BRN"};
  constexpr std::array<std::string_view, 3> kEmirates{"KWT", "QAT", "ARE"};
  static constexpr std::array<std::string_view, 18> kKingdoms{
      "SAU", "BHR", "JOR", "MAR", "GBR", "ESP", "SWE", "NOR", "DNK",
      "NLD", "BEL", "THA", "KHM", "BTN", "TON", "SWZ", "LSO", "NPL"};
  if (lemma == "sultanate") return IsOneOf(country, kSultanates);
  if (lemma == "emirate") return IsOneOf(country, kEmirates);
  if (lemma == "kingdom") return IsOneOf(country, kKingdoms);
  const bool crowned = IsOneOf(country, kSultanates) || IsOneOf(country, kEmirates) ||
                       (IsOneOf(country, kKingdoms) && country != "NPL");
  return lemma != "republic" || !crowned;
}

/// "the Central Asian state", "the landlocked country".
bool IsRegionalLand(const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 3> kLands{"state", "country", "nation"};
  static constexpr std::array<std::string_view, 21> kRegions{
      "asian",       "african", "american", "european", "gulf",         "island",    "baltic",
      "balkan",      "pacific", "andean",   "nordic",   "himalayan",    "arab",      "landlocked",
      "neighboring", "alpine",  "soviet",   "oil-rich", "neighbouring", "caribbean", "caucasus"};
  const auto determiner = tree.Child(at, "det");
  if (!IsOneOf(tree.Lemma(at), kLands) || !determiner || tree.Lemma(*determiner) != "the")
    return false;
  if (tree.Case(at) == "in" || tree.Case(at) == "across" || tree.Child(at, "nmod")) return false;
  return std::ranges::any_of(tree.Children(at), [&](std::uint32_t child) {
    const bool modifies = tree.Rel(child) == "amod" || tree.Rel(child) == "compound";
    return modifies && IsOneOf(tree.Lemma(child), kRegions);
  });
}

/// "accused it of spying", "urged it to talk": a pronoun that nothing resolves is another country.
bool IsItAddressed(const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 9> kVerbs{"accuse", "blame", "urge", "warn", "thank",
                                                   "ask",    "order", "sue",  "tell"};
  const Tree& tree = scene.tree;
  if (tree.Lemma(at) != "it" || tree.Rel(at) != "obj" || scene.ActorAt(at)) return false;
  const auto verb = tree.Head(at);
  return verb && IsOneOf(tree.Lemma(*verb), kVerbs);
}

bool PointsToOther(const StoryView& view, const Scene& scene, std::uint32_t at) {
  const Tree& tree = scene.tree;
  if (IsItAddressed(scene, at)) return true;
  if (tree.Pos(at) != "NOUN") return false;
  if (IsRegionalLand(tree, at) && view.word(at).form == tree.Lemma(at)) return true;
  const bool pointing = IsDeed(tree.Lemma(at)) || IsLand(tree.Lemma(at)) || IsTie(tree.Lemma(at));
  if (!pointing || NamesSomebody(view, scene, at)) return false;
  const auto determiner = tree.Child(at, "det");
  const bool like = std::ranges::any_of(tree.Children(at), [&](std::uint32_t child) {
    return tree.Lemma(child) == "similar" || tree.Lemma(child) == "such";
  });
  const bool definite =
      determiner && (tree.Lemma(*determiner) == "the" || tree.Lemma(*determiner) == "this");
  const bool deed = IsDeed(tree.Lemma(at)) && (definite || like);
  const bool guest = definite && IsEnvoy(tree.Lemma(at));
  return deed || guest || (definite && IsLand(tree.Lemma(at))) ||
         (tree.IsOwned(at) && IsTie(tree.Lemma(at)));
}

/// The countries named before a word in the sentence, then those before the sentence: where the
/// word is "neighbour", the one that the text speaks of most goes before the others.
std::vector<std::string> NamedBefore(const Scene& scene, std::uint32_t at) {
  constexpr std::size_t kEnough = 3;
  constexpr std::array<std::string_view, 2> kBodies{"IGO", "NGO"};
  const bool land = IsLand(scene.tree.Lemma(at)) || IsRegionalLand(scene.tree, at);
  std::vector<std::string> out;
  const auto add = [&](const std::string& code) {
    const std::string country = code.substr(0, 3);
    if (land && IsOneOf(country, kBodies)) return;
    if (country.size() == 3 && out.size() < kEnough && IsOfKind(scene.tree.Lemma(at), country) &&
        std::ranges::find(out, country) == out.end())
      out.push_back(country);
  };
  for (const Actor& actor : scene.actors) {
    if (actor.words.end <= at) add(actor.code);
  }
  constexpr std::array<std::string_view, 2> kNeighbours{"neighbour", "neighbor"};
  if (IsOneOf(scene.tree.Lemma(at), kNeighbours)) add(scene.theme);
  for (std::size_t i = 0; i < std::min(scene.near, scene.recent.size()); ++i) add(scene.recent[i]);
  if (!out.empty() || !IsLand(scene.tree.Lemma(at))) return out;
  for (const CountryTold& told : scene.told) add(*told.country);
  return out;
}

}  // namespace

void AddArms(const StoryView& view, Scene& scene) {
  const std::string home(MostSpokenOf(view, scene));
  if (home.size() != 3) return;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (scene.ActorAt(at) || scene.citizen_at.contains(at) || !IsArm(scene.tree, at)) continue;
    // "were flown by helicopter": a means.
    if (scene.tree.Case(at) == "by" && view.word(at).form == scene.tree.Lemma(at)) continue;
    const bool owned = std::ranges::any_of(scene.tree.Children(at), [&](std::uint32_t child) {
      return scene.ActorAt(child) || scene.tree.Rel(child).starts_with("nmod");
    });
    if (owned) continue;
    scene.citizen_at.emplace(at, static_cast<std::uint32_t>(scene.actors.size()));
    scene.actors.push_back({.words = {at, at + 1},
                            .entity = std::nullopt,
                            .code = home + "MIL",
                            .known = Actor::Known::kCitizen});
  }
}

void AddCitizens(const StoryView& view, Scene& scene) {
  const auto place = std::ranges::find_if(scene.actors, &Actor::place);
  std::string home = place != scene.actors.end() ? place->code.substr(0, 3) : std::string();
  if (home.empty() && !scene.recent.empty()) home = scene.recent.front();
  if (home.size() != 3) return;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const auto own = scene.ActorAt(at);
    const bool known = own && !scene.actors[*own].code.empty();
    const bool noun = scene.tree.Pos(at) == "NOUN" || scene.tree.Pos(at) == "PROPN";
    const std::string_view lemma = scene.tree.Lemma(at);
    const bool counted = !own && (AreSomeOfThem(scene, at) || AreCounted(view, scene.tree, at));
    const bool people =
        noun && (own || IsSomebody(scene, at) || IsHomeMatter(lemma) || IsBrokenUp(scene, at) ||
                 IsHomeThing(lemma) || IsHomeBody(scene.tree, at));
    if (known || !(counted || people) || AreForeigners(scene, at)) continue;
    scene.citizen_at.emplace(at, static_cast<std::uint32_t>(scene.actors.size()));
    scene.actors.push_back({.words = own ? scene.actors[*own].words : Range{at, at + 1},
                            .entity = own ? scene.actors[*own].entity : std::nullopt,
                            .code = home + std::string(ArmsOf(scene, at)),
                            .known = Actor::Known::kCitizen});
  }
}

void AddOthers(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!PointsToOther(view, scene, at)) continue;
    ActorSet others;
    for (const std::string& country : NamedBefore(scene, at)) {
      others.push_back(static_cast<std::uint32_t>(scene.actors.size()));
      scene.actors.push_back({.words = {at, at + 1},
                              .entity = std::nullopt,
                              .code = country,
                              .known = Actor::Known::kOther});
    }
    if (!others.empty()) scene.others_at.emplace(at, std::move(others));
  }
}

}  // namespace dateline::events
