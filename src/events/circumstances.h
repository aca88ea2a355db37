/// What surrounds a match: whether it happened, who says so, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/date.h"
#include "events/matcher.h"
#include "quotes/cues.h"

namespace dateline::events {

/// How a match stands in its sentence. Without a status it is no event of its own ("agreed to
/// withdraw" is an agreement).
struct Standing {
  std::optional<EventStatus> status;
  std::string_view reason{};  ///< why there is none
  std::string word{};         ///< what decided, where one word did
};

/// "No treaty was signed", "neither side met".
bool HasNoSide(const Scene& scene, std::uint32_t verb);

/// By its verbs alone: tense, mood, negation, what governs it and what modifies it.
Standing StandingOf(const StoryView& view, const Scene& scene, const Match& match);

/// The innermost attribution in whose content the span lies.
std::optional<AttributionIndex> AttributionOver(const Story& story, Span span);

struct PlacedFrom {
  EventPlace place;
  Origin from = Origin::kClause;
};
/// The literal place in the clause that is nearest to the trigger, else in the sentence, else the
/// one the story's dateline names, where it lies in the country of a side.
std::optional<PlacedFrom> PlaceOf(const StoryView& view, const Scene& scene, const Match& match);

}  // namespace dateline::events
