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

#include "archive/corrections.h"
#include "archive/event_reader.h"
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

/// Single events that count, with what users say of them.
class CountedEvents {
 public:
  CountedEvents(archive::Database& database, archive::StoryStore& store, bool any_status,
                bool copies)
      : any_status_(any_status),
        copies_(copies),
        corrections_(database),
        reader_(store),
        copy_(database, "SELECT 1 FROM copies WHERE story = ?") {}

  /// Whether the event counts. What is told of it holds until the next call.
  bool Find(std::int64_t story, std::uint32_t number) {
    if (!copies_ && IsCopy(story)) return false;
    if (!reader_.Open(story) || number >= reader_.size()) return false;
    event_ = number;
    corrected_ = corrections_.Find(story, std::int64_t{number} + 1);
    return any_status_ || IsTold(reader_.Status(event_));
  }
  archive::EventReader& reader() { return reader_; }
  std::string_view Day() { return reader_.Day(event_); }
  void CountIn(EventTally& tally) {
    if (corrected_ != nullptr) return Count(corrected_->quad, corrected_->goldstein, tally);
    Count(reader_.Quad(event_), reader_.Goldstein(event_), tally);
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
  archive::EventCorrections corrections_;
  archive::EventReader reader_;
  Statement copy_;
  std::size_t event_ = 0;
  const archive::CorrectedEvent* corrected_ = nullptr;
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

  explicit EventNodes(const NetworkQuery& query)
      : query_(query), by_code_(std::ranges::all_of(query.about, [](char c) {
          return base::IsUpper(c) || base::IsDigit(c);
        })) {}

  void Load(archive::EventReader& reader, std::uint32_t event) {
    sources.clear();
    targets.clear();
    reader.EachActor(event, [&](std::uint32_t side, std::string_view code, std::int64_t name) {
      const bool meant = !by_code_ || code.starts_with(query_.about);
      const std::string node(NodeOf(reader, code, name));
      if (node.empty()) return;
      bool& about = (side == 0 ? sources : targets)[node];
      about = about || meant;
    });
  }

  Nodes sources;
  Nodes targets;

 private:
  std::string_view NodeOf(archive::EventReader& reader, std::string_view code,
                          std::int64_t name) const {
    if (query_.unit == NetworkUnit::kName) return reader.Name(name);
    return query_.unit == NetworkUnit::kCountry ? code.substr(0, 3) : code;
  }

  const NetworkQuery& query_;
  bool by_code_;  ///< a code tells which of several actors is meant; of a name FindEvents decides
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
  CountedEvents events(*impl_->database, impl_->Store(), !filter.status.empty(), query.copies);
  Timeline line;
  Tallies tallies;
  for (const auto& [story, number] : keys) {
    if (!events.Find(story, number)) continue;
    const auto date = ParseDate(events.Day().substr(0, 10));
    if (!date || !IsPrecise(*date, query.period)) {
      ++line.vague;
      continue;
    }
    events.CountIn(tallies[DayOf(FirstDayOf(*date, query.period))]);
  }
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  DATELINE_TRY(line.points, Filled(tallies, filter.days, query.period));
  return line;
}

Result<std::vector<Tie>> Archive::FindNetwork(const NetworkQuery& query,
                                              const EventFilter& filter) {
  DATELINE_TRY(const Keys keys, EventsBetween(*this, filter, query.about, "", query.about.empty()));
  CountedEvents events(*impl_->database, impl_->Store(), !filter.status.empty(), query.copies);
  EventNodes nodes(query);
  std::map<std::pair<std::string, std::string>, Tie> found;
  for (const auto& [story, number] : keys) {
    if (!events.Find(story, number)) continue;
    nodes.Load(events.reader(), number);
    for (const auto& [source, meant] : nodes.sources) {
      for (const auto& [target, meant_too] : nodes.targets) {
        if (source == target || (!meant && !meant_too)) continue;
        Tie& tie = found[{source, target}];
        TakeDate(events.Day(), tie);
        events.CountIn(tie.tally);
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
