// Questions: words, events, quotes. Each gives numbers of stories and facts; what is shown of them
// comes from the story itself.
//
// What makes a question slow is not how many stories there are but how many fit. So words that fit
// more than some thousand stories are ranked among the latest of them only; facts come out of their
// index in the order in which they are wanted, and the rest is left when there are enough.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "archive/corrections.h"
#include "archive/day_conditions.h"
#include "archive/distance.h"
#include "archive/event_reader.h"
#include "archive/fact_search.h"
#include "archive/impl.h"
#include "archive/matches_by_day.h"
#include "archive/query.h"
#include "archive/rank.h"
#include "base/ascii.h"
#include "dateline/archive.h"

namespace dateline {

using archive::CountOf;
using archive::Database;
using archive::EventReader;
using archive::Statement;
using Item = archive::FactItem;

namespace {

/// "CHN", "CHNGOV", "IGOUNO": three capitals and what may follow.
bool IsActorCode(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto part = [&](char c) { return capital(c) || (c >= '0' && c <= '9'); };
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), capital) &&
         std::ranges::all_of(text, part);
}

bool IsCountryCode(std::string_view text) { return text.size() == 3 && IsActorCode(text); }

constexpr std::size_t kMostRanked = 5000;

/// Stories of some days, as a set and the bounds of their numbers.
class StoriesOfDays {
 public:
  StoriesOfDays(Database& database, const DayRange& days) {
    if (!days.from && !days.to) return;
    archive::DayConditions conditions;
    conditions.AddDays("published", days);
    Statement all(database, "SELECT story FROM stories" + conditions.Where());
    conditions.BindTo(all);
    std::vector<std::int64_t> stories;
    while (all.Step()) stories.push_back(all.Number(0));
    bounded_ = true;
    if (stories.empty()) return;
    const auto [least, most] = std::ranges::minmax(stories);
    first_ = least;
    last_ = most;
    has_.resize(static_cast<std::size_t>(last_ - first_ + 1));
    for (const std::int64_t story : stories) has_[static_cast<std::size_t>(story - first_)] = true;
  }

  [[nodiscard]] std::int64_t first() const { return bounded_ ? first_ : 0; }
  [[nodiscard]] std::int64_t last() const {
    return bounded_ ? last_ : std::numeric_limits<std::int64_t>::max();
  }
  [[nodiscard]] bool Has(std::int64_t story) const {
    return !bounded_ ||
           (story >= first_ && story <= last_ && has_[static_cast<std::size_t>(story - first_)]);
  }

 private:
  bool bounded_ = false;
  std::int64_t first_ = 0;
  std::int64_t last_ = -1;
  std::vector<bool> has_;
};

struct Ranked {
  double score = 0;
  std::int64_t story = 0;
};

/// The stories that fit and how well, the latest first; `complete` tells whether they are all.
std::vector<Ranked> Latest(Database& database, const std::string& match, const DayRange& days,
                           bool& complete) {
  const StoriesOfDays wanted(database, days);
  Statement find(database,
                 "SELECT rowid, story_rank(search) FROM search WHERE search MATCH ? AND rowid >= ? "
                 "AND rowid <= ? ORDER BY rowid DESC");
  find.Start(match, wanted.first(), wanted.last());
  std::vector<Ranked> found;
  complete = true;
  while (find.Step()) {
    if (!wanted.Has(find.Number(0))) continue;
    if (found.size() == kMostRanked) {
      complete = false;
      break;
    }
    found.push_back({find.Real(1), find.Number(0)});
  }
  find.Reset();
  return found;
}

/// Takes stories one by one until there are enough, without copies of those taken.
class Picker {
 public:
  Picker(Database& database, const SearchOptions& options)
      : options_(options), original_(database, "SELECT original FROM copies WHERE story = ?") {}

