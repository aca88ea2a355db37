/// The files below a folder, in byte order of their paths.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dateline/result.h"

namespace dateline::cli {

/// Walks a folder depth first, as `find FOLDER -type f | LC_ALL=C sort` would list it. Hidden files
/// and folders are skipped, so is what is neither file nor folder (pipes, devices). Links are
/// followed; a folder that is met again is not entered again, so loops end.
///
/// Memory: the names in the folders between the root and the current file, and 16 bytes or so for
/// each folder met. No descriptor stays open between calls. Not thread-safe.
class FileWalk {
 public:
  explicit FileWalk(std::string root);

  /// The next path: the root as given, a slash, the rest. An error stands for a folder that cannot
  /// be listed or a link that leads nowhere; the walk goes on behind it. Nothing at the end.
  std::optional<Result<std::string>> Next();

 private:
  /// A folder whose names are being given out. Names lie end to end in one buffer, because a
  /// folder may hold millions; a folder's own name ends in a slash, which is also what sorts it.
  struct Folder {
    std::string path;  ///< with a final slash
    std::string names;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;  ///< begin and size in `names`
    std::size_t next = 0;
  };

  std::optional<Error> Enter(std::string path);
  Result<Folder> List(std::string path);

  std::optional<std::string> root_;  ///< until it is entered
  std::vector<Folder> open_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;  ///< device and inode of folders
};

}  // namespace dateline::cli
