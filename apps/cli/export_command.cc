#include "export_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/archive.h"
#include "engine/resources.h"
#include "interrupt.h"
#include "messages.h"
#include "output.h"
#include "read_command.h"
#include "tables/tables.h"

namespace dateline::cli {
namespace {

using tables::Table;
using tables::Tables;

/// Adds `value` of each row under the name in `key`.
Result<void> Fill(const Tables& all, std::string_view name, std::string_view key,
                  std::string_view value, CodeNames::Map& map) {
  DATELINE_TRY(const Table* table, all.Get(name));
  DATELINE_TRY(const auto key_column, table->GetColumn(key));
  DATELINE_TRY(const auto value_column, table->GetColumn(value));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    map.emplace(table->Cell(row, key_column), table->Cell(row, value_column));
  }
  return {};
}

Result<CodeNames> LoadNames() {
  DATELINE_TRY(const Tables all, engine::LoadTables({.tables = {}, .model = {}, .overlays = {}}));
  CodeNames names;
  for (const auto& filled : {Fill(all, "events/cameo", "code", "name", names.events),
                             Fill(all, "actors/countries", "iso3", "name", names.countries),
                             Fill(all, "actors/countries", "cameo", "name", names.countries),
                             Fill(all, "places/fips", "iso3", "fips", names.fips)}) {
    if (!filled) return std::unexpected(filled.error());
  }
  return names;
}

/// The forms have no column for a status: what did not happen must not be taken for what did.
bool IsTold(const Event& event) {
  return event.status == EventStatus::kOccurred || event.status == EventStatus::kOngoing ||
         event.status == EventStatus::kClaimed;
}

/// "2031-05-04T08:15:00Z" as "20310504081500".
std::string Digits(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

Result<std::string> RowsOf(Archive& archive, StoryFacts facts, const CodeNames& names,
                           const ExportCommand& command) {
  DATELINE_TRY(const Story story, archive.LoadStory(facts.story));
  DATELINE_TRY(const std::string added, archive.AddedAt(facts.story));
  std::erase_if(facts.numbers, [&](std::uint32_t at) {
    return at >= story.events.size() ||
           (command.filter.status.empty() && !IsTold(story.events[at]));
  });
  return WriteExport(
      story, {.number = facts.story, .added = Digits(added), .choice = std::move(facts.numbers)},
      names, command.form);
}

}  // namespace

int RunExport(const ExportCommand& command) {
  const auto names = LoadNames();
  if (!names) {
    Say(names.error());
    return kWrongUsage;
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  const auto facts = archive->FindEvents(command.filter);
  if (!facts) return Complain(facts.error());
  WatchSignals();
  Output output(STDOUT_FILENO);
  output.Write(ExportHeader(command.form));
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    const auto rows = RowsOf(*archive, each, *names, command);
    if (!rows) return Complain(rows.error());
    output.Write(*rows);
  }
  output.Flush();
  if (SignalReceived() != 0) return kSignalBase + SignalReceived();
  if (output.state() == Output::State::kClosed) return kReaderWentAway;
  if (output.state() == Output::State::kOpen) return kAllRead;
  Say(fmt::format("standard output: cannot be written: {}", output.Problem()));
  return kSomeFailed;
}

}  // namespace dateline::cli
