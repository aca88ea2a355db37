#include "archive/conditions.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "archive/query.h"
#include "base/ascii.h"

namespace dateline::archive {
namespace {

constexpr double kEarthRadius = 6371.0088;  // km, the mean
constexpr double kDegree = std::numbers::pi / 180;
constexpr double kKilometresOfDegree = kEarthRadius * kDegree;

/// The least written date that is not before the day: dates of less precision sort by their first
/// day ("2031-05" is not before 2031-05-01).
std::string LowerBound(const Date& date) {
  std::string text = FormatDate(date);
  while (text.ends_with("-01")) text.resize(text.size() - 3);
  return text;
}

/// Sorts behind every date and time of the day (or month, or year).
std::string UpperBound(const Date& date) { return FormatDate(date) + "~"; }

bool IsCountryCode(std::string_view text) { return text.size() == 3 && IsActorCode(text); }

Result<void> AddPlace(const std::string& place, Conditions& conditions) {
  if (IsCountryCode(place)) {
    conditions.Add("v.country = ?", place);
    return {};
  }
  DATELINE_TRY(std::string match, NameQuery(place));
  conditions.Add("v.place IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)",
                 std::move(match));
  return {};
}

void KilometresOf(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto at = [&](int i) { return sqlite3_value_double(values[i]); };
  sqlite3_result_double(context, Kilometres(at(0), at(1), at(2), at(3)));
}

/// Degrees north that cannot be nearer are left out first, since they are cheap to compare.
void AddNear(const Near& near, Database& database, Conditions& conditions) {
  const int code = sqlite3_create_function_v2(
      database.handle(), "kilometres", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, KilometresOf,
      nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) database.NoteFailure(code);
  const double degrees = near.km / kKilometresOfDegree;
  conditions.Add(fmt::format("v.lat BETWEEN {:.6f} AND {:.6f}", near.lat - degrees - 1e-6,
                             near.lat + degrees + 1e-6));
  conditions.Add(fmt::format("kilometres(v.lat, v.lon, {:.9f}, {:.9f}) <= {:.6f}", near.lat,
                             near.lon, near.km));
}

}  // namespace

void Conditions::AddDays(std::string_view column, const DayRange& days) {
  if (days.from) Add(fmt::format("{} >= ?", column), LowerBound(*days.from));
  if (days.to) Add(fmt::format("{} < ?", column), UpperBound(*days.to));
}

void Conditions::AddBeginning(std::string_view column, const std::string& begin) {
  Add(fmt::format("{} >= ?", column), begin);
  Add(fmt::format("{} < ?", column), begin + "~");
}

void Conditions::AddEither(const Conditions& one, const Conditions& other) {
  Add(fmt::format("(({}) OR ({}))", fmt::join(one.conditions_, " AND "),
                  fmt::join(other.conditions_, " AND ")));
  values_.insert(values_.end(), one.values_.begin(), one.values_.end());
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

std::string Conditions::Where() const {
  if (conditions_.empty()) return "";
  return fmt::format(" WHERE {}", fmt::join(conditions_, " AND "));
}

void Conditions::BindTo(Statement& statement) const {
  int at = 0;
  for (const std::string& value : values_) statement.Bind(++at, value);
}

bool IsActorCode(std::string_view text) {
  const auto part = [](char c) { return base::IsUpper(c) || base::IsDigit(c); };
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), base::IsUpper) &&
         std::ranges::all_of(text, part);
}

Result<void> AddSide(std::string_view alias, const std::string& wanted, Conditions& conditions) {
  if (IsActorCode(wanted)) {
    conditions.AddBeginning(fmt::format("{}.actor", alias), wanted);
    return {};
  }
  DATELINE_TRY(std::string match, NameQuery(wanted));
  conditions.Add(
      fmt::format("{}.name IN (SELECT rowid FROM name_search WHERE name_search MATCH ?)", alias),
      std::move(match));
  return {};
}

std::string JoinSide(std::string_view alias, std::string_view side) {
  return fmt::format(
      " JOIN event_actors AS {0} ON {0}.story = v.story AND {0}.event = v.event AND {0}.side = "
      "'{1}'",
      alias, side);
}

Result<void> AddEvents(const EventFilter& filter, Database& database, Conditions& conditions) {
  if (!filter.code.empty()) conditions.AddBeginning("v.cameo", filter.code);
  if (!filter.status.empty()) conditions.Add("v.status = ?", filter.status);
  if (!filter.place.empty()) {
    if (auto added = AddPlace(filter.place, conditions); !added) return added;
  }
  if (filter.near) AddNear(*filter.near, database, conditions);
  conditions.AddDays("v.date", filter.days);
  return {};
}

double Kilometres(double lat, double lon, double other_lat, double other_lon) {
  const double north = std::sin((other_lat - lat) * kDegree / 2);
  const double east = std::sin((other_lon - lon) * kDegree / 2);
  const double part =
      north * north + std::cos(lat * kDegree) * std::cos(other_lat * kDegree) * east * east;
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(part)));
}

}  // namespace dateline::archive
