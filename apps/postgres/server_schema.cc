#include "postgres/server_schema.h"

#include <fmt/format.h>

namespace dateline::postgres {
namespace {

// Stories, inputs, runs and corrections are named by a hash of what they are (128 bits, a uuid to
// PostgreSQL), so that archives that know nothing of each other name the same thing the same.
// A tsvector holds at most 1 MB: 100,000 characters never reach that.
constexpr const char* kTables = R"sql(
CREATE SCHEMA dateline;
COMMENT ON SCHEMA dateline IS 'stories read by dateline: docs/postgresql.md';
CREATE TABLE dateline.schema_version(version integer NOT NULL);
CREATE TABLE dateline.runs(
  run uuid PRIMARY KEY,
  started timestamptz NOT NULL,
  program text NOT NULL,
  tables text NOT NULL,
  model text NOT NULL,
  options text NOT NULL
);
CREATE TABLE dateline.contexts(context uuid PRIMARY KEY, bytes bytea NOT NULL);
CREATE TABLE dateline.inputs(
  input uuid PRIMARY KEY,
  run uuid NOT NULL REFERENCES dateline.runs,
  path text,
  line bigint,
  record bigint,
  position bigint,
  format text NOT NULL,
  context uuid REFERENCES dateline.contexts,
  size bigint NOT NULL,
  original bytea NOT NULL,
  arrival bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX ON dateline.inputs(run, arrival);
CREATE TABLE dateline.stories(
  story uuid PRIMARY KEY,
  input uuid NOT NULL REFERENCES dateline.inputs,
  run uuid NOT NULL REFERENCES dateline.runs,
  rebuilt timestamptz,
  number integer NOT NULL,
  published text,
  published_day date,
  published_at timestamptz,
  modified text,
  source_id text,
  path text,
  url text,
  language text,
  publisher text,
  agencies text,
  authors text,
  section text,
  keywords text,
  dateline text,
  location text,
  description text,
  correction text,
  status text,
  version text,
  words integer
);
CREATE INDEX ON dateline.stories(input);
CREATE INDEX ON dateline.stories(published_day);
CREATE INDEX ON dateline.stories(left(publisher, 200), published_day);
CREATE TABLE dateline.texts(
  story uuid PRIMARY KEY REFERENCES dateline.stories ON DELETE CASCADE,
  headline text,
  text text NOT NULL,
  search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', left(coalesce(headline, ''), 1000)), 'A') ||
    setweight(to_tsvector('simple', left(text, 100000)), 'B')) STORED
);
CREATE INDEX ON dateline.texts USING gin(search);
CREATE TABLE dateline.records(
  story uuid PRIMARY KEY REFERENCES dateline.stories ON DELETE CASCADE,
  record jsonb NOT NULL,
  exact bytea
);
CREATE TABLE dateline.sentences(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  sentence integer NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, sentence)
);
CREATE TABLE dateline.entities(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  entity integer NOT NULL,
  type text NOT NULL,
  name text NOT NULL,
  country text,
  actor text,
  PRIMARY KEY(story, entity)
);
CREATE INDEX ON dateline.entities(lower(left(name, 200)) text_pattern_ops);
CREATE INDEX ON dateline.entities(actor text_pattern_ops) WHERE actor IS NOT NULL;
CREATE TABLE dateline.roles(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  role integer NOT NULL,
  entity integer NOT NULL,
  title text NOT NULL,
  "of" text,
  "time" text,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, role)
);
CREATE TABLE dateline.mentions(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  mention integer NOT NULL,
  entity integer NOT NULL,
  kind text NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, mention)
);
CREATE TABLE dateline.times(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  "time" integer NOT NULL,
  type text NOT NULL,
  value text NOT NULL,
  mod text,
  first_day date,
  last_day date,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, "time")
);
CREATE TABLE dateline.places(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  place integer NOT NULL,
  name text NOT NULL,
  country text,
  admin1 text,
  lat double precision,
  lon double precision,
  geonameid bigint,
  literal boolean NOT NULL,
  precision text,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, place)
);
CREATE TABLE dateline.attributions(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  attribution integer NOT NULL,
  kind text NOT NULL,
  entity integer,
  source text,
  cue text,
  lemma text,
  negated boolean NOT NULL,
  modal text,
  inside integer,
  confidence double precision NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, attribution)
);
CREATE TABLE dateline.said(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  passage integer NOT NULL,
  attribution integer NOT NULL,
  part text NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, passage)
);
CREATE TABLE dateline.events(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  event integer NOT NULL,
  cameo text NOT NULL,
  plover text NOT NULL,
  mode text,
  quad integer NOT NULL,
  goldstein double precision NOT NULL,
  status text NOT NULL,
  date text,
  day date,
  place text,
  country text,
  lat double precision,
  lon double precision,
  attribution integer,
  means text,
  confidence double precision NOT NULL,
  rule text NOT NULL,
  trigger_start integer NOT NULL,
  trigger_end integer NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, event)
);
CREATE INDEX ON dateline.events(day);
CREATE INDEX ON dateline.events(cameo text_pattern_ops, day);
CREATE TABLE dateline.event_actors(
  story uuid NOT NULL REFERENCES dateline.stories ON DELETE CASCADE,
  event integer NOT NULL,
  side text NOT NULL,
  number integer NOT NULL,
  entity integer,
  actor text NOT NULL,
  name text NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  PRIMARY KEY(story, event, side, number)
);
CREATE INDEX ON dateline.event_actors(actor text_pattern_ops, side);
CREATE TABLE dateline.cluster_stories(
  story uuid PRIMARY KEY REFERENCES dateline.stories ON DELETE CASCADE,
  cluster uuid NOT NULL,
  title uuid NOT NULL,
  copy_of uuid,
  similarity double precision
);
CREATE INDEX ON dateline.cluster_stories(cluster);
CREATE TABLE dateline.corrections(
  correction uuid PRIMARY KEY,
  made timestamptz NOT NULL,
  kind text NOT NULL,
  story uuid NOT NULL,
  fact integer NOT NULL,
  start integer NOT NULL,
  "end" integer NOT NULL,
  machine text NOT NULL,
  value text,
  plover text,
  quad integer,
  goldstein double precision,
  note text,
  undone timestamptz
);
CREATE INDEX ON dateline.corrections(story);
)sql";

