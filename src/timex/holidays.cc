#include "timex/holidays.h"

#include <algorithm>
#include <charconv>

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

/// The number at `at`; 0 when there is none.
int NumberAt(std::string_view text, std::size_t at) {
  int number = 0;
  if (at < text.size()) std::from_chars(text.data() + at, text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<Days> HolidayIn(std::string_view when, int year) {
  const std::size_t plus = when.find('+');
  const days after{plus == std::string_view::npos ? 0 : NumberAt(when, plus + 1)};
  constexpr std::string_view kEaster = "easter";
  if (when.starts_with(kEaster))
    return EasterOf(year) + after + days{std::min(NumberAt(when, kEaster.size()), 0)};
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
