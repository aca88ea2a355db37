#include "events/proposal_model.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "base/model_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dateline::events {
namespace {

using ::testing::HasSubstr;

constexpr const char* kShippedModel = DATELINE_BUILD_DIR "/share/dateline/events.dlm";

const std::string& ModelBytes() {
  static const std::string bytes = base::testing::BytesOf(kShippedModel);
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

/// What is said of a model changed by `change` and written with a sound checksum.
template <typename Change>
std::string Complaint(Change change) {
  ProposalModel model = ShippedModel();
  change(model);
  return base::testing::ComplaintOf<ProposalModel>(model.ToBytes());
}

TEST(ProposalModel, DamageIsTold) {
  base::testing::ExpectDamageIsTold<ProposalModel>(ModelBytes(), kProposalKind);
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
