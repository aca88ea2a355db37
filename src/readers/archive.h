/// tar and zip, as the sequence of files in them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "readers/byte_source.h"
#include "readers/window.h"

namespace dateline::readers {

/// Whether a stream begins like a tar or zip archive; 512 bytes are enough to tell.
bool LooksLikeArchive(std::string_view head);

/// Reads an archive front to back. Nothing is written anywhere. Folders, links and hidden files
/// are passed over.
class Archive {
 public:
  explicit Archive(std::unique_ptr<Window> input);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  struct Member {
    std::string path;
    /// Good until the next call of Next, and no longer than the archive.
    std::unique_ptr<ByteSource> source;
  };
  /// The next file; nothing at the end. An error stands for a member that cannot be read, or, when
  /// nothing follows it, for the rest of the archive.
  std::optional<Result<Member>> Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dateline::readers
