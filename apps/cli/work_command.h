/// `dateline work`: reads stories from one topic of Kafka and writes their records to another.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Returns the exit code.
int RunWork(const WorkCommand& command);

}  // namespace dateline::cli