  void Offer(const Ranked& ranked) {
    original_.Start(ranked.story);
    const std::int64_t original = original_.Step() ? original_.Number(0) : ranked.story;
    original_.Reset();
    if (!originals_.insert(original).second && !options_.copies) return;
    SearchHit& hit = hits_.emplace_back();
    hit.story = ranked.story;
    hit.score = ranked.score;
  }
  [[nodiscard]] bool Full() const { return hits_.size() >= options_.limit; }
  std::vector<SearchHit> Take() { return std::move(hits_); }

 private:
  const SearchOptions& options_;
  Statement original_;
  std::set<std::int64_t> originals_;
  std::vector<SearchHit> hits_;
};

/// Of words that most stories have, the newest are found by looking at the newest stories.
void PickNewest(Database& database, const std::string& match, const DayRange& days,
                Picker& picker) {
  archive::DayConditions conditions;
  conditions.AddDays("published", days);
  Statement stories(database, "SELECT story FROM stories" + conditions.Where() +
                                  " ORDER BY published DESC, story DESC");
  conditions.BindTo(stories);
  Statement fits(database,
                 "SELECT story_rank(search) FROM search WHERE search MATCH ? AND rowid = ?");
  while (!picker.Full() && stories.Step()) {
    const std::int64_t story = stories.Number(0);
    fits.Start(match, story);
    if (fits.Step()) picker.Offer({fits.Real(0), story});
    fits.Reset();
  }
}

/// In order of publication; those without a date first or last.
void SortByDay(Database& database, bool newest_first, std::vector<Ranked>& stories) {
  Statement published(database, "SELECT published FROM stories WHERE story = ?");
  std::vector<std::pair<std::string, Ranked>> dated;
  dated.reserve(stories.size());
  for (const Ranked& ranked : stories) {
    published.Start(ranked.story);
    const bool known = published.Step() && !published.IsNull(0);
    std::string day(known ? published.Text(0) : std::string_view());
    if (!known && !newest_first) day = "~";
    dated.emplace_back(std::move(day), ranked);
  }
  published.Reset();
  std::ranges::sort(dated, [&](const auto& one, const auto& other) {
    const auto a = std::tie(one.first, one.second.story);
    const auto b = std::tie(other.first, other.second.story);
    return newest_first ? b < a : a < b;
  });
  for (std::size_t i = 0; i < stories.size(); ++i) stories[i] = dated[i].second;
}

std::vector<SearchHit> Rank(Database& database, const std::string& match,
                            const SearchOptions& options) {
  bool complete = true;
  auto found = Latest(database, match, options.published, complete);
  Picker picker(database, options);
  if (options.newest_first && !complete) {
    PickNewest(database, match, options.published, picker);
    return picker.Take();
  }
  if (options.newest_first) {
    SortByDay(database, true, found);
  } else {
    std::ranges::stable_sort(found, [](const Ranked& one, const Ranked& other) {
      return one.score != other.score ? one.score > other.score : one.story < other.story;
    });
  }
  for (const Ranked& ranked : found) {
    if (picker.Full()) break;
    picker.Offer(ranked);
  }
  return picker.Take();
}

/// Tells, by number, the names in which words stand side by side.
class NameTest {
 public:
  NameTest(archive::StoryStore& store, const archive::Tokenizer& tokenizer)
      : store_(store), tokenizer_(tokenizer) {}

  bool Has(std::int64_t name, const std::vector<std::string>& words) {
    const auto [known, added] = known_.emplace(std::pair(name, words.data()), false);
    if (added) {
      const auto all = tokenizer_.WordsOf(store_.lookups().NameText(name));
      known->second = !std::ranges::search(all, words).empty();
    }
    return known->second;
  }

 private:
  archive::StoryStore& store_;
  const archive::Tokenizer& tokenizer_;
  std::map<std::pair<std::int64_t, const std::string*>, bool> known_;
};

