// A correction has an id that is the same in every archive, whatever its number there. One that was
// made before there were such is named by what it says: story, place and code of the event (or name
// of the entity), what is held against it, when and why; the second that says so by its being the
// second. It is never deleted: one that is taken back goes over with the moment of that.
//
// Their order is the one in which they reach the server, where those of one archive arrive in the
// order in which they were made there: no clock tells it.
//
// Numbers of identities are an archive's own. That two identities are one goes over as an entity of
// the other, which has some identity in every archive that has its story.
#include "postgres/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "postgres/copy_rows.h"
#include "postgres/names.h"
#include "postgres/transaction.h"

namespace dateline::postgres {
namespace {

constexpr std::string_view kCorrectionColumns =
    "correction, made, kind, story, fact, start, \"end\", machine, value, plover, quad, goldstein, "
    "note, undone";

/// One push after the other: two that insert the same in orders of their own would lock each other
/// out, and what arrives first is first.
constexpr const char* kOnePush = "SELECT pg_advisory_xact_lock(hashtext('dateline corrections'))";

/// Where an event or entity stands: its trigger, its first mention.
struct Spot {
  std::string story{};  ///< its id
  std::int64_t start = 0;
  std::int64_t end = 0;
};

/// A row of `corrections` of either side.
struct Replayable {
  Correction correction;  ///< without `value` where it is of an entity
  Spot spot{};
  std::optional<Spot> other{};  ///< of kSameEntity: an entity of the other identity
  std::string other_name{};

  [[nodiscard]] bool OfEntity() const {
    return correction.kind == Correction::Kind::kAnotherEntity ||
           correction.kind == Correction::Kind::kSameEntity;
  }
  /// By what it says.
  [[nodiscard]] std::string Key() const {
    return KeyOf({spot.story, fmt::format("{}-{}", spot.start, spot.end), correction.machine,
                  CorrectionKindName(correction.kind), correction.value, correction.made,
                  correction.note});
  }
  /// What stands in the column `value` of the server.
  [[nodiscard]] std::optional<std::string> Value() const {
    if (!other) return NonEmpty(correction.value);
    return fmt::format("{} {} {} {}", other->story, other->start, other->end, other_name);
  }
};

/// Nothing for one that a later program knows.
std::optional<Correction::Kind> KindNamed(std::string_view name) {
  using enum Correction::Kind;
  for (const Correction::Kind kind : {kNotAnEvent, kCode, kAnotherEntity, kSameEntity}) {
    if (name == CorrectionKindName(kind)) return kind;
  }
  return std::nullopt;
}

Replayable OfArchive(const std::vector<SqlValue>& row) {
  const auto number = [&row](std::size_t at) {
    return row[at].text.empty() ? std::int64_t{0} : std::stoll(row[at].text);
  };
  Replayable each;
  each.correction = {.number = number(0),
                     .id = row[15].text,
                     .made = MomentOrFirst(row[1].text),
                     .kind = KindNamed(row[2].text).value_or(Correction::Kind::kNotAnEvent),
                     .fact = static_cast<std::uint32_t>(number(4) - 1),
                     .machine = row[7].text,
                     .plover = row[9].text,
                     .quad = static_cast<int>(number(10)),
                     .identity = number(14),
                     .note = row[12].text};
  if (!each.OfEntity()) {
    each.correction.value = row[8].text;
    each.correction.goldstein = row[11].text.empty() ? 0.0 : std::stod(row[11].text);
  }
  if (!row[13].text.empty()) each.correction.undone = MomentOrFirst(row[13].text);
  each.spot = {row[3].text, number(5), number(6)};
  return each;
}

/// Fills in an entity of the other identity: the first. None where no story has it any more.
Result<void> TakeOther(Archive& archive, Replayable& each) {
  const std::int64_t identity = each.correction.identity;
  return archive.Sql(
      fmt::format("SELECT lower(hex(s.hash)), m.start, m.\"end\", n.text FROM (SELECT x.story, "
                  "x.entity FROM identity_search AS q CROSS JOIN identity_entities AS x ON x.story "
                  "= q.rowid AND x.identity = {0} WHERE q.identity_search MATCH '{0}' ORDER BY "
                  "x.story, x.entity LIMIT 1) AS f JOIN stories AS s USING(story) JOIN mentions AS "
                  "m ON m.story = f.story AND m.entity = f.entity JOIN entities AS e ON e.story = "
                  "f.story AND e.entity = f.entity JOIN names AS n ON n.name = e.name ORDER BY "
                  "m.mention LIMIT 1",
                  identity),
      [](const auto&) {},
      [&each](const std::vector<SqlValue>& row) {
        each.other = Spot{row[0].text, std::stoll(row[1].text), std::stoll(row[2].text)};
        each.other_name = row[3].text;
        return true;
      });
}

/// Gives those without an id the one that every archive would give them.
void NameAll(std::vector<Replayable>& all) {
  std::map<std::string, int> alike;
  for (Replayable& each : all) {
    if (!each.correction.id.empty()) continue;
    const std::string key = each.Key();
    const int before = alike[key]++;
    each.correction.id = before == 0 ? key : KeyOf({key, std::to_string(before + 1)});
  }
}

/// In the order in which they were made.
Result<std::vector<Replayable>> AllOf(Archive& archive) {
  std::vector<Replayable> all;
  const auto read = archive.Sql(
      "SELECT k.correction, k.made, k.kind, lower(hex(s.hash)), k.fact, k.start, k.\"end\", "
      "k.machine, k.value, k.plover, k.quad, k.goldstein, k.note, k.undone, k.identity, "
      "lower(hex(k.id)) FROM "
      "corrections AS k JOIN stories AS s USING(story) ORDER BY k.correction",
      [](const auto&) {},
      [&all](const std::vector<SqlValue>& row) {
        all.push_back(OfArchive(row));
        return true;
      });
  if (!read) return std::unexpected(read.error());
  NameAll(all);
  return all;
}

/// Whether the server keeps the order of corrections: not one of an earlier schema.
Result<bool> HasArrivals(Connection& server) {
  DATELINE_TRY(const Rows version, server.Ask("SELECT max(version) FROM dateline.schema_version"));
  return version.Number(0, 0) >= 3;
}

/// "9f3c… 12 19 Una Dahl": as Replayable::Value writes it.
void TakeOther(std::string_view value, Replayable& each) {
  std::array<std::string_view, 3> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = std::min(value.find(' '), value.size());
    part = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  Spot spot{std::string(parts[0])};
  const auto number = [](std::string_view text, std::int64_t& to) {
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), to);
    return error == std::errc() && stop == text.data() + text.size();
  };
  if (!number(parts[1], spot.start) || !number(parts[2], spot.end)) return;
  each.other = std::move(spot);
  each.other_name = value;
}

