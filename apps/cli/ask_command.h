/// Questions to an archive: `dateline search`, `story`, `sql`, `check`, and `events` and `quotes`
/// where the input is an archive.
#pragma once

#include "command_line.h"

namespace dateline::cli {

// Each runs its command, prints the answer on standard output, and returns the exit code: 0, 1 when
// the archive cannot be read or is not sound, or nothing is found, 2 for a question that cannot be
// read, 141 when the reader of the output went away.
int RunSearch(const SearchCommand& command);
int RunStory(const StoryCommand& command);
int RunSql(const SqlCommand& command);
int RunCheck(const CheckCommand& command);
/// `command.events` or `command.quotes`, of the archive that is its one path.
int RunFacts(const ReadCommand& command);

}  // namespace dateline::cli
