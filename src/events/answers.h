/// Answers to what was asked, offered or demanded just before: "The army refused", "The invitation
/// was accepted", where neither the other side nor the matter is named again.
#pragma once

#include <optional>
#include <vector>

#include "dateline/event.h"
#include "events/act_table.h"
#include "events/matcher.h"
#include "events/scene.h"

namespace dateline::events {

struct Answer {
  Match match;           ///< its source is who answers, empty where nobody is named
  const Event* earlier;  ///< what is answered: its sides are the answer's, the other way round
};

/// The answers of a sentence. `before` are the events of the story so far, in order; those of
/// triggers that `matches` holds are no answers. The pointers live as long as `before` and `acts`.
std::vector<Answer> FindAnswers(const StoryView& view, const Scene& scene, const ActTable& acts,
                                const std::vector<Match>& matches,
                                const std::vector<Event>& before);

}  // namespace dateline::events
