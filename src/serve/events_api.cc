// Events and quotes: which, and how they are told.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "dateline/record.h"
#include "serve/core.h"
#include "serve/lines.h"
#include "serve/rereading.h"

namespace dateline::serve {
namespace {

/// Reports that are compared to find which tell of one event.
constexpr std::size_t kMostReports = 20000;

/// "CHN", "CHNGOV", "IGOUNO": three capitals and what may follow; as Archive tells a code.
bool IsActorCode(std::string_view text) {
  const auto capital = [](char c) { return base::IsUpper(c); };
  const auto part = [&](char c) { return capital(c) || base::IsDigit(c); };
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), capital) &&
         std::ranges::all_of(text, part);
}

std::string Shown(const std::optional<Date>& day) { return day ? FormatDate(*day) : ""; }

/// What only the archive can find: names, places by name, distances.
EventFilter ByArchive(const EventFilter& filter) {
  EventFilter rest;
  if (!IsActorCode(filter.source)) rest.source = filter.source;
  if (!IsActorCode(filter.target)) rest.target = filter.target;
  if (filter.place.size() != 3 || !IsActorCode(filter.place)) rest.place = filter.place;
  rest.near = filter.near;
  return rest;
}

EventChoice ByIndex(const EventAsk& ask) {
  const EventFilter& filter = ask.filter;
  EventChoice choice;
  if (IsActorCode(filter.source)) choice.source = filter.source;
  if (IsActorCode(filter.target)) choice.target = filter.target;
  if (filter.place.size() == 3 && IsActorCode(filter.place)) choice.country = filter.place;
  choice.code = filter.code;
  choice.status = ParseEventStatus(filter.status);
  choice.quad = ask.quad;
  choice.sure = filter.sure;
  choice.days = filter.days;
  return choice;
}

/// Which events of the index the facts are.
std::vector<char> Marked(const FactIndex& index, const std::vector<StoryFacts>& facts) {
  std::vector<char> marks(index.events().size());
  for (const StoryFacts& each : facts) {
    const auto place = index.PlaceOf(each.story);
    if (!place) continue;
    const std::uint32_t begin = index.stories()[*place].events;
    for (const std::uint32_t number : each.numbers) {
      if (number < index.CountEvents(*place)) marks[begin + number] = 1;
    }
  }
  return marks;
}

/// Stories of one page, each read once.
class Stories {
 public:
  explicit Stories(Archive& archive) : archive_(archive) {}

  Result<const Story*> Get(std::int64_t number) {
    if (const auto known = stories_.find(number); known != stories_.end()) return &known->second;
    DATELINE_TRY(Story story, LoadCorrected(archive_, number));
    return &stories_.emplace(number, std::move(story)).first->second;
  }

 private:
  Archive& archive_;
  std::map<std::int64_t, Story> stories_;
};

std::string Numbered(std::int64_t number, std::string_view line) {
  return WithFirst("number", fmt::format("{}", number), base::Trim(line));
}

/// Dated ones backwards, then the others.
std::vector<Found> Backwards(std::vector<Found> list, std::size_t dated) {
  std::reverse(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(dated));
  return list;
}

Answered<Response> AnswerSameEvents(Call& call, const std::vector<Found>& list, EventIdentity rule,
                                    const Window& window, OffsetUnit offsets) {
  if (list.size() > kMostReports) {
    return Refuse(400, "too-broad",
                  fmt::format("same: {} reports are too many to compare at once; narrow the "
                              "question to {} with days or actors",
                              list.size(), kMostReports),
                  "same");
  }
  DATELINE_ANSWER(const auto events, call.desk.archive.FindSameEvents(FactsOf(list), rule));
  std::vector<Found> firsts;
  for (const SameEvent& event : events) {
    firsts.push_back({event.sightings.front().story, event.sightings.front().number});
  }
  const std::size_t begin = BeginOf(window, firsts);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, firsts.size());
  Stories stories(call.desk.archive);
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    DATELINE_ANSWER(const Story* story, stories.Get(firsts[i].story));
    std::string line = Numbered(firsts[i].story, WriteEventLines(*story, {.offsets = offsets},
                                                                 std::vector{firsts[i].number}));
    items.push_back(WithField(std::move(line), "same", SameLine(events[i])));
  }
  return JsonResponse(ListJson(items, NextCursor(end, firsts), firsts.size()));
}

}  // namespace

EventIdentity TakeSame(Parameters& given) {
  constexpr EventIdentity kRules[] = {EventIdentity::kNone, EventIdentity::kOneADay,
                                      EventIdentity::kStory, EventIdentity::kCluster};
  return kRules[given.Choice("same", {"none", "one-a-day", "story", "cluster"})];
}

Answered<EventAsk> TakeEventAsk(Call& call, bool sides) {
  Parameters& given = call.given;
  EventAsk ask;
  if (sides) ask.filter.source = given.Text("source");
  if (sides) ask.filter.target = given.Text("target");
  ask.filter.code = given.Text("code");
  ask.filter.status = given.Text("status");
  ask.filter.place = given.Text("place");
  ask.filter.sure = given.Share("sure").value_or(0);
  ask.filter.days = TakeDays(given, "since", "until");
  ask.quad = static_cast<int>(given.Number("quad", 1, 4).value_or(0));
  const bool code = std::ranges::all_of(
      ask.filter.code, [](char c) { return base::IsDigit(c) || base::IsLetter(c); });
  if (!code) given.Complain("code", "a CAMEO code has letters and digits alone");
  if (!ask.filter.status.empty() && !ParseEventStatus(ask.filter.status)) {
    given.Complain("status", fmt::format("'{}' is no status of an event", ask.filter.status));
  }
  const std::string near = given.Text("near");
  if (!near.empty()) {
    const auto found = call.core.options.find_near(near);
    if (found) ask.filter.near = *found;
    if (!found) given.Complain("near", found.error().message);
  }
  ask.key = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", ask.filter.source, ask.filter.target,
                        ask.filter.code, ask.filter.status, ask.filter.place, near,
                        Shown(ask.filter.days.from), Shown(ask.filter.days.to), ask.quad,
                        ask.filter.sure);
  return ask;
}

