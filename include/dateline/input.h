/// Files, folders and streams as a sequence of pieces small enough to hold: a whole text file, or
/// one record of a dump. Memory stays bounded by one piece, whatever the size of the input.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "dateline/engine.h"
#include "dateline/result.h"

namespace dateline {

/// What Engine::Read takes in one call.
struct InputPiece {
  std::string bytes;
  Format format = Format::kText;
  std::string path;  ///< as given on the command line or found in a folder; "-" for standard input
  std::uint64_t line = 0;    ///< 1-based first line in the input, of a record; 0 for a whole file
  std::uint64_t offset = 0;  ///< byte offset in the input
};

struct InputOptions {
  Format format = Format::kAuto;
  /// A piece (a text file, one record) larger than this is refused with kTooLarge and skipped.
  std::uint64_t max_piece_bytes = 16U << 20U;
};

/// Reads one file or file descriptor piece by piece. Not thread-safe.
class InputReader {
 public:
  /// Opens a file; "-" is standard input. kNotFound or kUnreadable when that fails.
  static Result<InputReader> Open(const std::string& path, const InputOptions& options);

  InputReader(InputReader&&) noexcept;
  InputReader& operator=(InputReader&&) noexcept;
  ~InputReader();

  /// The next piece; nothing at the end. An error stands for one piece that could not be read; the
  /// next call goes on behind it where the input allows, else returns nothing.
  std::optional<Result<InputPiece>> Next();

 private:
  struct Impl;
  explicit InputReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline
