/// Whom "I" means: the speaker of the quotation that each word stands in.
///
///   "I am glad," [Maes] said.      the subject of the verb of saying outside the marks
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "actors/world.h"
#include "dateline/story.h"
#include "names/reading.h"

namespace dateline::actors {

/// By token: the head of the speaker, absent outside quotations and where none is told. A quotation
/// without a speaker of its own keeps that of the one before it in its paragraph or the next one
/// above. REQUIRES: trees; without them nobody speaks.
std::vector<std::optional<std::uint32_t>> FindSpeakers(const Story& story,
                                                       const names::Reading& reading,
                                                       const World& world);

}  // namespace dateline::actors
