#include "events/confidence.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tables/tables.h"

namespace dateline::events {
namespace {

Story StoryOf(std::size_t sentences) {
  Story story;
  story.sentences.resize(sentences);
  return story;
}

/// Of the tables of data/.
Result<Confidence> Trained() {
  DATELINE_TRY(const auto tables,
               tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {}));
  return Confidence::Load(tables);
}

TEST(ConfidenceTest, AnArticleTellsHowManyEventsItHasToItsLength) {
  EXPECT_EQ(DensityFeature(StoryOf(20), 0, 400), "density=0");
  EXPECT_EQ(DensityFeature(StoryOf(20), 2, 400), "density=1");
  EXPECT_EQ(DensityFeature(StoryOf(20), 4, 400), "density=2");
  EXPECT_EQ(DensityFeature(StoryOf(20), 24, 400), "density=7");
}

TEST(ConfidenceTest, ASentenceThatSomebodyChoseHasNoDensity) {
  EXPECT_EQ(DensityFeature(StoryOf(1), 1, 12), std::nullopt);
  EXPECT_EQ(DensityFeature(StoryOf(20), 0, 0), std::nullopt);
}

TEST(ConfidenceTest, OneFeatureMoreCountsAsIfItHadBeenThereFromTheStart) {
  const auto confidence = Trained();
  ASSERT_TRUE(confidence);
  const double sure = confidence->Of({"root=04"});
  EXPECT_NEAR(confidence->With(sure, "density=0"), confidence->Of({"root=04", "density=0"}), 1e-12);
  EXPECT_LT(confidence->With(sure, "density=0"), sure);
  EXPECT_GT(confidence->With(sure, "density=6"), sure);
  EXPECT_EQ(confidence->With(sure, "no-such-feature=1"), sure);
}

TEST(ConfidenceTest, ASentenceThatSomebodyChoseKeepsWhatAnArticleDoesNot) {
  const auto confidence = Trained();
  ASSERT_TRUE(confidence);
  EXPECT_LT(confidence->least(), confidence->least_in_article());
}

}  // namespace
}  // namespace dateline::events
