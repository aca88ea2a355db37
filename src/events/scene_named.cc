#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "events/one_of.h"
#include "events/scene_parts.h"

// Actors that the sentence names: mentions of entities and places with a country, nationalities,
// and bodies across countries that nobody names.

namespace dateline::events {
namespace {

using enum quotes::WordClass;

/// "the Red Sea state": a sea is no land.
bool IsWater(const StoryView& view, Range words) {
  constexpr std::array<std::string_view, 2> kWaters{"sea", "ocean"};
  return words.end > words.begin + 1 && IsOneOf(view.word(words.end - 1).form, kWaters);
}

void AddEntityActors(const StoryView& view, Scene& scene) {
  std::uint32_t at = scene.words.begin;
  const auto& mentions = view.words.mentions;
  const std::uint32_t begin = view.word(at).span.begin;
  const std::uint32_t end = view.word(scene.words.end - 1).span.end;
  auto first =
      std::ranges::lower_bound(mentions, begin, {}, [](const auto& m) { return m.span.begin; });
  for (; first != mentions.end() && first->span.begin < end; ++first) {
    while (at < scene.words.end && view.word(at).span.end <= first->span.begin) ++at;
    std::uint32_t last = at;
    while (last < scene.words.end && view.word(last).span.begin < first->span.end) ++last;
    if (last == at) continue;
    const Entity& entity = view.story.entities[Raw(first->entity)];
    if (entity.type == EntityType::kWork || entity.type == EntityType::kEvent) continue;
    Actor actor{.words = {at, last},
                .entity = first->entity,
                .code = entity.actor.value_or(entity.country.value_or(""))};
    const bool ends_so = view.word(last - 1).Is(kPossessive);
    const bool next_so =
        last < scene.words.end && (view.word(last).form == "'s" || view.word(last).form == "'");
    actor.possessive = ends_so || next_so;
    actor.person = entity.type == EntityType::kPerson;
    actor.body = entity.type == EntityType::kOrganization;
    actor.place = entity.type == EntityType::kPlace || entity.type == EntityType::kFacility;
    if (actor.place && IsWater(view, actor.words)) actor.code.clear();
    scene.actors.push_back(std::move(actor));
  }
}

void AddPlaceActors(const StoryView& view, Scene& scene) {
  const std::uint32_t begin = view.word(scene.words.begin).span.begin;
  const std::uint32_t end = view.word(scene.words.end - 1).span.end;
  auto place = std::ranges::lower_bound(view.story.places, begin, {},
                                        [](const Place& p) { return p.span.begin; });
  for (; place != view.story.places.end() && place->span.begin < end; ++place) {
    if (!place->country) continue;
    const auto covers = [&](const Actor& a) {
      return !a.code.empty() && view.word(a.words.begin).span.begin <= place->span.begin &&
             place->span.end <= view.word(a.words.end - 1).span.end;
    };
    if (std::ranges::any_of(scene.actors, covers)) continue;
    const auto first = std::ranges::lower_bound(view.words.words, place->span.begin, {},
                                                [](const Word& w) { return w.span.begin; });
    const auto at = static_cast<std::uint32_t>(first - view.words.words.begin());
    std::uint32_t last = at;
    while (last < scene.words.end && view.word(last).span.begin < place->span.end) ++last;
    if (last > at && !IsWater(view, {at, last}))
      scene.actors.push_back(
          {.words = {at, last}, .entity = std::nullopt, .code = *place->country, .place = true});
  }
}

/// "Greek-language television", "Soviet-era shells", "French-made jets": behind the nationality.
bool IsOfSort(const StoryView& view, const Scene& scene, std::uint32_t behind) {
  constexpr std::array<std::string_view, 4> kTongues{"language", "speaking", "speaker", "speakers"};
  constexpr std::array<std::string_view, 8> kSorts{"era",  "made",     "built", "style",
                                                   "born", "designed", "type",  "supplied"};
  const bool joined = behind < scene.words.end && view.word(behind).form == "-";
  const std::uint32_t at = joined ? behind + 1 : behind;
  if (at >= scene.words.end) return false;
  const std::string& form = view.word(at).form;
  return IsOneOf(form, kTongues) || (joined && IsOneOf(form, kSorts));
}

/// "Central American leaders", "Latin American unions" are of no one country.
bool IsOfRegion(const StoryView& view, const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 5> kParts{"central", "latin", "south", "north", "meso"};
  const std::string& form = view.word(at).form;
  if (at == scene.words.begin || (form != "american" && form != "americans")) return false;
  const std::uint32_t before = at - 1;
  const bool hyphen = view.word(before).form == "-" && before > scene.words.begin;
  return IsOneOf(view.word(hyphen ? before - 1 : before).form, kParts);
}

/// Nationalities that no entity covers: "Greek tanker".
void AddNationActors(const StoryView& view, Scene& scene) {
  const std::size_t known = scene.actors.size();
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!view.word(at).Is(kCapital) || IsOfRegion(view, scene, at)) continue;
    const auto covers = [&](const Actor& a) {
      const bool told = !a.code.empty() && a.words.end - a.words.begin < 3;
      return a.words.Contains(at) && (told || IsWater(view, a.words));
    };
    const auto end = scene.actors.begin() + static_cast<std::ptrdiff_t>(known);
    if (std::any_of(scene.actors.begin(), end, covers)) continue;
    const auto& [countries, openers] = view.nations;
    const std::string& form = view.word(at).form;
    auto found = countries.end();
    if (at + 1 < scene.words.end && openers.contains(form))
      found = countries.find(form + " " + view.word(at + 1).form);
    const std::uint32_t length = found != countries.end() ? 2 : 1;
    if (length == 1) found = countries.find(form);
    if (found == countries.end() || IsOfSort(view, scene, at + length)) continue;
    scene.actors.push_back(
        {.words = {at, at + length}, .entity = std::nullopt, .code = found->second});
    at += length - 1;
  }
}

