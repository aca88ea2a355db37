/// The hash of a folded token sequence, built token by token. Part of the compiled format: a change
/// here is a new version of it.
#pragma once

#include <xxhash.h>

#include <bit>
#include <cstdint>
#include <string_view>

namespace dateline::tables {

/// Phrases of more tokens are refused by the compiler, so that the lengths of all phrases that
/// begin with one word fit a 32-bit mask.
inline constexpr std::uint32_t kMaxPhraseTokens = 32;

inline std::uint64_t HashToken(std::string_view folded) {
  return XXH3_64bits(folded.data(), folded.size());
}

/// The hash of `prefix` followed by `token`. The empty sequence is 0.
constexpr std::uint64_t ExtendHash(std::uint64_t prefix, std::uint64_t token) {
  return std::rotl(prefix * 0x9E3779B97F4A7C15U, 29) ^ token;
}

}  // namespace dateline::tables
