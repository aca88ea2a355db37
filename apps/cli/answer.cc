#include "answer.h"

#include <fmt/format.h>
#include <unistd.h>

#include "interrupt.h"
#include "messages.h"
#include "read_command.h"
#include "terminal.h"

namespace dateline::cli {

TableForm AnswerForm(std::optional<TableForm> wanted) {
  return wanted.value_or(isatty(STDOUT_FILENO) == 1 ? TableForm::kText : TableForm::kJsonLines);
}

PageOptions PageFor(ColorChoice color) {
  return {.width = TerminalWidth(STDOUT_FILENO), .color = UseColor(color, STDOUT_FILENO)};
}

int EndAnswer(Output& output, int code) {
  output.Flush();
  if (SignalReceived() != 0) return kSignalBase + SignalReceived();
  if (output.state() == Output::State::kClosed) return kReaderWentAway;
  if (output.state() == Output::State::kOpen) return code;
  Say(fmt::format("standard output: cannot be written: {}", output.Problem()));
  return kSomeFailed;
}

}  // namespace dateline::cli
