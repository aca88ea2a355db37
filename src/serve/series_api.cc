// Events counted: over time, between actors, by places. As Archive::FindTimeline and FindNetwork
// count them.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

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

void TakeDate(std::string_view date, std::string& first, std::string& last) {
  if (date.empty()) return;
  if (first.empty() || date < first) first = date;
  if (date > last) last = date;
}

/// An event's actors of either side as nodes; whether each is whom the question is about.
struct Nodes {
  std::map<std::uint32_t, bool> sources{};
  std::map<std::uint32_t, bool> targets{};
};

/// Texts of nodes by numbers of their own: countries are beginnings of codes.
class NodeNames {
 public:
  NodeNames(const FactIndex& index, NetworkUnit unit) : index_(index), unit_(unit) {}

  /// Nothing for actors without one.
  std::optional<std::uint32_t> NodeOf(const ActorRow& actor) {
    const std::string& code = index_.texts()[actor.code];
    if (unit_ == NetworkUnit::kName) return Known(index_.texts()[actor.name]);
    return Known(unit_ == NetworkUnit::kCountry ? std::string_view(code).substr(0, 3) : code);
  }
  [[nodiscard]] const std::string& Text(std::uint32_t node) const { return names_[node]; }

 private:
  std::optional<std::uint32_t> Known(std::string_view name) {
    if (name.empty()) return std::nullopt;
    return names_.NumberOf(name);
  }

  const FactIndex& index_;
  NetworkUnit unit_;
  Strings names_;
};

struct TieTally {
  EventTally tally{};
  std::string first{};
  std::string last{};
};
using Ties = std::map<std::pair<std::uint32_t, std::uint32_t>, TieTally>;

void AddTies(const Nodes& nodes, std::string_view date, const EventKind& kind, Ties& ties) {
  for (const auto& [source, meant] : nodes.sources) {
    for (const auto& [target, meant_too] : nodes.targets) {
      if (source == target || (!meant && !meant_too)) continue;
      TieTally& tie = ties[{source, target}];
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
  for (const std::uint32_t at : events) {
    Nodes nodes;
    index.EachActor(at, [&](const ActorRow& actor) {
      const auto node = names.NodeOf(actor);
      if (!node) return;
      const bool meant = !by_code || index.texts()[actor.code].starts_with(about);
      bool& is_meant = (actor.target ? nodes.targets : nodes.sources)[*node];
      is_meant = is_meant || meant;
    });
    const EventRow& event = index.events()[at];
    AddTies(nodes, index.texts()[event.date], index.KindOf(event), ties);
  }
  return ties;
}

std::string TieJson(const std::string& source, const std::string& target, const TieTally& tie) {
  record::JsonWriter json(false);
  json.BeginObject();
  AddText(json, "source", source);
  AddText(json, "target", target);
  AddTally(json, tie.tally);
  AddText(json, "first", tie.first);
  AddText(json, "last", tie.last);
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
    AddText(json, "first", tie.first);
    AddText(json, "last", tie.last);
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
  for (const std::uint32_t at : *events) {
    const EventRow& event = call.index.events()[at];
    const auto date = ParseDate(call.index.texts()[event.date]);
    if (!date || !IsPrecise(*date, period)) {
      ++vague;
    } else {
      CountEvent(call.index.KindOf(event), tallies[DayOf(FirstDayOf(*date, period))]);
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
  std::vector<std::pair<std::string, std::string>> ends;
  std::vector<const TieTally*> tallies;
  std::vector<std::size_t> order;
  for (const auto& [nodes, tie] : ties) {
    if (tie.tally.events < least) continue;
    order.push_back(ends.size());
    ends.emplace_back(names.Text(nodes.first), names.Text(nodes.second));
    tallies.push_back(&tie);
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto count = [&](std::size_t i) { return tallies[i]->tally.events; };
    return count(a) != count(b) ? count(a) > count(b) : ends[a] < ends[b];
  });
  std::vector<std::string> items;
  const std::size_t end = std::min<std::size_t>(window.offset + window.limit, order.size());
  for (std::size_t i = window.offset; i < end; ++i) {
    items.push_back(TieJson(ends[order[i]].first, ends[order[i]].second, *tallies[order[i]]));
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
  std::map<std::uint32_t, TieTally> places;
  std::uint64_t placeless = 0;
  for (const std::uint32_t at : *events) {
    const EventRow& event = call.index.events()[at];
    if (call.index.SpotOf(event).name.empty()) {
      ++placeless;
      continue;
    }
    TieTally& tie = places[event.place];
    TakeDate(call.index.texts()[event.date], tie.first, tie.last);
    CountEvent(call.index.KindOf(event), tie.tally);
  }
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (const auto& [place, tie] : places) order.emplace_back(tie.tally.events, place);
  std::ranges::sort(order, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::string> items;
  const std::size_t end = std::min<std::size_t>(window.offset + window.limit, order.size());
  for (std::size_t i = window.offset; i < end; ++i) {
    const std::uint32_t place = order[i].second;
    items.push_back(PlaceJson(call.index.Spot(place), places[place]));
  }
  const std::string next = end < order.size() ? fmt::format("{}.0.0", end) : "";
  return JsonResponse(
      ListJson(items, next, order.size(), fmt::format("\"placeless\":{}", placeless)));
}

}  // namespace dateline::serve
