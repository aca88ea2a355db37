// Search: the words are the archive's to find, what else is wanted of a story and what the stories
// found have in common is counted in the columns in memory.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/ascii.h"
#include "serve/core.h"
#include "serve/lines.h"

namespace dateline::serve {
namespace {

/// Of words that fit more stories than this no order is better than that of time.
constexpr std::size_t kMostRanked = 5000;
constexpr std::size_t kMostValues = 30;
constexpr std::size_t kMostMonths = 400;
constexpr std::size_t kSnippet = 200;

struct SearchAsk {
  std::string query{};
  DayRange days{};
  std::string outlet{};
  std::string section{};
  std::string person{};
  std::string country{};
  unsigned root = 0;  ///< 0: any
  std::optional<EventStatus> status{};
  bool newest = false;
  bool copies = false;
  bool facets = false;
};

SearchAsk TakeSearchAsk(Parameters& given) {
  SearchAsk ask;
  ask.query = given.Text("q");
  ask.days = TakeDays(given, "from", "to");
  ask.outlet = given.Text("outlet");
  ask.section = given.Text("section");
  ask.person = given.Text("person");
  ask.country = given.Text("country");
  ask.root = static_cast<unsigned>(given.Number("event", 1, 20).value_or(0));
  const std::string status = given.Text("status");
  ask.status = ParseEventStatus(status);
  if (!status.empty() && !ask.status) {
    given.Complain("status", fmt::format("'{}' is no status of an event", status));
  }
  ask.newest = given.Flag("newest");
  ask.copies = given.Flag("copies");
  ask.facets = given.Flag("facets");
  return ask;
}

/// Stories in the order of their days, newest first.
std::vector<Found> ByDay(const FactIndex& index, const std::vector<std::int64_t>& stories) {
  std::vector<char> marks(index.stories().size());
  for (const std::int64_t story : stories) {
    if (const auto place = index.PlaceOf(story)) marks[*place] = 1;
  }
  std::vector<Found> list;
  list.reserve(stories.size());
  for (const std::uint32_t place : index.newest()) {
    if (marks[place] != 0) list.push_back({index.stories()[place].story});
  }
  return list;
}

Answered<FoundList> Matches(Call& call, const SearchAsk& ask) {
  const std::string key = fmt::format("{} search {} {}", call.desk.state, ask.newest, ask.query);
  if (auto kept = call.core.lists.Find(key)) return kept;
  std::vector<Found> list;
  if (ask.query.empty()) {
    for (const std::uint32_t place : call.index.newest()) {
      list.push_back({call.index.stories()[place].story});
    }
  } else {
    const auto stories = call.desk.archive.FindMatches(ask.query);
    if (!stories) {
      Problem problem = ProblemOf(stories.error());
      return Refuse(problem.status, std::move(problem.type), std::move(problem.detail), "q");
    }
    if (ask.newest || stories->size() > kMostRanked) {
      list = ByDay(call.index, *stories);
    } else {
      DATELINE_ANSWER(
          const auto hits,
          call.desk.archive.Search(
              ask.query, {.published = {}, .limit = kMostRanked, .copies = true, .bare = true}));
      for (const SearchHit& hit : hits) list.push_back({hit.story, 0, hit.score});
    }
  }
  const std::size_t size = list.size() * sizeof(Found);
  return call.core.lists.Keep(key, std::move(list), size);
}

/// Whether a story is what is wanted beside its words.
class StoryTest {
 public:
  StoryTest(const FactIndex& index, const SearchAsk& ask)
      : index_(index),
        ask_(ask),
        days_(ask.days),
        person_(index.texts().Find(ask.person)),
        country_(index.texts().Find(ask.country)) {}

  [[nodiscard]] bool Passes(std::uint32_t place) const {
    const StoryRow& row = index_.stories()[place];
    if (!days_.all() && !days_.Hold(row.published)) return false;
    if (!ask_.outlet.empty() && index_.texts()[row.outlet] != ask_.outlet) return false;
    if (!ask_.section.empty() && index_.texts()[row.section] != ask_.section) return false;
    if (ask_.root != 0 && (row.roots >> ask_.root & 1U) == 0) return false;
    if (ask_.status && (row.statuses >> static_cast<unsigned>(*ask_.status) & 1U) == 0) {
      return false;
    }
    return (ask_.person.empty() || HasPerson(place)) && (ask_.country.empty() || IsOf(place));
  }

