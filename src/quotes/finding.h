/// An attribution while it is being settled: words instead of bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "dateline/attribution.h"
#include "quotes/graph.h"

namespace dateline::quotes {

struct Finding {
  std::uint32_t head = kNoNode;  ///< of the cue; kNoNode: there is none
  Range cue{};                   ///< empty: none
  std::vector<Range> source{};   ///< none or one
  std::vector<Range> content{};  ///< sorted, never empty
  float score = 0;               ///< of the verdict
  Attribution made{};            ///< without kind and content, which may change until the end
};

/// Whether the word lies in one of the ranges.
bool Holds(const std::vector<Range>& ranges, std::uint32_t at);
/// Whether each of `inner` lies in one of `outer`.
bool HoldsAll(const std::vector<Range>& outer, const std::vector<Range>& inner);

}  // namespace dateline::quotes
