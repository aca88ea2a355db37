#include "record/offsets.h"

#include <string_view>

namespace dateline::record {
namespace {

/// For each byte offset, how many units stand before it. A byte inside a character counts as its
/// first.
std::vector<std::uint32_t> CountUnits(std::string_view text, bool utf16) {
  std::vector<std::uint32_t> before;
  before.reserve(text.size() + 1);
  std::uint32_t units = 0;
  std::uint32_t character = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) {
      character = units;
      units += utf16 && byte >= 0xF0U ? 2 : 1;
    }
    before.push_back(character);
  }
  before.push_back(units);
  return before;
}

}  // namespace

Offsets::Offsets(const Story& story, OffsetUnit unit) : story_(story), unit_(unit) {
  if (unit == OffsetUnit::kChars || unit == OffsetUnit::kUtf16) {
    units_before_ = CountUnits(story.text, unit == OffsetUnit::kUtf16);
  }
}

std::optional<Span> Offsets::ToSource(Span span) const {
  const Span source = story_.alignment.ToSource(span);
  if (source.empty() && !span.empty()) return std::nullopt;
  return source;
}

}  // namespace dateline::record
