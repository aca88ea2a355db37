/// The spans of a story in the unit that a record's reader counts in.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dateline/record.h"
#include "dateline/span.h"
#include "dateline/story.h"

namespace dateline::record {

/// Converts byte spans of one story's text. Building it for kChars and kUtf16 walks the text once;
/// each conversion then is one look-up (kSource: a binary search among the alignment's runs).
/// Keeps a reference to `story`.
class Offsets {
 public:
  Offsets(const Story& story, OffsetUnit unit);

  /// Nothing for a span that holds text but has no place in the bytes as handed in (a headline that
  /// came in a field of its own); only kSource ever answers so.
  [[nodiscard]] std::optional<Span> Convert(Span span) const {
    switch (unit_) {
      case OffsetUnit::kBytes:
        return span;
      case OffsetUnit::kSource:
        return ToSource(span);
      case OffsetUnit::kChars:
      case OffsetUnit::kUtf16:
        break;
    }
    return Span{At(span.begin), At(span.end)};
  }
  [[nodiscard]] bool Has(Span span) const {
    return unit_ != OffsetUnit::kSource || ToSource(span).has_value();
  }

 private:
  [[nodiscard]] std::optional<Span> ToSource(Span span) const;
  [[nodiscard]] std::uint32_t At(std::uint32_t byte) const {
    return byte < units_before_.size() ? units_before_[byte] : units_before_.back();
  }

  const Story& story_;
  OffsetUnit unit_;
  std::vector<std::uint32_t> units_before_;  ///< by byte offset, the end of the text included
};

}  // namespace dateline::record
