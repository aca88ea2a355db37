#include "serve/fact_index.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "record/event_rows.h"
#include "record/rows.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMonthLength = 7;  // of "2031-05-04"
constexpr double kThousand = 1000;

std::uint16_t ThousandthsOf(double confidence) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(confidence, 0.0, 1.0) * kThousand));
}

/// Number of the value in the list, which it is added to when it is new.
template <typename Value>
std::uint32_t Keep(const Value& value, std::map<Value, std::uint32_t>& numbers,
                   std::vector<Value>& list) {
  const auto [known, added] = numbers.emplace(value, static_cast<std::uint32_t>(numbers.size()));
  if (added) list.push_back(value);
  return known->second;
}

/// A vote among values that come one by one: what more than half of them are stays.
void Vote(std::uint32_t value, std::uint32_t& kept, std::int32_t& votes) {
  if (votes == 0) kept = value;
  votes += value == kept ? 1 : -1;
}

EventSpot SpotFor(const Story& story, const Event& event) {
  EventSpot spot;
  if (!event.place) return spot;
  spot.name = event.place->name;
  spot.country = event.place->country.value_or("");
  spot.lat = event.place->lat;
  spot.lon = event.place->lon;
  const auto same = std::ranges::find_if(story.places, [&](const Place& place) {
    return place.name == spot.name && place.lat == spot.lat && place.lon == spot.lon;
  });
  if (same != story.places.end()) spot.precision = same->precision;
  return spot;
}

/// CAMEO root as a number; 0: of another ontology.
unsigned RootOf(std::string_view cameo) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (cameo.size() < 2 || !digit(cameo[0]) || !digit(cameo[1])) return 0;
  const auto root = static_cast<unsigned>((cameo[0] - '0') * 10 + (cameo[1] - '0'));
  return root < 32 ? root : 0;
}

bool IsWanted(std::string_view code, int quad, const EventChoice& choice) {
  return code.starts_with(choice.code) && (choice.quad == 0 || quad == choice.quad);
}

template <typename Value, typename Test>
std::vector<char> Fitting(const std::vector<Value>& values, Test test) {
  std::vector<char> fitting;
  fitting.reserve(values.size());
  for (const Value& value : values) fitting.push_back(static_cast<char>(test(value)));
  return fitting;
}

/// Merges what was put behind the first `sorted` into their order.
template <typename Less>
void Merge(std::vector<std::uint32_t>& order, std::size_t size, Less less) {
  const std::size_t sorted = order.size();
  for (std::size_t i = sorted; i < size; ++i) order.push_back(static_cast<std::uint32_t>(i));
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(sorted);
  std::sort(middle, order.end(), less);
  std::inplace_merge(order.begin(), middle, order.end(), less);
}

/// The day that a year or month begins with; the archive orders events by it.
std::string FirstDayOf(const std::string& date) {
  constexpr std::string_view kRest = "-01-01";
  constexpr std::size_t kDay = 10;
  return date.size() < kDay && !date.empty()
             ? date + std::string(kRest.substr(date.size() == 4 ? 0 : 3))
             : date;
}

}  // namespace

