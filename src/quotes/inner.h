/// What is said, read as if nobody said it: so that those who say something in it are found with
/// the same means as the outermost ones.
#pragma once

#include <vector>

#include "quotes/finding.h"

namespace dateline::quotes {

/// A story cut down to the contents of its attributions. The words keep their positions.
struct InnerStory {
  Reading reading;
  Graph graph;
  std::vector<bool> within;  ///< words that stand in a content
};

/// Outer quotation marks are gone, the marks inside them count; trees end where a content ends; a
/// frame is a sentence as far as one content reaches into it. The graph is rearranged, not copied.
InnerStory ReadContents(const Reading& reading, Graph graph, const std::vector<Finding>& found);

}  // namespace dateline::quotes
