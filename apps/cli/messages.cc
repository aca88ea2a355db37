#include "messages.h"

#include <fmt/format.h>

#include <cstdio>

#include "terminal.h"

namespace dateline::cli {

void Say(std::string_view message) { fmt::print(stderr, "dateline: {}\n", Printable(message)); }

void Say(const Error& error) { Say(error.Text()); }

}  // namespace dateline::cli
