#include "archive/clusterer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "record/sample_story.h"

namespace dateline::archive {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Terms with these numbers, all of one weight.
std::vector<StoryTerm> Terms(const std::vector<std::uint32_t>& keys) {
  std::vector<StoryTerm> terms;
  for (const std::uint32_t key : keys) terms.push_back({key, 1, TermKind::kName});
  return terms;
}

/// Stories as an archive would put them in.
class Desk {
 public:
  std::int64_t Add(const std::vector<StoryTerm>& terms, std::int32_t day) {
    for (const std::int32_t each : clusterer.Missing(day)) clusterer.Hold(each, OfDay(each));
    Member member{.story = ++last_, .day = day, .signature = clusterer.Weigh(terms, day)};
    const Placing placing = clusterer.Place(member.signature, day);
    member.cluster = placing.cluster.value_or(member.story);
    if (placing.merged) {
      clusterer.Merge(*placing.merged, *placing.cluster);
      for (Member& each : members_) {
        if (each.cluster == *placing.merged) each.cluster = *placing.cluster;
      }
    }
    members_.push_back(member);
    clusterer.Insert(member);
    return member.cluster;
  }

  Clusterer clusterer;

 private:
  [[nodiscard]] std::vector<Member> OfDay(std::int32_t day) const {
    std::vector<Member> members;
    std::ranges::copy_if(members_, std::back_inserter(members),
                         [&](const Member& each) { return each.day == day; });
    return members;
  }

  std::int64_t last_ = 0;
  std::vector<Member> members_;
};

TEST(ClustererTest, StoriesThatShareTheirTermsAreOne) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), 100), 1);
  EXPECT_EQ(desk.Add(Terms({11, 12, 13, 14, 15, 16}), 100), 2);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 7, 8}), 101), 1);
  EXPECT_EQ(desk.Add(Terms({11, 12, 13, 14, 17, 18}), 101), 2);
}

TEST(ClustererTest, ADaysStoriesOnTheSameThingLongAfterAreAnother) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), 100), 1);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), 100 + kWindowDays + 1), 2);
}

TEST(ClustererTest, AStoryThatComesLateFindsItsCluster) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), 103), 1);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 7}), 101), 1);
}

TEST(ClustererTest, TwoCommonTermsAreTooFew) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2}), 100), 1);
  EXPECT_EQ(desk.Add(Terms({1, 2}), 100), 2);
}

TEST(ClustererTest, StoriesWithoutADateMeetEachOtherAlone) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), kNoDay), 1);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), 100), 2);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6}), kNoDay), 1);
}

TEST(ClustererTest, OneMemberAloneDoesNotBringAStoryIn) {
  Desk desk;
  for (std::uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6, 100 + i}), 100), 1);
  }
  // Joins by all of them, and brings terms of its own.
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 6, 50, 51, 52}), 100), 1);
  // Has those terms in common with that one story, and nothing with the others.
  EXPECT_EQ(desk.Add(Terms({50, 51, 52, 60, 61, 62, 63, 64}), 100), 8);
}

TEST(ClustererTest, AStoryBetweenTwoClustersOfOneHappeningMergesThem) {
  Desk desk;
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16}), 100), 1);
  EXPECT_EQ(desk.Add(Terms({1, 2, 3, 20, 21, 22, 23, 24, 25, 26, 27, 28}), 100), 2);
  const auto bridge = Terms({1, 2, 3, 4, 5, 10, 11, 12, 20, 21, 22, 23, 24, 25});
  const Signature signature = desk.clusterer.Weigh(bridge, 100);
  const Placing placing = desk.clusterer.Place(signature, 100);
  EXPECT_TRUE(placing.cluster.has_value());
  EXPECT_FALSE(placing.merged.has_value()) << "the two are not alike";
  Desk alike;
  EXPECT_EQ(alike.Add(Terms({1, 2, 3, 4, 5, 6, 7}), 100), 1);
  // Seven days between halve the likeness: a cluster of its own, until a story comes between.
  EXPECT_EQ(alike.Add(Terms({1, 2, 3, 4, 25, 26, 27, 28, 29}), 107), 2);
  const auto between =
      alike.clusterer.Place(alike.clusterer.Weigh(Terms({1, 2, 3, 4, 5, 25, 26}), 104), 104);
  EXPECT_TRUE(between.cluster.has_value());
}

