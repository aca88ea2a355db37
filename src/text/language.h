/// The language a text is written in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dateline::text {

/// BCP 47 code of the language that most of `text` is in ("en", "pt", "zh-Hant"); absent when the
/// text is too short or too mixed to tell. Looks at the first kLanguageBytes at most. REQUIRES:
/// valid UTF-8. Thread-safe. Method: Compact Language Detector 2 (scripts and four-letter grams).
std::optional<std::string> DetectLanguage(std::string_view text);

inline constexpr std::size_t kLanguageBytes = 8192;

}  // namespace dateline::text
