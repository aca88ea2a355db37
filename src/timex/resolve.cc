// Each operation is one function from the pieces of a match and the setting to a value; the table
// at the end names them. Dates without a year are placed by direction: a sentence that looks back
// takes the latest such date, one that looks ahead the earliest coming one, and a candidate almost
// a year away yields to one within a month.
#include "timex/resolve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "timex/holidays.h"

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

  /// A year of two or four digits; an argument with a minus is a year before Christ.
  [[nodiscard]] std::optional<int> Year(std::size_t index) const {
    const auto number = Number(index);
    if (!number) return std::nullopt;
    if (*number < 0) return 1 + *number;
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

/// How likely the other reading is where the words leave two. Estimates, not yet counted.
constexpr double kOtherLastMonth = 0.3;  ///< "last March" read in May as March of this year
constexpr double kOtherSide = 0.2;       ///< a day or month that no verb places
constexpr double kOtherOrder = 0.2;      ///< day and month the other way round
constexpr double kOtherHabit = 0.05;     ///< the same against the outlet's habit

Value WithAlternative(Value value, const Value& other, double probability) {
  if (other.text != value.text)
    value.alternative = TimexAlternative{.value = other.text, .probability = probability};
  return value;
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
  kNextWeek,
  kWeekOn,    ///< a week after the coming one
  kTold,      ///< the year told of
  kToldNext,  ///< the year after it
};

std::optional<Place> ParsePlace(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, Place>, 13> kPlaces{
      {{"near", Place::kNear},
       {"last", Place::kLast},
       {"past", Place::kPast},
       {"next", Place::kNext},
       {"coming", Place::kComing},
       {"this", Place::kThis},
       {"lastyear", Place::kLastYear},
       {"nextyear", Place::kNextYear},
       {"lastweek", Place::kLastWeek},
       {"nextweek", Place::kNextWeek},
       {"weekon", Place::kWeekOn},
       {"told", Place::kTold},
       {"toldnext", Place::kToldNext}}};
  const auto* const found =
      std::ranges::find(kPlaces, word, &std::pair<std::string_view, Place>::first);
  if (found == kPlaces.end()) return std::nullopt;
  return found->second;
}

/// A day so near against the direction is meant rather than one most of a year away.
constexpr int kAgainst = 45;

/// Days that a narrative steps back without saying so.
constexpr int kBackward = 270;

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
  if (direction == Direction::kOnward) return ahead >= -kBackward ? 0 : 1;
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
  constexpr std::size_t kOffset = 3;
  if (call.size() <= kOffset) return OfDay(*day);
  constexpr int kMostLater = 9999;
  const auto later = call.Number(kOffset);
  if (!later || *later > kMostLater) return std::nullopt;
  return OfDay(Shift(*day, Unit::kDay, *later));
}

/// The two readings of "12/06/2009", of which one may be none.
struct NumericReadings {
  std::optional<Days> day_first{};
  std::optional<Days> month_first{};
};

NumericReadings ReadNumeric(const Call& call) {
  const auto year = call.Year(2);
  if (!year) return {};
  return {.day_first = MakeDay(*year, call.Number(1).value_or(0), call.Number(0).value_or(0)),
          .month_first = MakeDay(*year, call.Number(0).value_or(0), call.Number(1).value_or(0))};
}

/// "12/06/2009": as the outlet writes; else the reading nearer to the anchor; without one day
/// first, unless it cannot be.
std::optional<Value> NumericOf(const Call& call) {
  const auto [day_first, month_first] = ReadNumeric(call);
  if (!day_first && !month_first) return std::nullopt;
  if (!day_first || !month_first) return OfDay(day_first ? *day_first : *month_first);
  const auto anchor = call.Anchor();
  const auto order = call.setting().order;
  const bool nearer = anchor && std::abs((*month_first - *anchor).count()) <
                                    std::abs((*day_first - *anchor).count());
  const bool second = order ? *order == DayOrder::kMonthFirst : nearer;
  return WithAlternative(OfDay(second ? *month_first : *day_first),
                         OfDay(second ? *day_first : *month_first),
                         order ? kOtherHabit : kOtherOrder);
}

/// The day that "later" and "earlier" count from.
std::optional<Told> From(const Call& call) {
  if (call.setting().told) return call.setting().told;
  if (const auto anchor = call.Anchor()) return Told{.day = *anchor, .precision = Unit::kDay};
  return std::nullopt;
}

