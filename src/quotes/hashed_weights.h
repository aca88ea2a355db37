/// A log-linear model over hashed features: the score of an output is the sum of the weights that
/// its features have for it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dateline::quotes {

inline constexpr std::size_t kMostOutputs = 16;
/// More features of one list than this are not kept: sums stay within 16 bits.
inline constexpr std::size_t kMostFeatures = 256;

/// A row belongs to one feature, which its tag names: the feature's hash without the upper bits is
/// the row, its upper eight bits are the tag. A feature whose row belongs to another one, and one
/// that training never saw, counts nothing. Weights are int8 and summed as integers, so that every
/// machine gives the same scores. Plain value; immutable once loaded, shared by all threads.
struct HashedWeights {
  std::uint32_t outputs = 1;           ///< 1, 4 or 16
  std::uint32_t bits = 0;              ///< the table has 2^bits rows
  float scale = 1;                     ///< what one step of a weight is worth
  std::vector<std::uint8_t> tags{};    ///< by row
  std::vector<std::int8_t> weights{};  ///< rows x outputs, and one more row: of zeros

  bool operator==(const HashedWeights&) const = default;

  [[nodiscard]] std::uint32_t rows() const { return 1U << bits; }
  [[nodiscard]] std::uint32_t RowOf(std::uint32_t feature) const { return feature & (rows() - 1U); }
  static std::uint8_t TagOf(std::uint32_t feature) {
    return static_cast<std::uint8_t>(feature >> 24U);
  }
  /// Writes one score for each output. REQUIRES: scores.size() == outputs, and at most
  /// kMostFeatures features.
  void Score(std::span<const std::uint32_t> features, std::span<float> scores) const;
};

/// A table of 2^bits rows that says nothing.
HashedWeights BlankWeights(std::uint32_t outputs, std::uint32_t bits);

}  // namespace dateline::quotes
