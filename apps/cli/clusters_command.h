/// `dateline clusters`: which stories are about one happening, and how that went on.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Prints the clusters, or the one that is asked for; returns the exit code (see ask_command.h).
int RunClusters(const ClustersCommand& command);

}  // namespace dateline::cli
