// A list of `facts` becomes rows by a join with `numbers` (1, 2, 3 …): number k of item n is the
// character at place (n - 1) * fields + k. All is plain SQL, so that any program that reads SQLite
// can ask it. CROSS JOIN keeps the order: stories first, then the items of each.
#include "archive/views.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "archive/facts.h"

namespace dateline::archive {
namespace {

constexpr std::array<std::string_view, 17> kViews = {
    "texts",  "sentences",    "entities",     "roles",      "mentions",     "times",
    "places", "attributions", "said",         "events",     "event_actors", "articles",
    "people", "quotes",       "who_did_what", "events_geo", "who_met_whom"};

const FactLayout& LayoutOf(FactList list) { return kFactLayouts[static_cast<std::size_t>(list)]; }

/// SQL for number `field` of item `item` (SQL, too) of the list.
std::string Field(FactList list, std::uint32_t field, std::string_view item = "n") {
  const FactLayout& layout = LayoutOf(list);
  const std::string at = fmt::format("(({} - 1) * {} + {})", item, layout.fields, field);
  return fmt::format(
      "(unicode(substr(f.{0}, {1} * f.wide + 1, 1)) - 1 + (f.wide - 1) * {2} * "
      "(unicode(substr(f.{0}, ({1} + 1) * f.wide, 1)) - 1))",
      layout.column, at, kNumberBase);
}

/// The same for a number of two fields.
std::string Two(FactList list, std::uint32_t field, std::string_view item = "n") {
  return fmt::format("({} + {} * {})", Field(list, field, item), kNumberBase,
                     Field(list, field + 1, item));
}

/// NULL where the number is 0.
std::string Maybe(const std::string& number) { return fmt::format("nullif({}, 0)", number); }

std::string Code(const std::string& number) {
  return fmt::format("(SELECT text FROM codes WHERE code = {})", number);
}
std::string Term(const std::string& number) {
  return fmt::format("(SELECT text FROM terms WHERE term = {})", number);
}
std::string NameOf(const std::string& number) {
  return fmt::format("(SELECT text FROM names WHERE name = {})", number);
}

std::string Items(FactList list) {
  const FactLayout& layout = LayoutOf(list);
  return fmt::format("facts AS f CROSS JOIN numbers ON n <= length(f.{}) / ({} * f.wide)",
                     layout.column, layout.fields);
}

std::string StartEnd(FactList list, std::uint32_t field) {
  return fmt::format("{0} AS start, {0} + {1} AS \"end\"", Field(list, field),
                     Field(list, field + 1));
}

/// How many bytes of `words` the code that begins at `at` takes.
std::string SizeOfCode(std::string_view at) {
  return fmt::format(
      "CASE WHEN substr(w.words, {0}, 1) < x'60' THEN 1 WHEN substr(w.words, {0}, 1) < x'E0' THEN "
      "2 "
      "WHEN substr(w.words, {0}, 1) < x'FF' THEN 3 ELSE 2 + unicode(CAST(substr(w.words, {0} + 1, "
      "1) AS TEXT)) END",
      at);
}

std::string Texts() {
  return fmt::format(
      "CREATE VIEW texts AS SELECT w.story, w.headline, ("
      "WITH RECURSIVE c(at, size) AS (SELECT 1, {} WHERE length(w.words) > 0 UNION ALL "
      "SELECT at + size, {} FROM c WHERE at + size <= length(w.words)) "
      "SELECT coalesce(group_concat(coalesce((SELECT text FROM words WHERE code = substr(w.words, "
      "at, size)), CAST(substr(w.words, at + 2, size - 2) AS TEXT)), ''), '') FROM c) AS text "
      "FROM packed_texts AS w;",
      SizeOfCode("1"), SizeOfCode("(at + size)"));
}

std::string Words(std::string_view text, std::string_view start, std::string_view end) {
  return fmt::format("CAST(substr(CAST({0} AS BLOB), {1} + 1, {2} - {1}) AS TEXT)", text, start,
                     end);
}

std::string EntityViews() {
  using enum FactList;
  return fmt::format(
             "CREATE VIEW entities AS SELECT f.story, n AS entity, {} AS type, {} AS name, {} AS "
             "country, {} AS actor FROM {};",
             Code(Field(kEntities, 0)), Two(kEntities, 1), Code(Field(kEntities, 3)),
             Code(Field(kEntities, 4)), Items(kEntities)) +
         fmt::format(
             "CREATE VIEW roles AS SELECT f.story, n AS role, {} AS entity, {} AS title, {} AS of, "
             "{} AS time, {} FROM {};",
             Field(kRoles, 0), Term(Two(kRoles, 1)), Term(Two(kRoles, 3)), Code(Field(kRoles, 5)),
             StartEnd(kRoles, 6), Items(kRoles)) +
         fmt::format(
             "CREATE VIEW mentions AS SELECT f.story, n AS mention, {} AS entity, {} AS kind, {} "
             "FROM {};",
             Field(kMentions, 0), Code(Field(kMentions, 1)), StartEnd(kMentions, 2),
             Items(kMentions));
}

std::string TimeAndPlaceViews() {
  using enum FactList;
  return fmt::format("CREATE VIEW sentences AS SELECT f.story, n AS sentence, {} FROM {};",
                     StartEnd(kSentences, 0), Items(kSentences)) +
         fmt::format(
             "CREATE VIEW times AS SELECT f.story, n AS time, t.type, t.value, t.mod, t.first_day, "
             "t.last_day, {} FROM {} CROSS JOIN time_values AS t ON t.time_value = {};",
             StartEnd(kTimes, 2), Items(kTimes), Two(kTimes, 0)) +
         fmt::format(
             "CREATE VIEW places AS SELECT f.story, n AS place, s.name, s.country, s.admin1, "
             "s.lat, s.lon, s.geonameid, {} AS literal, s.precision, {} FROM {} CROSS JOIN spots "
             "AS s ON s.spot = {};",
             Field(kPlaces, 2), StartEnd(kPlaces, 3), Items(kPlaces), Two(kPlaces, 0));
}

std::string AttributionViews() {
  using enum FactList;
  const std::string source = fmt::format(
      "(SELECT group_concat({}, ' … ') FROM said AS p JOIN texts AS t USING(story) WHERE p.story = "
      "f.story AND p.attribution = n AND p.part = 'source')",
      Words("t.text", "p.start", "p.\"end\""));
  return fmt::format(
             "CREATE VIEW said AS SELECT f.story, n AS passage, {} AS attribution, CASE {} WHEN 0 "
             "THEN 'source' WHEN 1 THEN 'cue' WHEN 2 THEN 'content' WHEN 3 THEN 'addressee' ELSE "
             "'medium' END AS part, {} FROM {};",
             Field(kSaid, 0), Field(kSaid, 1), StartEnd(kSaid, 2), Items(kSaid)) +
         fmt::format(
             "CREATE VIEW attributions AS SELECT f.story, n AS attribution, {} AS kind, {} AS "
             "entity, {} AS source, {} AS cue, {} AS lemma, {} AS negated, {} AS modal, {} AS "
             "inside, {} / 1000.0 AS confidence, {} FROM {};",
             Code(Field(kAttributions, 0)), Maybe(Field(kAttributions, 1)), source,
             Term(Two(kAttributions, 9)), Code(Field(kAttributions, 2)), Field(kAttributions, 3),
             Code(Field(kAttributions, 4)), Maybe(Field(kAttributions, 5)), Field(kAttributions, 6),
             StartEnd(kAttributions, 7), Items(kAttributions));
}

std::string EventViews() {
  using enum FactList;
  const std::string entity = Field(kActors, 2);
  return fmt::format(
             "CREATE VIEW events AS SELECT f.story, n AS event, k.cameo, k.plover, k.mode, k.quad, "
             "k.goldstein, {} AS status, {} AS date, s.name AS place, s.country, s.lat, s.lon, {} "
             "AS attribution, {} AS means, {} / 1000.0 AS confidence, k.rule, {} AS trigger_start, "
             "{} + {} AS trigger_end, {} FROM {} CROSS JOIN kinds AS k ON k.kind = {} LEFT JOIN "
             "spots AS s ON s.spot = {};",
             Code(Field(kEvents, 1)), Term(Two(kEvents, 2)), Maybe(Field(kEvents, 6)),
             Code(Field(kEvents, 7)), Field(kEvents, 8), Field(kEvents, 9), Field(kEvents, 9),
             Field(kEvents, 10), StartEnd(kEvents, 11), Items(kEvents), Field(kEvents, 0),
             Two(kEvents, 4)) +
         fmt::format(
             "CREATE VIEW event_actors AS SELECT f.story, {0} AS event, CASE {1} WHEN 0 THEN "
             "'source' ELSE 'target' END AS side, (SELECT count(*) FROM numbers AS m WHERE m.n <= "
             "numbers.n AND {2} = {11} AND {3} = {12}) AS number, {4} AS entity, coalesce({5}, '') "
             "AS actor, CASE WHEN {6} = 0 THEN {7} ELSE {8} END AS name, {9} FROM {10};",
             Field(kActors, 0), Field(kActors, 1), Field(kActors, 0, "m.n"),
             Field(kActors, 1, "m.n"), Maybe(entity), Code(Field(kActors, 3)), entity,
             Two(kActors, 4), Two(kEntities, 1, entity), StartEnd(kActors, 6), Items(kActors),
             Field(kActors, 0, "numbers.n"), Field(kActors, 1, "numbers.n"));
}

/// The speaker is looked up in the list of entities, at the place that the attribution names.
std::string Quotes() {
  using enum FactList;
  const std::string entity = Field(kAttributions, 1);
  const std::string start = Field(kAttributions, 7);
  const std::string end = fmt::format("({} + {})", start, Field(kAttributions, 8));
  const auto of_entity = [&](const std::string& value) {
    return fmt::format("CASE WHEN {} > 0 THEN {} END", entity, value);
  };
  return fmt::format(
      "CREATE VIEW quotes AS SELECT f.story, n AS attribution, s.published, w.headline, "
      "coalesce({}, (SELECT source FROM attributions AS a WHERE a.story = f.story AND "
      "a.attribution "
      "= n)) AS speaker, (SELECT title FROM roles AS r WHERE r.story = f.story AND r.entity = {} "
      "ORDER BY r.role LIMIT 1) AS title, {} AS country, {} AS actor, {} AS kind, {} AS cue, {} AS "
      "negated, (SELECT {} FROM texts AS t WHERE t.story = f.story) AS quote, {} AS inside, {} / "
      "1000.0 AS confidence FROM {} CROSS JOIN stories AS s ON s.story = f.story CROSS JOIN "
      "packed_texts AS w ON w.story = f.story;",
      of_entity(NameOf(Two(kEntities, 1, entity))), entity,
      of_entity(Code(Field(kEntities, 3, entity))), of_entity(Code(Field(kEntities, 4, entity))),
      Code(Field(kAttributions, 0)), Term(Two(kAttributions, 9)), Field(kAttributions, 3),
      Words("t.text", start, end), Maybe(Field(kAttributions, 5)), Field(kAttributions, 6),
      Items(kAttributions));
}

constexpr const char* kQuestions = R"sql(
CREATE VIEW articles AS
SELECT s.story, lower(hex(s.hash)) AS id, s.published, t.headline, s.publisher, s.agencies,
       s.authors, s.section, s.location, s.description, s.url, s.path, s.words, c.original AS copy_of,
       t.text
FROM stories AS s JOIN texts AS t USING(story) LEFT JOIN copies AS c USING(story);

CREATE VIEW people AS
SELECT e.story, e.entity, n.text AS name, e.country, e.actor,
       (SELECT title FROM roles AS r WHERE r.story = e.story AND r.entity = e.entity
        ORDER BY r.role LIMIT 1) AS title,
       s.published
FROM entities AS e CROSS JOIN names AS n USING(name) CROSS JOIN stories AS s USING(story)
WHERE e.type = 'person';

CREATE VIEW who_did_what AS
SELECT v.story, v.event, v.date, s.published, v.cameo, substr(v.cameo, 1, 2) AS root, v.plover,
       v.mode, v.quad, v.goldstein, v.status,
       (SELECT group_concat(actor, '|') FROM event_actors AS x
        WHERE x.story = v.story AND x.event = v.event AND side = 'source') AS source,
       (SELECT group_concat(text, '|') FROM event_actors AS x CROSS JOIN names USING(name)
        WHERE x.story = v.story AND x.event = v.event AND side = 'source') AS source_name,
       (SELECT group_concat(actor, '|') FROM event_actors AS x
        WHERE x.story = v.story AND x.event = v.event AND side = 'target') AS target,
       (SELECT group_concat(text, '|') FROM event_actors AS x CROSS JOIN names USING(name)
        WHERE x.story = v.story AND x.event = v.event AND side = 'target') AS target_name,
       p.text AS place, v.country, v.lat, v.lon, v.confidence, w.headline,
       (SELECT CAST(substr(CAST(t.text AS BLOB), v.start + 1, v."end" - v.start) AS TEXT)
        FROM texts AS t WHERE t.story = v.story) AS evidence
FROM events AS v CROSS JOIN stories AS s ON s.story = v.story
CROSS JOIN packed_texts AS w ON w.story = v.story
LEFT JOIN names AS p ON p.name = v.place;

CREATE VIEW events_geo AS SELECT * FROM who_did_what WHERE lat IS NOT NULL;

CREATE VIEW who_met_whom AS
SELECT v.date, a.text AS one, b.text AS other, x.actor AS one_actor, y.actor AS other_actor,
       v.cameo, v.mode, v.status, p.text AS place, v.country, v.story, v.event
FROM events AS v
CROSS JOIN event_actors AS x ON x.story = v.story AND x.event = v.event AND x.side = 'source'
CROSS JOIN event_actors AS y ON y.story = v.story AND y.event = v.event AND y.side = 'target'
CROSS JOIN names AS a ON a.name = x.name CROSS JOIN names AS b ON b.name = y.name
LEFT JOIN names AS p ON p.name = v.place
WHERE v.cameo >= '04' AND v.cameo < '05';

CREATE VIEW sentence_texts AS
SELECT s.story, s.sentence, s.start, s."end",
       (SELECT CAST(substr(CAST(t.text AS BLOB), s.start + 1, s."end" - s.start) AS TEXT)
        FROM texts AS t WHERE t.story = s.story) AS text
FROM sentences AS s;
)sql";

}  // namespace

std::string MakeViews() {
  return Texts() + EntityViews() + TimeAndPlaceViews() + AttributionViews() + EventViews() +
         Quotes() + kQuestions;
}

std::string KnownView() {
  using enum FactList;
  return fmt::format(
      "CREATE VIEW known_entities AS SELECT f.story, {} AS entity, {} AS known_as FROM {};",
      Field(kKnown, 0), Term(Two(kKnown, 1)), Items(kKnown));
}

std::string DropViews() {
  std::string sql = "DROP VIEW IF EXISTS sentence_texts;";
  for (const std::string_view view : kViews) sql += fmt::format("DROP VIEW IF EXISTS {};", view);
  return sql;
}

}  // namespace dateline::archive
