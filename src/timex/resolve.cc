// Each operation is one function from the pieces of a match and the setting to a value; the table
// at the end names them. Dates without a year are placed by direction: a sentence that looks back
// takes the latest such date, one that looks ahead the earliest coming one, and a candidate almost
// a year away yields to one within a month.
#include "timex/resolve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace dateline::timex {
namespace {

using std::chrono::days;

/// A match with its operation: how the operations below read their arguments.
class Call {
 public:
  Call(const Operation& operation, const Captured& captured, const Setting& setting)
      : operation_(operation), captured_(captured), setting_(setting) {}

  [[nodiscard]] const Setting& setting() const { return setting_; }
  [[nodiscard]] std::size_t size() const { return operation_.arguments.size(); }
  [[nodiscard]] std::string_view Word(std::size_t index) const {
    return index < size() ? std::string_view(operation_.arguments[index].text) : std::string_view{};
  }

  /// The piece that the argument names; null for a plain word.
  [[nodiscard]] const Lexeme* Piece(std::size_t index, ClassId* id = nullptr) const {
    const std::string_view wanted = Word(index);
    for (const Slot& slot : captured_.form.slots) {
      const bool unit = wanted == "UNIT" && (slot.label == "UNITS" || slot.label == "SPAN");
      if (slot.label != wanted && !unit) continue;
      const Lexeme& lexeme = captured_.lexemes[slot.position];
      if ((lexeme.classes & Bit(slot.id)) == 0) continue;
      if (id != nullptr) *id = slot.id;
      return &lexeme;
    }
    return nullptr;
  }

  [[nodiscard]] std::optional<int> Number(std::size_t index) const {
    ClassId id = 0;
    int number = 0;
    if (const Lexeme* piece = Piece(index, &id); piece != nullptr) {
      number = NumberOf(*piece, id);
    } else {
      const std::string_view word = Word(index);
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
      if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    }
    if (index < size() && operation_.arguments[index].negative) number = -number;
    return number;
  }

  /// The text of the argument's value: a table's ("SU"), or the word itself.
  [[nodiscard]] std::string_view Text(std::size_t index) const {
    ClassId id = 0;
    const Lexeme* piece = Piece(index, &id);
    return piece != nullptr ? TextOf(*piece, id) : Word(index);
  }

  [[nodiscard]] std::optional<Unit> UnitOf(std::size_t index) const {
    return ParseUnit(Text(index));
  }

  /// A year of two or four digits.
  [[nodiscard]] std::optional<int> Year(std::size_t index) const {
    const auto number = Number(index);
    if (!number || *number < 0) return std::nullopt;
    if (*number >= 100) return number;
    if (Piece(index) == nullptr) return std::nullopt;
    return *number + (*number <= 40 ? 2000 : 1900);
  }

  /// The anchor as a day; absent without one, or when it is not known to the day.
  [[nodiscard]] std::optional<Days> Anchor() const {
    if (!setting_.anchor) return std::nullopt;
    return Days{setting_.anchor->ymd};
  }
  [[nodiscard]] bool AnchorIsDay() const {
    return setting_.anchor && setting_.anchor->precision == Date::Precision::kDay;
  }

