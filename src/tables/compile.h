/// Checks the tables of a folder and compiles them into the bytes that Tables::Load maps.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dateline/result.h"

namespace dateline::tables {

struct Compiled {
  std::string bytes;
  std::vector<Error> problems;  ///< every lint error, each with `where` = "file.tsv:line"
};

/// Reads every *.tsv below `folder`. `bytes` is empty when there are problems. Same folder content,
/// same bytes.
Result<Compiled> CompileFolder(const std::filesystem::path& folder);

}  // namespace dateline::tables
