#include "quotes/attribution_model.h"

#include <string>

#include "base/model_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "quotes/features.h"

namespace dateline::quotes {
namespace {

using ::testing::HasSubstr;

constexpr const char* kModel = DATELINE_BUILD_DIR "/share/dateline/attributions.dlm";

const std::string& ShippedBytes() {
  static const std::string bytes = base::testing::BytesOf(kModel);
  return bytes;
}

const AttributionModel& Shipped() {
  static const auto model = AttributionModel::Load(kModel);
  return *model;
}

TEST(AttributionModel, TheShippedOnePassesItsTestsAndIsSmall) {
  const auto model = AttributionModel::Load(kModel);
  ASSERT_TRUE(model) << model.error().Text();
  EXPECT_EQ(model->tests.size(), 10U);
  EXPECT_THAT(model->notes, HasSubstr("Apache-2.0"));
  EXPECT_LE(ShippedBytes().size(), 5U << 20U);
}

TEST(AttributionModel, WhatIsWrittenIsRead) {
  EXPECT_EQ(Shipped().ToBytes(), ShippedBytes());
  const auto again = AttributionModel::FromBytes(Shipped().ToBytes());
  ASSERT_TRUE(again) << again.error().Text();
  EXPECT_EQ(*again, Shipped());
}

/// What is said of a model changed by `change` and written with a sound checksum.
template <typename Change>
std::string Complaint(Change change) {
  AttributionModel model = Shipped();
  change(model);
  return base::testing::ComplaintOf<AttributionModel>(model.ToBytes());
}

TEST(AttributionModel, DamageIsTold) {
  base::testing::ExpectDamageIsTold<AttributionModel>(ShippedBytes(), kAttributionKind);
}

TEST(AttributionModel, WhatCannotBeIsMalformed) {
  using Model = AttributionModel;
  EXPECT_THAT(Complaint([](Model& m) { m.fingerprint ^= 1U; }), HasSubstr("other features"));
  EXPECT_THAT(Complaint([](Model& m) { m.tests[0].scores[0] += 1; }), HasSubstr("test 1"));
  EXPECT_THAT(Complaint([](Model& m) { m.gap.outputs = 4; }), HasSubstr("size"));
  EXPECT_THAT(Complaint([](Model& m) { m.word.tags.pop_back(); }), HasSubstr("size"));
  EXPECT_THAT(Complaint([](Model& m) { m.calibration.clear(); }), HasSubstr("calibration"));
}

TEST(AttributionModel, ProbabilityRisesWithTheScoreBetweenItsPoints) {
  AttributionModel model;
  model.calibration = {{-1, 0.125F}, {1, 0.625F}};
  EXPECT_DOUBLE_EQ(model.Probability(-5), 0.125);
  EXPECT_DOUBLE_EQ(model.Probability(0), 0.375);
  EXPECT_DOUBLE_EQ(model.Probability(1), 0.625);
  EXPECT_DOUBLE_EQ(model.Probability(50), 0.625);
}

TEST(HashedWeights, AScoreIsTheSumOfTheRowsThatBelongToTheFeatures) {
  HashedWeights weights = BlankWeights(4, 1);
  weights.scale = 0.5F;
  weights.tags = {0, 7};
  weights.weights = {1, 2, 3, 4, 10, 20, 30, -40, 0, 0, 0, 0};
  std::array<float, 4> scores{};
  weights.Score(std::array<std::uint32_t, 3>{0, 0x07000001, 2}, scores);
  EXPECT_THAT(scores, ::testing::ElementsAre(6.0F, 12.0F, 18.0F, -16.0F));
  weights.Score(std::array<std::uint32_t, 2>{0x01000000, 0x06000001}, scores);  // other tags
  EXPECT_THAT(scores, ::testing::Each(0.0F));
  weights.Score({}, scores);
  EXPECT_THAT(scores, ::testing::Each(0.0F));
}

TEST(WordGroups, AreKnownByTheHashOfTheWord) {
  const WordGroups groups{.words = {3, 5, 9}, .groups = {1, 2, 1}, .broad = {0, 4, 6}};
  EXPECT_EQ(groups.Of(5), 2);
  EXPECT_EQ(groups.Of(4), 0);
  EXPECT_EQ(groups.BroadOf(2), 6);
  EXPECT_EQ(groups.BroadOf(77), 0);
}

}  // namespace
}  // namespace dateline::quotes