 private:
  const Operation& operation_;
  const Captured& captured_;
  const Setting& setting_;
};

Value OfDay(Days day) {
  return {.text = FormatDay(day), .told = Told{.day = day, .precision = Unit::kDay}};
}

Value OfUnit(Days day, Unit unit) {
  return {.text = FormatUnit(day, unit),
          .told = Told{.day = day, .precision = unit},
          .quarter = unit == Unit::kQuarter};
}

std::optional<Days> MakeDay(int year, int month, int day) {
  const auto date = MakeDate(year, static_cast<unsigned>(std::max(month, 0)),
                             static_cast<unsigned>(std::max(day, 0)));
  if (!date) return std::nullopt;
  return Days{date->ymd};
}

/// The value of a unit when nothing tells which one.
std::string Unknown(Unit unit) {
  switch (unit) {
    case Unit::kYear:
      return "XXXX";
    case Unit::kMonth:
      return "XXXX-XX";
    case Unit::kQuarter:
      return "XXXX-QX";
    case Unit::kWeek:
    case Unit::kFortnight:
      return "XXXX-WXX";
    case Unit::kWeekend:
      return "XXXX-WXX-WE";
    case Unit::kDecade:
      return "XXX";
    case Unit::kCentury:
      return "XX";
    default:
      return "XXXX-XX-XX";
  }
}

/// How a date without a year is placed; the last word of an operation.
enum class Place : std::uint8_t {
  kNear,
  kLast,
  kPast,
  kNext,
  kComing,
  kThis,
  kLastYear,
  kNextYear,
  kLastWeek,
  kNextWeek
};

std::optional<Place> ParsePlace(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Place>, 10> kPlaces{
      {{"near", Place::kNear},
       {"last", Place::kLast},
       {"past", Place::kPast},
       {"next", Place::kNext},
       {"coming", Place::kComing},
       {"this", Place::kThis},
       {"lastyear", Place::kLastYear},
       {"nextyear", Place::kNextYear},
       {"lastweek", Place::kLastWeek},
       {"nextweek", Place::kNextWeek}}};
  const auto* const found =
      std::ranges::find(kPlaces, word, &std::pair<std::string_view, Place>::first);
  if (found == kPlaces.end()) return std::nullopt;
  return found->second;
}

/// The year offset of a date that lies `ahead` days after the anchor in the anchor's own year
/// (negative: before it; 0: at it). Against the direction, a date within `slack` days still counts.
int YearOffset(Place place, Direction direction, int ahead, int slack) {
  switch (place) {
    case Place::kThis:
      return 0;
    case Place::kLastYear:
      return -1;
    case Place::kNextYear:
      return 1;
    case Place::kLast:
    case Place::kPast:
      return ahead < 0 ? 0 : -1;
    case Place::kNext:
      return ahead > 0 ? 0 : 1;
    case Place::kComing:
      return ahead >= 0 ? 0 : 1;
    default:
      break;
  }
  if (direction == Direction::kFuture) return ahead >= -slack ? 0 : 1;
  if (direction == Direction::kPast) return ahead <= slack ? 0 : -1;
  constexpr int kHalfYear = 182;
  if (ahead > kHalfYear) return -1;
  return ahead < -kHalfYear ? 1 : 0;
}

std::optional<Value> DateOf(const Call& call) {
  const auto year = call.Year(0);
  if (!year) return std::nullopt;
  if (call.size() == 1) {
    const auto day = MakeDay(*year, 1, 1);
    return day ? std::optional(OfUnit(*day, Unit::kYear)) : std::nullopt;
  }
  const auto day = MakeDay(*year, call.Number(1).value_or(0), call.Number(2).value_or(0));
  if (!day) return std::nullopt;
  return OfDay(*day);
}

/// "12/06/2009": the reading nearer to the anchor; without one day first, unless it cannot be.
std::optional<Value> NumericOf(const Call& call) {
  const auto year = call.Year(2);
  if (!year) return std::nullopt;
  const auto day_first = MakeDay(*year, call.Number(1).value_or(0), call.Number(0).value_or(0));
  const auto month_first = MakeDay(*year, call.Number(0).value_or(0), call.Number(1).value_or(0));
  if (!day_first && !month_first) return std::nullopt;
  if (!day_first || !month_first) return OfDay(day_first ? *day_first : *month_first);
  const auto anchor = call.Anchor();
  const bool second = anchor && std::abs((*month_first - *anchor).count()) <
                                    std::abs((*day_first - *anchor).count());
  return OfDay(second ? *month_first : *day_first);
}

std::optional<Value> DayInYear(const Call& call, int month, int number, Place place) {
  const auto anchor = call.Anchor();
  if (!anchor) {
    if (!MakeDay(2000, month, number)) return std::nullopt;
    return Value{.text = "XXXX" + FormatDay(*MakeDay(2000, month, number)).substr(4)};
  }
  const int year = static_cast<int>(ToDate(*anchor).year());
  const auto here = MakeDay(year, month, number);
  const int ahead = here ? static_cast<int>((*here - *anchor).count()) : 0;
  const auto day =
      MakeDay(year + YearOffset(place, call.setting().direction, ahead, 31), month, number);
  if (!day) return here ? std::optional(OfDay(*here)) : std::nullopt;
  return OfDay(*day);
}

std::optional<Value> MonthDayOf(const Call& call) {
  const auto month = call.Number(0);
  const auto number = call.Number(1);
  if (!month || !number) return std::nullopt;
  return DayInYear(call, *month, *number, ParsePlace(call.Word(2)).value_or(Place::kNear));
}

/// 'last' and a month: the latest such month, but for one of the recent weeks, which a writer would
/// name without 'last'; then the previous calendar year is meant.
int LastMonthOffset(int ahead_months) {
  constexpr int kRecentMonths = 3;
  return ahead_months < -kRecentMonths ? 0 : -1;
}

std::optional<Value> MonthOf(const Call& call) {
  const auto month = call.Number(0);
  if (!month) return std::nullopt;
  if (const auto year = call.Year(1); year && call.Piece(1) != nullptr)
    return OfUnit(*MakeDay(*year, *month, 1), Unit::kMonth);
  const auto anchor = call.Anchor();
  if (!anchor)
    return Value{.text = "XXXX" + FormatMonth(2000, static_cast<unsigned>(*month)).substr(4)};
  const auto today = ToDate(*anchor);
  const int ahead = *month - static_cast<int>(static_cast<unsigned>(today.month()));
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  const Direction direction =
      call.setting().direction == Direction::kNone ? Direction::kPast : call.setting().direction;
  const int offset =
      place == Place::kLast ? LastMonthOffset(ahead) : YearOffset(place, direction, ahead * 31, 0);
  return OfUnit(*MakeDay(static_cast<int>(today.year()) + offset, *month, 1), Unit::kMonth);
}

/// Days from the anchor to a weekday that lies `ahead` days (-6 to 0) before it.
int WeekdayOffset(Place place, Direction direction, int ahead, int wanted, int today) {
  switch (place) {
    case Place::kLast:
    case Place::kPast:
      return ahead == 0 ? -7 : ahead;
    case Place::kNext:
      return ahead + 7;
    case Place::kComing:
      return ahead == 0 ? 0 : ahead + 7;
    case Place::kThis:
      return wanted - today;
    case Place::kLastWeek:
      return wanted - today - 7;
    case Place::kNextWeek:
      return wanted - today + 7;
    default:
      return direction == Direction::kFuture && ahead != 0 ? ahead + 7 : ahead;
  }
}

std::optional<Value> WeekdayOf(const Call& call) {
  const auto wanted = call.Number(0);
  if (!wanted) return std::nullopt;
  if (!call.AnchorIsDay()) return Value{.text = "XXXX-WXX-" + std::to_string(*wanted)};
  const Days anchor = *call.Anchor();
  const int today = static_cast<int>(IsoWeekday(anchor));
  const int ahead = -((today - *wanted + 7) % 7);
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  return OfDay(anchor +
               days{WeekdayOffset(place, call.setting().direction, ahead, *wanted, today)});
}

/// The day that "later" and "earlier" count from.
std::optional<Told> From(const Call& call) {
  if (call.setting().told) return call.setting().told;
  if (const auto anchor = call.Anchor()) return Told{.day = *anchor, .precision = Unit::kDay};
  return std::nullopt;
}

std::optional<Value> WeekdayFrom(const Call& call) {
  const auto wanted = call.Number(0);
  const auto step = call.Number(1);
  const auto from = From(call);
  if (!wanted || !step) return std::nullopt;
  if (!from) return Value{.text = "XXXX-WXX-" + std::to_string(*wanted)};
  const int here = static_cast<int>(IsoWeekday(from->day));
  const int back = (here - *wanted + 7) % 7;
  return OfDay(from->day + days{*step > 0 ? 7 - back : (back == 0 ? -7 : -back)});
}

std::optional<Value> ShiftBy(const Call& call, Unit unit, int count) {
  const auto anchor = call.Anchor();
  if (!anchor || (unit <= Unit::kFortnight && !call.AnchorIsDay()))
    return Value{.text = Unknown(unit)};
  return OfUnit(Shift(*anchor, unit, count), unit);
}

std::optional<Value> ShiftOf(const Call& call) {
  const auto unit = call.UnitOf(0);
  const auto count = call.Number(1);
  if (!unit || !count || std::abs(*count) > 5000) return std::nullopt;
  return ShiftBy(call, *unit, *count);
}

std::optional<Value> AgoOf(const Call& call) {
  const auto count = call.Number(0);
  const auto unit = call.UnitOf(1);
  if (!unit || !count || std::abs(*count) > 1500) return std::nullopt;
  if (*unit == Unit::kDecade || *unit == Unit::kCentury)
    return ShiftBy(call, Unit::kYear, -*count * (*unit == Unit::kDecade ? 10 : 100));
  return ShiftBy(call, *unit, -*count);
}

/// "a year ago": of a quarter when the story has just spoken of one.
std::optional<Value> LikewiseOf(const Call& call) {
  const auto unit = call.UnitOf(0);
  if (!unit) return std::nullopt;
  const auto& told = call.setting().told;
  if (*unit == Unit::kYear && call.setting().told_quarter && told)
    return OfUnit(Shift(told->day, Unit::kYear, -1), Unit::kQuarter);
  return ShiftBy(call, *unit == Unit::kDecade ? Unit::kYear : *unit,
                 *unit == Unit::kDecade ? -10 : -1);
}

/// Counts from the day told of. The result is as precise as the finer of the two, but years and
/// months from a day give the year or month.
std::optional<Value> CountFrom(const Call& call, int sign) {
  const auto count = call.Number(0);
  const auto unit = call.UnitOf(1);
  if (!unit || !count || *count > 1500) return std::nullopt;
  if (sign < 0 && *unit == Unit::kYear && call.setting().told_quarter && call.setting().told) {
    return OfUnit(Shift(call.setting().told->day, Unit::kYear, -*count), Unit::kQuarter);
  }
  const auto from = From(call);
  if (!from) return Value{.text = Unknown(*unit)};
  const Days day = Shift(from->day, *unit, sign * *count);
  if (*unit <= Unit::kHour) return OfDay(day);
  if (*unit == Unit::kWeek || *unit == Unit::kFortnight) return OfUnit(day, from->precision);
  return OfUnit(day, std::max(from->precision == Unit::kQuarter ? Unit::kQuarter : *unit, *unit));
}

std::optional<Value> BackOf(const Call& call) { return CountFrom(call, -1); }
std::optional<Value> AheadOf(const Call& call) { return CountFrom(call, 1); }

std::optional<Value> FromOf(const Call& call) {
  const auto unit = call.UnitOf(0);
  const auto count = call.Number(1);
  const auto from = From(call);
  if (!unit || !count) return std::nullopt;
  if (!from) return Value{.text = Unknown(*unit)};
  if (*unit == Unit::kDay && from->precision != Unit::kDay) {
    return call.AnchorIsDay() ? std::optional(OfDay(*call.Anchor() + days{*count}))
                              : Value{.text = Unknown(*unit)};
  }
  return OfUnit(Shift(from->day, *unit, *count), *unit);
}

std::optional<Value> QuarterValue(int quarter, int year) {
  if (quarter < 1 || quarter > 4) return std::nullopt;
  const auto day = MakeDay(year, quarter * 3 - 2, 1);
  return day ? std::optional(OfUnit(*day, Unit::kQuarter)) : std::nullopt;
}

/// A quarter without a year is the latest that has ended, or the coming one where verbs look ahead.
std::optional<Value> QuarterOfYear(const Call& call) {
  const auto quarter = call.Number(0);
  if (!quarter) return std::nullopt;
  if (const auto year = call.Year(1); year && call.Piece(1) != nullptr)
    return QuarterValue(*quarter, *year);
  const auto anchor = call.Anchor();
  if (!anchor) return Value{.text = "XXXX-Q" + std::to_string(*quarter)};
  const int year = static_cast<int>(ToDate(*anchor).year());
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  if (place == Place::kThis) return QuarterValue(*quarter, year);
  if (place == Place::kLastYear) return QuarterValue(*quarter, year - 1);
  const bool ahead = *quarter >= QuarterOf(*anchor);
  if (call.setting().direction == Direction::kFuture)
    return QuarterValue(*quarter, ahead ? year : year + 1);
  return QuarterValue(*quarter, ahead ? year - 1 : year);
}

std::optional<Value> HalfOf(const Call& call) {
  const auto half = call.Number(0);
  const auto year = call.Year(1);
  if (!half || !year) return std::nullopt;
  const auto day = MakeDay(*year, *half == 1 ? 1 : 7, 1);
  return day ? std::optional(OfUnit(*day, Unit::kHalf)) : std::nullopt;
}

int FirstMonthOf(std::string_view season) {
  if (season == "SP") return 3;
  if (season == "SU") return 6;
  return season == "FA" ? 9 : 12;
}

/// Seasons are those of the north; a winter bears the year it begins in.
std::optional<Value> SeasonOf(const Call& call) {
  const std::string_view season = call.Text(0);
  const auto make = [&](int year) -> std::optional<Value> {
    const auto day = MakeDay(year, FirstMonthOf(season), 1);
    if (!day) return std::nullopt;
    return Value{.text = FormatUnit(*day, Unit::kYear) + "-" + std::string(season),
                 .told = Told{.day = *day, .precision = Unit::kQuarter}};
  };
  if (call.Piece(1) != nullptr) return make(call.Year(1).value_or(0));
  const auto anchor = call.Anchor();
  if (!anchor) return Value{.text = "XXXX-" + std::string(season)};
  const int year = static_cast<int>(ToDate(*anchor).year());
  const int ahead =
      FirstMonthOf(season) - static_cast<int>(static_cast<unsigned>(ToDate(*anchor).month()));
  switch (ParsePlace(call.Word(1)).value_or(Place::kNear)) {
    case Place::kThis:
      return make(year);
    case Place::kLastYear:
      return make(year - 1);
    case Place::kNext:
      return make(ahead > 0 ? year : year + 1);
    case Place::kLast:
      return make(ahead <= -3 ? year : year - 1);
    default:
      break;
  }
  if (call.setting().direction == Direction::kFuture) return make(ahead >= -2 ? year : year + 1);
  return make(ahead <= 0 ? year : year - 1);
}

/// "MM-DD", or "MM-W-N": the Nth weekday W of the month.
std::optional<Value> HolidayOf(const Call& call) {
  const std::string_view when = call.Text(0);
  const auto part = [&](std::size_t at) {
    int number = 0;
    std::from_chars(when.data() + std::min(at, when.size()), when.data() + when.size(), number);
    return number;
  };
  const std::size_t second = when.rfind('-');
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  if (second == 2)
    return DayInYear(call, part(0), part(3), place == Place::kNear ? Place::kPast : place);
  const auto anchor = call.Anchor();
  if (!anchor) return Value{.text = "XXXX-" + std::string(when.substr(0, 2))};
  const auto in_year = [&](int year) {
    return Days{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(part(0))} /
                std::chrono::weekday{
                    static_cast<unsigned>(part(3) % 7)}[static_cast<unsigned>(part(second + 1))]};
  };
  const int year = static_cast<int>(ToDate(*anchor).year());
  return OfDay(in_year(in_year(year) <= *anchor || place == Place::kThis || place == Place::kNext
                           ? year
                           : year - 1));
}

