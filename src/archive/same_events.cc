// One event told many times. Reports are read in order of publication; each joins the first event
// of its scope (a day, a story, a cluster) whose first report it is like, or begins one.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "archive/corrections.h"
#include "archive/event_reader.h"
#include "archive/impl.h"
#include "base/ascii.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Statement;

namespace {

/// What a report says of its event.
struct Report {
  std::int64_t story = 0;
  std::uint32_t number = 0;
  std::string published{};
  std::string scope{};
  std::string witness{};  ///< who is behind it: agency, outlet
  std::string cameo{};
  std::string status{};
  std::string date{};
  std::string place{};
  std::vector<std::string> sources{};  ///< actor codes; names where there is no code
  std::vector<std::string> targets{};
};

/// Of a story, once for all its events.
struct Origin {
  std::string published{};
  std::string witness{};
  std::int64_t cluster = 0;
};

std::string LastWord(std::string_view name) {
  const auto space = name.find_last_of(' ');
  return base::Lower(space == name.npos ? name : name.substr(space + 1));
}

/// An actor as it is compared: its code, else "=" and the last word of its name in lower case.
std::string Key(std::string_view code, std::string_view name) {
  return code.empty() ? "=" + LastWord(name) : std::string(code);
}

bool IsLike(std::string_view one, std::string_view other) {
  if (one == other) return true;
  if (one.starts_with('=') || other.starts_with('=')) return false;
  return one.starts_with(other) || other.starts_with(one);  // one is told more exactly
}

bool AreLike(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  if (one.empty() || other.empty()) return one.empty() == other.empty();
  return std::ranges::any_of(one, [&](const std::string& a) {
    return std::ranges::any_of(other, [&](const std::string& b) { return IsLike(a, b); });
  });
}

/// Days are the same, next to each other, or one is less exact than the other.
bool DatesAgree(std::string_view one, std::string_view other) {
  if (one.empty() || other.empty() || one.starts_with(other) || other.starts_with(one)) return true;
  const auto a = ParseDate(one);
  const auto b = ParseDate(other);
  if (!a || !b || a->precision != Date::Precision::kDay || b->precision != Date::Precision::kDay)
    return false;
  const auto apart = std::chrono::sys_days{a->ymd} - std::chrono::sys_days{b->ymd};
  return std::abs(apart.count()) <= 1;
}

/// Whether it took place is what reports may disagree on; a plan or a threat is another event.
std::string_view KindOf(std::string_view status) {
  constexpr std::string_view kTold = "occurred ongoing claimed denied negated";
  return kTold.contains(status) ? kTold : status;
}

bool IsSame(const Report& one, const Report& other, EventIdentity rule) {
  if (rule == EventIdentity::kOneADay) return true;  // all is in the scope
  return one.cameo.substr(0, 2) == other.cameo.substr(0, 2) &&
         KindOf(one.status) == KindOf(other.status) && AreLike(one.sources, other.sources) &&
         AreLike(one.targets, other.targets) && DatesAgree(one.date, other.date);
}

std::string Joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "|"));
}

/// Reads reports out of the archive.
class Reader {
 public:
  Reader(archive::Database& database, archive::StoryStore& store, EventIdentity rule)
      : rule_(rule),
        corrections_(database),
        events_(store),
        origin_(database,
                "SELECT s.published, coalesce(o.agencies, o.publisher), o.story, x.cluster FROM "
                "stories AS s LEFT JOIN copies AS c USING(story) JOIN stories AS o ON o.story = "
                "coalesce(c.original, s.story) LEFT JOIN cluster_stories AS x ON x.story = s.story "
                "WHERE s.story = ?") {}

  Report Read(std::int64_t story, std::uint32_t number) {
    Report report{.story = story, .number = number};
    const Origin& origin = OriginOf(story);
    report.published = origin.published;
    report.witness = origin.witness;
    if (events_.Open(story) && number < events_.size()) ReadEvent(number, report);
    report.scope = ScopeOf(report, origin);
    return report;
  }

 private:
  void ReadEvent(std::uint32_t number, Report& report) {
    const auto* corrected = corrections_.Find(report.story, std::int64_t{number} + 1);
    const bool other_code = corrected != nullptr && corrected->is_event;
    report.cameo = other_code ? corrected->cameo : events_.Cameo(number);
    report.status = events_.Status(number);
    report.date = events_.Day(number);
    const std::int64_t place = events_.PlaceName(number);
    report.place = place != 0 ? events_.Name(place) : events_.PlaceCountry(number);
    events_.EachActor(number, [&](std::uint32_t side, std::string_view code, std::int64_t name) {
      auto& actors = side == 0 ? report.sources : report.targets;
      const std::string known(code);  // which reading the name may move
      actors.push_back(Key(known, events_.Name(name)));
    });
  }

  const Origin& OriginOf(std::int64_t story) {
    const auto [at, fresh] = origins_.try_emplace(story);
    if (!fresh) return at->second;
    Origin& origin = at->second;
    origin_.Start(story);
    if (origin_.Step()) {
      origin.published = origin_.Text(0);
      origin.witness =
          origin_.IsNull(1) ? fmt::format("story {}", origin_.Number(2)) : origin_.Text(1);
      origin.witness.resize(std::min(origin.witness.find("; "), origin.witness.size()));
      origin.cluster = origin_.Number(3);
    }
    origin_.Reset();
    return origin;
  }

