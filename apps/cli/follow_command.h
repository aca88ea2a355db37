/// `dateline follow`: watches feeds and folders, adds what is new, tells when an alert is met.
#pragma once

#include "command_line.h"

namespace dateline::cli {

/// Goes on until a signal comes, or once around with FollowCommand::once. Returns the exit code.
int RunFollow(const FollowCommand& command);

}  // namespace dateline::cli