/// "a human rights group", "aid agencies": bodies across countries that nobody names.
void AddUnnamedBodies(const StoryView& view, Scene& scene) {
  constexpr std::array<std::string_view, 7> kBodies{
      "group", "organisation", "organization", "watchdog", "agency", "campaigner", "charity"};
  const Tree& tree = scene.tree;
  for (std::uint32_t at = scene.words.begin + 1; at < scene.words.end; ++at) {
    if (!IsOneOf(tree.Lemma(at), kBodies) || tree.Pos(at) != "NOUN") continue;
    const std::string& kind = view.word(at - 1).form;
    const bool rights = kind == "rights" && tree.Lemma(at) != "agency";
    const bool aid = kind == "aid" || kind == "relief";
    if ((!rights && !aid) || tree.Head(at - 1) != at) continue;
    const WordList below = tree.Below(at);
    const auto covers = [&](const Actor& actor) {
      return std::ranges::any_of(below,
                                 [&](std::uint32_t word) { return actor.words.Contains(word); });
    };
    if (std::ranges::any_of(scene.actors, covers)) continue;
    scene.actors.push_back({.words = {at - 1, at + 1},
                            .entity = std::nullopt,
                            .code = rights ? "NGOHRI" : "NGO",
                            .body = true});
  }
}

/// "12 million U.S. dollars" are nobody's.
bool IsCurrency(std::string_view lemma) {
  static constexpr std::array<std::string_view, 14> kWords{
      "dollar", "franc",  "pound",    "peso", "rupee", "krone", "krona",
      "ruble",  "rouble", "shilling", "yuan", "dinar", "riyal", "rand"};
  return IsOneOf(lemma, kWords);
}

