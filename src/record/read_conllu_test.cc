#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dateline/record.h"

namespace dateline {
namespace {

using testing::HasSubstr;

/// Lines with spaces for tabs, but in comments.
std::string Conllu(const std::vector<std::string>& lines) {
  std::string out;
  for (std::string line : lines) {
    if (!line.starts_with('#')) std::ranges::replace(line, ' ', '\t');
    out += line + "\n";
  }
  return out;
}

const std::vector<std::string> kTwoSentences = {
    "# newdoc id = wire-7",
    "# newpar",
    "1 Ann Ann PROPN _ Number=Sing 3 nsubj _ NER=B-PER",
    "2-3 can't _ _ _ _ _ _ _ _",
    "2 ca can AUX _ _ 4 aux _ _",
    "3 n't not PART _ _ 4 advmod _ _",
    "4 go go VERB _ _ 0 root _ SpaceAfter=No",
    "5 . . PUNCT _ _ 4 punct _ _",
    "",
    "1 Why why ADV _ _ 0 root _ SpaceAfter=No",
    "2 ? ? PUNCT _ _ 1 punct _ _",
    "",
    "# newpar",
    "1 End end NOUN _ _ 0 root _ _",
    "",
};

TEST(ReadConllu, GivesTextBlocksSentencesAndTokens) {
  const auto stories = ReadConllu(Conllu(kTwoSentences));
  ASSERT_TRUE(stories) << stories.error().Text();
  ASSERT_EQ(1U, stories->size());
  const Story& story = stories->front();
  EXPECT_EQ("Ann can't go. Why?\n\nEnd", story.text);
  EXPECT_EQ("wire-7", story.source.id);
  ASSERT_EQ(2U, story.blocks.size());
  EXPECT_EQ("Ann can't go. Why?", story.blocks[0].span.of(story.text));
  ASSERT_EQ(3U, story.sentences.size());
  EXPECT_EQ("Why?", story.sentences[1].span.of(story.text));
  EXPECT_EQ(BlockIndex{1}, story.sentences[2].block);
  ASSERT_EQ(8U, story.tokens.size());
  EXPECT_EQ("n't", story.tokens[2].span.of(story.text));
  EXPECT_TRUE(story.tokens[2].continues);
  EXPECT_EQ("not", story.tokens[2].lemma);
  EXPECT_EQ(TokenIndex{3}, story.tokens[1].head);
  EXPECT_FALSE(story.tokens[3].head);
  EXPECT_EQ("B-PER", story.tokens[0].ner);
  EXPECT_EQ(TokenIndex{5}, story.tokens[6].head);
}

TEST(ReadConllu, ReadsBackWhatWriteConlluWrites) {
  const auto first = ReadConllu(Conllu(kTwoSentences));
  ASSERT_TRUE(first);
  const auto second = ReadConllu(WriteConllu(first->front()));
  ASSERT_TRUE(second) << second.error().Text();
  EXPECT_EQ(first->front().text, second->front().text);
  EXPECT_EQ(first->front().tokens, second->front().tokens);
  EXPECT_EQ(first->front().sentences, second->front().sentences);
}

TEST(ReadConllu, WordsThatAreNotTheLettersOfTheirRangeKeepTheirForm) {
  const auto stories = ReadConllu(
      Conllu({"1-2 du _ _ _ _ _ _ _ _", "1 de _ _ _ _ 0 root _ _", "2 le _ _ _ _ 1 det _ _", ""}));
  ASSERT_TRUE(stories) << stories.error().Text();
  const Story& story = stories->front();
  EXPECT_EQ("du", story.text);
  EXPECT_EQ("de", FormOf(story.tokens[0], story.text));
  EXPECT_EQ("le", FormOf(story.tokens[1], story.text));
}

TEST(ReadConllu, PartsDocumentsAndSkipsEmptyNodes) {
  const auto stories =
      ReadConllu(Conllu({"# newdoc id = a", "1 One _ _ _ _ 0 root _ _", "1.1 gone _ _ _ _ _ _ _ _",
                         "", "# newdoc id = b", "1 Two _ _ _ _ 0 root _ _"}));
  ASSERT_TRUE(stories) << stories.error().Text();
  ASSERT_EQ(2U, stories->size());
  EXPECT_EQ("Two", (*stories)[1].text);
}

TEST(ReadConllu, SaysWhereItIsNone) {
  struct Case {
    const char* name;
    std::string text;
    const char* message;
  };
  for (const Case& c : {
           Case{"columns", "1\tOne\n", "ten columns"},
           Case{"order", Conllu({"2 One _ _ _ _ 0 root _ _"}), "where 1 should be"},
           Case{"head", Conllu({"1 One _ _ _ _ 7 root _ _", ""}), "head 7"},
           Case{"head word", Conllu({"1 One _ _ _ _ x root _ _"}), "no number"},
           Case{"range", Conllu({"3-2 One _ _ _ _ _ _ _ _"}), "no range"},
           Case{"open range", Conllu({"1-2 One _ _ _ _ _ _ _ _", "1 One _ _ _ _ 0 root _ _", ""}),
                "range to"},
           Case{"bytes", "\xff", "UTF-8"},
       }) {
    const auto stories = ReadConllu(c.text);
    ASSERT_FALSE(stories) << c.name;
    EXPECT_EQ(ErrorCode::kMalformed, stories.error().code) << c.name;
    EXPECT_THAT(stories.error().message, HasSubstr(c.message)) << c.name;
  }
}

TEST(ReadConllu, ADocumentEndsTheSentenceBeforeIt) {
  const auto stories = ReadConllu(
      Conllu({"1 One _ _ _ _ 0 root _ _", "# newdoc id = b", "1 Two _ _ _ _ 0 root _ _"}));
  ASSERT_TRUE(stories) << stories.error().Text();
  ASSERT_EQ(2U, stories->size());
  EXPECT_EQ("One", stories->front().text);
}

TEST(ReadConllu, NothingIsNoStory) {
  const auto stories = ReadConllu("");
  ASSERT_TRUE(stories);
  EXPECT_TRUE(stories->empty());
}

}  // namespace
}  // namespace dateline