/// Nothing for one that a later program has made.
std::optional<Replayable> OfServer(const Rows& rows, int i) {
  const auto text = [&](int column) { return std::string(rows.Text(i, column)); };
  const auto kind = KindNamed(rows.Text(i, 2));
  if (!kind) return std::nullopt;
  Replayable each;
  each.correction = {.id = DigitsOf(rows.Text(i, 0)),
                     .made = text(1),
                     .kind = *kind,
                     .fact = static_cast<std::uint32_t>(rows.Number(i, 4) - 1),
                     .machine = text(7),
                     .plover = text(9),
                     .quad = static_cast<int>(rows.Number(i, 10)),
                     .goldstein = rows.Real(i, 11),
                     .note = text(12)};
  if (*kind == Correction::Kind::kSameEntity) TakeOther(rows.Text(i, 8), each);
  if (!each.OfEntity()) each.correction.value = text(8);
  if (!rows.IsNull(i, 13)) each.correction.undone = text(13);
  each.spot = {DigitsOf(rows.Text(i, 3)), rows.Number(i, 5), rows.Number(i, 6)};
  return each;
}

bool IsAt(const Event& event, const Spot& spot, std::string_view cameo) {
  return event.trigger.begin == spot.start && event.trigger.end == spot.end && event.cameo == cameo;
}

bool IsAt(const Entity& entity, const Spot& spot, std::string_view name) {
  if (entity.mentions.empty()) return false;
  const Span first = entity.mentions.front().span;
  return first.begin == spot.start && first.end == spot.end && entity.name == name;
}

/// The event or entity that stands there and is so: that of the number, else whichever it is now.
template <typename Fact>
std::optional<std::uint32_t> PlaceOf(const std::vector<Fact>& facts, std::uint32_t before,
                                     const Spot& spot, std::string_view machine) {
  if (before < facts.size() && IsAt(facts[before], spot, machine)) return before;
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    if (IsAt(facts[i], spot, machine)) return i;
  }
  return std::nullopt;
}

/// Nothing where the archive has it not.
Result<std::optional<std::int64_t>> NumberOfStory(Archive& archive, const std::string& id) {
  const auto number = archive.FindStory(id);
  if (number) return std::optional(*number);
  if (number.error().code == ErrorCode::kNotFound) return std::nullopt;
  return std::unexpected(number.error());
}

/// Which identity the entity there has; 0: none, or there is no such entity.
Result<std::int64_t> IdentityAt(Archive& archive, const Spot& spot, std::string_view name) {
  DATELINE_TRY(const auto number, NumberOfStory(archive, spot.story));
  if (!number) return 0;
  DATELINE_TRY(const Story story, archive.LoadStory(*number));
  const auto entity = PlaceOf(story.entities, 0, spot, name);
  if (!entity) return 0;
  std::int64_t identity = 0;
  const auto asked = archive.Sql(
      fmt::format("SELECT identity FROM story_identities WHERE story = {} AND entity = {}", *number,
                  *entity + 1),
      [](const auto&) {},
      [&identity](const std::vector<SqlValue>& row) {
        identity = std::stoll(row[0].text);
        return true;
      });
  if (!asked) return std::unexpected(asked.error());
  return identity;
}

