/// What the command line names, as one sequence of pieces to read, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dateline/input.h"
#include "dateline/result.h"
#include "file_walk.h"

namespace dateline::cli {

/// A file or record, and how many of its input came before it.
struct Piece {
  InputPiece input;
  std::uint32_t ordinal = 0;
};

/// Everything that one argument of the command line stands for has been given out.
struct ArgumentEnd {
  std::string path;
  bool is_folder = false;
};

/// A piece, a piece that could not be had, or a mark.
using Job = std::variant<Piece, Error, ArgumentEnd>;

/// Walks the arguments. At most one file is open at a time. Not thread-safe.
class JobStream {
 public:
  /// The first `skip` records of all inputs together, sound or not, are not given out.
  JobStream(std::vector<std::string> paths, const InputOptions& options, std::uint64_t skip = 0)
      : paths_(std::move(paths)), options_(options), skip_(skip) {}

  /// Nothing at the end.
  std::optional<Job> Next();

 private:
  std::optional<Job> NextOfReader();
  std::optional<Job> NextOfArgument();
  std::optional<Job> BeginArgument();
  std::optional<Job> OpenFile(const std::string& path);

  std::vector<std::string> paths_;
  InputOptions options_;
  std::uint64_t skip_;
  std::size_t next_path_ = 0;
  bool in_argument_ = false;
  std::optional<FileWalk> walk_;
  std::optional<InputReader> reader_;
  std::string reader_path_;
  std::uint32_t ordinal_ = 0;  ///< of the reader's next piece
};

/// "-" is shown as "standard input".
std::string ShownPath(const std::string& path);

}  // namespace dateline::cli
