#include "archive/hex.h"

#include <fmt/format.h>

#include <cstddef>

namespace dateline::archive {
namespace {

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::string BytesOfHex(std::string_view hex) {
  constexpr std::size_t kDigits = 32;
  std::string bytes;
  if (hex.size() != kDigits) return bytes;
  for (std::size_t i = 0; i < kDigits; i += 2) {
    const int high = DigitOf(hex[i]);
    const int low = DigitOf(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string HexOf(std::string_view bytes) {
  std::string digits;
  for (const char c : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return digits;
}

}  // namespace dateline::archive