/// Words of an index, all of which must be there.
class Terms {
 public:
  void Add(char of, std::string_view word, bool beginning = false) {
    terms_.push_back(fmt::format("\"{}{}\"{}", of, word, beginning ? " *" : ""));
  }
  /// Words of a name: `last` and `two` are the letters of its last word and of two side by side.
  void AddName(char last, char two, const std::vector<std::string>& words) {
    if (words.size() == 1) {
      terms_.push_back(
          fmt::format("(\"{0}{2}\" OR \"{1}{2}{3}\" *)", last, two, words[0], archive::kBesides));
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      terms_.push_back(fmt::format("\"{}{}{}{}\"", two, words[i], archive::kBesides, words[i + 1]));
    }
  }
  /// A word with one of these beginnings.
  void AddAny(const std::vector<std::string>& words) {
    terms_.push_back(fmt::format("(\"{}\" *)", fmt::join(words, "\" * OR \"")));
  }
  [[nodiscard]] std::string Match(std::string_view otherwise) const {
    return terms_.empty() ? std::string(otherwise) : fmt::format("{}", fmt::join(terms_, " AND "));
  }

 private:
  std::vector<std::string> terms_;
};

/// An actor or place as a filter asks for it: a code, its beginning, or words of a name.
struct Wanted {
  std::string code;
  std::vector<std::string> words;

  [[nodiscard]] bool empty() const { return code.empty() && words.empty(); }
  /// Whether the words of an index tell that it is there. Of three words the first two may be of
  /// one name and the last two of another.
  [[nodiscard]] bool IsExact() const {
    return words.size() <= 2 && std::ranges::none_of(words, [](const std::string& word) {
             return word.find(archive::kBesides) != std::string::npos;
           });
  }
};

Result<Wanted> NameWanted(const std::string& name, const archive::Tokenizer& tokenizer) {
  if (auto match = archive::NameQuery(name); !match) return std::unexpected(match.error());
  Wanted wanted{{}, tokenizer.WordsOf(name)};
  if (!wanted.words.empty()) return wanted;
  return Fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no name", name));
}

Result<Wanted> ActorWanted(const std::string& asked, const archive::Tokenizer& tokenizer) {
  if (asked.empty()) return Wanted{};
  if (IsActorCode(asked)) return Wanted{asked, {}};
  return NameWanted(asked, tokenizer);
}

Result<Wanted> PlaceWanted(const std::string& asked, const archive::Tokenizer& tokenizer) {
  if (asked.empty()) return Wanted{};
  if (IsCountryCode(asked)) return Wanted{asked, {}};
  return NameWanted(asked, tokenizer);
}

/// Looks at the facts themselves, where the words of the index leave something open. Events count
/// from 0.
class EventTest {
 public:
  EventTest(const EventFilter& filter, Wanted source, Wanted target, Wanted place,
            archive::StoryStore& store, const archive::Tokenizer& tokenizer)
      : filter_(filter),
        sides_{std::move(source), std::move(target)},
        place_(std::move(place)),
        names_(store, tokenizer) {}

