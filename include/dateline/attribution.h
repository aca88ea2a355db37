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

/// Span lists are sorted and do not overlap. Sorted by content begin within a story, the longer
/// first; contents nest or stand apart, never cross.
struct Attribution {
  AttributionKind kind = AttributionKind::kDirect;
  std::vector<Span> source;           ///< empty: the text names none
  std::optional<EntityIndex> entity;  ///< the speaker, resolved
  std::vector<Span> cue;              ///< "said", "according to"; empty: none in the text
  std::string cue_lemma;
  std::vector<Span> content;           ///< never empty; quotation marks belong to it
  double confidence = 0;               ///< in [0, 1]
  std::vector<Span> addressee{};       ///< "reporters" of "told reporters"; may lie in the cue
  std::vector<Span> medium{};          ///< "a letter", "X", "Halvik TV"; may lie in the cue
  bool negated = false;                ///< "did not say", "declined to comment"
  std::optional<std::string> modal{};  ///< lemma of the auxiliary of "would not say": "would"
  std::optional<AttributionIndex> inside{};  ///< in whose content this one stands, an earlier one;
                                             ///< absent: the outermost
  bool operator==(const Attribution&) const = default;
};

/// What words in quotation marks are that nobody is found to say.
enum class QuotedKind : std::uint8_t {
  kTerm,     ///< a word or phrase held at a distance: the 'ghost ship'
  kTitle,    ///< of a book, film, song …
  kName,     ///< a nickname, a ship, an operation
  kHeading,  ///< a whole headline or sub-heading
  kSpeech,   ///< speech whose speaker the story does not tell
};
std::string_view QuotedKindName(QuotedKind kind);
std::optional<QuotedKind> ParseQuotedKind(std::string_view name);

/// A quotation that belongs to no attribution, its marks included. Sorted by begin within a story.
struct QuotedPhrase {
  Span span;
  QuotedKind kind = QuotedKind::kTerm;
  bool operator==(const QuotedPhrase&) const = default;
};

}  // namespace dateline
