/// Events and quotes as rows: CSV, TSV, Markdown.
#pragma once

#include <string>
#include <vector>

#include "command_line.h"
#include "dateline/record.h"
#include "record/rows.h"

namespace dateline::cli {

/// The rows of a story's chosen facts; nothing for a form that has no rows.
std::string FactRows(const Story& story, OutputForm form, const Choice& choice, bool safe);
/// The line of names before them; nothing for a form that has none.
std::string FactHeader(OutputForm form);

/// The columns of a fact that fit on a screen.
const std::vector<std::string>& ShortColumns(bool events);

}  // namespace dateline::cli
