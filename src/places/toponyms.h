/// Which names of a story may be places, and what stands around them.
#pragma once

#include <vector>

#include "dateline/story.h"
#include "names/names.h"
#include "names/reading.h"
#include "places/gazetteer.h"
#include "places/metonymy.h"
#include "places/toponym.h"

namespace dateline::places {

/// Sorted by begin. Places of datelines ("LIMA, Peru (AP)") and phrases ("the Moroccan capital")
/// are among them.
std::vector<Toponym> FindToponyms(const Story& story, const std::vector<names::Name>& names,
                                  const names::Reading& reading, const Gazetteer& gazetteer,
                                  const Metonymy& words);

}  // namespace dateline::places
