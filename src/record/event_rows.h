/// What the rows and lines of events have in common.
#pragma once

#include <string_view>
#include <vector>

#include "dateline/record.h"
#include "dateline/story.h"
#include "record/rows.h"

namespace dateline::record {

/// The name of the entity, else the words of the story that name it.
std::string_view NameOf(const Story& story, const EventActor& actor);

/// The rows of WriteEventRows by their cells.
std::vector<Fields> EventFields(const Story& story, const Choice& choice);
/// The names of their columns; cells without meaning.
Fields EventFieldNames();

}  // namespace dateline::record