Answered<std::vector<std::uint32_t>> SelectEvents(Call& call, const EventAsk& ask) {
  std::vector<std::uint32_t> chosen = call.index.SelectEvents(ByIndex(ask));
  const EventFilter rest = ByArchive(ask.filter);
  if (rest == EventFilter{}) return chosen;
  DATELINE_ANSWER(const auto facts, call.desk.archive.FindEvents(rest));
  const std::vector<char> marks = Marked(call.index, facts);
  std::erase_if(chosen, [&](std::uint32_t at) { return marks[at] == 0; });
  return chosen;
}

Answered<FoundList> EventList(Call& call, const EventAsk& ask, bool newest) {
  const std::string key = fmt::format("{} events {} {}", call.desk.state, newest, ask.key);
  if (auto kept = call.core.lists.Find(key)) return kept;
  const auto chosen = SelectEvents(call, ask);
  if (!chosen) return std::unexpected(chosen.error());
  std::vector<char> marks(call.index.events().size());
  for (const std::uint32_t at : *chosen) marks[at] = 1;
  std::vector<Found> list;
  list.reserve(chosen->size());
  std::size_t dated = 0;
  for (const std::uint32_t at : call.index.events_by_day()) {
    if (marks[at] == 0) continue;
    const EventRow& event = call.index.events()[at];
    list.push_back({call.index.stories()[event.story].story, event.number});
    if (event.date != 0) dated = list.size();
  }
  if (newest) list = Backwards(std::move(list), dated);
  const std::size_t size = list.size() * sizeof(Found);
  return call.core.lists.Keep(key, std::move(list), size);
}

Answered<FoundList> QuoteList(Call& call, const QuoteAsk& ask) {
  const QuoteFilter& filter = ask.filter;
  const std::string key = fmt::format("{} quotes {}|{}|{}|{}|{}", call.desk.state, ask.newest,
                                      Shown(filter.published.from), Shown(filter.published.to),
                                      filter.by, filter.about);
  if (auto kept = call.core.lists.Find(key)) return kept;
  std::vector<Found> list;
  if (filter.by.empty() && filter.about.empty()) {
    const WrittenDays days(filter.published);
    for (const std::uint32_t at : call.index.quotes_by_day()) {
      const QuoteRow& quote = call.index.quotes()[at];
      const StoryRow& story = call.index.stories()[quote.story];
      if (days.all() || days.Hold(story.published)) list.push_back({story.story, quote.number});
    }
  } else {
    DATELINE_ANSWER(const auto facts, call.desk.archive.FindQuotes(filter));
    for (const StoryFacts& each : facts) {
      for (const std::uint32_t number : each.numbers) list.push_back({each.story, number});
    }
  }
  if (ask.newest) {
    const auto undated = std::ranges::find_if(list, [&](const Found& each) {
      const auto place = call.index.PlaceOf(each.story);
      return place && call.index.stories()[*place].published.empty();
    });
    const auto dated = static_cast<std::size_t>(undated - list.begin());
    list = Backwards(std::move(list), dated);
  }
  const std::size_t size = list.size() * sizeof(Found);
  return call.core.lists.Keep(key, std::move(list), size);
}

Answered<Response> AnswerEvents(Call& call) {
  const auto ask = TakeEventAsk(call);
  if (!ask) return std::unexpected(ask.error());
  const EventIdentity same = TakeSame(call.given);
  const bool newest = call.given.Flag("newest");
  const OffsetUnit offsets = TakeOffsets(call.given);
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto list = EventList(call, *ask, newest);
  if (!list) return std::unexpected(list.error());
  if (same != EventIdentity::kNone) return AnswerSameEvents(call, **list, same, window, offsets);
  const std::size_t begin = BeginOf(window, **list);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, (*list)->size());
  Stories stories(call.desk.archive);
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    const Found& each = (**list)[i];
    DATELINE_ANSWER(const Story* story, stories.Get(each.story));
    items.push_back(Numbered(
        each.story, WriteEventLines(*story, {.offsets = offsets}, std::vector{each.number})));
  }
  return JsonResponse(ListJson(items, NextCursor(end, **list), (*list)->size()));
}

Answered<Response> AnswerQuotes(Call& call) {
  QuoteAsk ask;
  ask.filter.by = call.given.Text("by");
  ask.filter.about = call.given.Text("about");
  ask.filter.published = TakeDays(call.given, "since", "until");
  ask.newest = call.given.Flag("newest");
  const OffsetUnit offsets = TakeOffsets(call.given);
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto list = QuoteList(call, ask);
  if (!list) return std::unexpected(list.error());
  const std::size_t begin = BeginOf(window, **list);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, (*list)->size());
  Stories stories(call.desk.archive);
  std::vector<std::string> items;
  for (std::size_t i = begin; i < end; ++i) {
    const Found& each = (**list)[i];
    DATELINE_ANSWER(const Story* story, stories.Get(each.story));
    items.push_back(Numbered(
        each.story, WriteQuoteLines(*story, {.offsets = offsets}, std::vector{each.number})));
  }
  return JsonResponse(ListJson(items, NextCursor(end, **list), (*list)->size()));
}

}  // namespace dateline::serve
