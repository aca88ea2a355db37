/// The learned classifier of events as a file: which root an act is of whose word no pattern knows.
///
///   DATELINE_TRY(const auto model, ProposalModel::Load("events.dlm"));
///
/// Made by train/events/train_proposals.py; the format is in docs/formats/event-model.md.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/model_envelope.h"
#include "dateline/result.h"
#include "events/proposal_input.h"

namespace dateline::events {

inline constexpr base::ModelKind kProposalKind{.magic = "DLEVENTS", .version = 1};

/// Output 0 is "no event", output r the CAMEO root r.
inline constexpr std::size_t kProposalOutputs = 21;
inline constexpr std::size_t kProposalHidden = 96;

/// An input drawn from `seed`, and what the network makes of it, in 1/64.
struct ProposalTest {
  std::uint32_t seed = 0;
  std::vector<std::int32_t> scores{};
  bool operator==(const ProposalTest&) const = default;
};

/// A network of one hidden layer. Its weights are int8 and summed as integers, and what follows is
/// added in a fixed order, so that every machine gives the same scores. Plain value; immutable once
/// loaded, shared by all threads.
struct ProposalModel {
  using Hidden = std::array<float, kProposalHidden>;
  using Scores = std::array<float, kProposalOutputs>;

  std::string notes{};            ///< date, training data, licence, as lines
  std::uint64_t fingerprint = 0;  ///< of the features it was trained with
  std::uint32_t inputs = 0;       ///< dense ones
  std::uint32_t bits = 0;         ///< the table of features has 2^bits rows
  float dense_scale = 1;
  float feature_scale = 1;
  std::vector<std::int16_t> dense{};    ///< kProposalHidden rows of `inputs`, each an int8
  std::vector<std::uint8_t> tags{};     ///< by row of features: the upper bits of whose it is
  std::vector<std::int8_t> features{};  ///< rows of kProposalHidden
  Hidden hidden_bias{};
  std::vector<float> outputs{};  ///< kProposalOutputs rows of kProposalHidden
  Scores output_bias{};
  std::array<float, kProposalOutputs> least{};  ///< by root: what is less sure is not proposed
  std::vector<ProposalTest> tests{};

  bool operator==(const ProposalModel&) const = default;

  /// Reads and checks the file. kNotFound, kUnreadable; kUnsupported for another version or other
  /// features; kMalformed for a damaged file or one whose own tests come out otherwise.
  static Result<ProposalModel> Load(const std::filesystem::path& path);
  static Result<ProposalModel> FromBytes(std::string_view bytes);
  [[nodiscard]] std::string ToBytes() const;

  /// REQUIRES: input.dense.size() == inputs.
  [[nodiscard]] Scores Score(const ProposalInput& input) const;
  /// The same as probabilities, which sum to 1.
  [[nodiscard]] Scores Probabilities(const ProposalInput& input) const;
  /// What the network makes of an input drawn from `seed`: for `tests`.
  [[nodiscard]] ProposalTest MakeTest(std::uint32_t seed) const;
};

}  // namespace dateline::events
