/// Small questions about the words beside a word, which features and scenes share.
#pragma once

#include <cstdint>

#include "quotes/graph.h"

namespace dateline::quotes {

inline constexpr Node kOutside{};

/// The word `step` before, or kOutside beyond the frame.
inline const Node& Before(const Graph& graph, std::uint32_t at, std::uint32_t step) {
  if (at < step || graph.nodes[at - step].frame != graph.nodes[at].frame) return kOutside;
  return graph.nodes[at - step];
}
/// The word `step` behind, or kOutside beyond the frame.
inline const Node& After(const Graph& graph, std::uint32_t at, std::uint32_t step) {
  if (at + step >= graph.size() || graph.nodes[at + step].frame != graph.nodes[at].frame) {
    return kOutside;
  }
  return graph.nodes[at + step];
}

/// A count in ten steps, 0 to 9.
inline std::uint32_t Bucket(std::uint32_t n) {
  if (n < 5) return n;
  if (n < 8) return 5;
  if (n < 12) return 6;
  if (n < 20) return 7;
  return n < 40 ? 8 : 9;
}

}  // namespace dateline::quotes
