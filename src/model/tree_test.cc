#include "model/tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace dateline::model {
namespace {

using Scores = std::vector<std::int64_t>;
using Heads = std::vector<std::uint32_t>;

Heads Find(const Scores& scores, std::size_t n) {
  Heads heads(n);
  TreeScratch scratch;
  FindGreatestTree(scores, heads, scratch);
  return heads;
}

bool IsTree(const Heads& heads) {
  if (std::ranges::count(heads, 0U) != 1) return false;
  for (std::size_t word = 1; word <= heads.size(); ++word) {
    std::size_t at = word;
    for (std::size_t steps = 0; at != 0; ++steps) {
      if (steps > heads.size()) return false;
      at = heads[at - 1];
    }
  }
  return true;
}

std::int64_t Total(const Scores& scores, const Heads& heads) {
  std::int64_t total = 0;
  for (std::size_t d = 0; d < heads.size(); ++d) total += scores[d * (heads.size() + 1) + heads[d]];
  return total;
}

/// The total of the greatest tree, by trying all.
std::int64_t ByForce(const Scores& scores, std::size_t n) {
  std::optional<std::int64_t> best;
  Heads heads(n, 0);
  for (std::size_t at = 0; at < n;) {
    if (IsTree(heads)) best = std::max(best.value_or(Total(scores, heads)), Total(scores, heads));
    for (at = 0; at < n && heads[at] == n; ++at) heads[at] = 0;
    if (at < n) ++heads[at];
  }
  return *best;
}

TEST(Tree, OfSmallSentencesIsTheGreatestOfAll) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 1 + random() % 5;
    Scores scores(n * (n + 1));
    const int size = round % 2 == 0 ? 3 : 500;  // small scores make ties and cycles
    for (auto& s : scores) s = std::uniform_int_distribution<int>(-size, size)(random);
    const Heads heads = Find(scores, n);
    ASSERT_TRUE(IsTree(heads)) << "round " << round;
    ASSERT_EQ(ByForce(scores, n), Total(scores, heads)) << "round " << round;
  }
}

TEST(Tree, IsThatOfTheTrainingProgramTiesAndAll) {
  std::ifstream in("testdata/trees.tsv");
  std::size_t cases = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#') || line.starts_with("scores")) continue;
    std::stringstream left(line.substr(0, line.find('\t')));
    std::stringstream right(line.substr(line.find('\t') + 1));
    Scores scores;
    Heads expected;
    for (std::int64_t s = 0; left >> s;) scores.push_back(s);
    for (std::uint32_t h = 0; right >> h;) expected.push_back(h);
    EXPECT_EQ(expected, Find(scores, expected.size())) << line;
    ++cases;
  }
  EXPECT_EQ(120U, cases);
}

TEST(Tree, OfTheLongestSentenceWithCyclesEverywhereIsATree) {
  constexpr std::size_t kWords = 256;
  Scores scores(kWords * (kWords + 1), 0);
  for (std::size_t d = 0; d < kWords; ++d) {  // each word and its neighbour want each other
    scores[d * (kWords + 1) + (d % 2 == 0 ? d + 2 : d)] = 1000 + static_cast<std::int64_t>(d);
  }
  EXPECT_TRUE(IsTree(Find(scores, kWords)));
}

TEST(Tree, OfOneWordIsItsRoot) { EXPECT_EQ(Heads{0}, Find({-5, 99}, 1)); }

}  // namespace
}  // namespace dateline::model
