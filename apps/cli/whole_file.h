/// A file at once.
#pragma once

#include <filesystem>
#include <string>

#include "dateline/result.h"

namespace dateline::cli {

Result<std::string> ReadWholeFile(const std::filesystem::path& path);

}  // namespace dateline::cli
