#include "html/story_text.h"

#include <optional>

#include "text/charsets.h"
#include "text/entities.h"
#include "text/unicode.h"

namespace dateline::html {
namespace {

/// Characters that leave no trace (docs/formats/text.md).
bool IsInvisible(char32_t c) {
  return c == 0xAD || c == 0x61C || c == 0x180E || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFFF9 && c <= 0xFFFB);
}

bool IsBlank(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029 || text::IsSpace(c);
}

/// A byte of ASCII that stands for itself.
bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && c != '&';
}

}  // namespace

void StoryText::BeginBlock() {
  started_ = false;
  gap_ = false;
}

void StoryText::Separate(std::uint32_t source) {
  if (!started_) {
    started_ = true;
    if (!text_.empty()) {
      text_ += "\n\n";
      alignment_.Append(2, source, 0);
    }
    begin_ = static_cast<std::uint32_t>(text_.size());
  } else if (gap_) {
    text_ += ' ';
    // Where the page has a space of one byte before the character, that is it.
    const bool stands = source > place_;
    alignment_.Append(1, stands ? source - 1 : source, stands ? 1 : 0);
  }
  gap_ = false;
}

void StoryText::Put(std::string_view bytes, std::uint32_t source, std::uint32_t length) {
  Separate(source);
  text_ += bytes;
  alignment_.Append(static_cast<std::uint32_t>(bytes.size()), source, length);
  place_ = source + length;
}

void StoryText::Add(std::uint32_t begin, std::uint32_t end) {
  std::uint32_t at = begin;
  while (at < end) {
    std::uint32_t plain = at;
    while (plain < end && IsPlain(page_[plain])) ++plain;
    if (plain > at) {
      Put(page_.substr(at, plain - at), at, plain - at);
      at = plain;
      continue;
    }
    text::CodePoint point = text::CodePointAt(page_, at);
    if (page_[at] == '&') {
      if (const auto entity = text::ParseEntity(page_.substr(at, end - at)))
        point = {entity->value, entity->length};
    }
    if (point.value >= 0x80 && point.value < 0xA0 && point.value != 0x85)
      point.value = text::Windows1252(static_cast<unsigned char>(point.value));
    if (IsBlank(point.value) || (point.value >= 0x80 && point.value < 0xA0)) {
      gap_ = gap_ || started_;
    } else if (!IsInvisible(point.value)) {
      std::string bytes;
      text::AppendUtf8(bytes, point.value);
      Put(bytes, at, static_cast<std::uint32_t>(point.length));
    }
    at += static_cast<std::uint32_t>(point.length);
  }
}

Span StoryText::EndBlock() {
  gap_ = false;
  if (!started_) return {};
  started_ = false;
  return {begin_, static_cast<std::uint32_t>(text_.size())};
}

Span StoryText::AddLoose(std::string_view line) {
  if (line.empty()) return {};
  BeginBlock();
  Separate(place_);
  text_ += line;
  alignment_.Append(static_cast<std::uint32_t>(line.size()), place_, 0);
  return EndBlock();
}

}  // namespace dateline::html
