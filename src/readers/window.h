/// A stream seen through a buffer that grows to the right and is let go on the left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "readers/byte_source.h"

namespace dateline::readers {

class Window {
 public:
  explicit Window(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  /// What has been read and not consumed. The view is good until More or Consume.
  [[nodiscard]] std::string_view bytes() const { return std::string_view(buffer_).substr(at_); }
  /// Place in the stream of bytes()[0].
  [[nodiscard]] std::uint64_t offset() const { return base_ + at_; }
  /// 1-based line of bytes()[0]; counts from the last jump.
  [[nodiscard]] std::uint64_t line() const { return line_; }

  /// Reads on. False at the end, and where bytes could not be had: then failed() holds until the
  /// error is taken, and the next call goes on behind them.
  bool More();
  /// Reads until `count` bytes are there, or no more come.
  std::string_view Peek(std::size_t count);
  /// REQUIRES: count <= bytes().size().
  void Consume(std::size_t count);
  /// Passes over `count` bytes, read or not; false when the stream ends before.
  bool Discard(std::uint64_t count);

  [[nodiscard]] bool failed() const { return failure_.has_value(); }
  std::optional<Error> TakeFailure() { return std::exchange(failure_, std::nullopt); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint64_t line_ = 1;
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace dateline::readers
