/// What is said on standard error.
#pragma once

#include <string_view>

#include "dateline/result.h"

namespace dateline::cli {

/// "dateline: message", made printable, with a line feed.
void Say(std::string_view message);
/// "dateline: where: message".
void Say(const Error& error);
/// The same; gives kWrongUsage for an invalid argument, else kSomeFailed.
int Complain(const Error& error);

}  // namespace dateline::cli
