// Events counted, on top of FindEvents: what it finds for either direction is looked up by its key
// and added up here.
#include "dateline/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <utility>

#include "archive/impl.h"
#include "base/ascii.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Statement;

namespace {

constexpr std::size_t kMostPeriods = 36600;  // a century of days
constexpr std::array<std::string_view, 3> kPeriodNames = {"day", "week", "month"};

std::chrono::sys_days DayOf(const Date& date) { return std::chrono::sys_days{date.ymd}; }

Date DateOf(std::chrono::sys_days day) {
  return {std::chrono::year_month_day{day}, Date::Precision::kDay};
}

void Count(std::int64_t quad, double goldstein, EventTally& tally) {
  ++tally.events;
  if (quad >= 1 && quad <= 4) ++tally.quads.at(static_cast<std::size_t>(quad - 1));
  tally.goldstein += goldstein;
}

/// What counts when the question names no status.
bool IsTold(std::string_view status) {
  return status == "occurred" || status == "ongoing" || status == "claimed";
}

/// The rows of single events, looked up by their keys.
class EventRows {
 public:
  EventRows(archive::Database& database, bool any_status, bool copies)
      : any_status_(any_status),
        copies_(copies),
        event_(database,
               "SELECT date, quad, goldstein, status FROM events WHERE story = ? AND event = ?"),
        copy_(database, "SELECT 1 FROM copies WHERE story = ?") {}

  /// The row of an event that counts; null for others. Lives until the next call.
  const Statement* Find(std::int64_t story, std::uint32_t number) {
    if (!copies_ && IsCopy(story)) return nullptr;
    event_.Start(story, std::int64_t{number} + 1);
    if (!event_.Step()) return nullptr;
    return any_status_ || IsTold(event_.Text(3)) ? &event_ : nullptr;
  }

 private:
  /// Facts come story by story.
  bool IsCopy(std::int64_t story) {
    if (story == story_) return is_copy_;
    story_ = story;
    copy_.Start(story);
    is_copy_ = copy_.Step();
    copy_.Reset();
    return is_copy_;
  }