/// "military coordination", "military spending": of what sort a thing is, not whose.
bool IsMilitarySort(const Scene& scene, Range words) {
  static constexpr std::array<std::string_view, 24> kThings{
      "coordination", "cooperation", "co-operation", "spending",   "budget",   "aid",
      "assistance",   "tie",         "conclusion",   "solution",   "option",   "action",
      "might",        "power",       "pact",         "alliance",   "training", "technology",
      "integration",  "industry",    "capability",   "capacities", "expense",  "strength"};
  if (words.end != words.begin + 1 || scene.tree.Lemma(words.begin) != "military") return false;
  const auto head = scene.tree.Head(words.begin);
  return head && *head > words.begin && IsOneOf(scene.tree.Lemma(*head), kThings);
}

/// Takes from foreigners the land that only the text around gives them.
void LeaveForeigners(Scene& scene) {
  constexpr std::array<std::string_view, 5> kBodies{"IGO", "NGO", "NGM", "INT", "IMG"};
  for (Actor& actor : scene.actors) {
    const std::uint32_t noun = actor.words.end - 1;
    const bool unnamed = !actor.place && scene.tree.Pos(noun) == "NOUN";
    if (unnamed && !BeginsWithOneOf(actor.code, kBodies) && AreForeigners(scene, noun))
      actor.code.clear();
  }
}

}  // namespace

bool AreForeigners(const Scene& scene, std::uint32_t noun) {
  constexpr std::array<std::string_view, 9> kFrom{"western",       "foreign",  "world",
                                                  "international", "global",   "overseas",
                                                  "allied",        "visiting", "european"};
  static constexpr std::array<std::string_view, 18> kWho{
      "leader",   "diplomat", "official", "government", "power",   "country",
      "nation",   "envoy",    "capital",  "ambassador", "ally",    "donor",
      "creditor", "observer", "analyst",  "journalist", "monitor", "investor"};
  constexpr std::array<std::string_view, 3> kSent{"peacekeeper", "peacekeepers", "helmet"};
  const Tree& tree = scene.tree;
  if (IsOneOf(tree.Lemma(noun), kSent)) return true;
  const bool joined = tree.Rel(noun) == "conj" && !tree.Child(noun, "det") &&
                      !tree.Child(noun, "amod") && !tree.Child(noun, "nmod:poss");
  const auto first = joined ? tree.Head(noun) : std::optional(noun);
  if (!IsOneOf(tree.Lemma(noun), kWho) || !first || !IsOneOf(tree.Lemma(*first), kWho))
    return false;
  return std::ranges::any_of(tree.Children(*first), [&](std::uint32_t child) {
    const Relation rel = tree.Rel(child);
    return (rel == "amod" || rel == "compound") && IsOneOf(tree.Lemma(child), kFrom);
  });
}

void ReadActors(const StoryView& view, Scene& scene) {
  AddEntityActors(view, scene);
  AddPlaceActors(view, scene);
  AddNationActors(view, scene);
  AddUnnamedBodies(view, scene);
  LeaveForeigners(scene);
  std::erase_if(scene.actors, [&](const Actor& actor) {
    if (actor.words.end >= scene.words.end) return false;
    if (IsMilitarySort(scene, actor.words)) return true;
    const bool sort =
        actor.code.size() == 3 && !actor.person && IsOfSort(view, scene, actor.words.end);
    return sort || IsCurrency(scene.tree.Lemma(actor.words.end));
  });
  std::ranges::stable_sort(scene.actors, [](const Actor& a, const Actor& b) {
    return std::pair(a.words.begin, b.words.end) < std::pair(b.words.begin, a.words.end);
  });
  scene.actor_at.assign(scene.words.end - scene.words.begin, std::nullopt);
  for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
    for (std::uint32_t at = scene.actors[i].words.begin; at < scene.actors[i].words.end; ++at) {
      auto& slot = scene.actor_at[at - scene.words.begin];
      if (!slot || scene.actors[*slot].code.empty()) slot = i;
    }
  }
}

}  // namespace dateline::events
