#include "article/printed_date.h"

#include <gtest/gtest.h>

#include <string>

#include "article/testing.h"

namespace dateline::article {
namespace {

struct Case {
  const char* line;
  const char* text;   ///< what of it is the date; nullptr: none
  const char* value;  ///< ISO 8601, or "" without a year
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.line; }

std::string ValueOf(const PrintedDate& date) {
  const auto value = date.Value();
  return value ? FormatDateTime(*value) : "";
}

class Dates : public testing::TestWithParam<Case> {};

TEST_P(Dates, AreFoundAtTheStart) {
  const auto date = DateAtStart(GetParam().line, TheCues());
  if (GetParam().text == nullptr) {
    EXPECT_FALSE(date) << date->text;
    return;
  }
  ASSERT_TRUE(date);
  EXPECT_EQ(date->text, GetParam().text);
  EXPECT_EQ(ValueOf(*date), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    PrintedDate, Dates,
    testing::Values(
        // Words, in any order
        Case{"April 16, 2023", "April 16, 2023", "2023-04-16"},
        Case{"16 April 2023", "16 April 2023", "2023-04-16"},
        Case{"16th of April, 2023", "16th of April, 2023", "2023-04-16"},
        Case{"the 16th", nullptr, ""}, Case{"Apr. 16, 2023", "Apr. 16, 2023", "2023-04-16"},
        Case{"Sept 4 2021", "Sept 4 2021", "2021-09-04"},
        Case{"Sunday, 4 July 2021", "Sunday, 4 July 2021", "2021-07-04"},
        Case{"July 4, 2021 Sunday", "July 4, 2021 Sunday", "2021-07-04"},
        Case{"Sun Jul 4 2021", "Sun Jul 4 2021", "2021-07-04"},
        Case{"SUNDAY 4 JULY 2021", "SUNDAY 4 JULY 2021", "2021-07-04"},
        Case{"3 jun 2020", "3 jun 2020", "2020-06-03"},
        Case{"12 de enero de 2020", "12 de enero de 2020", "2020-01-12"},
        Case{"March 2021", "March 2021", "2021-03"}, Case{"June 3", "June 3", ""},
        Case{"June 3 (Reuters)", "June 3", ""},
        // Numbers
        Case{"2023-04-16", "2023-04-16", "2023-04-16"}, Case{"2023/4/6", "2023/4/6", "2023-04-06"},
        Case{"16/04/2023", "16/04/2023", "2023-04-16"},
        Case{"04/16/2023", "04/16/2023", "2023-04-16"},
        Case{"16.04.2023", "16.04.2023", "2023-04-16"}, Case{"5.4.2023", "5.4.2023", "2023-04-05"},
        Case{"16-04-2023", "16-04-2023", "2023-04-16"}, Case{"16/04/23", "16/04/23", "2023-04-16"},
        Case{"20230416", "20230416", "2023-04-16"}, Case{"20230431", "20230431", ""},
        Case{"31/02/2023", "31/02/2023", ""}, Case{"99/99/2023", nullptr, ""},
        Case{"1.5 million", nullptr, ""}, Case{"400", nullptr, ""}, Case{"2021", nullptr, ""},
        Case{"May", nullptr, ""}, Case{"Sunday", nullptr, ""}, Case{"12345678901", nullptr, ""},
        // With a clock
        Case{"21/11/2018 - 16:42", "21/11/2018 - 16:42", "2018-11-21T16:42"},
        Case{"2022-09-14 10:21:33", "2022-09-14 10:21:33", "2022-09-14T10:21:33"},
        Case{"7 OCT 2021, 14:05", "7 OCT 2021, 14:05", "2021-10-07T14:05"},
        Case{"18:05, 05 Feb 2023", "18:05, 05 Feb 2023", "2023-02-05T18:05"},
        Case{"March 3, 2021 at 3:07 PM", "March 3, 2021 at 3:07 PM", "2021-03-03T15:07"},
        Case{"March 3, 2021 / 3:07 p.m.", "March 3, 2021 / 3:07 p.m.", "2021-03-03T15:07"},
        Case{"3:07 a.m., March 3, 2021", "3:07 a.m., March 3, 2021", "2021-03-03T03:07"},
        Case{"12:30 AM, March 3, 2021", "12:30 AM, March 3, 2021", "2021-03-03T00:30"},
        Case{"12 noon, March 3, 2021", "12 noon, March 3, 2021", "2021-03-03T12:00"},
        Case{"3 March 2021, noon", "3 March 2021, noon", "2021-03-03T12:00"},
        Case{"3 March 2021 4pm", "3 March 2021 4pm", "2021-03-03T16:00"},
        Case{"3 March 2021 14h05", "3 March 2021 14h05", "2021-03-03T14:05"},
        Case{"04.03.2021, 14:15 Uhr", "04.03.2021, 14:15 Uhr", "2021-03-04T14:15"},
        Case{"3 March 2021 1405 hrs", "3 March 2021 1405 hrs", "2021-03-03T14:05"},
        // With a zone
        Case{"Wed 3 Mar 2021 14.05 GMT", "Wed 3 Mar 2021 14.05 GMT", "2021-03-03T14:05Z"},
        Case{"0001 GMT WEDNESDAY 15 JANUARY 2020", "0001 GMT WEDNESDAY 15 JANUARY 2020",
             "2020-01-15T00:01Z"},
        Case{"00:01 BST on 4 June 2021", "00:01 BST on 4 June 2021", "2021-06-04T00:01+01:00"},
        Case{"3:07 PM ET, Wed March 3, 2021", "3:07 PM ET, Wed March 3, 2021",
             "2021-03-03T15:07-05:00"},
        Case{"3:07 PM ET, Wed June 2, 2021", "3:07 PM ET, Wed June 2, 2021",
             "2021-06-02T15:07-04:00"},
        Case{"March 3, 2021 3:07 PM EST", "March 3, 2021 3:07 PM EST", "2021-03-03T15:07-05:00"},
        Case{"3 Mar, 2021, 02:05 PM IST", "3 Mar, 2021, 02:05 PM IST", "2021-03-03T14:05+05:30"},
        Case{"2020-03-02T08:15:00+01:00", "2020-03-02T08:15:00+01:00", "2020-03-02T08:15:00+01:00"},
        Case{"2020-03-02T08:15:00.000Z", "2020-03-02T08:15:00.000Z", "2020-03-02T08:15:00Z"},
        Case{"Wed, 03 Mar 2021 14:05:00 +0200", "Wed, 03 Mar 2021 14:05:00 +0200",
             "2021-03-03T14:05:00+02:00"},
        Case{"3 March 2021 14:05 (GMT+3)", "3 March 2021 14:05 (GMT+3)", "2021-03-03T14:05+03:00"},
        Case{"3 March 2021 14:05 UTC+05:30", "3 March 2021 14:05 UTC+05:30",
             "2021-03-03T14:05+05:30"},
        // What follows is not the date's
        Case{"June 3, 2021 4 killed", "June 3, 2021", "2021-06-03"},
        Case{"3 March 2021 - the day", "3 March 2021", "2021-03-03"},
        Case{"3 March 2021, on the pier", "3 March 2021", "2021-03-03"}));

TEST(PrintedDate, AWholeDateIsNothingElse) {
  EXPECT_TRUE(WholeDate("(3 March 2021)", TheCues()));
  EXPECT_TRUE(WholeDate("3 March 2021.", TheCues()));
  EXPECT_FALSE(WholeDate("3 March 2021 was cold", TheCues()));
  EXPECT_FALSE(WholeDate("On 3 March 2021", TheCues()));
}

TEST(PrintedDate, AmbiguousNumbersCanBeSwapped) {
  auto date = DateAtStart("03/04/2021", TheCues());
  ASSERT_TRUE(date);
  EXPECT_TRUE(date->ambiguous);
  EXPECT_EQ(ValueOf(*date), "2021-04-03");
  date->Swap();
  EXPECT_EQ(ValueOf(*date), "2021-03-04");
}

TEST(PrintedDate, SignsOfAmericanOrderAreSeen) {
  EXPECT_TRUE(DateAtStart("03/04/2021 2:15 PM", TheCues())->american);
  EXPECT_TRUE(DateAtStart("03/04/2021 14:15 EST", TheCues())->american);
  EXPECT_FALSE(DateAtStart("03/04/2021 14:15 CET", TheCues())->american);
}

TEST(PrintedDate, AClockAloneIsAClock) {
  for (const char* line : {"4:05 pm", "14.05 GMT", "16:42", "4 pm"})
    EXPECT_TRUE(IsClock(line, TheCues())) << line;
  for (const char* line : {"4 boats", "16:42 to Kell", "3 March", "2021"})
    EXPECT_FALSE(IsClock(line, TheCues())) << line;
}

}  // namespace
}  // namespace dateline::article
