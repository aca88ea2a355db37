#include "events/trace.h"

#include <algorithm>
#include <utility>

namespace dateline::events {

std::vector<EventActor> EventActors(const StoryView& view, const Scene& scene,
                                    const ActorSet& set) {
  std::vector<EventActor> out;
  out.reserve(set.size());
  for (const std::uint32_t index : set) {
    const Actor& actor = scene.actors[index];
    const bool named =
        actor.entity && std::ranges::find(out, actor.entity, &EventActor::entity) != out.end();
    if (named) continue;  // "Ana Ruiz, Chad's envoy" is one
    out.push_back({.entity = actor.entity,
                   .actor = actor.code,
                   .span = {view.word(actor.words.begin).span.begin,
                            view.word(actor.words.end - 1).span.end}});
  }
  return out;
}

void AddNote(const StoryView& view, const Scene& scene, const Note& note,
             Candidate::Verdict verdict, std::string_view reason, std::string detail) {
  if (view.trace == nullptr) return;
  Candidate candidate{.verdict = verdict,
                      .trigger = view.word(note.trigger).span,
                      .rule = note.pattern->id,
                      .frame = note.frame == nullptr ? "" : note.frame->text,
                      .cameo = note.pattern->cameo,
                      .reason = std::string(reason),
                      .detail = std::move(detail),
                      .source = {},
                      .target = {},
                      .features = note.features};
  if (note.source != nullptr) candidate.source = EventActors(view, scene, *note.source);
  if (note.target != nullptr) candidate.target = EventActors(view, scene, *note.target);
  view.trace->push_back(std::move(candidate));
}

}  // namespace dateline::events
