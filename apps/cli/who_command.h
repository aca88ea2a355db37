/// `dateline who`: people, organisations and groups over all stories of an archive.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Prints who bears a name, or one identity whole; returns the exit code (see ask_command.h).
int RunWho(const WhoCommand& command);

}  // namespace dateline::cli
