/// Calendar arithmetic for time values: shifting by units, ISO weeks, quarters, TIMEX3 strings.
///
/// Everything is computed from dates handed in; there is no clock here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dateline::timex {

/// Units in which TIMEX3 counts. Each stands for the granularity of the value it makes.
enum class Unit : std::uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kHalf,
  kYear,
  kDecade,
  kCentury,
};

/// "D", "W", "M", "TH" … as written in the tables; absent for any other text.
std::optional<Unit> ParseUnit(std::string_view code);

using Days = std::chrono::sys_days;

/// The day as year, month and day. The year 0 is 1 BC.
std::chrono::year_month_day ToDate(Days day);
/// That day; absent when there is none, or beyond ten thousand years.
std::optional<Days> MakeDay(int year, int month, int day);
/// The day that many months later; the last day of the month where the day does not exist.
Days AddMonths(Days day, int months);

/// The day `count` units after `day` (before it, when negative). Units below a day count as 0 days.
Days Shift(Days day, Unit unit, int count);

/// The TIMEX3 value of the unit that holds `day`: "2016", "2016-11", "2016-W45", "2016-Q4",
/// "2016-W45-WE", "201", "20"; days for anything finer.
std::string FormatUnit(Days day, Unit unit);
/// "2016-11-15".
std::string FormatDay(Days day);
/// "2016-11"; "BC0480-04" of the year -479.
std::string FormatMonth(int year, unsigned month);

/// 1 is Monday, 7 Sunday.
unsigned IsoWeekday(Days day);
/// 1 to 4.
int QuarterOf(Days day);

/// TIMEX3 duration of `amount` units, the amount already printed: "P2D", "PXY", "PT6H", "P20Y".
std::string FormatDuration(std::string_view amount, Unit unit);

}  // namespace dateline::timex
