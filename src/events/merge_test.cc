#include "events/merge.h"

#include <gtest/gtest.h>

#include <vector>

namespace dateline::events {
namespace {

/// A story of a headline [0, 20) and a paragraph [20, 80).
Story TwoBlocks() {
  Story story;
  story.text.assign(80, 'x');
  story.blocks.resize(2);
  story.blocks[0].kind = BlockKind::kHeadline;
  story.blocks[0].span = {0, 20};
  story.blocks[1].kind = BlockKind::kParagraph;
  story.blocks[1].span = {20, 80};
  return story;
}

Event Meeting(Span trigger, Date date, Origin from) {
  Event event;
  event.cameo = "040";
  event.trigger = trigger;
  event.evidence = {trigger};
  event.source = {{.entity = std::nullopt, .actor = "PERGOV", .span = {}}};
  event.target = {{.entity = std::nullopt, .actor = "CHLGOV", .span = {}}};
  event.date = date;
  event.date_from = from;
  return event;
}

TEST(MergeEvents, AHeadlineHasTheDayThatItsBodyTells) {
  const Date printed = *MakeDate(2024, 6, 5);
  const Date told = *MakeDate(2024, 6, 3);
  const auto merged = MergeEvents(
      {Meeting({5, 8}, printed, Origin::kStory), Meeting({30, 33}, told, Origin::kClause)},
      TwoBlocks());
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].date, told);
  EXPECT_EQ(merged[0].evidence.size(), 2U);
}

TEST(MergeEvents, OfTwoDaysToldInTheBodyEachIsAMeeting) {
  const auto merged = MergeEvents({Meeting({30, 33}, *MakeDate(2024, 6, 3), Origin::kClause),
                                   Meeting({50, 53}, *MakeDate(2024, 6, 4), Origin::kClause)},
                                  TwoBlocks());
  EXPECT_EQ(merged.size(), 2U);
}

TEST(MergeEvents, ADayWeeksBeforeIsNotTheHeadlines) {
  const auto merged = MergeEvents({Meeting({5, 8}, *MakeDate(2024, 6, 30), Origin::kStory),
                                   Meeting({30, 33}, *MakeDate(2024, 6, 3), Origin::kClause)},
                                  TwoBlocks());
  EXPECT_EQ(merged.size(), 2U);
}

TEST(MergeEvents, WhatRebelsDoToTheirCountryIsNotWhatItDoesToThem) {
  Event attack;
  attack.cameo = "190";
  attack.source = {{.entity = std::nullopt, .actor = "TCD", .span = {0, 4}}};
  attack.target = {{.entity = std::nullopt, .actor = "TCDREB", .span = {10, 16}}};
  Event answer = attack;
  std::swap(answer.source, answer.target);
  EXPECT_EQ(MergeEvents({attack, answer}, Story{}).size(), 2U);
  EXPECT_EQ(MergeEvents({attack, attack}, Story{}).size(), 1U);
}

TEST(MergeEvents, AnOfferAndItsAcceptanceAreTwo) {
  Story story;
  story.text = "Oman offered to mediate. Chad accepted the offer. They agreed.";
  Event offer;
  offer.cameo = "039";
  offer.trigger = {5, 12};
  offer.source = {{.entity = std::nullopt, .actor = "OMN", .span = {0, 4}}};
  offer.target = {{.entity = std::nullopt, .actor = "TCD", .span = {25, 29}}};
  Event answer = offer;
  answer.cameo = "030";
  answer.trigger = {30, 38};
  std::swap(answer.source, answer.target);
  EXPECT_EQ(MergeEvents({offer, answer}, story).size(), 2U);
  offer.trigger = answer.trigger = {55, 61};
  EXPECT_EQ(MergeEvents({offer, answer}, story).size(), 1U);
}

}  // namespace
}  // namespace dateline::events
