/// The greatest dependency tree over head scores, just one word at the root.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dateline::model {

/// Working memory; reused from sentence to sentence, belongs to one thread.
struct TreeScratch {
  std::vector<std::int64_t> scores{};
};

/// Heads of the words 1 … n (0 root, else 1 … n). `scores` has n rows of n + 1: row d is the scores
/// of the heads of word d + 1, that of the word itself is not read. REQUIRES: |score| < 2^30.
///
/// Chu-Liu-Edmonds on integers; of equal heads the lower, of several cycles the one with the lowest
/// word first, so the tree is the same everywhere (train/tree.py is its twin). Cubic time at worst,
/// square when the best heads are a tree, as they mostly are.
void FindGreatestTree(std::span<const std::int64_t> scores, std::span<std::uint32_t> heads,
                      TreeScratch& scratch);

}  // namespace dateline::model
