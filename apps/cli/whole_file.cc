#include "whole_file.h"

#include <fstream>
#include <iterator>

namespace dateline::cli {

Result<std::string> ReadWholeFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  if (file.bad() || !file.is_open()) {
    return Fail(ErrorCode::kUnreadable, "cannot be read", path.string());
  }
  return bytes;
}

}  // namespace dateline::cli
