#include "quotes/word_groups.h"

#include <algorithm>

namespace dateline::quotes {

std::uint16_t WordGroups::Of(std::uint32_t hash) const {
  const auto found = std::ranges::lower_bound(words, hash);
  if (found == words.end() || *found != hash) return 0;
  return groups[static_cast<std::size_t>(found - words.begin())];
}

}  // namespace dateline::quotes
