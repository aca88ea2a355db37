#include "timex/narrative.h"

#include <gtest/gtest.h>

namespace dateline::timex {
namespace {

Told Year(int year) {
  return {.day = Days{std::chrono::year{year} / 1 / 1}, .precision = Unit::kYear};
}

NarrativeSigns Signs(std::optional<Date> anchor, int past, int recent, int deictic) {
  NarrativeSigns signs(anchor);
  for (int i = 0; i < past; ++i) signs.AddStated(Year(1940 + i));
  for (int i = 0; i < recent; ++i) signs.AddStated(Year(2009));
  for (int i = 0; i < deictic; ++i) signs.AddDeictic();
  return signs;
}

const std::optional<Date> kAnchor = MakeDate(2009, 12, 19);

TEST(NarrativeSigns, ManyPastDatesMakeAHistory) {
  EXPECT_TRUE(Signs(kAnchor, 6, 0, 0).IsNarrative());
  EXPECT_TRUE(Signs(kAnchor, 20, 8, 3).IsNarrative());
  EXPECT_TRUE(Signs(std::nullopt, 6, 0, 0).IsNarrative());
}

TEST(NarrativeSigns, AFewPastDatesDoNot) { EXPECT_FALSE(Signs(kAnchor, 5, 0, 0).IsNarrative()); }

TEST(NarrativeSigns, NewsThatNamesItsDaysIsNoHistory) {
  EXPECT_FALSE(Signs(kAnchor, 11, 0, 2).IsNarrative());
}

TEST(NarrativeSigns, NewsOfTheLastMonthsIsNoHistory) {
  EXPECT_FALSE(Signs(kAnchor, 8, 5, 0).IsNarrative());
}

TEST(NarrativeSigns, TheFirstDateStatedIsKept) {
  EXPECT_EQ(Signs(kAnchor, 3, 1, 0).first(), Year(1940));
  EXPECT_EQ(Signs(kAnchor, 0, 0, 1).first(), std::nullopt);
}

}  // namespace
}  // namespace dateline::timex
