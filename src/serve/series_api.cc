// Events counted: over time, between actors, by places. As Archive::FindTimeline and FindNetwork
// count them.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/ascii.h"
#include "serve/core.h"
#include "serve/lines.h"
#include "serve/story_export.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMostPeriods = 36600;  // a century of days

std::chrono::sys_days DayOf(const Date& date) { return std::chrono::sys_days{date.ymd}; }

struct SeriesAsk {
  EventAsk events{};
  bool copies = false;
};

/// Takes what series have in common.
Answered<SeriesAsk> TakeSeriesAsk(Call& call, bool sides) {
  SeriesAsk ask;
  auto events = TakeEventAsk(call, sides);
  if (!events) return std::unexpected(events.error());
  ask.events = *std::move(events);
  ask.copies = call.given.Flag("copies");
  return ask;
}

/// Takes out what does not count: copies, and what is not told as having happened.
void KeepCounted(const FactIndex& index, const SeriesAsk& ask, std::vector<std::uint32_t>& events) {
  const bool any_status = !ask.events.filter.status.empty();
  std::erase_if(events, [&](std::uint32_t at) {
    const EventRow& event = index.events()[at];
    const StoryRow& story = index.stories()[event.story];
    return (!ask.copies && story.original != story.story) || (!any_status && !IsTold(event.status));
  });
}

/// Events of one with the other, each once, in the order of the index.
Answered<std::vector<std::uint32_t>> EventsBetween(Call& call, const SeriesAsk& ask,
                                                   const std::string& one, const std::string& other,
                                                   bool directed) {
  EventAsk deeds = ask.events;
  deeds.filter.source = one;
  deeds.filter.target = other;
  auto events = SelectEvents(call, deeds);
  if (!events) return events;
  if (!directed) {
    std::swap(deeds.filter.source, deeds.filter.target);
    const auto others = SelectEvents(call, deeds);
    if (!others) return others;
    std::vector<std::uint32_t> both;
    std::ranges::set_union(*events, *others, std::back_inserter(both));
    *events = std::move(both);
  }
  KeepCounted(call.index, ask, *events);
  return events;
}

bool IsPrecise(const Date& date, Period period) {
  if (period == Period::kMonth) return date.precision != Date::Precision::kYear;
  return date.precision == Date::Precision::kDay;
}

Date LastDayOf(const Date& date) {
  using std::chrono::last;
  if (date.precision == Date::Precision::kYear) {
    return {date.ymd.year() / std::chrono::December / 31, Date::Precision::kDay};
  }
  if (date.precision == Date::Precision::kDay) return date;
  return {std::chrono::year_month_day{date.ymd.year() / date.ymd.month() / last},
          Date::Precision::kDay};
}

using Tallies = std::map<std::chrono::sys_days, EventTally>;

std::string PointJson(const Date& first, Period period, const EventTally& tally) {
  record::JsonWriter json(false);
  json.BeginObject();
  AddText(json, "period", PeriodOf(first, period));
  AddText(json, "first_day", FormatDate(first));
  const auto last = DayOf(NextPeriod(first, period)) - std::chrono::days(1);
  AddText(json, "last_day", FormatDate({std::chrono::year_month_day{last}, Date::Precision::kDay}));
  AddTally(json, tally);
  json.EndObject();
  return json.Take();
}

Answered<std::vector<std::string>> Points(const Tallies& tallies, const DayRange& days,
                                          Period period) {
  std::vector<std::string> points;
  if (tallies.empty()) return points;
  const auto date = [](std::chrono::sys_days day) {
    return Date{std::chrono::year_month_day{day}, Date::Precision::kDay};
  };
  const Date stop = LastDayOf(days.to.value_or(date(tallies.rbegin()->first)));
  Date first = FirstDayOf(days.from.value_or(date(tallies.begin()->first)), period);
  for (; first <= stop; first = NextPeriod(first, period)) {
    if (points.size() == kMostPeriods) {
      return Refuse(
          400, "too-broad",
          fmt::format("more than {} periods; give a first day or longer periods", kMostPeriods),
          "since");
    }
    const auto found = tallies.find(DayOf(first));
    points.push_back(
        PointJson(first, period, found == tallies.end() ? EventTally() : found->second));
  }
  return points;
}

void TakeDate(std::string_view date, std::string_view& first, std::string_view& last) {
  if (date.empty()) return;
  if (first.empty() || date < first) first = date;
  if (date > last) last = date;
}

/// An event's actors of one side as nodes; whether each is whom the question is about.
using Nodes = std::vector<std::pair<std::uint32_t, bool>>;

void AddNode(std::uint32_t node, bool meant, Nodes& nodes) {
  const auto known = std::ranges::find(nodes, node, &Nodes::value_type::first);
  if (known == nodes.end()) {
    nodes.emplace_back(node, meant);
  } else {
    known->second = known->second || meant;
  }
}

/// Nodes by numbers: of names and codes those of the index, of countries their own.
class NodeNames {
 public:
  NodeNames(const FactIndex& index, NetworkUnit unit) : index_(index), unit_(unit) {}