constexpr const char* kViews = R"sql(
CREATE FUNCTION dateline.words(text text, start integer, "end" integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT convert_from(substr(convert_to($1, 'UTF8'), $2 + 1, $3 - $2), 'UTF8') $$;
COMMENT ON FUNCTION dateline.words IS 'the words of a text between two byte offsets';

CREATE VIEW dateline.articles AS
SELECT s.story, replace(s.story::text, '-', '') AS id, s.published, s.published_day, t.headline,
       s.publisher, s.agencies, s.authors, s.section, s.location, s.description, s.url, s.path,
       s.words, c.copy_of, t.text
FROM dateline.stories AS s JOIN dateline.texts AS t USING(story)
LEFT JOIN dateline.cluster_stories AS c USING(story);

CREATE VIEW dateline.sentence_texts AS
SELECT s.story, s.sentence, s.start, s."end", dateline.words(t.text, s.start, s."end") AS text
FROM dateline.sentences AS s JOIN dateline.texts AS t USING(story);

CREATE VIEW dateline.people AS
SELECT e.story, e.entity, e.name, e.country, e.actor,
       (SELECT title FROM dateline.roles AS r WHERE r.story = e.story AND r.entity = e.entity
        ORDER BY r.role LIMIT 1) AS title, s.published
FROM dateline.entities AS e JOIN dateline.stories AS s USING(story)
WHERE e.type = 'person';

CREATE VIEW dateline.quotes AS
SELECT a.story, a.attribution, s.published, t.headline, coalesce(e.name, a.source) AS speaker,
       (SELECT title FROM dateline.roles AS r WHERE r.story = a.story AND r.entity = a.entity
        ORDER BY r.role LIMIT 1) AS title, e.country, e.actor, a.kind, a.cue, a.negated,
       dateline.words(t.text, a.start, a."end") AS quote, a.inside, a.confidence
FROM dateline.attributions AS a JOIN dateline.stories AS s USING(story)
JOIN dateline.texts AS t USING(story)
LEFT JOIN dateline.entities AS e ON e.story = a.story AND e.entity = a.entity;

CREATE VIEW dateline.who_did_what AS
SELECT v.story, v.event, v.date, v.day, s.published, v.cameo, left(v.cameo, 2) AS root, v.plover,
       v.mode, v.quad, v.goldstein, v.status, x.source, x.source_name, x.target, x.target_name,
       v.place, v.country, v.lat, v.lon, v.confidence, t.headline,
       dateline.words(t.text, v.start, v."end") AS evidence
FROM dateline.events AS v JOIN dateline.stories AS s USING(story)
JOIN dateline.texts AS t USING(story)
LEFT JOIN LATERAL (
  SELECT string_agg(actor, '|' ORDER BY number) FILTER (WHERE side = 'source') AS source,
         string_agg(name, '|' ORDER BY number) FILTER (WHERE side = 'source') AS source_name,
         string_agg(actor, '|' ORDER BY number) FILTER (WHERE side = 'target') AS target,
         string_agg(name, '|' ORDER BY number) FILTER (WHERE side = 'target') AS target_name
  FROM dateline.event_actors AS a WHERE a.story = v.story AND a.event = v.event) AS x ON true;

CREATE VIEW dateline.events_geo AS SELECT * FROM dateline.who_did_what WHERE lat IS NOT NULL;

CREATE VIEW dateline.who_met_whom AS
SELECT v.date, v.day, x.name AS one, y.name AS other, x.actor AS one_actor,
       y.actor AS other_actor, v.cameo, v.mode, v.status, v.place, v.country, v.story, v.event
FROM dateline.events AS v
JOIN dateline.event_actors AS x ON x.story = v.story AND x.event = v.event AND x.side = 'source'
JOIN dateline.event_actors AS y ON y.story = v.story AND y.event = v.event AND y.side = 'target'
WHERE v.cameo LIKE '04%';

CREATE VIEW dateline.happenings AS
SELECT c.cluster, min(t.headline) FILTER (WHERE c.story = c.title) AS title, count(*) AS stories,
       count(c.copy_of) AS copies, count(DISTINCT s.publisher) AS outlets,
       min(s.published_day) AS first_day, max(s.published_day) AS last_day
FROM dateline.cluster_stories AS c JOIN dateline.stories AS s USING(story)
JOIN dateline.texts AS t USING(story)
GROUP BY c.cluster;

CREATE VIEW dateline.story_clusters AS
SELECT c.cluster, c.story, s.published, t.headline, s.publisher, c.copy_of
FROM dateline.cluster_stories AS c JOIN dateline.stories AS s USING(story)
JOIN dateline.texts AS t USING(story);

CREATE VIEW dateline.event_corrections AS
SELECT k.correction, v.story, v.event, k.kind, v.cameo AS machine, k.value, k.plover, k.quad,
       k.goldstein, k.made, k.note
FROM dateline.corrections AS k JOIN dateline.events AS v
  ON v.story = k.story AND v.trigger_start = k.start AND v.trigger_end = k."end"
     AND v.cameo = k.machine
WHERE k.undone IS NULL
  AND (v.event = k.fact OR NOT EXISTS (
    SELECT 1 FROM dateline.events AS w WHERE w.story = k.story AND w.event = k.fact
      AND w.trigger_start = k.start AND w.trigger_end = k."end" AND w.cameo = k.machine));

CREATE VIEW dateline.corrected_events AS
SELECT w.story, w.event, w.date, w.day, w.published, coalesce(k.value, w.cameo) AS cameo,
       coalesce(k.plover, w.plover) AS plover, coalesce(k.quad, w.quad) AS quad,
       coalesce(k.goldstein, w.goldstein) AS goldstein, w.status, w.source, w.source_name,
       w.target, w.target_name, w.place, w.country, w.evidence,
       CASE WHEN k.value IS NOT NULL THEN w.cameo END AS machine, k.correction
FROM dateline.who_did_what AS w
LEFT JOIN LATERAL (SELECT * FROM dateline.event_corrections AS c
                   WHERE c.story = w.story AND c.event = w.event AND c.kind = 'code'
                   ORDER BY c.made DESC, c.correction LIMIT 1) AS k ON true
WHERE NOT EXISTS (SELECT 1 FROM dateline.event_corrections AS n
                  WHERE n.story = w.story AND n.event = w.event AND n.kind = 'notAnEvent');
)sql";

