/// The country that a story is about most: what is done for or against nobody named is done for or
/// against it.
#pragma once

#include <optional>

#include "dateline/event.h"
#include "dateline/story.h"

namespace dateline::events {

/// By how often the country and its towns are named, in the headline and the dateline above all.
/// None where no country is named often enough, or two as often, and in a text that is no article.
std::optional<EntityIndex> ThemeOf(const Story& story);

/// Whether an act of that code has somebody it is for or against even where nobody is named: help
/// and its promise, blame for a deed, and a closed border.
bool IsForTheme(std::string_view cameo);

/// The theme as a side of an event whose trigger is `trigger`: its span is where the country was
/// named last before it, else first.
EventActor ThemeBefore(const Story& story, EntityIndex theme, Span trigger);

}  // namespace dateline::events
