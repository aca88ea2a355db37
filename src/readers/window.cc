#include "readers/window.h"

#include <algorithm>
#include <cassert>

namespace dateline::readers {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 18U;

}  // namespace

bool Window::More() {
  if (ended_ || failure_) return false;
  if (at_ > 0) {
    buffer_.erase(0, at_);
    base_ += at_;
    at_ = 0;
  }
  // A record that outgrew the buffer leaves a large one behind; it is not kept for small ones.
  if (buffer_.capacity() > 4 * kStep && buffer_.size() < kStep) buffer_.shrink_to_fit();
  const std::size_t old = buffer_.size();
  Result<std::size_t> got = 0;
  buffer_.resize_and_overwrite(old + kStep, [&](char* bytes, std::size_t /*size*/) {
    got = source_->Read(bytes + old, kStep);
    return old + got.value_or(0);
  });
  if (!got) {
    failure_ = std::move(got).error();
    return false;
  }
  ended_ = *got == 0;
  return !ended_;
}

std::string_view Window::Peek(std::size_t count) {
  while (bytes().size() < count && More()) {
  }
  return bytes();
}

void Window::Consume(std::size_t count) {
  assert(count <= bytes().size());
  line_ += static_cast<std::uint64_t>(std::ranges::count(bytes().substr(0, count), '\n'));
  at_ += count;
}

bool Window::Discard(std::uint64_t count) {
  for (;;) {
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(count, bytes().size()));
    Consume(step);
    count -= step;
    if (count == 0) return true;
    if (const std::uint64_t skipped = failure_ ? 0 : source_->Skip(count); skipped > 0) {
      base_ += skipped;
      count -= skipped;
    } else if (!More()) {
      return false;
    }
  }
}

}  // namespace dateline::readers
