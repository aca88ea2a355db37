#include "text/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dateline::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  LineReader reader(text);
  while (const auto line = reader.Next()) {
    lines.emplace_back(*line);
    EXPECT_EQ(reader.number(), lines.size());
  }
  return lines;
}

TEST(LineReader, GivesLinesWithoutMarksAndLineEnds) {
  EXPECT_THAT(LinesOf("\xEF\xBB\xBF"
                      "a\r\n\nb\n"),
              ElementsAre("a", "", "b"));
  EXPECT_THAT(LinesOf("a\r\nb"), ElementsAre("a", "b"));
  EXPECT_THAT(LinesOf("\n"), ElementsAre(""));
  EXPECT_THAT(LinesOf(""), IsEmpty());
}

TEST(FaultOfLine, NamesWhatIsWrongAndTheRemedy) {
  EXPECT_EQ(FaultOfLine("a\tb é"), "");
  EXPECT_EQ(FaultOfLine("caf\xE9"), "is not UTF-8; save the file as UTF-8");
  EXPECT_EQ(FaultOfLine("a\x01"), "holds a control character; remove it");
  EXPECT_EQ(FaultOfLine("a\x7F"), "holds a control character; remove it");
}

}  // namespace
}  // namespace dateline::text
