#include "coreference/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "coreference/features.h"
#include "coreference/ranker.h"
#include "names/names.h"
#include "syntax/testing/shared_parser.h"

namespace dateline::coreference {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const tables::Tables& SharedTables() {
  static const auto tables =
      tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return *tables;
}

const CoreferenceResolver& SharedResolver() {
  static const auto resolver =
      CoreferenceResolver::Load(SharedTables(), DATELINE_BUILD_DIR "/share/dateline/english.dlc");
  return *resolver;
}

Story Analysed(const std::string& text) {
  static const auto names = names::NameFinder::Load(SharedTables());
  Story story;
  story.text = text;
  story.blocks.push_back({BlockKind::kParagraph, MakeSpan(0, text.size()), std::nullopt});
  syntax::testing::Annotate(story);
  names::TagTokens(names->Find(names->Read(story)), story);
  return story;
}

/// The chains of two mentions and more, as their texts.
std::vector<std::vector<std::string>> Chains(const std::string& text) {
  const Story story = Analysed(text);
  std::map<std::uint32_t, std::vector<std::string>> chains;
  for (const Reference& reference : SharedResolver().Resolve(story)) {
    const Span span{story.tokens[Raw(reference.first)].span.begin,
                    story.tokens[Raw(reference.last) - 1].span.end};
    chains[reference.chain].emplace_back(span.of(story.text));
  }
  std::vector<std::vector<std::string>> found;
  for (auto& [number, chain] : chains) {
    if (chain.size() > 1) found.push_back(std::move(chain));
  }
  return found;
}

struct ChainCase {
  std::string name;
  std::string text;
  std::vector<std::string> chain;  ///< stands together in one chain, in this order
};
void PrintTo(const ChainCase& c, std::ostream* out) { *out << c.name; }

class Chain : public testing::TestWithParam<ChainCase> {};

TEST_P(Chain, HoldsWhatMeansTheSame) {
  EXPECT_THAT(Chains(GetParam().text), Contains(testing::IsSupersetOf(GetParam().chain)));
}

INSTANTIATE_TEST_SUITE_P(
    Chains, Chain,
    testing::Values(ChainCase{"a_pronoun_means_the_subject_before_it",
                              "Maria Lopez arrived in Lima on Monday. She will stay for a week.",
                              {"Maria Lopez", "She"}},
                    ChainCase{
                        "a_surname_means_its_bearer",
                        "Peter Holm runs the harbour. The port is busy. Holm wants a second pier.",
                        {"Peter Holm", "Holm"}},
                    ChainCase{"the_speaker_of_a_quotation_is_I",
                              "\"I am tired of waiting,\" Anna Berg said on Friday.",
                              {"I", "Anna Berg"}},
                    ChainCase{"a_possessive_means_the_subject",
                              "The company said its profits had doubled.",
                              {"The company", "its"}},
                    ChainCase{"the_same_words_mean_the_same",
                              "The dam burst at dawn. Engineers had warned that the dam was weak.",
                              {"The dam", "the dam"}}),
    [](const auto& test) { return test.param.name; });

TEST(Coreference, ManAndWomanAreToldApart) {
  for (const auto& chain : Chains("John Reed met Mary Hill. She thanked him.")) {
    EXPECT_THAT(chain, Not(AllOf(Contains("She"), Contains("him"))));
    EXPECT_THAT(chain, Not(AllOf(Contains("She"), Contains("John Reed"))));
  }
}

TEST(Coreference, ReferencesAreSortedAndLieInTheirSentence) {
  const Story story = Analysed("France and Italy signed. They praised the pact, its authors said.");
  const auto references = SharedResolver().Resolve(story);
  ASSERT_FALSE(references.empty());
  for (std::size_t i = 0; i < references.size(); ++i) {
    const Reference& now = references[i];
    EXPECT_LT(Raw(now.first), Raw(now.last));
    EXPECT_LE(Raw(now.first), Raw(now.head));
    EXPECT_LT(Raw(now.head), Raw(now.last));
    EXPECT_EQ(story.tokens[Raw(now.first)].sentence, story.tokens[Raw(now.last) - 1].sentence);
    if (i > 0) {
      EXPECT_LE(Raw(references[i - 1].first), Raw(now.first));
    }
  }
}

TEST(Coreference, AStoryWithoutWordsHasNone) {
  EXPECT_TRUE(SharedResolver().Resolve(Story{}).empty());
}

// ---- the weights file

std::string WeightsFile(std::uint32_t version, std::uint32_t bits, std::uint32_t words) {
  std::string body(words * 4 + (words + 3) / 4 * 4 + (std::size_t{1} << bits), '\1');
  const std::uint32_t head[4] = {version, bits, words, 0};
  const std::uint64_t checksum = XXH3_64bits(body.data(), body.size());
  std::string file = "DLCOREF1";
  file.append(reinterpret_cast<const char*>(head), sizeof head);
  file.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  return file + body;
}

TEST(Weights, ScoreIsTheSumOfTheFeaturesWeights) {
  const std::string file = WeightsFile(kFeatureVersion, 4, 1);
  const auto ranker = Ranker::Open(file);
  ASSERT_TRUE(ranker) << ranker.error().Text();
  EXPECT_EQ(ranker->Score(std::vector<std::uint32_t>{0, 17, 1000}), 3);
  EXPECT_EQ(ranker->classes().Of(0x01010101), 1U);
  EXPECT_EQ(ranker->classes().Of(5), 0U);
}

TEST(Weights, WrongFilesAreRefusedWithTheRemedy) {
  std::string flipped = WeightsFile(kFeatureVersion, 4, 1);
  flipped.back() = '\2';
  EXPECT_THAT(Ranker::Open(flipped).error().message, HasSubstr("checksum"));
  EXPECT_THAT(Ranker::Open("DLMODEL1").error().message, HasSubstr("no coreference weights"));
  EXPECT_THAT(Ranker::Open(WeightsFile(kFeatureVersion + 1, 4, 1)).error().message,
              HasSubstr("train it again"));
  const std::string whole = WeightsFile(kFeatureVersion, 4, 1);
  EXPECT_THAT(Ranker::Open(whole.substr(0, whole.size() - 1)).error().message, HasSubstr("size"));
}

}  // namespace
}  // namespace dateline::coreference
