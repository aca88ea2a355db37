#include "record/json_writer.h"

#include <simdjson.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

namespace dateline::record {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101U;   // each byte 1
constexpr std::uint64_t kHighs = 0x8080808080808080U;  // the high bit of each byte

// The characters with an escape of their own, and its letter.
constexpr std::string_view kShortEscapes = "\b\f\n\r\t\"\\";
constexpr std::string_view kEscapeLetters = "bfnrt\"\\";
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// True for the ASCII characters that JSON strings cannot hold as they are.
constexpr bool NeedsEscape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

/// Of eight characters at once: a set high bit in each byte that needs an escape. The classic zero
/// byte trick; a byte above a true hit may be reported falsely, so only the lowest hit is used.
std::uint64_t EscapesIn(std::uint64_t word) {
  const auto zero_bytes = [](std::uint64_t w) { return (w - kOnes) & ~w & kHighs; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
  return control | zero_bytes(word ^ (kOnes * '"')) | zero_bytes(word ^ (kOnes * '\\'));
}

/// How many bytes at the front of `text` can be copied as they are.
std::size_t PlainLength(std::string_view text) {
  std::size_t at = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; at + 8 <= text.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, 8);
      const std::uint64_t hits = EscapesIn(word);
      if (hits != 0) return at + static_cast<std::size_t>(std::countr_zero(hits)) / 8;
    }
  }
  while (at < text.size() && !NeedsEscape(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

void AppendEscape(char c, std::string& out) {
  if (const auto found = kShortEscapes.find(c); found != std::string_view::npos) {
    out += {'\\', kEscapeLetters[found]};
    return;
  }
  const auto code = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHexDigits[code >> 4U];
  out += kHexDigits[code & 15U];
}

void AppendEscaped(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const std::size_t plain = PlainLength(text);
    out.append(text.substr(0, plain));
    if (plain == text.size()) return;
    AppendEscape(text[plain], out);
    text.remove_prefix(plain + 1);
  }
}

/// The length of the UTF-8 sequence that `lead` announces; 0 for a byte that begins none.
std::size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

/// `text` with each byte that belongs to no valid sequence replaced by U+FFFD. Rare: file names.
std::string Repaired(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = SequenceLength(static_cast<unsigned char>(text.front()));
    const bool valid =
        length > 0 && length <= text.size() && simdjson::validate_utf8(text.substr(0, length));
    out += valid ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(valid ? length : 1);
  }
  return out;
}

}  // namespace

void JsonWriter::NewLine() {
  out_ += '\n';
  out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
}

void JsonWriter::BeforeValue() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  if (indent_ && depth_ > 0) {
    if (inline_from_ == 0) {
      NewLine();
    } else if (!first_) {
      out_ += ' ';
    }
  }
  first_ = false;
}

void JsonWriter::Begin(char bracket, Layout layout) {
  BeforeValue();
  out_ += bracket;
  ++depth_;
  first_ = true;
  if (layout == Layout::kInline && inline_from_ == 0) inline_from_ = depth_;
}

void JsonWriter::End(char bracket) {
  const bool on_one_line = inline_from_ != 0;
  if (inline_from_ == depth_) inline_from_ = 0;
  --depth_;
  if (indent_ && !on_one_line && !first_) NewLine();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::Key(std::string_view key) {
  BeforeValue();
  out_ += '"';
  out_ += key;
  out_ += indent_ ? std::string_view("\": ") : std::string_view("\":");
  after_key_ = true;
}

void JsonWriter::String(std::string_view value) {
  BeforeValue();
  out_ += '"';
  if (simdjson::validate_utf8(value)) {
    AppendEscaped(value, out_);
  } else {
    AppendEscaped(Repaired(value), out_);
  }
  out_ += '"';
}

void JsonWriter::Id(char prefix, std::uint64_t number) {
  BeforeValue();
  out_ += {'"', prefix};
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out_.append(digits.data(), end.ptr);
  out_ += '"';
}

void JsonWriter::Number(std::uint64_t value) {
  BeforeValue();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end.ptr);
}

void JsonWriter::Number(double value) {
  if (!std::isfinite(value)) return Null();
  BeforeValue();
  std::array<char, 32> digits{};
  char* const last = digits.data() + digits.size();
  // Large numbers carry an exponent: without one readers take them for integers, which overflow.
  const auto end = std::abs(value) < 1e15
                       ? std::to_chars(digits.data(), last, value)
                       : std::to_chars(digits.data(), last, value, std::chars_format::scientific);
  out_.append(digits.data(), end.ptr);
}

void JsonWriter::Bool(bool value) {
  BeforeValue();
  out_ += value ? std::string_view("true") : std::string_view("false");
}

void JsonWriter::Null() {
  BeforeValue();
  out_ += "null";
}

void JsonWriter::Raw(std::string_view json) {
  BeforeValue();
  out_ += json;
}

std::string JsonWriter::Take() {
  first_ = true;
  return std::exchange(out_, {});
}

}  // namespace dateline::record
