#include "events/scene.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "actors/roles.h"
#include "events/one_of.h"

// Actors are mentions of entities and places with a country; which of them a noun phrase means is
// told by its head, else by what modifies the head: "French paper workers" are France's, "leaders
// of Chad" Chad's.

namespace dateline::events {
namespace {

using enum quotes::WordClass;

bool IsBe(std::string_view form) {
  constexpr std::array<std::string_view, 10> kForms{"be",   "is",    "are", "was", "were",
                                                    "been", "being", "am",  "'re", "get"};
  return IsOneOf(form, kForms);
}
bool IsHave(std::string_view form) {
  return form == "has" || form == "have" || form == "had" || form == "having" || form == "'ve";
}

// ---- actors

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
  constexpr std::array<std::string_view, 14> kWords{
      "dollar", "franc",  "pound",    "peso", "rupee", "krone", "krona",
      "ruble",  "rouble", "shilling", "yuan", "dinar", "riyal", "rand"};
  return IsOneOf(lemma, kWords);
}

/// "military coordination", "military spending": of what sort a thing is, not whose.
bool IsMilitarySort(const Scene& scene, Range words) {
  constexpr std::array<std::string_view, 24> kThings{
      "coordination", "cooperation", "co-operation", "spending",   "budget",   "aid",
      "assistance",   "tie",         "conclusion",   "solution",   "option",   "action",
      "might",        "power",       "pact",         "alliance",   "training", "technology",
      "integration",  "industry",    "capability",   "capacities", "expense",  "strength"};
  if (words.end != words.begin + 1 || scene.tree.Lemma(words.begin) != "military") return false;
  const auto head = scene.tree.Head(words.begin);
  return head && *head > words.begin && IsOneOf(scene.tree.Lemma(*head), kThings);
}

/// "Western diplomats", "world leaders and officials", "peacekeepers": of no one land, least of all
/// that spoken of.
bool AreForeigners(const Scene& scene, std::uint32_t noun) {
  constexpr std::array<std::string_view, 9> kFrom{"western",       "foreign",  "world",
                                                  "international", "global",   "overseas",
                                                  "allied",        "visiting", "european"};
  constexpr std::array<std::string_view, 18> kWho{
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
    const std::string_view rel = tree.Rel(child);
    return (rel == "amod" || rel == "compound") && IsOneOf(tree.Lemma(child), kFrom);
  });
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

// ---- actors that only the text before tells

/// The country of a war within: told more than any other, whose insurgents are told as often as
/// each other country.
std::string TornLand(std::span<const CountryTold> lands) {
  constexpr std::size_t kEnough = 2;
  const auto most = std::ranges::max_element(lands, {}, &CountryTold::named);
  if (most == lands.end() || most->insurgents < kEnough) return {};
  const bool alone = std::ranges::all_of(lands, [&](const CountryTold& land) {
    return land.country == most->country || land.named <= most->insurgents;
  });
  return alone ? *most->country : std::string();
}

void NoteTold(const MentionTold& mention, std::size_t weight, std::vector<CountryTold>& lands) {
  auto land = std::ranges::find(lands, mention.country, &CountryTold::country);
  if (land == lands.end()) land = lands.insert(land, {.country = mention.country});
  ++land->times;
  if (mention.named) ++land->named;
  if (mention.insurgent) ++land->insurgents;
  land->weight += weight;
}

/// Of the countries spoken of lately the one that is told most, if often.
std::string MostToldBut(const Scene& scene, std::string_view but) {
  constexpr std::size_t kOften = 3;
  std::size_t most = kOften - 1;
  const std::string* found = nullptr;
  for (const CountryTold& land : std::span(scene.told).first(scene.recent.size())) {
    if (land.times <= most || *land.country == but) continue;
    most = land.times;
    found = land.country;
  }
  return found == nullptr ? std::string() : *found;
}

/// Countries of the mentions before the sentence, each once: those that are spoken of most come
/// first, where a mention counts the less the farther back it lies.
void ReadRecent(const StoryView& view, Scene& scene) {
  constexpr std::size_t kFar = 60;  ///< mentions looked back over
  constexpr std::size_t kEnough = 4;
  constexpr std::size_t kHalf = 6;  ///< a mention that far back counts half
  constexpr std::size_t kNear = 600;
  const auto& mentions = view.words.mentions;
  const auto first = std::ranges::lower_bound(mentions, view.word(scene.words.begin).span.begin, {},
                                              [](const auto& m) { return m.span.begin; });
  auto at = static_cast<std::size_t>(first - mentions.begin());
  for (std::size_t seen = 0; at > 0 && seen < kFar; ++seen) {
    const MentionTold& mention = view.told[--at];
    if (mention.country != nullptr) NoteTold(mention, 1000 * kHalf / (kHalf + seen), scene.told);
  }
  scene.torn = TornLand(scene.told);
  std::ranges::stable_sort(scene.told, std::ranges::greater{}, &CountryTold::weight);
  for (const CountryTold& land : scene.told) {
    if (scene.recent.size() < kEnough) scene.recent.push_back(*land.country);
    if (land.weight >= kNear) ++scene.near;
    if (land.named > 0 && scene.acting.size() < kEnough) scene.acting.push_back(*land.country);
  }
  scene.theme = MostToldBut(scene, {});
  scene.rival = MostToldBut(scene, scene.theme);
}

/// Whether a word names bodies or heads of countries: "governments", "leaders".
bool IsParty(std::string_view lemma) {
  constexpr std::array<std::string_view, 28> kWords{
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
    const std::string& lemma = scene.tree.Lemma(next);
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

/// Whether the phrase says itself whose: "both governments of the islands", "leaders of Chad". Of
/// two that are counted a place does not.
bool NamesSomebody(const StoryView& view, const Scene& scene, std::uint32_t head,
                   bool counted = false) {
  if (scene.tree.Children(head).empty()) return false;
  return std::ranges::any_of(scene.tree.Below(head), [&](std::uint32_t at) {
    const bool where = counted && IsWhere(scene, at);
    const bool name = !where && view.word(at).Is(kCapital) && at != scene.words.begin;
    return at != head && (name || scene.tree.Rel(at) == "acl:relcl");
  });
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

/// The countries a joint phrase means: those spoken of most, but not the one that speaks. Where the
/// text speaks of one only, both sides are that country's.
std::vector<std::string> PairBefore(const StoryView& view, const Scene& scene,
                                    const JointPhrase& phrase) {
  const std::uint32_t head = phrase.words.end - 1;
  if (phrase.of == JointPhrase::Of::kName) return Namesakes(view.word(head).form);
  const bool sides = scene.tree.Lemma(head) == "side" || phrase.of == JointPhrase::Of::kJoined;
  // "the three leaders": the text must have named as many.
  const bool three = scene.tree.Lemma(phrase.words.begin) == "three";
  std::vector<std::string> pair = three ? std::vector<std::string>{} : JoinedBefore(scene, head);
  const std::string patron = sides ? PatronBehind(scene, head) : std::string();
  const std::string torn = patron.empty() ? scene.torn : TornLandBut(scene, patron);
  if (sides && !torn.empty() && pair.empty()) return {torn};
  if (scene.tree.Lemma(head) == "camp" && pair.empty() && !scene.theme.empty())
    return {scene.theme};
  if (phrase.of == JointPhrase::Of::kOwners) return OwnersBefore(scene, head);
  if (!pair.empty()) return pair;
  // "The two agreed" at the head of a sentence: of whom the one before tells.
  const bool opens = phrase.words.begin == scene.words.begin && scene.near == 2 &&
                     scene.tree.Lemma(phrase.words.begin) == "the";
  if (phrase.of == JointPhrase::Of::kJoined && !opens) return {};
  const std::string but = patron.empty() ? GovernmentBefore(scene, head) : patron;
  return ToldBefore(scene, but, three ? 3 : 2);
}

void AddJointActors(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at + 1 < scene.words.end; ++at) {
    const auto phrase = JointPhraseAt(view, scene, at);
    if (!phrase) continue;
    const std::uint32_t head = phrase->words.end - 1;
    if (NamesSomebody(view, scene, head, true)) continue;
    const std::vector<std::string> pair = PairBefore(view, scene, *phrase);
    if (pair.empty()) continue;
    ActorSet both;
    for (const std::string& country : pair) {
      both.push_back(static_cast<std::uint32_t>(scene.actors.size()));
      scene.actors.push_back({.words = phrase->words,
                              .entity = std::nullopt,
                              .code = country,
                              .known = Actor::Known::kJoint});
    }
    scene.actor_at[head - scene.words.begin] = both.front();
    scene.joint.emplace_back(head, std::move(both));
  }
}

/// The verb that tells the clause: over it, or beside it.
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

/// "urged both sides to honour the truce they signed": a pronoun of whom nothing else is known is
/// those whom the sentence told together.
void AddJointPronouns(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (view.word(at).form != "they" || scene.ActorAt(at)) continue;
    const auto before = std::ranges::find_if(scene.joint.rbegin(), scene.joint.rend(),
                                             [&](const auto& one) { return one.first < at; });
    if (before == scene.joint.rend()) continue;
    ActorSet both = before->second;
    scene.actor_at[at - scene.words.begin] = both.front();
    scene.joint.emplace_back(at, std::move(both));
  }
}

/// Whether the speaker may be the pronoun: a person "he" or "she", anybody else "it" or "they".
bool MayBe(const StoryView& view, const Scene& scene, std::uint32_t speaker,
           std::uint32_t pronoun) {
  constexpr std::array<std::string_view, 4> kPerson{"he", "she", "his", "her"};
  constexpr std::array<std::string_view, 4> kBody{"they", "it", "their", "its"};
  const std::string& form = view.word(pronoun).form;
  const auto actor = scene.ActorAt(speaker);
  const bool office = !actor && view.people.contains(scene.tree.Lemma(speaker));
  const bool person = actor ? scene.actors[*actor].person : office;
  return person ? IsOneOf(form, kPerson) : actor && IsOneOf(form, kBody);
}

/// "Chad's premier said his country would": the own side of whoever speaks.
bool IsOwnSide(std::string_view lemma) {
  constexpr std::array<std::string_view, 13> kSides{
      "country", "government", "nation", "army",  "ministry", "side",   "administration",
      "cabinet", "troops",     "force",  "state", "party",    "soldier"};
  return IsOneOf(lemma, kSides);
}

/// The clause in which a pronoun that means whoever speaks may stand: as its subject, or as the
/// owner of a side in it.
std::optional<std::uint32_t> ClauseOfPronoun(const Tree& tree, std::uint32_t at) {
  constexpr int kSteps = 4;
  if (tree.Rel(at).starts_with("nsubj")) return tree.Head(at);
  auto up = tree.Head(at);
  if (!up || tree.Rel(at) != "nmod:poss" || !IsOwnSide(tree.Lemma(*up))) return std::nullopt;
  for (int i = 0; up && i < kSteps && tree.Pos(*up) != "VERB"; ++i) up = tree.Head(*up);
  return up;
}

/// Whoever tells the clause in which a pronoun stands that may mean him; empty for none.
ActorSet SpeakersFor(const StoryView& view, const Scene& scene, std::uint32_t pronoun) {
  const Tree& tree = scene.tree;
  const auto clause = ClauseOfPronoun(tree, pronoun);
  const auto saying = clause ? SayingAround(tree, *clause) : std::nullopt;
  const auto speaker = saying ? tree.Child(*saying, "nsubj") : std::nullopt;
  if (!speaker || *speaker == pronoun || !MayBe(view, scene, *speaker, pronoun)) return {};
  ActorSet said = ActorsOf(scene, *speaker);
  if (said.empty() || scene.actors[said.front()].code.empty()) return {};
  return said;
}

/// "police said they had arrested him", "Chad's premier said she had", "… his country had": a
/// pronoun of whom nothing else is known is whoever speaks. "Chad and Niger said they would talk":
/// both.
void AddSpeakers(const StoryView& view, Scene& scene) {
  const Tree& tree = scene.tree;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const bool they = tree.Lemma(at) == "they" && tree.Rel(at) == "nsubj";
    const auto known = scene.ActorAt(at);
    if (tree.Pos(at) != "PRON" || (known && !they)) continue;
    const ActorSet said = SpeakersFor(view, scene, at);
    const bool both = they && said.size() > 1;
    const bool one = !said.empty() && !known;
    if (!one && !(both && scene.actors[*known].entity == scene.actors[said.front()].entity))
      continue;
    scene.actor_at[at - scene.words.begin] = said.front();
    if (both) scene.joint.emplace_back(at, said);
  }
}

/// Whoever says the quoted words in which the span stands, if the tables know him.
const Entity* QuotedSpeaker(const Story& story, Span span, std::uint32_t& index) {
  constexpr std::size_t kMost = 16;  ///< contents nest; a few steps back reach them all
  const auto end =
      std::ranges::upper_bound(story.attributions, span.begin, {},
                               [](const Attribution& a) { return a.content.front().begin; });
  std::size_t steps = 0;
  for (auto at = end; at != story.attributions.begin() && steps < kMost; ++steps) {
    --at;
    if (at->kind == AttributionKind::kIndirect || !at->entity) continue;
    const bool inside =
        std::ranges::any_of(at->content, [&](Span content) { return content.Contains(span); });
    const Entity& entity = story.entities[Raw(*at->entity)];
    if (!inside || (!entity.actor && !entity.country)) continue;
    index = static_cast<std::uint32_t>(Raw(*at->entity));
    return &entity;
  }
  return nullptr;
}

/// Whether the words of the scene in the spans name an office of state: "Chad's foreign minister".
bool NameOffice(const StoryView& view, const Scene& scene, const std::vector<Span>& spans) {
  constexpr std::array<std::string_view, 24> kOffices{
      "president", "minister",   "premier",  "chancellor", "leader",   "spokesman",
      "secretary", "ambassador", "envoy",    "official",   "diplomat", "spokeswoman",
      "king",      "queen",      "emperor",  "sultan",     "emir",     "general",
      "commander", "governor",   "lawmaker", "senator",    "chief",    "taoiseach"};
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const Span word = view.word(at).span;
    const auto holds = [&](Span span) { return span.Contains(word); };
    if (IsOneOf(scene.tree.Lemma(at), kOffices) && std::ranges::any_of(spans, holds)) return true;
  }
  return false;
}

