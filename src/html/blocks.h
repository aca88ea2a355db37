/// The text of a page cut where a browser would begin a new line, with counts of what it is made
/// of.
#pragma once

#include <cstdint>
#include <vector>

#include "html/tree.h"

namespace dateline::html {

/// A stretch of text between two borders of block elements (or two line breaks in a row). It is
/// made of the text nodes in [first, last]; `br` inside it is a line end.
struct TextBlock {
  NodeIndex parent = 0;  ///< the innermost block element around it
  NodeIndex first = 0;   ///< its first text node that is not blank
  NodeIndex last = 0;
  std::uint32_t words = 0;    ///< stretches without spaces; two characters of Chinese count as one
  std::uint32_t letters = 0;  ///< characters that are no spaces
  std::uint32_t link_letters = 0;
  std::uint32_t digits = 0;
  std::uint32_t capitals = 0;  ///< words that begin with an upper-case letter of ASCII
  std::uint32_t stops =
      0;  ///< full stops, question and exclamation marks before a space or the end
  std::uint32_t commas = 0;
  std::uint32_t bold_letters = 0;
  bool hidden = false;  ///< styled not to be shown
};

/// In the order of the page; blocks without a letter or digit are left out, as is all that is no
/// text of the page: scripts, forms' options, pictures drawn in SVG. Linear.
std::vector<TextBlock> FindBlocks(const Tree& tree);

/// The text nodes of a block that belong to it, in order.
template <typename Use>
void ForEachText(const Tree& tree, const TextBlock& block, Use use) {
  for (NodeIndex at = block.first; at <= block.last;) {
    const Node& node = tree.nodes[at];
    if (node.text) {
      use(at, node);
      ++at;
    } else if (IsNoText(node)) {
      at = node.end;
    } else {
      ++at;
    }
  }
}

}  // namespace dateline::html
