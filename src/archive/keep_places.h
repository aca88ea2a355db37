/// Which place a fact has when a story is read again.
#pragma once

#include <vector>

#include "dateline/event.h"

namespace dateline::archive {

/// Puts events that are in both lists (the same code, trigger and actors) at the place that they
/// have in `old`, so that their numbers stay. New ones fill the places of those that are gone, in
/// their own order, and then stand behind all; where there are fewer of them, the last move up.
void KeepPlaces(const std::vector<Event>& old, std::vector<Event>& events);

}  // namespace dateline::archive
