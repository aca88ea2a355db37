/// Who did what to whom: political events in CAMEO and PLOVER codes, each with its proof.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/date.h"
#include "dateline/span.h"

namespace dateline {

enum class EventStatus : std::uint8_t {
  kOccurred,
  kOngoing,
  kPlanned,
  kRequested,
  kHypothetical,
  kDenied,
  kClaimed,
};
std::string_view EventStatusName(EventStatus status);
std::optional<EventStatus> ParseEventStatus(std::string_view name);

/// One side of an event where the text names it.
struct EventActor {
  std::optional<EntityIndex> entity;
  std::string actor;  ///< CAMEO actor code, e.g. "CHNGOVMIL"; empty: none known
  Span span;
  bool operator==(const EventActor&) const = default;
};

/// Where the date or place of an event was found: in its own clause, elsewhere in its sentence, or
/// in the story (its date).
enum class Origin : std::uint8_t { kClause, kSentence, kStory };
/// "clause", "sentence", "story".
std::string_view OriginName(Origin origin);
std::optional<Origin> ParseOrigin(std::string_view name);

struct EventPlace {
  std::string name;
  std::optional<std::string> country;
  std::optional<double> lat;
  std::optional<double> lon;
  bool operator==(const EventPlace&) const = default;
};

struct Event {
  std::string cameo;   ///< CAMEO code with its leading zero: "042"
  std::string plover;  ///< PLOVER event type: "CONSULT"
  std::optional<std::string> mode;
  int quad = 0;  ///< 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
  double goldstein = 0;
  Span trigger;
  std::vector<Span> evidence;  ///< every place in the story that states it; never empty
  std::vector<EventActor> source;
  std::vector<EventActor> target;
  std::optional<Date> date;
  std::optional<EventPlace> place;
  EventStatus status = EventStatus::kOccurred;
  std::optional<AttributionIndex> attributed_to;  ///< the attribution in whose content it stands
  double confidence = 0;                          ///< in [0, 1]
  std::string rule;                               ///< id of the pattern that made it
  std::optional<Origin> date_from{};              ///< where `date` was found
  std::optional<Origin> place_from{};             ///< where `place` was found
  bool operator==(const Event&) const = default;
};

}  // namespace dateline
