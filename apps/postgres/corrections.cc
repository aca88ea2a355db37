// A correction is named by what it says: story, place and code of the event, what is held against
// it, when and why. So the same one has the same name in every archive, whatever its number there.
// It is never deleted: one that is taken back goes over with the moment of that.
#include "postgres/corrections.h"

#include <fmt/format.h>

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

/// A row of `corrections` of either side.
struct Replayable {
  Correction correction;
  std::string story;  ///< its id
  std::int64_t start = 0;
  std::int64_t end = 0;

  [[nodiscard]] std::string Key() const {
    return KeyOf({story, fmt::format("{}-{}", start, end), correction.machine,
                  CorrectionKindName(correction.kind), correction.value, correction.made,
                  correction.note});
  }
};

Correction::Kind KindNamed(std::string_view name) {
  return name == CorrectionKindName(Correction::Kind::kCode) ? Correction::Kind::kCode
                                                             : Correction::Kind::kNotAnEvent;
}

Replayable OfArchive(const std::vector<SqlValue>& row) {
  const auto number = [&row](std::size_t at) {
    return row[at].text.empty() ? std::int64_t{0} : std::stoll(row[at].text);
  };
  Replayable each;
  each.correction = {.number = number(0),
                     .made = MomentOrFirst(row[1].text),
                     .kind = KindNamed(row[2].text),
                     .fact = static_cast<std::uint32_t>(number(4) - 1),
                     .machine = row[7].text,
                     .value = row[8].text,
                     .plover = row[9].text,
                     .quad = static_cast<int>(number(10)),
                     .goldstein = row[11].text.empty() ? 0.0 : std::stod(row[11].text),
                     .note = row[12].text};
  if (!row[13].text.empty()) each.correction.undone = MomentOrFirst(row[13].text);
  each.story = row[3].text;
  each.start = number(5);
  each.end = number(6);
  return each;
}

Result<std::vector<Replayable>> AllOf(Archive& archive) {
  std::vector<Replayable> all;
  const auto read = archive.Sql(
      "SELECT k.correction, k.made, k.kind, lower(hex(s.hash)), k.fact, k.start, k.\"end\", "
      "k.machine, k.value, k.plover, k.quad, k.goldstein, k.note, k.undone FROM corrections AS k "
      "JOIN stories AS s USING(story) WHERE k.kind IN ('notAnEvent', 'code') ORDER BY k.correction",
      [](const auto&) {},
      [&all](const std::vector<SqlValue>& row) {
        all.push_back(OfArchive(row));
        return true;
      });
  if (!read) return std::unexpected(read.error());
  return all;
}

Replayable OfServer(const Rows& rows, int i) {
  const auto text = [&](int column) { return std::string(rows.Text(i, column)); };
  Replayable each;
  each.correction = {.made = text(1),
                     .kind = KindNamed(rows.Text(i, 2)),
                     .fact = static_cast<std::uint32_t>(rows.Number(i, 4) - 1),
                     .machine = text(7),
                     .value = text(8),
                     .plover = text(9),
                     .quad = static_cast<int>(rows.Number(i, 10)),
                     .goldstein = rows.Real(i, 11),
                     .note = text(12)};
  if (!rows.IsNull(i, 13)) each.correction.undone = text(13);
  each.story = DigitsOf(rows.Text(i, 3));
  each.start = rows.Number(i, 5);
  each.end = rows.Number(i, 6);
  return each;
}

/// The event of the story that the correction is held against: where it was, else where it is now.
std::optional<std::uint32_t> EventOf(const Replayable& each, const Story& story) {
  const auto is = [&](const Event& event) {
    return event.trigger.begin == each.start && event.trigger.end == each.end &&
           event.cameo == each.correction.machine;
  };
  const std::uint32_t before = each.correction.fact;
  if (before < story.events.size() && is(story.events[before])) return before;
  for (std::uint32_t i = 0; i < story.events.size(); ++i) {
    if (is(story.events[i])) return i;
  }
  return std::nullopt;
}

/// Whether it could be made; errors are those of the archive.
Result<bool> Replay(Archive& archive, const Replayable& each) {
  Correction correction = each.correction;
  const auto number = archive.FindStory(each.story);
  if (!number)
    return number.error().code == ErrorCode::kNotFound ? Result<bool>(false)
                                                       : std::unexpected(number.error());
  DATELINE_TRY(const Story story, archive.LoadStory(*number));
  const auto event = EventOf(each, story);
  if (!event) return false;
  correction.story = *number;
  correction.fact = *event;
  const auto made = archive.Correct(correction);
  if (!made && made.error().code == ErrorCode::kInvalidArgument) return false;
  if (!made) return std::unexpected(made.error());
  if (correction.undone) {
    if (auto back = archive.TakeBack(*made, *correction.undone); !back) {
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
  for (const Replayable& each : all) {
    const Correction& c = each.correction;
    const bool code = c.kind == Correction::Kind::kCode;
    rows.Row(each.Key(), c.made, CorrectionKindName(c.kind), each.story, c.fact + 1, each.start,
             each.end, c.machine, NonEmpty(c.value), NonEmpty(c.plover),
             code ? std::optional(c.quad) : std::nullopt,
             code ? std::optional(c.goldstein) : std::nullopt, NonEmpty(c.note), c.undone);
  }
  return InTransaction(server, [&]() -> Result<void> {
    const auto made = server.Run(
        fmt::format("CREATE TEMPORARY TABLE new_corrections ON COMMIT DROP AS SELECT {} FROM "
                    "dateline.corrections WITH NO DATA",
                    kCorrectionColumns));
    if (!made) return made;
    const auto copied =
        server.Copy(fmt::format("pg_temp.new_corrections({})", kCorrectionColumns), rows.text());
    if (!copied) return copied;
    DATELINE_TRY(const Rows written,
                 server.Ask(fmt::format(
                     "WITH w AS (INSERT INTO dateline.corrections AS k({0}) SELECT {0} FROM "
                     "pg_temp.new_corrections ORDER BY correction ON CONFLICT (correction) DO "
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
  for (const Replayable& each : own) known[each.Key()] = &each.correction;
  constexpr std::string_view kMoment =
      "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
  DATELINE_TRY(
      const Rows rows,
      server.Ask(fmt::format("SELECT correction, {}, kind, story, fact, start, \"end\", machine, "
                             "value, plover, quad, goldstein, note, {} FROM dateline.corrections "
                             "ORDER BY made, correction",
                             fmt::format(fmt::runtime(kMoment), "made"),
                             fmt::format(fmt::runtime(kMoment), "undone"))));
  for (int i = 0; i < rows.size(); ++i) {
    const Replayable each = OfServer(rows, i);
    const auto here = known.find(DigitsOf(rows.Text(i, 0)));
    if (here == known.end()) {
      DATELINE_TRY(const bool made, Replay(archive, each));
      ++(made ? counts.corrections_pulled : counts.corrections_left);
    } else if (each.correction.undone && !here->second->undone) {
      if (auto back = archive.TakeBack(here->second->number, *each.correction.undone); !back) {
        return back;
      }
      ++counts.corrections_pulled;
    }
  }
  return {};
}

}  // namespace dateline::postgres
