#include "follow/feed_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dateline::follow {
namespace {

TEST(FeedStateTest, WaitsLongerWithEachFailureAndAsTheServerAsks) {
  const Pace pace{.every = 100, .longest = 1000};
  FeedState state;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 5; ++i) {
    FailOnce(state, pace, 5000);
    waits.push_back(state.next - 5000);
  }
  EXPECT_THAT(waits, testing::ElementsAre(200, 400, 800, 1000, 1000));
  EXPECT_EQ(state.failures, 5);
  FailOnce(state, pace, 5000, 3000);
  EXPECT_EQ(state.next, 8000);
  Succeed(state, pace, 5000);
  EXPECT_EQ(state.next, 5100);
  EXPECT_EQ(state.failures, 0);
  Succeed(state, pace, 5000, 1'000'000'000);
  EXPECT_EQ(state.next, 5000 + 7 * 86400) << "a week is the longest that is believed";
}

TEST(FeedStateTest, ManyFailuresDoNotOverflow) {
  FeedState state;
  for (int i = 0; i < 200; ++i) FailOnce(state, {.every = 1'000'000}, 0);
  EXPECT_EQ(state.next, 1'000'000);
}

TEST(FeedStateTest, StatesComeBackAsTheyWere) {
  const std::vector<FeedState> states = {{.url = "https://example.org/rss",
                                          .etag = "W/\"a b\"",
                                          .last_modified = "Sun, 04 May 2031 08:15:00 GMT",
                                          .next = 1935648900,
                                          .failures = 3,
                                          .gone = true,
                                          .seen = {1, 0xffffffffffffffffULL}},
                                         {.url = "http://127.0.0.1:8080/"}};
  const auto read = ReadStates(WriteStates(states), "news.db.follow");
  ASSERT_TRUE(read) << read.error().Text();
  EXPECT_EQ(*read, states);
}

TEST(FeedStateTest, HeadersCannotBreakTheFile) {
  const auto read = ReadStates(WriteStates({{.url = "http://a/", .etag = "x\ty\nz"}}), "s");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at(0).etag, "xyz");
}

TEST(FeedStateTest, WhatIsNoStateIsNamed) {
  const auto read = ReadStates("# x\nhttp://a/\t\t\t12\t0\t0\t\nnonsense\n", "s");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "s:3");
  EXPECT_FALSE(ReadStates("\x01#a\t\t\t12\t0\t0\t\n", "s")) << "would be a comment once written";
}

}  // namespace
}  // namespace dateline::follow
