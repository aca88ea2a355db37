#include "archive/same_schema.h"

namespace dateline::archive {

// A cluster has the number of its first story, so that it needs none of its own.
const char* ClusterTables() {
  return R"sql(
CREATE TABLE clusters(
  cluster INTEGER PRIMARY KEY REFERENCES stories,
  title INTEGER NOT NULL REFERENCES stories,
  stories INTEGER NOT NULL,
  first_day TEXT,
  last_day TEXT
);
CREATE INDEX clusters_stories ON clusters(stories, last_day) WHERE stories > 1;
CREATE TABLE cluster_stories(
  story INTEGER PRIMARY KEY REFERENCES stories,
  cluster INTEGER NOT NULL REFERENCES clusters,
  day INTEGER,
  terms BLOB
);
CREATE INDEX cluster_stories_cluster ON cluster_stories(cluster);
CREATE INDEX cluster_stories_day ON cluster_stories(day) WHERE terms IS NOT NULL;
CREATE TABLE cluster_changes(
  change INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  cluster INTEGER NOT NULL,
  other INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES stories
);
CREATE TABLE headlines(
  key INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES stories,
  PRIMARY KEY(key, story)
) WITHOUT ROWID;
CREATE TABLE related(
  story INTEGER NOT NULL REFERENCES stories,
  link INTEGER NOT NULL,
  label TEXT,
  headline TEXT NOT NULL,
  url TEXT,
  key INTEGER NOT NULL,
  target INTEGER REFERENCES stories,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY(story, link)
) WITHOUT ROWID;
CREATE INDEX related_key ON related(key);

CREATE VIEW happenings AS
SELECT c.cluster, t.headline AS title, c.stories,
       (SELECT count(*) FROM cluster_stories AS x JOIN copies USING(story)
        WHERE x.cluster = c.cluster) AS copies,
       (SELECT count(DISTINCT s.publisher) FROM cluster_stories AS x JOIN stories AS s USING(story)
        WHERE x.cluster = c.cluster) AS outlets,
       c.first_day, c.last_day,
       (SELECT group_concat(text, '|') FROM
          (SELECT n.text FROM cluster_stories AS x JOIN entities AS e USING(story)
           JOIN names AS n USING(name)
           WHERE x.cluster = c.cluster AND e.type IN ('person', 'organization', 'country')
           GROUP BY e.name ORDER BY count(DISTINCT x.story) DESC, min(x.story), min(e.entity)
           LIMIT 5)) AS actors
FROM clusters AS c JOIN texts AS t ON t.story = c.title;

CREATE VIEW story_clusters AS
SELECT x.cluster, x.story, s.published, t.headline, s.publisher, c.original AS copy_of
FROM cluster_stories AS x JOIN stories AS s USING(story) JOIN texts AS t USING(story)
LEFT JOIN copies AS c USING(story);

CREATE VIEW related_stories AS
SELECT r.story, r.link, r.label, r.headline, r.target, s.published, s.publisher
FROM related AS r LEFT JOIN stories AS s ON s.story = r.target;
)sql";
}

// A correction names its event by where it stands in the text and the code that was found, so that
// it holds as long as the event is found there, whatever number it gets.
const char* CorrectionTables() {
  return R"sql(
CREATE TABLE corrections(
  correction INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('notAnEvent', 'code')),
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
  undone TEXT
);
CREATE INDEX corrections_story ON corrections(story) WHERE undone IS NULL;

CREATE VIEW event_corrections AS
SELECT k.correction, v.story, v.event, k.kind, v.cameo AS machine, k.value, k.plover, k.quad,
       k.goldstein, k.made, k.note
FROM corrections AS k JOIN events AS v
  ON v.story = k.story AND v.trigger_start = k.start AND v.trigger_end = k."end"
     AND v.cameo = k.machine
WHERE k.undone IS NULL
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
)sql";
}

// The same views once facts and texts are packed. What is corrected and what is in a cluster is
// looked up first: CROSS JOIN keeps that order.
const char* PackedSameViews() {
  return R"sql(
CREATE VIEW happenings AS
SELECT c.cluster, t.headline AS title, c.stories,
       (SELECT count(*) FROM cluster_stories AS x JOIN copies USING(story)
        WHERE x.cluster = c.cluster) AS copies,
       (SELECT count(DISTINCT s.publisher) FROM cluster_stories AS x JOIN stories AS s USING(story)
        WHERE x.cluster = c.cluster) AS outlets,
       c.first_day, c.last_day,
       (SELECT group_concat(text, '|') FROM
          (SELECT n.text FROM cluster_stories AS x CROSS JOIN entities AS e USING(story)
           CROSS JOIN names AS n USING(name)
           WHERE x.cluster = c.cluster AND e.type IN ('person', 'organization', 'country')
           GROUP BY e.name ORDER BY count(DISTINCT x.story) DESC, min(x.story), min(e.entity)
           LIMIT 5)) AS actors
FROM clusters AS c JOIN packed_texts AS t ON t.story = c.title;

CREATE VIEW story_clusters AS
SELECT x.cluster, x.story, s.published, t.headline, s.publisher, c.original AS copy_of
FROM cluster_stories AS x JOIN stories AS s USING(story) JOIN packed_texts AS t USING(story)
LEFT JOIN copies AS c USING(story);

CREATE VIEW related_stories AS
SELECT r.story, r.link, r.label, r.headline, r.target, s.published, s.publisher
FROM related AS r LEFT JOIN stories AS s ON s.story = r.target;

CREATE VIEW event_corrections AS
SELECT k.correction, v.story, v.event, k.kind, v.cameo AS machine, k.value, k.plover, k.quad,
       k.goldstein, k.made, k.note
FROM corrections AS k CROSS JOIN events AS v
  ON v.story = k.story AND v.trigger_start = k.start AND v.trigger_end = k."end"
     AND v.cameo = k.machine
WHERE k.undone IS NULL
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
)sql";
}

// Version 7: of a story alone the day is kept once.
const char* ClusterDays() {
  return R"sql(
UPDATE clusters SET last_day = NULL WHERE stories = 1;
DROP VIEW happenings;
CREATE VIEW happenings AS
SELECT c.cluster, t.headline AS title, c.stories,
       (SELECT count(*) FROM cluster_stories AS x JOIN copies USING(story)
        WHERE x.cluster = c.cluster) AS copies,
       (SELECT count(DISTINCT s.publisher) FROM cluster_stories AS x JOIN stories AS s USING(story)
        WHERE x.cluster = c.cluster) AS outlets,
       c.first_day, coalesce(c.last_day, c.first_day) AS last_day,
       (SELECT group_concat(text, '|') FROM
          (SELECT n.text FROM cluster_stories AS x CROSS JOIN entities AS e USING(story)
           CROSS JOIN names AS n USING(name)
           WHERE x.cluster = c.cluster AND e.type IN ('person', 'organization', 'country')
           GROUP BY e.name ORDER BY count(DISTINCT x.story) DESC, min(x.story), min(e.entity)
           LIMIT 5)) AS actors
FROM clusters AS c JOIN packed_texts AS t ON t.story = c.title;
)sql";
}

// Version 9: two corrections that say the same within one second are two. Those made before have no
// id.
const char* CorrectionIds() {
  return R"sql(
ALTER TABLE corrections ADD COLUMN id BLOB;
CREATE UNIQUE INDEX corrections_id ON corrections(id);
)sql";
}

}  // namespace dateline::archive
