/// What met a condition, in one line of JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dateline/story.h"
#include "follow/alerts.h"

namespace dateline::follow {

/// Which story of the archive it is, and which earlier one it is a copy of.
struct AlertStory {
  std::int64_t number = 0;
  std::optional<std::int64_t> copy_of{};
};

/// One line of JSON without its line end: {"alert", "condition", "number", "copy_of", "fact"}; the
/// fact as `dateline events --jsonl` and `quotes --jsonl` have it, of a mention the story with the
/// entity.
std::string AlertLine(const Alert& alert, const Story& story, const AlertStory& where,
                      std::uint32_t fact);

}  // namespace dateline::follow
