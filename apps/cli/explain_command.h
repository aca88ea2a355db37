/// `dateline explain`: one sentence, and what each rule made of it.
#pragma once

#include <string>

#include "command_line.h"
#include "page.h"

namespace dateline::cli {

/// Returns the exit code.
int RunExplain(const ExplainCommand& command);

/// The whole answer for one story that was read with ReadOptions::explain. `all`: also the rules
/// whose words do not stand in the sentence. Text of the story cannot command the terminal.
std::string WriteExplanation(const Story& story, bool all, const PageOptions& options);

}  // namespace dateline::cli
