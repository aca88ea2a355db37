/// `dateline actors`: who a name is on a day; dictionaries of actors and verbs made into tables.
#pragma once

#include "command_line.h"
#include "read_command.h"

namespace dateline::cli {

/// Prints what the tables know. kSomeFailed when nothing has that name, kWrongUsage when the tables
/// cannot be loaded.
int RunActorsLookup(const ActorsLookupCommand& command);

/// Writes the tables; names each line that is skipped on standard error. kSomeFailed when there is
/// one, or a file cannot be read or written.
int RunActorsImport(const ActorsImportCommand& command);

/// The same of verb dictionaries.
int RunEventsImport(const EventsImportCommand& command);

}  // namespace dateline::cli
