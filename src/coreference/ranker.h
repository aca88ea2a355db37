/// The weights of the ranker, mapped from `english.dlc`; format: docs/formats/coreference.md.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "coreference/word_classes.h"
#include "dateline/result.h"

namespace dateline::coreference {

/// Names the version of the features; a file of weights made for others is refused.
inline constexpr std::uint32_t kFeatureVersion = 2;

/// A view of the file's bytes, which must outlive it. Immutable; thread-safe.
class Ranker {
 public:
  /// Checks magic, version, feature version, size and checksum; kUnsupported for another version,
  /// kMalformed otherwise. REQUIRES: `bytes` begin at a multiple of 4.
  static Result<Ranker> Open(std::string_view bytes);

  /// Asks for the weight of a feature ahead of Score.
  void Fetch(std::uint32_t feature) const { __builtin_prefetch(&weights_[feature & mask_]); }
  /// The sum of the features' weights; a pure integer, so the same on every machine.
  [[nodiscard]] std::int32_t Score(std::span<const std::uint32_t> features) const;
  [[nodiscard]] const WordClasses& classes() const { return classes_; }

 private:
  WordClasses classes_{};
  std::span<const std::int8_t> weights_{};
  std::uint32_t mask_ = 0;
};

}  // namespace dateline::coreference
