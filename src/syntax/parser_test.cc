#include "syntax/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "syntax/testing/shared_parser.h"

namespace dateline::syntax {
namespace {

using testing::Annotate;
using testing::SharedParser;

/// A headline (may be empty) and paragraphs.
Story MakeStory(const std::string& headline, const std::vector<std::string>& paragraphs) {
  Story story;
  const auto add = [&](BlockKind kind, const std::string& text) {
    story.blocks.push_back(
        {kind, MakeSpan(story.text.size(), story.text.size() + text.size()), {}});
    story.text += text + "\n";
  };
  if (!headline.empty()) add(BlockKind::kHeadline, headline);
  for (const std::string& paragraph : paragraphs) add(BlockKind::kParagraph, paragraph);
  return story;
}

Story Parsed(const std::string& text) {
  Story story = MakeStory("", {text});
  Annotate(story);
  return story;
}

/// "The/DET/det>2 minister/NOUN/nsubj>3 left/VERB/root", sentences parted by " | ".
std::string Printed(const Story& story) {
  std::string out;
  for (std::size_t i = 0; i < story.tokens.size(); ++i) {
    const Token& token = story.tokens[i];
    std::size_t first = i;
    while (first > 0 && story.tokens[first - 1].sentence == token.sentence) --first;
    if (i > 0) out += first == i ? " | " : " ";
    out += std::string(FormOf(token, story.text)) + "/" + token.upos + "/" + token.deprel;
    if (token.head) out += ">" + std::to_string(Raw(*token.head) - first + 1);
  }
  return out;
}

std::vector<std::string> Sentences(const Story& story) {
  std::vector<std::string> out;
  for (const Sentence& sentence : story.sentences) out.emplace_back(sentence.span.of(story.text));
  return out;
}

struct Case {
  const char* name;
  const char* text;
  const char* parsed;
};

TEST(Parser, ReadsPlainSentences) {
  for (const Case& c : {
           Case{"subject and object", "The minister accused the rebels.",
                "The/DET/det>2 minister/NOUN/nsubj>3 accused/VERB/root the/DET/det>5 "
                "rebels/NOUN/obj>3 ./PUNCT/punct>3"},
           Case{"passive", "Two soldiers were killed by gunmen.",
                "Two/NUM/nummod>2 soldiers/NOUN/nsubj:pass>4 were/AUX/aux:pass>4 killed/VERB/root "
                "by/ADP/case>6 gunmen/NOUN/obl:agent>4 ./PUNCT/punct>4"},
           Case{"two sentences", "Talks failed. Troops left.",
                "Talks/NOUN/nsubj>2 failed/VERB/root ./PUNCT/punct>2 | Troops/NOUN/nsubj>2 "
                "left/VERB/root ./PUNCT/punct>2"},
       }) {
    EXPECT_EQ(c.parsed, Printed(Parsed(c.text))) << c.name;
  }
}

TEST(Parser, FindsLemmasFeaturesAndNames) {
  const Story story = Parsed("Ministers from Kenya weren't met by Maria Petrova.");
  std::string lemmas;
  std::string names;
  for (const Token& token : story.tokens) {
    lemmas += token.lemma + " ";
    if (!token.ner.empty()) names += token.ner + " ";
  }
  EXPECT_EQ("minister from Kenya be not meet by Maria Petrova . ", lemmas);
  EXPECT_EQ("B-LOC B-PER I-PER ", names);
  EXPECT_EQ("Number=Plur", story.tokens[0].feats);
  EXPECT_TRUE(story.tokens[4].continues) << "n't belongs to weren't";
  EXPECT_FALSE(story.tokens[3].continues);
}

TEST(Parser, EndsSentencesWithBlocks) {
  Story story = MakeStory("Ministers meet in Oslo",
                          {"They spoke of fish. \"No deal yet,\" said Mr. Ito.", "More to come"});
  Annotate(story);
  EXPECT_THAT(Sentences(story),
              ::testing::ElementsAre("Ministers meet in Oslo", "They spoke of fish.",
                                     "\"No deal yet,\" said Mr. Ito.", "More to come"));
  EXPECT_EQ(BlockIndex{1}, story.sentences[2].block);
}

TEST(Parser, LeavesBlocksThatAreNoProse) {
  Story story = MakeStory("", {"Talks failed."});
  story.blocks.push_back({BlockKind::kCredit, MakeSpan(0, 5), {}});
  std::swap(story.blocks[0], story.blocks[1]);
  story.blocks[1].span.begin = 6;
  Annotate(story);
  EXPECT_THAT(Sentences(story), ::testing::ElementsAre("failed."));
}

TEST(Parser, GivesTheSameWithUsedScratchAndOnThreads) {
  const std::string text =
      "Police in Dhaka arrested 12 dockers. They \"can't\" leave, Mr. Rahman's lawyer told "
      "Reuters.";
  const Story alone = Parsed(text);
  std::vector<Story> stories(8);
  {
    std::vector<std::jthread> threads;
    for (Story& story : stories) {
      threads.emplace_back([&] {
        auto scratch = SharedParser().MakeScratch();
        Story other = MakeStory("", {"Something else was said first.", "Twice."});
        SharedParser().Annotate(other, scratch);
        story = MakeStory("", {text});
        SharedParser().Annotate(story, scratch);
      });
    }
  }
  for (const Story& story : stories) EXPECT_EQ(alone, story);
}

TEST(Parser, KeepsWordsAndSentencesThatAreThere) {
  Story story = Parsed("Talks failed. Troops left.");
  story.sentences = {{{0, 26}, BlockIndex{0}}};  // one sentence of six words
  for (Token& token : story.tokens) {
    token = Token{.span = token.span,
                  .sentence = SentenceIndex{0},
                  .form = {},
                  .lemma = {},
                  .upos = {},
                  .feats = {},
                  .head = {},
                  .deprel = {},
                  .ner = {}};
  }
  auto scratch = SharedParser().MakeScratch();
  SharedParser().AnnotateTokens(story, scratch);
  EXPECT_EQ(6U, story.tokens.size());
  const auto roots = std::ranges::count(story.tokens, "root", &Token::deprel);
  EXPECT_EQ(1, roots);
}

struct Hostile {
  const char* name;
  std::string text;
};

std::string Repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

TEST(Parser, TakesHostileTextInLinearTime) {
  const std::vector<Hostile> texts = {
      {"one sentence of 60 kB", Repeated("the minister of the ", 60'000)},
      {"brackets", Repeated("(", 10'000) + "x" + Repeated(")", 10'000)},
      {"capitals", Repeated("THE UN SECURITY COUNCIL MET IN NEW YORK ON MONDAY. ", 20'000)},
      {"no punctuation", Repeated("talks went on and on in geneva ", 20'000)},
      {"emoji", Repeated("😀👍🏽 ", 10'000)},
      {"right to left", Repeated("اجتمع الوزراء في القاهرة. ", 10'000)},
      {"combining marks", "a" + Repeated("\u0301", 10'000)},
      {"one word", Repeated("a", 100'000)},
  };
  for (const Hostile& hostile : texts) {
    const std::clock_t start = std::clock();  // of this process alone
    const Story story = Parsed(hostile.text);
    const auto seconds = (std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_FALSE(story.tokens.empty()) << hostile.name;
    EXPECT_LT(seconds, 30) << hostile.name;  // under 1 when optimised
  }
}

TEST(Parser, SaysWhichModelIsMissing) {
  const auto parser = Parser::Load("no/such.dlm");
  ASSERT_FALSE(parser);
  EXPECT_EQ(ErrorCode::kNotFound, parser.error().code);
  EXPECT_EQ("no/such.dlm", parser.error().where);
}

}  // namespace
}  // namespace dateline::syntax
