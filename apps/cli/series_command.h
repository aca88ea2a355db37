/// `dateline timeline` and `dateline network`: the events of an archive, counted.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Each returns the exit code; nothing counted is 1.
int RunTimeline(const TimelineCommand& command);
int RunNetwork(const NetworkCommand& command);

}  // namespace dateline::cli