 private:
  [[nodiscard]] bool HasPerson(std::uint32_t place) const {
    bool has = false;
    index_.EachEntity(place, [&](const EntityRow& entity) {
      has = has || (entity.type == EntityType::kPerson && entity.name == person_);
    });
    return has;
  }
  [[nodiscard]] bool IsOf(std::uint32_t place) const {
    bool has = false;
    index_.EachCountry(place, [&](std::uint32_t country) { has = has || country == country_; });
    return has;
  }

  const FactIndex& index_;
  const SearchAsk& ask_;
  WrittenDays days_;
  std::optional<std::uint32_t> person_;
  std::optional<std::uint32_t> country_;
};

std::vector<Found> Wanted(const FactIndex& index, const SearchAsk& ask,
                          const std::vector<Found>& matches) {
  const StoryTest test(index, ask);
  std::vector<char> seen(index.stories().size());
  std::vector<Found> list;
  for (const Found& each : matches) {
    const auto place = index.PlaceOf(each.story);
    if (!place || !test.Passes(*place)) continue;
    if (!ask.copies) {
      const auto original = index.PlaceOf(index.stories()[*place].original).value_or(*place);
      if (seen[original] != 0) continue;
      seen[original] = 1;
    }
    list.push_back(each);
  }
  return list;
}

/// In how many stories a value is.
using CountedValue = std::pair<std::uint64_t, std::string>;

std::string ValuesJson(const std::vector<CountedValue>& values) {
  record::JsonWriter json(false);
  json.BeginArray();
  for (const auto& [count, value] : values) {
    json.BeginObject();
    AddText(json, "value", value);
    AddNumber(json, "count", count);
    json.EndObject();
  }
  json.EndArray();
  return json.Take();
}

/// Counts texts of stories. Its memory is as large as all texts and is used again for the next
/// facet.
class TextCounts {
 public:
  explicit TextCounts(const Strings& texts) : texts_(texts), counts_(texts.size()) {}

  void Add(std::uint32_t text) {
    if (counts_[text]++ == 0) counted_.push_back(text);
  }

