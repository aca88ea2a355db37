/// Acts of speech about something else: to urge, demand, promise, refuse or threaten it. CAMEO's
/// codes 02, 03, 10, 12 and 13 are such acts, each divided by what the act is about.
#pragma once

#include <vector>

#include "events/act_table.h"
#include "events/matcher.h"
#include "events/scene.h"

namespace dateline::events {

/// Adds the acts of a sentence to the matches of its patterns and takes away the matches that an
/// act is about: "urged Chad to withdraw" tells no withdrawal.
void FindActs(const StoryView& view, const Scene& scene, const ActTable& acts,
              std::vector<Match>& matches);

}  // namespace dateline::events
