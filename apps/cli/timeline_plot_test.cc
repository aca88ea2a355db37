#include "timeline_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

#include "terminal.h"

namespace dateline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

Timeline Sample() {
  Timeline line;
  line.points = {
      {"2031-03", {4, {3, 1, 0, 0}, 20}}, {"2031-04", {}}, {"2031-05", {2, {0, 0, 0, 2}, -15}}};
  return line;
}

TEST(TimelinePlotTest, BarsGoLeftForConflictAndRightForCooperation) {
  EXPECT_EQ(DrawTimeline(Sample(), {.title = "CHN ↔ RUS", .width = 60}),
            "CHN ↔ RUS\n"
            "         events      conflict│cooperation    mean  conflict\n"
            "2031-03       4              │██████          5.0        0%\n"
            "2031-04       0              │\n"
            "2031-05       2     █████████│               -7.5      100%\n");
}

TEST(TimelinePlotTest, LongGapsAreOneLine) {
  Timeline line = Sample();
  line.points.insert(line.points.begin() + 1, 20, {"2031-04", {}});
  const std::string plot = DrawTimeline(line, {.title = "x"});
  EXPECT_THAT(plot, HasSubstr("21 without events"));
  EXPECT_THAT(plot, Not(HasSubstr("2031-04")));
}

TEST(TimelinePlotTest, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {60U, 80U, 200U}) {
    const std::string plot = DrawTimeline(Sample(), {.title = "x", .width = width});
    std::size_t begin = 0;
    while (begin < plot.size()) {
      const std::size_t end = plot.find('\n', begin);
      EXPECT_LE(DisplayWidth(plot.substr(begin, end - begin)), width);
      begin = end + 1;
    }
  }
}

TEST(TimelinePlotTest, TitlesCannotCommandTheTerminal) {
  EXPECT_THAT(DrawTimeline(Sample(), {.title = "\x1b[2J"}), Not(HasSubstr("\x1b[2J")));
}

TEST(TimelinePlotTest, TheSvgHasABarForEachPeriodAndQuad) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(DrawTimelineSvg(Sample(), {.title = "A & <B>"}).c_str()));
  const auto svg = document.child("svg");
  EXPECT_STREQ(svg.child("title").text().get(), "A & <B>: events over time");
  std::string told;
  for (const auto bar : svg.children("rect")) told += std::string(bar.child_value("title")) + "|";
  EXPECT_THAT(told, HasSubstr("2031-03: 5.00 over 4 events|2031-03: 3 of verbal cooperation|"
                              "2031-03: 1 of material cooperation|2031-05: -7.50 over 2 events|"
                              "2031-05: 2 of material conflict|"));
}

}  // namespace
}  // namespace dateline::cli
