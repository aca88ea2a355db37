#include "archive/identity_schema.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace dateline::archive {
namespace {

/// In the order of IdentityRule.
constexpr std::array<std::string_view, 11> kRuleNames = {"new",     "single", "name",    "fuller",
                                                         "initial", "order",  "acronym", "cluster",
                                                         "role",    "user",   "known"};

// Counts and days are kept with the identity: to ask the stories would cost as many as there are.
// `same_as` is the identity itself but for corrections, and so has an index.
constexpr const char* kTables = R"sql(
CREATE TABLE identities(
  identity INTEGER PRIMARY KEY,
  same_as INTEGER NOT NULL REFERENCES identities,
  type TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES names,
  country TEXT,
  sector TEXT,
  gender INTEGER,
  sure INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  first_day TEXT,
  last_day TEXT
);
CREATE INDEX identities_same_as ON identities(same_as);
CREATE TABLE identity_entities(
  story INTEGER NOT NULL REFERENCES stories,
  entity INTEGER NOT NULL,
  identity INTEGER NOT NULL REFERENCES identities,
  rule INTEGER NOT NULL,
  sure INTEGER NOT NULL,
  PRIMARY KEY(story, entity)
) WITHOUT ROWID;
CREATE INDEX identity_entities_identity ON identity_entities(identity);
CREATE TABLE identity_names(
  name INTEGER NOT NULL REFERENCES names,
  identity INTEGER NOT NULL REFERENCES identities,
  PRIMARY KEY(name, identity)
) WITHOUT ROWID;
CREATE INDEX identity_names_identity ON identity_names(identity);
CREATE TABLE identity_keys(
  key INTEGER NOT NULL,
  identity INTEGER NOT NULL REFERENCES identities,
  PRIMARY KEY(key, identity)
) WITHOUT ROWID;
CREATE TABLE identity_progress(story INTEGER NOT NULL);
INSERT INTO identity_progress VALUES(0);
)sql";

// SQLite cannot change what a column may hold: the table is made anew.
constexpr const char* kCorrections = R"sql(
DROP VIEW corrected_events;
DROP VIEW event_corrections;
CREATE TABLE new_corrections(
  correction INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('notAnEvent', 'code', 'anotherEntity', 'sameEntity')),
  story INTEGER NOT NULL REFERENCES stories,
  fact INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  machine TEXT NOT NULL,
  value TEXT,
  plover TEXT,
  quad INTEGER,
  goldstein REAL,
  note TEXT,
  undone TEXT,
  found INTEGER REFERENCES identities,
  identity INTEGER REFERENCES identities
);
INSERT INTO new_corrections SELECT *, NULL, NULL FROM corrections;
DROP TABLE corrections;
ALTER TABLE new_corrections RENAME TO corrections;
CREATE INDEX corrections_story ON corrections(story) WHERE undone IS NULL;

CREATE VIEW event_corrections AS
SELECT k.correction, v.story, v.event, k.kind, v.cameo AS machine, k.value, k.plover, k.quad,
       k.goldstein, k.made, k.note
FROM corrections AS k CROSS JOIN events AS v
  ON v.story = k.story AND v.trigger_start = k.start AND v.trigger_end = k."end"
     AND v.cameo = k.machine
WHERE k.undone IS NULL AND k.kind IN ('notAnEvent', 'code')
  AND (v.event = k.fact OR NOT EXISTS (
    SELECT 1 FROM events AS w WHERE w.story = k.story AND w.event = k.fact
      AND w.trigger_start = k.start AND w.trigger_end = k."end" AND w.cameo = k.machine));

CREATE VIEW corrected_events AS
SELECT w.story, w.event, w.date, w.published, coalesce(k.value, w.cameo) AS cameo,
       coalesce(k.plover, w.plover) AS plover, coalesce(k.quad, w.quad) AS quad,
       coalesce(k.goldstein, w.goldstein) AS goldstein, w.status, w.source, w.source_name,
       w.target, w.target_name, w.place, w.country, w.evidence,
       CASE WHEN k.value IS NOT NULL THEN w.cameo END AS machine, k.correction
FROM who_did_what AS w
LEFT JOIN event_corrections AS k ON k.story = w.story AND k.event = w.event AND k.kind = 'code'
WHERE NOT EXISTS (SELECT 1 FROM event_corrections AS n
                  WHERE n.story = w.story AND n.event = w.event AND n.kind = 'notAnEvent');

CREATE VIEW entity_corrections AS
SELECT k.correction, e.story, e.entity, k.kind, k.machine AS name, k.found, k.identity, k.made,
       k.note
FROM corrections AS k CROSS JOIN entities AS e ON e.story = k.story
CROSS JOIN names AS n ON n.name = e.name AND n.text = k.machine
WHERE k.undone IS NULL AND k.kind IN ('anotherEntity', 'sameEntity')
  AND EXISTS (SELECT 1 FROM mentions AS m WHERE m.story = e.story AND m.entity = e.entity
                AND m.start = k.start AND m."end" = k."end");
)sql";

