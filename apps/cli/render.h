/// Stories in the form asked for.
#pragma once

#include <string>
#include <vector>

#include "command_line.h"
#include "dateline/story.h"
#include "digest.h"

namespace dateline::cli {

struct RenderOptions {
  OutputForm form = OutputForm::kJsonLines;
  RecordOptions record;
  DigestOptions digest;
  bool safe = false;  ///< no cell is a formula
};

/// The stories of one piece, ready to be written: lines, or members of an array with commas
/// between them.
std::string Render(const std::vector<Story>& stories, const RenderOptions& options);

}  // namespace dateline::cli
