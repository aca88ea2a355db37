/// Where bytes come from: a file, a pipe, what a decompressor makes of another source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "dateline/result.h"

namespace dateline::readers {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Writes up to `size` bytes and says how many; 0 is the end. An error stands for bytes that
  /// could not be had: the next call goes on behind them, or says 0. Errors have no `where`.
  virtual Result<std::size_t> Read(char* bytes, std::size_t size) = 0;

  /// Passes over up to `count` bytes without reading them; says how many, 0 where it cannot.
  virtual std::uint64_t Skip(std::uint64_t count);
};

/// Opens a file; "-" is standard input, which is not closed. kNotFound or kUnreadable.
Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);

/// Bytes in memory, given out at most `step` at a time.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t step = std::size_t{1} << 18U)
      : bytes_(std::move(bytes)), step_(step) {}
  Result<std::size_t> Read(char* bytes, std::size_t size) override;

 private:
  std::string bytes_;
  std::size_t step_;
  std::size_t at_ = 0;
};

}  // namespace dateline::readers
