#include "output.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace dateline::cli {
namespace {

constexpr std::size_t kBufferSize = 64U << 10U;

}  // namespace

void Output::Write(std::string_view bytes) {
  if (state_ != State::kOpen) return;
  buffer_ += bytes;
  if (buffer_.size() >= kBufferSize) Flush();
}

void Output::Flush() {
  std::string_view rest = buffer_;
  while (state_ == State::kOpen && !rest.empty()) {
    const ssize_t written = write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
      state_ = error_ == EPIPE ? State::kClosed : State::kFailed;
    }
  }
  buffer_.clear();
}

std::string Output::Problem() const { return std::generic_category().message(error_); }

void RecordSink::Write(std::string_view records) {
  if (records.empty()) return;
  if (array_) output_.Write(first_ ? "[\n" : ",\n");
  first_ = false;
  output_.Write(records);
}

void RecordSink::Finish() {
  if (array_) output_.Write(first_ ? "[]\n" : "\n]\n");
  output_.Flush();
}

}  // namespace dateline::cli
