#include "timex/holidays.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace dateline::timex {
namespace {

struct Case {
  const char* name;
  const char* when;
  int year;
  const char* day;
};
void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

class Holiday : public ::testing::TestWithParam<Case> {};

TEST_P(Holiday, FallsOnItsDay) {
  const auto day = HolidayIn(GetParam().when, GetParam().year);
  EXPECT_EQ(day ? FormatDay(*day) : "none", GetParam().day);
}

INSTANTIATE_TEST_SUITE_P(Days, Holiday,
                         ::testing::Values(Case{"Fixed", "12-25", 2023, "2023-12-25"},
                                           Case{"FourthThursday", "11-4-4", 2023, "2023-11-23"},
                                           Case{"LastMonday", "5-1-L", 2022, "2022-05-30"},
                                           Case{"DayAfter", "11-1-1+1", 2022, "2022-11-08"},
                                           Case{"Easter2000", "easter", 2000, "2000-04-23"},
                                           Case{"Easter2023", "easter", 2023, "2023-04-09"},
                                           Case{"LatestEaster", "easter", 2038, "2038-04-25"},
                                           Case{"EasterMonday", "easter+1", 2023, "2023-04-10"},
                                           Case{"GoodFriday", "easter-2", 2023, "2023-04-07"},
                                           Case{"Passover", "hebrew-8-15", 2023, "2023-04-06"},
                                           Case{"PassoverAfterALeapMonth", "hebrew-8-15", 2024,
                                                "2024-04-23"},
                                           Case{"Hanukkah", "hebrew-3-25", 2022, "2022-12-19"},
                                           Case{"RoshHashanah", "hebrew-1-1", 2022, "2022-09-26"},
                                           Case{"EidAlFitr", "islamic-10-1", 2023, "2023-04-21"},
                                           Case{"EidAlAdha", "islamic-12-10", 2022, "2022-07-09"},
                                           Case{"TwiceInAYear", "islamic-10-1", 2000, "2000-01-08"},
                                           Case{"LunarNewYear", "chinese-1-1", 2023, "2023-01-22"},
                                           Case{"MidAutumn", "chinese-8-15", 2022, "2022-09-10"},
                                           Case{"NoSuchCalendarDay", "hebrew", 2022, "none"},
                                           Case{"NoSuchDay", "02-30", 2023, "none"}));

}  // namespace
}  // namespace dateline::timex
