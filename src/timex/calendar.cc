#include "timex/calendar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace dateline::timex {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::array<std::pair<std::string_view, Unit>, 13> kUnitCodes{{
    {"TS", Unit::kSecond},
    {"TM", Unit::kMinute},
    {"TH", Unit::kHour},
    {"D", Unit::kDay},
    {"WE", Unit::kWeekend},
    {"W", Unit::kWeek},
    {"2W", Unit::kFortnight},
    {"M", Unit::kMonth},
    {"Q", Unit::kQuarter},
    {"H", Unit::kHalf},
    {"Y", Unit::kYear},
    {"DE", Unit::kDecade},
    {"CE", Unit::kCentury},
}};

std::string Print(const char* format, int a, int b = 0) {
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, a, b);
  return {buffer.data(), static_cast<std::size_t>(std::clamp(size, 0, 31))};
}

/// The Thursday of the ISO week that holds `day`; its year is the week's year.
Days ThursdayOf(Days day) { return day + days{4 - static_cast<int>(IsoWeekday(day))}; }

int WeekOf(Days day) {
  const Days thursday = ThursdayOf(day);
  const Days first = std::chrono::January / 1 / ToDate(thursday).year();
  return static_cast<int>((thursday - first).count() / 7) + 1;
}

/// Years before Christ are counted as astronomers do: 0 is 1 BC.
std::string FormatYear(int year, const char* after_christ, const char* before_christ, int unit) {
  return year > 0 ? Print(after_christ, year / unit) : Print(before_christ, (1 - year) / unit);
}

std::string FormatYear(int year) { return FormatYear(year, "%04d", "BC%04d", 1); }

std::string FormatWeek(Days day) {
  return FormatYear(static_cast<int>(ToDate(ThursdayOf(day)).year())) +
         Print("-W%02d", WeekOf(day));
}

}  // namespace

std::optional<Unit> ParseUnit(std::string_view code) {
  const auto* const found =
      std::ranges::find(kUnitCodes, code, &std::pair<std::string_view, Unit>::first);
  if (found == kUnitCodes.end()) return std::nullopt;
  return found->second;
}

year_month_day ToDate(Days day) { return year_month_day{day}; }

std::optional<Days> MakeDay(int year, int month, int day) {
  constexpr int kOldest = -9998;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (year < kOldest || year > 9999 || month < 1 || day < 1 || !date.ok()) return std::nullopt;
  return Days{date};
}

Days AddMonths(Days day, int months) {
  const year_month_day from = ToDate(day);
  const auto month = from.year() / from.month() + std::chrono::months{months};
  const auto last = (month / std::chrono::last).day();
  return month / std::min(from.day(), last);
}

Days Shift(Days day, Unit unit, int count) {
  switch (unit) {
    case Unit::kDay:
      return day + days{count};
    case Unit::kWeekend:
    case Unit::kWeek:
      return day + days{7 * count};
    case Unit::kFortnight:
      return day + days{14 * count};
    case Unit::kMonth:
      return AddMonths(day, count);
    case Unit::kQuarter:
      return AddMonths(day, 3 * count);
    case Unit::kHalf:
      return AddMonths(day, 6 * count);
    case Unit::kYear:
      return AddMonths(day, 12 * count);
    case Unit::kDecade:
      return AddMonths(day, 120 * count);
    case Unit::kCentury:
      return AddMonths(day, 1200 * count);
    default:
      return day;
  }
}

std::string FormatDay(Days day) {
  const year_month_day date = ToDate(day);
  return FormatMonth(static_cast<int>(date.year()), static_cast<unsigned>(date.month())) +
         Print("-%02d", static_cast<int>(static_cast<unsigned>(date.day())));
}

std::string FormatMonth(int year, unsigned month) {
  return FormatYear(year) + Print("-%02d", static_cast<int>(month));
}

std::string FormatUnit(Days day, Unit unit) {
  const year_month_day date = ToDate(day);
  const int y = static_cast<int>(date.year());
  switch (unit) {
    case Unit::kWeekend:
      return FormatWeek(day) + "-WE";
    case Unit::kWeek:
    case Unit::kFortnight:
      return FormatWeek(day);
    case Unit::kMonth:
      return FormatMonth(y, static_cast<unsigned>(date.month()));
    case Unit::kQuarter:
      return FormatYear(y) + Print("-Q%d", QuarterOf(day));
    case Unit::kHalf:
      return FormatYear(y) + (QuarterOf(day) <= 2 ? "-H1" : "-H2");
    case Unit::kYear:
      return FormatYear(y);
    case Unit::kDecade:
      return FormatYear(y, "%03d", "BC%03d", 10);
    case Unit::kCentury:
      return FormatYear(y, "%02d", "BC%02d", 100);
    default:
      return FormatDay(day);
  }
}

unsigned IsoWeekday(Days day) { return std::chrono::weekday{day}.iso_encoding(); }

int QuarterOf(Days day) {
  return static_cast<int>((static_cast<unsigned>(ToDate(day).month()) - 1) / 3) + 1;
}

std::string FormatDuration(std::string_view amount, Unit unit) {
  static constexpr std::array<std::string_view, 13> kSuffix{"S", "M", "H",  "D", "WE", "W", "W",
                                                            "M", "Q", "6M", "Y", "DE", "CE"};
  std::string value = unit <= Unit::kHour ? "PT" : "P";
  value += amount;
  value += kSuffix.at(static_cast<std::size_t>(unit));
  return value;
}

}  // namespace dateline::timex
