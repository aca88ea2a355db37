/// The compiled file: a checksummed list of table images.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::tables {

inline constexpr std::string_view kMagic = "DLTABLES";
inline constexpr std::uint32_t kVersion = 1;

/// `images` sorted by table name.
std::string MakeContainer(std::span<const std::string> images);

struct Container {
  std::uint64_t checksum = 0;            ///< XXH3-64 of everything behind it in the file
  std::vector<std::string_view> images;  ///< views into the bytes
};

/// Checks magic, version, size and checksum. kUnsupported for another version, kMalformed for
/// everything else. REQUIRES: `bytes` begin at a multiple of kImageAlignment.
Result<Container> OpenContainer(std::string_view bytes);

}  // namespace dateline::tables
