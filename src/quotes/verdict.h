/// Judges candidates as a whole: is this who, what and said together right?
#pragma once

#include <span>
#include <vector>

#include "quotes/attribution_model.h"
#include "quotes/features.h"
#include "quotes/graph.h"

namespace dateline::quotes {

/// What is said of candidate `index`, on its own and beside the others of the story, which are
/// sorted by their cue. `out` is overwritten.
void VerdictFeatures(const Graph& graph, std::span<const Candidate> all, std::size_t index,
                     Features& out);

/// Sets the score of each.
void JudgeAll(const AttributionModel& model, const Graph& graph, std::vector<Candidate>& all);

}  // namespace dateline::quotes
