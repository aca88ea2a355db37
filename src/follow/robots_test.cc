#include "follow/robots.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::follow {
namespace {

constexpr std::string_view kFile =
    "\xEF\xBB\xBFUser-agent: *\n"
    "Disallow: /private\r\n"
    "Crawl-delay: 2.5\n"
    "\n"
    "User-Agent: Dateline/1.0   # us\n"
    "User-agent: other\n"
    "Disallow: /\n"
    "Allow: /news/\n"
    "Allow: /*.rss$\n"
    "Disallow: /news/secret\n";

TEST(RobotsTest, TheGroupThatNamesUsCounts) {
  const Robots robots = ParseRobots(kFile, "dateline");
  EXPECT_FALSE(IsAllowed(robots, "/"));
  EXPECT_TRUE(IsAllowed(robots, "/news/today"));
  EXPECT_FALSE(IsAllowed(robots, "/news/secret/1"));
  EXPECT_TRUE(IsAllowed(robots, "/a/b.rss"));
  EXPECT_FALSE(IsAllowed(robots, "/a/b.rss?x"));
  EXPECT_EQ(robots.delay, 0);
}

TEST(RobotsTest, ElseTheGroupForAll) {
  const Robots robots = ParseRobots(kFile, "somebody");
  EXPECT_TRUE(IsAllowed(robots, "/news"));
  EXPECT_FALSE(IsAllowed(robots, "/private/x"));
  EXPECT_EQ(robots.delay, 2.5);
}

TEST(RobotsTest, TheLongerRuleWinsAndAllowOfTwo) {
  const Robots robots = ParseRobots(
      "User-agent: *\nDisallow: /a\nAllow: /a\nAllow: /a/b\n"
      "Disallow: /a/b/c\n",
      "dateline");
  EXPECT_TRUE(IsAllowed(robots, "/a"));
  EXPECT_FALSE(IsAllowed(robots, "/a/b/c/d"));
}

TEST(RobotsTest, EmptyAndBrokenFilesForbidNothing) {
  EXPECT_TRUE(IsAllowed(ParseRobots("", "dateline"), "/x"));
  EXPECT_TRUE(IsAllowed(ParseRobots("<html>Disallow: /</html>", "dateline"), "/x"));
  EXPECT_TRUE(IsAllowed(ParseRobots("User-agent: *\nDisallow:\n", "dateline"), "/x"));
  EXPECT_FALSE(IsAllowed(NoRobots(), "/x"));
}

TEST(RobotsTest, DelaysThatAreNoneAreNone) {
  for (const char* delay : {"-1", "nan", "x", ""}) {
    EXPECT_EQ(ParseRobots(std::string("User-agent: *\nCrawl-delay: ") + delay, "a").delay, 0)
        << delay;
  }
  EXPECT_EQ(ParseRobots("User-agent: *\nCrawl-delay: 1e9", "a").delay, 3600);
}

TEST(RobotsTest, ManyStarsCostNoTime) {
  std::string pattern = "/";
  for (int i = 0; i < 900; ++i) pattern += "*a";
  const Robots robots = ParseRobots("User-agent: *\nDisallow: " + pattern + "b$", "dateline");
  EXPECT_TRUE(IsAllowed(robots, "/" + std::string(100000, 'a')));
}

}  // namespace
}  // namespace dateline::follow
