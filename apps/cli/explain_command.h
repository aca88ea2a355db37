/// `dateline explain`: one sentence, and what each rule made of it.
#pragma once

#include <string>
#include <vector>

#include "command_line.h"
#include "dateline/span.h"
#include "page.h"

namespace dateline::cli {

/// Returns the exit code.
int RunExplain(const ExplainCommand& command);

/// The whole answer for one story that was read with ReadOptions::explain. `all`: also the rules
/// whose words do not stand in the sentence. `spans`: only what concerns these parts of the story;
/// empty: all of it. Text of the story cannot command the terminal.
std::string WriteExplanation(const Story& story, bool all, const PageOptions& options,
                             const std::vector<Span>& spans = {});

}  // namespace dateline::cli
