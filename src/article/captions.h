/// Captions and their credits.
#pragma once

#include <string_view>

#include "article/cues.h"

namespace dateline::article {

/// Views into the line; either may be empty.
struct CaptionParts {
  std::string_view caption;
  std::string_view credit;
};

/// "A boat. (Ann Lee/Trust)" → "A boat.", "Ann Lee/Trust". Knows credits in brackets at the end,
/// behind "Photo by", behind '|', and Reuters's "REUTERS/Ann Lee".
CaptionParts SplitCaption(std::string_view text, const LayoutCues& cues);
/// Whether a line without a label is a caption by its credit: "(AP Photo/Ann Lee)",
/// "[Photo/Xinhua]".
bool EndsInPhotoCredit(std::string_view line, const LayoutCues& cues);

}  // namespace dateline::article
