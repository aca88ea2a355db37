/// Small pieces of HTML, as feeds and tables carry them in titles and summaries: whether a text is
/// such, and what it says.
#pragma once

#include <string>
#include <string_view>

namespace dateline::readers {

/// Whether a text is a whole HTML page: it begins with a doctype or one of html, head, body.
bool LooksLikeHtmlPage(std::string_view text);
/// Whether a text is a piece of HTML: it begins with a tag of HTML that is closed somewhere, or
/// holds a closed paragraph or link.
bool LooksLikeFragment(std::string_view text);

/// The text of a fragment: tags of HTML are gone, blocks stand between blank lines, `br` is a line
/// end, scripts, styles and comments are left out. Entities and what only looks like a tag ("<3")
/// stay. Linear time.
std::string FragmentText(std::string_view html);

/// One line of plain text: tags gone, entities decoded (twice at most), white space squeezed.
std::string PlainLine(std::string_view text);

}  // namespace dateline::readers
