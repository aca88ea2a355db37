/// Events and who speaks of them in a few words for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dateline/story.h"

namespace dateline::cli {

inline constexpr std::string_view kBetween = " · ";

/// Adds `part` to `line`, with the separator before it where something stands there already.
void AppendPart(std::string& line, std::string_view part, std::string_view separator = kBetween);

/// The name of who says it; "(not named)" when the text names none.
std::string Speaker(const Story& story, const Attribution& attribution);

/// "Northland (NRL) and Ann Lee".
std::string Side(const Story& story, const std::vector<EventActor>& actors);

/// "consult: visit [042]".
std::string Deed(const Event& event);

/// "at least 12 killed", "20 to 30 arrested", "3000000 USD".
std::string CountText(const EventCount& count);

/// " · 2023-03 · Moscow · planned · says Ann Lee"; empty when nothing is known.
std::string Circumstances(const Story& story, const Event& event);

}  // namespace dateline::cli