std::optional<Value> DecadeOf(const Call& call) {
  auto year = call.Number(0);
  if (!year) return std::nullopt;
  if (*year < 100) *year += *year <= 20 ? 2000 : 1900;
  const auto day = MakeDay(*year, 1, 1);
  return day ? std::optional(OfUnit(*day, Unit::kDecade)) : std::nullopt;
}

std::optional<Value> CenturyOf(const Call& call) {
  const auto ordinal = call.Number(0);
  if (!ordinal || *ordinal < 1 || *ordinal > 99) return std::nullopt;
  return Value{.text = std::string(*ordinal <= 10 ? "0" : "") + std::to_string(*ordinal - 1)};
}

std::string DurationText(int count, bool vague, Unit unit) {
  if (unit == Unit::kDecade && !vague)
    return FormatDuration(std::to_string(count * 10), Unit::kYear);
  if (unit == Unit::kCentury && !vague)
    return FormatDuration(std::to_string(count * 100), Unit::kYear);
  if (unit == Unit::kFortnight && !vague)
    return FormatDuration(std::to_string(count * 2), Unit::kWeek);
  if (unit == Unit::kHalf && !vague) return FormatDuration(std::to_string(count * 6), Unit::kMonth);
  return FormatDuration(vague ? "X" : std::to_string(count), unit);
}

