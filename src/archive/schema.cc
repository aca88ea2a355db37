#include "archive/schema.h"

#include <fmt/format.h>

#include <utility>

#include "archive/facts.h"
#include "archive/hash_index.h"
#include "archive/identity_schema.h"
#include "archive/repack.h"
#include "archive/same_schema.h"
#include "archive/views.h"

namespace dateline::archive {
namespace {

// All facts of a story are keyed by its number and their own, counted from 1 as in the record's ids
// (entity 3 is "e3"), so that a story's facts lie side by side and new ones are put at the end.
// `search` is kept by this program and not by triggers: with trusted_schema off, SQLite 3.40 lets
// no trigger touch a virtual table.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE runs(
  run INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  program TEXT NOT NULL,
  tables TEXT NOT NULL,
  model TEXT NOT NULL,
  options TEXT NOT NULL
);
CREATE TABLE contexts(
  context INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  bytes BLOB NOT NULL
);
CREATE TABLE inputs(
  input INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
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
CREATE TABLE stories(
  story INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
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
CREATE INDEX stories_published ON stories(published);
CREATE TABLE texts(
  story INTEGER PRIMARY KEY REFERENCES stories,
  headline TEXT,
  text TEXT NOT NULL
);
CREATE VIRTUAL TABLE search USING fts5(
  headline, text, content='texts', content_rowid='story',
  tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO search(search, rank) VALUES('rank', 'bm25(4.0, 1.0)');
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
CREATE TABLE records(
  story INTEGER PRIMARY KEY REFERENCES stories,
  record BLOB NOT NULL
);
CREATE TABLE sentences(
  story INTEGER NOT NULL REFERENCES stories,
  sentence INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, sentence)
) WITHOUT ROWID;
CREATE TABLE names(
  name INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE name_search USING fts5(
  text, content='names', content_rowid='name', tokenize="unicode61 remove_diacritics 2"
);
CREATE TABLE entities(
  story INTEGER NOT NULL REFERENCES stories,
  entity INTEGER NOT NULL,
  type TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  country TEXT,
  actor TEXT,
  PRIMARY KEY(story, entity)
) WITHOUT ROWID;
CREATE INDEX entities_name ON entities(name);
CREATE TABLE roles(
  story INTEGER NOT NULL REFERENCES stories,
  role INTEGER NOT NULL,
  entity INTEGER NOT NULL,
  title TEXT NOT NULL,
  of TEXT,
  time TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, role)
) WITHOUT ROWID;
CREATE TABLE mentions(
  story INTEGER NOT NULL REFERENCES stories,
  mention INTEGER NOT NULL,
  entity INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, mention)
) WITHOUT ROWID;
CREATE TABLE times(
  story INTEGER NOT NULL REFERENCES stories,
  time INTEGER NOT NULL,
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  mod TEXT,
  first_day TEXT,
  last_day TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, time)
) WITHOUT ROWID;
CREATE TABLE places(
  story INTEGER NOT NULL REFERENCES stories,
  place INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  country TEXT,
  admin1 TEXT,
  lat REAL,
  lon REAL,
  geonameid INTEGER,
  literal INTEGER NOT NULL,
  precision TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, place)
) WITHOUT ROWID;
CREATE TABLE attributions(
  story INTEGER NOT NULL REFERENCES stories,
  attribution INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entity INTEGER,
  source TEXT,
  cue TEXT,
  lemma TEXT,
  negated INTEGER NOT NULL,
  modal TEXT,
  inside INTEGER,
  confidence REAL NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, attribution)
) WITHOUT ROWID;
CREATE TABLE events(
  story INTEGER NOT NULL REFERENCES stories,
  event INTEGER NOT NULL,
  cameo TEXT NOT NULL,
  plover TEXT NOT NULL,
  mode TEXT,
  quad INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  status TEXT NOT NULL,
  date TEXT,
  place INTEGER REFERENCES names,
  country TEXT,
  lat REAL,
  lon REAL,
  attribution INTEGER,
  means TEXT,
  confidence REAL NOT NULL,
  rule TEXT NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, event)
) WITHOUT ROWID;
CREATE INDEX events_cameo ON events(cameo, date);
CREATE INDEX events_date ON events(date);
CREATE INDEX events_place ON events(place) WHERE place IS NOT NULL;
CREATE TABLE event_actors(
  story INTEGER NOT NULL REFERENCES stories,
  event INTEGER NOT NULL,
  side TEXT NOT NULL,
  number INTEGER NOT NULL,
  entity INTEGER,
  actor TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, event, side, number)
) WITHOUT ROWID;
CREATE INDEX event_actors_actor ON event_actors(actor);
CREATE INDEX event_actors_name ON event_actors(name);
CREATE TABLE bands(
  band INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES stories,
  PRIMARY KEY(band, story)
) WITHOUT ROWID;
CREATE TABLE copies(
  story INTEGER PRIMARY KEY REFERENCES stories,
  original INTEGER NOT NULL REFERENCES stories,
  similarity REAL NOT NULL
);
CREATE INDEX copies_original ON copies(original);

