#include "timex/interval.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace dateline::timex {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

/// Reads just `text` as a number of digits.
std::optional<int> NumberOf(std::string_view text) {
  int number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Days FirstOf(int in_year, unsigned month) {
  return sys_days{year{in_year} / std::chrono::month{month} / 1};
}

Interval Months(int in_year, unsigned month, int count) {
  const Days begin = FirstOf(in_year, month);
  return {.begin = begin, .end = AddMonths(begin, count)};
}

/// Monday of the first week of an ISO year.
Days FirstWeekOf(int in_year) {
  const Days fourth = FirstOf(in_year, 1) + days{3};
  return fourth - days{static_cast<int>(IsoWeekday(fourth)) - 1};
}

/// "W07", "W07-WE".
std::optional<Interval> WeekOf(int in_year, std::string_view rest) {
  const auto week = NumberOf(rest.substr(1, 2));
  if (!week || *week < 1 || *week > 53) return std::nullopt;
  const Days monday = FirstWeekOf(in_year) + days{7 * (*week - 1)};
  if (rest.size() == 3) return Interval{.begin = monday, .end = monday + days{7}};
  if (rest.substr(3) != "-WE") return std::nullopt;
  return Interval{.begin = monday + days{5}, .end = monday + days{7}};
}

std::optional<Interval> SeasonOf(int in_year, std::string_view season) {
  static constexpr std::array<std::pair<std::string_view, unsigned>, 4> kFirst{
      {{"SP", 3}, {"SU", 6}, {"FA", 9}, {"WI", 12}}};
  const auto* const found =
      std::ranges::find(kFirst, season, &std::pair<std::string_view, unsigned>::first);
  if (found == kFirst.end()) return std::nullopt;
  return Months(in_year, found->second, 3);
}

/// "Q2", "H1".
std::optional<Interval> PartOf(int in_year, std::string_view rest) {
  const int months = rest.front() == 'Q' ? 3 : 6;
  const auto part = NumberOf(rest.substr(1));
  if (!part || rest.size() != 2 || *part < 1 || *part > 12 / months) return std::nullopt;
  return Months(in_year, static_cast<unsigned>((*part - 1) * months + 1), months);
}

/// "05", "05-03".
std::optional<Interval> MonthOrDay(int in_year, std::string_view rest) {
  const auto month = NumberOf(rest.substr(0, 2));
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (rest.size() == 2) return Months(in_year, static_cast<unsigned>(*month), 1);
  const auto day = rest.size() == 5 && rest[2] == '-' ? NumberOf(rest.substr(3)) : std::nullopt;
  const std::chrono::year_month_day date{year{in_year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(day.value_or(0))}};
  if (!day || !date.ok()) return std::nullopt;
  return Interval{.begin = sys_days{date}, .end = sys_days{date} + days{1}};
}

/// What follows the hyphen after a year.
std::optional<Interval> WithinYear(int in_year, std::string_view rest) {
  if (rest.size() < 2) return std::nullopt;
  if (auto season = SeasonOf(in_year, rest)) return season;
  if (rest.front() == 'W') return WeekOf(in_year, rest);
  if (rest.front() == 'Q' || rest.front() == 'H') return PartOf(in_year, rest);
  return MonthOrDay(in_year, rest);
}

bool IsOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// "P2Y6M", "PT30M", "PXW", "P2.5D".
bool IsLength(std::string_view value) {
  if (value.size() < 3 || value.front() != 'P') return false;
  return std::ranges::all_of(value.substr(1),
                             [](char c) { return IsOneOf(c, "0123456789.XTYMWDHSQCE"); }) &&
         IsOneOf(value.back(), "YMWDHSQE");
}

bool IsReference(std::string_view value) {
  return value == "PRESENT_REF" || value == "PAST_REF" || value == "FUTURE_REF";
}

/// Dates with unknown parts: "XXXX-WXX-5", "XXXX-05-03TNI".
bool IsPartlyKnown(std::string_view value) {
  return value.starts_with("X") && std::ranges::all_of(value, [](char c) {
           return IsOneOf(c, "X-WQHSPUFIET:AMVONDZ0123456789");
         });
}

}  // namespace

std::optional<Interval> IntervalOf(std::string_view value) {
  value = value.substr(0, value.find('T'));
  const bool before_christ = value.starts_with("BC");
  if (before_christ) value.remove_prefix(2);
  const std::size_t digits = std::min(value.find('-'), value.size());
  const auto number = NumberOf(value.substr(0, digits));
  if (!number) return std::nullopt;
  const auto years = [&](int unit) {
    const int first = before_christ ? 2 - (*number + 1) * unit : *number * unit;
    return Interval{.begin = FirstOf(first, 1), .end = FirstOf(first + unit, 1)};
  };
  if (digits == 2 && value.size() == 2) return years(100);
  if (digits == 3 && value.size() == 3) return years(10);
  if (digits != 4) return std::nullopt;
  if (value.size() == 4) return years(1);
  return WithinYear(before_christ ? 1 - *number : *number, value.substr(5));
}

std::optional<Length> LengthOf(std::string_view value) {
  if (!value.starts_with("P")) return std::nullopt;
  value.remove_prefix(1);
  const std::size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
  const auto count = NumberOf(value.substr(0, digits));
  const auto unit = ParseUnit(value.substr(digits));
  if (!count || !unit || *unit < Unit::kDay) return std::nullopt;
  return Length{.count = *count, .unit = *unit};
}

bool IsValue(std::string_view value) {
  return IntervalOf(value).has_value() || IsLength(value) || IsReference(value) ||
         IsPartlyKnown(value);
}

}  // namespace dateline::timex
