// Events counted. The rows that the question names are read one by one and added up here: there are
// far fewer of them than what SQLite would have to sort.
#include "dateline/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "archive/conditions.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::AddSide;
using archive::Conditions;
using archive::JoinSide;
using archive::Statement;

namespace {

constexpr std::size_t kMostPeriods = 36600;  // a century of days
constexpr std::array<std::string_view, 3> kPeriodNames = {"day", "week", "month"};

std::chrono::sys_days DayOf(const Date& date) { return std::chrono::sys_days{date.ymd}; }

Date DateOf(std::chrono::sys_days day) {
  return {std::chrono::year_month_day{day}, Date::Precision::kDay};
}

/// Status and copies, which both questions treat alike.
Result<void> AddCounted(const EventFilter& filter, bool copies, archive::Database& database,
                        Conditions& conditions) {
  if (filter.status.empty()) conditions.Add("v.status IN ('occurred', 'ongoing', 'claimed')");
  if (!copies) conditions.Add("v.story NOT IN (SELECT story FROM copies)");
  return archive::AddEvents(filter, database, conditions);
}

void Count(std::int64_t quad, double goldstein, EventTally& tally) {
  ++tally.events;
  if (quad >= 1 && quad <= 4) ++tally.quads.at(static_cast<std::size_t>(quad - 1));
  tally.goldstein += goldstein;
}

/// The events that a timeline counts, each once: date, quad class, score.
Result<std::string> TimelineStatement(const TimelineQuery& query, const EventFilter& filter,
                                      archive::Database& database, Conditions& conditions) {
  std::string from =
      "event_actors AS x JOIN events AS v ON v.story = x.story AND v.event = x.event";
  if (auto added = AddSide("x", query.one, conditions); !added) {
    return std::unexpected(added.error());
  }
  if (query.directed) conditions.Add("x.side = 'source'");
  if (!query.other.empty()) {
    from += " JOIN event_actors AS y ON y.story = v.story AND y.event = v.event";
    conditions.Add("x.side <> y.side");
    if (auto added = AddSide("y", query.other, conditions); !added) {
      return std::unexpected(added.error());
    }
  }
  if (auto added = AddCounted(filter, query.copies, database, conditions); !added) {
    return std::unexpected(added.error());
  }
  return "SELECT DISTINCT v.story, v.event, v.date, v.quad, v.goldstein FROM " + from +
         conditions.Where();
}

bool IsPrecise(const Date& date, Period period) {
  if (period == Period::kMonth) return date.precision != Date::Precision::kYear;
  return date.precision == Date::Precision::kDay;
}

/// The day itself, or the first day of what is known less precisely.
std::optional<Date> Bound(const std::optional<Date>& asked, std::optional<Date> found) {
  return asked ? asked : std::move(found);
}

/// Up to when a bound reaches: of a month or year, its last day.
Date LastDayOf(const Date& date) {
  using std::chrono::last;
  const auto year = date.ymd.year();
  if (date.precision == Date::Precision::kYear) {
    return {year / std::chrono::December / 31, Date::Precision::kDay};
  }
  if (date.precision == Date::Precision::kMonth) {
    return {std::chrono::year_month_day{year / date.ymd.month() / last}, Date::Precision::kDay};
  }
  return date;
}

using Tallies = std::map<std::chrono::sys_days, EventTally>;

/// All periods from the first to the last.
Result<std::vector<TimelinePoint>> Filled(const Tallies& tallies, const DayRange& days,
                                          Period period) {
  std::vector<TimelinePoint> points;
  if (tallies.empty()) return points;
  const auto begin = Bound(days.from, DateOf(tallies.begin()->first));
  const auto end = Bound(days.to, DateOf(tallies.rbegin()->first));
  const Date stop = LastDayOf(*end);
  for (Date day = FirstDayOf(*begin, period); day <= stop; day = NextPeriod(day, period)) {
    if (points.size() == kMostPeriods) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("more than {} periods; give a first day (--since) or longer periods",
                              kMostPeriods),
                  "timeline");
    }
    const auto found = tallies.find(DayOf(day));
    points.push_back(
        {PeriodOf(day, period), found == tallies.end() ? EventTally() : found->second});
  }
  return points;
}

std::string UnitOf(NetworkUnit unit, std::string_view alias) {
  if (unit == NetworkUnit::kCountry) return fmt::format("substr({}.actor, 1, 3)", alias);
  if (unit == NetworkUnit::kActor) return fmt::format("{}.actor", alias);
  return fmt::format("(SELECT text FROM names WHERE name = {}.name)", alias);
}