  [[nodiscard]] std::string ScopeOf(const Report& report, const Origin& origin) const {
    constexpr std::size_t kDay = 10;
    switch (rule_) {
      case EventIdentity::kOneADay:
        return fmt::format("{}/{}/{}/{}",
                           report.date.empty() ? report.published.substr(0, kDay) : report.date,
                           report.cameo, Joined(report.sources), Joined(report.targets));
      case EventIdentity::kCluster:
        return fmt::format("{}", origin.cluster != 0 ? origin.cluster : report.story);
      default:
        return fmt::format("{}", report.story);
    }
  }

  EventIdentity rule_;
  archive::EventCorrections corrections_;
  archive::EventReader events_;
  Statement origin_;
  std::unordered_map<std::int64_t, Origin> origins_;
};

std::vector<Report> ReadAll(archive::Database& database, archive::StoryStore& store,
                            const std::vector<StoryFacts>& found, EventIdentity rule) {
  Reader reader(database, store, rule);
  std::vector<Report> reports;
  for (const StoryFacts& facts : found) {
    for (const std::uint32_t number : facts.numbers) {
      reports.push_back(reader.Read(facts.story, number));
    }
  }
  return reports;
}

/// Reports of one event, by their places among all.
using Group = std::vector<std::size_t>;

std::vector<Group> GroupsOf(const std::vector<Report>& reports, EventIdentity rule) {
  std::vector<std::size_t> order(reports.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) {
    const Report& report = reports[i];
    return std::tuple(report.published.empty(), std::string_view(report.published), report.story,
                      report.number);
  });
  std::vector<Group> groups;
  std::unordered_map<std::string, std::vector<std::size_t>> of_scope;
  for (const std::size_t i : order) {
    auto& known = of_scope[reports[i].scope];
    const auto same = std::ranges::find_if(known, [&](std::size_t group) {
      return rule != EventIdentity::kNone &&
             IsSame(reports[groups[group].front()], reports[i], rule);
    });
    if (same != known.end()) {
      groups[*same].push_back(i);
    } else {
      known.push_back(groups.size());
      groups.push_back({i});
    }
  }
  // In the place of the report that was found first.
  std::ranges::sort(groups, {}, [](const Group& group) { return std::ranges::min(group); });
  return groups;
}

/// Values with their counts: most first, then as they were first told.
class Tally {
 public:
  void Add(const std::string& value) {
    if (value.empty()) return;
    const auto known = std::ranges::find(values_, value, &ToldValue::first);
    if (known == values_.end()) {
      values_.emplace_back(value, 1);
    } else {
      ++known->second;
    }
  }
  std::vector<ToldValue> Take() {
    std::ranges::stable_sort(values_, std::ranges::greater(), &ToldValue::second);
    return std::move(values_);
  }

 private:
  std::vector<ToldValue> values_;
};

std::string NumberOf(const EventCount& count) {
  std::string text = fmt::format("{} {}", count.of, count.least);
  if (!count.most) text += "+";
  if (count.most && *count.most != count.least) text += fmt::format("-{}", *count.most);
  return count.unit.empty() ? text : text + " " + count.unit;
}

SameEvent EventOf(const std::vector<Report>& reports, const Group& group) {
  SameEvent event;
  std::set<std::int64_t> stories;
  std::set<std::string> witnesses;
  Tally codes;
  Tally statuses;
  Tally dates;
  Tally places;
  for (const std::size_t i : group) {
    const Report& report = reports[i];
    event.sightings.push_back({report.story, report.number});
    stories.insert(report.story);
    witnesses.insert(report.witness);
    codes.Add(report.cameo);
    statuses.Add(report.status);
    dates.Add(report.date);
    places.Add(report.place);
  }
  const std::string& first = reports[group.front()].published;
  if (!first.empty()) event.first_published = first;
  event.stories = stories.size();
  event.sources = witnesses.size();
  event.codes = codes.Take();
  event.statuses = statuses.Take();
  event.dates = dates.Take();
  event.places = places.Take();
  return event;
}

}  // namespace

Result<std::vector<SameEvent>> Archive::FindSameEvents(const std::vector<StoryFacts>& found,
                                                       EventIdentity rule) {
  const auto reports = ReadAll(*impl_->database, impl_->Store(), found, rule);
  std::vector<SameEvent> events;
  for (const Group& group : GroupsOf(reports, rule)) {
    SameEvent& event = events.emplace_back(EventOf(reports, group));
    Tally numbers;
    for (const SameEvent::Sighting& sighting : event.sightings) {
      DATELINE_TRY(const Story story, impl_->Load(sighting.story));
      if (sighting.number >= story.events.size()) continue;
      for (const EventCount& count : story.events[sighting.number].counts) {
        numbers.Add(NumberOf(count));
      }
    }
    event.numbers = numbers.Take();
  }
  return impl_->Done(std::move(events));
}

Result<std::vector<StoryFacts>> Archive::OneOfEach(const std::vector<StoryFacts>& found,
                                                   EventIdentity rule) {
  if (rule == EventIdentity::kNone) return found;
  const auto reports = ReadAll(*impl_->database, impl_->Store(), found, rule);
  std::vector<StoryFacts> firsts;
  for (const Group& group : GroupsOf(reports, rule)) {
    const Report& first = reports[group.front()];
    if (firsts.empty() || firsts.back().story != first.story) firsts.push_back({first.story, {}});
    firsts.back().numbers.push_back(first.number);
  }
  return impl_->Done(std::move(firsts));
}

}  // namespace dateline
