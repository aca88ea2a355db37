#include "correct_command.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "answer.h"
#include "dateline/archive.h"
#include "engine/resources.h"
#include "messages.h"
#include "output.h"
#include "page.h"
#include "read_command.h"
#include "record/json_writer.h"
#include "record/rows.h"
#include "tables/tables.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

std::string Now() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

/// What the tables say of a code.
Result<void> LookUp(const std::string& code, Correction& correction) {
  DATELINE_TRY(const auto all, engine::LoadTables({.tables = {}, .model = {}, .overlays = {}}));
  DATELINE_TRY(const tables::Table* table, all.Get("events/cameo"));
  DATELINE_TRY(const auto codes, table->GetColumn("code"));
  DATELINE_TRY(const auto plover, table->GetColumn("plover"));
  DATELINE_TRY(const auto quad, table->GetColumn("quad"));
  DATELINE_TRY(const auto goldstein, table->GetColumn("goldstein"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    if (table->Cell(row, codes) != code) continue;
    correction.value = code;
    correction.plover = std::string(table->Cell(row, plover));
    correction.quad = table->Cell(row, quad).front() - '0';
    const std::string score(table->Cell(row, goldstein));
    std::from_chars(score.data(), score.data() + score.size(), correction.goldstein);
    return {};
  }
  return Fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no CAMEO code", code));
}

/// "v2" as its place among the events.
std::optional<std::uint32_t> EventAt(const std::string& fact) {
  std::uint32_t number = 0;
  const char* end = fact.data() + fact.size();
  if (!fact.starts_with('v')) return std::nullopt;
  const auto [stop, error] = std::from_chars(fact.data() + 1, end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number - 1;
}

Result<std::int64_t> Keep(Archive& archive, const CorrectCommand& command) {
  Correction correction{.made = Now(), .note = command.note};
  const auto at = EventAt(command.fact);
  if (!at) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("'{}' is no event; name it as 'dateline story' does: v1", command.fact));
  }
  correction.fact = *at;
  DATELINE_TRY(correction.story, archive.FindStory(command.story));
  if (command.not_an_event) return archive.Correct(correction);
  correction.kind = Correction::Kind::kCode;
  if (const auto known = LookUp(command.code, correction); !known) {
    return std::unexpected(known.error());
  }
  return archive.Correct(correction);
}

std::string About(const Correction& each) {
  if (each.kind == Correction::Kind::kNotAnEvent) {
    return fmt::format("story {}, v{}: {} is no event", each.story, each.fact + 1, each.machine);
  }
  return fmt::format("story {}, v{}: {} is {}", each.story, each.fact + 1, each.machine,
                     each.value);
}

std::string_view StateOf(const Correction& each) {
  if (each.undone) return "taken back";
  return each.stale ? "stale" : "holds";
}

record::Fields Fields(const Correction& each) {
  return {{"correction", fmt::format("{}", each.number)},
          {"made", each.made},
          {"kind", std::string(CorrectionKindName(each.kind))},
          {"story", fmt::format("{}", each.story)},
          {"fact", fmt::format("v{}", each.fact + 1)},
          {"machine", each.machine},
          {"value", each.value},
          {"note", each.note},
          {"state", std::string(StateOf(each))},
          {"undone", each.undone.value_or("")}};
}

std::string Line(const Correction& each) {
  record::JsonWriter json(false);
  json.BeginObject();
  for (const auto& [name, value] : Fields(each)) {
    if (value.empty()) continue;
    json.Key(name);
    if (name == "correction" || name == "story") {
      json.Number(static_cast<std::uint64_t>(name == "story" ? each.story : each.number));
    } else {
      json.String(value);
    }
  }
  json.EndObject();
  return json.Take() + "\n";
}

std::string Text(const Correction& each) {
  std::string text = fmt::format("{}  {}  {}", each.number, each.made, About(each));
  if (!each.note.empty()) text += fmt::format(" ({})", Printable(each.note));
  if (each.undone) text += fmt::format("; taken back {}", *each.undone);
  if (each.stale) text += "; no longer found";
  return text + "\n";
}

int List(Archive& archive, const CorrectCommand& command) {
  const auto corrections = archive.Corrections();
  if (!corrections) return Complain(corrections.error());
  const TableForm form = AnswerForm(command.form);
  Output output(STDOUT_FILENO);
  if (form == TableForm::kCsv) output.Write(record::HeaderRow(Fields({})));
  for (const Correction& each : *corrections) {
    if (form == TableForm::kCsv) output.Write(record::Row(Fields(each)));
    if (form == TableForm::kJsonLines) output.Write(Line(each));
    if (form == TableForm::kText) output.Write(Text(each));
  }
  return EndAnswer(output, kAllRead);
}

}  // namespace

int RunCorrect(const CorrectCommand& command) {
  const bool list = command.story.empty() && command.take_back == 0;
  if (!Archive::IsArchive(command.archive) || list) {
    // Also where there is no archive: the message is the one of every other question.
    auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
    if (!archive) return Complain(archive.error());
    return List(*archive, command);
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) return Complain(archive.error());
  if (command.take_back != 0) {
    const auto done = archive->TakeBack(command.take_back, Now());
    return done ? kAllRead : Complain(done.error());
  }
  const auto kept = Keep(*archive, command);
  if (!kept) return Complain(kept.error());
  Output output(STDOUT_FILENO);
  output.Write(fmt::format("correction {}\n", *kept));
  output.Flush();
  return kAllRead;
}

}  // namespace dateline::cli