  [[nodiscard]] std::string Match() const {
    Terms terms;
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      const Wanted& wanted = sides_[side];
      if (!wanted.code.empty())
        terms.Add(side == 0 ? '1' : '2', wanted.code, !IsCountryCode(wanted.code));
      terms.AddName(side == 0 ? 's' : 't', side == 0 ? 'u' : 'v', wanted.words);
    }
    if (!filter_.code.empty()) terms.Add('c', filter_.code, filter_.code.size() < 2);
    if (!filter_.status.empty()) terms.Add('x', filter_.status);
    if (!place_.code.empty()) terms.Add('l', place_.code);
    terms.AddName('p', 'q', place_.words);
    if (filter_.near) {
      const Near& near = *filter_.near;
      terms.AddAny(archive::SquaresAround(near.lat, near.lon, near.km));
    }
    return terms.Match("\"x\" *");
  }

  /// Whether what fits the words fits the question.
  [[nodiscard]] bool IsExact() const {
    return !filter_.near && filter_.sure <= 0 && sides_[0].IsExact() && sides_[1].IsExact() &&
           place_.IsExact();
  }

  bool Fits(EventReader& reader, std::size_t event) {
    return reader.Cameo(event).starts_with(filter_.code) && FitsButForCode(reader, event);
  }

  bool FitsButForCode(EventReader& reader, std::size_t event) {
    if (!filter_.status.empty() && reader.Status(event) != filter_.status) return false;
    if (reader.Confidence(event) < filter_.sure) return false;
    return IsNear(reader, event) && FitsSide(reader, event, 0) && FitsSide(reader, event, 1) &&
           FitsPlace(reader, event);
  }

  /// Under which number the index has it.
  static std::int64_t RowidOf(EventReader& reader, std::int64_t story, std::size_t event) {
    const auto date = ParseDate(reader.Day(event));
    return archive::FactRowid(date ? std::optional(*date) : std::nullopt, story,
                              static_cast<std::uint32_t>(event + 1));
  }

 private:
  bool IsNear(EventReader& reader, std::size_t event) const {
    if (!filter_.near) return true;
    const auto where = reader.Where(event);
    return where && archive::Kilometres(filter_.near->lat, filter_.near->lon, where->lat,
                                        where->lon) <= filter_.near->km;
  }

  bool FitsSide(EventReader& reader, std::size_t event, std::uint32_t side) {
    const Wanted& wanted = sides_[side];
    if (wanted.empty()) return true;
    bool fits = false;
    reader.EachActor(event, [&](std::uint32_t of, std::string_view code, std::int64_t name) {
      if (of != side || fits) return;
      fits = (!wanted.code.empty() && code.starts_with(wanted.code)) ||
             (!wanted.words.empty() && names_.Has(name, wanted.words));
    });
    return fits;
  }

  bool FitsPlace(EventReader& reader, std::size_t event) {
    if (place_.empty()) return true;
    if (!place_.code.empty()) return reader.PlaceCountry(event) == place_.code;
    const std::int64_t name = reader.PlaceName(event);
    return name != 0 && names_.Has(name, place_.words);
  }

  const EventFilter& filter_;
  std::array<Wanted, 2> sides_;
  Wanted place_;
  NameTest names_;
};

/// An event by its number in the index of events, which sorts by day.
struct Dated {
  std::int64_t rowid = 0;
  std::int64_t story = 0;
  std::size_t event = 0;  ///< from 0
  auto operator<=>(const Dated&) const = default;
};

/// Calls `take` with each event that fits, in order, until it wants no more.
class EventSearch {
 public:
  EventSearch(Database& database, archive::StoryStore& store, const EventFilter& filter,
              EventTest& test)
      : database_(database), filter_(filter), test_(test), reader_(store) {}

  template <typename Take>
  Result<void> Each(Take take) {
    Statement find(database_,
                   "SELECT rowid FROM event_search WHERE event_search MATCH ? AND rowid >= ? AND "
                   "rowid <= ? ORDER BY rowid");
    const std::string match = test_.Match();
    find.Start(match, archive::FirstRowid(filter_.days.from),
               archive::LastRowid(filter_.days.from, filter_.days.to));
    bool more = true;
    while (more && find.Step()) {
      const std::int64_t rowid = find.Number(0);
      const archive::FactKey key = archive::KeyOf(rowid);
      if (test_.IsExact() && key.fact != archive::kLastSlot) {
        more = take(Dated{rowid, key.story, key.fact - 1});
        continue;
      }
      if (auto opened = reader_.Open(key.story); !opened) return opened;
      for (std::size_t i = key.fact - 1; more && i < EndOf(key); ++i) {
        if (EventTest::RowidOf(reader_, key.story, i) == rowid && test_.Fits(reader_, i)) {
          more = take(Dated{rowid, key.story, i});
        }
      }
    }
    find.Reset();
    return {};
  }

