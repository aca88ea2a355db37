#include "html/block_model.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace dateline::html {
namespace {

float Sum(std::span<const FeatureIndex> features, const std::vector<float>& weights) {
  float sum = 0;
  for (const FeatureIndex feature : features) sum += weights[feature];
  return sum;
}

float Probability(float sum) { return 1.0F / (1.0F + std::exp(-sum)); }

}  // namespace

Result<BlockModel> BlockModel::Load(const tables::Tables& tables, const PageLexicon& lexicon) {
  DATELINE_TRY(const tables::Table* table, tables.Get("html/weights"));
  DATELINE_TRY(const tables::Column feature, table->GetColumn("feature"));
  static constexpr std::array<std::string_view, kPasses> kColumns = {"first", "second", "third"};
  std::array<tables::Column, kPasses> columns{};
  BlockModel model;
  for (std::size_t pass = 0; pass < kPasses; ++pass) {
    DATELINE_TRY(columns[pass], table->GetColumn(kColumns[pass]));
    model.weights_[pass].resize(FeatureCount());
  }
  StringMap<FeatureIndex> known;
  for (std::size_t i = 0; i < FeatureCount(); ++i)
    known.emplace(FeatureName(static_cast<FeatureIndex>(i), lexicon), static_cast<FeatureIndex>(i));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string_view name = table->Cell(row, feature);
    const auto at = known.find(name);
    if (at == known.end()) {
      return Fail(ErrorCode::kMalformed, "there is no feature '" + std::string(name) + "'",
                  "html/weights");
    }
    for (std::size_t pass = 0; pass < kPasses; ++pass) {
      const std::string_view cell = table->Cell(row, columns[pass]);
      std::from_chars(cell.data(), cell.data() + cell.size(), model.weights_[pass][at->second]);
    }
  }
  return model;
}

BlockModel BlockModel::Make(std::array<std::vector<float>, kPasses> weights) {
  BlockModel model;
  model.weights_ = std::move(weights);
  return model;
}

std::vector<float> BlockModel::ScorePass(std::size_t pass, const FeatureRows& rows,
                                         const FeatureRows* more) const {
  std::vector<float> out(rows.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    float sum = Sum(rows.Row(i), weights_.at(pass));
    if (more != nullptr) sum += Sum(more->Row(i), weights_.at(pass));
    out[i] = Probability(sum);
  }
  return out;
}

std::vector<float> BlockModel::Score(const PageView& page) const {
  const FeatureRows rows = page.FirstPass();
  std::vector<float> scores = ScorePass(0, rows, nullptr);
  for (std::size_t pass = 1; pass < kPasses; ++pass) {
    const FeatureRows more = page.SecondPass(scores);
    scores = ScorePass(pass, rows, &more);
  }
  return scores;
}

}  // namespace dateline::html
