/// `dateline tables check`: every mistake in a folder of tables, as file:line.
#pragma once

#include "command_line.h"
#include "read_command.h"

namespace dateline::cli {

/// Prints each problem on standard error. kSomeFailed when there is one, kWrongUsage when there is
/// no such folder.
int RunTablesCheck(const TablesCheckCommand& command);

}  // namespace dateline::cli
