/// Whom a judgement, a denial or a refusal is aimed at where only the text before tells: "condemned
/// the expulsions", "dismissed the claim", "rejected the idea".
#pragma once

#include <optional>
#include <span>

#include "dateline/event.h"
#include "events/matcher.h"
#include "events/scene.h"

namespace dateline::events {

/// The target of an event whose match names none: whoever did what is judged, uttered what is
/// denied or proposed what is refused. `before` are the events of the story so far, in order. None
/// for an event whose target is named.
std::optional<EventActor> AimedAt(const StoryView& view, const Scene& scene, const Match& match,
                                  const Event& event, std::span<const Event> before);

}  // namespace dateline::events
