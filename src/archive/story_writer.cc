#include "archive/story_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "archive/hex.h"
#include "record/rows.h"

namespace dateline::archive {
namespace {

constexpr int kStoryColumns = 23;
constexpr int kFactColumns = static_cast<int>(kFactLists) + 4;

/// Of the table, in the order in which they are bound.
std::string FactColumnNames() {
  std::string columns = "facts(story, wide";
  for (const FactLayout& layout : kFactLayouts) columns += fmt::format(", {}", layout.column);
  return columns + ", exact, rest)";
}

/// "INSERT INTO places VALUES(?,?,…)"; `table` may name its columns.
std::string Insert(std::string_view table, int columns) {
  std::string sql = fmt::format("INSERT INTO {} VALUES(?", table);
  for (int i = 1; i < columns; ++i) sql += ",?";
  return sql + ")";
}

std::optional<std::string> List(const std::vector<std::string>& items) {
  if (items.empty()) return std::nullopt;
  return record::Joined(items, [](const std::string& item) { return item; }, "; ");
}

std::optional<std::string> Written(const std::optional<DateTime>& date) {
  return date ? std::optional(FormatDateTime(*date)) : std::nullopt;
}

template <typename Rows>
void MoveTo(Rows from, Rows& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Rows of story 0 as those of another.
void AppendRows(const std::vector<FactWords>& from, std::int64_t story,
                std::vector<FactWords>& to) {
  for (const FactWords& row : from) to.push_back({RowidOfStory(row.rowid, story), row.words});
}

/// What is in an index already goes out of it before anything new comes in; both in the order of
/// their numbers, which lets FTS5 write each of them into its place at once.
void Flush(Statement& insert, Statement& erase, std::vector<FactWords>& rows,
           std::vector<FactWords>& gone) {
  std::ranges::sort(gone, {}, &FactWords::rowid);
  for (const FactWords& row : gone) erase.Run(row.rowid, row.words);
  std::ranges::sort(rows, {}, &FactWords::rowid);
  for (const FactWords& row : rows) insert.Run(row.rowid, row.words);
  rows.clear();
  gone.clear();
}

}  // namespace

StoryWriter::StoryWriter(Database& database, StoryStore& store)
    : database_(database),
      store_(store),
      tokenizer_(database),
      hashes_(database, "story_hashes"),
      story_(database, Insert("stories", kStoryColumns)),
      update_(database,
              "UPDATE stories SET (run, published, modified, source_id, path, url, language, "
              "publisher, agencies, authors, section, keywords, dateline, location, description, "
              "correction, status, version, words) = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE "
              "story = ?"),
      text_(database, "INSERT OR REPLACE INTO packed_texts VALUES(?,?,?)"),
      index_(database, "INSERT INTO search(rowid, text, headline) VALUES(?, ?, ?)"),
      unindex_(database,
               "INSERT INTO search(search, rowid, text, headline) VALUES('delete', ?, ?, ?)"),
      facts_(database, "INSERT OR REPLACE" + Insert(FactColumnNames(), kFactColumns).substr(6)),
      event_(database, "INSERT INTO event_search(rowid, words) VALUES(?, ?)"),
      unevent_(database,
               "INSERT INTO event_search(event_search, rowid, words) VALUES('delete', ?, ?)"),
      quote_(database, "INSERT INTO quote_search(rowid, words) VALUES(?, ?)"),
      unquote_(database,
               "INSERT INTO quote_search(quote_search, rowid, words) VALUES('delete', ?, ?)") {}

void StoryWriter::Forget() {
  store_.Forget();
  hashes_.Forget();
  numbers_ = 0;
  for (auto* rows : {&events_, &quotes_, &gone_events_, &gone_quotes_}) rows->clear();
}

std::int64_t StoryWriter::Write(const ArchiveItem& item, std::int64_t input, std::int64_t run) {
  const std::int64_t number = WriteRow(item.story, input, run);
  if (number != 0) {
    WriteContent(number, item.story, item.packed ? *item.packed : *Pack(item.story));
  }
  return number;
}

std::int64_t StoryWriter::WriteRow(const Story& story, std::int64_t input, std::int64_t run) {
  const Article& article = story.article;
  const std::string hash = BytesOfHex(story.id);
  if (hashes_.Find(hash) != 0) return 0;
  const auto& url = article.url ? article.url : story.source.url;
  story_.Run(nullptr, Blob{hash}, input, run, story.source.index, Written(article.date_published),
             Written(article.date_modified), story.source.id, story.source.path, url,
             article.in_language, article.publisher, List(article.source_organization),
             List(article.author), article.article_section, List(article.keywords),
             article.dateline, article.location_created, article.description, article.correction,
             article.creative_work_status, article.version, article.word_count);
  const std::int64_t number = database_.LastId();
  hashes_.Add(hash, number);
  return database_.failed() ? 0 : number;
}

void StoryWriter::WriteContent(std::int64_t number, const Story& story, PackedStory& packed) {
  index_.Run(number, story.text, story.article.headline);
  WriteFacts(number, story, packed);
}

void StoryWriter::WriteFacts(std::int64_t number, const Story& story, PackedStory& packed) {
  const std::string words = store_.words().Encode(story.text, packed.words);
  text_.Run(number, story.article.headline, Blob{words});
  Facts facts = packed.facts;
  Renumber(packed.lookups, store_.lookups(), facts);
  EnsureNumbers(facts.Longest());
  const FactRow row = RowOf(facts);
  facts_.Reset();
  int at = 0;
  facts_.Bind(++at, number);
  facts_.Bind(++at, row.wide ? 2 : 1);
  for (const std::string& list : row.lists) facts_.Bind(++at, list);
  facts_.Bind(++at, Blob{row.exact});
  facts_.Bind(++at, Blob{packed.rest});
  facts_.Step();
  facts_.Reset();
  if (packed.fact_words) {
    AppendRows(packed.fact_words->events, number, events_);
    AppendRows(packed.fact_words->quotes, number, quotes_);
  } else {
    IndexFacts(number, story);
  }
}

void StoryWriter::IndexFacts(std::int64_t number, const Story& story) {
  MoveTo(EventWords(story, number, tokenizer_), events_);
  MoveTo(QuoteWords(story, number, tokenizer_), quotes_);
}

void StoryWriter::EnsureNumbers(std::size_t longest) {
  if (longest <= numbers_) return;
  numbers_ = static_cast<std::size_t>(database_.Number("SELECT max(n) FROM numbers"));
  if (longest <= numbers_) return;
  Statement fill(
      database_,
      "WITH RECURSIVE up(n) AS (SELECT (SELECT max(n) FROM numbers) + 1 UNION ALL SELECT "
      "n + 1 FROM up WHERE n < ?) INSERT INTO numbers SELECT n FROM up");
  numbers_ = longest * 2;
  fill.Run(static_cast<std::int64_t>(numbers_));
}

void StoryWriter::Replace(std::int64_t number, const Story& old, const Story& story,
                          std::int64_t run) {
  const Article& article = story.article;
  const auto& url = article.url ? article.url : story.source.url;
  update_.Run(run, Written(article.date_published), Written(article.date_modified), story.source.id,
              story.source.path, url, article.in_language, article.publisher,
              List(article.source_organization), List(article.author), article.article_section,
              List(article.keywords), article.dateline, article.location_created,
              article.description, article.correction, article.creative_work_status,
              article.version, article.word_count, number);
  if (old.text != story.text || old.article.headline != story.article.headline) {
    unindex_.Run(number, old.text, old.article.headline);
    index_.Run(number, story.text, story.article.headline);
  }
  MoveTo(EventWords(old, number, tokenizer_), gone_events_);
  MoveTo(QuoteWords(old, number, tokenizer_), gone_quotes_);
  WriteFacts(number, story, *Pack(story));
}

void StoryWriter::Finish() {
  Flush(event_, unevent_, events_, gone_events_);
  Flush(quote_, unquote_, quotes_, gone_quotes_);
  hashes_.Finish();
}

}  // namespace dateline::archive
