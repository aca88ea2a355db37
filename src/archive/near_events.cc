// Events by distance. Where something else narrows the question, what fits it is looked up and its
// places compared; where nothing does, all events are gone through once.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "archive/distance.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace archive {
namespace {

constexpr double kEarthRadius = 6371.0088;  // km, the mean
constexpr double kDegree = std::numbers::pi / 180;

}  // namespace

double Kilometres(double lat, double lon, double other_lat, double other_lon) {
  const double north = std::sin((other_lat - lat) * kDegree / 2);
  const double east = std::sin((other_lon - lon) * kDegree / 2);
  const double part =
      north * north + std::cos(lat * kDegree) * std::cos(other_lat * kDegree) * east * east;
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(part)));
}

}  // namespace archive

namespace {

bool IsNear(const Near& near, const Statement& row, int lat, int lon) {
  return !row.IsNull(lat) && !row.IsNull(lon) &&
         archive::Kilometres(near.lat, near.lon, row.Real(lat), row.Real(lon)) <= near.km;
}

/// Whether the filter asks for more than nearness, days and a status.
bool IsNarrow(const EventFilter& filter) {
  return !filter.source.empty() || !filter.target.empty() || !filter.code.empty() ||
         !filter.place.empty();
}

/// Takes facts as they come, until there are enough.
class Facts {
 public:
  explicit Facts(std::uint64_t limit) : limit_(limit) {}

  /// False when no more are wanted.
  bool Add(std::int64_t story, std::uint32_t number) {
    if (facts_.empty() || facts_.back().story != story) facts_.push_back({story, {}});
    facts_.back().numbers.push_back(number);
    return ++count_ != limit_;
  }

  std::vector<StoryFacts> Take() { return std::move(facts_); }

 private:
  std::uint64_t limit_;
  std::uint64_t count_ = 0;
  std::vector<StoryFacts> facts_;
};

/// Those of the facts that are near.
std::vector<StoryFacts> Nearest(Database& database, const EventFilter& filter,
                                const std::vector<StoryFacts>& found) {
  Facts facts(filter.limit);
  Statement place(database, "SELECT lat, lon FROM events WHERE story = ? AND event = ?");
  for (const StoryFacts& each : found) {
    for (const std::uint32_t number : each.numbers) {
      place.Start(each.story, std::int64_t{number} + 1);
      if (!place.Step() || !IsNear(*filter.near, place, 0, 1)) continue;
      if (!facts.Add(each.story, number)) return facts.Take();
    }
  }
  return facts.Take();
}

/// The least written date that is not before the day: dates of less precision sort by their first
/// day ("2031-05" is not before 2031-05-01).
std::string LeastWritten(const Date& date) {
  std::string text = FormatDate(date);
  while (text.ends_with("-01")) text.resize(text.size() - 3);
  return text;
}

/// All that happened there. Degrees north that cannot be near are left to SQLite.
std::vector<StoryFacts> All(Database& database, const EventFilter& filter) {
  const double degrees = filter.near->km / (archive::Kilometres(0, 0, 1, 0)) + 1e-6;
  std::string sql =
      fmt::format("SELECT story, event, lat, lon FROM events WHERE lat BETWEEN {:.6f} AND {:.6f}",
                  filter.near->lat - degrees, filter.near->lat + degrees);
  if (!filter.status.empty()) sql += " AND status = ?1";
  if (filter.days.from) sql += " AND date >= ?2";
  if (filter.days.to) sql += " AND date < ?3";
  sql += " ORDER BY date IS NULL, date, story, event";
  Statement find(database, sql);
  if (!filter.status.empty()) find.Bind(1, filter.status);
  const std::string from = filter.days.from ? LeastWritten(*filter.days.from) : "";
  const std::string to = filter.days.to ? FormatDate(*filter.days.to) + "~" : "";
  if (!from.empty()) find.Bind(2, from);
  if (!to.empty()) find.Bind(3, to);
  Facts facts(filter.limit);
  while (find.Step()) {
    if (!IsNear(*filter.near, find, 2, 3)) continue;
    if (!facts.Add(find.Number(0), static_cast<std::uint32_t>(find.Number(1) - 1))) break;
  }
  find.Reset();
  return facts.Take();
}

}  // namespace

Result<std::vector<StoryFacts>> Archive::FindEventsNear(const EventFilter& filter) {
  if (!IsNarrow(filter)) return impl_->Done(All(*impl_->database, filter));
  EventFilter anywhere = filter;
  anywhere.near.reset();
  anywhere.limit = 0;
  DATELINE_TRY(const auto found, FindEvents(anywhere));
  return impl_->Done(Nearest(*impl_->database, filter, found));
}

}  // namespace dateline
