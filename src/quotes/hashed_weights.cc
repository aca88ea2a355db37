#include "quotes/hashed_weights.h"

#include <algorithm>
#include <array>

namespace dateline::quotes {
namespace {

/// `N` is known to the compiler, which keeps the sums in one register. Rows lie far apart, so all
/// are asked for before the first is read.
template <std::size_t N>
void SumRows(const HashedWeights& table, std::span<const std::uint32_t> features,
             std::span<float> scores) {
  std::array<std::uint32_t, kMostFeatures> rows;  // NOLINT: the first `known` are set
  std::size_t known = 0;
  const std::uint8_t* tags = table.tags.data();
  const std::int8_t* weights = table.weights.data();
  for (const std::uint32_t feature : features) {
    const std::uint32_t row = table.RowOf(feature);
    rows[known] = row;
    known += tags[row] == HashedWeights::TagOf(feature) ? 1 : 0;
  }
  for (std::size_t k = 0; k < known; ++k) __builtin_prefetch(weights + std::size_t{rows[k]} * N);
  std::array<std::int16_t, N> sums{};
  for (std::size_t k = 0; k < known; ++k) {
    const std::int8_t* row = weights + std::size_t{rows[k]} * N;
    for (std::size_t i = 0; i < N; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
  }
  for (std::size_t i = 0; i < N; ++i) scores[i] = static_cast<float>(sums[i]) * table.scale;
}

}  // namespace

void HashedWeights::Score(std::span<const std::uint32_t> features, std::span<float> scores) const {
  features = features.first(std::min(features.size(), kMostFeatures));
  switch (outputs) {
    case 1:
      return SumRows<1>(*this, features, scores);
    case 4:
      return SumRows<4>(*this, features, scores);
    default:
      return SumRows<kMostOutputs>(*this, features, scores);
  }
}

HashedWeights BlankWeights(std::uint32_t outputs, std::uint32_t bits) {
  HashedWeights blank{.outputs = outputs, .bits = bits, .scale = 1, .tags = {}, .weights = {}};
  blank.tags.assign(blank.rows(), 0);
  blank.weights.assign((std::size_t{blank.rows()} + 1) * outputs, 0);
  return blank;
}

}  // namespace dateline::quotes
