/// The TSV files of a folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "dateline/result.h"

namespace dateline::tables {

struct TableFile {
  std::string name;  ///< path below the folder, with '/' between its parts: "actors/countries.tsv"
  base::MappedFile text;
};

/// Every *.tsv below `folder`, sorted by name. kNotFound when there is no such folder.
Result<std::vector<TableFile>> ReadTableFiles(const std::filesystem::path& folder);

}  // namespace dateline::tables
