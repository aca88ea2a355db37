// Corrections: rows beside what the program found. They are applied when questions are answered and
// change no row of a finding; one that is taken back stays, with the time at which it was.
#include "archive/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/hex.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {
namespace archive {

EventCorrections::EventCorrections(Database& database) {
  Statement all(database,
                "SELECT story, event, kind = 'code', value, quad, goldstein FROM event_corrections "
                "ORDER BY correction");
  while (all.Step()) {
    CorrectedEvent& event = values_[{all.Number(0), all.Number(1)}];
    if (!event.is_event) continue;
    event = {.is_event = all.Number(2) != 0,
             .cameo = std::string(all.Text(3)),
             .quad = static_cast<int>(all.Number(4)),
             .goldstein = all.Real(5)};
  }
}

const CorrectedEvent* EventCorrections::Find(std::int64_t story, std::int64_t event) const {
  const auto known = values_.find({story, event});
  return known == values_.end() ? nullptr : &known->second;
}

bool EventCorrections::Keeps(std::int64_t story, std::int64_t event, std::string_view code) const {
  const CorrectedEvent* corrected = Find(story, event);
  return corrected == nullptr || (corrected->is_event && corrected->cameo.starts_with(code));
}

}  // namespace archive

namespace {

using archive::Database;
using archive::Statement;

constexpr std::array<std::string_view, 4> kKindNames = {"notAnEvent", "code", "anotherEntity",
                                                        "sameEntity"};

std::optional<std::string> NonEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Correction CorrectionOf(const Statement& row) {
  Correction each;
  each.number = row.Number(0);
  each.made = row.Text(1);
  const auto* const kind = std::ranges::find(kKindNames, row.Text(2));
  if (kind != kKindNames.end())
    each.kind = static_cast<Correction::Kind>(kind - kKindNames.begin());
  each.story = row.Number(3);
  each.fact = static_cast<std::uint32_t>(std::max<std::int64_t>(row.Number(4), 1) - 1);
  each.machine = row.Text(5);
  each.value = row.Text(6);
  each.plover = row.Text(7);
  each.quad = static_cast<int>(row.Number(8));
  each.goldstein = row.Real(9);
  each.note = row.Text(10);
  if (!row.IsNull(11)) each.undone = row.Text(11);
  each.stale = row.Number(12) != 0;
  each.found = row.Number(13);
  each.identity = row.Number(14);
  each.id = archive::HexOf(row.Bytes(15));
  return each;
}

/// Fills in where the event stands and what was found.
struct Target {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::string cameo{};
};

Result<Target> EventAt(Database& database, const Correction& correction) {
  const std::int64_t at = std::int64_t{correction.fact} + 1;
  Statement find(database,
                 "SELECT trigger_start, trigger_end, cameo FROM events WHERE story = ? AND event = "
                 "?");
  find.Start(correction.story, at);
  if (!find.Step()) {
    if (auto failure = database.TakeFailure()) return std::unexpected(*std::move(failure));
    return Fail(ErrorCode::kNotFound,
                fmt::format("story {} has no event v{}; 'dateline story' shows what it has",
                            correction.story, at),
                database.path());
  }
  return Target{find.Number(0), find.Number(1), std::string(find.Text(2))};
}

Result<void> RefuseAgain(Database& database, const Correction& correction) {
  Statement find(database,
                 "SELECT correction FROM event_corrections WHERE story = ? AND event = ?");
  find.Start(correction.story, std::int64_t{correction.fact} + 1);
  const std::int64_t known = find.Step() ? find.Number(0) : 0;
  if (known == 0) return {};
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("the event is corrected already; take correction {} back first", known),
              database.path());
}

}  // namespace

std::string_view CorrectionKindName(Correction::Kind kind) {
  return kKindNames.at(static_cast<std::size_t>(kind));
}

Result<std::int64_t> Archive::Impl::CorrectEvent(const Correction& correction) {
  DATELINE_TRY(const Target target, EventAt(*database, correction));
  if (auto refused = RefuseAgain(*database, correction); !refused) {
    return std::unexpected(refused.error());
  }
  const bool code = correction.kind == Correction::Kind::kCode;
  if (code && correction.value == target.cameo) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("the event has the code {} already", target.cameo), database->path());
  }
  const std::string id = archive::BytesOfHex(correction.id);
  Statement insert(*database,
                   "INSERT INTO corrections(made, kind, story, fact, start, \"end\", machine, "
                   "value, plover, quad, goldstein, note, id) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,"
                   "coalesce(?, randomblob(16)))");
  using Number = std::optional<std::int64_t>;
  insert.Run(correction.made, CorrectionKindName(correction.kind), correction.story,
             std::int64_t{correction.fact} + 1, target.start, target.end, target.cameo,
             NonEmpty(correction.value), NonEmpty(correction.plover),
             code ? Number(correction.quad) : Number(),
             code ? std::optional(correction.goldstein) : std::optional<double>(),
             NonEmpty(correction.note), archive::IdBytes(id));
  return database->LastId();
}

Result<std::int64_t> Archive::Correct(Correction correction) {
  const bool event = correction.kind == Correction::Kind::kNotAnEvent ||
                     correction.kind == Correction::Kind::kCode;
  return impl_->Changed([&]() -> Result<std::int64_t> {
    return event ? impl_->CorrectEvent(correction) : impl_->CorrectEntity(correction);
  });
}

Result<void> Archive::TakeBack(std::int64_t correction, const std::string& when) {
  const auto done = impl_->Changed([&]() -> Result<std::int64_t> {
    Database& database = *impl_->database;
    impl_->PutBack(correction);
    Statement update(database,
                     "UPDATE corrections SET undone = ? WHERE correction = ? AND undone IS NULL");
    update.Run(when, correction);
    if (!database.failed() && database.Changes() == 0) {
      return Fail(
          ErrorCode::kNotFound,
          fmt::format("there is no correction {} that counts; 'dateline correct' lists them",
                      correction),
          database.path());
    }
    impl_->Writer().identities.Unite();
    return correction;
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<std::vector<Correction>> Archive::Corrections() {
  Statement all(*impl_->database,
                "SELECT correction, made, kind, story, fact, machine, value, plover, quad, "
                "goldstein, note, undone, undone IS NULL AND correction NOT IN (SELECT correction "
                "FROM event_corrections UNION ALL SELECT correction FROM entity_corrections), "
                "found, identity, id FROM corrections ORDER BY correction");
  std::vector<Correction> corrections;
  while (all.Step()) corrections.push_back(CorrectionOf(all));
  all.Reset();
  return impl_->Done(std::move(corrections));
}

Result<void> Archive::ApplyCorrections(std::int64_t number, Story& story) {
  Statement find(*impl_->database,
                 "SELECT event, value, plover, quad, goldstein, correction FROM event_corrections "
                 "WHERE story = ? AND kind = 'code'");
  find.Start(number);
  while (find.Step()) {
    const auto at = static_cast<std::size_t>(find.Number(0) - 1);
    if (at >= story.events.size()) continue;
    Event& event = story.events[at];
    event.cameo = find.Text(1);
    event.plover = find.Text(2);
    event.mode.reset();
    event.quad = static_cast<int>(find.Number(3));
    event.goldstein = find.Real(4);
    event.rule = fmt::format("user:{}", find.Number(5));
  }
  find.Reset();
  if (auto failure = impl_->database->TakeFailure()) return std::unexpected(*std::move(failure));
  return {};
}

}  // namespace dateline
