/// What the rows and lines of events have in common.
#pragma once

#include <string_view>

#include "dateline/story.h"

namespace dateline::record {

/// The name of the entity, else the words of the story that name it.
std::string_view NameOf(const Story& story, const EventActor& actor);

}  // namespace dateline::record
