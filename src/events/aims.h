/// Whom a judgement, a denial or a refusal is aimed at where only the text before tells: "condemned
/// the expulsions", "dismissed the claim", "rejected the idea".
#pragma once

#include <span>

#include "dateline/event.h"
#include "events/matcher.h"
#include "events/scene.h"

namespace dateline::events {

/// Sets the target of an event whose match names none: whoever did what is judged, uttered what is
/// denied or proposed what is refused. `before` are the events of the story so far, in order. An
/// event whose target is named is left alone.
void Aim(const StoryView& view, const Scene& scene, const Match& match,
         std::span<const Event> before, Event& event);

}  // namespace dateline::events
