#include "quotes/attribution_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "base/byte_stream.h"
#include "base/model_envelope.h"
#include "quotes/features.h"

namespace dateline::quotes {
namespace {

using base::ByteReader;
using base::ByteWriter;

constexpr std::uint32_t kMostBits = 20;
constexpr std::uint32_t kMostItems = 1U << 16U;

/// A table of weights for so many outputs; `sound` turns false when it cannot be one.
HashedWeights ReadWeights(ByteReader& in, std::uint32_t outputs, bool& sound) {
  HashedWeights weights;
  weights.outputs = in.Count(kMostOutputs);
  weights.bits = in.Count(kMostBits);
  weights.scale = in.Number<float>();
  weights.tags = in.Numbers<std::uint8_t>(weights.rows());
  weights.weights = in.Numbers<std::int8_t>(std::size_t{weights.rows()} * weights.outputs);
  weights.weights.resize(weights.weights.size() + weights.outputs, 0);  // the row of zeros
  sound = sound && in.ok() && weights.outputs == outputs && std::isfinite(weights.scale);
  return weights;
}

void WriteWeights(ByteWriter& out, const HashedWeights& weights) {
  out.Number(weights.outputs);
  out.Number(weights.bits);
  out.Number(weights.scale);
  out.Numbers(std::span(weights.tags));
  out.Numbers(std::span(weights.weights).first(weights.weights.size() - weights.outputs));
}

WordGroups ReadGroups(ByteReader& in) {
  WordGroups groups;
  const std::uint32_t count = in.Count(kMostItems);
  groups.words = in.Numbers<std::uint32_t>(count);
  groups.groups = in.Numbers<std::uint16_t>(count);
  groups.broad = in.Numbers<std::uint8_t>(in.Count(kMostItems));
  return groups;
}

void WriteGroups(ByteWriter& out, const WordGroups& groups) {
  out.Number(static_cast<std::uint32_t>(groups.words.size()));
  out.Numbers(std::span(groups.words));
  out.Numbers(std::span(groups.groups));
  out.Number(static_cast<std::uint32_t>(groups.broad.size()));
  out.Numbers(std::span(groups.broad));
}

bool Rises(const std::vector<CalibrationPoint>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const CalibrationPoint& p = points[i];
    if (!(p.probability >= 0 && p.probability <= 1) || !std::isfinite(p.score)) return false;
    if (i > 0 && (p.score <= points[i - 1].score || p.probability < points[i - 1].probability))
      return false;
  }
  return !points.empty();
}

Result<AttributionModel> ReadBody(std::string_view body) {
  ByteReader in(body);
  AttributionModel model;
  bool sound = true;
  model.notes = in.Text(kMostItems);
  model.fingerprint = in.Number<std::uint64_t>();
  model.cue_threshold = in.Number<float>();
  model.verdict_threshold = in.Number<float>();
  model.cue = ReadWeights(in, 1, sound);
  model.word = ReadWeights(in, 4, sound);
  model.gap = ReadWeights(in, kMostOutputs, sound);
  model.verdict = ReadWeights(in, 1, sound);
  model.groups = ReadGroups(in);
  for (std::uint32_t n = in.Count(kMostItems); n > 0 && in.ok(); --n) {
    const auto score = in.Number<float>();
    model.calibration.push_back({score, in.Number<float>()});
  }
  for (std::uint32_t n = in.Count(kMostItems); n > 0 && in.ok(); --n) {
    WeightsTest& test = model.tests.emplace_back();
    test.seed = in.Number<std::uint32_t>();
    test.scores = in.Numbers<std::int32_t>(in.Count(kMostItems));
  }
  if (!in.ok() || !in.done() || !sound) return base::DamagedModel("has tables of the wrong size");
  if (!Rises(model.calibration)) return base::DamagedModel("has a calibration that does not rise");
  if (!std::ranges::is_sorted(model.groups.words)) {
    return base::DamagedModel("has words of groups out of order");
  }
  if (!std::isfinite(model.cue_threshold) || !std::isfinite(model.verdict_threshold)) {
    return base::DamagedModel("has a threshold that is no number");
  }
  return model;
}

}  // namespace

Result<AttributionModel> AttributionModel::FromBytes(std::string_view bytes) {
  DATELINE_TRY(const base::Envelope file, base::OpenEnvelope(bytes, kAttributionKind));
  DATELINE_TRY(AttributionModel model, ReadBody(file.body));
  return base::Proven(std::move(model), FeatureFingerprint());
}

Result<AttributionModel> AttributionModel::Load(const std::filesystem::path& path) {
  return base::LoadModel<AttributionModel>(path);
}

std::string AttributionModel::ToBytes() const {
  ByteWriter body;
  body.Text(notes);
  body.Number(fingerprint);
  body.Number(cue_threshold);
  body.Number(verdict_threshold);
  for (const HashedWeights* weights : {&cue, &word, &gap, &verdict}) WriteWeights(body, *weights);
  WriteGroups(body, groups);
  body.Number(static_cast<std::uint32_t>(calibration.size()));
  for (const CalibrationPoint& point : calibration) {
    body.Number(point.score);
    body.Number(point.probability);
  }
  body.Number(static_cast<std::uint32_t>(tests.size()));
  for (const WeightsTest& test : tests) {
    body.Number(test.seed);
    body.Number(static_cast<std::uint32_t>(test.scores.size()));
    body.Numbers(std::span(test.scores));
  }
  return base::Enclose(kAttributionKind, body.out);
}

double AttributionModel::Probability(float score) const {
  const auto above = std::ranges::upper_bound(calibration, score, {}, &CalibrationPoint::score);
  if (above == calibration.begin()) return calibration.front().probability;
  if (above == calibration.end()) return calibration.back().probability;
  const CalibrationPoint& low = *(above - 1);
  const double part = static_cast<double>(score - low.score) / (above->score - low.score);
  return low.probability + part * (above->probability - low.probability);
}

WeightsTest AttributionModel::MakeTest(std::uint32_t seed) const {
  std::vector<std::uint32_t> features;
  features.reserve(40);
  for (std::uint32_t i = 0; i < 40; ++i) features.push_back(Mix(seed, i));
  WeightsTest test{.seed = seed};
  for (const HashedWeights* weights : {&cue, &word, &gap, &verdict}) {
    std::array<float, kMostOutputs> scores{};
    weights->Score(features, std::span(scores).first(weights->outputs));
    for (std::size_t k = 0; k < weights->outputs; ++k) {
      test.scores.push_back(static_cast<std::int32_t>(scores[k] * 64.0F));
    }
  }
  return test;
}

}  // namespace dateline::quotes