CREATE VIEW articles AS
SELECT s.story, lower(hex(s.hash)) AS id, s.published, t.headline, s.publisher, s.agencies,
       s.authors, s.section, s.location, s.description, s.url, s.path, s.words, c.original AS copy_of,
       t.text
FROM stories AS s JOIN texts AS t USING(story) LEFT JOIN copies AS c USING(story);

CREATE VIEW sentence_texts AS
SELECT s.story, s.sentence, s.start, s."end",
       CAST(substr(CAST(t.text AS BLOB), s.start + 1, s."end" - s.start) AS TEXT) AS text
FROM sentences AS s JOIN texts AS t USING(story);

CREATE VIEW people AS
SELECT e.story, e.entity, n.text AS name, e.country, e.actor,
       (SELECT title FROM roles AS r WHERE r.story = e.story AND r.entity = e.entity
        ORDER BY r.role LIMIT 1) AS title,
       s.published
FROM entities AS e JOIN names AS n USING(name) JOIN stories AS s USING(story)
WHERE e.type = 'person';

CREATE VIEW quotes AS
SELECT a.story, a.attribution, s.published, t.headline,
       coalesce(n.text, a.source) AS speaker,
       (SELECT title FROM roles AS r WHERE r.story = a.story AND r.entity = a.entity
        ORDER BY r.role LIMIT 1) AS title,
       e.country, e.actor, a.kind, a.cue, a.negated,
       CAST(substr(CAST(t.text AS BLOB), a.start + 1, a."end" - a.start) AS TEXT) AS quote,
       a.inside, a.confidence
FROM attributions AS a JOIN stories AS s USING(story) JOIN texts AS t USING(story)
LEFT JOIN entities AS e USING(story, entity) LEFT JOIN names AS n USING(name);

CREATE VIEW who_did_what AS
SELECT v.story, v.event, v.date, s.published, v.cameo, substr(v.cameo, 1, 2) AS root, v.plover,
       v.mode, v.quad, v.goldstein, v.status,
       (SELECT group_concat(actor, '|') FROM event_actors AS x
        WHERE x.story = v.story AND x.event = v.event AND side = 'source') AS source,
       (SELECT group_concat(text, '|') FROM event_actors AS x JOIN names USING(name)
        WHERE x.story = v.story AND x.event = v.event AND side = 'source') AS source_name,
       (SELECT group_concat(actor, '|') FROM event_actors AS x
        WHERE x.story = v.story AND x.event = v.event AND side = 'target') AS target,
       (SELECT group_concat(text, '|') FROM event_actors AS x JOIN names USING(name)
        WHERE x.story = v.story AND x.event = v.event AND side = 'target') AS target_name,
       p.text AS place, v.country, v.lat, v.lon, v.confidence, t.headline,
       CAST(substr(CAST(t.text AS BLOB), v.start + 1, v."end" - v.start) AS TEXT) AS evidence
