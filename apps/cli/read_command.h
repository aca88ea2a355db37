/// `dateline read`: pieces in, records out, on as many threads as asked for.
#pragma once

#include "command_line.h"

namespace dateline::cli {

enum ExitCode : int {
  kAllRead = 0,
  kSomeFailed = 1,
  kWrongUsage = 2,        ///< also: the tables cannot be loaded
  kSignalBase = 128,      ///< plus the signal's number: 130 after Ctrl-C
  kReaderWentAway = 141,  ///< what shells report for a program that SIGPIPE ended
};

/// Runs the command and returns the exit code. Prints records on standard output, one line for each
/// input that failed on standard error.
///
/// Memory: pieces in flight hold together no more than max_bytes of input (one piece alone may
/// reach it), and there are at most eight for each thread; to this comes what is made of them.
int RunRead(const ReadCommand& command);

}  // namespace dateline::cli