std::optional<Value> LengthOf(const Call& call) {
  const auto unit = call.UnitOf(1);
  if (!unit) return std::nullopt;
  const bool vague = call.Word(0) == "X";
  const auto count = call.Number(0);
  if (!vague && !count) return std::nullopt;
  return Value{.text = DurationText(count.value_or(0), vague, *unit)};
}

std::optional<Value> LengthAndHalf(const Call& call) {
  const auto count = call.Number(0);
  const auto unit = call.UnitOf(1);
  if (!unit || !count) return std::nullopt;
  const std::string whole = *count == 0 ? "" : std::to_string(*count);
  switch (*unit) {
    case Unit::kYear:
      return Value{.text = "P" + (whole.empty() ? "" : whole + "Y") + "6M"};
    case Unit::kHour:
      return Value{.text = "PT" + (whole.empty() ? "" : whole + "H") + "30M"};
    case Unit::kMinute:
      return Value{.text = "PT" + (whole.empty() ? "" : whole + "M") + "30S"};
    case Unit::kDecade:
      return Value{.text = "P" + std::to_string(*count * 10 + 5) + "Y"};
    case Unit::kCentury:
      return Value{.text = "P" + std::to_string(*count * 100 + 50) + "Y"};
    default:
      return Value{.text = FormatDuration((whole.empty() ? "0" : whole) + ".5", *unit)};
  }
}

