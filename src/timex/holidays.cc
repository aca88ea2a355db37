#include "timex/holidays.h"

#include <unicode/calendar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

namespace dateline::timex {
namespace {

using std::chrono::days;

/// Easter Sunday of the western churches (Meeus, Astronomical Algorithms, chapter 8).
Days EasterOf(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(n / 31)} /
         std::chrono::day{static_cast<unsigned>(n % 31 + 1)};
}

/// A day of another calendar: "hebrew-8-15" is { "hebrew", 8, 15 }.
struct ForeignDay {
  const char* calendar = nullptr;  ///< ICU locale
  int month = 0;
  int day = 0;
};

constexpr double kMillisecondsOfDay = 86'400'000;

/// The first day of the Gregorian year on which the other calendar shows month and day.
std::optional<Days> ForeignIn(const ForeignDay& wanted, int year) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      *icu::TimeZone::getGMT(), icu::Locale(wanted.calendar), status));
  if (U_FAILURE(status) != 0) return std::nullopt;
  const Days first{std::chrono::year{year} / std::chrono::January / 1};
  const Days next{std::chrono::year{year + 1} / std::chrono::January / 1};
  calendar->setTime(static_cast<double>(first.time_since_epoch().count()) * kMillisecondsOfDay,
                    status);
  for (int turn = 0; turn < 3; ++turn) {
    const std::unique_ptr<icu::Calendar> at(calendar->clone());
    at->add(UCAL_YEAR, turn, status);
    at->set(UCAL_MONTH, wanted.month - 1);
    at->set(UCAL_DATE, wanted.day);
    at->set(UCAL_IS_LEAP_MONTH, 0);
    const double time = at->getTime(status);
    if (U_FAILURE(status) != 0) return std::nullopt;
    const Days day{days{static_cast<int>(time / kMillisecondsOfDay)}};
    if (day >= first && day < next) return day;
  }
  return std::nullopt;
}

/// The number at `at`; 0 when there is none.
int NumberAt(std::string_view text, std::size_t at) {
  int number = 0;
  if (at < text.size()) std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

/// "islamic-10-1"; nothing for days of our own calendar.
std::optional<ForeignDay> ForeignDayOf(std::string_view when) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 3> kCalendars{
      {{"hebrew-", "@calendar=hebrew"},
       {"islamic-", "@calendar=islamic-umalqura"},
       {"chinese-", "@calendar=chinese"}}};
  for (const auto& [name, locale] : kCalendars) {
    if (!when.starts_with(name)) continue;
    const std::size_t day = when.find('-', name.size());
    return ForeignDay{.calendar = locale,
                      .month = NumberAt(when, name.size()),
                      .day = day == std::string_view::npos ? 0 : NumberAt(when, day + 1)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Days> HolidayIn(std::string_view when, int year) {
  const std::size_t plus = when.find('+');
  const days after{plus == std::string_view::npos ? 0 : NumberAt(when, plus + 1)};
  constexpr std::string_view kEaster = "easter";
  if (when.starts_with(kEaster))
    return EasterOf(year) + after + days{std::min(NumberAt(when, kEaster.size()), 0)};
  if (const auto foreign = ForeignDayOf(when)) return ForeignIn(*foreign, year);
  const std::size_t first = when.find('-');
  const std::size_t second = when.find('-', first + 1);
  const int month = NumberAt(when, 0);
  if (second == std::string_view::npos) return MakeDay(year, month, NumberAt(when, first + 1));
  const auto in_month = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)};
  const std::chrono::weekday weekday{static_cast<unsigned>(NumberAt(when, first + 1) % 7)};
  if (when.substr(second + 1).starts_with('L'))
    return Days{in_month / weekday[std::chrono::last]} + after;
  return Days{in_month / weekday[static_cast<unsigned>(NumberAt(when, second + 1))]} + after;
}

}  // namespace dateline::timex
