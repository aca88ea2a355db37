#include "quotes/word_groups.h"

#include <algorithm>

namespace dateline::quotes {

std::uint16_t WordGroups::Of(std::uint32_t hash) const {
  // Hashes are spread evenly, so where one stands can be told from its value, but for some steps.
  constexpr std::size_t kStep = 128;
  const std::size_t guess = static_cast<std::size_t>((std::uint64_t{hash} * words.size()) >> 32U);
  std::size_t begin = guess - std::min(guess, kStep);
  while (begin > 0 && words[begin] > hash) begin -= std::min(begin, kStep);
  std::size_t end = std::min(guess + kStep, words.size());
  while (end < words.size() && words[end - 1] < hash) end = std::min(end + kStep, words.size());
  const auto found = std::lower_bound(words.begin() + static_cast<std::ptrdiff_t>(begin),
                                      words.begin() + static_cast<std::ptrdiff_t>(end), hash);
  if (found == words.end() || *found != hash) return 0;
  return groups[static_cast<std::size_t>(found - words.begin())];
}

}  // namespace dateline::quotes
