/// Ids and hashes as digits.
#pragma once

#include <string>
#include <string_view>

namespace dateline::archive {

/// 16 bytes of 32 hex digits in lower case; empty for anything else.
std::string BytesOfHex(std::string_view hex);
/// Two digits for each byte, in lower case.
std::string HexOf(std::string_view bytes);

}  // namespace dateline::archive
