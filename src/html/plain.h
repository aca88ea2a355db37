/// Pieces of a page as plain text.
#pragma once

#include <string>
#include <string_view>

#include "html/tree.h"

namespace dateline::html {

/// Entities decoded, any run of white space as one space, none at the ends.
std::string PlainLine(std::string_view raw);
/// All text in the subtree of a node, a space where a block or line ends; what is hidden left out.
/// At most `limit` bytes of the page are looked at.
std::string PlainLine(const Tree& tree, NodeIndex node, std::size_t limit = 4096);
/// What two texts are compared by: letters and digits in lower case, nothing else; entities
/// decoded.
std::string MatchKey(std::string_view raw);
void AppendMatchKey(std::string_view raw, std::string& key);

/// At most so many bytes, no character cut.
std::string_view CutAt(std::string_view text, std::size_t size);
std::string_view TrimAscii(std::string_view text);

}  // namespace dateline::html
