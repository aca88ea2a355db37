/// From scores to the story's blocks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "html/features.h"

namespace dateline::html {

/// The blocks whose score reaches one half, in the order of the page, but for those that say again
/// what stood in earlier ones (a copy for search engines, a pulled quote of some length).
std::vector<std::size_t> ChooseBlocks(const PageView& page, std::span<const float> scores);

}  // namespace dateline::html