/// The day that a place is seen from, and how it is seen from there.
struct Frame {
  std::optional<Days> day{};
  Place place = Place::kNear;
};

Frame FrameOf(const Call& call, Place place) {
  if (place != Place::kTold && place != Place::kToldNext) return {call.Anchor(), place};
  const auto from = From(call);
  return {from ? std::optional(from->day) : std::nullopt,
          place == Place::kTold ? Place::kThis : Place::kNextYear};
}

std::optional<Value> DayInYear(const Call& call, int month, int number, Place seen) {
  const auto [anchor, place] = FrameOf(call, seen);
  if (!anchor) {
    if (!MakeDay(2000, month, number)) return std::nullopt;
    return Value{.text = "XXXX" + FormatDay(*MakeDay(2000, month, number)).substr(4)};
  }
  const int year = static_cast<int>(ToDate(*anchor).year());
  const auto here = MakeDay(year, month, number);
  const int ahead = here ? static_cast<int>((*here - *anchor).count()) : 0;
  const auto day =
      MakeDay(year + YearOffset(place, call.setting().direction, ahead, kAgainst), month, number);
  if (!day) return here ? std::optional(OfDay(*here)) : std::nullopt;
  return OfDay(*day);
}

std::optional<Value> MonthDayOf(const Call& call) {
  const auto month = call.Number(0);
  const auto number = call.Number(1);
  if (!month || !number) return std::nullopt;
  return DayInYear(call, *month, *number, ParsePlace(call.Word(2)).value_or(Place::kNear));
}

/// "the week of March 6".
std::optional<Value> WeekOfDay(const Call& call) {
  const auto month = call.Number(0);
  const auto number = call.Number(1);
  if (!month || !number) return std::nullopt;
  const auto value = DayInYear(call, *month, *number, Place::kNear);
  if (!value || !value->told) return std::nullopt;
  return OfUnit(value->told->day, Unit::kWeek);
}

/// 'last' and a month: the latest such month, but for one of the recent weeks, which a writer would
/// name without 'last'; then the previous calendar year is meant.
int LastMonthOffset(int ahead_months) {
  constexpr int kRecentMonths = 3;
  return ahead_months < -kRecentMonths ? 0 : -1;
}

/// Months that nothing places: they look back, but for the next two.
Direction MonthDirection(Direction direction, int ahead_months) {
  if (direction == Direction::kPresent) return Direction::kPast;
  if (direction != Direction::kNone) return direction;
  return ahead_months == 1 || ahead_months == 2 ? Direction::kFuture : Direction::kPast;
}

/// A month whose name is the argument at `index`; its year or place is the next one.
std::optional<Value> MonthOfCall(const Call& call, std::size_t index) {
  const auto month = call.Number(index);
  if (!month) return std::nullopt;
  if (const auto year = call.Year(index + 1); year && call.Piece(index + 1) != nullptr)
    return OfUnit(*MakeDay(*year, *month, 1), Unit::kMonth);
  const auto [anchor, place] =
      FrameOf(call, ParsePlace(call.Word(index + 1)).value_or(Place::kNear));
  if (!anchor)
    return Value{.text = "XXXX" + FormatMonth(2000, static_cast<unsigned>(*month)).substr(4)};
  const auto today = ToDate(*anchor);
  const int ahead = *month - static_cast<int>(static_cast<unsigned>(today.month()));
  const Direction direction = MonthDirection(call.setting().direction, ahead);
  const int offset =
      place == Place::kLast ? LastMonthOffset(ahead) : YearOffset(place, direction, ahead * 31, 0);
  const int year = static_cast<int>(today.year()) + offset;
  const auto of = [&](int in_year) { return OfUnit(*MakeDay(in_year, *month, 1), Unit::kMonth); };
  if (place == Place::kLast && offset == -1 && ahead < 0)
    return WithAlternative(of(year), of(year + 1), kOtherLastMonth);
  if (place == Place::kNear && call.setting().direction == Direction::kNone && ahead != 0)
    return WithAlternative(of(year), of(offset == 0 && ahead > 0 ? year - 1 : year + 1),
                           kOtherSide);
  return of(year);
}

std::optional<Value> MonthOf(const Call& call) { return MonthOfCall(call, 0); }

