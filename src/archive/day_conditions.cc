#include "archive/day_conditions.h"

#include <fmt/format.h>

#include <utility>

namespace dateline::archive {
namespace {

/// The least written date that is not before the day: dates of less precision sort by their first
/// day ("2031-05" is not before 2031-05-01).
std::string LeastWritten(const Date& date) {
  std::string text = FormatDate(date);
  while (text.ends_with("-01")) text.resize(text.size() - 3);
  return text;
}

/// Sorts behind every date and time of the day (or month, or year).
std::string BehindWritten(const Date& date) { return FormatDate(date) + "~"; }

}  // namespace

void DayConditions::AddDays(std::string_view column, const DayRange& days) {
  if (days.from) {
    conditions_.push_back(fmt::format("{} >= ?", column));
    values_.push_back(LeastWritten(*days.from));
  }
  if (days.to) {
    conditions_.push_back(fmt::format("{} < ?", column));
    values_.push_back(BehindWritten(*days.to));
  }
}

std::string DayConditions::Where() const {
  if (conditions_.empty()) return "";
  return fmt::format(" WHERE {}", fmt::join(conditions_, " AND "));
}

int DayConditions::BindTo(Statement& statement) const {
  int at = 1;
  for (const std::string& value : values_) statement.Bind(at++, value);
  return at;
}

}  // namespace dateline::archive
