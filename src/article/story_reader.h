/// The grammar of one story: front matter, body, back matter.
#pragma once

#include <string_view>
#include <vector>

#include "article/article_reader.h"
#include "article/cues.h"
#include "article/stories.h"

namespace dateline::article {

/// Reads the items of one story. Spans are offsets into `text`, of which the items are views.
Reading ReadStory(std::string_view text, const std::vector<Item>& items, const Known& known,
                  const LayoutCues& cues);

}  // namespace dateline::article
