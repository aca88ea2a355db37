#include "events/proposal_model.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "base/byte_stream.h"
#include "base/model_envelope.h"
#include "quotes/graph.h"

namespace dateline::events {
namespace {

constexpr std::uint32_t kMostInputs = 4096;
constexpr std::uint32_t kMostBits = 18;
constexpr std::uint32_t kMostItems = 1U << 16U;
constexpr std::uint32_t kTestFeatures = 24;

template <std::size_t N>
void Take(base::ByteReader& in, std::array<float, N>& out) {
  for (float& value : out) value = in.Number<float>();
}

bool AreFinite(std::span<const float> values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

bool IsSound(const ProposalModel& model) {
  return AreFinite(model.hidden_bias) && AreFinite(model.outputs) && AreFinite(model.output_bias) &&
         AreFinite(model.least) && std::isfinite(model.dense_scale) &&
         std::isfinite(model.feature_scale);
}

/// A score in 1/64, cut; 0 for what no sound model gives.
std::int32_t Whole(float score) {
  constexpr float kMost = 1e6F;
  if (!(score < kMost && score > -kMost)) return 0;
  return static_cast<std::int32_t>(score * 64.0F);
}

Result<ProposalModel> ReadModel(std::string_view body) {
  base::ByteReader in(body);
  ProposalModel model;
  model.notes = in.Text(kMostItems);
  model.fingerprint = in.Number<std::uint64_t>();
  model.inputs = in.Count(kMostInputs);
  model.bits = in.Count(kMostBits);
  model.dense_scale = in.Number<float>();
  model.feature_scale = in.Number<float>();
  const auto dense = in.Numbers<std::int8_t>(std::size_t{model.inputs} * kProposalHidden);
  model.dense.assign(dense.begin(), dense.end());
  const std::size_t rows = std::size_t{1} << model.bits;
  model.tags = in.Numbers<std::uint8_t>(rows);
  model.features = in.Numbers<std::int8_t>(rows * kProposalHidden);
  Take(in, model.hidden_bias);
  model.outputs = in.Numbers<float>(kProposalOutputs * kProposalHidden);
  Take(in, model.output_bias);
  Take(in, model.least);
  for (std::uint32_t n = in.Count(kMostItems); n > 0 && in.ok(); --n) {
    ProposalTest& test = model.tests.emplace_back();
    test.seed = in.Number<std::uint32_t>();
    test.scores = in.Numbers<std::int32_t>(kProposalOutputs);
  }
  if (!in.ok() || !in.done()) return base::DamagedModel("has tables of the wrong size");
  if (!IsSound(model)) return base::DamagedModel("has a weight that is no number");
  return model;
}

}  // namespace

Result<ProposalModel> ProposalModel::FromBytes(std::string_view bytes) {
  DATELINE_TRY(const base::Envelope file, base::OpenEnvelope(bytes, kProposalKind));
  DATELINE_TRY(ProposalModel model, ReadModel(file.body));
  return base::Proven(std::move(model), ProposalFingerprint());
}

Result<ProposalModel> ProposalModel::Load(const std::filesystem::path& path) {
  return base::LoadModel<ProposalModel>(path);
}

std::string ProposalModel::ToBytes() const {
  base::ByteWriter body;
  body.Text(notes);
  body.Number(fingerprint);
  body.Number(inputs);
  body.Number(bits);
  body.Number(dense_scale);
  body.Number(feature_scale);
  const std::vector<std::int8_t> narrow(dense.begin(), dense.end());
  body.Numbers(std::span(narrow));
  body.Numbers(std::span(tags));
  body.Numbers(std::span(features));
  body.Numbers(std::span(hidden_bias));
  body.Numbers(std::span(outputs));
  body.Numbers(std::span(output_bias));
  body.Numbers(std::span(least));
  body.Number(static_cast<std::uint32_t>(tests.size()));
  for (const ProposalTest& test : tests) {
    body.Number(test.seed);
    body.Numbers(std::span(test.scores));
  }
  return base::Enclose(kProposalKind, body.out);
}

ProposalModel::Scores ProposalModel::Score(const ProposalInput& input) const {
  std::array<std::int32_t, kProposalHidden> sums{};
  for (const HashedFeature& feature : input.features) {
    const std::size_t row = feature.hash & ((1U << bits) - 1U);
    if (tags[row] != static_cast<std::uint8_t>(feature.hash >> 24U)) continue;
    const std::int8_t* weights = features.data() + row * kProposalHidden;
    for (std::size_t j = 0; j < kProposalHidden; ++j) sums[j] += weights[j];
  }
  // The last vectors are zeros where the act has no object or no complement.
  std::size_t told = inputs;
  while (told > 0 && input.dense[told - 1] == 0) --told;
  // Products of 16 bits are what every processor sums by eights.
  const std::vector<std::int16_t> vector(input.dense.begin(),
                                         input.dense.begin() + static_cast<std::ptrdiff_t>(told));
  Scores scores = output_bias;
  for (std::size_t j = 0; j < kProposalHidden; ++j) {
    const std::int16_t* weights = dense.data() + j * inputs;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < told; ++i) sum += weights[i] * vector[i];
    const float value = static_cast<float>(sum) * dense_scale +
                        static_cast<float>(sums[j]) * feature_scale + hidden_bias[j];
    if (value <= 0) continue;
    for (std::size_t k = 0; k < kProposalOutputs; ++k)
      scores[k] += outputs[k * kProposalHidden + j] * value;
  }
  return scores;
}

ProposalModel::Scores ProposalModel::Probabilities(const ProposalInput& input) const {
  Scores scores = Score(input);
  const float greatest = *std::ranges::max_element(scores);
  float sum = 0;
  for (float& score : scores) {
    score = std::exp(score - greatest);
    sum += score;
  }
  for (float& score : scores) score /= sum;
  return scores;
}

ProposalTest ProposalModel::MakeTest(std::uint32_t seed) const {
  ProposalInput input;
  for (std::uint32_t i = 0; i < kTestFeatures; ++i)
    input.features.push_back({0, quotes::Mix(seed, i)});
  for (std::uint32_t i = 0; i < inputs; ++i)
    input.dense.push_back(static_cast<std::int8_t>(quotes::Mix(seed, i + kTestFeatures) & 0x7FU));
  ProposalTest test{.seed = seed};
  for (const float score : Score(input)) test.scores.push_back(Whole(score));
  return test;
}

}  // namespace dateline::events
