/// Whose name a source bears.
#pragma once

#include <optional>
#include <string_view>

#include "dateline/span.h"
#include "quotes/frames.h"
#include "quotes/graph.h"

namespace dateline::quotes {

/// The entity that a source means: the one its head names, not a possessor and not what stands
/// after "of"; of a relative pronoun what stands before it; of "he" and "she", where the mentions
/// do not tell, the nearest person named before. Looks back 8 frames at most.
std::optional<EntityIndex> SpeakerOf(const Reading& reading, Range source);

/// The person whom the sentence before the word is about, as a subject: in the same paragraph, or
/// as the end of the paragraph before.
std::optional<Range> SubjectBefore(const Reading& reading, const Graph& graph, std::uint32_t at);

/// The entity of this name, in part or in full, any case.
std::optional<EntityIndex> EntityNamed(const Story& story, std::string_view name);

}  // namespace dateline::quotes
