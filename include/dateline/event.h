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
  kOffered,      ///< held out by one side and not yet taken up: "offered to send observers"
  kThreatened,   ///< held out as a harm: "threatened to close the border"
  kConditional,  ///< under a stated condition: "if Chad withdraws"
  kNegated,      ///< said not to have happened: "Chad did not sign"
  kHistorical,   ///< told as background long past, or as an anniversary
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

/// A number that belongs to an event: "at least 12 killed", "dozens arrested", "$3 million in aid".
struct EventCount {
  std::string of;  ///< killed, injured, arrested, missing, displaced, crowd, troops, amount …
  double least = 0;
  std::optional<double> most;  ///< absent: no upper bound is stated ("at least 12")
  std::string unit;            ///< of an amount: a currency, "USD"; else empty
  Span span;                   ///< the words of the number
  bool operator==(const EventCount&) const = default;
};

/// With what it was done, where that is stated: "with mortars".
struct EventMeans {
  std::string kind;  ///< a class of data/events/means.tsv: "artillery"
  Span span;
  bool operator==(const EventMeans&) const = default;
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
  std::vector<std::string> contexts{};            ///< PLOVER contexts: "military", "legal"
  std::optional<Origin> date_from{};              ///< where the date was found
  std::optional<Origin> place_from{};             ///< where the place was found
  std::vector<EventCount> counts{};               ///< numbers tied to it, in order of the text
  std::optional<EventMeans> means{};
  std::string ontology{};  ///< of codes that are not CAMEO's: the name of the user's ontology
  bool operator==(const Event&) const = default;
};

/// A word that may tell an event, and what became of it (ReadOptions::explain).
struct Candidate {
  enum class Verdict : std::uint8_t {
    kAccepted,  ///< is an event, or one mention of an event
    kRejected,  ///< a rule fits, but what it finds is no event: sport, negation …
    kRefused,   ///< the rule does not fit here
  };
  Verdict verdict = Verdict::kRefused;
  Span trigger;
  std::string rule;    ///< id of the pattern
  std::string frame;   ///< which of the pattern's frames was laid over the sentence
  std::string cameo;   ///< the code it would have
  std::string reason;  ///< one word: "no-target", "sport"; empty when accepted
  std::string detail;  ///< the words that decided, where there are some
  std::vector<EventActor> source;
  std::vector<EventActor> target;
  /// Of accepted ones and those "unsure": what spoke for or against it, "name=value".
  std::vector<std::string> features{};
  bool operator==(const Candidate&) const = default;
};
std::string_view VerdictName(Candidate::Verdict verdict);
std::optional<Candidate::Verdict> ParseVerdict(std::string_view name);

}  // namespace dateline
