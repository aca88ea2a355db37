// The shipped model: loads, passes its own tests, and says why a damaged file is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/model_envelope.h"
#include "base/model_testing.h"
#include "model/language_model.h"
#include "model/model_file.h"

namespace dateline::model {
namespace {

using testing::HasSubstr;

constexpr const char* kModel = DATELINE_SOURCE_DIR "/models/english.dlm";

const std::string& Bytes() {
  static const std::string kBytes = base::testing::BytesOf(kModel);
  return kBytes;
}

std::string WithHeader(std::string_view from, std::string_view to) {
  std::string bytes = Bytes();
  const auto at = bytes.find(from);
  EXPECT_NE(at, bytes.npos) << from;
  EXPECT_EQ(from.size(), to.size());
  bytes.replace(at, from.size(), to);
  base::Seal(bytes);
  return bytes;
}

struct Story {
  std::vector<std::string> forms{};
  std::vector<std::string_view> words{};
  std::vector<Spacing> spacing{};
  std::vector<std::uint32_t> paragraphs{};
  [[nodiscard]] WordsView view() const { return {words, spacing, paragraphs, {}}; }
};

/// Words and word-like strings in paragraphs of uneven length.
Story MakeStory(std::uint32_t seed, std::size_t size) {
  const std::vector<std::string> forms = {"Maria", "Okafor",   "said", "the", "of",  "UN", "troops",
                                          ",",     ".",        "\"",   "n't", "São", "…",  "1,200",
                                          "left",  "Minister", "(",    ")",   "😀",  "x"};
  std::mt19937 random(seed);
  Story story;
  std::uint32_t paragraph = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const bool first = i == 0 || random() % 60 == 0;
    if (first && i > 0) ++paragraph;
    story.forms.push_back(forms[random() % forms.size()]);
    story.spacing.push_back(first ? Spacing::kUnknown : static_cast<Spacing>(random() % 2));
    story.paragraphs.push_back(paragraph);
  }
  story.words.assign(story.forms.begin(), story.forms.end());
  return story;
}

Analysis Analyse(const LanguageModel& model, const Story& story) {
  NetworkScratch scratch = model.MakeScratch();
  Analysis out;
  model.Run(story.view(), scratch, out);
  return out;
}

TEST(Model, PassesItsSelfTestsOnEveryKernel) {
  for (const Kernels* kernels : UsableKernels()) {
    const auto model = LanguageModel::Load(kModel, *kernels);
    ASSERT_TRUE(model) << kernels->name << ": " << model.error().Text();
    EXPECT_EQ(kernels->name, model->KernelName());
    EXPECT_THAT(model->Fingerprint(), HasSubstr("english"));
  }
}

TEST(Model, GivesTheSameOnEveryKernelAndWithUsedScratch) {
  const Story story = MakeStory(5, 900);
  std::optional<Analysis> first;
  for (const Kernels* kernels : UsableKernels()) {
    const auto model = LanguageModel::Load(kModel, *kernels);
    ASSERT_TRUE(model);
    NetworkScratch scratch = model->MakeScratch();
    Analysis out;
    model->Run(MakeStory(6, 333).view(), scratch, out);
    model->Run(story.view(), scratch, out);
    if (!first) first = out;
    EXPECT_EQ(*first, out) << kernels->name;
  }
}

TEST(Model, GivesTheSameOnEightThreads) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  const Story story = MakeStory(8, 400);
  const Analysis alone = Analyse(*model, story);
  std::vector<Analysis> found(8);
  {
    std::vector<std::jthread> threads;
    for (Analysis& one : found) {
      threads.emplace_back([&] { one = Analyse(*model, story); });
    }
  }
  for (const Analysis& one : found) EXPECT_EQ(alone, one);
}

TEST(Model, TreesAreTreesAndSentencesKeepToParagraphs) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  for (std::uint32_t seed = 20; seed < 40; ++seed) {
    const Story story = MakeStory(seed, 1 + seed * 37 % 700);
    const Analysis out = Analyse(*model, story);
    for (std::size_t first = 0; first < out.size();) {
      std::size_t last = first + 1;
      while (last < out.size() && out.sentences[last] == out.sentences[first]) ++last;
      EXPECT_EQ(story.paragraphs[first], story.paragraphs[last - 1]);
      ASSERT_LE(last - first, kLongestSentence);
      std::size_t roots = 0;
      for (std::size_t i = first; i < last; ++i) {
        roots += out.heads[i] == 0 ? 1U : 0U;
        EXPECT_EQ(out.heads[i] == 0, model->deprel()[out.deprel[i]] == "root");
        std::size_t at = i - first + 1;
        for (std::size_t steps = 0; at != 0 && steps <= last - first; ++steps) {
          at = out.heads[first + at - 1];
        }
        EXPECT_EQ(0U, at) << "seed " << seed << ": a cycle";
      }
      EXPECT_EQ(1U, roots);
      first = last;
    }
  }
}

