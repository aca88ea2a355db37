/// Who said what, after the PARC 3.0 / PolNeAR scheme: source, cue, content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline {

/// direct: the whole content stands in quotation marks; mixed: part of it; indirect: none.
enum class AttributionKind : std::uint8_t { kDirect, kIndirect, kMixed };
std::string_view AttributionKindName(AttributionKind kind);
std::optional<AttributionKind> ParseAttributionKind(std::string_view name);

/// Span lists are sorted and do not overlap. Sorted by content begin within a story; contents may
/// nest, never cross.
struct Attribution {
  AttributionKind kind = AttributionKind::kDirect;
  std::vector<Span> source;           ///< empty: the text names none
  std::optional<EntityIndex> entity;  ///< the speaker, resolved
  std::vector<Span> cue;              ///< "said", "according to"; empty: none in the text
  std::string cue_lemma;
  std::vector<Span> content;  ///< never empty; quotation marks belong to it
  double confidence = 0;      ///< in [0, 1]
  bool operator==(const Attribution&) const = default;
};

}  // namespace dateline
