#include "events/parties.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/one_of.h"
#include "events/roles.h"

namespace dateline::events {
namespace {

constexpr std::array<std::pair<std::string_view, PartyKind>, 4> kKinds{{
    {"public", PartyKind::kPublic},
    {"civic", PartyKind::kCivic},
    {"private", PartyKind::kPrivate},
    {"state", PartyKind::kState},
}};

/// What a CAMEO role says of whoever has it; absent for a code without one.
std::optional<PartyKind> KindOfCode(std::string_view code) {
  if (IsPublic(code)) return PartyKind::kPublic;
  if (IsFirm(code)) return PartyKind::kPrivate;
  return code.size() > 3 ? std::optional(PartyKind::kCivic) : std::nullopt;
}

/// "an Amnesty researcher", "his brother Ana Ruiz, the minister": who speaks for a body across
/// countries, and whoever is named beside a noun for people, is what the code tells.
bool IsToldByCode(const StoryView& view, const Scene& scene, const Actor& who, std::uint32_t head) {
  if (!view.people.contains(scene.tree.Lemma(head))) return false;
  if (who.code.starts_with("NGO") || who.code.starts_with("IGO")) return true;
  const Relation rel = scene.tree.Rel(who.words.begin);
  return who.person && scene.tree.Head(who.words.begin) == head &&
         (rel == "appos" || rel.starts_with("flat"));
}

/// "In a message, its leader urged", "This month the council urged": whoever stands behind an
/// opening phrase is at times parsed as another word for it.
bool IsBehindOpening(const Tree& tree, std::uint32_t at, std::uint32_t head) {
  constexpr std::array<std::string_view, 9> kTimes{
      "month", "week", "year", "day", "night", "morning", "evening", "afternoon", "weekend"};
  if (tree.Rel(at) != "appos" || head > at) return false;
  const bool phrase = tree.Rel(head).starts_with("obl") && !tree.Case(head).empty();
  return phrase || IsOneOf(tree.Lemma(head), kTimes);
}

/// The head of the phrase in which the actor's words stand: "leaders" of "leaders of Chad",
/// "market" of "the Chilean market".
std::uint32_t HeadOf(const Scene& scene, const Actor& actor) {
  constexpr std::array<std::string_view, 5> kInside{"of", "from", "in", "at", "for"};
  static constexpr std::array<std::string_view, 28> kAmounts{
      "thousand", "hundred", "dozen",     "score",   "million",    "number", "group",
      "crowd",    "most",    "ten",       "handful", "batch",      "wave",   "patch",
      "majority", "pair",    "couple",    "part",    "contingent", "convoy", "third",
      "half",     "company", "battalion", "brigade", "platoon",    "column", "busload"};
  const Tree& tree = scene.tree;
  std::uint32_t at = actor.words.begin;
  for (int up = 0; up < 8; ++up) {
    const auto head = tree.Head(at);
    if (!head || IsBehindOpening(tree, at, *head)) return at;
    const Relation rel = tree.Rel(at);
    const bool modifies = rel == "amod" || rel == "compound" || rel.starts_with("flat") ||
                          rel == "nmod:poss" || rel == "nmod:desc" || rel == "det" ||
                          rel == "nummod" || rel == "case" || rel == "punct" || rel == "appos";
    const bool inside = rel == "nmod" && IsOneOf(tree.Case(at), kInside);
    const bool noun = tree.Pos(*head) == "NOUN" || tree.Pos(*head) == "PROPN";
    // "Thousands of Kenyans" are Kenyans.
    const bool amount = inside && IsOneOf(tree.Lemma(*head), kAmounts);
    if (amount || (!actor.words.Contains(*head) && !((modifies || inside) && noun))) return at;
    at = *head;
  }
  return at;
}

/// A firm, or a body of which nothing is known but its country.
bool IsFirmOrUnknown(const Entity& entity) {
  if (entity.type != EntityType::kOrganization) return false;
  const std::string code = entity.actor.value_or("");
  return code.size() <= 3 || IsFirm(code) || code.starts_with("NGO");
}

/// "hospital officials", "a Delta spokesman": who speaks for a firm or a house of whatever kind.
bool SpeaksForFirm(const StoryView& view, const Scene& scene, std::uint32_t head) {
  constexpr std::array<std::string_view, 6> kSpeakers{
      "official", "spokesman", "spokeswoman", "spokesperson", "executive", "representative"};
  static constexpr std::array<std::string_view, 26> kHouses{
      "company", "hospital", "school",  "university", "college", "team",    "club",
      "league",  "airline",  "bank",    "museum",     "zoo",     "clinic",  "store",
      "hotel",   "campus",   "studio",  "network",    "theater", "theatre", "festival",
      "railway", "utility",  "factory", "mine",       "plant"};
  if (!IsOneOf(scene.tree.Lemma(head), kSpeakers)) return false;
  return std::ranges::any_of(scene.tree.Children(head), [&](std::uint32_t child) {
    if (scene.tree.Rel(child) != "compound" || child > head) return false;
    if (IsOneOf(scene.tree.Lemma(child), kHouses)) return true;
    const Span span = view.word(child).span;
    const auto is_place = [&](const Place& place) { return place.span.Contains(span); };
    if (std::ranges::any_of(view.story.places, is_place)) return false;
    const std::string_view name = span.of(view.story.text);
    return std::ranges::any_of(view.story.entities, [&](const Entity& entity) {
      return IsFirmOrUnknown(entity) && entity.name.starts_with(name);
    });
  });
}

/// "The duo", "the two men" tell no more of them than "the two", "its neighbour" than "the other";
/// "pleaded with his neighbours": people.
bool IsBarePointer(const StoryView& view, const Scene& scene, const Actor& who,
                   std::uint32_t head) {
  if (who.known == Actor::Known::kJoint) return true;
  const std::string_view lemma = scene.tree.Lemma(head);
  return who.known == Actor::Known::kOther && !view.word(head).form.ends_with('s') &&
         (lemma == "neighbour" || lemma == "neighbor");
}

}  // namespace

Result<PartyTable> PartyTable::Load(const tables::Tables& tables) {
  PartyTable result;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/heads"));
  DATELINE_TRY(const tables::Column lemma, table->GetColumn("lemma"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto* const known = std::ranges::find(kKinds, table->Cell(row, kind),
                                                [](const auto& entry) { return entry.first; });
    if (known != kKinds.end()) result.heads_.emplace(table->Cell(row, lemma), known->second);
  }
  return result;
}

PartyKind PartyTable::KindOfHead(const StoryView& view, const Scene& scene,
                                 std::uint32_t head) const {
  const std::string_view lemma = scene.tree.Lemma(head);
  if (const auto found = heads_.find(lemma); found != heads_.end()) return found->second;
  // "The Russian invasion", "a Saudi offer": what states do.
  if (!view.patterns.Nouns(lemma).empty()) return PartyKind::kPublic;
  return PartyKind::kPrivate;
}

Party PartyTable::PartyOf(const StoryView& view, const Scene& scene, std::uint32_t actor) const {
  const Actor& who = scene.actors[actor];
  Party party{.kind = PartyKind::kNamed, .head = HeadOf(scene, who)};
  const bool bare = IsBarePointer(view, scene, who, party.head);
  const bool common = scene.tree.Pos(party.head) == "NOUN" && !bare;
  if (common && SpeaksForFirm(view, scene, party.head)) {
    party.kind = PartyKind::kPrivate;
    return party;
  }
  const bool inside =
      who.words.Contains(party.head) || (common && IsToldByCode(view, scene, who, party.head));
  if (const auto kind = KindOfCode(who.code); kind && (inside || !common)) {
    party.kind = *kind;
    if (common && *kind == PartyKind::kCivic) {
      const auto found = heads_.find(scene.tree.Lemma(party.head));
      if (found != heads_.end()) party.kind = found->second;
    }
    return party;
  }
  if (common) {
    party.kind = KindOfHead(view, scene, party.head);
  } else if (who.code.size() == 3) {
    const bool person =
        who.entity && view.story.entities[Raw(*who.entity)].type == EntityType::kPerson;
    party.kind = person ? PartyKind::kNamed : PartyKind::kState;
  }
  return party;
}

std::optional<Party> PartyTable::MostPublic(const StoryView& view, const Scene& scene,
                                            const ActorSet& side) const {
  constexpr std::array<int, 5> kRank{4, 5, 2, 1, 3};  // by PartyKind
  std::optional<Party> best;
  const auto rank = [&](const Party& party) {
    return kRank.at(static_cast<std::size_t>(party.kind));
  };
  for (const std::uint32_t actor : side) {
    const Party party = PartyOf(view, scene, actor);
    if (!best || rank(party) > rank(*best)) best = party;
  }
  return best;
}

}  // namespace dateline::events