TEST(Model, NamesBeginBeforeTheyGoOn) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  const Story story = MakeStory(50, 2000);
  const Analysis out = Analyse(*model, story);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::string& tag = model->names()[out.names[i]];
    if (!tag.starts_with("I-")) continue;
    ASSERT_TRUE(i > 0 && out.sentences[i] == out.sentences[i - 1]);
    EXPECT_EQ(tag.substr(1), model->names()[out.names[i - 1]].substr(1));
  }
}

TEST(Model, TakesAnEmptyDocumentAndOneParagraphOfAHundredThousandWords) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  EXPECT_EQ(0U, Analyse(*model, {}).size());
  Story story = MakeStory(9, 20000);
  std::ranges::fill(story.paragraphs, 0);
  EXPECT_EQ(20000U, Analyse(*model, story).size());
}

TEST(Model, FindsTheSameInALongParagraphWhereverItsPartsBegin) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  Story alone = MakeStory(12, 5000);
  std::ranges::fill(alone.paragraphs, 1);
  const Analysis expected = Analyse(*model, alone);
  Story behind = alone;  // another paragraph before it moves all parts
  for (std::size_t i = 0; i < 333; ++i) {
    behind.forms.emplace_back("talks");
    behind.spacing.insert(behind.spacing.begin(), Spacing::kSpaced);
    behind.paragraphs.insert(behind.paragraphs.begin(), 0);
  }
  std::ranges::rotate(behind.forms, behind.forms.end() - 333);
  behind.words.assign(behind.forms.begin(), behind.forms.end());
  const Analysis found = Analyse(*model, behind);
  for (std::size_t i = 0; i < 5000; ++i) {
    ASSERT_EQ(expected.heads[i], found.heads[i + 333]) << i;
    ASSERT_EQ(expected.lemma[i], found.lemma[i + 333]) << i;
    ASSERT_EQ(expected.names[i], found.names[i + 333]) << i;
  }
}

TEST(Model, KeepsSentencesThatAreGiven) {
  const auto model = LanguageModel::Load(kModel);
  ASSERT_TRUE(model);
  const Story story = MakeStory(10, 100);
  std::vector<std::uint32_t> sentences(story.words.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    sentences[i] = story.paragraphs[i] * 100 + static_cast<std::uint32_t>(i) / 9;
  }
  NetworkScratch scratch = model->MakeScratch();
  Analysis out;
  WordsView words = story.view();
  words.sentences = sentences;
  model->Run(words, scratch, out);
  EXPECT_EQ(sentences, out.sentences);
}

TEST(Model, LoadsInTheTimeOfABlink) {
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(LanguageModel::Load(kModel));
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took,
            std::chrono::milliseconds(500));  // 50 when optimised and alone: see docs/RESULTS.md
}

struct Damage {
  const char* name;
  std::string bytes;
  ErrorCode code;
  const char* message;
};

TEST(Model, SaysWhatIsWrongWithAFile) {
  std::string flipped = Bytes();
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  std::string newer = Bytes();
  newer[8] = 2;
  const std::vector<Damage> damages = {
      {"empty", "", ErrorCode::kMalformed, "too short"},
      {"another file", std::string(1000, 'x'), ErrorCode::kMalformed, "DLMODEL1"},
      {"newer", newer, ErrorCode::kUnsupported, "version 2"},
      {"cut short", Bytes().substr(0, 100000), ErrorCode::kMalformed, "its header says"},
      {"one bit turned", flipped, ErrorCode::kMalformed, "checksum"},
      {"other features", WithHeader(R"("fingerprint":"5da4)", R"("fingerprint":"0000)"),
       ErrorCode::kUnsupported, "features"},
      {"no JSON", WithHeader(R"("sizes":{)", R"("sizes":})"), ErrorCode::kMalformed, "JSON"},
      {"odd width", WithHeader(R"("width":144)", R"("width":145)"), ErrorCode::kMalformed,
       "multiple of 16"},
      {"other width", WithHeader(R"("width":144)", R"("width":160)"), ErrorCode::kMalformed,
       "shape"},
      {"no such tensor", WithHeader(R"("name":"space")", R"("name":"spice")"),
       ErrorCode::kMalformed, "tensor space is missing"},
      {"another answer", WithHeader(R"("sentence_lengths":[2)", R"("sentence_lengths":[1)"),
       ErrorCode::kMalformed, "self-test 1"},
  };
  for (const Damage& damage : damages) {
    const auto model = LanguageModel::FromBytes(damage.bytes);
    ASSERT_FALSE(model) << damage.name;
    EXPECT_EQ(damage.code, model.error().code) << damage.name;
    EXPECT_THAT(model.error().message, HasSubstr(damage.message)) << damage.name;
  }
  const auto missing = LanguageModel::Load("no/such/model.dlm");
  ASSERT_FALSE(missing);
  EXPECT_EQ(ErrorCode::kNotFound, missing.error().code);
}

}  // namespace
}  // namespace dateline::model
