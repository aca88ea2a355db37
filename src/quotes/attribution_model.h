/// The learned part of attribution as a file: four small tables of weights, thresholds,
/// calibration.
///
///   DATELINE_TRY(const auto model, AttributionModel::Load("attributions.dlm"));
///
/// Made by train/train_attributions; the format is in docs/formats/attribution-model.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/model_envelope.h"
#include "dateline/result.h"
#include "quotes/hashed_weights.h"
#include "quotes/word_groups.h"

namespace dateline::quotes {

inline constexpr base::ModelKind kAttributionKind{.magic = "DLQUOTES", .version = 2};

/// A point of the curve from a verdict's score to the probability that it is right.
struct CalibrationPoint {
  float score = 0;
  float probability = 0;
  bool operator==(const CalibrationPoint&) const = default;
};

/// A list of features drawn from `seed`, and what each table makes of it, in 1/64.
struct WeightsTest {
  std::uint32_t seed = 0;
  std::vector<std::int32_t> scores{};
  bool operator==(const WeightsTest&) const = default;
};

/// Plain value; immutable once loaded, shared by all threads.
struct AttributionModel {
  std::string notes{};            ///< date, training data, licence, as lines
  std::uint64_t fingerprint = 0;  ///< of the features it was trained with, see features.h
  HashedWeights cue{};            ///< is a word the head of a cue?
  HashedWeights word{};           ///< none, cue, source or content, of a word beside a cue
  HashedWeights gap{};            ///< which label may follow which, of the gap before a word
  HashedWeights verdict{};        ///< is the attribution right as a whole?
  WordGroups groups{};
  float cue_threshold = 0;      ///< a word with a lower score is not looked at as a cue
  float verdict_threshold = 0;  ///< an attribution with a lower score is dropped
  std::vector<CalibrationPoint> calibration{};  ///< rising in both
  std::vector<WeightsTest> tests{};

  bool operator==(const AttributionModel&) const = default;

  /// Reads and checks the file. kNotFound, kUnreadable; kUnsupported for another version or other
  /// features; kMalformed for a damaged file or one whose own tests come out otherwise.
  static Result<AttributionModel> Load(const std::filesystem::path& path);
  static Result<AttributionModel> FromBytes(std::string_view bytes);
  [[nodiscard]] std::string ToBytes() const;

  /// The probability that an attribution whose verdict has this score is right, in [0, 1].
  [[nodiscard]] double Probability(float score) const;
  /// What the tables make of the features drawn from `seed`: for `tests`.
  [[nodiscard]] WeightsTest MakeTest(std::uint32_t seed) const;
};

}  // namespace dateline::quotes
