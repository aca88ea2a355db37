#include "coreference/word_classes.h"

#include <algorithm>

namespace dateline::coreference {

std::uint32_t WordClasses::Of(std::uint32_t hash) const {
  if (words.empty()) return 0;
  // Hashes spread evenly, so the word stands close to its share of the list.
  std::size_t at = (std::uint64_t{hash} * words.size()) >> 32U;
  while (at > 0 && words[at] > hash) --at;
  while (at + 1 < words.size() && words[at] < hash) ++at;
  return words[at] == hash ? classes[at] : 0;
}

}  // namespace dateline::coreference