/// The correction with what it is held against here; nothing where that is not there.
Result<std::optional<Correction>> Found(Archive& archive, const Replayable& each) {
  Correction correction = each.correction;
  DATELINE_TRY(const auto number, NumberOfStory(archive, each.spot.story));
  if (!number) return std::nullopt;
  DATELINE_TRY(const Story story, archive.LoadStory(*number));
  const auto fact = each.OfEntity()
                        ? PlaceOf(story.entities, correction.fact, each.spot, correction.machine)
                        : PlaceOf(story.events, correction.fact, each.spot, correction.machine);
  if (!fact) return std::nullopt;
  correction.story = *number;
  correction.fact = *fact;
  if (correction.kind != Correction::Kind::kSameEntity) return correction;
  if (!each.other) return std::nullopt;
  DATELINE_TRY(correction.identity, IdentityAt(archive, *each.other, each.other_name));
  if (correction.identity == 0) return std::nullopt;
  return correction;
}

/// Whether it could be made; errors are those of the archive.
Result<bool> Replay(Archive& archive, const Replayable& each) {
  DATELINE_TRY(const auto correction, Found(archive, each));
  if (!correction) return false;
  const auto made = archive.Correct(*correction);
  if (!made && (made.error().code == ErrorCode::kInvalidArgument ||
                made.error().code == ErrorCode::kNotFound)) {
    return false;
  }
  if (!made) return std::unexpected(made.error());
  if (correction->undone) {
    if (auto back = archive.TakeBack(*made, *correction->undone); !back) {
      return std::unexpected(back.error());
    }
  }
  return true;
}

}  // namespace

Result<void> PushCorrections(Archive& archive, Connection& server, SyncCounts& counts) {
  DATELINE_TRY(const std::vector<Replayable> all, AllOf(archive));
  if (all.empty()) return {};
  CopyText rows;
  int place = 0;
  for (Replayable each : all) {
    const Correction& c = each.correction;
    const bool code = c.kind == Correction::Kind::kCode;
    if (c.kind == Correction::Kind::kSameEntity) {
      if (auto taken = TakeOther(archive, each); !taken) return taken;
      if (!each.other) continue;
    }
    rows.Row(++place, c.id, c.made, CorrectionKindName(c.kind), each.spot.story, c.fact + 1,
             each.spot.start, each.spot.end, c.machine, each.Value(), NonEmpty(c.plover),
             code ? std::optional(c.quad) : std::nullopt,
             code ? std::optional(c.goldstein) : std::nullopt, NonEmpty(c.note), c.undone);
  }
  return InTransaction(server, [&]() -> Result<void> {
    const auto made = server.Run(
        fmt::format("CREATE TEMPORARY TABLE new_corrections ON COMMIT DROP AS SELECT 0 AS place, "
                    "{} FROM dateline.corrections WITH NO DATA",
                    kCorrectionColumns));
    if (!made) return made;
    const auto copied = server.Copy(
        fmt::format("pg_temp.new_corrections(place, {})", kCorrectionColumns), rows.text());
    if (!copied) return copied;
    DATELINE_TRY(const Rows alone, server.Ask(kOnePush));
    DATELINE_TRY(const Rows written,
                 server.Ask(fmt::format(
                     "WITH w AS (INSERT INTO dateline.corrections AS k({0}) SELECT {0} FROM "
                     "pg_temp.new_corrections ORDER BY place ON CONFLICT (correction) DO "
                     "UPDATE SET undone = excluded.undone WHERE k.undone IS NULL AND "
                     "excluded.undone IS NOT NULL RETURNING 1) SELECT count(*) FROM w",
                     kCorrectionColumns)));
    counts.corrections_pushed = static_cast<std::uint64_t>(written.Number(0, 0));
    return {};
  });
}

Result<void> PullCorrections(Archive& archive, Archive& reader, Connection& server,
                             SyncCounts& counts) {
  DATELINE_TRY(const std::vector<Replayable> own, AllOf(reader));
  std::map<std::string, const Correction*> known;
  for (const Replayable& each : own) known[each.correction.id] = &each.correction;
  DATELINE_TRY(const bool ordered, HasArrivals(server));
  constexpr std::string_view kMoment =
      "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
  DATELINE_TRY(
      const Rows rows,
      server.Ask(fmt::format("SELECT correction, {}, kind, story, fact, start, \"end\", machine, "
                             "value, plover, quad, goldstein, note, {} FROM dateline.corrections "
                             "ORDER BY {}",
                             fmt::format(fmt::runtime(kMoment), "made"),
                             fmt::format(fmt::runtime(kMoment), "undone"),
                             ordered ? "arrival" : "made, correction")));
  for (int i = 0; i < rows.size(); ++i) {
    const auto each = OfServer(rows, i);
    const auto here = known.find(DigitsOf(rows.Text(i, 0)));
    if (!each) {
      ++counts.corrections_left;
    } else if (here == known.end()) {
      DATELINE_TRY(const bool made, Replay(archive, *each));
      ++(made ? counts.corrections_pulled : counts.corrections_left);
    } else if (each->correction.undone && !here->second->undone) {
      if (auto back = archive.TakeBack(here->second->number, *each->correction.undone); !back) {
        return back;
      }
      ++counts.corrections_pulled;
    }
  }
  return {};
}

}  // namespace dateline::postgres
