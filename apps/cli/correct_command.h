/// `dateline correct`: what the user holds against what was found.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Keeps or takes back a correction, or lists them; returns the exit code (see ask_command.h).
int RunCorrect(const CorrectCommand& command);

}  // namespace dateline::cli