  /// Events whose code was corrected and fits now, whatever it was.
  Result<void> AddCorrected(const archive::EventCorrections& corrections,
                            std::vector<Dated>& found) {
    const std::int64_t first = archive::FirstRowid(filter_.days.from);
    const std::int64_t last = archive::LastRowid(filter_.days.from, filter_.days.to);
    for (const auto& [key, corrected] : corrections.all()) {
      const auto& [story, number] = key;
      if (!corrected.is_event || !corrected.cameo.starts_with(filter_.code)) continue;
      if (auto opened = reader_.Open(story); !opened) return opened;
      const auto event = static_cast<std::size_t>(number - 1);
      if (event >= reader_.size()) continue;
      const std::int64_t rowid = EventTest::RowidOf(reader_, story, event);
      if (rowid < first || rowid > last || !test_.FitsButForCode(reader_, event)) continue;
      found.push_back({rowid, story, event});
    }
    return {};
  }

 private:
  [[nodiscard]] std::size_t EndOf(const archive::FactKey& key) const {
    const std::size_t count = reader_.size();
    return key.fact == archive::kLastSlot ? count : std::min<std::size_t>(count, key.fact);
  }

  Database& database_;
  const EventFilter& filter_;
  EventTest& test_;
  EventReader reader_;
};

/// Facts found, grouped by story.
class Found {
 public:
  explicit Found(std::uint64_t limit) : limit_(limit) {}
  /// `number` counts from 0.
  void Add(std::int64_t story, std::size_t number) {
    if (Full()) return;
    if (facts_.empty() || facts_.back().story != story) facts_.push_back({story, {}});
    facts_.back().numbers.push_back(static_cast<std::uint32_t>(number));
    ++count_;
  }
  [[nodiscard]] bool Full() const { return limit_ != 0 && count_ >= limit_; }
  std::vector<StoryFacts> Take() { return std::move(facts_); }

 private:
  std::uint64_t limit_;
  std::uint64_t count_ = 0;
  std::vector<StoryFacts> facts_;
};

/// The passage of the text that has most of what was asked, and where it has it.
class Snippet {
 public:
  Snippet(std::string_view text, std::string_view places, const archive::Tokenizer& tokenizer)
      : text_(text), words_(tokenizer.SpansOf(text)) {
    std::array<std::int32_t, 2> place{};
    for (std::size_t at = 0; at + sizeof place <= places.size(); at += sizeof place) {
      std::memcpy(place.data(), places.data() + at, sizeof place);
      const auto first = static_cast<std::size_t>(place[0]);
      const auto count = static_cast<std::size_t>(place[1]);
      if (count > 0 && first + count <= words_.size()) places_.push_back({first, first + count});
    }
    std::ranges::sort(places_);
  }

  void Cut(SearchHit& hit) const {
    if (words_.empty()) return;
    const std::size_t first = BestStart();
    const std::size_t last = std::min(words_.size(), first + kWords);
    const std::size_t begin = first == 0 ? 0 : words_[first].begin;
    const std::size_t end = last == words_.size() ? text_.size() : words_[last - 1].end;
    if (first > 0) hit.snippet += kDots;
    const std::size_t shift = hit.snippet.size();
    hit.snippet += text_.substr(begin, end - begin);
    if (last < words_.size()) hit.snippet += kDots;
    for (const auto& [from, to] : places_) {
      if (from < first || to > last) continue;
      const Span mark =
          MakeSpan(words_[from].begin - begin + shift, words_[to - 1].end - begin + shift);
      if (!hit.marks.empty() && mark.begin < hit.marks.back().end) {
        hit.marks.back().end = std::max(hit.marks.back().end, mark.end);
      } else {
        hit.marks.push_back(mark);
      }
    }
  }

 private:
  static constexpr std::size_t kWords = 24;
  static constexpr std::size_t kBefore = 4;  // words before the first that was asked
  static constexpr std::string_view kDots = "…";

  std::size_t BestStart() const {
    if (words_.size() <= kWords) return 0;
    std::size_t best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const std::size_t start = places_[i].first < kBefore ? 0 : places_[i].first - kBefore;
      std::size_t inside = 0;
      for (std::size_t j = i; j < places_.size() && places_[j].second <= start + kWords; ++j) {
        ++inside;
      }
      if (inside > most) {
        most = inside;
        best = start;
      }
    }
    return std::min(best, words_.size() - kWords);
  }

  std::string_view text_;
  std::vector<Span> words_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;
};