/// "We condemn the raid," Chad's minister said: the country of whoever says the quoted words in
/// which the span stands, where only his office is told; null for none.
const Actor* QuotedOffice(const StoryView& view, const Scene& scene, Span span) {
  constexpr std::ptrdiff_t kMost = 16;  ///< contents nest; a few steps back reach them all
  const auto& all = view.story.attributions;
  const auto end = std::ranges::upper_bound(
      all, span.begin, {}, [](const Attribution& a) { return a.content.front().begin; });
  const auto holds = [](Span part) { return [part](Span whole) { return whole.Contains(part); }; };
  for (auto said = end - std::min(kMost, end - all.begin()); said != end; ++said) {
    const bool quoted = said->kind != AttributionKind::kIndirect && !said->entity;
    if (!quoted || std::ranges::none_of(said->content, holds(span))) continue;
    if (!NameOffice(view, scene, said->source)) continue;
    const auto by = std::ranges::find_if(scene.actors, [&](const Actor& actor) {
      return actor.code.size() >= 3 &&
             std::ranges::any_of(said->source, holds(view.word(actor.words.begin).span));
    });
    if (by != scene.actors.end()) return &*by;
  }
  return nullptr;
}

/// "We condemn the raid on our embassy," the minister said: who is quoted speaks for his country.
void AddQuoted(const StoryView& view, Scene& scene) {
  constexpr std::array<std::string_view, 4> kWords{"we", "i", "our", "us"};
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const std::string& form = view.word(at).form;
    if (!IsOneOf(form, kWords) || scene.tree.Pos(at) != "PRON") continue;
    const auto known = scene.ActorAt(at);
    if (known && !scene.actors[*known].code.empty()) continue;
    std::uint32_t index = 0;
    const Entity* speaker = QuotedSpeaker(view.story, view.word(at).span, index);
    if (speaker == nullptr) {
      const Actor* office = QuotedOffice(view, scene, view.word(at).span);
      if (office != nullptr)
        scene.actor_at[at - scene.words.begin] =
            static_cast<std::uint32_t>(office - scene.actors.data());
      continue;
    }
    scene.actor_at[at - scene.words.begin] = static_cast<std::uint32_t>(scene.actors.size());
    scene.actors.push_back({.words = {at, at + 1},
                            .entity = static_cast<EntityIndex>(index),
                            .code = speaker->actor.value_or(speaker->country.value_or("")),
                            .person = speaker->type == EntityType::kPerson});
  }
}

