#include "dateline/date.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {
namespace {

TEST(DateTest, PrintingGivesWhatWasRead) {
  for (const std::string_view text :
       {"2023", "2023-04", "2023-04-16", "2024-02-29", "0999-12-31"}) {
    const auto date = ParseDate(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(FormatDate(*date), text);
  }
}

TEST(DateTest, OtherFormsAndImpossibleDaysAreMalformed) {
  for (const std::string_view text :
       {"", "23", "2023-4", "2023-13", "2023-00", "2023-02-29", "2023-04-31", "2023-04-00",
        "2023/04/16", "2023-04-16 ", " 2023", "20230416", "2023-04-1x", "-203", "2023-"}) {
    const auto date = ParseDate(text);
    ASSERT_FALSE(date.has_value()) << text;
    EXPECT_EQ(date.error().code, ErrorCode::kMalformed);
  }
}

TEST(DateTest, PrecisionIsPartOfTheValue) {
  const auto year = ParseDate("2023");
  const auto day = ParseDate("2023-01-01");
  ASSERT_TRUE(year && day);
  EXPECT_EQ(year->precision, Date::Precision::kYear);
  EXPECT_EQ(day->precision, Date::Precision::kDay);
  EXPECT_FALSE(*year == *day);
}

TEST(DateTest, MakeDateRefusesDaysThatDoNotExist) {
  EXPECT_TRUE(MakeDate(2000, 2, 29).has_value());
  EXPECT_FALSE(MakeDate(1900, 2, 29).has_value());
  EXPECT_FALSE(MakeDate(2023, 13, 1).has_value());
  EXPECT_FALSE(MakeDate(2023, 6, 31).has_value());
}

TEST(DateTest, DateTimesPrintAsTheyWereRead) {
  for (const std::string_view text :
       {"2018-11-21", "2018-11-21T16:42", "2020-03-02T08:15:00+01:00", "2020-01-15T00:01:00Z",
        "2020-03-02T08:15-05:00", "2020-03-02T23:59:59", "2020-03-02T08:15+05:30"}) {
    const auto value = ParseDateTime(text);
    ASSERT_TRUE(value.has_value()) << text;
    EXPECT_EQ(FormatDateTime(*value), text);
  }
}

TEST(DateTest, ASpaceMayStandForTheT) {
  const auto value = ParseDateTime("2018-11-21 16:42");
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(FormatDateTime(*value), "2018-11-21T16:42");
}

TEST(DateTest, MalformedDateTimesAreRefused) {
  for (const std::string_view text :
       {"2018-11-21T", "2018-11-21T24:01", "2018-11-21T16", "2018-11-21T16:60", "2018-11-21  16:42",
        "2018-11T16:42", "2018-11-21T16:42+1", "2018-11-21T16:42:61", "2018-11-21T16:42Zulu"}) {
    EXPECT_FALSE(ParseDateTime(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace dateline
