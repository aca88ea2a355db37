/// What surrounds a match: whether it happened, who says so, when and where.
#pragma once

#include <optional>

#include "dateline/date.h"
#include "events/matcher.h"
#include "quotes/cues.h"

namespace dateline::events {

/// The status of a match by its verbs alone: tense, mood, negation and what governs it. Absent when
/// it is negated, or no event of its own ("agreed to withdraw" is an agreement).
std::optional<EventStatus> StatusOf(const StoryView& view, const Scene& scene, const Match& match);

/// The innermost attribution in whose content the span lies.
std::optional<AttributionIndex> AttributionOver(const Story& story, Span span);

struct FoundDate {
  Date date;
  Origin from = Origin::kClause;
};

struct FoundPlace {
  EventPlace place;
  Origin from = Origin::kClause;
};

/// The date of what a clause tells: a time in the clause, else in the sentence, else the story's
/// date unless the verb looks back ("had asked").
std::optional<FoundDate> DateOf(const StoryView& view, const Scene& scene, const Match& match,
                                EventStatus status, std::optional<Date> story_date);

/// The literal place in the clause, else in the sentence.
std::optional<FoundPlace> PlaceOf(const StoryView& view, const Scene& scene, const Match& match);

}  // namespace dateline::events
