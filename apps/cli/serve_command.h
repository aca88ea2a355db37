/// `dateline serve`: the page and the API over HTTP.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Returns the exit code.
int RunServe(const ServeCommand& command);

}  // namespace dateline::cli
