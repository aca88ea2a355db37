#include "archive/fact_search.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <utility>

#include "archive/distance.h"
#include "base/ascii.h"
#include "record/event_rows.h"

namespace dateline::archive {
namespace {

constexpr unsigned kFactBits = 5;
constexpr unsigned kStoryBits = 32;
constexpr std::int64_t kLastDay = (1 << 18) - 1;  // of facts without a day
constexpr std::int64_t kDaysBefore1970 = 135140;  // from 1 January 1600
constexpr int kLongestToken = 32768;              // FTS5 cuts longer ones
constexpr std::size_t kCountryCode = 3;
constexpr std::size_t kRootCode = 2;

std::int64_t DayNumber(std::chrono::sys_days day) {
  const std::int64_t number = day.time_since_epoch().count() + kDaysBefore1970;
  return std::clamp<std::int64_t>(number, 0, kLastDay - 1);
}

std::int64_t RowidOf(std::int64_t day, std::int64_t story, std::int64_t fact) {
  return (((day << kStoryBits) | story) << kFactBits) | fact;
}

/// The last day of the year or month that a date of less precision is.
std::chrono::sys_days LastDayOf(const Date& date) {
  using std::chrono::days;
  if (date.precision == Date::Precision::kDay) return date.ymd;
  if (date.precision == Date::Precision::kMonth) {
    return std::chrono::sys_days(date.ymd.year() / date.ymd.month() / std::chrono::last);
  }
  return std::chrono::sys_days(date.ymd.year() / std::chrono::December / std::chrono::last);
}

using WordCutter = std::function<std::vector<std::string>(std::string_view)>;

/// Cuts what is ASCII as FTS5's unicode61 does, which is to lower letters and digits.
class AsciiCutter {
 public:
  std::vector<std::string> operator()(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text) {
      only_ = only_ && static_cast<unsigned char>(c) < 0x80;
      const bool letter = base::IsLetter(c) || base::IsDigit(c);
      if (letter && !inside) words.emplace_back();
      if (letter && words.back().size() < kLongestToken) words.back() += base::Lower(c);
      inside = letter;
    }
    return words;
  }
  /// Whether nothing else was met.
  [[nodiscard]] bool only() const { return only_; }

 private:
  bool only_ = true;
};

class WordRow {
 public:
  explicit WordRow(const WordCutter& cut) : cut_(cut) {}

  void AddCode(char of, std::string_view code) {
    if (!code.empty()) words_.push_back(of + std::string(code));
  }
  void AddWord(std::string word) {
    if (!word.empty()) words_.push_back(std::move(word));
  }
  /// The last word, and each two side by side.
  void AddName(char last, char two, std::string_view name) {
    const std::vector<std::string> words = cut_(name);
    if (words.empty()) return;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      words_.push_back(two + words[i] + std::string(kBesides) + words[i + 1]);
    }
    words_.push_back(last + words.back());
  }
  void AddActorCode(char of, std::string_view code) {
    AddCode(of, code.substr(0, kCountryCode));
    AddCode(of, code);
  }
  /// Each word once.
  std::string Take() {
    for (std::string& word : words_) {
      for (char& c : word) c = base::Lower(c);
    }
    std::ranges::sort(words_);
    words_.erase(std::ranges::unique(words_).begin(), words_.end());
    return fmt::format("{}", fmt::join(std::exchange(words_, {}), " "));
  }

 private:
  const WordCutter& cut_;
  std::vector<std::string> words_;
};

/// Appends the row, or its words where there is one of this number already.
void Append(std::int64_t rowid, std::string words, std::vector<FactWords>& rows) {
  if (!rows.empty() && rows.back().rowid == rowid) {
    rows.back().words += " " + words;
  } else {
    rows.push_back({rowid, std::move(words)});
  }
}

void SortRows(std::vector<FactWords>& rows) {
  std::ranges::stable_sort(rows, {}, &FactWords::rowid);
  std::vector<FactWords> merged;
  for (FactWords& row : rows) Append(row.rowid, std::move(row.words), merged);
  rows = std::move(merged);
}

std::vector<FactWords> RowsOfEvents(const Story& story, std::int64_t number,
                                    const WordCutter& cut) {
  std::vector<FactWords> rows;
  std::uint32_t at = 0;
  for (const Event& event : story.events) {
    WordRow row(cut);
    for (const EventActor& actor : event.source) {
      row.AddActorCode('1', actor.actor);
      row.AddName('s', 'u', record::NameOf(story, actor));
    }
    for (const EventActor& actor : event.target) {
      row.AddActorCode('2', actor.actor);
      row.AddName('t', 'v', record::NameOf(story, actor));
    }
    for (std::size_t size = kRootCode; size <= event.cameo.size(); ++size) {
      row.AddCode('c', std::string_view(event.cameo).substr(0, size));
    }
    row.AddCode('x', EventStatusName(event.status));
    if (event.place) {
      row.AddName('p', 'q', event.place->name);
      row.AddCode('l', event.place->country.value_or(""));
      if (event.place->lat && event.place->lon) {
        row.AddWord(SquareOf(*event.place->lat, *event.place->lon));
      }
    }
    rows.push_back({FactRowid(event.date, number, ++at), row.Take()});
  }
  SortRows(rows);
  return rows;
}