FROM events AS v JOIN stories AS s USING(story) JOIN texts AS t USING(story)
LEFT JOIN names AS p ON p.name = v.place;

CREATE VIEW events_geo AS SELECT * FROM who_did_what WHERE lat IS NOT NULL;

CREATE VIEW who_met_whom AS
SELECT v.date, a.text AS one, b.text AS other, x.actor AS one_actor, y.actor AS other_actor,
       v.cameo, v.mode, v.status, p.text AS place, v.country, v.story, v.event
FROM events AS v
JOIN event_actors AS x ON x.story = v.story AND x.event = v.event AND x.side = 'source'
JOIN event_actors AS y ON y.story = v.story AND y.event = v.event AND y.side = 'target'
JOIN names AS a ON a.name = x.name JOIN names AS b ON b.name = y.name
LEFT JOIN names AS p ON p.name = v.place
WHERE v.cameo >= '04' AND v.cameo < '05';
)sql";

// Version 4. What was a row a fact is packed into a row a story (facts.h), and tables become
// views of it. The stories themselves are brought over by Repack, from `old_texts` and
// `old_records`.
constexpr const char* kTablesOfVersion4 = R"sql(
DROP VIEW happenings; DROP VIEW story_clusters; DROP VIEW related_stories;
DROP VIEW corrected_events; DROP VIEW event_corrections;
DROP VIEW articles; DROP VIEW sentence_texts; DROP VIEW people; DROP VIEW quotes;
DROP VIEW who_met_whom; DROP VIEW events_geo; DROP VIEW who_did_what;
DROP TABLE search;
ALTER TABLE texts RENAME TO old_texts;
ALTER TABLE records RENAME TO old_records;
DROP TABLE sentences; DROP TABLE entities; DROP TABLE roles; DROP TABLE mentions; DROP TABLE times;
DROP TABLE places; DROP TABLE attributions; DROP TABLE events; DROP TABLE event_actors;
DROP TABLE bands;
CREATE TABLE words(code BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE packed_texts(
  story INTEGER PRIMARY KEY REFERENCES stories,
  headline TEXT,
  words BLOB NOT NULL
);
CREATE TABLE codes(code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE terms(term INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE spots(
  spot INTEGER PRIMARY KEY,
  name INTEGER NOT NULL REFERENCES names,
  country TEXT,
  admin1 TEXT,
  lat REAL,
  lon REAL,
  geonameid INTEGER,
  precision TEXT
);
CREATE INDEX spots_name ON spots(name);
CREATE TABLE kinds(
  kind INTEGER PRIMARY KEY,
  cameo TEXT NOT NULL,
  plover TEXT NOT NULL,
  mode TEXT,
  quad INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  rule TEXT NOT NULL,
  ontology TEXT,
  contexts TEXT,
  date_from TEXT,
  place_from TEXT
);
CREATE INDEX kinds_cameo ON kinds(cameo);
CREATE TABLE time_values(
  time_value INTEGER PRIMARY KEY,
  value TEXT NOT NULL,
  type TEXT NOT NULL,
  mod TEXT,
  first_day TEXT,
  last_day TEXT
);
CREATE INDEX time_values_value ON time_values(value);
CREATE TABLE numbers(n INTEGER PRIMARY KEY);
WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 64)
INSERT INTO numbers SELECT n FROM up;
CREATE TABLE bands(bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE new_bands(story INTEGER PRIMARY KEY REFERENCES stories, keys BLOB NOT NULL);
CREATE VIRTUAL TABLE event_search USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE quote_search USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
)sql";

/// Headlines come second in the index: a place in the first column costs two bytes less.
constexpr const char* kSearchOfVersion4 = R"sql(
CREATE VIRTUAL TABLE search USING fts5(
  text, headline, content='texts', content_rowid='story',
  tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO search(search, rank) VALUES('rank', 'bm25(1.0, 4.0)');
INSERT INTO search(search, rank) VALUES('hashsize', 33554432);
)sql";

std::string FactTable() {
  std::string sql =
      "CREATE TABLE facts(story INTEGER PRIMARY KEY REFERENCES stories, wide INTEGER NOT NULL";
  for (const FactLayout& layout : kFactLayouts) {
    if (&layout == &kFactLayouts.back()) continue;  // of version 8
    sql += fmt::format(", {} TEXT NOT NULL", layout.column);
  }
  return sql + ", exact BLOB NOT NULL, rest BLOB NOT NULL);";
}

Error NoArchive(const Database& database) {
  return {ErrorCode::kMalformed,
          "is an SQLite database and no archive of dateline; name another file", database.path()};
}

Error LaterVersion(const Database& database, std::int64_t version) {
  return {ErrorCode::kUnsupported,
          fmt::format("was written by a later dateline (schema {}, this program knows {}); use a "
                      "newer program",
                      version, SchemaVersion()),
          database.path()};
}

/// What the file says of itself.
struct Header {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool empty = false;
};

Result<Header> HeaderOf(Database& database) {
  Header header;
  header.application = database.Number("PRAGMA application_id");
  header.version = database.Number("PRAGMA user_version");
  header.empty = database.Number("SELECT count(*) FROM sqlite_master") == 0;
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return header;
}

Result<void> Apply(Database& database, std::int64_t from) {
  for (std::int64_t version = from; version < SchemaVersion(); ++version) {
    database.Run(Migrations()[static_cast<std::size_t>(version)]);
  }
  if (auto repacked = Repack(database); !repacked) return repacked;
  if (from >= 4 && from < 7) {
    if (auto indexed = IndexFactsAnew(database); !indexed) return indexed;
  }
  if (from < 7) {
    if (auto packed = PackSignaturesAnew(database); !packed) return packed;
  }
  database.Run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId,
                           SchemaVersion())
                   .c_str());
  if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

}  // namespace

