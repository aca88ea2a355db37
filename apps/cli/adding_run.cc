#include "adding_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <utility>

namespace dateline::cli {

/// "dateline 0.1.0, tables 3f9c…, model english …" by its three parts.
ArchiveRun RunOf(const Engine& engine, std::string options,
                 const std::vector<std::filesystem::path>& data) {
  ArchiveRun run;
  const std::string version = engine.Version();
  const auto tables = version.find(", tables ");
  const auto model = version.find(", model ");
  run.program = version.substr(0, tables);
  if (tables != version.npos && model != version.npos) {
    run.tables = version.substr(tables + 9, model - tables - 9);
    run.model = version.substr(model + 8);
  }
  run.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  run.options = std::move(options);
  for (const auto& folder : data) run.options += " --data " + folder.string();
  return run;
}

}  // namespace dateline::cli
