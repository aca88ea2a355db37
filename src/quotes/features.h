/// What the learned part knows of a word as a cue, and of the words and gaps around a cue: lists of
/// hashed features. Training and run time call the same functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "quotes/feature_list.h"
#include "quotes/graph.h"

namespace dateline::quotes {

/// What is said of word `at` as the head of a cue. `out` is overwritten.
void CueFeatures(const Graph& graph, std::uint32_t at, Features& out);

/// How much words look like cues.
struct CueLevels {
  std::vector<std::uint8_t> words{};   ///< of each word, 0 to 4
  std::vector<std::uint8_t> frames{};  ///< of each frame, 1 where a word outside quotations is
                                       ///< rather a cue than not
};

/// The words in which source and content of the cue at `cue` are looked for: its frame, and the
/// frames beside it that are quotations.
Range WindowOf(const Reading& reading, const Graph& graph, std::uint32_t cue);

/// The words around one cue.
struct Scene {
  std::uint32_t cue = 0;
  Range window;
  struct Place {
    std::uint32_t path = 0;    ///< how the tree leads from the cue here, as a hash
    std::uint32_t branch = 0;  ///< the word below the common head on the way here
    std::uint32_t second = 0;  ///< the next one
    std::uint32_t frame = 0;   ///< how its frame stands to the cue's, as a hash
    std::uint8_t down = 0;     ///< steps down to it, at most 15
    std::uint8_t up = 0;       ///< steps up from the cue
    std::uint8_t between = 0;  ///< bits: comma, mark, verb, cue, that, stop between it and the cue
    std::uint8_t other = 0;    ///< 0: under this cue, else under another one
  };
  std::vector<Place> places;  ///< in step with the window
};

void SetScene(const Reading& reading, const Graph& graph, const CueLevels& levels,
              std::uint32_t cue, Scene& scene);

/// What is said of word `at` of the window as part of cue, source or content.
void WordFeatures(const Graph& graph, const CueLevels& levels, const Scene& scene, std::uint32_t at,
                  Features& out);
/// What is said of the gap before word `at` of the window, where one of them may begin or end.
void GapFeatures(const Graph& graph, const Scene& scene, std::uint32_t at, Features& out);

/// A cue with what was found for it. Ranges are word positions, sorted.
struct Candidate {
  std::uint32_t head = 0;  ///< the word that was judged as a cue
  Range cue{};
  std::vector<Range> source{};  ///< none or one
  std::vector<Range> content{};
  float cue_score = 0;
  double doubt = 0;  ///< -log of the probability of the labels; 0: certain
  float score = 0;   ///< of the verdict
};

/// A hash of what the feature functions say of a made-up story: equal where training and run time
/// mean the same.
std::uint64_t FeatureFingerprint();

}  // namespace dateline::quotes
