#include "export_command.h"

#include <fmt/format.h>
#include <unistd.h>

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
#include "interrupt.h"
#include "messages.h"
#include "near.h"
#include "output.h"
#include "read_command.h"
#include "serve/codes.h"
#include "serve/story_export.h"

namespace dateline::cli {
namespace {

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
    const bool any = command_.form == ExportForm::kBrat || !command_.filter.status.empty();
    exporting_.emplace(archive_, names_, engine_ ? &*engine_ : nullptr,
                       serve::StoryExport::Options{
                           .form = command_.form, .any_status = any, .safe = command_.safe_csv});
    if (command_.form == ExportForm::kBrat) {
      if (auto written = WriteFile("annotation.conf", BratConfiguration()); !written) {
        return written;
      }
    }
    output_.Write(exporting_->Begin());
    return {};
  }

  Result<void> Write(const StoryFacts& facts) {
    DATELINE_TRY(const auto exported, exporting_->Make(facts));
    if (!command_.folder.empty()) return WriteFiles(exported.story, facts.story, exported.text);
    output_.Write(exporting_->Joined(exported.text));
    return {};
  }

  void End() { output_.Write(exporting_->End()); }

 private:
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
  std::optional<serve::StoryExport> exporting_;
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
  const auto codes = serve::LoadCodes();
  if (!codes) {
    Say(codes.error());
    return kWrongUsage;
  }
  auto facts = serve::ChooseStories(archive, command.form, filter);
  if (facts && UnitOf(command.form) == ExportUnit::kEvents)
    facts = archive.OneOfEach(*facts, command.same);
  if (!facts) return Complain(facts.error());
  Exporting exporting(archive, command, codes->names, output);
  if (const auto begun = exporting.Begin(); !begun) return Complain(begun.error());
  for (const StoryFacts& each : *facts) {
    if (output.state() != Output::State::kOpen || SignalReceived() != 0) break;
    const auto written = exporting.Write(each);
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
