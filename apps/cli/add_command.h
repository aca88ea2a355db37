/// `dateline add`: stories into an archive.
#pragma once

#include "command_line.h"
#include "dateline/archive.h"
#include "dateline/engine.h"

namespace dateline::cli {

/// Runs the command and returns the exit code (see ExitCode). Prints one line for each input that
/// failed and a summary on standard error. What was added stays, whatever ends the program; what an
/// archive has already is passed over without being read again.
int RunAdd(const AddCommand& command);

/// What the archive keeps of a run that begins now and reads so.
ArchiveRun RunOf(const Engine& engine, const ReadCommand& command);

}  // namespace dateline::cli
