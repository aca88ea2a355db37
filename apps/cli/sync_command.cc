#include "sync_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "counted.h"
#include "interrupt.h"
#include "messages.h"
#include "postgres/sync.h"
#include "progress.h"
#include "read_command.h"

namespace dateline::cli {
namespace {

/// "12 stories pushed, 3 stories pulled, 1 correction pushed".
std::string Summary(const SyncCommand& command, const postgres::SyncCounts& counts) {
  std::string text;
  const auto say = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (command.push) say(Counted(counts.pushed, "story", "stories") + " pushed");
  if (counts.replaced > 0) say(fmt::format("{} of them read anew", counts.replaced));
  if (command.pull) say(Counted(counts.pulled, "story", "stories") + " pulled");
  if (counts.corrections_pushed > 0) {
    say(Counted(counts.corrections_pushed, "correction", "corrections") + " pushed");
  }
  if (counts.corrections_pulled > 0) {
    say(Counted(counts.corrections_pulled, "correction", "corrections") + " pulled");
  }
  if (counts.corrections_left > 0) {
    say(Counted(counts.corrections_left, "correction", "corrections") +
        " left on the server: not found here, or corrected otherwise");
  }
  return text;
}

}  // namespace

int RunSync(const SyncCommand& command) {
  WatchSignals();
  Progress progress(isatty(STDERR_FILENO) == 1, {});
  postgres::SyncCounts counts;
  const postgres::SyncWatch watch{
      .stop = [] { return SignalReceived() != 0; },
      .advance = [&progress](std::uint64_t stories) { progress.Advance(stories, 0); }};
  const auto done = postgres::Sync({.archive = command.archive,
                                    .server = command.server,
                                    .push = command.push,
                                    .pull = command.pull},
                                   watch, counts);
  progress.Clear();
  const int signal = SignalReceived();
  if (!done) {
    const int code = Complain(done.error());
    if (counts.pushed + counts.pulled > 0) {
      Say(fmt::format("stopped: {}", Summary(command, counts)));
    }
    return code;
  }
  if (signal != 0) {
    Say(fmt::format("interrupted: {}; run the same command again to go on",
                    Summary(command, counts)));
    return kSignalBase + signal;
  }
  Say(Summary(command, counts));
  return kAllRead;
}

}  // namespace dateline::cli
