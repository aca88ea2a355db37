/// What a matched time expression means: the operations that the value column of rules.tsv names.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/timex.h"
#include "timex/calendar.h"
#include "timex/day_order.h"
#include "timex/lexer.h"
#include "timex/pattern.h"

namespace dateline::timex {

/// Which way the clause looks: told by its verbs. A narrative looks onward from the last date told.
enum class Direction : std::uint8_t { kNone, kPast, kPresent, kFuture, kOnward };

/// A day that the story has spoken of, as precise as it said.
struct Told {
  Days day{};
  Unit precision = Unit::kDay;
  bool operator==(const Told&) const = default;
};

/// What a value may depend on besides its own words.
struct Setting {
  std::optional<Date> anchor{};  ///< the story's date; in a narrative the last date told
  std::optional<Told> told{};    ///< the last past date shortly before, for "two days later"
  bool told_quarter = false;     ///< that date was a quarter: "a year earlier" is one too
  Direction direction = Direction::kNone;
  std::optional<DayOrder> order{};  ///< the outlet's habit, where it is known
};

struct Value {
  std::string text;            ///< TIMEX3 value
  std::optional<Told> told{};  ///< the day it stands for, where it stands for one
  bool quarter = false;
  std::optional<TimexAlternative> alternative = std::nullopt;
};

/// An argument of an operation: a slot of the pattern, or a word of its own.
struct Argument {
  std::string text;
  bool negative = false;
};

/// "monthday MONTH DAY near", read once.
struct Operation {
  std::uint32_t code = 0;
  std::vector<Argument> arguments{};
};

/// Reads a value or time cell; kMalformed names an unknown operation.
Result<Operation> ParseOperation(std::string_view cell);

/// The pieces of one match, by slot.
struct Captured {
  const Form& form;
  std::span<const Lexeme> lexemes;  ///< of the whole match
};

/// The value, or nothing when the words make no date ("February 31"). Thread-safe.
std::optional<Value> Resolve(const Operation& operation, const Captured& captured,
                             const Setting& setting);

/// Which of day and month stands first in "25/03/2019"; absent for other operations, and where both
/// readings make a day.
std::optional<DayOrder> OrderShownBy(const Operation& operation, const Captured& captured);

/// Whether the value is that of the last date told, or so many units from it.
bool CountsFromTold(const Operation& operation);
/// Whether the words name one day: "May 3", "Tuesday", "yesterday".
bool NamesDay(const Operation& operation);
/// Whether the words name a month: "April", "last April".
bool NamesMonth(const Operation& operation);
/// Whether the value counts units back or ahead: "two years ago", "a day later".
bool CountsUnits(const Operation& operation);
/// Whether the value counts from the story's date: "yesterday", "on Monday", "last week".
bool IsDeictic(const Operation& operation);

/// The part of a value after the day, from a time cell: "T10:30", "TMO". Empty when the cell asks
/// for a piece that is not there.
std::string ResolveTime(std::string_view cell, const Captured& captured);

}  // namespace dateline::timex