bool IsSomebody(const StoryView& view, const std::string& lemma) {
  constexpr std::array<std::string_view, 17> kWords{
      "person", "people", "man",        "woman", "men",      "child",   "boy",    "girl",  "gunman",
      "crowd",  "driver", "magistrate", "mob",   "thousand", "hundred", "looter", "rioter"};
  return view.people.contains(lemma) || IsOneOf(lemma, kWords);
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
  constexpr std::array<std::string_view, 14> kWords{
      "protest", "demonstration", "rally", "strike", "riot",    "unrest",    "march",
      "walkout", "curfew",        "rule",  "law",    "rioting", "emergency", "clashes"};
  return IsOneOf(lemma, kWords);
}

/// "seven others were held", "most of whom were freed", "two were hurt": people who are only
/// counted.
bool AreCounted(const StoryView& view, const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 6> kSome{"most", "all", "some", "many", "several", "both"};
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

/// In a text about one country, tanks and the like of which nobody says whose they are belong to
/// its army.
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

/// "a policeman", "a soldier": whose arms one of them bears whom no body names.
std::string_view ArmsOf(const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 4> kPolice{"policeman", "policewoman", "constable",
                                                    "detective"};
  const std::string& lemma = scene.tree.Lemma(at);
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

/// People of whom nobody says whose they are belong to the country of the sentence's place, else to
/// that last spoken of. They are kept apart: a pattern takes them when it finds nobody else.
void AddCitizens(const StoryView& view, Scene& scene) {
  const auto place = std::ranges::find_if(scene.actors, &Actor::place);
  std::string home = place != scene.actors.end() ? place->code.substr(0, 3) : std::string();
  if (home.empty() && !scene.recent.empty()) home = scene.recent.front();
  if (home.size() != 3) return;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const auto own = scene.ActorAt(at);
    const bool known = own && !scene.actors[*own].code.empty();
    const bool noun = scene.tree.Pos(at) == "NOUN" || scene.tree.Pos(at) == "PROPN";
    const std::string& lemma = scene.tree.Lemma(at);
    const bool counted = !own && (AreSomeOfThem(scene, at) || AreCounted(view, scene.tree, at));
    const bool people =
        noun && (own || IsSomebody(view, lemma) || IsHomeMatter(lemma) || IsBrokenUp(scene, at) ||
                 IsHomeThing(lemma) || IsHomeBody(scene.tree, at));
    if (known || !(counted || people) || AreForeigners(scene, at)) continue;
    scene.citizen_at.emplace(at, static_cast<std::uint32_t>(scene.actors.size()));
    scene.actors.push_back({.words = own ? scene.actors[*own].words : Range{at, at + 1},
                            .entity = own ? scene.actors[*own].entity : std::nullopt,
                            .code = home + std::string(ArmsOf(scene, at)),
                            .known = Actor::Known::kCitizen});
  }
}

/// What one side does to another and the text has told before: "the accusation", "the offer".
bool IsDeed(std::string_view lemma) {
  constexpr std::array<std::string_view, 28> kWords{
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
  constexpr std::array<std::string_view, 18> kKingdoms{"SAU", "BHR", "JOR", "MAR", "GBR", "ESP",
                                                       "SWE", "NOR", "DNK", "NLD", "BEL", "THA",
                                                       "KHM", "BTN", "TON", "SWZ", "LSO", "NPL"};
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
  constexpr std::array<std::string_view, 21> kRegions{
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

/// "Chadian-backed rebels" are not Chad's.
bool IsBackedBy(const Tree& tree, std::uint32_t child) {
  constexpr std::array<std::string_view, 9> kWords{"back",  "link",   "fund", "support", "arm",
                                                   "train", "occupy", "hold", "finance"};
  return tree.Rel(child) == "amod" && IsOneOf(tree.Lemma(child), kWords) &&
         !tree.Children(child).empty();
}

/// Whether what stands below a noun tells whose it is: "of Chad", "Chad's", "Chadian".
bool TellsWhose(const Tree& tree, std::uint32_t child) {
  constexpr std::array<std::string_view, 9> kOwners{"of",     "from", "in", "at",    "for",
                                                    "within", "by",   "",   "across"};
  constexpr std::array<std::string_view, 5> kBeside{"amod", "compound", "nmod:poss", "appos",
                                                    "nmod:desc"};
  const std::string_view rel = tree.Rel(child);
  const bool tells = IsOneOf(rel, kBeside) || rel.starts_with("flat") ||
                     (rel == "nmod" && IsOneOf(tree.Case(child), kOwners));
  return tells && !IsBackedBy(tree, child);
}

/// What is joined to a modifier names a further actor: "leaders of Chad and Niger", "French and
/// Danish ships".
void TakeJoined(const Scene& scene, std::uint32_t modifier, ActorSet& out) {
  const std::string_view rel = scene.tree.Rel(modifier);
  if (rel == "appos" || rel.starts_with("flat")) return;
  const std::string country = scene.actors[out.back()].code.substr(0, 3);
  const auto other = [&](std::uint32_t at) {
    std::optional<std::uint32_t> inner;
    for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
      if (scene.actors[i].words.Contains(at) && !scene.actors[i].code.empty()) inner = i;
    }
    if (inner && scene.actors[*inner].code.substr(0, 3) != country) out.push_back(*inner);
  };
  if (!scene.tree.Child(modifier, "conj")) return;
  other(modifier);
  for (const std::uint32_t joined : scene.tree.Children(modifier)) {
    if (scene.tree.Rel(joined) == "conj") other(joined);
  }
}

/// "his counterpart in Lima" is not his country's.
bool IsOtherSideOf(const Tree& tree, std::uint32_t head, std::uint32_t child) {
  constexpr std::array<std::string_view, 5> kWords{"counterpart", "neighbour", "neighbor", "rival",
                                                   "foe"};
  return tree.Rel(child) == "nmod:poss" && IsOneOf(tree.Lemma(head), kWords);
}

/// "a Ruiz supporter", "Ruiz's brother", "his voters": whoever is with somebody does not do what he
/// does.
bool IsFollowerOf(const Scene& scene, std::uint32_t head, std::uint32_t child) {
  constexpr std::array<std::string_view, 26> kFollowers{
      "supporter", "backer",   "fan",       "follower",  "voter",    "critic",  "opponent",
      "donor",     "loyalist", "surrogate", "staffer",   "relative", "brother", "sister",
      "son",       "daughter", "wife",      "husband",   "father",   "mother",  "lawyer",
      "attorney",  "friend",   "delegate",  "volunteer", "detractor"};
  const auto actor = scene.ActorAt(child);
  const bool named = scene.tree.Pos(child) == "PROPN" || scene.tree.Pos(child) == "PRON";
  return actor && scene.actors[*actor].person && named &&
         !scene.actors[*actor].words.Contains(head) && IsOneOf(scene.tree.Lemma(head), kFollowers);
}

/// "Chad, whose trawlers were seized": whose the noun is by the noun that its clause hangs on.
std::optional<std::uint32_t> OwnerBefore(const Tree& tree, std::uint32_t head) {
  const auto owner = tree.Child(head, "nmod:poss");
  if (!owner || tree.Lemma(*owner) != "whose") return std::nullopt;
  std::optional<std::uint32_t> at = head;
  for (int up = 0; up < 4 && at; ++up) {
    if (tree.Rel(*at) == "acl:relcl") return tree.Head(*at);
    at = tree.Head(*at);
  }
  return std::nullopt;
}

void TakeActors(const Scene& scene, std::uint32_t head, int depth, ActorSet& out);

void TakeOwner(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  const auto owner = OwnerBefore(scene.tree, head);
  if (owner && depth < 3) TakeActors(scene, *owner, depth + 3, out);
}

/// "a convoy carrying Chadian miners": what is done to it is done to them.
void TakeCarried(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  constexpr std::array<std::string_view, 4> kCarry{"carry", "transport", "ferry", "bring"};
  for (const std::uint32_t clause : scene.tree.Children(head)) {
    if (depth > 2 || scene.tree.Rel(clause) != "acl" || !IsOneOf(scene.tree.Lemma(clause), kCarry))
      continue;
    if (const auto load = scene.tree.Child(clause, "obj"))
      return TakeActors(scene, *load, depth + 2, out);
  }
}

/// The name of a person of known side that stands beside a noun for another.
std::optional<std::uint32_t> NameBeside(const Scene& scene, std::uint32_t head) {
  const Tree& tree = scene.tree;
  const auto own = scene.ActorAt(head);
  const auto name = tree.Pos(head) == "NOUN" && own ? tree.Child(head, "appos") : std::nullopt;
  const auto actor = name ? scene.ActorAt(*name) : std::nullopt;
  if (!actor || tree.Child(head, "conj")) return std::nullopt;
  const Actor& person = scene.actors[*actor];
  const bool other = person.entity != scene.actors[*own].entity;
  return person.person && other && person.code.size() > 3 ? name : std::nullopt;
}

/// Those joined to the noun: "Chad and Niger".
void TakeConjuncts(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  for (const std::uint32_t child : scene.tree.Children(head)) {
    const bool joined = scene.tree.Rel(child) == "conj" && scene.tree.Pos(child) != "VERB";
    if (joined && depth < 4) TakeActors(scene, child, depth + 1, out);
  }
}

/// "Tulsa, Oklahoma, police officer Ann Lee": the person told behind the town where she is from.
std::optional<std::uint32_t> PersonBehindTown(const Scene& scene, std::uint32_t head) {
  const auto town = scene.ActorAt(head);
  if (!town || !scene.actors[*town].place) return std::nullopt;
  bool comma = false;
  for (const std::uint32_t child : scene.tree.Children(head)) {
    const std::string_view rel = scene.tree.Rel(child);
    comma = comma || (rel != "conj" && scene.tree.Child(child, "punct"));
    const auto actor = scene.ActorAt(child);
    const bool joined = rel == "conj" && !scene.tree.Child(child, "cc");
    if (comma && joined && actor && scene.actors[*actor].person &&
        scene.actors[*actor].code.size() > 3)
      return child;
  }
  return std::nullopt;
}

/// Whether who the child is tells who the noun is.
bool TellsWho(const Scene& scene, std::uint32_t head, std::uint32_t child) {
  return TellsWhose(scene.tree, child) && !IsOtherSideOf(scene.tree, head, child) &&
         !IsFollowerOf(scene, head, child);
}

void TakeActors(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  const Tree& tree = scene.tree;
  const auto joint = std::ranges::find(scene.joint, head, [](const auto& j) { return j.first; });
  if (joint != scene.joint.end()) {
    out.insert(out.end(), joint->second.begin(), joint->second.end());
    return;
  }
  // "its foreign minister, Ana Ruiz": the name tells who it is.
  if (const auto name = NameBeside(scene, head)) return TakeActors(scene, *name, depth + 1, out);
  if (const auto name = PersonBehindTown(scene, head))
    return TakeActors(scene, *name, depth + 1, out);
  const auto own = scene.ActorAt(head);
  const auto add = [&](std::uint32_t actor) {
    if (std::ranges::find(out, actor) == out.end()) out.push_back(actor);
  };
  const std::size_t before = out.size();
  if (own && !scene.actors[*own].code.empty()) add(*own);
  for (const std::uint32_t child : tree.Children(head)) {
    if (depth > 3 || !TellsWho(scene, head, child)) continue;
    if (out.size() == before) {
      TakeActors(scene, child, depth + 1, out);
    } else if (own) {
      TakeJoined(scene, child, out);
    }
  }
  if (own && out.size() == before) add(*own);
  if (out.size() == before) TakeOwner(scene, head, depth, out);
  if (out.size() == before) TakeCarried(scene, head, depth, out);
  TakeConjuncts(scene, head, depth, out);
}

// ---- verbs

/// What a word of the verb group says of the verb.
void TakeHelper(const Word& word, Verb& verb) {
  const bool will =
      word.form == "will" || word.form == "'ll" || word.form == "shall" || word.form == "wo";
  verb.negated |= word.Is(kNegation);
  verb.future |= will;
  verb.modal |= word.Is(kModal) && !will;
  verb.would |= word.form == "would";
  verb.must |= word.form == "must" || word.form == "should";
  verb.perfect |= IsHave(word.form);
  verb.past_perfect |= word.form == "had" || word.form == "'d";
}

/// The auxiliaries, negation and mark of a verb; those of the verb it is joined to where it has
/// none of its own ("will fly and meet", but not "would send them but refused to come").
bool TakeHelpers(const StoryView& view, const Tree& tree, std::uint32_t at, Verb& verb) {
  bool be = false;
  bool own = false;
  for (const std::uint32_t child : tree.Children(at)) {
    const std::string_view rel = tree.Rel(child);
    const Word& word = view.word(child);
    const bool negation = rel == "advmod" && word.Is(kNegation);
    const bool helper = rel.starts_with("aux") || rel == "cop" || rel == "mark" || negation;
    own |= rel.starts_with("nsubj") || rel.starts_with("aux");
    if (!helper || (rel == "mark" && word.form != "to")) continue;
    verb.infinitive |= rel == "mark";
    be |= IsBe(word.form);
    TakeHelper(word, verb);
    // "said he'd support Ruiz".
    if (word.form == "'d" && tree.Feature(at, "VerbForm=Inf")) verb.modal = verb.would = true;
    if (child < verb.at) verb.group.begin = std::min(verb.group.begin, child);
  }
  const auto head = tree.Head(at);
  const bool shared = !own && !verb.infinitive && !tree.TellsPast(at);
  if (shared && head && tree.Rel(at) == "conj" && *head < at && tree.Pos(*head) == "VERB" &&
      !tree.IsJoinedAskew(at))
    be |= TakeHelpers(view, tree, *head, verb);
  return be;
}

/// "is to visit", "is due to visit", "are expected to meet".
bool IsScheduled(const StoryView& view, const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 6> kWords{"due",      "set",    "scheduled",
                                                   "expected", "poised", "about"};
  if (at < tree.range().begin + 2 || view.word(at - 1).form != "to") return false;
  const std::string& before = view.word(at - 2).form;
  const bool is_to = before == "is" || before == "are" || before == "'s" || before == "'re";
  return is_to || IsOneOf(before, kWords);
}

Verb ReadVerb(const StoryView& view, const Tree& tree, std::uint32_t at) {
  Verb verb{.at = at, .lemma = tree.Lemma(at), .group = {at, at + 1}, .roles = tree.RolesOf(at)};
  if (tree.Pos(at) == "VERB" && view.patterns.Verbs(verb.lemma).empty())
    verb.lemma = view.lemmas.VerbLemma(view.word(at).form);
  verb.ing = view.word(at).form.ends_with("ing");
  const bool be = TakeHelpers(view, tree, at, verb);
  verb.group.begin = std::max(verb.group.begin, tree.range().begin);
  verb.passive = verb.roles.passive;
  verb.progressive = verb.ing && be;
  verb.future |= IsScheduled(view, tree, at);
  // "He should have insisted" blames; it demands nothing.
  verb.must &= !verb.perfect;
  return verb;
}

/// "after meeting the premier", where the tagger reads a noun and the parser a clause.
bool IsGerund(const Tree& tree, std::uint32_t at) {
  const std::string_view rel = tree.Rel(at);
  return tree.Pos(at) == "NOUN" && tree.Child(at, "mark") && tree.Child(at, "obj") &&
         (rel == "advcl" || rel == "acl" || rel == "xcomp" || rel == "ccomp");
}

/// An adjective that stands where a verb stands, with a subject: "Oman is ready to talk".
bool IsPredicate(const Tree& tree, std::uint32_t at) {
  return tree.Pos(at) == "VERB" || IsGerund(tree, at) ||
         (tree.Pos(at) == "ADJ" && (tree.Child(at, "nsubj") || tree.Child(at, "cop")));
}

/// "Soldiers went through districts that oppose him, shooting boys": a participle that is parsed
/// into a relative clause about a thing has the subject of the verb over that.
void TakeSubjectOver(const Scene& scene, Verb& verb) {
  const Tree& tree = scene.tree;
  const auto clause = tree.Head(verb.at);
  if (!verb.ing || tree.Rel(verb.at) != "advcl" || tree.Child(verb.at, "mark") || !clause ||
      tree.Rel(*clause) != "acl:relcl")
    return;
  const auto known = [&](std::uint32_t head) { return !ActorsOf(scene, head).empty(); };
  if (std::ranges::any_of(verb.roles.subject, known)) return;
  std::optional<std::uint32_t> over = tree.Head(*clause);
  while (over && tree.Pos(*over) != "VERB") over = tree.Head(*over);
  if (over) verb.roles.subject = tree.RolesOf(*over).surface();
}

void ReadVerbs(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!IsPredicate(scene.tree, at)) continue;
    scene.verbs.push_back(ReadVerb(view, scene.tree, at));
    TakeSubjectOver(scene, scene.verbs.back());
  }
}

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

/// The country that a mention of the entity speaks of.
const std::string* CountrySpokenOf(const Entity& entity) {
  const bool press = entity.actor && std::string_view(*entity.actor).substr(0, 6).ends_with("MED");
  return entity.country && !press ? &*entity.country : nullptr;
}

}  // namespace