std::vector<FactWords> RowsOfQuotes(const Story& story, std::int64_t number,
                                    const WordCutter& cut) {
  std::vector<FactWords> rows;
  const auto day = story.article.date_published ? std::optional(story.article.date_published->date)
                                                : std::nullopt;
  std::uint32_t at = 0;
  for (const Attribution& attribution : story.attributions) {
    WordRow row(cut);
    row.AddCode('k', AttributionKindName(attribution.kind));
    if (attribution.entity) row.AddName('b', 'd', story.entities[Raw(*attribution.entity)].name);
    Append(FactRowid(day, number, ++at), row.Take(), rows);
  }
  return rows;
}

WordCutter CutterOf(const Tokenizer& tokenizer) {
  return [&](std::string_view text) { return tokenizer.WordsOf(text); };
}

}  // namespace

struct Tokenizer::Impl {
  fts5_tokenizer functions{};
  Fts5Tokenizer* tokenizer = nullptr;
};

Tokenizer::Tokenizer(Database& database) : impl_(std::make_unique<Impl>()) {
  fts5_api* api = nullptr;
  Statement statement(database, "SELECT fts5(?1)");
  if (statement.handle() == nullptr) return;
  sqlite3_bind_pointer(statement.handle(), 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  statement.Step();
  if (api == nullptr) return;
  void* context = nullptr;
  if (api->xFindTokenizer(api, "unicode61", &context, &impl_->functions) != SQLITE_OK) return;
  std::array<const char*, 2> arguments = {"remove_diacritics", "2"};
  impl_->functions.xCreate(context, arguments.data(), static_cast<int>(arguments.size()),
                           &impl_->tokenizer);
}

Tokenizer::~Tokenizer() {
  if (impl_->tokenizer != nullptr) impl_->functions.xDelete(impl_->tokenizer);
}

std::vector<std::string> Tokenizer::WordsOf(std::string_view text) const {
  std::vector<std::string> words;
  if (impl_->tokenizer == nullptr || text.empty()) return words;
  const auto take = [](void* out, int, const char* token, int size, int, int) {
    size = std::min(size, kLongestToken);
    static_cast<std::vector<std::string>*>(out)->emplace_back(token,
                                                              static_cast<std::size_t>(size));
    return SQLITE_OK;
  };
  impl_->functions.xTokenize(impl_->tokenizer, &words, FTS5_TOKENIZE_DOCUMENT, text.data(),
                             static_cast<int>(text.size()), take);
  return words;
}

std::vector<Span> Tokenizer::SpansOf(std::string_view text) const {
  std::vector<Span> spans;
  if (impl_->tokenizer == nullptr || text.empty()) return spans;
  const auto take = [](void* out, int, const char*, int, int begin, int end) {
    static_cast<std::vector<Span>*>(out)->push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    return SQLITE_OK;
  };
  impl_->functions.xTokenize(impl_->tokenizer, &spans, FTS5_TOKENIZE_DOCUMENT, text.data(),
                             static_cast<int>(text.size()), take);
  return spans;
}

std::int64_t FactRowid(const std::optional<Date>& day, std::int64_t story, std::uint32_t fact) {
  return RowidOf(day ? DayNumber(day->ymd) : kLastDay, story, std::min(fact, kLastSlot));
}

FactKey KeyOf(std::int64_t rowid) {
  constexpr std::int64_t kStories = (std::int64_t{1} << kStoryBits) - 1;
  return {(rowid >> kFactBits) & kStories, static_cast<std::uint32_t>(rowid & kLastSlot)};
}

std::int64_t FirstRowid(const std::optional<Date>& from) {
  return from ? RowidOf(DayNumber(from->ymd), 0, 0) : 0;
}

std::int64_t LastRowid(const std::optional<Date>& from, const std::optional<Date>& to) {
  if (to) return RowidOf(DayNumber(LastDayOf(*to)) + 1, 0, 0) - 1;
  return from ? RowidOf(kLastDay, 0, 0) - 1 : std::numeric_limits<std::int64_t>::max();
}

std::optional<StoryWords> AsciiWords(const Story& story) {
  AsciiCutter ascii;
  const WordCutter cut = std::ref(ascii);
  StoryWords words{.events = RowsOfEvents(story, 0, cut), .quotes = RowsOfQuotes(story, 0, cut)};
  return ascii.only() ? std::optional(std::move(words)) : std::nullopt;
}

std::int64_t RowidOfStory(std::int64_t rowid, std::int64_t story) {
  return rowid + (story << kFactBits);
}

std::vector<FactWords> EventWords(const Story& story, std::int64_t number,
                                  const Tokenizer& tokenizer) {
  return RowsOfEvents(story, number, CutterOf(tokenizer));
}

std::vector<FactWords> QuoteWords(const Story& story, std::int64_t number,
                                  const Tokenizer& tokenizer) {
  return RowsOfQuotes(story, number, CutterOf(tokenizer));
}

}  // namespace dateline::archive
