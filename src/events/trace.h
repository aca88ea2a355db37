/// What became of each rule that was laid over a sentence, for those who ask (`dateline explain`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/event.h"
#include "events/patterns.h"
#include "events/scene.h"

namespace dateline::events {

/// The actors as an event carries them.
std::vector<EventActor> EventActors(const StoryView& view, const Scene& scene, const ActorSet& set);

/// One rule tried at one trigger; see Candidate for the fields.
struct Note {
  std::uint32_t trigger = 0;
  const Pattern* pattern = nullptr;
  const PatternFrame* frame = nullptr;
  const ActorSet* source = nullptr;
  const ActorSet* target = nullptr;
  std::vector<std::string> features{};
};

/// Adds a candidate to what `view.trace` collects. Nothing when nobody asked.
void AddNote(const StoryView& view, const Scene& scene, const Note& note,
             Candidate::Verdict verdict, std::string_view reason, std::string detail = {});

}  // namespace dateline::events
