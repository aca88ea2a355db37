#include "readers/utf16_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "text/unicode.h"

namespace dateline::readers {
namespace {

char32_t UnitAt(std::string_view bytes, std::size_t at, ByteOrder order) {
  const auto one = static_cast<unsigned char>(bytes[at]);
  const auto two = static_cast<unsigned char>(bytes[at + 1]);
  return order == ByteOrder::kLittle ? one | static_cast<char32_t>(two) << 8U
                                     : two | static_cast<char32_t>(one) << 8U;
}

bool IsHigh(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

class Utf16Source final : public ByteSource {
 public:
  Utf16Source(std::unique_ptr<Window> input, ByteOrder order)
      : input_(std::move(input)), order_(order) {}

  Result<std::size_t> Read(char* bytes, std::size_t size) override {
    if (at_ == out_.size()) {
      DATELINE_TRY(const bool more, Refill());
      if (!more) return 0;
    }
    const std::size_t count = std::min(size, out_.size() - at_);
    std::memcpy(bytes, out_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  /// Decodes what is there.
  Result<bool> Refill() {
    out_.clear();
    at_ = 0;
    while (out_.empty()) {
      const std::string_view in = input_->Peek(4);
      if (auto failure = input_->TakeFailure()) return std::unexpected(*std::move(failure));
      if (in.empty()) return false;
      input_->Consume(Decode(in, in.size() < 4));
    }
    return true;
  }

  /// How many bytes were taken. `last`: no more follow.
  std::size_t Decode(std::string_view in, bool last) {
    std::size_t at = 0;
    const std::size_t end = last ? in.size() : std::min<std::size_t>(in.size() - 2, kChunk);
    for (; at + 1 < end; at += 2) {
      char32_t c = UnitAt(in, at, order_);
      if (IsHigh(c) && at + 3 < in.size() && IsLow(UnitAt(in, at + 2, order_))) {
        c = 0x10000 + ((c - 0xD800) << 10U) + (UnitAt(in, at + 2, order_) - 0xDC00);
        at += 2;
      } else if (IsHigh(c) || IsLow(c)) {
        c = 0xFFFD;
      }
      if (c != 0xFEFF) text::AppendUtf8(out_, c);
    }
    return last ? in.size() : at;
  }

  static constexpr std::size_t kChunk = std::size_t{1} << 16U;
  std::unique_ptr<Window> input_;
  ByteOrder order_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<ByteOrder> DetectUtf16(std::string_view head) {
  if (head.size() < 4) return std::nullopt;
  if (head.starts_with("\xFF\xFE") && (head[2] != '\0' || head[3] != '\0'))
    return ByteOrder::kLittle;
  if (head.starts_with("\xFE\xFF")) return ByteOrder::kBig;
  const auto plain = [](char c) { return c == '<' || c == '{' || c == '[' || c == '"'; };
  if (plain(head[0]) && head[1] == '\0' && head[2] != '\0' && head[3] == '\0')
    return ByteOrder::kLittle;
  if (head[0] == '\0' && plain(head[1]) && head[2] == '\0' && head[3] != '\0')
    return ByteOrder::kBig;
  return std::nullopt;
}

std::string AsciiOfUtf16(std::string_view head, ByteOrder order) {
  std::string out;
  for (std::size_t at = 0; at + 1 < head.size(); at += 2) {
    const char32_t c = UnitAt(head, at, order);
    if (c == 0xFEFF) continue;
    out += c < 0x80 ? static_cast<char>(c) : '?';
  }
  return out;
}

std::unique_ptr<ByteSource> DecodeUtf16(std::unique_ptr<Window> input, ByteOrder order) {
  return std::make_unique<Utf16Source>(std::move(input), order);
}

}  // namespace dateline::readers
