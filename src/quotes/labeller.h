/// From the words of a story to candidates: a cue with the source and content found for it.
///
/// Every word is judged as the head of a cue. Around each that may be one, the words of its window
/// are labelled none, cue, source or content together (a linear-chain conditional random field:
/// Lafferty et al. 2001, decoded after Viterbi). A last network judges each candidate as a whole.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "quotes/attribution_model.h"
#include "quotes/features.h"
#include "quotes/graph.h"

namespace dateline::quotes {

enum class Label : std::uint8_t { kNone, kCue, kSource, kContent };
inline constexpr std::size_t kLabels = 4;

/// Working memory of one thread.
struct LabelScratch {
  Scene scene{};
  Features features{};
  std::vector<std::array<float, kLabels>> words{};           ///< score of each label
  std::vector<std::array<float, kLabels * kLabels>> gaps{};  ///< from label * kLabels + to label
};

/// Fills `scratch.words` and `scratch.gaps` for the scene: the scores of the random field. The head
/// of the cue can be nothing but cue.
void ScoreScene(const AttributionModel& model, const Graph& graph, const CueLevels& levels,
                LabelScratch& scratch);

/// How much each word looks like the head of a cue; words that `within` does not hold, if it is
/// given, look like none.
std::vector<float> CueScores(const AttributionModel& model, const Graph& graph,
                             const std::vector<bool>* within = nullptr);
/// The same in five levels, as features use them.
CueLevels LevelsOf(const Graph& graph, std::span<const float> scores);

/// Labels the words around one cue.
Candidate LabelAround(const AttributionModel& model, const Reading& reading, const Graph& graph,
                      const CueLevels& levels, std::uint32_t cue, LabelScratch& scratch);

/// All candidates of a story, by the place of their cue, each with its verdict. `within`: see
/// CueScores.
std::vector<Candidate> FindCandidates(const AttributionModel& model, const Reading& reading,
                                      const Graph& graph,
                                      const std::vector<bool>* within = nullptr);

}  // namespace dateline::quotes