std::optional<Value> EachMonth(const Call& call) {
  return Value{.text =
                   "XXXX" +
                   FormatMonth(2000, static_cast<unsigned>(call.Number(0).value_or(1))).substr(4)};
}
std::optional<Value> EachWeekday(const Call& call) {
  return Value{.text = "XXXX-WXX-" + std::to_string(call.Number(0).value_or(1))};
}
std::optional<Value> EachSeason(const Call& call) {
  return Value{.text = "XXXX-" + std::string(call.Text(0))};
}
std::optional<Value> EachPart(const Call& call) {
  return Value{.text = "XXXX-XX-XX" + std::string(call.Text(0))};
}
std::optional<Value> Reference(const Call& call) {
  return Value{.text = std::string(call.Word(0))};
}
std::optional<Value> Nothing([[maybe_unused]] const Call& call) { return std::nullopt; }

using Function = std::optional<Value> (*)(const Call&);
constexpr std::array<std::pair<std::string_view, Function>, 25> kOperations{{
    {"date", DateOf},           {"numeric", NumericOf},
    {"monthday", MonthDayOf},   {"month", MonthOf},
    {"weekday", WeekdayOf},     {"weekdayfrom", WeekdayFrom},
    {"shift", ShiftOf},         {"ago", AgoOf},
    {"likewise", LikewiseOf},   {"back", BackOf},
    {"ahead", AheadOf},         {"from", FromOf},
    {"quarter", QuarterOfYear}, {"half", HalfOf},
    {"season", SeasonOf},       {"holiday", HolidayOf},
    {"decade", DecadeOf},       {"century", CenturyOf},
    {"length", LengthOf},       {"lengthhalf", LengthAndHalf},
    {"eachmonth", EachMonth},   {"eachweekday", EachWeekday},
    {"eachseason", EachSeason}, {"eachpart", EachPart},
    {"ref", Reference},
}};

