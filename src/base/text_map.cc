#include "base/text_map.h"

#include <xxhash.h>

namespace dateline::base {

std::uint64_t HashOf(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

}  // namespace dateline::base
