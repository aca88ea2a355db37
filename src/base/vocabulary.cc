// The names of enumerators in the story record, both ways.
#include <algorithm>
#include <array>
#include <utility>

#include "dateline/attribution.h"
#include "dateline/document.h"
#include "dateline/entity.h"
#include "dateline/event.h"
#include "dateline/place.h"
#include "dateline/timex.h"

namespace dateline {
namespace {

template <typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<BlockKind, 16> kBlockKinds{{
    {BlockKind::kHeadline, "headline"},
    {BlockKind::kDescription, "description"},
    {BlockKind::kDate, "date"},
    {BlockKind::kSection, "section"},
    {BlockKind::kByline, "byline"},
    {BlockKind::kDateline, "dateline"},
    {BlockKind::kParagraph, "paragraph"},
    {BlockKind::kSubheading, "subheading"},
    {BlockKind::kListItem, "listItem"},
    {BlockKind::kQuestion, "question"},
    {BlockKind::kAnswer, "answer"},
    {BlockKind::kUtterance, "utterance"},
    {BlockKind::kCaption, "caption"},
    {BlockKind::kRelated, "related"},
    {BlockKind::kCredit, "credit"},
    {BlockKind::kNote, "note"},
}};

constexpr Names<EntityType, 9> kEntityTypes{{
    {EntityType::kPerson, "person"},
    {EntityType::kOrganization, "organization"},
    {EntityType::kCountry, "country"},
    {EntityType::kPlace, "place"},
    {EntityType::kGroup, "group"},
    {EntityType::kFacility, "facility"},
    {EntityType::kWork, "work"},
    {EntityType::kEvent, "event"},
    {EntityType::kOther, "other"},
}};

constexpr Names<MentionKind, 3> kMentionKinds{{
    {MentionKind::kName, "name"},
    {MentionKind::kNominal, "nominal"},
    {MentionKind::kPronoun, "pronoun"},
}};

constexpr Names<PlacePrecision, 6> kPlacePrecisions{{
    {PlacePrecision::kPoint, "point"},
    {PlacePrecision::kCity, "city"},
    {PlacePrecision::kAdmin2, "admin2"},
    {PlacePrecision::kAdmin1, "admin1"},
    {PlacePrecision::kCountry, "country"},
    {PlacePrecision::kRegion, "region"},
}};

constexpr Names<TimexType, 4> kTimexTypes{{
    {TimexType::kDate, "DATE"},
    {TimexType::kTime, "TIME"},
    {TimexType::kDuration, "DURATION"},
    {TimexType::kSet, "SET"},
}};

constexpr Names<AttributionKind, 3> kAttributionKinds{{
    {AttributionKind::kDirect, "direct"},
    {AttributionKind::kIndirect, "indirect"},
    {AttributionKind::kMixed, "mixed"},
}};

constexpr Names<EventStatus, 12> kEventStatuses{{
    {EventStatus::kOccurred, "occurred"},
    {EventStatus::kOngoing, "ongoing"},
    {EventStatus::kPlanned, "planned"},
    {EventStatus::kRequested, "requested"},
    {EventStatus::kHypothetical, "hypothetical"},
    {EventStatus::kDenied, "denied"},
    {EventStatus::kClaimed, "claimed"},
    {EventStatus::kOffered, "offered"},
    {EventStatus::kThreatened, "threatened"},
    {EventStatus::kConditional, "conditional"},
    {EventStatus::kNegated, "negated"},
    {EventStatus::kHistorical, "historical"},
}};

constexpr Names<Origin, 3> kOrigins{{
    {Origin::kClause, "clause"},
    {Origin::kSentence, "sentence"},
    {Origin::kStory, "story"},
}};

constexpr Names<Candidate::Verdict, 3> kVerdicts{{
    {Candidate::Verdict::kAccepted, "accepted"},
    {Candidate::Verdict::kRejected, "rejected"},
    {Candidate::Verdict::kRefused, "refused"},
}};

/// REQUIRES: the names stand in the order of the enumerators.
template <typename Enum, std::size_t N>
constexpr std::string_view NameOf(const Names<Enum, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value)).second;
}

template <typename Enum, std::size_t N>
std::optional<Enum> ValueOf(const Names<Enum, N>& names, std::string_view name) {
  const auto* const found =
      std::ranges::find(names, name, [](const auto& entry) { return entry.second; });
  if (found == names.end()) return std::nullopt;
  return found->first;
}

}  // namespace

std::string_view BlockKindName(BlockKind kind) { return NameOf(kBlockKinds, kind); }
std::optional<BlockKind> ParseBlockKind(std::string_view name) {
  return ValueOf(kBlockKinds, name);
}

bool IsBody(BlockKind kind) {
  switch (kind) {
    case BlockKind::kParagraph:
    case BlockKind::kSubheading:
    case BlockKind::kListItem:
    case BlockKind::kQuestion:
    case BlockKind::kAnswer:
    case BlockKind::kUtterance:
      return true;
    default:
      return false;
  }
}

bool IsProse(BlockKind kind) {
  return IsBody(kind) || kind == BlockKind::kHeadline || kind == BlockKind::kDescription ||
         kind == BlockKind::kCaption;
}

std::string_view EntityTypeName(EntityType type) { return NameOf(kEntityTypes, type); }
std::optional<EntityType> ParseEntityType(std::string_view name) {
  return ValueOf(kEntityTypes, name);
}
std::string_view MentionKindName(MentionKind kind) { return NameOf(kMentionKinds, kind); }
std::optional<MentionKind> ParseMentionKind(std::string_view name) {
  return ValueOf(kMentionKinds, name);
}
std::string_view PlacePrecisionName(PlacePrecision precision) {
  return NameOf(kPlacePrecisions, precision);
}
std::optional<PlacePrecision> ParsePlacePrecision(std::string_view name) {
  return ValueOf(kPlacePrecisions, name);
}
std::string_view TimexTypeName(TimexType type) { return NameOf(kTimexTypes, type); }
std::optional<TimexType> ParseTimexType(std::string_view name) {
  return ValueOf(kTimexTypes, name);
}
std::string_view AttributionKindName(AttributionKind kind) {
  return NameOf(kAttributionKinds, kind);
}
std::optional<AttributionKind> ParseAttributionKind(std::string_view name) {
  return ValueOf(kAttributionKinds, name);
}
std::string_view EventStatusName(EventStatus status) { return NameOf(kEventStatuses, status); }
std::optional<EventStatus> ParseEventStatus(std::string_view name) {
  return ValueOf(kEventStatuses, name);
}
std::string_view OriginName(Origin origin) { return NameOf(kOrigins, origin); }
std::optional<Origin> ParseOrigin(std::string_view name) { return ValueOf(kOrigins, name); }
std::string_view VerdictName(Candidate::Verdict verdict) { return NameOf(kVerdicts, verdict); }
std::optional<Candidate::Verdict> ParseVerdict(std::string_view name) {
  return ValueOf(kVerdicts, name);
}

}  // namespace dateline
