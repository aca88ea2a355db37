/// Records on standard output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dateline::cli {

/// A buffer before a file descriptor.
class Output {
 public:
  /// How the last write went. kClosed: the reader of the pipe went away.
  enum class State : std::uint8_t { kOpen, kClosed, kFailed };

  explicit Output(int descriptor) : descriptor_(descriptor) {}

  /// After a failed write everything is dropped.
  void Write(std::string_view bytes);
  void Flush();
  [[nodiscard]] State state() const { return state_; }
  /// What the system said, when state() is kFailed.
  [[nodiscard]] std::string Problem() const;

 private:
  int descriptor_;
  std::string buffer_;
  State state_ = State::kOpen;
  int error_ = 0;
};

/// Puts between, before and after the records what makes them one document: for a JSON array its
/// brackets and commas, for rows the names of the columns, else nothing.
class RecordSink {
 public:
  RecordSink(Output& output, bool array, std::string_view head = {})
      : output_(output), array_(array) {
    output_.Write(head);
  }

  /// `records`: of one piece, as Render makes them; may be empty.
  void Write(std::string_view records);
  /// Closes the document and flushes.
  void Finish();

 private:
  Output& output_;
  bool array_;
  bool first_ = true;
};

}  // namespace dateline::cli