// Version 2: who is the same across stories, a row a story. Every push compares all of them, so
// what belongs to a story is kept together.
constexpr const char* kIdentities = R"sql(
CREATE TABLE dateline.identity_links(
  story uuid PRIMARY KEY REFERENCES dateline.stories ON DELETE CASCADE,
  entities integer[] NOT NULL,
  identities uuid[] NOT NULL,
  confidences double precision[] NOT NULL,
  reasons text[] NOT NULL
);
CREATE INDEX ON dateline.identity_links USING gin(identities);

CREATE VIEW dateline.story_identities AS
SELECT l.story, u.entity, u.identity, u.confidence, u.reason
FROM dateline.identity_links AS l
CROSS JOIN LATERAL unnest(l.entities, l.identities, l.confidences, l.reasons)
  AS u(entity, identity, confidence, reason);

CREATE VIEW dateline.who_is_who AS
SELECT x.identity, mode() WITHIN GROUP (ORDER BY e.type) AS type,
       mode() WITHIN GROUP (ORDER BY e.name) AS name,
       string_agg(DISTINCT e.name, '|' ORDER BY e.name) AS names,
       mode() WITHIN GROUP (ORDER BY e.country) AS country, count(DISTINCT x.story) AS stories,
       min(s.published_day) AS first_day, max(s.published_day) AS last_day,
       min(x.confidence) AS confidence
