/// zstd for single values.
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::archive {

/// Same bytes in, same bytes out.
std::string Compress(std::string_view bytes);
/// kMalformed for what is no whole zstd frame, or would be over 2 GiB.
Result<std::string> Decompress(std::string_view bytes);

}  // namespace dateline::archive
