#include "tables/folder.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace dateline::tables {
namespace fs = std::filesystem;

Result<std::vector<TableFile>> ReadTableFiles(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return Fail(ErrorCode::kNotFound, "no such folder of tables", folder.string());
  }
  std::vector<fs::path> paths;
  auto entry = fs::recursive_directory_iterator(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".tsv") paths.push_back(entry->path());
  }
  if (error) return Fail(ErrorCode::kUnreadable, error.message(), folder.string());
  std::vector<TableFile> files;
  for (const fs::path& path : paths) {
    DATELINE_TRY(base::MappedFile text, base::MappedFile::Open(path));
    files.push_back({path.lexically_relative(folder).generic_string(), std::move(text)});
  }
  std::ranges::sort(files, {}, &TableFile::name);
  return files;
}

}  // namespace dateline::tables