  /// 0 for actors without one.
  std::uint32_t NodeOf(const ActorRow& actor) {
    if (unit_ == NetworkUnit::kName) return actor.name;
    if (unit_ == NetworkUnit::kActor) return actor.code;
    if (countries_.empty()) countries_.resize(index_.texts().size(), kUnknown);
    std::uint32_t& country = countries_[actor.code];
    if (country == kUnknown) {
      country = names_.NumberOf(std::string_view(index_.texts()[actor.code]).substr(0, 3));
    }
    return country;
  }
  [[nodiscard]] const std::string& Text(std::uint32_t node) const {
    return unit_ == NetworkUnit::kCountry ? names_[node] : index_.texts()[node];
  }

 private:
  static constexpr std::uint32_t kUnknown = UINT32_MAX;

  static Strings WithNone() {
    Strings strings;
    strings.NumberOf("");
    return strings;
  }

  const FactIndex& index_;
  NetworkUnit unit_;
  std::vector<std::uint32_t> countries_;  ///< by number of the code
  Strings names_ = WithNone();
};

struct TieTally {
  EventTally tally{};
  std::string_view first{};
  std::string_view last{};
};
/// By source and target.
using Ties = std::unordered_map<std::uint64_t, TieTally>;

constexpr std::uint64_t KeyOf(std::uint32_t source, std::uint32_t target) {
  return std::uint64_t{source} << 32U | target;
}

void AddTies(const Nodes& sources, const Nodes& targets, std::string_view date,
             const EventKind& kind, Ties& ties) {
  for (const auto& [source, meant] : sources) {
    for (const auto& [target, meant_too] : targets) {
      if (source == target || (!meant && !meant_too)) continue;
      TieTally& tie = ties[KeyOf(source, target)];
      TakeDate(date, tie.first, tie.last);
      CountEvent(kind, tie.tally);
    }
  }
}

Ties TiesOf(Call& call, const std::vector<std::uint32_t>& events, const std::string& about,
            NodeNames& names) {
  const FactIndex& index = call.index;
  const bool by_code =
      std::ranges::all_of(about, [](char c) { return base::IsUpper(c) || base::IsDigit(c); });
  Ties ties;
  Nodes sources;
  Nodes targets;
  for (const std::uint32_t at : events) {
    sources.clear();
    targets.clear();
    index.EachActor(at, [&](const ActorRow& actor) {
      const std::uint32_t node = names.NodeOf(actor);
      if (node == 0) return;
      const bool meant = !by_code || index.texts()[actor.code].starts_with(about);
      AddNode(node, meant, actor.target ? targets : sources);
    });
    const EventRow& event = index.events()[at];
    AddTies(sources, targets, index.texts()[event.date], index.KindOf(event), ties);
  }
  return ties;
}

std::string TieJson(const std::string& source, const std::string& target, const TieTally& tie) {
  record::JsonWriter json(false);
  json.BeginObject();
  AddText(json, "source", source);
  AddText(json, "target", target);
  AddTally(json, tie.tally);
  AddText(json, "first", std::string(tie.first));
  AddText(json, "last", std::string(tie.last));
  json.EndObject();
  return json.Take();
}

std::string PlaceJson(const EventSpot& spot, const TieTally& tie) {
  record::JsonWriter json(false);
  json.BeginObject();
  AddText(json, "name", spot.name);
  if (!spot.country.empty()) AddText(json, "country", spot.country);
  if (spot.lat && spot.lon) {
    json.Key("lat");
    json.Number(*spot.lat);
    json.Key("lon");
    json.Number(*spot.lon);
  }
  if (spot.precision) {
    AddText(json, "precision", std::string(PlacePrecisionName(*spot.precision)));
  }
  AddTally(json, tie.tally);
  if (!tie.first.empty()) {
    AddText(json, "first", std::string(tie.first));
    AddText(json, "last", std::string(tie.last));
  }
  json.EndObject();
  return json.Take();
}

}  // namespace

void CountEvent(const EventKind& kind, EventTally& tally) {
  ++tally.events;
  if (kind.quad >= 1 && kind.quad <= 4) ++tally.quads.at(static_cast<std::size_t>(kind.quad - 1));
  tally.goldstein += kind.goldstein;
}

void AddTally(record::JsonWriter& json, const EventTally& tally) {
  constexpr std::string_view kQuads[] = {"verbal_cooperation", "material_cooperation",
                                         "verbal_conflict", "material_conflict"};
  AddNumber(json, "events", tally.events);
  for (std::size_t i = 0; i < 4; ++i) AddNumber(json, kQuads[i], tally.quads.at(i));
  json.Key("goldstein_mean");
  json.Raw(tally.Mean() ? fmt::format("{:.2f}", *tally.Mean()) : "null");
  json.Key("goldstein_sum");
  json.Raw(fmt::format("{:.2f}", tally.goldstein));
}

