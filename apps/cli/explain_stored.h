/// `dateline explain ARCHIVE ID [FACT]`: why a stored story was coded as it was.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Returns the exit code.
int RunExplainStored(const ExplainCommand& command);

}  // namespace dateline::cli