const std::vector<const char*>& Migrations() {
  static const std::string packed =
      kTablesOfVersion4 + FactTable() + PackedSameViews() + kSearchOfVersion4;
  // Version 5: `event_actors` counts the actors of a side alone.
  static const std::string views = DropViews() + MakeViews();
  static const std::string identities = IdentityTables();
  static const std::string links = PackedIdentityTables() + ClusterDays();
  // Version 8: under which names the tables know entities.
  static const std::string known = "ALTER TABLE facts ADD COLUMN known TEXT NOT NULL DEFAULT '';" +
                                   KnownView() + KnownIdentities();
  static const std::vector<const char*> scripts = {
      kVersion1,          ClusterTables(), CorrectionTables(), packed.c_str(),  views.c_str(),
      identities.c_str(), links.c_str(),   known.c_str(),      CorrectionIds(), HashTables()};
  return scripts;
}

Result<void> Migrate(Database& database) {
  // Under the lock of a writer, so that two programs that create the same file do not meet.
  Transaction transaction(database);
  DATELINE_TRY(const Header header, HeaderOf(database));
  const bool fresh = header.empty && header.application == 0;
  if (!fresh && header.application != kApplicationId) return std::unexpected(NoArchive(database));
  if (header.version > SchemaVersion()) {
    return std::unexpected(LaterVersion(database, header.version));
  }
  if (fresh || header.version < SchemaVersion()) {
    if (auto applied = Apply(database, header.version); !applied) return applied;
  }
  return transaction.Commit();
}

Result<void> CheckVersion(Database& database) {
  DATELINE_TRY(const Header header, HeaderOf(database));
  if (header.empty && header.application == 0) {
    return Fail(ErrorCode::kMalformed,
                "is empty: 'dateline add' was ended before it had made the tables; run it again",
                database.path());
  }
  if (header.application != kApplicationId) return std::unexpected(NoArchive(database));
  if (header.version > SchemaVersion()) {
    return std::unexpected(LaterVersion(database, header.version));
  }
  if (header.version < SchemaVersion()) {
    return Fail(ErrorCode::kUnsupported,
                "was written by an earlier dateline; run 'dateline add' on it once to bring it up "
                "to date",
                database.path());
  }
  return {};
}

}  // namespace dateline::archive
