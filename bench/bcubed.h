/// B³ (Bagga & Baldwin 1998): how well clusters agree with known groups, item by item.
#pragma once

#include <cstdint>
#include <vector>

namespace dateline::bench {

struct BCubed {
  double precision = 0;  ///< mean share of an item's cluster that is of its group
  double recall = 0;     ///< mean share of an item's group that is in its cluster
  [[nodiscard]] double F1() const {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
};

/// `found` and `known` give the cluster and the group of each item. REQUIRES: the same size. No
/// items: all 0.
BCubed ScoreBCubed(const std::vector<std::uint64_t>& found,
                   const std::vector<std::uint64_t>& known);

}  // namespace dateline::bench