FROM dateline.story_identities AS x JOIN dateline.entities AS e USING(story, entity)
JOIN dateline.stories AS s USING(story)
GROUP BY x.identity;

CREATE VIEW dateline.identity_roles AS
SELECT x.identity, r.title, r."of", r."time", count(DISTINCT x.story) AS stories,
       min(s.published_day) AS first_day, max(s.published_day) AS last_day
FROM dateline.story_identities AS x JOIN dateline.roles AS r USING(story, entity)
JOIN dateline.stories AS s USING(story)
GROUP BY x.identity, r.title, r."of", r."time";
)sql";

// Version 3: corrections in the order in which they came. What is there is taken in the order of
// the moments at which it was made.
constexpr const char* kArrivals = R"sql(
ALTER TABLE dateline.corrections ADD COLUMN arrival bigint;
UPDATE dateline.corrections AS k SET arrival = o.arrival
FROM (SELECT correction, row_number() OVER (ORDER BY made, correction) AS arrival
      FROM dateline.corrections) AS o
WHERE o.correction = k.correction;
ALTER TABLE dateline.corrections ALTER COLUMN arrival SET NOT NULL;
ALTER TABLE dateline.corrections ALTER COLUMN arrival ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('dateline.corrections', 'arrival'),
              (SELECT coalesce(max(arrival), 0) + 1 FROM dateline.corrections), false);
CREATE UNIQUE INDEX ON dateline.corrections(arrival);

CREATE OR REPLACE VIEW dateline.event_corrections AS
SELECT k.correction, v.story, v.event, k.kind, v.cameo AS machine, k.value, k.plover, k.quad,
       k.goldstein, k.made, k.note, k.arrival