std::optional<std::string> TextOrNothing(const Statement& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(std::string(row.Text(column)));
}

/// The words of a query that is nothing but words, all of which must be there.
std::optional<std::vector<std::string>> PlainWords(std::string_view query,
                                                   const archive::Tokenizer& tokenizer) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find(' ', at), query.size());
    const std::string_view word = query.substr(at, end - at);
    at = end + 1;
    if (word.empty() || word == "AND") continue;
    if (word == "OR" || word == "NOT" || !std::ranges::all_of(word, base::IsLetter)) return {};
    std::ranges::move(tokenizer.WordsOf(word), std::back_inserter(words));
  }
  return words;
}

/// Decides whether words that are said are about something, with an index of their own in memory.
class QuoteMatcher {
 public:
  /// `plain`: as of PlainWords; then the words alone decide.
  static Result<QuoteMatcher> Make(const std::string& match,
                                   std::optional<std::vector<std::string>> plain) {
    DATELINE_TRY(auto database, Database::Open(":memory:", archive::Access::kWrite));
    database->Run(
        "CREATE VIRTUAL TABLE said USING fts5(headline, text, tokenize=\"unicode61 "
        "remove_diacritics 2\")");
    if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
    return QuoteMatcher(std::move(database), match, std::move(plain));
  }

  /// `asked` are the words of the query, of which one at least must be said.
  bool Matches(std::string_view words, const std::vector<std::string>& asked,
               const archive::Tokenizer& tokenizer) {
    const auto said = tokenizer.WordsOf(words);
    const bool some = std::ranges::any_of(said, [&](const std::string& word) {
      return std::ranges::any_of(asked,
                                 [&](const std::string& one) { return word.starts_with(one); });
    });
    if (!some) return false;  // which saves asking the index about most
    if (plain_) {
      return std::ranges::all_of(*plain_, [&](const std::string& one) {
        return std::ranges::find(said, one) != said.end();
      });
    }
    insert_.Run(words);
    find_.Start(match_);
    const bool found = find_.Step();
    find_.Reset();
    clear_.Run();
    return found;
  }

 private:
  QuoteMatcher(std::unique_ptr<Database> database, std::string match,
               std::optional<std::vector<std::string>> plain)
      : database_(std::move(database)),
        plain_(std::move(plain)),
        match_(std::move(match)),
        insert_(*database_, "INSERT INTO said(rowid, text) VALUES(1, ?)"),
        find_(*database_, "SELECT 1 FROM said WHERE said MATCH ?"),
        clear_(*database_, "DELETE FROM said") {}

  std::unique_ptr<Database> database_;
  std::optional<std::vector<std::string>> plain_;
  std::string match_;
  Statement insert_;
  Statement find_;
  Statement clear_;
};

/// Decides which attributions a question about quotes is after.
class QuoteTest {
 public:
  /// `asked`: the words of the question that `about` answers.
  QuoteTest(Wanted by, std::optional<QuoteMatcher> about, std::vector<std::string> asked,
            archive::StoryStore& store, const archive::Tokenizer& tokenizer)
      : by_(std::move(by)),
        about_(std::move(about)),
        asked_(std::move(asked)),
        store_(store),
        tokenizer_(tokenizer),
        names_(store, tokenizer) {}

  [[nodiscard]] std::string Match() const {
    Terms terms;
    terms.AddName('b', 'd', by_.words);
    return terms.Match("\"k\" *");
  }
  [[nodiscard]] bool IsExact() const { return by_.IsExact() && !about_; }

  /// `attribution` counts from 0.
  Result<bool> Fits(std::int64_t story, const archive::Facts& facts, std::size_t attribution) {
    const Item item(facts, archive::FactList::kAttributions, attribution);
    if (!FitsSpeaker(facts, item[1])) return false;
    if (!about_) return true;
    if (story != text_of_) {
      DATELINE_TRY(text_, store_.LoadText(story));
      text_of_ = story;
    }
    if (std::uint64_t{item[7]} + item[8] > text_.size()) return false;
    return about_->Matches(std::string_view(text_).substr(item[7], item[8]), asked_, tokenizer_);
  }

