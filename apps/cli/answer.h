/// What the answers of all commands that ask an archive have in common.
#pragma once

#include <cstdint>
#include <optional>

#include "command_line.h"
#include "output.h"
#include "page.h"

namespace dateline::cli {

/// The form asked for, else kText on a terminal and kJsonLines elsewhere.
TableForm AnswerForm(std::optional<TableForm> wanted);

/// As wide as the terminal, coloured where it is wanted.
PageOptions PageFor(ColorChoice color);

/// Flushes; the exit code: of a signal, of a reader that went away or a write that failed, else
/// `code`.
int EndAnswer(Output& output, int code);

}  // namespace dateline::cli
