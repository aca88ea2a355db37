#include "quotes/attribution_model.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "base/byte_stream.h"
#include "base/mapped_file.h"
#include "quotes/features.h"

namespace dateline::quotes {
namespace {

using base::ByteReader;
using base::ByteWriter;

constexpr std::size_t kBodyAt = 32;
constexpr std::uint32_t kMostBits = 20;
constexpr std::uint32_t kMostItems = 1U << 16U;

std::unexpected<Error> Malformed(std::string message) {
  return Fail(ErrorCode::kMalformed, std::move(message) + "; get the model file again");
}

struct Preamble {
  std::array<char, 8> magic{};
  std::uint32_t version = kAttributionVersion;
  std::uint32_t reserved = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
};
static_assert(sizeof(Preamble) == kBodyAt);

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

Result<std::string_view> BodyOf(std::string_view bytes) {
  Preamble head;
  if (bytes.size() < sizeof head) return Malformed("is too short for an attribution model");
  std::memcpy(&head, bytes.data(), sizeof head);
  if (std::string_view(head.magic.data(), head.magic.size()) != kAttributionMagic) {
    return Malformed("does not begin with 'DLQUOTES'");
  }
  if (head.version != kAttributionVersion) {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("has format version {}, this program reads {}; get a model that was "
                            "made for it",
                            head.version, kAttributionVersion));
  }
  if (head.size != bytes.size()) {
    return Malformed(fmt::format("has {} bytes, its header says {}", bytes.size(), head.size));
  }
  const std::string_view body = bytes.substr(kBodyAt);
  if (head.checksum != XXH3_64bits(body.data(), body.size())) {
    return Malformed("does not match its checksum");
  }
  return body;
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
  if (!in.ok() || !in.done() || !sound) return Malformed("has tables of the wrong size");
  if (!Rises(model.calibration)) return Malformed("has a calibration that does not rise");
  if (!std::ranges::is_sorted(model.groups.words)) {
    return Malformed("has words of groups out of order");
  }
  if (!std::isfinite(model.cue_threshold) || !std::isfinite(model.verdict_threshold)) {
    return Malformed("has a threshold that is no number");
  }
  return model;
}

}  // namespace

Result<AttributionModel> AttributionModel::FromBytes(std::string_view bytes) {
  DATELINE_TRY(const std::string_view body, BodyOf(bytes));
  DATELINE_TRY(AttributionModel model, ReadBody(body));
  if (model.fingerprint != FeatureFingerprint()) {
    return Fail(ErrorCode::kUnsupported,
                "was trained with other features than this program has; get a model that was made "
                "for it");
  }
  for (const WeightsTest& test : model.tests) {
    if (model.MakeTest(test.seed) != test) {
      return Malformed(fmt::format("fails its own test {}", test.seed));
    }
  }
  return model;
}

Result<AttributionModel> AttributionModel::Load(const std::filesystem::path& path) {
  DATELINE_TRY(const base::MappedFile file, base::MappedFile::Open(path));
  auto model = FromBytes(file.view());
  if (!model) return Fail(model.error().code, model.error().message, path.string());
  return model;
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
  Preamble head;
  std::ranges::copy(kAttributionMagic, head.magic.begin());
  head.size = kBodyAt + body.out.size();
  head.checksum = XXH3_64bits(body.out.data(), body.out.size());
  ByteWriter file;
  file.Number(head);
  return file.out + body.out;
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
