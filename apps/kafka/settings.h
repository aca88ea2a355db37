/// librdkafka's own settings (security, sizes, times), from a file of `name=value` lines.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline::kafka {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// Blank lines and lines that begin with '#' are passed over; space around names and values does
/// not count. kInvalidArgument, with `path`:line, for a line without '=' and for settings on which
/// the guarantees of delivery rest, which are not the file's to make.
Result<Settings> ParseSettings(std::string_view text, std::string_view path);

}  // namespace dateline::kafka