Answered<Response> AnswerTimeline(Call& call) {
  constexpr Period kPeriods[] = {Period::kMonth, Period::kDay, Period::kWeek};
  const std::string one = call.given.Text("one");
  const std::string other = call.given.Text("other");
  const bool directed = call.given.Flag("directed");
  const Period period = kPeriods[call.given.Choice("by", {"month", "day", "week"})];
  const auto ask = TakeSeriesAsk(call, false);
  if (!ask) return std::unexpected(ask.error());
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto events = EventsBetween(call, *ask, one, other, directed);
  if (!events) return std::unexpected(events.error());
  Tallies tallies;
  std::uint64_t vague = 0;
  std::unordered_map<std::uint32_t, EventTally*> by_date;  // null: not precise enough
  for (const std::uint32_t at : *events) {
    const EventRow& event = call.index.events()[at];
    const auto [known, fresh] = by_date.try_emplace(event.date, nullptr);
    if (fresh) {
      const auto date = ParseDate(call.index.texts()[event.date]);
      if (date && IsPrecise(*date, period)) {
        known->second = &tallies[DayOf(FirstDayOf(*date, period))];
      }
    }
    if (known->second == nullptr) {
      ++vague;
    } else {
      CountEvent(call.index.KindOf(event), *known->second);
    }
  }
  const auto points = Points(tallies, ask->events.filter.days, period);
  if (!points) return std::unexpected(points.error());
  return JsonResponse(fmt::format("{{\"by\":\"{}\",\"vague\":{},\"points\":[{}]}}",
                                  PeriodName(period), vague, fmt::join(*points, ",")));
}

Answered<Response> AnswerNetwork(Call& call) {
  constexpr NetworkUnit kUnits[] = {NetworkUnit::kCountry, NetworkUnit::kActor, NetworkUnit::kName};
  const NetworkUnit unit = kUnits[call.given.Choice("by", {"country", "actor", "name"})];
  const std::string about = call.given.Text("about");
  const std::uint64_t least = call.given.Number("least", 1, INT64_MAX).value_or(1);
  const Window window = TakeWindow(call.given);
  const auto ask = TakeSeriesAsk(call, false);
  if (!ask) return std::unexpected(ask.error());
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto events = EventsBetween(call, *ask, about, "", about.empty());
  if (!events) return std::unexpected(events.error());
  NodeNames names(call.index, unit);
  Ties ties = TiesOf(call, *events, about, names);
  std::erase_if(ties, [&](const auto& each) { return each.second.tally.events < least; });
  std::vector<const Ties::value_type*> order;
  order.reserve(ties.size());
  for (const auto& each : ties) order.push_back(&each);
  const auto source = [&](const auto* tie) -> const std::string& {
    return names.Text(static_cast<std::uint32_t>(tie->first >> 32U));
  };
  const auto target = [&](const auto* tie) -> const std::string& {
    return names.Text(static_cast<std::uint32_t>(tie->first));
  };
  const std::size_t begin = std::min<std::size_t>(window.offset, order.size());
  const std::size_t end = std::min<std::size_t>(begin + window.limit, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(end), order.end(),
                    [&](const auto* a, const auto* b) {
                      const auto count = [](const auto* tie) { return tie->second.tally.events; };
                      if (count(a) != count(b)) return count(a) > count(b);
                      return std::tie(source(a), target(a)) < std::tie(source(b), target(b));
                    });
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    items.push_back(TieJson(source(order[i]), target(order[i]), order[i]->second));
  }
  const std::string next = end < order.size() ? fmt::format("{}.0.0", end) : "";
  return JsonResponse(ListJson(items, next, order.size()));
}

Answered<Response> AnswerPlaces(Call& call) {
  const Window window = TakeWindow(call.given);
  const auto ask = TakeSeriesAsk(call, true);
  if (!ask) return std::unexpected(ask.error());
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  auto events = SelectEvents(call, ask->events);
  if (!events) return std::unexpected(events.error());
  KeepCounted(call.index, *ask, *events);
  std::vector<TieTally> places;
  std::uint64_t placeless = 0;
  for (const std::uint32_t at : *events) {
    const EventRow& event = call.index.events()[at];
    if (call.index.SpotOf(event).name.empty()) {
      ++placeless;
      continue;
    }
    if (places.size() <= event.place) places.resize(event.place + 1);
    TieTally& tie = places[event.place];
    TakeDate(call.index.texts()[event.date], tie.first, tie.last);
    CountEvent(call.index.KindOf(event), tie.tally);
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t place = 0; place < places.size(); ++place) {
    if (places[place].tally.events > 0) order.push_back(place);
  }
  const std::size_t begin = std::min<std::size_t>(window.offset, order.size());
  const std::size_t end = std::min<std::size_t>(begin + window.limit, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(end), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      const auto count = [&](std::uint32_t i) { return places[i].tally.events; };
                      return count(a) != count(b) ? count(a) > count(b) : a < b;
                    });
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    items.push_back(PlaceJson(call.index.Spot(order[i]), places[order[i]]));
  }
  const std::string next = end < order.size() ? fmt::format("{}.0.0", end) : "";
  return JsonResponse(
      ListJson(items, next, order.size(), fmt::format("\"placeless\":{}", placeless)));
}

}  // namespace dateline::serve
