#include "coreference/word_classes.h"

#include <xxhash.h>

#include <algorithm>

namespace dateline::coreference {

std::uint32_t WordClasses::Of(std::uint32_t hash) const {
  const auto found = std::ranges::lower_bound(words, hash);
  if (found == words.end() || *found != hash) return 0;
  return classes[static_cast<std::size_t>(found - words.begin())];
}

std::uint32_t HashWord(std::string_view lower) {
  return static_cast<std::uint32_t>(XXH3_64bits(lower.data(), lower.size()));
}

}  // namespace dateline::coreference
