/// Calendar dates as precise as their source: a year, a month or a day, perhaps a time and a zone.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline {

/// A date known to the year, the month or the day. Always a day that exists.
struct Date {
  enum class Precision : std::uint8_t { kYear, kMonth, kDay };

  /// Parts below the precision are 1.
  std::chrono::year_month_day ymd{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
  Precision precision = Precision::kDay;

  constexpr bool operator==(const Date&) const = default;
  constexpr auto operator<=>(const Date& other) const {
    return std::chrono::sys_days{ymd} <=> std::chrono::sys_days{other.ymd};
  }
};

/// "2023", "2023-04" or "2023-04-16".
std::string FormatDate(const Date& date);
/// Reads those three forms; kMalformed when the text is another or the day does not exist.
Result<Date> ParseDate(std::string_view text);
/// A date of day precision, or nothing when the day does not exist.
std::optional<Date> MakeDate(int year, unsigned month, unsigned day);

/// A date with a clock time where one is printed, and a zone only where one is printed.
struct DateTime {
  Date date;
  std::optional<std::chrono::seconds> time;  ///< since midnight
  bool has_seconds = false;                  ///< whether the seconds were printed
  std::optional<std::chrono::minutes>
      utc_offset;  ///< east positive; absent when no zone is printed

  bool operator==(const DateTime&) const = default;
};

/// ISO 8601: "2018-11-21", "2018-11-21T16:42", "2020-03-02T08:15:00+01:00", "2020-01-15T00:01:00Z".
/// A zone of offset zero is written "Z".
std::string FormatDateTime(const DateTime& value);
Result<DateTime> ParseDateTime(std::string_view text);

}  // namespace dateline
