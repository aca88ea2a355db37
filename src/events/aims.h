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

/// "The eight were freed": by whoever is last told to have taken or held people of their country;
/// none for an event whose source is named, or that is no release.
std::optional<EventActor> HolderBefore(const Event& event, std::span<const Event> before);

/// Who did or said what the clause of the verb judges, where a noun or a pronoun stands for all
/// that the clause before tells: "freed ten rebels, a step that Chad hailed", "shut the strait, in
/// what Chad condemned as theft". Empty for any other clause.
ActorSet DoersSummedUp(const Scene& scene, std::uint32_t verb);

/// Gives matches without a target that of what is told beside them: "recalled its envoy, closed the
/// border and accused Chad of theft", "threatened to retaliate after Chad arrested two of its
/// officers". "Recalled its envoy to Chad over two men who were arrested": those held without a
/// word by whom are so by the country that theirs falls out with.
void AimBeside(const Scene& scene, std::vector<Match>& matches);

}  // namespace dateline::events
