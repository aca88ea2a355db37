/// What attributions of one story owe each other: a quotation has one speaker, contents nest or
/// stand apart.
#pragma once

#include <vector>

#include "quotes/finding.h"

namespace dateline::quotes {

/// Where several say the same quotation, and none of them stands in the content of another, it is
/// left to the one whose cue is in its frame, and to the most certain of those. What says nothing
/// then is dropped.
void ShareQuotations(const Reading& reading, const Graph& graph, std::vector<Finding>& found);

/// "A," she said, turning to the door, "b." A quotation that nobody claims goes on with the one
/// that broke off with a comma before the cue of its sentence. `taken`: the words that are content.
void ContinueQuotations(const Reading& reading, const Graph& graph, const std::vector<bool>& taken,
                        std::vector<Finding>& found);

/// Sorts by content, drops the less certain of two that cross, and sets `made.inside` of those
/// whose cue stands in another's content.
void SortAndNest(std::vector<Finding>& found);

}  // namespace dateline::quotes