std::vector<MentionTold> CountriesTold(const Story& story, const quotes::Words& words) {
  std::unordered_map<std::string_view, const std::string*> same;
  std::vector<MentionTold> by_entity(story.entities.size());
  for (std::size_t i = 0; i < by_entity.size(); ++i) {
    const Entity& entity = story.entities[i];
    const std::string* country = CountrySpokenOf(entity);
    if (country == nullptr) continue;
    by_entity[i] = {.country = same.emplace(*country, country).first->second,
                    .named = entity.type != EntityType::kPlace,
                    .insurgent = actors::IsInsurgent(actors::RoleOf(entity))};
  }
  std::vector<MentionTold> told;
  told.reserve(words.mentions.size());
  for (const auto& mention : words.mentions) told.push_back(by_entity[Raw(mention.entity)]);
  return told;
}

std::string_view MostTold(std::span<const MentionTold> told) {
  constexpr std::size_t kEnough = 3;
  std::size_t all = 0;
  std::unordered_map<const std::string*, std::size_t> times;
  for (const MentionTold& mention : told) {
    if (mention.country == nullptr) continue;
    ++all;
    ++times[mention.country];
  }
  for (const auto& [country, often] : times) {
    if (often >= kEnough && 2 * often > all) return *country;
  }
  return {};
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

const Verb* SayingOver(const Scene& scene, const Verb& verb) {
  const auto over = SayingAround(scene.tree, verb.at);
  const auto found = over ? std::ranges::find(scene.verbs, *over, &Verb::at) : scene.verbs.end();
  return found == scene.verbs.end() ? nullptr : &*found;
}

ActorSet ActorsOf(const Scene& scene, std::uint32_t head) {
  ActorSet found;
  TakeActors(scene, head, 0, found);
  if (found.size() < 2) return found;
  // "Taoiseach (Prime Minister) Brian Cowen": of whom something is known goes before of whom not.
  const auto known = [&](std::uint32_t actor) { return !scene.actors[actor].code.empty(); };
  if (std::ranges::any_of(found, known))
    std::erase_if(found, [&](std::uint32_t actor) { return !known(actor); });
  // "his counterpart, Ana Ruiz": one, though named twice.
  ActorSet out;
  for (const std::uint32_t actor : found) {
    const auto& entity = scene.actors[actor].entity;
    const bool named = entity && std::ranges::any_of(out, [&](std::uint32_t other) {
                         return scene.actors[other].entity == entity;
                       });
    if (!named) out.push_back(actor);
  }
  return out;
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
        people.emplace(title.substr(title.rfind(' ') == title.npos ? 0 : title.rfind(' ') + 1));
    }
  }
  DATELINE_TRY(const tables::Table* words, tables.Get("coreference/words"));
  DATELINE_TRY(const tables::Column word, words->GetColumn("word"));
  DATELINE_TRY(const tables::Column kind, words->GetColumn("kind"));
  for (std::uint32_t row = 0; row < words->row_count(); ++row) {
    const std::string_view is = words->Cell(row, kind);
    if (is == "person" || is == "male" || is == "female") people.emplace(words->Cell(row, word));
  }
  DATELINE_TRY(const tables::Table* nouns, tables.Get("events/people"));
  DATELINE_TRY(const tables::Column lemma, nouns->GetColumn("lemma"));
  for (std::uint32_t row = 0; row < nouns->row_count(); ++row)
    people.emplace(nouns->Cell(row, lemma));
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
  if (view.before != nullptr) scene.doer_before = std::exchange(view.before->doer, DoerOf(scene));
  return scene;
}

}  // namespace dateline::events
