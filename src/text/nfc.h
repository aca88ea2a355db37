/// Unicode's composed form: "é" as one code point.
#pragma once

#include <string>
#include <string_view>

namespace dateline::text {

/// `text` in normalisation form C; `text` itself where that cannot be made (it is not UTF-8).
/// REQUIRES: no NUL.
std::string ToNfc(std::string_view text);

}  // namespace dateline::text
