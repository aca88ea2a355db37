#include "export_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answer.h"
#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/export.h"
#include "engine/resources.h"
#include "interrupt.h"
#include "messages.h"
#include "near.h"
#include "output.h"
#include "read_command.h"
#include "record/rows.h"
#include "rereading.h"
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

/// Which stories to write, and which of their events.
Result<std::vector<StoryFacts>> Chosen(Archive& archive, const ExportCommand& command,
                                       const EventFilter& filter) {
  const EventFilter any{.days = filter.days, .limit = filter.limit};
  if (UnitOf(command.form) == ExportUnit::kEvents || filter != any) {
    return archive.FindEvents(filter);
  }
  DATELINE_TRY(const auto stories, archive.FindStories(filter.days, filter.limit));
  std::vector<StoryFacts> facts;
  for (const std::int64_t story : stories) facts.push_back({story, {}});
  return facts;
}

/// Writes stories one after the other, to standard output or each to files of its own.
class Exporting {
 public:
  Exporting(Archive& archive, const ExportCommand& command, const CodeNames& names, Output& output)
      : archive_(archive), command_(command), names_(names), output_(output) {}

  Result<void> Begin() {
    if (command_.form == ExportForm::kConllu) {
      DATELINE_TRY(Engine engine, Engine::Open({.tables = {}, .model = {}, .overlays = {}}));
      engine_.emplace(std::move(engine));
    }
    if (command_.form == ExportForm::kBrat) {
      if (auto written = WriteFile("annotation.conf", BratConfiguration()); !written) {
        return written;
      }
    }
    output_.Write(Safe(ExportHeader(command_.form)));
    return {};
  }

  /// `whole`: the facts are all that the story tells, else those named.
  Result<void> Write(const StoryFacts& facts, bool whole) {
    DATELINE_TRY(const Story story, Load(facts.story));
    DATELINE_TRY(const std::string added, archive_.AddedAt(facts.story));
    const std::string text = WriteExport(
        story,
        {.number = facts.story, .added = Digits(added), .choice = ChoiceOf(story, facts, whole)},
        names_, command_.form);
    if (!command_.folder.empty()) return WriteFiles(story, facts.story, text);
    if (text.empty()) return {};
    if (!first_) output_.Write(ExportSeparator(command_.form));
    first_ = false;
    output_.Write(Safe(text));
    return {};
  }

  void End() { output_.Write(ExportFooter(command_.form)); }

 private:
  Result<Story> Load(std::int64_t story) {
    if (engine_) return Reread(*engine_, archive_, story, false, scratch_);
    return LoadCorrected(archive_, story);
  }

  [[nodiscard]] Choice ChoiceOf(const Story& story, const StoryFacts& facts, bool whole) const {
    std::vector<std::uint32_t> chosen = facts.numbers;
    if (whole) {
      for (std::uint32_t i = 0; i < story.events.size(); ++i) chosen.push_back(i);
    }
    const bool any_status = command_.form == ExportForm::kBrat || !command_.filter.status.empty();
    std::erase_if(chosen, [&](std::uint32_t at) {
      return at >= story.events.size() || (!any_status && !IsTold(story.events[at]));
    });
    return chosen;
  }

  /// With --safe-csv, no cell between tabs is a formula.
  [[nodiscard]] std::string Safe(const std::string& rows) const {
    if (!command_.safe_csv || !HasCells(command_.form)) return rows;
    std::string out;
    std::size_t begin = 0;
    while (begin < rows.size()) {
      const std::size_t end = std::min(rows.find_first_of("\t\n", begin), rows.size());
      out += record::Inert(rows.substr(begin, end - begin));
      if (end < rows.size()) out += rows[end];
      begin = end + 1;
    }
    return out;
  }

  static bool HasCells(ExportForm form) {
    using enum ExportForm;
    return form == kGdelt1 || form == kGdelt2 || form == kGdeltMentions || form == kIcews ||
           form == kPhoenix || form == kGkg2 || form == kPolecat;
  }

  Result<void> WriteFiles(const Story& story, std::int64_t number, const std::string& text) {
    if (command_.form == ExportForm::kTimeMl) {
      return WriteFile(fmt::format("{}.tml", number), text);
    }
    if (auto written = WriteFile(fmt::format("{}.txt", number), story.text); !written) {
      return written;
    }
    return WriteFile(fmt::format("{}.ann", number), text);
  }

  Result<void> WriteFile(const std::string& name, const std::string& bytes) {
    std::error_code failed;
    std::filesystem::create_directories(command_.folder, failed);
    const auto path = command_.folder / name;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) return {};
    return Fail(ErrorCode::kUnreadable, "cannot be written; name another folder with --to",
                path.string());
  }

  Archive& archive_;
  const ExportCommand& command_;
  const CodeNames& names_;
  Output& output_;
  std::optional<Engine> engine_;
  Scratch scratch_;
  bool first_ = true;
};

int ExportNetwork(Archive& archive, const ExportCommand& command, const EventFilter& filter,
                  Output& output) {
  const auto ties =
      archive.FindNetwork({.unit = command.unit, .about = {}, .limit = filter.limit}, filter);
  if (!ties) return Complain(ties.error());
  output.Write(WriteNetwork(*ties, command.form));
  return EndAnswer(output, kAllRead);
}

int ExportStories(Archive& archive, const ExportCommand& command, const EventFilter& filter,
                  Output& output) {
  const auto names = LoadNames();
  if (!names) {
    Say(names.error());
    return kWrongUsage;
  }
  auto facts = Chosen(archive, command, filter);
  if (facts && UnitOf(command.form) == ExportUnit::kEvents)
    facts = archive.OneOfEach(*facts, command.same);
  if (!facts) return Complain(facts.error());
  Exporting exporting(archive, command, *names, output);
  if (const auto begun = exporting.Begin(); !begun) return Complain(begun.error());
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    const auto written = exporting.Write(each, each.numbers.empty());
    if (!written) return Complain(written.error());
  }
  exporting.End();
  return EndAnswer(output, kAllRead);
}

}  // namespace

int RunExport(const ExportCommand& command) {
  auto archive = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!archive) return Complain(archive.error());
  EventFilter filter = command.filter;
  if (!command.near.empty()) {
    const auto near = FindNear(command.near);
    if (!near) return Complain(near.error());
    filter.near = *near;
  }
  WatchSignals();
  Output output(STDOUT_FILENO);
  return UnitOf(command.form) == ExportUnit::kNetwork
             ? ExportNetwork(*archive, command, filter, output)
             : ExportStories(*archive, command, filter, output);
}

}  // namespace dateline::cli
