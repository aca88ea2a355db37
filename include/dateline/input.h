/// Files, folders and streams as a sequence of pieces small enough to hold: a whole text file, or
/// one record of a dump (JSON, table, feed, web archive, wire). What is compressed (gzip, zstd,
/// bzip2, xz) or packed (tar, zip) is unpacked on the way, four deep at most. Memory stays bounded
/// by one piece, whatever the size of the input.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "dateline/columns.h"
#include "dateline/engine.h"
#include "dateline/result.h"

namespace dateline {

/// What Engine::Read takes in one call.
struct InputPiece {
  std::string bytes;
  Format format = Format::kText;
  /// As given on the command line or found in a folder; "-" for standard input. A file in an
  /// archive is "news.zip!folder/file.xml".
  std::string path;
  std::uint64_t line = 0;    ///< 1-based first line in the input, of a record; 0 where none counts
  std::uint64_t record = 0;  ///< 1-based number of the record in its file; 0 for a whole file
  std::uint64_t offset = 0;  ///< byte offset in the input, of what is compressed when unpacked
  /// What stands before the records of the file and is needed to read each: a table's header, the
  /// head of a feed. Null when nothing is.
  std::shared_ptr<const std::string> context{};
};

struct InputOptions {
  Format format = Format::kAuto;
  /// A piece (a text file, one record) larger than this is refused with kTooLarge and skipped.
  std::uint64_t max_piece_bytes = 16U << 20U;
  /// Begin at the first record at or behind this byte of the input (unpacked), where the format
  /// has records; an archive or a text is refused with kInvalidArgument. Lines and record numbers
  /// are then unknown.
  std::uint64_t from = 0;
  /// Where tables and JSON records hold what; a table whose map names columns by their places alone
  /// ("#3") has no header.
  ColumnMap columns{};
};

/// Reads one file or file descriptor piece by piece. Not thread-safe.
class InputReader {
 public:
  /// Opens a file; "-" is standard input. kNotFound or kUnreadable when that fails.
  static Result<InputReader> Open(const std::string& path, const InputOptions& options);

  InputReader(InputReader&&) noexcept;
  InputReader& operator=(InputReader&&) noexcept;
  ~InputReader();

  /// The next piece; nothing at the end. kNoStory stands for a sound record that is no story (a
  /// request in a web archive, a picture). Any other error stands for one piece that could not be
  /// read; the next call goes on behind it where the input allows, else returns nothing.
  std::optional<Result<InputPiece>> Next();

 private:
  struct Impl;
  explicit InputReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