// Version 7. What was a row an entity is a row a story, and what stories an identity has is told by
// an index of FTS5, which takes three bytes for each and not fourteen. No view may ask that index
// (with trusted_schema off): `identity_roles` goes through all stories. 55000 is kNumberBase.
constexpr const char* kPackedLinks = R"sql(
DROP VIEW story_identities; DROP VIEW identity_roles;
CREATE TABLE identity_links(
  story INTEGER PRIMARY KEY REFERENCES stories,
  links TEXT NOT NULL
);
INSERT INTO identity_links SELECT story, group_concat(link, '') FROM (
  SELECT story, char(entity % 55000 + 1, entity / 55000 * 16 + rule + 1, identity % 55000 + 1,
                     identity / 55000 + 1, sure + 1) AS link
  FROM identity_entities ORDER BY story, entity)
GROUP BY story;
CREATE VIRTUAL TABLE identity_search USING fts5(
  words, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO identity_search(rowid, words) SELECT story, group_concat(DISTINCT identity)
FROM identity_entities GROUP BY story ORDER BY story;
DROP TABLE identity_entities;
CREATE VIEW identity_entities AS
SELECT x.story, x.low - 1 + (x.high - 1) / 16 * 55000 AS entity, x.identity, (x.high - 1) % 16 AS rule,
       x.sure
FROM (SELECT l.story, unicode(substr(l.links, 5 * n - 4, 1)) AS low,
             unicode(substr(l.links, 5 * n - 3, 1)) AS high,
             unicode(substr(l.links, 5 * n - 2, 1)) - 1 +
             (unicode(substr(l.links, 5 * n - 1, 1)) - 1) * 55000 AS identity,
             unicode(substr(l.links, 5 * n, 1)) - 1 AS sure
      FROM identity_links AS l CROSS JOIN numbers ON n <= length(l.links) / 5) AS x;
)sql";

constexpr const char* kRolesOfVersion7 = R"sql(
CREATE VIEW identity_roles AS
SELECT i.same_as AS identity, r.title, r.of, r.time, count(DISTINCT x.story) AS stories,
       min(substr(s.published, 1, 10)) AS first_day, max(substr(s.published, 1, 10)) AS last_day
FROM identity_entities AS x JOIN identities AS i ON i.identity = x.identity
CROSS JOIN roles AS r ON r.story = x.story AND r.entity = x.entity
CROSS JOIN stories AS s ON s.story = x.story
GROUP BY i.same_as, r.title, r.of, r.time;
)sql";

constexpr const char* kViews = R"sql(
CREATE VIEW identity_roles AS
SELECT i.same_as AS identity, r.title, r.of, r.time, count(DISTINCT x.story) AS stories,
       min(substr(s.published, 1, 10)) AS first_day, max(substr(s.published, 1, 10)) AS last_day
FROM identities AS i CROSS JOIN identity_entities AS x ON x.identity = i.identity
CROSS JOIN roles AS r ON r.story = x.story AND r.entity = x.entity
CROSS JOIN stories AS s ON s.story = x.story
GROUP BY i.same_as, r.title, r.of, r.time;

CREATE VIEW who_is_who AS
SELECT i.identity, i.type, n.text AS name,
       (SELECT group_concat(text, '|') FROM
          (SELECT DISTINCT m.text FROM identities AS j CROSS JOIN identity_names AS a
             ON a.identity = j.identity CROSS JOIN names AS m ON m.name = a.name
           WHERE j.same_as = i.identity AND a.name <> i.name ORDER BY m.text)) AS aliases,
       (SELECT j.country FROM identities AS j WHERE j.same_as = i.identity AND j.country IS NOT NULL
        ORDER BY j.identity LIMIT 1) AS country,
       (SELECT sum(stories) FROM identities AS j WHERE j.same_as = i.identity) AS stories,
       (SELECT min(first_day) FROM identities AS j WHERE j.same_as = i.identity) AS first_day,
       (SELECT max(last_day) FROM identities AS j WHERE j.same_as = i.identity) AS last_day,
       (SELECT min(sure) / 1000.0 FROM identities AS j WHERE j.same_as = i.identity) AS confidence
FROM identities AS i JOIN names AS n ON n.name = i.name
WHERE i.same_as = i.identity
  AND EXISTS (SELECT 1 FROM identities AS j WHERE j.same_as = i.identity AND j.stories > 0);
)sql";

/// Entities with words for numbers.
std::string EntityView() {
  std::string reasons;
  for (std::size_t i = 0; i < kRuleNames.size(); ++i) {
    reasons += fmt::format(" WHEN {} THEN '{}'", i, kRuleNames.at(i));
  }
  return fmt::format(
      "CREATE VIEW story_identities AS SELECT x.story, x.entity, i.same_as AS identity, "
      "x.sure / 1000.0 AS confidence, CASE x.rule{} END AS reason FROM identity_entities AS x "
      "JOIN identities AS i ON i.identity = x.identity;",
      reasons);
}

}  // namespace

std::string IdentityTables() { return std::string(kTables) + kCorrections + EntityView() + kViews; }

std::string PackedIdentityTables() {
  return std::string(kPackedLinks) + EntityView() + kRolesOfVersion7;
}

std::string KnownIdentities() {
  return "ALTER TABLE identities ADD COLUMN known INTEGER REFERENCES terms; DROP VIEW "
         "story_identities;" +
         EntityView();
}

std::string_view IdentityRuleName(std::int64_t rule) {
  return rule >= 0 && rule < static_cast<std::int64_t>(kRuleNames.size())
             ? kRuleNames.at(static_cast<std::size_t>(rule))
             : "";
}

}  // namespace dateline::archive
