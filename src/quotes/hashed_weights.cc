#include "quotes/hashed_weights.h"

#include <algorithm>
#include <array>

namespace dateline::quotes {
namespace {

/// `N` is known to the compiler, which keeps the sums in one register.
template <std::size_t N>
void SumRows(const HashedWeights& weights, std::span<const std::uint32_t> features,
             std::span<float> scores) {
  std::array<std::int16_t, N> sums{};
  for (const std::uint32_t feature : features) {
    const std::int8_t* row = weights.table.data() + weights.RowOf(feature);
    for (std::size_t i = 0; i < N; ++i) sums[i] = static_cast<std::int16_t>(sums[i] + row[i]);
  }
  for (std::size_t i = 0; i < N; ++i) scores[i] = static_cast<float>(sums[i]) * weights.scale;
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

}  // namespace dateline::quotes
