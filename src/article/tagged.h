/// Database exports whose fields are opened by two-letter tags (Factiva): "HD", "BY", "LP" …
#pragma once

#include <string_view>
#include <vector>

#include "article/article_reader.h"
#include "article/cues.h"
#include "article/stories.h"

namespace dateline::article {

/// Whether these lines are such an export: HD and LP or TD, and two more tags.
bool IsTagged(const std::vector<Line>& lines, LineRange range, const LayoutCues& cues);

/// REQUIRES: IsTagged.
Reading ReadTagged(std::string_view text, const std::vector<Line>& lines, LineRange range,
                   const LayoutCues& cues);

}  // namespace dateline::article
