/// The indexes `event_search` and `quote_search`: words that tell what to find, under a number that
/// holds the day, so that what is found comes in order of the day and days are a range of numbers.
///
/// A word begins with what it is of: 1 and 2 actor code of source and target, s and t the last word
/// of their names, u and v two words of them side by side, c CAMEO code or its beginning, x status,
/// p and q the same of the place's name, l its country; of a quote b and d of the speaker's name
/// ("by"), k its kind. So a name of one or two words is found without looking at the facts.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/story.h"

struct Fts5Tokenizer;

namespace dateline::archive {

/// Cuts text into words as the full-text indexes do. Belongs to one connection.
class Tokenizer {
 public:
  explicit Tokenizer(Database& database);
  ~Tokenizer();
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  /// In lower case, without diacritics.
  std::vector<std::string> WordsOf(std::string_view text) const;
  /// Where they stand.
  std::vector<Span> SpansOf(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Stands between two words of a name: a character of private use, which is a letter to FTS5.
constexpr std::string_view kBesides = "\xEE\x80\x80";

/// Facts from this one on share a row of an index, so that numbers stay small.
constexpr std::uint32_t kLastSlot = 31;

struct FactKey {
  std::int64_t story = 0;
  std::uint32_t fact = 0;  ///< from 1; kLastSlot: that one and all after it
};
/// `fact` counts from 1. Sorts by day (those without last), story, fact.
std::int64_t FactRowid(const std::optional<Date>& day, std::int64_t story, std::uint32_t fact);
FactKey KeyOf(std::int64_t rowid);
/// The least and greatest number of the days from the first of `from` to the last of `to`. Without
/// bounds, also those of facts without a day.
std::int64_t FirstRowid(const std::optional<Date>& from);
std::int64_t LastRowid(const std::optional<Date>& from, const std::optional<Date>& to);

/// A row of an index.
struct FactWords {
  std::int64_t rowid = 0;
  std::string words;
};
/// The rows of a story's facts, under numbers that are those of story 0.
struct StoryWords {
  std::vector<FactWords> events;
  std::vector<FactWords> quotes;
};
/// Needs no archive. Nothing where a name has more than ASCII, which a Tokenizer cuts.
std::optional<StoryWords> AsciiWords(const Story& story);
/// The number of a row of story 0 as that of another.
std::int64_t RowidOfStory(std::int64_t rowid, std::int64_t story);
std::vector<FactWords> EventWords(const Story& story, std::int64_t number,
                                  const Tokenizer& tokenizer);
std::vector<FactWords> QuoteWords(const Story& story, std::int64_t number,
                                  const Tokenizer& tokenizer);

}  // namespace dateline::archive
