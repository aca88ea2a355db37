// Everything that must hold in an archive, looked at from the file up to the facts.
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

#include "archive/compress.h"
#include "archive/fact_search.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace {

/// Statements that give a row for each thing that is wrong, and what to say of it.
struct Rule {
  std::string_view sql;
  std::string_view says;
  std::string_view of = "story";
};

constexpr std::array<Rule, 23> kRules = {{
    {"SELECT story FROM stories WHERE length(hash) <> 16", "has a hash that is none"},
    {"SELECT story FROM stories AS s WHERE story IS NOT (SELECT story FROM stories_by_hash AS h "
     "WHERE h.hash = s.hash)",
     "is not found by its id"},
    {"SELECT story FROM stories_by_hash GROUP BY story HAVING count(*) > 1",
     "is found by several ids"},
    {"SELECT input FROM inputs AS i WHERE input IS NOT (SELECT input FROM inputs_by_hash AS h "
     "WHERE h.hash = i.hash)",
     "is not found by its hash", "input"},
    {"SELECT input FROM inputs_by_hash GROUP BY input HAVING count(*) > 1",
     "is found by several hashes", "input"},
    {"SELECT story FROM stories WHERE story NOT IN (SELECT story FROM packed_texts)",
     "has no text"},
    {"SELECT story FROM stories WHERE story NOT IN (SELECT story FROM facts)", "has no facts"},
    {"SELECT story FROM copies WHERE original IN (SELECT story FROM copies)",
     "is a copy of what is a copy itself"},
    {"SELECT story FROM stories WHERE story NOT IN (SELECT story FROM cluster_stories)",
     "is in no cluster"},
    {"SELECT x.story FROM cluster_stories AS x LEFT JOIN clusters AS c USING(cluster) WHERE "
     "c.cluster IS NULL",
     "is in a cluster that is not there"},
    {"SELECT c.story FROM copies AS c JOIN cluster_stories AS x USING(story) JOIN cluster_stories "
     "AS o ON o.story = c.original WHERE x.cluster <> o.cluster",
     "is in another cluster than what it is a copy of"},
    {"SELECT cluster FROM clusters AS c WHERE cluster IS NOT (SELECT min(story) FROM "
     "cluster_stories AS x WHERE x.cluster = c.cluster)",
     "begins a cluster that it is not the first story of"},
    {"SELECT cluster FROM clusters AS c WHERE stories <> (SELECT count(*) FROM cluster_stories AS "
     "x "
     "WHERE x.cluster = c.cluster)",
     "begins a cluster with another count of stories than it has"},
    {"SELECT c.cluster FROM clusters AS c JOIN cluster_stories AS x ON x.story = c.title WHERE "
     "x.cluster <> c.cluster",
     "begins a cluster that is named after a story of another"},
    {"SELECT x.story FROM cluster_stories AS x LEFT JOIN copies AS c USING(story) WHERE (x.terms "
     "IS NULL) <> (c.story IS NOT NULL)",
     "has terms of a cluster where a copy has none, or none where it should"},
    {"SELECT r.story FROM related AS r LEFT JOIN stories_by_headline AS h ON h.key = r.key AND "
     "h.story = "
     "r.target WHERE r.target IS NOT NULL AND h.story IS NULL",
     "points to a story with another headline"},
    {"SELECT max(story) FROM stories HAVING max(story) > (SELECT story FROM identity_progress)",
     "has not been looked at for identities"},
    {"SELECT e.story FROM identity_entities AS e LEFT JOIN facts AS f USING(story) WHERE f.story "
     "IS "
     "NULL OR e.entity NOT BETWEEN 1 AND length(f.entities) / (5 * f.wide)",
     "has an identity for an entity that it has not"},
    {"SELECT e.story FROM identity_entities AS e LEFT JOIN identities AS i USING(identity) WHERE "
     "i.identity IS NULL OR e.rule NOT BETWEEN 0 AND 10 OR e.sure NOT BETWEEN 0 AND 1000",
     "has an entity of an identity that is not there, or by no rule"},
    // Without CAST the view's number has no type, and SQLite makes no index of it to join by.
    {"SELECT i.identity FROM identities AS i LEFT JOIN (SELECT CAST(identity AS INTEGER) AS "
     "identity, count(DISTINCT story) AS n FROM identity_entities GROUP BY 1) AS e USING(identity) "
     "WHERE i.stories <> coalesce(e.n, 0)",
     "has another count of stories than it has stories", "identity"},
    {"SELECT i.identity FROM identities AS i LEFT JOIN (SELECT CAST(identity AS INTEGER) AS "
     "identity, min(sure) AS least FROM identity_entities GROUP BY 1) AS e USING(identity) WHERE "
     "i.sure <> coalesce(e.least, 1000)",
     "is surer than the least sure of its entities, or less", "identity"},
    {"SELECT i.identity FROM identities AS i LEFT JOIN identities AS r ON r.identity = i.same_as "
     "WHERE r.identity IS NULL OR r.same_as <> r.identity OR r.identity > i.identity",
     "is the same as one that is none, or not the first", "identity"},
    {"SELECT identity FROM identities AS i WHERE stories > 0 AND NOT EXISTS (SELECT 1 FROM "
     "identity_names AS n WHERE n.name = i.name AND n.identity = i.identity)",
     "is not found by its name", "identity"},
}};

