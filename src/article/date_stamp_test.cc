#include "article/date_stamp.h"

#include <gtest/gtest.h>

#include <string>

#include "article/testing.h"

namespace dateline::article {
namespace {

std::string Text(const std::optional<PrintedDate>& date) {
  const auto value = date ? date->Value() : std::nullopt;
  return value ? FormatDateTime(*value) : date ? "?" : "";
}

/// "published | updated | what stands beside them"; "none" when the line is no stamp.
std::string Read(std::string_view line, bool front) {
  const auto stamp = ReadDateStamp(line, TheCues(), {.front = front});
  if (!stamp) return "none";
  std::string out = Text(stamp->published) + " | " + Text(stamp->updated) + " |";
  if (!stamp->place.empty()) out += " in " + std::string(stamp->place);
  for (const std::string_view author : stamp->authors) out += " by " + std::string(author);
  for (const std::string_view source : stamp->sources) out += " of " + std::string(source);
  return out;
}

struct Case {
  const char* line;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.line; }

class Stamps : public testing::TestWithParam<Case> {};
TEST_P(Stamps, TellWhenTheStoryWentOut) {
  EXPECT_EQ(Read(GetParam().line, false), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    DateStamp, Stamps,
    testing::Values(
        // Labels, before and behind the date
        Case{"Page last updated at 20:14 GMT, Thursday, 26 November 2009",
             " | 2009-11-26T20:14Z |"},
        Case{"Last Updated: Monday, 3 March, 2008, 12:10 GMT 13:10 UK", " | 2008-03-03T12:10Z |"},
        Case{"Monday, March 3, 2008 Published at 10:33 GMT 11:33 UK", "2008-03-03T10:33Z |  |"},
        Case{"3 March 2008 Last updated at 20:14 GMT", "2008-03-03 | 2008-03-03T20:14Z |"},
        Case{"March 3, 2008 -- Updated 0135 GMT (0935 HKT)", "2008-03-03 | 2008-03-03T01:35Z |"},
        Case{"UPDATED: 10:22 a.m. EDT September 20, 2007", " | 2007-09-20T10:22-04:00 |"},
        Case{"Web posted at: 5:12 p.m. EST (2212 GMT), March 3, 2008", "2008-03-03T22:12Z |  |"},
        Case{"updated 11:22 p.m. ET, Mon., March. 3, 2008", " | 2008-03-03T23:22-05:00 |"},
        Case{"Published March 3, 2008, 5:32 p.m. Updated March 4, 2008, 6:32 p.m.",
             "2008-03-03T17:32 | 2008-03-04T18:32 |"},
        Case{"Mon 3 Mar 2008 14.05 GMTLast modified on Tue 4 Mar 2008 15.05 GMT",
             "2008-03-03T14:05Z | 2008-03-04T15:05Z |"},
        Case{"12:00 AM, March 03, 2015 / LAST MODIFIED: 12:10 AM, March 04, 2015",
             "2015-03-03T00:00 | 2015-03-04T00:10 |"},
        Case{"Story posted: March 3, 2008", "2008-03-03 |  |"},
        Case{"This page was last updated on 3 March 2008", " | 2008-03-03 |"},
        Case{"March 3, 2008 5:32 PM GMT Updated an hour ago", "2008-03-03T17:32Z |  |"},
        Case{"MARCH 3, 2016 / 10:03 AM / 3 YEARS AGO", "2016-03-03T10:03 |  |"},
        // Without a label
        Case{"Thursday, November 19, 2009; 6:41 PM", "2009-11-19T18:41 |  |"},
        Case{"Thursday, 24 May, 2001, 21:40 GMT 22:40 UK", "2001-05-24T21:40Z |  |"},
        Case{"• March 3, 2008 10:05 AM Eastern Standard Time", "2008-03-03T10:05 |  |"},
        Case{"Monday, March 03, 2008 10:05 Mecca time, 07:05 GMT", "2008-03-03T10:05 |  |"},
        // Pages, editions, other calendars
        Case{"Thursday, November 19, 2009; A01", "2009-11-19 |  |"},
        Case{"March 3, 2008 Monday, Section A; Page 1", "2008-03-03 |  |"},
        Case{"March 3, 2003, Monday, Late Edition - Final", "2003-03-03 |  |"},
        Case{"March 3, 2003, Monday, BC cycle", "2003-03-03 |  |"},
        Case{"March 03, 2008 Monday Safar 24, 1429", "2008-03-03 |  |"},
        Case{"Monday 3 March 2008 (24 Safar 1429)", "2008-03-03 |  |"},
        // Who brought it
        Case{"(Reuters) - Mon Mar 3, 2008 10:03am EST", "2008-03-03T10:03-05:00 |  | of Reuters"},
        Case{"(Xinhua) 10:05, March 03, 2008", "2008-03-03T10:05 |  | of Xinhua"},
        Case{"guardian.co.uk, Monday 3 March 2008 14.05 GMT", "2008-03-03T14:05Z |  |"},
        Case{"The Independent (London), March 3, 2008, Monday",
             "2008-03-03 |  | of The Independent"},
        Case{"Published in Dawn, March 3rd, 2015", "2015-03-03 |  | of Dawn"},
        Case{"TNN, Mar 3, 2008, 10.05 AM IST", "2008-03-03T10:05+05:30 |  | of TNN"},
        Case{"3 Mar 2008, 1005 hrs IST, Ann Lee, TNN",
             "2008-03-03T10:05+05:30 |  | by Ann Lee of TNN"},
        Case{"Posted by Ann Lee on March 3, 2008", "2008-03-03 |  | by Ann Lee"},
        Case{"Oslo, 3 March 2008", "2008-03-03 |  | in Oslo"},
        // No stamps: a word that belongs to none
        Case{"Monday, March 3, 2008, was a cold day.", "none"},
        Case{"The report was released in March 2008.", "none"},
        Case{"It was published on 3 March 2008.", "none"},
        Case{"Updated rules take effect on 3 March 2008", "none"},
        Case{"The story of March 3, 2008", "none"}, Case{"Final report, March 3, 2008", "none"},
        Case{"Protests, March 3, 2008", "none"},
        Case{"3 March 2008: the day the boats stood", "none"}, Case{"Published 12 books", "none"},
        Case{"10:05 Mecca time, 07:05 GMT", "none"}, Case{"KELL, March 3, 2008", "none"},
        Case{"Ann Lee, Oslo, 3 March 2008", "none"}));

TEST(DateStamp, BehindAHeadlinePlacesNamesAndClocksMayStandAlone) {
  EXPECT_EQ(Read("KELL/OSLO, March 3, 2008", true), "2008-03-03 |  | in KELL/OSLO");
  EXPECT_EQ(Read("Ann Lee, Oslo, 3 March 2008", true), "2008-03-03 |  | in Oslo by Ann Lee");
  EXPECT_EQ(Read("10:05 Mecca time, 07:05 GMT", true), " |  |");
  EXPECT_EQ(Read("Kell ferries, March 3, 2008", true), "none");
}

}  // namespace
}  // namespace dateline::article