 private:
  bool FitsSpeaker(const archive::Facts& facts, std::uint32_t entity) {
    if (by_.empty()) return true;
    if (entity == 0) return false;
    const std::int64_t name = Item(facts, archive::FactList::kEntities, entity - 1).Two(1);
    return names_.Has(name, by_.words);
  }

  Wanted by_;
  std::optional<QuoteMatcher> about_;
  std::vector<std::string> asked_;
  archive::StoryStore& store_;
  const archive::Tokenizer& tokenizer_;
  NameTest names_;
  std::string text_;
  std::int64_t text_of_ = 0;
};

/// The attributions of a story that fit, from number `first` on.
Result<void> AddQuotes(std::int64_t story, std::size_t first, std::size_t last, QuoteTest& test,
                       archive::StoryStore& store, Found& found) {
  DATELINE_TRY(const archive::Facts facts, store.LoadFacts(story));
  const std::size_t count = CountOf(facts, archive::FactList::kAttributions);
  for (std::size_t i = first; i < std::min(count, last) && !found.Full(); ++i) {
    DATELINE_TRY(const bool fits, test.Fits(story, facts, i));
    if (fits) found.Add(story, i);
  }
  return {};
}

}  // namespace

Result<std::vector<SearchHit>> Archive::Search(std::string_view query,
                                               const SearchOptions& options) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  if (!std::exchange(impl_->ranks, true)) archive::MakeStoryRank(*impl_->database);
  auto hits = Rank(*impl_->database, parsed.match, options);
  if (options.bare) return impl_->Done(std::move(hits));
  if (auto shown = Show(query, hits); !shown) return std::unexpected(shown.error());
  return hits;
}

Result<std::vector<std::int64_t>> Archive::FindMatches(std::string_view query) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  Statement find(*impl_->database, "SELECT rowid FROM search WHERE search MATCH ?");
  find.Start(parsed.match);
  std::vector<std::int64_t> stories;
  while (find.Step()) stories.push_back(find.Number(0));
  find.Reset();
  return impl_->Done(std::move(stories));
}