  /// The commonest, as JSON, or with `in_order` the last in order; counts anew after it.
  [[nodiscard]] std::string Take(bool in_order = false) {
    std::vector<CountedValue> values;
    for (const std::uint32_t text : counted_) {
      if (!texts_[text].empty()) values.emplace_back(counts_[text], texts_[text]);
      counts_[text] = 0;
    }
    counted_.clear();
    const std::size_t most = in_order ? kMostMonths : kMostValues;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(std::min(most, values.size()));
    std::ranges::partial_sort(values, middle, [&](const auto& a, const auto& b) {
      if (in_order) return a.second > b.second;
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (in_order) std::reverse(values.begin(), middle);
    values.erase(middle, values.end());
    return ValuesJson(values);
  }

 private:
  const Strings& texts_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> counted_;
};

/// A few values with their counts, those of most stories first.
std::string CountsJson(std::vector<CountedValue> counts) {
  std::erase_if(counts, [](const auto& each) { return each.first == 0; });
  std::ranges::stable_sort(counts, std::greater(), [](const auto& each) { return each.first; });
  return ValuesJson(counts);
}

/// Of 32 marks that a story has or not, how many stories have each.
class MarkCounts {
 public:
  void Add(std::uint32_t marks) {
    for (; marks != 0; marks &= marks - 1) {
      ++counts_.at(static_cast<std::size_t>(std::countr_zero(marks)));
    }
  }
  [[nodiscard]] std::uint64_t operator[](std::size_t mark) const { return counts_.at(mark); }

 private:
  std::array<std::uint64_t, 32> counts_{};
};

std::string FacetsJson(const FactIndex& index, const std::vector<Found>& list) {
  // In the order in which they lie in memory: by their scores they lie anywhere.
  std::vector<char> marks(index.stories().size());
  for (const Found& each : list) {
    if (const auto place = index.PlaceOf(each.story)) marks[*place] = 1;
  }
  std::vector<std::uint32_t> places;
  places.reserve(list.size());
  for (std::uint32_t place = 0; place < marks.size(); ++place) {
    if (marks[place] != 0) places.push_back(place);
  }
  TextCounts counts(index.texts());
  const auto of_column = [&](std::uint32_t StoryRow::* column, bool in_order = false) {
    for (const std::uint32_t place : places) counts.Add(index.stories()[place].*column);
    return counts.Take(in_order);
  };
  const std::string months = of_column(&StoryRow::month, true);
  const std::string outlets = of_column(&StoryRow::outlet);
  const std::string sections = of_column(&StoryRow::section);
  for (const std::uint32_t place : places) {
    index.EachEntity(place, [&](const EntityRow& entity) {
      if (entity.type == EntityType::kPerson) counts.Add(entity.name);
    });
  }
  const std::string people = counts.Take();
  MarkCounts roots;
  MarkCounts statuses;
  for (const std::uint32_t place : places) {
    index.EachCountry(place, [&](std::uint32_t country) { counts.Add(country); });
    roots.Add(index.stories()[place].roots);
    statuses.Add(index.stories()[place].statuses);
  }
  std::vector<CountedValue> events;
  for (unsigned i = 1; i <= 20; ++i) events.emplace_back(roots[i], fmt::format("{:02}", i));
  std::vector<CountedValue> states;
  for (unsigned i = 0; i <= static_cast<unsigned>(EventStatus::kHistorical); ++i) {
    states.emplace_back(statuses[i], EventStatusName(static_cast<EventStatus>(i)));
  }
  return fmt::format(
      "\"facets\":{{\"date\":{},\"outlet\":{},\"section\":{},\"person\":{},\"country\":{},"
      "\"event\":{},\"status\":{}}}",
      months, outlets, sections, people, counts.Take(), CountsJson(std::move(events)),
      CountsJson(std::move(states)));
}

/// The beginning of the text behind the headline, to the end of a word.
std::string BeginningOf(const Story& story) {
  std::string_view text = story.text;
  for (const Block& block : story.blocks) {
    if (block.kind != BlockKind::kParagraph) continue;
    text = std::string_view(story.text).substr(block.span.begin);
    break;
  }
  if (text.size() <= kSnippet) return std::string(text);
  const std::size_t end = text.rfind(' ', kSnippet);
  std::size_t cut = end == text.npos || end == 0 ? kSnippet : end;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return fmt::format("{} …", text.substr(0, cut));
}

Result<std::vector<SearchHit>> Shown(Call& call, const SearchAsk& ask,
                                     std::span<const Found> page) {
  std::vector<SearchHit> hits;
  for (const Found& each : page) {
    SearchHit& hit = hits.emplace_back();
    hit.story = each.story;
    hit.score = each.score;
  }
  if (!ask.query.empty()) {
    if (auto shown = call.desk.archive.Show(ask.query, hits); !shown) {
      return std::unexpected(shown.error());
    }
    return hits;
  }
  for (SearchHit& hit : hits) {
    DATELINE_TRY(const Story story, call.desk.archive.LoadStory(hit.story));
    const auto place = call.index.PlaceOf(hit.story);
    hit.id = story.id;
    if (place && !call.index.stories()[*place].published.empty()) {
      hit.published = call.index.stories()[*place].published;
    }
    hit.headline = story.article.headline.value_or("");
    hit.publisher = story.article.publisher;
    hit.snippet = BeginningOf(story);
  }
  return hits;
}

}  // namespace

Answered<Response> AnswerSearch(Call& call) {
  const SearchAsk ask = TakeSearchAsk(call.given);
  const Window window = TakeWindow(call.given);
  if (auto mistake = MistakeOf(call)) return std::unexpected(*mistake);
  const auto matches = Matches(call, ask);
  if (!matches) return std::unexpected(matches.error());
  const std::vector<Found> list = Wanted(call.index, ask, **matches);
  const std::size_t begin = BeginOf(window, list);
  const std::size_t end = std::min<std::size_t>(begin + window.limit, list.size());
  DATELINE_ANSWER(const auto hits, Shown(call, ask, std::span(list).subspan(begin, end - begin)));
  std::vector<std::string> items;
  for (const SearchHit& hit : hits) items.push_back(HitLine(hit));
  return JsonResponse(ListJson(items, NextCursor(end, list), list.size(),
                               ask.facets ? FacetsJson(call.index, list) : ""));
}

}  // namespace dateline::serve
