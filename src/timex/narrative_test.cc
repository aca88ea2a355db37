#include "timex/narrative.h"

#include <gtest/gtest.h>

#include <vector>

namespace dateline::timex {
namespace {

Told Year(int year) {
  return {.day = Days{std::chrono::year{year} / 1 / 1}, .precision = Unit::kYear};
}

NarrativeSigns Signs(std::optional<Date> anchor, int past, int recent, int deictic) {
  NarrativeSigns signs(anchor);
  for (int i = 0; i < past; ++i) signs.AddStated({.told = Year(1940 + i), .at = 0});
  for (int i = 0; i < recent; ++i) signs.AddStated({.told = Year(2009), .at = 0});
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

/// The years that stay in mind as a text states these.
std::vector<int> YearsInMind(const std::vector<int>& years) {
  std::vector<Stated> stated;
  for (const int year : years)
    stated.push_back({.told = Year(year), .at = static_cast<std::uint32_t>(stated.size())});
  NarrativeTime time(stated);
  std::vector<int> kept;
  for (const Stated& date : stated) {
    time.Reach(date);
    kept.push_back(static_cast<int>(ToDate(time.now()->day).year()));
  }
  return kept;
}

TEST(NarrativeTime, MovesOnWithTheDates) {
  EXPECT_EQ(YearsInMind({1911, 1913, 1914}), (std::vector{1911, 1913, 1914}));
}

TEST(NarrativeTime, PassesByADateThatTheTextComesBackFrom) {
  EXPECT_EQ(YearsInMind({1788, 1614, 1789}), (std::vector{1788, 1788, 1789}));
  EXPECT_EQ(YearsInMind({1964, 2005, 1965}), (std::vector{1964, 1964, 1965}));
  EXPECT_EQ(YearsInMind({1911, 1920, 1911, 1912}), (std::vector{1911, 1911, 1911, 1912}));
}

TEST(NarrativeTime, GoesBackWithANewChapter) {
  EXPECT_EQ(YearsInMind({1918, 1914, 1915}), (std::vector{1918, 1914, 1915}));
}

TEST(NarrativeTime, ALookBackDoesNotMakeTheDateBeforeItADetour) {
  EXPECT_EQ(YearsInMind({1939, 1940, 1938, 1941}), (std::vector{1939, 1940, 1940, 1941}));
}

TEST(NarrativeTime, CountsFromTheFirstDateAtFirst) {
  const std::vector<Stated> stated{{.told = Year(1939), .at = 90}};
  EXPECT_EQ(NarrativeTime(stated).now(), Year(1939));
  EXPECT_EQ(NarrativeTime(std::vector<Stated>{}).now(), std::nullopt);
}

}  // namespace
}  // namespace dateline::timex
