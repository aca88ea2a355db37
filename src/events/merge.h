/// Several mentions of one happening become one event.
#pragma once

#include <vector>

#include "dateline/story.h"

namespace dateline::events {

/// Two mentions tell one happening when their CAMEO roots, their sides (either way round for mutual
/// acts) and statuses agree and their dates do not contradict each other. The first keeps its
/// place; the more precise code and date win; evidence is joined. Order of first evidence is kept.
std::vector<Event> MergeEvents(std::vector<Event> events, const Story& story);

}  // namespace dateline::events
