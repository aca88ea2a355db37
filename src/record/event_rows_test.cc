#include "record/event_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "dateline/record.h"
#include "record/sample_story.h"
#include "record/testing/cells.h"

namespace dateline::record {
namespace {

TEST(EventRows, HaveAsManyCellsAsTheHeader) {
  const std::string rows = WriteEventRows(FullStory());
  ASSERT_TRUE(rows.ends_with("\r\n"));
  EXPECT_EQ(Cells(rows), Cells(EventRowHeader()));
}

TEST(EventRows, TellWhoDidWhatToWhom) {
  const std::string rows = WriteEventRows(FullStory());
  for (const char* cell : {",129,REJECT,meet,", ",NLDGOV,", ",SDN,Sud,", ",2031-05,", ",denied,"})
    EXPECT_NE(rows.find(cell), rows.npos) << cell << "\n" << rows;
}

TEST(EventRows, QuoteWhatWouldBreakARowAndDefuseFormulas) {
  Story story;
  story.text = "=1+1 said \"no\", twice";
  story.article.headline = "=HYPERLINK(1)";
  Event& event = story.events.emplace_back();
  event.goldstein = -5;
  event.evidence = {{0, static_cast<std::uint32_t>(story.text.size())}};
  const std::string row = WriteEventRows(story);
  EXPECT_NE(row.find("\"'=1+1 said \"\"no\"\", twice\""), row.npos) << row;
  EXPECT_NE(row.find(",'=HYPERLINK(1),"), row.npos) << row;
  EXPECT_NE(row.find(",-5,"), row.npos) << row;
}

TEST(EventLines, CarryTheEventOfTheRecordAndItsWords) {
  const std::string lines = WriteEventLines(FullStory());
  EXPECT_EQ(std::ranges::count(lines, '\n'), 1);
  for (const char* part :
       {"\"source\":[\"", "\"target\":[\"Sud\"]", "\"event\":{\"id\":\"v1\"", "\"cameo\":\"129\""})
    EXPECT_NE(lines.find(part), lines.npos) << part << "\n" << lines;
}

TEST(EventLines, AreNoneForAStoryWithoutEvents) {
  EXPECT_EQ(WriteEventLines(Story{}), "");
  EXPECT_EQ(WriteEventRows(Story{}), "");
}

}  // namespace
}  // namespace dateline::record
