#include "archive/keep_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dateline::archive {
namespace {

using testing::ElementsAre;

Event At(std::uint32_t begin, const std::string& cameo = "042") {
  Event event;
  event.cameo = cameo;
  event.trigger = {begin, begin + 3};
  return event;
}

std::vector<std::uint32_t> Kept(const std::vector<Event>& old, std::vector<Event> events) {
  KeepPlaces(old, events);
  std::vector<std::uint32_t> begins;
  for (const Event& event : events) begins.push_back(event.trigger.begin);
  return begins;
}

TEST(KeepPlacesTest, WhatIsTheSameStaysWhereItWas) {
  EXPECT_THAT(Kept({At(10), At(20)}, {At(10), At(20)}), ElementsAre(10, 20));
  EXPECT_THAT(Kept({At(20), At(10)}, {At(10), At(20)}), ElementsAre(20, 10));
}

TEST(KeepPlacesTest, WhatIsNewStandsBehind) {
  EXPECT_THAT(Kept({At(20)}, {At(10), At(20), At(30)}), ElementsAre(20, 10, 30));
  EXPECT_THAT(Kept({}, {At(10), At(20)}), ElementsAre(10, 20));
}

TEST(KeepPlacesTest, WhatIsNewTakesThePlaceOfWhatIsGone) {
  EXPECT_THAT(Kept({At(10), At(20), At(30)}, {At(15), At(20), At(30)}), ElementsAre(15, 20, 30));
  EXPECT_THAT(Kept({At(10, "042"), At(20)}, {At(10, "043"), At(20)}), ElementsAre(10, 20));
}

TEST(KeepPlacesTest, AGapIsClosedFromBehind) {
  EXPECT_THAT(Kept({At(10), At(20), At(30)}, {At(20), At(30)}), ElementsAre(20, 30));
}

TEST(KeepPlacesTest, TwoAlikeAreTwo) {
  EXPECT_THAT(Kept({At(10)}, {At(10), At(10)}), ElementsAre(10, 10));
}

}  // namespace
}  // namespace dateline::archive