std::uint32_t Strings::NumberOf(std::string_view text) {
  const auto known = numbers_.find(text);
  if (known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(&numbers_.emplace(text, number).first->first);
  return number;
}

std::optional<std::uint32_t> Strings::Find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

FactIndex::FactIndex() {
  texts_.NumberOf("");
  Keep(EventSpot{}, spots_, spot_list_);
}

void FactIndex::Add(std::int64_t number, std::optional<std::int64_t> copy_of, const Story& story) {
  StoryRow row;
  row.story = number;
  row.original = copy_of.value_or(number);
  if (story.article.date_published) row.published = FormatDateTime(*story.article.date_published);
  row.outlet = texts_.NumberOf(story.article.publisher.value_or(""));
  row.section = texts_.NumberOf(story.article.article_section.value_or(""));
  row.entities = static_cast<std::uint32_t>(entities_.size());
  row.countries = static_cast<std::uint32_t>(countries_.size());
  row.events = static_cast<std::uint32_t>(events_.size());
  row.quotes = static_cast<std::uint32_t>(quotes_.size());
  row.month = texts_.NumberOf(std::string_view(row.published).substr(0, kMonthLength));
  stories_.push_back(std::move(row));
  const auto place = static_cast<std::uint32_t>(stories_.size() - 1);
  for (std::uint32_t i = 0; i < story.attributions.size(); ++i) {
    const Entity* speaker = record::EntityAt(story, story.attributions[i].entity);
    quotes_.push_back({place, i, texts_.NumberOf(speaker == nullptr ? "" : speaker->name)});
  }
  AddEntities(story);
  AddEvents(story);
  MarkDeeds(place);
}

void FactIndex::MarkDeeds(std::uint32_t story) {
  StoryRow& row = stories_[story];
  row.roots = row.statuses = row.refused = 0;
  for (std::uint32_t at = row.events; at < row.events + CountEvents(story); ++at) {
    const std::string_view code = CodeOf(at);
    if (code.empty()) {
      ++row.refused;
      continue;
    }
    row.roots |= 1U << RootOf(code);
    row.statuses |= 1U << static_cast<unsigned>(events_[at].status);
  }
}

std::string_view FactIndex::CodeOf(std::uint32_t event) const {
  const auto corrected = corrected_.find(event);
  if (corrected != corrected_.end()) return corrected->second;
  return kind_list_[events_[event].kind].cameo;
}

void FactIndex::AddEntities(const Story& story) {
  std::vector<std::uint32_t> countries;
  std::set<EntityRow> entities;
  for (const Entity& entity : story.entities) {
    entities.insert({texts_.NumberOf(entity.name), entity.type});
    if (entity.country) countries.push_back(texts_.NumberOf(*entity.country));
    CountName(entity, stories_.back().published);
  }
  entities_.insert(entities_.end(), entities.begin(), entities.end());
  std::ranges::sort(countries);
  const auto repeated = std::ranges::unique(countries);
  countries_.insert(countries_.end(), countries.begin(), repeated.begin());
}

void FactIndex::CountName(const Entity& entity, const std::string& published) {
  const std::uint32_t name = texts_.NumberOf(entity.name);
  if (names_.size() <= name) names_.resize(texts_.size());
  NameRow& row = names_[name];
  const auto story = static_cast<std::uint32_t>(stories_.size());
  if (row.last != story) ++row.stories;
  row.last = story;
  ++row.types[static_cast<std::size_t>(entity.type)];
  if (entity.country) Vote(texts_.NumberOf(*entity.country), row.country, row.country_votes);
  if (entity.actor) Vote(texts_.NumberOf(*entity.actor), row.actor, row.actor_votes);
  const std::string day = published.substr(0, 10);
  if (day.empty()) return;
  if (row.first_day.empty() || day < row.first_day) row.first_day = day;
  if (day > row.last_day) row.last_day = day;
}

void FactIndex::AddEvents(const Story& story) {
  const auto place = static_cast<std::uint32_t>(stories_.size() - 1);
  for (std::uint32_t i = 0; i < story.events.size(); ++i) {
    const Event& event = story.events[i];
    EventRow row{.story = place, .number = i};
    row.date = texts_.NumberOf(event.date ? FormatDate(*event.date) : "");
    row.kind = Keep(EventKind{event.cameo, event.quad, event.goldstein}, kinds_, kind_list_);
    row.place = Keep(SpotFor(story, event), spots_, spot_list_);
    row.actors = static_cast<std::uint32_t>(actors_.size());
    row.status = event.status;
    row.sure = ThousandthsOf(event.confidence);
    events_.push_back(row);
    for (const auto* side : {&event.source, &event.target}) {
      for (const EventActor& actor : *side) {
        const std::uint32_t code = texts_.NumberOf(actor.actor);
        codes_.insert(code);
        actors_.push_back(
            {code, texts_.NumberOf(record::NameOf(story, actor)), side == &event.target});
      }
    }
  }
}

void FactIndex::Sort() {
  names_.resize(texts_.size());
  Merge(newest_, stories_.size(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(stories_[b].published, stories_[b].story) <
           std::tie(stories_[a].published, stories_[a].story);
  });
  Merge(by_day_, events_.size(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t at) {
      const std::string& date = texts_[events_[at].date];
      return std::tuple(date.empty(), FirstDayOf(date), at);
    };
    return key(a) < key(b);
  });
  Merge(quotes_by_day_, quotes_.size(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t at) {
      const std::string& day = stories_[quotes_[at].story].published;
      return std::tuple(day.empty(), std::string_view(day), at);
    };
    return key(a) < key(b);
  });
}

