/// Which blocks of a page are its story: a log-linear model over the features of features.h.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "dateline/result.h"
#include "html/features.h"
#include "tables/tables.h"

namespace dateline::html {

/// The first pass looks at the page, each further one also at what the one before gave.
inline constexpr std::size_t kPasses = 3;

/// Immutable after Load; thread-safe.
class BlockModel {
 public:
  /// Weights of the table html/weights; kMalformed for a feature that there is not.
  static Result<BlockModel> Load(const tables::Tables& tables, const PageLexicon& lexicon);
  /// Of weights at hand; each has FeatureCount() numbers.
  static BlockModel Make(std::array<std::vector<float>, kPasses> weights);

  /// For each block the probability that it is a part of the story.
  [[nodiscard]] std::vector<float> Score(const PageView& page) const;
  /// What one pass gives for the features of the block and those of what the pass before gave
  /// (null in the first).
  [[nodiscard]] std::vector<float> ScorePass(std::size_t pass, const FeatureRows& rows,
                                             const FeatureRows* more) const;

 private:
  std::array<std::vector<float>, kPasses> weights_;
};

}  // namespace dateline::html
