#include "readers/dates.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::readers {
namespace {

struct Case {
  const char* stated;
  const char* value;  ///< as FormatDateTime writes it; "" when it is no date
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.stated; }

class StatedDate : public testing::TestWithParam<Case> {};

TEST_P(StatedDate, IsReadWithItsZone) {
  const auto value = ParseStatedDate(GetParam().stated);
  EXPECT_EQ(value ? FormatDateTime(*value) : "", GetParam().value);
}

// What is written by FormatDateTime is read back as it was.
TEST_P(StatedDate, RoundTrips) {
  const auto value = ParseStatedDate(GetParam().stated);
  if (!value) return;
  const auto again = ParseStatedDate(FormatDateTime(*value));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *value);
}

INSTANTIATE_TEST_SUITE_P(
    Dates, StatedDate,
    testing::Values(
        // RFC 822 and 2822
        Case{"Tue, 14 May 2024 09:30:00 +0100", "2024-05-14T09:30:00+01:00"},
        Case{"Tue, 14 May 2024 09:30:00 GMT", "2024-05-14T09:30:00Z"},
        Case{"14 May 24 09:30 EST", "2024-05-14T09:30-05:00"},
        Case{"Mon, 3 Jun 1996 23:59:60 PDT", "1996-06-03T23:59:59-07:00"},
        Case{"Fri,  1 Mar 2024 00:00:00 -0330", "2024-03-01T00:00:00-03:30"},
        Case{"Tue, 14 May 2024 09:30:00 BST", "2024-05-14T09:30:00"},
        Case{"Tue, 14 May 2024", "2024-05-14"},
        Case{"Tue, 14 May 2024 09:30:00 +0100 (CET)", "2024-05-14T09:30:00+01:00"},
        // ISO 8601
        Case{"2024-05-14", "2024-05-14"}, Case{"2024-05", "2024-05"}, Case{"2024", "2024"},
        Case{"20240514", "2024-05-14"}, Case{"2024-05-14T09:30:00Z", "2024-05-14T09:30:00Z"},
        Case{"2024-05-14T09:30:00.123456Z", "2024-05-14T09:30:00Z"},
        Case{"2024-05-14T09:30:00.5+01:00", "2024-05-14T09:30:00+01:00"},
        Case{"2024-05-14 09:30:00", "2024-05-14T09:30:00"},
        Case{"2024-05-14 09:30:00 +0530", "2024-05-14T09:30:00+05:30"},
        Case{"2024-05-14 09:30:00 UTC", "2024-05-14T09:30:00Z"},
        Case{"2024-05-14T09:30+02", "2024-05-14T09:30+02:00"},
        Case{"20240514T093000Z", "2024-05-14T09:30:00Z"},
        Case{"20240514T093000+0200", "2024-05-14T09:30:00+02:00"},
        Case{"20240514T0930-0500", "2024-05-14T09:30-05:00"},
        Case{"2024-05-14+02:00", "2024-05-14"},
        // words
        Case{"May 14, 2024", "2024-05-14"}, Case{"Tuesday, May 14, 2024", "2024-05-14"},
        Case{"14th September 2024", "2024-09-14"}, Case{"14-May-2024", "2024-05-14"},
        Case{"Sept. 3, 2021 5:07 PM", "2021-09-03T17:07"},
        Case{"May 14, 2024 12:05am EDT", "2024-05-14T00:05-04:00"},
        Case{"Tue May 14 09:30:00 2024", "2024-05-14T09:30:00"},
        // since 1970
        Case{"1715679000", "2024-05-14T09:30:00Z"}, Case{"1715679000123", "2024-05-14T09:30:00Z"},
        // none
        Case{"", ""}, Case{"yesterday", ""}, Case{"05/06/2024", ""}, Case{"31 Feb 2024", ""},
        Case{"2024-02-31", ""}, Case{"14 May", ""}, Case{"12345", ""},
        Case{"25:61 14 May 2024", ""},
        Case{"May May May May May May May May May May May May May 14 2024", ""}));

}  // namespace
}  // namespace dateline::readers
