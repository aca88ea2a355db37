/// `dateline rebuild`: the stories of an archive, read again by this program.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Runs the command and returns the exit code (see ExitCode). A line on standard error for each
/// input that cannot be read again, whose stories stay as they are, and a summary. Whatever ends
/// the program, what was done stays, and the same command goes on with the rest.
int RunRebuild(const RebuildCommand& command);

}  // namespace dateline::cli
