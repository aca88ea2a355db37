/// Folders of tables for the tests of this folder.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

namespace dateline::tables::testing {

/// Path below a folder, and text.
using Files = std::map<std::string, std::string>;

/// A folder below the system's temporary one; removed with everything in it at the end.
class TempFolder {
 public:
  explicit TempFolder(const Files& files) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tables_XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    for (const auto& [name, text] : files) Write(name, text);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  /// Returns the path of the file.
  std::filesystem::path Write(const std::string& name, std::string_view text) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace dateline::tables::testing
