/// `dateline sync ARCHIVE SERVER`: an archive and a PostgreSQL server bring each other up to date.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Runs the command and returns the exit code.
int RunSync(const SyncCommand& command);

}  // namespace dateline::cli
