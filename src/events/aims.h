/// Whom an act is aimed at that names nobody: a judgement, a denial or a refusal where only the
/// text before tells ("condemned the expulsions", "dismissed the claim", "rejected the idea"), and
/// what is said or broken off beside another act between the two.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dateline/event.h"
#include "events/matcher.h"
#include "events/scene.h"

namespace dateline::events {

/// Whether the match is told by a verb, or is about what somebody did: only these are aimed.
bool MayBeAimed(const Match& match);

/// The target of an event whose match names none: whoever did what is judged, uttered what is
/// denied or proposed what is refused. `before` are the events of the story so far, in order. None
/// for an event whose target is named.
std::optional<EventActor> AimedAt(const StoryView& view, const Scene& scene, const Match& match,
                                  const Event& event, std::span<const Event> before);

/// Gives matches without a target that of what is told beside them: "recalled its envoy, closed the
/// border and accused Chad of theft", "threatened to retaliate after Chad arrested two of its
/// officers".
void AimBeside(const Scene& scene, std::vector<Match>& matches);

}  // namespace dateline::events
