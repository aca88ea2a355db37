#include "timex/interval.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace dateline::timex {
namespace {

/// "2023-03-01 to 2023-04-01": the first day after the interval last.
std::string Printed(std::string_view value) {
  const auto interval = IntervalOf(value);
  if (!interval) return "none";
  return FormatDay(interval->begin) + " to " + FormatDay(interval->end);
}

struct Case {
  const char* name;
  const char* value;
  const char* days;
};
void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

class IntervalOfValue : public ::testing::TestWithParam<Case> {};

TEST_P(IntervalOfValue, IsItsDays) { EXPECT_EQ(Printed(GetParam().value), GetParam().days); }

INSTANTIATE_TEST_SUITE_P(
    Dates, IntervalOfValue,
    ::testing::Values(Case{"Day", "2023-03-31", "2023-03-31 to 2023-04-01"},
                      Case{"LeapDay", "2020-02-29", "2020-02-29 to 2020-03-01"},
                      Case{"TimeIsItsDay", "2023-03-31T10:30", "2023-03-31 to 2023-04-01"},
                      Case{"MorningIsItsDay", "2023-03-31TMO", "2023-03-31 to 2023-04-01"},
                      Case{"Month", "2023-12", "2023-12-01 to 2024-01-01"},
                      Case{"Quarter", "2023-Q4", "2023-10-01 to 2024-01-01"},
                      Case{"Half", "2023-H2", "2023-07-01 to 2024-01-01"},
                      Case{"Year", "2023", "2023-01-01 to 2024-01-01"},
                      Case{"Decade", "199", "1990-01-01 to 2000-01-01"},
                      Case{"Century", "19", "1900-01-01 to 2000-01-01"},
                      Case{"Week", "2023-W07", "2023-02-13 to 2023-02-20"},
                      Case{"FirstWeekBeginsInDecember", "2020-W01", "2019-12-30 to 2020-01-06"},
                      Case{"Weekend", "2023-W07-WE", "2023-02-18 to 2023-02-20"},
                      Case{"WinterCrossesTheYear", "1999-WI", "1999-12-01 to 2000-03-01"},
                      Case{"BeforeChrist", "BC0480", "BC0480-01-01 to BC0479-01-01"},
                      Case{"DecadeBeforeChrist", "BC048", "BC0489-01-01 to BC0479-01-01"},
                      Case{"MonthBeforeChrist", "BC0480-04", "BC0480-04-01 to BC0480-05-01"}));

INSTANTIATE_TEST_SUITE_P(None, IntervalOfValue,
                         ::testing::Values(Case{"NoSuchDay", "2023-02-29", "none"},
                                           Case{"NoSuchMonth", "2023-13", "none"},
                                           Case{"NoSuchWeek", "2023-W54", "none"},
                                           Case{"NoSuchQuarter", "2023-Q5", "none"},
                                           Case{"Length", "P2D", "none"},
                                           Case{"Reference", "PRESENT_REF", "none"},
                                           Case{"PartlyKnown", "XXXX-05-03", "none"},
                                           Case{"Empty", "", "none"},
                                           Case{"Hyphen", "2023-", "none"}));

TEST(IsValue, KnowsTheFormsOfTimex3) {
  for (const char* value : {"2023", "BC0480-FA", "P2Y6M", "PT30M", "PXW", "P2.5D", "PAST_REF",
                            "XXXX-WXX-5", "XXXX-05", "XXXX-XX-XXTMO", "2023-04-16T10:30Z"}) {
    EXPECT_TRUE(IsValue(value)) << value;
  }
  for (const char* value : {"", "P", "PT", "2023-4", "soon", "X years", "-2023", "P2"}) {
    EXPECT_FALSE(IsValue(value)) << value;
  }
}

TEST(LengthOf, CountsWholeUnitsOfADayOrMore) {
  EXPECT_EQ(LengthOf("P3M"), (Length{.count = 3, .unit = Unit::kMonth}));
  for (const auto* const value : {"PXY", "PT6H", "P2Y6M", "P", "", "2023-03", "P99999999999D"}) {
    EXPECT_EQ(LengthOf(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace dateline::timex
