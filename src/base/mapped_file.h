/// A file mapped into memory, read only: tables and large inputs without a copy.
///
///   DATELINE_TRY(const base::MappedFile file, base::MappedFile::Open("dateline.tables"));
///   Parse(file.view());
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "dateline/result.h"

namespace dateline::base {

/// Owns the mapping; the view lives as long as the object it was last moved to. Immutable, safe to
/// share between threads. A file that another process cuts short while it is mapped is not guarded
/// against (the kernel answers a read with SIGBUS): map only files that stay, read the others.
class MappedFile {
 public:
  /// Maps all of a regular file. An empty file gives an empty view. kNotFound when there is none,
  /// kUnreadable when the system refuses or the path is no regular file; `where` is the path.
  static Result<MappedFile> Open(const std::filesystem::path& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(data_), size_}; }

 private:
  MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}

  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace dateline::base
