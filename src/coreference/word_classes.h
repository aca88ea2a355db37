/// Classes of words used alike, from word vectors: "ministry" and "agency" in one.
#pragma once

#include <cstdint>
#include <span>

namespace dateline::coreference {

/// A view of two lists in the weights file: sorted hashes of words, and the class of each.
struct WordClasses {
  std::span<const std::uint32_t> words{};
  std::span<const std::uint8_t> classes{};

  /// 1 to 255; 0 for a word in no class. `hash` is HashWord of the lower case.
  [[nodiscard]] std::uint32_t Of(std::uint32_t hash) const;
};

}  // namespace dateline::coreference