void FactIndex::SetCorrections(std::vector<CorrectedEvent> corrections) {
  std::set<std::uint32_t> stories;
  for (const auto& [event, code] : corrected_) stories.insert(events_[event].story);
  corrected_.clear();
  for (CorrectedEvent& each : corrections) {
    const auto place = PlaceOf(each.story);
    if (!place || each.number >= CountEvents(*place)) continue;
    corrected_[stories_[*place].events + each.number] = std::move(each.code);
    stories.insert(*place);
  }
  for (const std::uint32_t story : stories) MarkDeeds(story);
}

std::uint32_t FactIndex::CountEvents(std::uint32_t story) const {
  const std::size_t end = story + 1 < stories_.size() ? stories_[story + 1].events : events_.size();
  return static_cast<std::uint32_t>(end) - stories_[story].events;
}

std::uint32_t FactIndex::CountQuotes(std::uint32_t story) const {
  const std::size_t end = story + 1 < stories_.size() ? stories_[story + 1].quotes : quotes_.size();
  return static_cast<std::uint32_t>(end) - stories_[story].quotes;
}

std::optional<std::uint32_t> FactIndex::PlaceOf(std::int64_t story) const {
  // Numbers begin with 1 and mostly have no gaps.
  if (last_story() == static_cast<std::int64_t>(stories_.size())) {
    if (story < 1 || story > last_story()) return std::nullopt;
    return static_cast<std::uint32_t>(story - 1);
  }
  const auto found = std::ranges::lower_bound(stories_, story, {}, &StoryRow::story);
  if (found == stories_.end() || found->story != story) return std::nullopt;
  return static_cast<std::uint32_t>(found - stories_.begin());
}

std::vector<char> FactIndex::Prefixed(std::string_view prefix) const {
  std::vector<char> which(texts_.size());
  for (const std::uint32_t code : codes_) {
    which[code] = static_cast<char>(texts_[code].starts_with(prefix));
  }
  return which;
}

bool FactIndex::HasActor(std::uint32_t event, bool target, const std::vector<char>& codes) const {
  bool has = false;
  EachActor(event, [&](const ActorRow& actor) {
    has = has || (actor.target == target && codes[actor.code] != 0);
  });
  return has;
}

bool FactIndex::IsKind(std::uint32_t at, const EventChoice& choice,
                       const std::vector<char>& kinds) const {
  const std::uint32_t kind = events_[at].kind;
  if (corrected_.empty() || !corrected_.contains(at)) return kinds[kind] != 0;
  const std::string_view code = CodeOf(at);
  return !code.empty() && IsWanted(code, kind_list_[kind].quad, choice);
}

std::vector<std::uint32_t> FactIndex::SelectEvents(const EventChoice& choice) const {
  const auto sources = choice.source.empty() ? std::vector<char>() : Prefixed(choice.source);
  const auto targets = choice.target.empty() ? std::vector<char>() : Prefixed(choice.target);
  const WrittenDays days(choice.days);
  // What many events have in common is looked at once.
  const auto kinds = Fitting(
      kind_list_, [&](const EventKind& kind) { return IsWanted(kind.cameo, kind.quad, choice); });
  const auto spots = Fitting(spot_list_, [&](const EventSpot& spot) {
    return choice.country.empty() || spot.country == choice.country;
  });
  std::vector<std::optional<bool>> dates(days.all() ? 0 : texts_.size());
  const auto holds = [&](std::uint32_t date) {
    if (!dates[date]) dates[date] = days.Hold(texts_[date]);
    return *dates[date];
  };
  std::vector<std::uint32_t> found;
  for (std::uint32_t at = 0; at < events_.size(); ++at) {
    const EventRow& event = events_[at];
    const bool wanted = (!choice.status || event.status == *choice.status) &&
                        event.sure / kThousand >= choice.sure && spots[event.place] != 0 &&
                        (days.all() || holds(event.date)) && IsKind(at, choice, kinds) &&
                        (sources.empty() || HasActor(at, false, sources)) &&
                        (targets.empty() || HasActor(at, true, targets));
    if (wanted) found.push_back(at);
  }
  return found;
}

WrittenDays::WrittenDays(const DayRange& days) {
  if (days.from) {
    from_ = FormatDate(*days.from);
    // Dates of less precision sort by their first day: "2031-05" is not before 2031-05-01.
    while (from_.ends_with("-01")) from_.resize(from_.size() - 3);
  }
  if (days.to) to_ = FormatDate(*days.to) + "~";
}

bool WrittenDays::Hold(std::string_view date) const {
  return !date.empty() && date >= from_ && (to_.empty() || date < to_);
}

}  // namespace dateline::serve