/// The sum of the hashes of what stands in an index: the same for the same entries in any order.
class Sum {
 public:
  void Add(std::int64_t row, std::int64_t place, std::string_view word) {
    XXH3_state_t state;
    XXH3_64bits_reset(&state);
    XXH3_64bits_update(&state, &row, sizeof row);
    XXH3_64bits_update(&state, &place, sizeof place);
    XXH3_64bits_update(&state, word.data(), word.size());
    sum_ += XXH3_64bits_digest(&state);
    ++count_;
  }
  bool operator==(const Sum&) const = default;

 private:
  std::uint64_t sum_ = 0;
  std::uint64_t count_ = 0;
};

class Checker {
 public:
  Checker(Database& database, archive::StoryStore& store, std::size_t limit)
      : database_(database), store_(store), tokenizer_(database), limit_(limit) {}

  std::vector<std::string> Run() {
    CheckFile();
    CheckIndex("name_search", "names", 1);
    for (const std::string_view index :
         {"search", "event_search", "quote_search", "identity_search"}) {
      CheckIndex(index, "facts", 0);
    }
    for (const Rule& rule : kRules) CheckRule(rule);
    CheckNumbers();
    CheckBands();
    CheckInputs();
    CheckStories();
    CompareIndex("search", "SELECT doc, (col = 'headline') << 40 | \"offset\", term", search_);
    CompareIndex("event_search", "SELECT doc, 0, term", events_);
    CompareIndex("quote_search", "SELECT doc, 0, term", quotes_);
    CompareIndex("identity_search", "SELECT doc, 0, term", identities_);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool Full() const { return found_.size() >= limit_; }
  void Note(std::string what) {
    if (!Full()) found_.push_back(std::move(what));
  }
  /// What SQLite says went wrong is a finding, too: a damaged page must not end the check.
  void NoteFailure(std::string_view where) {
    if (const auto failure = database_.TakeFailure()) {
      Note(fmt::format("{}: {}", where, failure->message));
    }
  }

  void CheckFile() {
    Statement sound(database_, fmt::format("PRAGMA integrity_check({})", limit_));
    sound.Start();
    while (sound.Step()) {
      if (sound.Text(0) != "ok") Note(fmt::format("file: {}", sound.Text(0)));
    }
    NoteFailure("file");
    Statement keys(database_, "PRAGMA foreign_key_check");
    keys.Start();
    while (!Full() && keys.Step()) {
      Note(fmt::format("table {}: row {} refers to a row of {} that is not there", keys.Text(0),
                       keys.IsNull(1) ? "(without number)" : keys.Text(1), keys.Text(2)));
    }
    NoteFailure("references");
  }

  /// `rank` 1: compares the index with its table, too.
  void CheckIndex(std::string_view index, std::string_view table, int rank) {
    database_.Run(
        fmt::format("INSERT INTO {0}({0}, rank) VALUES('integrity-check', {1})", index, rank)
            .c_str());
    if (database_.TakeFailure()) Disagrees(index, table);
  }

  void Disagrees(std::string_view index, std::string_view table) {
    Note(fmt::format("index {}: does not agree with the table {}; 'dateline rebuild' makes it anew",
                     index, table));
  }

  /// `columns` of the entries of the index give what `wanted` is the sum of.
  void CompareIndex(std::string_view index, std::string_view columns, const Sum& wanted) {
    if (Full() || unread_) return;
    database_.Run(fmt::format("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, {}, "
                              "instance)",
                              index)
                      .c_str());
    Sum sum;
    {
      Statement all(database_, fmt::format("{} FROM temp.entries", columns));
      while (all.Step()) sum.Add(all.Number(0), all.Number(1), all.Text(2));
    }
    database_.Run("DROP TABLE temp.entries");
    NoteFailure(index);
    if (!(sum == wanted)) Disagrees(index, index == "search" ? "texts" : "facts");
  }

  void CheckNumbers() {
    if (database_.Number("SELECT count(*) = max(n) AND min(n) = 1 FROM numbers") != 1) {
      Note("table numbers: does not count from 1 without a gap");
    }
    NoteFailure("numbers");
  }

  void CheckBands() {
    const std::int64_t last = database_.Number("SELECT max(story) FROM stories");
    Statement all(database_, "SELECT bucket, entries FROM bands");
    while (!Full() && all.Step()) {
      bool known = true;
      const bool sound = archive::EachBandEntry(
          all.Bytes(1), [&](std::int64_t story, std::uint32_t) { known = known && story <= last; });
      if (!sound || !known) Note(fmt::format("table bands: row {} is damaged", all.Number(0)));
    }
    NoteFailure("bands");
  }

  void CheckRule(const Rule& rule) {
    Statement wrong(database_, rule.sql);
    while (!Full() && wrong.Step()) {
      Note(fmt::format("{} {}: {}", rule.of, wrong.Number(0), rule.says));
    }
    NoteFailure("facts");
  }

  void CheckInputs() {
    Statement all(
        database_,
        "SELECT i.input, i.hash, i.original, i.size, c.bytes, i.dictionary FROM inputs AS i LEFT "
        "JOIN contexts AS c USING(context)");
    while (!Full() && all.Step()) {
      const auto text = all.IsNull(5) ? Result<std::string>("") : store_.LoadText(all.Number(5));
      const auto bytes = archive::Decompress(all.Bytes(2), text.value_or(""));
      InputPiece piece;
      bool sound = bytes.has_value();
      if (sound) piece.bytes = *bytes;
      if (sound && !all.IsNull(4)) {
        const auto context = archive::Decompress(all.Bytes(4));
        sound = context.has_value();
        if (sound) piece.context = std::make_shared<const std::string>(*context);
      }
      if (!sound || InputHash(piece) != all.Bytes(1) ||
          piece.bytes.size() != static_cast<std::uint64_t>(all.Number(3))) {
        Note(fmt::format("input {}: the original is not what its hash says", all.Number(0)));
      }
    }
    NoteFailure("inputs");
  }

  void CheckStories() {
    Statement all(database_,
                  "SELECT s.story, lower(hex(s.hash)), length(f.mentions) / (4 * f.wide), (SELECT "
                  "links FROM identity_links AS e WHERE e.story = s.story) FROM stories AS s "
                  "JOIN facts AS f USING(story) JOIN packed_texts USING(story)");
    while (!Full() && all.Step()) {
      const auto story = store_.Load(all.Number(0));
      unread_ = unread_ || !story;
      if (story) {
        CheckStory(all, *story);
      } else {
        Note(fmt::format("story {}: it cannot be read: {}", all.Number(0), story.error().message));
      }
    }
    unread_ = unread_ || Full();
    NoteFailure("stories");
  }

  void CheckStory(const Statement& row, const Story& story) {
    if (story.id != row.Text(1)) Wrong(row, "the record is of another story");
    const auto inside = [&](Span span) {
      return span.begin <= span.end && span.end <= story.text.size();
    };
    for (const Event& event : story.events) {
      if (!inside(event.trigger)) Wrong(row, "an event lies outside the text");
    }
    std::size_t mentions = 0;
    for (const Entity& entity : story.entities) mentions += entity.mentions.size();
    if (mentions != static_cast<std::size_t>(row.Number(2))) {
      Wrong(row, fmt::format("the view has {} mentions where the story has {}", row.Number(2),
                             mentions));
    }
    CheckLinks(row, story);
    AddToSums(row.Number(0), story);
  }

  void CheckLinks(const Statement& row, const Story& story) {
    const auto links = archive::LinksOfText(row.Text(3));
    std::set<std::int64_t> entities;
    if (links) {
      for (const archive::IdentityLink& link : *links) entities.insert(link.entity);
      for (const std::string& word : tokenizer_.WordsOf(archive::WordsOfLinks(*links))) {
        identities_.Add(row.Number(0), 0, word);
      }
    }
    std::set<std::int64_t> wanted;
    for (std::size_t i = 0; i < story.entities.size(); ++i) {
      if (archive::HasIdentity(story.entities[i])) wanted.insert(static_cast<std::int64_t>(i) + 1);
    }
    if (!links || links->size() != entities.size() || entities != wanted) {
      Wrong(row, "not each of those it names has one identity");
    }
  }

  /// What the indexes must hold of this story.
  void AddToSums(std::int64_t number, const Story& story) {
    std::int64_t place = 0;
    for (const std::string& word : tokenizer_.WordsOf(story.text)) {
      search_.Add(number, place++, word);
    }
    place = std::int64_t{1} << 40;
    for (const std::string& word : tokenizer_.WordsOf(story.article.headline.value_or(""))) {
      search_.Add(number, place++, word);
    }
    AddRows(archive::EventWords(story, number, tokenizer_), events_);
    AddRows(archive::QuoteWords(story, number, tokenizer_), quotes_);
  }

  void AddRows(const std::vector<archive::FactWords>& rows, Sum& sum) {
    for (const archive::FactWords& row : rows) {
      auto words = tokenizer_.WordsOf(row.words);
      std::ranges::sort(words);
      words.erase(std::ranges::unique(words).begin(), words.end());
      for (const std::string& word : words) sum.Add(row.rowid, 0, word);
    }
  }

  void Wrong(const Statement& row, std::string_view what) {
    Note(fmt::format("story {}: {}", row.Number(0), what));
  }

  Database& database_;
  archive::StoryStore& store_;
  archive::Tokenizer tokenizer_;
  std::size_t limit_;
  std::vector<std::string> found_;
  bool unread_ = false;  ///< not all stories could be read, so the sums are not of all
  Sum search_;
  Sum events_;
  Sum quotes_;
  Sum identities_;
};

}  // namespace

Result<std::vector<std::string>> Archive::Check(std::size_t limit) {
  return Checker(*impl_->database, impl_->Store(), limit).Run();
}

}  // namespace dateline
