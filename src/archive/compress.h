/// zstd for single values.
#pragma once

#include <string>
#include <string_view>

#include "dateline/result.h"

namespace dateline::archive {

/// What stands in `dictionary` too costs next to nothing. Same bytes in, same bytes out.
std::string Compress(std::string_view bytes, std::string_view dictionary = {});
/// REQUIRES: the dictionary is the one that the bytes were compressed with; with another the result
/// is an error or other bytes. kMalformed for what is no whole zstd frame, or would be over 2 GiB.
Result<std::string> Decompress(std::string_view bytes, std::string_view dictionary = {});

}  // namespace dateline::archive
