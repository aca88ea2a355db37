/// Eight bytes of a text at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dateline::base {

static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

/// The top bit of each byte of a word of eight.
inline constexpr std::uint64_t kTopBits = 0x8080808080808080U;

/// Bytes [at, at + 8) of `text`; `fill` behind its end. REQUIRES: at < text.size().
inline std::uint64_t LoadBytes(std::string_view text, std::size_t at, char fill) {
  std::uint64_t x = 0x0101010101010101U * static_cast<unsigned char>(fill);
  std::memcpy(&x, text.data() + at, std::min<std::size_t>(8, text.size() - at));
  return x;
}

/// The top bit of each byte of `x` that is `c`, all other bits 0.
constexpr std::uint64_t BytesEqual(std::uint64_t x, char c) {
  const std::uint64_t y = x ^ (0x0101010101010101U * static_cast<unsigned char>(c));
  return ~(((y & ~kTopBits) + ~kTopBits) | y | ~kTopBits);
}

/// Whether a byte of `x` is below `c`, which is at most 0x80.
constexpr bool HasByteBelow(std::uint64_t x, char c) {
  return ((x - 0x0101010101010101U * static_cast<unsigned char>(c)) & ~x & kTopBits) != 0;
}

/// How many bytes of `x` have their top bit set. REQUIRES: no other bit is.
constexpr std::uint32_t CountTopBits(std::uint64_t x) {
  return static_cast<std::uint32_t>(((x >> 7U) * 0x0101010101010101U) >> 56U);
}

}  // namespace dateline::base
