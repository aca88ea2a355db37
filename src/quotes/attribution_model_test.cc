#include "quotes/attribution_model.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "quotes/features.h"

namespace dateline::quotes {
namespace {

using ::testing::HasSubstr;

constexpr const char* kModel = DATELINE_BUILD_DIR "/share/dateline/attributions.dlm";

const std::string& ShippedBytes() {
  static const std::string bytes = [] {
    std::ifstream in(kModel, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
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

TEST(AttributionModel, AMissingFileIsNamed) {
  const auto model = AttributionModel::Load("no/such/attributions.dlm");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(model.error().Text(), HasSubstr("no/such/attributions.dlm"));
}

/// A model changed by `change` and written with a sound checksum.
template <typename Change>
Error ErrorOf(Change change) {
  AttributionModel model = Shipped();
  change(model);
  const auto read = AttributionModel::FromBytes(model.ToBytes());
  return read ? Error{} : read.error();
}

TEST(AttributionModel, DamageIsTold) {
  const std::string& bytes = ShippedBytes();
  const auto error = [](std::string_view damaged) {
    const auto read = AttributionModel::FromBytes(damaged);
    return read ? "none" : read.error().message;
  };
  EXPECT_THAT(error(""), HasSubstr("too short"));
  EXPECT_THAT(error("no model at all, but long enough for its head"), HasSubstr("DLQUOTES"));
  EXPECT_THAT(error(std::string_view(bytes).substr(0, bytes.size() - 1)), HasSubstr("bytes"));
  std::string changed = bytes;
  changed[bytes.size() / 2] ^= 1;
  EXPECT_THAT(error(changed), HasSubstr("checksum"));
  changed = bytes;
  changed[8] = 9;
  EXPECT_THAT(error(changed), HasSubstr("format version 9"));
}

TEST(AttributionModel, WhatCannotBeIsMalformed) {
  using Model = AttributionModel;
  EXPECT_THAT(ErrorOf([](Model& m) { m.fingerprint ^= 1U; }).message, HasSubstr("other features"));
  EXPECT_THAT(ErrorOf([](Model& m) { m.tests[0].scores[0] += 1; }).message, HasSubstr("test 1"));
  EXPECT_THAT(ErrorOf([](Model& m) { m.gap.outputs = 4; }).message, HasSubstr("size"));
  EXPECT_THAT(ErrorOf([](Model& m) { m.word.tags.pop_back(); }).message, HasSubstr("size"));
  EXPECT_THAT(ErrorOf([](Model& m) { m.calibration.clear(); }).message, HasSubstr("calibration"));
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