/// Whether either end is whom the question is about.
Result<void> AddAbout(const std::string& about, Conditions& conditions) {
  Conditions one;
  Conditions other;
  if (auto added = AddSide("x", about, one); !added) return added;
  if (auto added = AddSide("y", about, other); !added) return added;
  conditions.AddEither(one, other);
  return {};
}

void TakeDate(std::string_view date, Tie& tie) {
  if (date.empty()) return;
  if (tie.first.empty() || date < tie.first) tie.first = date;
  if (date > tie.last) tie.last = date;
}

}  // namespace

std::string_view PeriodName(Period period) {
  return kPeriodNames.at(static_cast<std::size_t>(period));
}

Date FirstDayOf(const Date& day, Period period) {
  using std::chrono::Monday;
  if (period == Period::kDay) return {day.ymd, Date::Precision::kDay};
  if (period == Period::kMonth) {
    return {day.ymd.year() / day.ymd.month() / 1, Date::Precision::kDay};
  }
  return DateOf(DayOf(day) - (std::chrono::weekday{DayOf(day)} - Monday));
}

Date NextPeriod(const Date& day, Period period) {
  const Date first = FirstDayOf(day, period);
  if (period == Period::kMonth) {
    return {std::chrono::year_month_day{first.ymd + std::chrono::months(1)},
            Date::Precision::kDay};
  }
  return DateOf(DayOf(first) + std::chrono::days(period == Period::kWeek ? 7 : 1));
}

std::string PeriodOf(const Date& day, Period period) {
  const Date first = FirstDayOf(day, period);
  const std::string text = FormatDate(first);
  if (period == Period::kDay) return text;
  if (period == Period::kMonth) return text.substr(0, text.size() - 3);
  // A week belongs to the year of its Thursday.
  const auto thursday = DayOf(first) + std::chrono::days(3);
  const auto year = std::chrono::year_month_day{thursday}.year();
  const auto new_year = std::chrono::sys_days{year / std::chrono::January / 1};
  return fmt::format("{:04}-W{:02}", static_cast<int>(year), (thursday - new_year).count() / 7 + 1);
}

Result<Timeline> Archive::FindTimeline(const TimelineQuery& query, const EventFilter& filter) {
  Conditions conditions;
  DATELINE_TRY(const std::string sql,
               TimelineStatement(query, filter, *impl_->database, conditions));
  Statement find(*impl_->database, sql);
  conditions.BindTo(find);
  Timeline line;
  Tallies tallies;
  while (find.Step()) {
    const auto date = ParseDate(find.Text(2).substr(0, 10));
    if (!date || !IsPrecise(*date, query.period)) {
      ++line.vague;
      continue;
    }
    Count(find.Number(3), find.Real(4), tallies[DayOf(FirstDayOf(*date, query.period))]);
  }
  find.Reset();
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  DATELINE_TRY(line.points, Filled(tallies, filter.days, query.period));
  return line;
}

Result<std::vector<Tie>> Archive::FindNetwork(const NetworkQuery& query,
                                              const EventFilter& filter) {
  Conditions conditions;
  if (!query.about.empty()) {
    if (auto added = AddAbout(query.about, conditions); !added) {
      return std::unexpected(added.error());
    }
  }
  if (auto added = AddCounted(filter, query.copies, *impl_->database, conditions); !added) {
    return std::unexpected(added.error());
  }
  Statement find(*impl_->database,
                 fmt::format("SELECT {}, {}, v.date, v.quad, v.goldstein FROM events AS v{}{}{}",
                             UnitOf(query.unit, "x"), UnitOf(query.unit, "y"),
                             JoinSide("x", "source"), JoinSide("y", "target"),
                             conditions.Where()));
  conditions.BindTo(find);
  std::map<std::pair<std::string, std::string>, Tie> found;
  while (find.Step()) {
    const std::string_view source = find.Text(0);
    const std::string_view target = find.Text(1);
    if (source.empty() || target.empty() || source == target) continue;
    Tie& tie = found[{std::string(source), std::string(target)}];
    TakeDate(find.Text(2), tie);
    Count(find.Number(3), find.Real(4), tie.tally);
  }
  find.Reset();
  std::vector<Tie> ties;
  for (auto& [ends, tie] : found) {
    if (tie.tally.events < query.least) continue;
    tie.source = ends.first;
    tie.target = ends.second;
    ties.push_back(std::move(tie));
  }
  std::ranges::stable_sort(ties, std::greater(), [](const Tie& tie) { return tie.tally.events; });
  if (query.limit > 0 && ties.size() > query.limit) ties.resize(query.limit);
  return impl_->Done(std::move(ties));
}

}  // namespace dateline
