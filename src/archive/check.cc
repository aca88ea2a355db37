// Everything that must hold in an archive, looked at from the file up to the facts.
#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <utility>

#include "archive/compress.h"
#include "archive/impl.h"
#include "dateline/archive.h"
#include "dateline/record.h"

namespace dateline {

using archive::Database;
using archive::Statement;

namespace {

struct SpannedTable {
  std::string_view name;
  std::string_view number;
};

constexpr std::array<SpannedTable, 7> kSpanned = {{{"sentences", "sentence"},
                                                   {"roles", "role"},
                                                   {"mentions", "mention"},
                                                   {"times", "time"},
                                                   {"places", "place"},
                                                   {"attributions", "attribution"},
                                                   {"related", "link"}}};

/// Statements that give a row for each thing that is wrong, and what to say of it.
struct Rule {
  std::string_view sql;
  std::string_view says;
};

constexpr std::array<Rule, 16> kRules = {{
    {"SELECT story FROM stories WHERE story NOT IN (SELECT story FROM texts)", "has no text"},
    {"SELECT story FROM stories WHERE story NOT IN (SELECT story FROM records)", "has no record"},
    {"SELECT m.story FROM mentions AS m LEFT JOIN entities AS e USING(story, entity) WHERE e.story "
     "IS NULL",
     "has a mention of an entity that is not there"},
    {"SELECT r.story FROM roles AS r LEFT JOIN entities AS e USING(story, entity) WHERE e.story IS "
     "NULL",
     "has a role of an entity that is not there"},
    {"SELECT a.story FROM attributions AS a LEFT JOIN entities AS e USING(story, entity) WHERE "
     "a.entity IS NOT NULL AND e.story IS NULL",
     "quotes an entity that is not there"},
    {"SELECT x.story FROM event_actors AS x LEFT JOIN events AS v USING(story, event) WHERE "
     "v.story "
     "IS NULL",
     "has an actor of an event that is not there"},
    {"SELECT v.story FROM events AS v LEFT JOIN attributions AS a USING(story, attribution) WHERE "
     "v.attribution IS NOT NULL AND a.story IS NULL",
     "has an event in a quote that is not there"},
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
     "IS NULL) <> (c.story IS NOT NULL) OR length(x.terms) % 4 <> 0",
     "has terms of a cluster where a copy has none, or none where it should"},
    {"SELECT r.story FROM related AS r LEFT JOIN headlines AS h ON h.key = r.key AND h.story = "
     "r.target WHERE r.target IS NOT NULL AND h.story IS NULL",
     "points to a story with another headline"},
}};

class Checker {
 public:
  Checker(Database& database, std::size_t limit) : database_(database), limit_(limit) {}

  std::vector<std::string> Run() {
    CheckFile();
    CheckIndex("search", "texts");
    CheckIndex("name_search", "names");
    for (const Rule& rule : kRules) CheckRule(rule);
    for (const SpannedTable& table : kSpanned) {
      CheckSpans(table.name, table.number, "start", "\"end\"");
    }
    CheckSpans("events", "event", "trigger_start", "trigger_end");
    CheckSpans("events", "event", "start", "\"end\"");
    CheckSpans("event_actors", "event", "start", "\"end\"");
    CheckInputs();
    CheckStories();
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

  void CheckIndex(std::string_view index, std::string_view table) {
    database_.Run(
        fmt::format("INSERT INTO {0}({0}, rank) VALUES('integrity-check', 1)", index).c_str());
    if (!database_.TakeFailure()) return;
    Note(
        fmt::format("index {}: does not agree with the table {}; mend it with sqlite3: INSERT INTO "
                    "{}({}) VALUES('rebuild')",
                    index, table, index, index));
  }

  void CheckRule(const Rule& rule) {
    Statement wrong(database_, rule.sql);
    while (!Full() && wrong.Step()) Note(fmt::format("story {}: {}", wrong.Number(0), rule.says));
    NoteFailure("facts");
  }

  void CheckSpans(std::string_view table, std::string_view number, std::string_view start,
                  std::string_view end) {
    Statement wrong(database_,
                    fmt::format("SELECT f.story, f.{1} FROM {0} AS f JOIN texts AS t USING(story) "
                                "WHERE f.{2} < 0 OR f.{2} > f.{3} OR f.{3} > length(CAST(t.text AS "
                                "BLOB))",
                                table, number, start, end));
    while (!Full() && wrong.Step()) {
      Note(fmt::format("story {}: {} {} lies outside the text", wrong.Number(0), number,
                       wrong.Number(1)));
    }
    NoteFailure(table);
  }

  void CheckInputs() {
    Statement all(
        database_,
        "SELECT i.input, i.hash, i.original, i.size, c.bytes, t.text FROM inputs AS i LEFT "
        "JOIN contexts AS c USING(context) LEFT JOIN texts AS t ON t.story = i.dictionary");
    while (!Full() && all.Step()) {
      const auto bytes = archive::Decompress(all.Bytes(2), all.Text(5));
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
                  "SELECT r.story, r.record, lower(hex(s.hash)), t.text, t.headline, "
                  "(SELECT count(*) FROM sentences AS f WHERE f.story = r.story), "
                  "(SELECT count(*) FROM entities AS f WHERE f.story = r.story), "
                  "(SELECT count(*) FROM times AS f WHERE f.story = r.story), "
                  "(SELECT count(*) FROM places AS f WHERE f.story = r.story), "
                  "(SELECT count(*) FROM attributions AS f WHERE f.story = r.story), "
                  "(SELECT count(*) FROM events AS f WHERE f.story = r.story) "
                  "FROM records AS r JOIN stories AS s USING(story) JOIN texts AS t USING(story)");
    while (!Full() && all.Step()) {
      const auto json = archive::Decompress(all.Bytes(1), all.Text(3));
      const auto story = json ? ReadRecord(*json) : std::unexpected(json.error());
      if (!story) {
        Note(fmt::format("story {}: the record cannot be read: {}", all.Number(0),
                         story.error().Text()));
      } else {
        CompareStory(all, *story);
      }
    }
    NoteFailure("stories");
  }

  void CompareStory(const Statement& row, const Story& story) {
    if (story.id != row.Text(2)) Wrong(row, "the record is of another story");
    if (story.text != row.Text(3)) Wrong(row, "the text is not the record's");
    if (story.article.headline.value_or("") != row.Text(4)) {
      Wrong(row, "the headline is not the record's");
    }
    const std::array<std::pair<std::string_view, std::size_t>, 6> counts = {
        {{"sentences", story.sentences.size()},
         {"entities", story.entities.size()},
         {"times", story.times.size()},
         {"places", story.places.size()},
         {"attributions", story.attributions.size()},
         {"events", story.events.size()}}};
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const auto have = static_cast<std::size_t>(row.Number(5 + static_cast<int>(i)));
      if (have == counts[i].second) continue;
      Wrong(row, fmt::format("has {} {} where the record has {}", have, counts[i].first,
                             counts[i].second));
    }
  }

  void Wrong(const Statement& row, std::string_view what) {
    Note(fmt::format("story {}: {}", row.Number(0), what));
  }

  Database& database_;
  std::size_t limit_;
  std::vector<std::string> found_;
};

}  // namespace

Result<std::vector<std::string>> Archive::Check(std::size_t limit) {
  return Checker(*impl_->database, limit).Run();
}

}  // namespace dateline