Result<void> Archive::Show(std::string_view query, std::vector<SearchHit>& hits) {
  DATELINE_TRY(const archive::Query parsed, archive::ParseQuery(query));
  Database& database = *impl_->database;
  if (!std::exchange(impl_->ranks, true)) archive::MakeStoryRank(database);
  const archive::Tokenizer tokenizer(database);
  Statement show(
      database,
      "SELECT lower(hex(s.hash)), s.published, w.headline, s.publisher, "
      "story_places(search) FROM search JOIN stories AS s ON s.story = search.rowid JOIN "
      "packed_texts AS w ON w.story = search.rowid WHERE search MATCH ? AND search.rowid "
      "= ?");
  for (SearchHit& hit : hits) {
    show.Start(parsed.match, hit.story);
    if (!show.Step()) break;
    hit.id = show.Text(0);
    hit.published = TextOrNothing(show, 1);
    hit.headline = show.Text(2);
    hit.publisher = TextOrNothing(show, 3);
    DATELINE_TRY(const std::string text, impl_->Store().LoadText(hit.story));
    Snippet(text, show.Bytes(4), tokenizer).Cut(hit);
  }
  show.Reset();
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

Result<std::vector<StoryFacts>> Archive::FindEvents(const EventFilter& filter) {
  Database& database = *impl_->database;
  archive::StoryStore& store = impl_->Store();
  const archive::Tokenizer tokenizer(database);
  DATELINE_TRY(Wanted source, ActorWanted(filter.source, tokenizer));
  DATELINE_TRY(Wanted target, ActorWanted(filter.target, tokenizer));
  DATELINE_TRY(Wanted place, PlaceWanted(filter.place, tokenizer));
  EventTest test(filter, std::move(source), std::move(target), std::move(place), store, tokenizer);
  EventSearch search(database, store, filter, test);
  const archive::EventCorrections corrections(database);
  Found found(filter.limit);
  if (corrections.empty()) {
    const auto done = search.Each([&](const Dated& event) {
      found.Add(event.story, event.event);
      return !found.Full();
    });
    if (!done) return std::unexpected(done.error());
    return impl_->Done(found.Take());
  }
  std::vector<Dated> all;
  auto done = search.Each([&](const Dated& event) {
    all.push_back(event);
    return true;
  });
  if (done) done = search.AddCorrected(corrections, all);
  if (!done) return std::unexpected(done.error());
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  for (const Dated& event : all) {
    const auto number = static_cast<std::int64_t>(event.event) + 1;
    if (corrections.Keeps(event.story, number, filter.code)) found.Add(event.story, event.event);
  }
  return impl_->Done(found.Take());
}

namespace {

constexpr auto kAllFacts = std::numeric_limits<std::size_t>::max();

/// Of stories that may hold quotes that fit, a stretch of days at a time.
Result<void> AddQuotesOf(archive::MatchesByDay& stories, QuoteTest& test,
                         archive::StoryStore& store, Found& found) {
  for (auto some = stories.Next(); !some.empty() && !found.Full(); some = stories.Next()) {
    for (const std::int64_t story : some) {
      if (found.Full()) break;
      if (auto added = AddQuotes(story, 0, kAllFacts, test, store, found); !added) return added;
    }
  }
  return {};
}

/// Of the quotes that the index lists for the terms of the test.
Result<void> AddListedQuotes(Database& database, const QuoteFilter& filter, QuoteTest& test,
                             archive::StoryStore& store, Found& found) {
  Statement find(database,
                 "SELECT rowid FROM quote_search WHERE quote_search MATCH ? AND rowid >= ? AND "
                 "rowid <= ? ORDER BY rowid");
  const std::string match = test.Match();
  find.Start(match, archive::FirstRowid(filter.published.from),
             archive::LastRowid(filter.published.from, filter.published.to));
  while (!found.Full() && find.Step()) {
    const archive::FactKey key = archive::KeyOf(find.Number(0));
    const bool many = key.fact == archive::kLastSlot;
    if (test.IsExact() && !many) {
      found.Add(key.story, key.fact - 1);
      continue;
    }
    const std::size_t end = many ? kAllFacts : key.fact;
    if (auto added = AddQuotes(key.story, key.fact - 1, end, test, store, found); !added)
      return added;
  }
  find.Reset();
  return {};
}

}  // namespace

Result<std::vector<StoryFacts>> Archive::FindQuotes(const QuoteFilter& filter) {
  Database& database = *impl_->database;
  archive::StoryStore& store = impl_->Store();
  const archive::Tokenizer tokenizer(database);
  Wanted by;
  if (!filter.by.empty()) {
    DATELINE_TRY(by, NameWanted(filter.by, tokenizer));
  }
  std::optional<QuoteMatcher> about;
  std::optional<archive::MatchesByDay> stories;  // those that may fit
  if (!filter.about.empty()) {
    DATELINE_TRY(const archive::Query query, archive::ParseQuery(filter.about));
    DATELINE_TRY(QuoteMatcher made,
                 QuoteMatcher::Make(query.match, PlainWords(filter.about, tokenizer)));
    about.emplace(std::move(made));
    // What the quote says the story says too; what it must not say may stand beside it.
    if (!query.excludes) stories.emplace(database, query.match, filter.published);
  }
  QuoteTest test(std::move(by), std::move(about), tokenizer.WordsOf(filter.about), store,
                 tokenizer);
  Found found(filter.limit);
  const auto done = stories ? AddQuotesOf(*stories, test, store, found)
                            : AddListedQuotes(database, filter, test, store, found);
  if (!done) return std::unexpected(done.error());
  return impl_->Done(found.Take());
}

}  // namespace dateline