TEST(ClustererTest, TwoHappeningsThatGrewTogetherAreTakenApart) {
  Clusterer clusterer;
  for (const std::int32_t day : clusterer.Missing(100)) clusterer.Hold(day, {});
  std::int64_t story = 0;
  for (std::uint32_t half = 0; half < 2; ++half) {
    for (std::uint32_t i = 0; i < 4; ++i) {
      std::vector<std::uint32_t> keys = {i + 1000};
      for (std::uint32_t k = 0; k < 8; ++k) keys.push_back(half * 100 + k);
      clusterer.Insert({.story = ++story,
                        .cluster = 1,
                        .day = 100,
                        .signature = clusterer.Weigh(Terms(keys), 100)});
    }
  }
  const auto review = clusterer.Look(1, 100);
  ASSERT_TRUE(review);
  EXPECT_THAT(review->leaves, ElementsAre(5, 6, 7, 8));
  EXPECT_LT(review->title, 5);
  clusterer.Move(review->leaves, 5);
  const auto again = clusterer.Look(1, 100);
  ASSERT_TRUE(again);
  EXPECT_THAT(again->leaves, IsEmpty());
}

/// What is forgotten and put in again gives the same answers, whatever came in between.
TEST(ClustererTest, ForgettingChangesNothing) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    Desk kept;
    Desk forgetful;
    std::mt19937 dice(seed);
    const auto random = [&] { return static_cast<std::uint32_t>(dice()); };
    for (int i = 0; i < 300; ++i) {
      const std::uint32_t topic = random() % 12;
      std::vector<std::uint32_t> keys;
      for (int k = 0; k < 6; ++k) keys.push_back(topic * 50 + random() % 9);
      for (int k = 0; k < 5; ++k) keys.push_back(5000 + random() % 400);
      std::ranges::sort(keys);
      keys.erase(std::ranges::unique(keys).begin(), keys.end());
      const auto day = static_cast<std::int32_t>(100 + random() % 30);
      if (i % 17 == 0) forgetful.clusterer.Forget();
      EXPECT_EQ(kept.Add(Terms(keys), day), forgetful.Add(Terms(keys), day))
          << "seed " << seed << " story " << i;
    }
  }
}

TEST(CosineTest, IsOneForTheSameAndNothingForOthers) {
  Clusterer clusterer;
  for (const std::int32_t day : clusterer.Missing(1)) clusterer.Hold(day, {});
  const Signature one = clusterer.Weigh(Terms({1, 2, 3, 4}), 1);
  std::size_t common = 0;
  EXPECT_NEAR(Cosine(one, one, &common), 1, 0.02);
  EXPECT_EQ(common, 4U);
  EXPECT_EQ(Cosine(one, clusterer.Weigh(Terms({5, 6}), 1)), 0);
}

Story Told(const std::string& headline, const std::string& body) {
  Story story;
  story.text = headline + "\n\n" + body + "\n";
  story.article.headline = headline;
  story.blocks = {{BlockKind::kHeadline, record::Find(story.text, headline), {}},
                  {BlockKind::kParagraph, record::Find(story.text, body), {}}};
  return story;
}

std::size_t Common(const Story& one, const Story& other) {
  const auto terms = TermsOf(one);
  std::size_t common = 0;
  for (const StoryTerm& term : TermsOf(other)) {
    common += std::ranges::count(terms, term.key, &StoryTerm::key) > 0 ? 1U : 0U;
  }
  return common;
}

TEST(TermsTest, FormsOfAWordAndOfANameAreOneTerm) {
  EXPECT_EQ(Common(Told("A", "the protesters marched"), Told("B", "protest march of Protesting")),
            1U);
  EXPECT_EQ(Common(Told("A", "He met Halvik's mayor"), Told("B", "She left Halvik")), 1U);
  EXPECT_EQ(Common(Told("A", "He met Halvik’s mayor"), Told("B", "She left HALVIK")), 1U);
}

TEST(TermsTest, ShortWordsSayNothingUnlessTheyAreNames) {
  EXPECT_THAT(TermsOf(Told("Go", "we do as they did and so on")), SizeIs(1)) << "they";
  EXPECT_EQ(Common(Told("A", "the men of Brno met"), Told("B", "then Brno won")), 1U);
}

TEST(TermsTest, WordsOfTheRecordAreTheSameAsOfTheStory) {
  Story story = record::FullStory();
  const auto terms = TermsOf(story);
  story.tokens.clear();
  EXPECT_EQ(TermsOf(story), terms);
  EXPECT_THAT(terms, testing::Not(IsEmpty()));
}

TEST(TermsTest, ThereAreNeverTooMany) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto terms = TermsOf(record::StoryDice(seed).Roll());
    EXPECT_LE(terms.size(), kMostTerms);
    for (const StoryTerm& term : terms) EXPECT_LT(term.key, 1U << 24U);
  }
}

TEST(HeadlineKeyTest, CaseMarksAndSmallWordsDoNotCount) {
  const std::int64_t key = HeadlineKey("Halvik's envoys meet in Oslavia");
  EXPECT_NE(key, 0);
  EXPECT_EQ(HeadlineKey("HALVIK’S ENVOYS MEET – OSLAVIA"), key);
  EXPECT_NE(HeadlineKey("Halvik's envoys met in Oslavia"), key);
  EXPECT_EQ(HeadlineKey("Live updates"), 0) << "says too little";
}

}  // namespace
}  // namespace dateline::archive
