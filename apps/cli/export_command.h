/// `dateline export`: the events of an archive in the columns of other programs.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Runs the command and returns the exit code (see ExitCode). Rows go to standard output.
int RunExport(const ExportCommand& command);

}  // namespace dateline::cli
