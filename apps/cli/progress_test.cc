#include "progress.h"

#include <gtest/gtest.h>

namespace dateline::cli {
namespace {

using std::chrono::seconds;

TEST(ProgressLine, ShowsPartTimeLeftStoriesAndRate) {
  EXPECT_EQ(ProgressLine(
                {.stories = 12345, .bytes = 250, .total_bytes = 1000, .elapsed = seconds(12)}, 80),
            "[#####---------------]  25%  0:36 left  12,345 stories  1,028/s");
}

TEST(ProgressLine, WithoutATotalThereIsNoBar) {
  EXPECT_EQ(
      ProgressLine({.stories = 999, .bytes = 250, .total_bytes = {}, .elapsed = seconds(3)}, 80),
      "999 stories  333/s");
}

TEST(ProgressLine, NothingReadYetTellsNoTimeLeft) {
  EXPECT_EQ(ProgressLine({.stories = 0, .bytes = 0, .total_bytes = 9, .elapsed = seconds(2)}, 80),
            "[--------------------]   0%  0 stories  0/s");
}

TEST(ProgressLine, HoursAreShown) {
  EXPECT_EQ(
      ProgressLine({.stories = 1, .bytes = 1, .total_bytes = 2, .elapsed = seconds(7265)}, 80),
      "[##########----------]  50%  2:01:05 left  1 stories  0/s");
}

TEST(ProgressLine, FilesThatGrewDoNotPassAHundredPerCent) {
  EXPECT_EQ(ProgressLine({.stories = 4, .bytes = 9, .total_bytes = 3, .elapsed = seconds(2)}, 80),
            "[####################] 100%  0:00 left  4 stories  2/s");
}

TEST(ProgressLine, IsCutToTheTerminal) {
  EXPECT_EQ(ProgressLine({.stories = 999, .bytes = 1, .total_bytes = {}, .elapsed = seconds(3)}, 8),
            "999 sto");
}

}  // namespace
}  // namespace dateline::cli
