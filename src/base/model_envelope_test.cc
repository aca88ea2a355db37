#include "base/model_envelope.h"

#include <vector>

#include "base/model_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace dateline::base {
namespace {

using ::testing::HasSubstr;

constexpr ModelKind kToyKind{.magic = "DLTOYMOD", .version = 3};

struct ToyTest {
  std::uint32_t seed = 0;
  std::uint32_t answer = 0;
  bool operator==(const ToyTest&) const = default;
};

/// A model that is one text; its answer to a seed is the seed times the text's length.
struct ToyModel {
  std::string text{};
  std::uint64_t fingerprint = 7;
  std::vector<ToyTest> tests{};

  static Result<ToyModel> FromBytes(std::string_view bytes) {
    DATELINE_TRY(const Envelope file, OpenEnvelope(bytes, kToyKind));
    return ToyModel{.text = std::string(file.body)};
  }
  [[nodiscard]] ToyTest MakeTest(std::uint32_t seed) const {
    return {.seed = seed, .answer = seed * static_cast<std::uint32_t>(text.size())};
  }
};

TEST(ModelEnvelope, WhatIsEnclosedIsFoundAgain) {
  const std::string bytes = Enclose(kToyKind, "seven weights");
  EXPECT_EQ(bytes.size(), kEnvelopeSize + 13);
  EXPECT_EQ(bytes.substr(0, 12), std::string("DLTOYMOD\3\0\0\0", 12));
  const auto opened = OpenEnvelope(bytes, kToyKind);
  ASSERT_TRUE(opened) << opened.error().Text();
  EXPECT_EQ(opened->body, "seven weights");
  EXPECT_EQ(opened->extra, 0U);
  EXPECT_EQ(Enclose(kToyKind, "").size(), kEnvelopeSize);
}

TEST(ModelEnvelope, DamageIsTold) {
  testing::ExpectDamageIsTold<ToyModel>(Enclose(kToyKind, "seven weights"), kToyKind);
}

TEST(ModelEnvelope, SealedAgainItHoldsWhatWasChanged) {
  std::string bytes = Enclose(kToyKind, "seven weights");
  bytes.replace(kEnvelopeSize, 5, "eighty");
  EXPECT_THAT(testing::ComplaintOf<ToyModel>(bytes), HasSubstr("its header says"));
  Seal(bytes);
  EXPECT_EQ(ToyModel::FromBytes(bytes)->text, "eighty weights");
  std::string scrap = "scrap";
  Seal(scrap);
  EXPECT_EQ(scrap, "scrap");
}

TEST(ModelEnvelope, AModelIsProvenByItsFeaturesAndItsTests) {
  const ToyModel sound{.text = "abc", .tests = {{1, 3}, {2, 6}}};
  EXPECT_TRUE(Proven(sound, 7));
  const auto other = Proven(sound, 8);
  EXPECT_EQ(other.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(other.error().message, HasSubstr("other features"));
  const auto failing = Proven(ToyModel{.text = "abc", .tests = {{1, 3}, {2, 5}}}, 7);
  EXPECT_EQ(failing.error().code, ErrorCode::kMalformed);
  EXPECT_THAT(failing.error().message, HasSubstr("fails its own test 2; get the model file again"));
}

TEST(ModelEnvelope, ErrorsOfALoadedFileNameIt) {
  const auto missing = LoadModel<ToyModel>("no/such/toy.dlm");
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(missing.error().Text(), HasSubstr("no/such/toy.dlm"));
  const auto source = LoadModel<ToyModel>(DATELINE_SOURCE_DIR "/README.md");
  EXPECT_THAT(source.error().Text(), HasSubstr("README.md: does not begin with 'DLTOYMOD'"));
}

}  // namespace
}  // namespace dateline::base