/// "the first week of March", "the last week of May 2004": the week that holds its middle.
std::optional<Value> WeekOfMonth(const Call& call) {
  const auto month = MonthOfCall(call, 1);
  if (!month || !month->told) return std::nullopt;
  const Days first = month->told->day;
  const bool last = call.Word(0) == "last";
  const auto number = call.Number(0);
  if (!last && (!number || *number < 1 || *number > 5)) return std::nullopt;
  const Days day =
      last ? AddMonths(first, 1) - days{4} : first + days{7 * (number.value_or(1) - 1) + 3};
  return OfUnit(day, Unit::kWeek);
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
    case Place::kWeekOn:
      return ahead == 0 ? 7 : ahead + 14;
    default:
      return (direction == Direction::kFuture || direction == Direction::kOnward) && ahead != 0
                 ? ahead + 7
                 : ahead;
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
  const Direction direction = call.setting().direction;
  const Days day = anchor + days{WeekdayOffset(place, direction, ahead, *wanted, today)};
  const bool open = place == Place::kNear && direction == Direction::kNone && ahead != 0;
  return open ? WithAlternative(OfDay(day), OfDay(day + days{7}), kOtherSide) : OfDay(day);
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

int FirstMonthOf(std::string_view season) {
  if (season == "SP") return 3;
  if (season == "SU") return 6;
  return season == "FA" ? 9 : 12;
}

/// "the following May": such a month after the one told of; "the previous May": before it.
std::optional<Value> MonthFrom(const Call& call) {
  const auto wanted = call.Number(0);
  const auto step = call.Number(1);
  const auto from = From(call);
  if (!wanted || !step) return std::nullopt;
  if (!from)
    return Value{.text = "XXXX" + FormatMonth(2000, static_cast<unsigned>(*wanted)).substr(4)};
  const int here = static_cast<int>(static_cast<unsigned>(ToDate(from->day).month()));
  const int ahead = (*wanted - here + 12) % 12;
  const int months = *step > 0 ? (ahead == 0 ? 12 : ahead) : ahead - 12;
  return OfUnit(AddMonths(from->day, months), Unit::kMonth);
}

/// "the following spring".
std::optional<Value> SeasonFrom(const Call& call) {
  const std::string season(call.Text(0));
  const auto step = call.Number(1);
  const auto from = From(call);
  if (!step) return std::nullopt;
  if (!from) return Value{.text = "XXXX-" + season};
  const int year = static_cast<int>(ToDate(from->day).year());
  const bool whole = from->precision >= Unit::kYear;
  const int ahead =
      FirstMonthOf(season) - static_cast<int>(static_cast<unsigned>(ToDate(from->day).month()));
  const int shift = *step > 0 ? (ahead > 0 && !whole ? 0 : 1) : (ahead < 0 && !whole ? 0 : -1);
  const auto day = MakeDay(year + shift, FirstMonthOf(season), 1);
  if (!day) return std::nullopt;
  return Value{.text = FormatUnit(*day, Unit::kYear) + "-" + season,
               .told = Told{.day = *day, .precision = Unit::kQuarter}};
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

/// "the same month last year", "the same period a year earlier": what was told of, a year before.
std::optional<Value> SameOf(const Call& call) {
  const auto count = call.Number(0);
  const auto& told = call.setting().told;
  if (!count) return std::nullopt;
  const bool part = told && told->precision >= Unit::kWeek && told->precision < Unit::kYear;
  if (!part) return ShiftBy(call, Unit::kYear, *count);
  return OfUnit(Shift(told->day, Unit::kYear, *count), told->precision);
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

/// A quarter without a year is the latest that has begun; where verbs look ahead the coming one,
/// but that of the last months is still reported on.
std::optional<Value> QuarterOfYear(const Call& call) {
  const auto quarter = call.Number(0);
  if (!quarter) return std::nullopt;
  if (const auto year = call.Year(1); year && call.Piece(1) != nullptr)
    return QuarterValue(*quarter, *year);
  const auto anchor = call.Anchor();
  if (!anchor) return Value{.text = "XXXX-Q" + std::to_string(*quarter)};
  const int year = static_cast<int>(ToDate(*anchor).year());
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  if (place != Place::kNear) return QuarterValue(*quarter, year + YearOffset(place, {}, 0, 0));
  const int ahead = *quarter - QuarterOf(*anchor);
  if (call.setting().direction == Direction::kFuture)
    return QuarterValue(*quarter, ahead == 3 ? year - 1 : (ahead >= -1 ? year : year + 1));
  if (call.setting().direction == Direction::kOnward)
    return QuarterValue(*quarter, ahead >= -2 ? year : year + 1);
  return QuarterValue(*quarter, ahead > 0 ? year - 1 : year);
}

std::optional<Value> HalfOf(const Call& call) {
  const auto half = call.Number(0);
  auto year = call.Year(1);
  if (call.Piece(1) == nullptr) {
    const auto anchor = call.Anchor();
    if (!half || !anchor) return Value{.text = "XXXX-H" + std::string(call.Word(0))};
    const Place place = ParsePlace(call.Word(1)).value_or(Place::kThis);
    year = static_cast<int>(ToDate(*anchor).year()) + YearOffset(place, Direction::kNone, 0, 0);
  }
  if (!half || !year) return std::nullopt;
  const auto day = MakeDay(*year, *half == 1 ? 1 : 7, 1);
  return day ? std::optional(OfUnit(*day, Unit::kHalf)) : std::nullopt;
}

/// Months that a narrative steps back for a season.
constexpr int kSeasonsBack = 6;

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
  const auto [anchor, place] = FrameOf(call, ParsePlace(call.Word(1)).value_or(Place::kNear));
  if (!anchor) return Value{.text = "XXXX-" + std::string(season)};
  const int year = static_cast<int>(ToDate(*anchor).year());
  const int ahead =
      FirstMonthOf(season) - static_cast<int>(static_cast<unsigned>(ToDate(*anchor).month()));
  switch (place) {
    case Place::kThis:
      return make(year);
    case Place::kNextYear:
      return make(year + 1);
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
  if (call.setting().direction == Direction::kOnward)
    return make(ahead >= -kSeasonsBack ? year : year + 1);
  return make(ahead <= 0 ? year : year - 1);
}

std::optional<Value> HolidayOf(const Call& call) {
  const std::string_view when = call.Text(0);
  const auto day_of = [&](int year) -> std::optional<Value> {
    const auto day = HolidayIn(when, year);
    return day ? std::optional(OfDay(*day)) : std::nullopt;
  };
  if (call.Piece(1) != nullptr) return day_of(call.Year(1).value_or(0));
  const auto anchor = call.Anchor();
  if (!anchor) {
    const bool fixed =
        std::ranges::count(when, '-') == 1 && when.front() >= '0' && when.front() <= '9';
    return Value{.text = fixed ? "XXXX-" + std::string(when) : "XXXX"};
  }
  const int year = static_cast<int>(ToDate(*anchor).year());
  const auto here = HolidayIn(when, year);
  if (!here) return std::nullopt;
  const int ahead = static_cast<int>((*here - *anchor).count());
  const Place place = ParsePlace(call.Word(1)).value_or(Place::kNear);
  return day_of(year + YearOffset(place, call.setting().direction, ahead, 31));
}

std::optional<Value> DecadeOf(const Call& call) {
  auto year = call.Number(0);
  if (!year) return std::nullopt;
  if (*year < 0) {
    *year += 1;
  } else if (*year < 100) {
    *year += *year <= 20 ? 2000 : 1900;
  }
  const auto day = MakeDay(*year, 1, 1);
  return day ? std::optional(OfUnit(*day, Unit::kDecade)) : std::nullopt;
}

std::optional<Value> CenturyOf(const Call& call) {
  const auto ordinal = call.Number(0);
  if (!ordinal || *ordinal == 0 || std::abs(*ordinal) > 99) return std::nullopt;
  const std::string number = std::to_string(std::abs(*ordinal) - 1);
  return Value{.text = (*ordinal < 0 ? "BC" : "") + std::string(number.size() == 1 ? "0" : "") +
                       number};
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

std::optional<Value> LengthAndHalf(const Call& call);

std::optional<Value> SpanOfTime(const Call& call) {
  const auto unit = call.UnitOf(1);
  if (!unit) return std::nullopt;
  if (const Lexeme* piece = call.Piece(0); piece != nullptr && piece->half)
    return LengthAndHalf(call);
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
/// "soon" is a time only where the clause looks ahead.
std::optional<Value> ReferenceAhead(const Call& call) {
  const Direction direction = call.setting().direction;
  if (direction != Direction::kFuture && direction != Direction::kPresent) return std::nullopt;
  return Reference(call);
}
std::optional<Value> Nothing([[maybe_unused]] const Call& call) { return std::nullopt; }

using Function = std::optional<Value> (*)(const Call&);
constexpr std::array<std::pair<std::string_view, Function>, 31> kOperations{{
    {"date", DateOf},
    {"numeric", NumericOf},
    {"monthday", MonthDayOf},
    {"month", MonthOf},
    {"weekday", WeekdayOf},
    {"weekdayfrom", WeekdayFrom},
    {"shift", ShiftOf},
    {"ago", AgoOf},
    {"likewise", LikewiseOf},
    {"back", BackOf},
    {"ahead", AheadOf},
    {"from", FromOf},
    {"quarter", QuarterOfYear},
    {"half", HalfOf},
    {"season", SeasonOf},
    {"holiday", HolidayOf},
    {"decade", DecadeOf},
    {"century", CenturyOf},
    {"length", SpanOfTime},
    {"lengthhalf", LengthAndHalf},
    {"eachmonth", EachMonth},
    {"eachweekday", EachWeekday},
    {"eachseason", EachSeason},
    {"eachpart", EachPart},
    {"ref", Reference},
    {"refahead", ReferenceAhead},
    {"weekof", WeekOfDay},
    {"same", SameOf},
    {"weekofmonth", WeekOfMonth},
    {"monthfrom", MonthFrom},
    {"seasonfrom", SeasonFrom},
}};

std::string TwoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// Hours before the half of the day that "p.m." or "in the afternoon" names.
int HalfDayOf(const Call& call, std::size_t index) {
  if (call.Word(index) == "AMPM") return call.Number(index).value_or(0);
  return call.Text(index) == "TMO" ? 0 : 12;
}

/// "clock HOUR MINUTE AMPM" and "clock4 YEAR".
std::string ClockOf(const Call& call, bool four) {
  const int first = call.Number(0).value_or(0);
  int hour = four ? first / 100 : first;
  std::string minutes = four ? ":" + TwoDigits(first % 100) : "";
  if (hour > 24 || (four && first % 100 > 59)) return "";
  std::string zone;
  for (std::size_t i = 1; i < call.size(); ++i) {
    const std::string_view word = call.Word(i);
    if (word == "ZONE") {
      zone = call.Piece(i) != nullptr && call.Text(i) == "Z" ? "Z" : "";
    } else if (word != "PART" && word != "AMPM") {
      minutes += ":" + TwoDigits(call.Number(i).value_or(0));
    } else if (hour <= 12) {
      hour = hour % 12 + HalfDayOf(call, i);
    }
  }
  return "T" + TwoDigits(hour) + (minutes.empty() ? ":00" : minutes) + zone;
}

Function FunctionOf(const Operation& operation) {
  return operation.code < kOperations.size() ? kOperations.at(operation.code).second : Nothing;
}

}  // namespace

bool CountsFromTold(const Operation& operation) { return FunctionOf(operation) == FromOf; }

bool NamesDay(const Operation& operation) {
  const Function function = FunctionOf(operation);
  if (function == DateOf) return operation.arguments.size() >= 3;
  if (function == ShiftOf) return operation.arguments.front().text == "D";
  return function == WeekdayOf || function == MonthDayOf || function == NumericOf;
}

std::optional<DayOrder> OrderShownBy(const Operation& operation, const Captured& captured) {
  if (FunctionOf(operation) != NumericOf) return std::nullopt;
  const auto [day_first, month_first] = ReadNumeric(Call(operation, captured, Setting{}));
  if (day_first.has_value() == month_first.has_value()) return std::nullopt;
  return day_first ? DayOrder::kDayFirst : DayOrder::kMonthFirst;
}

bool NamesMonth(const Operation& operation) { return FunctionOf(operation) == MonthOf; }

bool CountsUnits(const Operation& operation) {
  const Function function = FunctionOf(operation);
  return function == AgoOf || function == LikewiseOf || function == BackOf || function == AheadOf;
}

bool IsDeictic(const Operation& operation) {
  const Function function = FunctionOf(operation);
  return function == WeekdayOf || function == ShiftOf;
}

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
  return FunctionOf(operation)(Call(operation, captured, setting));
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
