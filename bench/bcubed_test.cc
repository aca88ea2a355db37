#include "bcubed.h"

#include <gtest/gtest.h>

namespace dateline::bench {
namespace {

TEST(BCubedTest, TheSameGroupingUnderOtherNumbersIsPerfect) {
  const BCubed score = ScoreBCubed({7, 7, 9, 4}, {1, 1, 2, 3});
  EXPECT_DOUBLE_EQ(score.precision, 1);
  EXPECT_DOUBLE_EQ(score.recall, 1);
  EXPECT_DOUBLE_EQ(score.F1(), 1);
}

TEST(BCubedTest, AllInOneHasFullRecallAndLittlePrecision) {
  const BCubed score = ScoreBCubed({1, 1, 1, 1}, {1, 1, 2, 2});
  EXPECT_DOUBLE_EQ(score.precision, 0.5);
  EXPECT_DOUBLE_EQ(score.recall, 1);
}

TEST(BCubedTest, EachAloneHasFullPrecisionAndLittleRecall) {
  const BCubed score = ScoreBCubed({1, 2, 3, 4}, {1, 1, 1, 2});
  EXPECT_DOUBLE_EQ(score.precision, 1);
  EXPECT_DOUBLE_EQ(score.recall, (3 * (1.0 / 3) + 1) / 4);
}

/// Figures 2 and 3 of Bagga & Baldwin: a group of 5 and groups of 2 and 5; the two ways to join.
TEST(BCubedTest, FollowsTheExampleOfItsAuthors) {
  const std::vector<std::uint64_t> known = {1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3};
  const BCubed small_and_large = ScoreBCubed({1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2}, known);
  EXPECT_NEAR(small_and_large.precision, 0.76, 0.005);
  EXPECT_DOUBLE_EQ(small_and_large.recall, 1);
  const BCubed large_and_large = ScoreBCubed({1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1}, known);
  EXPECT_NEAR(large_and_large.precision, 0.58, 0.005);
}

TEST(BCubedTest, NothingScoresNothing) { EXPECT_DOUBLE_EQ(ScoreBCubed({}, {}).F1(), 0); }

}  // namespace
}  // namespace dateline::bench