  bool any_status_;
  bool copies_;
  Statement event_;
  Statement copy_;
  std::int64_t story_ = 0;
  bool is_copy_ = false;
};

/// Stories with the places of events in them.
using Keys = std::vector<std::pair<std::int64_t, std::uint32_t>>;

/// Adds the events that one does to the other.
Result<void> AddDeeds(Archive& archive, const EventFilter& filter, const std::string& source,
                      const std::string& target, Keys& keys) {
  EventFilter one_way = filter;
  one_way.source = source;
  one_way.target = target;
  one_way.limit = 0;
  DATELINE_TRY(const auto found, archive.FindEvents(one_way));
  for (const StoryFacts& facts : found) {
    for (const std::uint32_t number : facts.numbers) keys.emplace_back(facts.story, number);
  }
  return {};
}

/// Events of one with the other, each once; either may be empty.
Result<Keys> EventsBetween(Archive& archive, const EventFilter& filter, const std::string& one,
                           const std::string& other, bool directed) {
  Keys keys;
  if (auto added = AddDeeds(archive, filter, one, other, keys); !added) {
    return std::unexpected(added.error());
  }
  if (!directed) {
    if (auto added = AddDeeds(archive, filter, other, one, keys); !added) {
      return std::unexpected(added.error());
    }
  }
  std::ranges::sort(keys);
  const auto repeated = std::ranges::unique(keys);
  keys.erase(repeated.begin(), repeated.end());
  return keys;
}

bool IsPrecise(const Date& date, Period period) {
  if (period == Period::kMonth) return date.precision != Date::Precision::kYear;
  return date.precision == Date::Precision::kDay;
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
  const Date begin = days.from.value_or(DateOf(tallies.begin()->first));
  const Date end = days.to.value_or(DateOf(tallies.rbegin()->first));
  const Date stop = LastDayOf(end);
  for (Date day = FirstDayOf(begin, period); day <= stop; day = NextPeriod(day, period)) {
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

/// An event's actors, of either side, as nodes; those that have no name are left out.
class EventNodes {
 public:
  /// Nodes, and whether each is whom the question is about.
  using Nodes = std::map<std::string, bool>;

  EventNodes(archive::Database& database, const NetworkQuery& query)
      : query_(query),
        by_code_(std::ranges::all_of(query.about,
                                     [](char c) { return base::IsUpper(c) || base::IsDigit(c); })),
        actors_(database,
                query.unit == NetworkUnit::kName
                    ? "SELECT x.side, x.actor, n.text FROM event_actors AS x JOIN names AS n "
                      "USING(name) WHERE x.story = ? AND x.event = ?"
                    : "SELECT side, actor, actor FROM event_actors WHERE story = ? AND event = ?") {
  }

  void Load(std::int64_t story, std::uint32_t number) {
    sources.clear();
    targets.clear();
    actors_.Start(story, std::int64_t{number} + 1);
    while (actors_.Step()) {
      std::string_view node = actors_.Text(2);
      if (query_.unit == NetworkUnit::kCountry) node = node.substr(0, 3);
      if (node.empty()) continue;
      const bool meant = !by_code_ || actors_.Text(1).starts_with(query_.about);
      bool& about = (actors_.Text(0) == "source" ? sources : targets)[std::string(node)];
      about = about || meant;
    }
  }

  Nodes sources;
  Nodes targets;

 private:
  const NetworkQuery& query_;
  bool by_code_;  ///< a code tells which of several actors is meant; of a name FindEvents decides
  Statement actors_;
};

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
    return {std::chrono::year_month_day{first.ymd + std::chrono::months(1)}, Date::Precision::kDay};
  }
  return DateOf(DayOf(first) + std::chrono::days(period == Period::kWeek ? 7 : 1));
}

std::string PeriodOf(const Date& day, Period period) {
  const Date first = FirstDayOf(day, period);
  std::string text = FormatDate(first);
  if (period == Period::kDay) return text;
  if (period == Period::kMonth) return text.substr(0, text.size() - 3);
  // A week belongs to the year of its Thursday.
  const auto thursday = DayOf(first) + std::chrono::days(3);
  const auto year = std::chrono::year_month_day{thursday}.year();
  const auto new_year = std::chrono::sys_days{year / std::chrono::January / 1};
  return fmt::format("{:04}-W{:02}", static_cast<int>(year), (thursday - new_year).count() / 7 + 1);
}

Result<Timeline> Archive::FindTimeline(const TimelineQuery& query, const EventFilter& filter) {
  DATELINE_TRY(const Keys keys,
               EventsBetween(*this, filter, query.one, query.other, query.directed));
  EventRows rows(*impl_->database, !filter.status.empty(), query.copies);
  Timeline line;
  Tallies tallies;
  for (const auto& [story, number] : keys) {
    const Statement* row = rows.Find(story, number);
    if (row == nullptr) continue;
    const auto date = ParseDate(row->Text(0).substr(0, 10));
    if (!date || !IsPrecise(*date, query.period)) {
      ++line.vague;
      continue;
    }
    Count(row->Number(1), row->Real(2), tallies[DayOf(FirstDayOf(*date, query.period))]);
  }
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  DATELINE_TRY(line.points, Filled(tallies, filter.days, query.period));
  return line;
}

Result<std::vector<Tie>> Archive::FindNetwork(const NetworkQuery& query,
                                              const EventFilter& filter) {
  DATELINE_TRY(const Keys keys, EventsBetween(*this, filter, query.about, "", query.about.empty()));
  EventRows rows(*impl_->database, !filter.status.empty(), query.copies);
  EventNodes nodes(*impl_->database, query);
  std::map<std::pair<std::string, std::string>, Tie> found;
  for (const auto& [story, number] : keys) {
    const Statement* row = rows.Find(story, number);
    if (row == nullptr) continue;
    nodes.Load(story, number);
    for (const auto& [source, meant] : nodes.sources) {
      for (const auto& [target, meant_too] : nodes.targets) {
        if (source == target || (!meant && !meant_too)) continue;
        Tie& tie = found[{source, target}];
        TakeDate(row->Text(0), tie);
        Count(row->Number(1), row->Real(2), tie.tally);
      }
    }
  }
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
