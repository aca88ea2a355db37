/// Tells stories that are nearly the same: copies of one wire story, with another top or a word
/// changed here and there.
///
/// Method: the share of runs of four words that two stories have in common (Broder 1997), found by
/// MinHash with one permutation (Li, Owen & Zhang 2012) and bands of a locality-sensitive index, so
/// that a new story is compared with few of the others.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/story.h"

namespace dateline::archive {

/// Stories with fewer words are not compared.
inline constexpr std::size_t kLeastWords = 24;
/// From this similarity on a story is a copy.
inline constexpr double kCopySimilarity = 0.5;
/// From this similarity on a copy stands for nothing that its original does not stand for.
inline constexpr double kSameSimilarity = 0.9;

/// Hashes of the runs of four words in the story's prose, sorted, each once. Case and punctuation
/// do not count.
std::vector<std::uint64_t> Shingles(const Story& story);

/// Keys of the index; two stories that are alike share one or more. Empty for short stories.
std::vector<std::uint64_t> Sketch(const std::vector<std::uint64_t>& shingles);

/// In [0, 1]: the share of all runs that both have; or, where that is more, the share of the
/// shorter's runs that the longer has too, less a quarter.
double Similarity(const std::vector<std::uint64_t>& one, const std::vector<std::uint64_t>& other);

}  // namespace dateline::archive
