/// When what a match tells happened.
#pragma once

#include <optional>

#include "dateline/date.h"
#include "events/matcher.h"

namespace dateline::events {

struct DatedFrom {
  Date date;
  Origin from = Origin::kClause;
};
/// The day of which the first paragraph's first sentence tells, where it lies a few days before the
/// story's: the day of what the story tells without naming one.
std::optional<Date> DayOfLead(const Story& story, std::optional<Date> story_date);

/// The date of what a clause tells: a time in the clause, else in the sentence or in the one before
/// it, else the lead's day or the story's date unless the verb looks back ("had asked") or the
/// event is still to come.
std::optional<DatedFrom> DateOf(const StoryView& view, const Scene& scene, const Match& match,
                                EventStatus status, std::optional<Date> story_date);

}  // namespace dateline::events