FROM dateline.corrections AS k JOIN dateline.events AS v
  ON v.story = k.story AND v.trigger_start = k.start AND v.trigger_end = k."end"
     AND v.cameo = k.machine
WHERE k.undone IS NULL
  AND (v.event = k.fact OR NOT EXISTS (
    SELECT 1 FROM dateline.events AS w WHERE w.story = k.story AND w.event = k.fact
      AND w.trigger_start = k.start AND w.trigger_end = k."end" AND w.cameo = k.machine));

CREATE OR REPLACE VIEW dateline.corrected_events AS
SELECT w.story, w.event, w.date, w.day, w.published, coalesce(k.value, w.cameo) AS cameo,
       coalesce(k.plover, w.plover) AS plover, coalesce(k.quad, w.quad) AS quad,
       coalesce(k.goldstein, w.goldstein) AS goldstein, w.status, w.source, w.source_name,
       w.target, w.target_name, w.place, w.country, w.evidence,
       CASE WHEN k.value IS NOT NULL THEN w.cameo END AS machine, k.correction
FROM dateline.who_did_what AS w
LEFT JOIN LATERAL (SELECT * FROM dateline.event_corrections AS c
                   WHERE c.story = w.story AND c.event = w.event AND c.kind = 'code'
                   ORDER BY c.arrival DESC LIMIT 1) AS k ON true
WHERE NOT EXISTS (SELECT 1 FROM dateline.event_corrections AS n
                  WHERE n.story = w.story AND n.event = w.event AND n.kind = 'notAnEvent');
)sql";

constexpr const char* kHas = "SELECT to_regclass('dateline.schema_version') IS NOT NULL";

/// Others that make the schema wait here.
constexpr const char* kLock = "SELECT pg_advisory_xact_lock(hashtext('dateline schema'))";

Result<std::int64_t> VersionOf(Connection& server) {
  DATELINE_TRY(const Rows there, server.Ask(kHas));
  if (!there.Truth(0, 0)) return 0;
  DATELINE_TRY(const Rows version, server.Ask("SELECT max(version) FROM dateline.schema_version"));
  return version.Number(0, 0);
}

Result<void> BringUpToDate(Connection& server) {
  DATELINE_TRY(const Rows waited, server.Ask(kLock));
  DATELINE_TRY(const std::int64_t version, VersionOf(server));
  if (version == 0) {
    return server.Run(fmt::format("{}{}{}{}INSERT INTO dateline.schema_version VALUES({})", kTables,
                                  kViews, kIdentities, kArrivals, kServerSchema));
  }
  if (version >= kServerSchema) return {};
  return server.Run(fmt::format("{}{}UPDATE dateline.schema_version SET version = {}",
                                version < 2 ? kIdentities : "", kArrivals, kServerSchema));
}

}  // namespace

Result<void> MakeServerSchema(Connection& server) {
  DATELINE_TRY(const std::int64_t version, VersionOf(server));
  if (version < kServerSchema) {
    if (auto begun = server.Run("BEGIN"); !begun) return begun;
    auto made = BringUpToDate(server);
    const auto ended = server.Run(made ? "COMMIT" : "ROLLBACK");
    if (!made || !ended) return made ? ended : made;
  }
  return CheckServerSchema(server);
}

Result<void> CheckServerSchema(Connection& server) {
  DATELINE_TRY(const std::int64_t version, VersionOf(server));
  if (version == 0) {
    return Fail(ErrorCode::kNotFound,
                "there is no archive in this database; 'dateline sync ARCHIVE SERVER --push' makes "
                "one",
                server.name());
  }
  // What a pull asks for is in the first one, too.
  if (version <= kServerSchema) return {};
  return Fail(ErrorCode::kUnsupported,
              fmt::format("the archive there has schema {} and this program reads {}; take a newer "
                          "dateline",
                          version, kServerSchema),
              server.name());
}

}  // namespace dateline::postgres
