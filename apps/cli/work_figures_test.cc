#include "work_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dateline::cli {
namespace {

using testing::HasSubstr;

TEST(WorkFigures, TheLineTellsRateAndLag) {
  WorkFigures before{.messages = 234};
  WorkFigures now{.messages = 1234, .records = 1230, .dead_letters = 1, .partitions = 2};
  now.lags = {{0, 5000}, {3, 678}};
  EXPECT_EQ(FigureLine(now, before, std::chrono::seconds(10)),
            "1,234 messages (100/s), 1,230 records, 1 dead letter; 5,678 behind on 2 partitions");
  EXPECT_EQ(FigureLine({}, {}, std::chrono::seconds(0)),
            "0 messages (0/s), 0 records, 0 dead letters; 0 behind on 0 partitions");
}

TEST(WorkFigures, EachFigureHasItsTypeAndLagsHaveLabels) {
  WorkFigures now{.messages = 3, .held = 2};
  now.lags = {{1, 7}};
  const std::string text = WriteFigures(now, "a\"b");
  EXPECT_THAT(text, HasSubstr("# TYPE dateline_work_messages_total counter\n"
                              "dateline_work_messages_total 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE dateline_work_held_messages gauge\n"
                              "dateline_work_held_messages 2\n"));
  EXPECT_THAT(text, HasSubstr("dateline_work_lag{topic=\"a\\\"b\",partition=\"1\"} 7\n"));
}

}  // namespace
}  // namespace dateline::cli
