/// Which encoding a page is in, and its text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/charsets.h"

namespace dateline::html {

/// The encoding that a page names in its first 4096 bytes: `<meta charset>`, `<meta http-equiv
/// content>` or an XML declaration; nothing when it names none that there is.
std::optional<std::string> DeclaredCharset(std::string_view bytes);

/// Decodes a page. A byte order mark wins, then the encoding that the HTTP header states, then the
/// one the page declares, then detection. UTF-8 that is stated and is not, and another that is
/// stated where the bytes are sound UTF-8, are not believed. Never fails: what cannot be decoded is
/// replaced.
text::Decoded DecodePage(std::string_view bytes, std::string_view http_charset);

}  // namespace dateline::html
