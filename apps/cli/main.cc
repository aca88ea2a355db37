// The program `dateline`: chooses the command and turns its end into an exit code.
#include <fmt/core.h>

#include <cstdio>
#include <variant>

#include "actors_command.h"
#include "add_command.h"
#include "ask_command.h"
#include "clusters_command.h"
#include "command_line.h"
#include "correct_command.h"
#include "explain_command.h"
#include "export_command.h"
#include "follow_command.h"
#include "messages.h"
#include "read_command.h"
#include "rebuild_command.h"
#include "series_command.h"
#include "serve_command.h"
#include "sync_command.h"
#include "tables_command.h"
#include "who_command.h"
#include "work_command.h"

namespace dateline::cli {
namespace {

struct Run {
  int operator()(const ReadCommand& command) const { return RunRead(command); }
  int operator()(const AddCommand& command) const { return RunAdd(command); }
  int operator()(const SearchCommand& command) const { return RunSearch(command); }
  int operator()(const StoryCommand& command) const { return RunStory(command); }
  int operator()(const SqlCommand& command) const { return RunSql(command); }
  int operator()(const ExportCommand& command) const { return RunExport(command); }
  int operator()(const TimelineCommand& command) const { return RunTimeline(command); }
  int operator()(const NetworkCommand& command) const { return RunNetwork(command); }
  int operator()(const FollowCommand& command) const { return RunFollow(command); }
  int operator()(const ServeCommand& command) const { return RunServe(command); }
  int operator()(const WorkCommand& command) const { return RunWork(command); }
  int operator()(const ClustersCommand& command) const { return RunClusters(command); }
  int operator()(const WhoCommand& command) const { return RunWho(command); }
  int operator()(const CorrectCommand& command) const { return RunCorrect(command); }
  int operator()(const CheckCommand& command) const { return RunCheck(command); }
  int operator()(const RebuildCommand& command) const { return RunRebuild(command); }
  int operator()(const SyncCommand& command) const { return RunSync(command); }
  int operator()(const ExplainCommand& command) const { return RunExplain(command); }
  int operator()(const TablesCheckCommand& command) const { return RunTablesCheck(command); }
  int operator()(const ActorsLookupCommand& command) const { return RunActorsLookup(command); }
  int operator()(const ActorsImportCommand& command) const { return RunActorsImport(command); }
  int operator()(const EventsImportCommand& command) const { return RunEventsImport(command); }
  int operator()(const HelpCommand& command) const { return Print(command.text); }

  int operator()(const VersionCommand& /*command*/) const {
    const auto engine = Engine::Open({});
    if (engine) return Print(engine->Version() + "\n");
    return Print("dateline " DATELINE_VERSION ", without tables\n");
  }

  int operator()(const UsageError& error) const {
    Say(error.message);
    Say("see 'dateline --help' or 'dateline help read'");
    return kWrongUsage;
  }

 private:
  static int Print(const std::string& text) {
    fmt::print("{}", text);
    return std::fflush(stdout) == 0 ? kAllRead : kSomeFailed;
  }
};

}  // namespace
}  // namespace dateline::cli

int main(int argc, char** argv) {
  return std::visit(dateline::cli::Run{}, dateline::cli::ParseCommandLine(argc, argv));
}