std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// "clock HOUR MINUTE AMPM" and "clock4 YEAR".
std::string ClockOf(const Call& call, bool four) {
  const int first = call.Number(0).value_or(0);
  int hour = four ? first / 100 : first;
  std::string minutes = four ? ":" + TwoDigits(first % 100) : "";
  if (four && (hour > 24 || first % 100 > 59)) return "";
  for (std::size_t i = 1; i < call.size(); ++i) {
    const int number = call.Number(i).value_or(0);
    if (call.Word(i) != "AMPM") {
      minutes += ":" + TwoDigits(number);
      continue;
    }
    if (hour > 12) continue;
    hour = hour % 12 + number;
  }
  return "T" + TwoDigits(hour) + (minutes.empty() ? ":00" : minutes);
}

}  // namespace

Result<Operation> ParseOperation(std::string_view cell) {
  Operation operation;
  std::size_t at = 0;
  bool first = true;
  while (at < cell.size()) {
    const std::size_t end = std::min(cell.find(' ', at), cell.size());
    std::string_view word = cell.substr(at, end - at);
    at = end + 1;
    if (!first) {
      const bool negative = word.size() > 1 && word.starts_with('-');
      if (negative) word.remove_prefix(1);
      operation.arguments.push_back({.text = std::string(word), .negative = negative});
      continue;
    }
    first = false;
    if (word == "none" || word == "clock" || word == "clock4") {
      operation.code = static_cast<std::uint32_t>(kOperations.size());
      continue;
    }
    const auto* const found =
        std::ranges::find(kOperations, word, &std::pair<std::string_view, Function>::first);
    if (found == kOperations.end())
      return Fail(ErrorCode::kMalformed, "unknown operation " + std::string(word));
    operation.code = static_cast<std::uint32_t>(found - kOperations.begin());
  }
  return operation;
}

std::optional<Value> Resolve(const Operation& operation, const Captured& captured,
                             const Setting& setting) {
  const Function function =
      operation.code < kOperations.size() ? kOperations.at(operation.code).second : Nothing;
  return function(Call(operation, captured, setting));
}

std::string ResolveTime(std::string_view cell, const Captured& captured) {
  const Setting setting;
  if (cell.starts_with("clock")) {
    const auto operation = ParseOperation(cell);
    return operation ? ClockOf(Call(*operation, captured, setting), cell.starts_with("clock4"))
                     : "";
  }
  const Operation operation{.arguments = {{.text = std::string(cell)}}};
  return std::string(Call(operation, captured, setting).Text(0));
}

}  // namespace dateline::timex
