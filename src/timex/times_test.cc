#include "timex/times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "timex/interval.h"

namespace dateline::timex {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const tables::Tables& SharedTables() {
  static const tables::Tables tables = *tables::Tables::Load(
      std::filesystem::path(DATELINE_BUILD_DIR) / "share/dateline/dateline.tables", {});
  return tables;
}

const TimeFinder& Finder() {
  static const TimeFinder finder = *TimeFinder::Load(SharedTables());
  return finder;
}

/// A story of one paragraph; sentences end at a full stop before a space and a capital.
Story MakeStory(std::string text, BlockKind kind = BlockKind::kParagraph) {
  Story story;
  story.text = std::move(text);
  story.blocks.push_back({.kind = kind, .span = MakeSpan(0, story.text.size()), .speaker = {}});
  std::size_t begin = 0;
  for (std::size_t at = story.text.find(". "); at != std::string::npos;
       at = story.text.find(". ", at + 1)) {
    story.sentences.push_back({.span = MakeSpan(begin, at + 1), .block = BlockIndex{0}});
    begin = at + 2;
  }
  story.sentences.push_back({.span = MakeSpan(begin, story.text.size()), .block = BlockIndex{0}});
  return story;
}

/// "last month = 2023-03", "the past years = DURATION PXY": the type only where it is no date.
std::vector<std::string> Printed(const std::string& text, const std::string& anchor,
                                 BlockKind kind = BlockKind::kParagraph) {
  const Story story = MakeStory(text, kind);
  std::optional<Date> date;
  if (!anchor.empty()) date = *ParseDate(anchor);
  std::vector<std::string> lines;
  for (const Timex& timex : Finder().Find(story, date)) {
    std::string line = std::string(timex.span.of(story.text)) + " = ";
    if (timex.type != TimexType::kDate) line += std::string(TimexTypeName(timex.type)) + " ";
    lines.push_back(line + timex.value + (timex.mod ? " " + *timex.mod : ""));
  }
  return lines;
}

TEST(TimeFinder, EveryRuleGivesTheValueOfItsExample) {
  const tables::Table& rules = **SharedTables().Get("timex/rules");
  const auto id = *rules.GetColumn("id");
  const auto example = *rules.GetColumn("example");
  const auto expected = *rules.GetColumn("expected");
  for (std::uint32_t row = 0; row < rules.row_count(); ++row) {
    const Story story = MakeStory(std::string(rules.Cell(row, example)));
    std::vector<std::string> values;
    for (const Timex& timex : Finder().Find(story, *ParseDate("2023-04-16")))
      values.push_back(timex.value);
    if (rules.Cell(row, expected).empty()) {
      EXPECT_THAT(values, IsEmpty()) << rules.Cell(row, id) << ": " << story.text;
    } else {
      EXPECT_THAT(values, ::testing::Contains(std::string(rules.Cell(row, expected))))
          << rules.Cell(row, id) << ": " << story.text;
    }
  }
}

struct Case {
  const char* name;
  const char* anchor;
  const char* text;
  std::vector<std::string> times;
};
void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

class TimesOf : public ::testing::TestWithParam<Case> {};

TEST_P(TimesOf, Sentence) {
  EXPECT_EQ(Printed(GetParam().text, GetParam().anchor), GetParam().times);
}

INSTANTIATE_TEST_SUITE_P(Direction, TimesOf,
                         ::testing::Values(Case{"PastVerbTakesTheLastWeekday",
                                                "2020-05-07",
                                                "Envoys met on Monday in Oslo.",
                                                {"Monday = 2020-05-04"}},
                                           Case{"WillTakesTheNextWeekday",
                                                "2020-05-07",
                                                "Envoys will meet on Monday.",
                                                {"Monday = 2020-05-11"}},
                                           Case{"SameWeekdayIsTheSameDay",
                                                "2020-05-07",
                                                "Envoys met on Thursday.",
                                                {"Thursday = 2020-05-07"}},
                                           Case{"DueToLooksAhead",
                                                "2020-05-07",
                                                "He is due to land in Rome on Saturday.",
                                                {"Saturday = 2020-05-09"}},
                                           Case{"SaidBesideWins",
                                                "2020-05-07",
                                                "She said Monday the dam will open.",
                                                {"Monday = 2020-05-04"}},
                                           Case{"DayOfDecemberReadInJanuary",
                                                "2021-01-09",
                                                "The ship sank on December 30.",
                                                {"December 30 = 2020-12-30"}},
                                           Case{"DayOfJanuaryReadInDecember",
                                                "2020-12-30",
                                                "The law will start on January 2.",
                                                {"January 2 = 2021-01-02"}},
                                           Case{"BareMonthLooksBack",
                                                "2021-02-09",
                                                "Rebels took the town in October.",
                                                {"October = 2020-10"}},
                                           Case{"MonthAheadWithWill",
                                                "2021-02-09",
                                                "Voters will choose in October.",
                                                {"October = 2021-10"}}));

INSTANTIATE_TEST_SUITE_P(
    LastAndNext, TimesOf,
    ::testing::Values(Case{"LastMonthNameOfRecentWeeksIsAYearOn",
                           "2019-05-20",
                           "They met last March.",
                           {"last March = 2018-03"}},
                      Case{"LastMonthNameLongAgoIsThisYear",
                           "2019-11-20",
                           "They met last March.",
                           {"last March = 2019-03"}},
                      Case{"LastYear", "2019-11-20", "They met last year.", {"last year = 2018"}},
                      Case{"NextWeekAcrossTheYear",
                           "2020-12-30",
                           "They meet next week.",
                           {"next week = 2021-W01"}},
                      Case{"LastMonthAcrossTheYear",
                           "2020-01-30",
                           "They met last month.",
                           {"last month = 2019-12"}},
                      Case{"LastSummerReadInSpring",
                           "2020-04-30",
                           "They met last summer.",
                           {"last summer = 2019-SU"}}));

INSTANTIATE_TEST_SUITE_P(
    Narration, TimesOf,
    ::testing::Values(Case{"LaterCountsFromTheDayTold",
                           "2015-03-02",
                           "He was held on Feb. 1. Two weeks later he was free.",
                           {"Feb. 1 = 2015-02-01", "Two weeks later = 2015-02-15"}},
                      Case{"MonthsFromAMonth",
                           "2015-03-02",
                           "The coup was in May 2009. Four months later he fled.",
                           {"May 2009 = 2009-05", "Four months later = 2009-09"}},
                      Case{"AFutureDateIsNotTold",
                           "2015-03-02",
                           "Talks will start next month. A day earlier he fled.",
                           {"next month = 2015-04", "A day earlier = 2015-03-01"}}));

INSTANTIATE_TEST_SUITE_P(
    Lengths, TimesOf,
    ::testing::Values(
        Case{"Hyphen", "2015-03-02", "A 12-week strike ended.", {"12-week = DURATION P12W"}},
        Case{"Words",
             "2015-03-02",
             "For twenty-four hours nobody slept.",
             {"twenty-four hours = DURATION PT24H"}},
        Case{"Vague", "2015-03-02", "It took several months.", {"several months = DURATION PXM"}},
        Case{"ModOfTheLength",
             "2015-03-02",
             "It took more than two years.",
             {"more than two years = DURATION P2Y MORE_THAN"}},
        Case{"AgeIsNone", "2015-03-02", "A 15-year-old boy was hurt.", {}},
        Case{"ThousandsAreNoYear", "2015-03-02", "Some 2,015 people marched.", {}}));

INSTANTIATE_TEST_SUITE_P(
    WithoutAnchor, TimesOf,
    ::testing::Values(
        Case{"Weekday", "", "They met on Friday.", {"Friday = XXXX-WXX-5"}},
        Case{"MonthDay", "", "They met on May 3.", {"May 3 = XXXX-05-03"}},
        Case{"FullDate", "", "They met on May 3, 2001.", {"May 3, 2001 = 2001-05-03"}}));

TEST(TimeFinder, PrintedDatesAndDatelinesAreRead) {
  EXPECT_THAT(Printed("March 5, 2018", "2018-03-05", BlockKind::kDate),
              ElementsAre("March 5, 2018 = 2018-03-05"));
  EXPECT_THAT(Printed("OSLO, March 5 (NTB)", "2018-03-05", BlockKind::kDateline),
              ElementsAre("March 5 = 2018-03-05"));
  EXPECT_THAT(Printed("06/03/2018 - 05:40", "2018-03-06", BlockKind::kDate),
              ElementsAre("06/03/2018 = 2018-03-06", "05:40 = TIME 2018-03-06T05:40"));
}

TEST(TimeFinder, OfBylinesOnlyFullDatesAreRead) {
  EXPECT_THAT(Printed("By April Summers, March 5", "2018-03-06", BlockKind::kByline),
              ElementsAre("March 5 = 2018-03-05"));
}

TEST(TimeFinder, NotesAndCreditsAreLeftAlone) {
  EXPECT_THAT(Printed("Copyright 2018 NTB", "2018-03-05", BlockKind::kCredit), IsEmpty());
}

TEST(TimeFinder, AMonthInLowerCaseIsAVerb) {
  EXPECT_THAT(Printed("They may march on 3 hills.", "2018-03-05"), IsEmpty());
}

// ---- another reading

std::string Alternative(const std::string& text, const std::string& anchor) {
  const auto times = Finder().Find(MakeStory(text), *ParseDate(anchor));
  if (times.size() != 1 || !times[0].alternative) return "none";
  return times[0].value + " or " + times[0].alternative->value;
}

TEST(TimexAlternative, IsKeptWhereTheWordsLeaveTwoReadings) {
  EXPECT_EQ(Alternative("They met last February.", "2023-04-16"), "2022-02 or 2023-02");
  EXPECT_EQ(Alternative("Riots on Friday", "2023-04-16"), "2023-04-14 or 2023-04-21");
  EXPECT_EQ(Alternative("Riots on Friday morning", "2023-04-16"), "2023-04-14TMO or 2023-04-21TMO");
  EXPECT_EQ(Alternative("Elections in October", "2023-04-16"), "2022-10 or 2023-10");
  EXPECT_EQ(Alternative("Shares fell on 12/11/2012.", "2012-11-20"), "2012-11-12 or 2012-12-11");
}

TEST(TimexAlternative, IsAbsentWhereAVerbDecides) {
  EXPECT_EQ(Alternative("They met on Friday.", "2023-04-16"), "none");
  EXPECT_EQ(Alternative("They met last November.", "2023-04-16"), "none");
  EXPECT_EQ(Alternative("Shares fell on 25/11/2012.", "2012-11-20"), "none");
}

// ---- day or month first

std::string DayIn(const std::string& country, const std::string& text) {
  const auto times = Finder().Find(MakeStory(text), *ParseDate("2023-05-20"), country);
  return times.empty() ? "none" : times.back().value;
}

TEST(DayOrder, IsTheOutletsHabit) {
  EXPECT_EQ(DayIn("USA", "It opened on 6/4/23."), "2023-06-04");
  EXPECT_EQ(DayIn("GBR", "It opened on 6/4/23."), "2023-04-06");
  EXPECT_EQ(DayIn("CAN", "It opened on 6/4/23."), "2023-06-04") << "the nearer day";
  EXPECT_EQ(DayIn("", "It opened on 6/4/23."), "2023-06-04") << "the nearer day";
}

TEST(DayOrder, IsShownByTheStorysOtherDates) {
  EXPECT_EQ(DayIn("USA", "It closed on 25/3/23. It opened on 6/4/23."), "2023-04-06");
  EXPECT_EQ(DayIn("GBR", "It closed on 3/25/23. It opened on 6/4/23."), "2023-06-04");
  EXPECT_EQ(DayIn("GBR", "It closed on 3/25/23 and 25/3/23. It opened on 6/4/23."), "2023-04-06");
}

TEST(DayOrder, IsNoHelpWhereOnlyOneReadingIsADay) {
  EXPECT_EQ(DayIn("USA", "It opened on 16/4/23."), "2023-04-16");
  EXPECT_EQ(DayIn("GBR", "It opened on 4/16/23."), "2023-04-16");
}

// ---- the days meant

std::string DaysOf(const std::string& text, const std::string& anchor) {
  const auto times = Finder().Find(MakeStory(text), *ParseDate(anchor));
  if (times.size() != 1 || !times[0].first_day || !times[0].last_day) return "none";
  return FormatDate(*times[0].first_day) + " to " + FormatDate(*times[0].last_day);
}

TEST(TimexDays, AreTheFirstAndLastDayOfTheValue) {
  EXPECT_EQ(DaysOf("They met in March 2023.", "2023-04-16"), "2023-03-01 to 2023-03-31");
  EXPECT_EQ(DaysOf("They met on Friday.", "2023-04-16"), "2023-04-14 to 2023-04-14");
  EXPECT_EQ(DaysOf("They met at noon on April 14.", "2023-04-16"), "2023-04-14 to 2023-04-14");
  EXPECT_EQ(DaysOf("They met in the 1990s.", "2023-04-16"), "1990-01-01 to 1999-12-31");
}

TEST(TimexDays, OfALengthThatLooksBackEndAtTheStoryAndAheadBeginThere) {
  EXPECT_EQ(DaysOf("Prices doubled over the past three months.", "2023-04-16"),
            "2023-01-16 to 2023-04-16");
  EXPECT_EQ(DaysOf("They slept little in the last two days.", "2023-04-16"),
            "2023-04-14 to 2023-04-16");
  EXPECT_EQ(DaysOf("Rain is likely over the next two weeks.", "2023-04-16"),
            "2023-04-16 to 2023-04-30");
}

TEST(TimexDays, LengthsAndReferencesHaveNone) {
  EXPECT_EQ(DaysOf("They met for two days.", "2023-04-16"), "none");
  EXPECT_EQ(DaysOf("They won in the last three minutes.", "2023-04-16"), "none");
  EXPECT_EQ(DaysOf("Much changed in the past few years.", "2023-04-16"), "none");
  EXPECT_EQ(DaysOf("They meet every Friday.", "2023-04-16"), "none");
  EXPECT_EQ(DaysOf("They had met recently.", "2023-04-16"), "none");
}

// ---- properties

/// Words of the rules' examples in any order.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    const tables::Table& rules = **SharedTables().Get("timex/rules");
    const auto example = *rules.GetColumn("example");
    for (std::uint32_t row = 0; row < rules.row_count(); ++row) {
      std::istringstream in{std::string(rules.Cell(row, example))};
      for (std::string word; in >> word;) all.push_back(word);
    }
    return all;
  }();
  std::string text;
  for (int i = 0; i < 60; ++i) text += words[random() % words.size()] + " ";
  return text;
}

