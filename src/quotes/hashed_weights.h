/// A log-linear model over hashed features: the score of an output is the sum of the weights that
/// its features have for it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dateline::quotes {

inline constexpr std::size_t kMostOutputs = 16;
/// More features of one list than this are not read: sums stay within 16 bits.
inline constexpr std::size_t kMostFeatures = 256;

/// A feature's row is its hash without the upper bits; what collides shares a row. Weights are int8
/// and summed as integers, so that every machine gives the same scores. Plain value; immutable once
/// loaded, shared by all threads.
struct HashedWeights {
  std::uint32_t outputs = 1;         ///< 1, 4 or 16
  std::uint32_t bits = 0;            ///< the table has 2^bits rows
  float scale = 1;                   ///< what one step of a weight is worth
  std::vector<std::int8_t> table{};  ///< rows x outputs

  bool operator==(const HashedWeights&) const = default;

  [[nodiscard]] std::size_t RowOf(std::uint32_t feature) const {
    return static_cast<std::size_t>(feature & ((1U << bits) - 1U)) * outputs;
  }
  /// Writes one score for each output. REQUIRES: scores.size() == outputs.
  void Score(std::span<const std::uint32_t> features, std::span<float> scores) const;
};

}  // namespace dateline::quotes
