#include "archive/hash_index.h"

#include <fmt/format.h>

namespace dateline::archive {
namespace {

constexpr std::int64_t kMostRows = 32768;        // that wait
constexpr std::uint64_t kFilteredFrom = 20'000;  // hashes looked for

/// What the filter tells hashes apart by: their first bytes.
std::uint64_t FirstBytes(std::string_view hash) {
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < sizeof first; ++i) {
    first = first << 8U | (i < hash.size() ? static_cast<std::uint8_t>(hash[i]) : 0U);
  }
  return first;
}

}  // namespace

// SQLite takes no UNIQUE from a column: the tables are made anew. The old way of renaming leaves
// alone what views and other tables say of them.
const char* HashTables() {
  return R"sql(
PRAGMA legacy_alter_table = ON;
CREATE TABLE inputs_anew(
  input INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  run INTEGER NOT NULL REFERENCES runs,
  path TEXT,
  line INTEGER,
  record INTEGER,
  position INTEGER,
  format TEXT NOT NULL,
  context INTEGER REFERENCES contexts,
  size INTEGER NOT NULL,
  dictionary INTEGER REFERENCES stories,
  original BLOB NOT NULL
);
INSERT INTO inputs_anew SELECT * FROM inputs;
DROP TABLE inputs;
ALTER TABLE inputs_anew RENAME TO inputs;
CREATE TABLE stories_anew(
  story INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  input INTEGER NOT NULL REFERENCES inputs,
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  published TEXT,
  modified TEXT,
  source_id TEXT,
  path TEXT,
  url TEXT,
  language TEXT,
  publisher TEXT,
  agencies TEXT,
  authors TEXT,
  section TEXT,
  keywords TEXT,
  dateline TEXT,
  location TEXT,
  description TEXT,
  correction TEXT,
  status TEXT,
  version TEXT,
  words INTEGER
);
INSERT INTO stories_anew SELECT * FROM stories;
DROP TABLE stories;
ALTER TABLE stories_anew RENAME TO stories;
CREATE INDEX stories_published ON stories(published);
PRAGMA legacy_alter_table = OFF;

CREATE TABLE input_hashes(hash BLOB PRIMARY KEY, input INTEGER NOT NULL REFERENCES inputs) WITHOUT ROWID;
CREATE TABLE new_input_hashes(hash BLOB PRIMARY KEY, input INTEGER NOT NULL REFERENCES inputs) WITHOUT ROWID;
INSERT INTO input_hashes SELECT hash, input FROM inputs ORDER BY hash;
CREATE TABLE story_hashes(hash BLOB PRIMARY KEY, story INTEGER NOT NULL REFERENCES stories) WITHOUT ROWID;
CREATE TABLE new_story_hashes(hash BLOB PRIMARY KEY, story INTEGER NOT NULL REFERENCES stories) WITHOUT ROWID;
INSERT INTO story_hashes SELECT hash, story FROM stories ORDER BY hash;
CREATE TABLE new_headlines(
  key INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES stories,
  PRIMARY KEY(key, story)
) WITHOUT ROWID;
CREATE VIEW inputs_by_hash AS
SELECT hash, input FROM input_hashes UNION ALL SELECT hash, input FROM new_input_hashes;
CREATE VIEW stories_by_hash AS
SELECT hash, story FROM story_hashes UNION ALL SELECT hash, story FROM new_story_hashes;
CREATE VIEW stories_by_headline AS
SELECT key, story FROM headlines UNION SELECT key, story FROM new_headlines;
)sql";
}

SettledTable::SettledTable(Database& database, std::string_view table)
    : database_(database),
      count_(fmt::format("SELECT count(*) FROM new_{}", table)),
      settle_(database, fmt::format("INSERT OR IGNORE INTO {0} SELECT * FROM new_{0}", table)),
      clear_(database, fmt::format("DELETE FROM new_{}", table)) {}

void SettledTable::Added() {
  if (waiting_ >= 0) ++waiting_;
}

void SettledTable::Finish() {
  if (waiting_ < 0) waiting_ = database_.Number(count_.c_str());
  if (waiting_ < kMostRows) return;
  settle_.Run();
  clear_.Run();
  waiting_ = 0;
}

HashIndex::HashIndex(Database& database, std::string_view table)
    : database_(database),
      rows_(database, table),
      all_(fmt::format("SELECT hash FROM {0} UNION ALL SELECT hash FROM new_{0}", table)),
      // The number is the second column of both.
      find_(database, fmt::format("SELECT * FROM new_{0} WHERE hash = ?1 UNION ALL "
                                  "SELECT * FROM {0} WHERE hash = ?1 LIMIT 1",
                                  table)),
      add_(database, fmt::format("INSERT INTO new_{} VALUES(?, ?)", table)) {}

void HashIndex::Forget() {
  rows_.Forget();
  filter_.Clear();
  asked_ = 0;
}

void HashIndex::LoadFilter() {
  filter_.Fill();
  Statement all(database_, all_);
  while (all.Step()) filter_.Add(FirstBytes(all.Bytes(0)));
}

bool HashIndex::IsNowhere(std::string_view hash) {
  if (++asked_ < kFilteredFrom) return false;
  if (filter_.empty()) LoadFilter();
  return !filter_.MayHold(FirstBytes(hash));
}

std::int64_t HashIndex::Find(std::string_view hash) {
  if (IsNowhere(hash)) return 0;
  find_.Start(Blob{hash});
  const std::int64_t number = find_.Step() ? find_.Number(1) : 0;
  find_.Reset();
  return number;
}

void HashIndex::Add(std::string_view hash, std::int64_t number) {
  add_.Run(Blob{hash}, number);
  rows_.Added();
  if (!filter_.empty()) filter_.Add(FirstBytes(hash));
}

}  // namespace dateline::archive
