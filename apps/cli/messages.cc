#include "messages.h"

#include <fmt/format.h>

#include <cstdio>

#include "read_command.h"
#include "terminal.h"

namespace dateline::cli {

void Say(std::string_view message) { fmt::print(stderr, "dateline: {}\n", Printable(message)); }

void Say(const Error& error) { Say(error.Text()); }

int Complain(const Error& error) {
  Say(error);
  return error.code == ErrorCode::kInvalidArgument ? kWrongUsage : kSomeFailed;
}

}  // namespace dateline::cli
