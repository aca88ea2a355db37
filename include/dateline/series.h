/// Events counted: over time, and between pairs of actors.
///
///   auto line = archive->FindTimeline({.one = "CHN", .other = "RUS", .period = Period::kMonth},
///   {}); for (const auto& point : line->points) Plot(point.name, point.tally.goldstein);
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/date.h"

namespace dateline {

/// kWeek: from Monday to Sunday, numbered as ISO 8601 does.
enum class Period : std::uint8_t { kDay, kWeek, kMonth };
/// "day", "week", "month".
std::string_view PeriodName(Period period);

/// The period that holds the day: "2031-05-04", "2031-W18", "2031-05".
std::string PeriodOf(const Date& day, Period period);
/// Its first day.
Date FirstDayOf(const Date& day, Period period);
/// The first day of the period behind the one that holds the day.
Date NextPeriod(const Date& day, Period period);

/// Some events together.
struct EventTally {
  std::uint64_t events = 0;
  std::array<std::uint64_t, 4> quads{};  ///< how many of quad class 1, 2, 3, 4
  double goldstein = 0;                  ///< sum of their scores

  bool operator==(const EventTally&) const = default;
  /// The mean score; absent without events.
  [[nodiscard]] std::optional<double> Mean() const {
    if (events == 0) return std::nullopt;
    return goldstein / static_cast<double>(events);
  }
};

/// What to count, beside the EventFilter (of which source, target and limit are not looked at).
/// With no status in the filter, what occurred, goes on or is claimed counts.
struct TimelineQuery {
  std::string one{};      ///< an actor code or its beginning ("CHN"), else a name
  std::string other{};    ///< the other side; empty: anybody, nobody
  bool directed = false;  ///< only what `one` does to `other`; else either way
  bool copies = false;    ///< also what copies of a story tell again
  Period period = Period::kMonth;
};

struct TimelinePoint {
  std::string name{};  ///< as PeriodOf
  EventTally tally{};
  bool operator==(const TimelinePoint&) const = default;
};

/// Every period from the first event to the last (of the filter's days where it has them), also
/// those in which nothing happened.
struct Timeline {
  std::vector<TimelinePoint> points{};
  std::uint64_t vague = 0;  ///< events left out: their date is less precise than the period
};

/// What is a node: the first three letters of actor codes (a country, "IGO" …), whole codes, names.
enum class NetworkUnit : std::uint8_t { kCountry, kActor, kName };

struct NetworkQuery {
  NetworkUnit unit = NetworkUnit::kCountry;
  std::string about{};      ///< only ties of this actor: a code or its beginning, else a name
  std::uint64_t least = 1;  ///< only ties of so many events
  std::uint64_t limit = 0;  ///< no more than so many ties; 0: all
  bool copies = false;      ///< also what copies of a story tell again
};

/// What one did to another. An event with several actors on a side counts for each pair.
struct Tie {
  std::string source{};
  std::string target{};
  EventTally tally{};
  std::string first{};  ///< date of the first event, as precise as known; empty: not known
  std::string last{};
  bool operator==(const Tie&) const = default;
};

}  // namespace dateline
