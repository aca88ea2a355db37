/// Several stories on one page: which there are, and what the page says of each.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "html/facts.h"
#include "html/features.h"
#include "html/tree.h"

namespace dateline::html {

/// One of several stories on a page.
struct StoryPart {
  NodeIndex scope = 0;              ///< its element
  std::size_t title = 0;            ///< the block of its headline
  std::vector<std::size_t> blocks;  ///< its body's, in order
};

/// The stories of a page on which elements of their own hold several, each with a heading and some
/// paragraphs; empty where the page is one story, also where that has parts (a live blog).
/// `chosen` holds the blocks of all stories in order.
std::vector<StoryPart> FindStoryParts(const PageView& page, const Facts& facts,
                                      std::span<const std::size_t> chosen);

/// What is said of one of several stories: all that stands in its element, and of what is said of
/// the page what names its headline or is the site's.
Facts FactsOf(const Facts& facts, const PageView& page, const StoryPart& part);

}  // namespace dateline::html
