#include "events/proposal_model.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dateline::events {
namespace {

using ::testing::HasSubstr;

constexpr const char* kShippedModel = DATELINE_BUILD_DIR "/share/dateline/events.dlm";

const std::string& ModelBytes() {
  static const std::string bytes = [] {
    std::ifstream in(kShippedModel, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return bytes;
}

const ProposalModel& ShippedModel() {
  static const auto model = ProposalModel::Load(kShippedModel);
  return *model;
}

TEST(ProposalModel, TheShippedOnePassesItsTestsAndIsSmall) {
  const auto model = ProposalModel::Load(kShippedModel);
  ASSERT_TRUE(model) << model.error().Text();
  EXPECT_EQ(model->tests.size(), 10U);
  EXPECT_LE(ModelBytes().size(), 3U << 20U);
}

TEST(ProposalModel, WhatIsWrittenIsRead) {
  EXPECT_EQ(ShippedModel().ToBytes(), ModelBytes());
  const auto again = ProposalModel::FromBytes(ShippedModel().ToBytes());
  ASSERT_TRUE(again) << again.error().Text();
  EXPECT_EQ(*again, ShippedModel());
}

TEST(ProposalModel, AMissingFileIsNamed) {
  const auto model = ProposalModel::Load("no/such/events.dlm");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(model.error().Text(), HasSubstr("no/such/events.dlm"));
}

/// What is said of a model changed by `change` and written with a sound checksum.
template <typename Change>
std::string Complaint(Change change) {
  ProposalModel model = ShippedModel();
  change(model);
  const auto read = ProposalModel::FromBytes(model.ToBytes());
  return read ? "none" : read.error().message;
}

TEST(ProposalModel, DamageIsTold) {
  const auto complaint = [](std::string_view damaged) {
    const auto read = ProposalModel::FromBytes(damaged);
    return read ? "none" : read.error().message;
  };
  EXPECT_THAT(complaint(""), HasSubstr("too short"));
  EXPECT_THAT(complaint("no model at all, but long enough for its head"), HasSubstr("DLEVENTS"));
  EXPECT_THAT(complaint(std::string_view(ModelBytes()).substr(0, ModelBytes().size() - 1)),
              HasSubstr("bytes"));
  std::string flipped = ModelBytes();
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  EXPECT_THAT(complaint(flipped), HasSubstr("checksum"));
  EXPECT_THAT(Complaint([](ProposalModel& m) { ++m.fingerprint; }), HasSubstr("other features"));
  EXPECT_THAT(Complaint([](ProposalModel& m) { m.dense.pop_back(); }), HasSubstr("wrong size"));
  EXPECT_THAT(
      Complaint([](ProposalModel& m) { m.least[1] = std::numeric_limits<float>::quiet_NaN(); }),
      HasSubstr("no number"));
  EXPECT_THAT(Complaint([](ProposalModel& m) { m.output_bias[1] += 1; }), HasSubstr("own test"));
}

TEST(ProposalModel, ProbabilitiesSumToOne) {
  ProposalInput input;
  input.dense.assign(ShippedModel().inputs, 7);
  const auto probabilities = ShippedModel().Probabilities(input);
  EXPECT_NEAR(std::accumulate(probabilities.begin(), probabilities.end(), 0.0), 1, 1e-5);
}

}  // namespace
}  // namespace dateline::events
