/// Rules for what a labelled cue must have besides what its labels say: whole quotations, both
/// halves of an interrupted sentence, the subject that a participle shares.
#pragma once

#include "quotes/features.h"
#include "quotes/frames.h"
#include "quotes/graph.h"

namespace dateline::quotes {

/// Mends the ranges of `found` in place:
///
///   said: "We counted every box when it came"   content that holds one mark of a quotation holds
///                                               all of it
///   The bridge, she said, would open in May.    content that begins behind the second comma began
///                                               before the first one
///   She joked of the hall, "We want it"          something short between cue and content is an
///                                               object of the cue, not said
///   The minister laughed and said, "We go."       the source of a quotation is the subject of the
///                                               verb that its cue hangs from
void MendExtents(const Reading& reading, const Graph& graph, Candidate& found);

}  // namespace dateline::quotes
