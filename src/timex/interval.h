/// The days that a TIMEX3 value stands for.
///
///   IntervalOf("2023-03")      [2023-03-01, 2023-04-01)
///   IntervalOf("2023-W07-WE")  [2023-02-18, 2023-02-20)
///   IntervalOf("1999-WI")      [1999-12-01, 2000-03-01)
#pragma once

#include <optional>
#include <string_view>

#include "timex/calendar.h"

namespace dateline::timex {

/// Half open; never empty.
struct Interval {
  Days begin{};
  Days end{};
  bool operator==(const Interval&) const = default;
};

/// The days of a date or a time: of a century, decade, year, half, season, quarter, month, week,
/// weekend or day; a time of day gives its day. Absent for lengths, references, sets, and values
/// that are not known in full ("XXXX-05-03").
std::optional<Interval> IntervalOf(std::string_view value);

/// A length of whole units of a day or more.
struct Length {
  int count = 0;
  Unit unit = Unit::kDay;
  bool operator==(const Length&) const = default;
};

/// "P3M", "P2W"; absent for "PXY", "PT6H", "P2Y6M" and whatever is no length.
std::optional<Length> LengthOf(std::string_view value);

/// Whether the text has the form of a TIMEX3 value: a date, time, length, set or reference.
bool IsValue(std::string_view value);

}  // namespace dateline::timex