TEST(TimeFinder, ValuesParseIntervalsAreOrderedAndSpansLieInTheText) {
  std::mt19937 random(20230416);
  for (int round = 0; round < 500; ++round) {
    const Story story = MakeStory(RandomText(random));
    SCOPED_TRACE(story.text);
    std::uint32_t last = 0;
    for (const Timex& timex : Finder().Find(story, *ParseDate("2023-04-16"))) {
      EXPECT_GE(timex.span.begin, last);
      EXPECT_LT(timex.span.begin, timex.span.end);
      EXPECT_LE(timex.span.end, story.text.size());
      EXPECT_TRUE(IsValue(timex.value)) << timex.value;
      const auto interval = IntervalOf(timex.value);
      EXPECT_TRUE(!interval || interval->begin < interval->end) << timex.value;
      last = timex.span.end;
    }
  }
}

TEST(TimeFinder, WithoutAnchorNothingIsInvented) {
  std::mt19937 random(19);
  for (int round = 0; round < 200; ++round) {
    const Story story = MakeStory(RandomText(random));
    for (const Timex& timex : Finder().Find(story, std::nullopt))
      EXPECT_TRUE(IsValue(timex.value)) << timex.value << ": " << story.text;
  }
}

}  // namespace
}  // namespace dateline::timex
