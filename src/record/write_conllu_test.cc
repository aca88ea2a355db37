#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dateline/record.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

/// A story of one block and one sentence, cut into the given words; one that begins with + goes on
/// with the token before.
Story Words(std::string text, const std::vector<std::string>& words) {
  Story story;
  story.id = "doc";
  story.text = std::move(text);
  const Span all = MakeSpan(0, story.text.size());
  story.blocks = {{BlockKind::kParagraph, all, {}}};
  story.sentences = {{all, BlockIndex{0}}};
  std::size_t at = 0;
  for (const std::string& marked : words) {
    const bool continues = marked.starts_with('+');
    const std::string word = marked.substr(continues ? 1 : 0);
    at = story.text.find(word, at);
    Token& token = story.tokens.emplace_back();
    token.span = MakeSpan(at, at + word.size());
    token.continues = continues;
    at += word.size();
  }
  return story;
}

/// The lines of words and ranges: id, form, head, deprel and MISC.
std::vector<std::string> Lines(const std::string& conllu) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < conllu.size()) {
    const std::size_t end = conllu.find('\n', at);
    const std::string line = conllu.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    EXPECT_EQ(cells.size(), 10U) << line;
    lines.push_back(cells[0] + " " + cells[1] + " " + cells[6] + " " + cells[7] + " " + cells[9]);
  }
  return lines;
}

TEST(WriteConllu, CommentsAndWordsAsUniversalDependenciesHasThem) {
  Story story = Words("Ann  Lee\nleft.", {"Ann", "Lee", "left", "."});
  story.source.id = "wire 7";
  story.tokens[0].ner = "B-PER";
  story.tokens[0].lemma = "Ann";
  story.tokens[0].upos = "PROPN";
  story.tokens[1].ner = "I-PER";
  EXPECT_EQ(WriteConllu(story),
            "# newdoc id = wire 7\n"
            "# newpar\n"
            "# sent_id = wire 7-1\n"
            "# text = Ann Lee left.\n"
            "1\tAnn\tAnn\tPROPN\t_\t_\t0\troot\t_\tNER=B-PER\n"
            "2\tLee\t_\t_\t_\t_\t1\tdep\t_\tNER=I-PER\n"
            "3\tleft\t_\t_\t_\t_\t1\tdep\t_\tSpaceAfter=No\n"
            "4\t.\t_\t_\t_\t_\t1\tdep\t_\t_\n"
            "\n");
}

TEST(WriteConllu, ChainsOfTwoAndMoreStandInMiscAsInCorefUD) {
  Story story = Words("Ann Lee left. She sang.", {"Ann", "Lee", "left", ".", "She", "sang", "."});
  const auto reference = [](std::uint32_t first, std::uint32_t last, std::uint32_t head,
                            std::uint32_t chain) {
    return Reference{.first = TokenIndex{first},
                     .last = TokenIndex{last},
                     .head = TokenIndex{head},
                     .kind = MentionKind::kName,
                     .chain = chain};
  };
  story.references = {reference(0, 2, 0, 4), reference(1, 2, 1, 5), reference(4, 5, 4, 4)};
  const std::string conllu = WriteConllu(story);
  EXPECT_NE(conllu.find("# global.Entity = eid-head\n"), std::string::npos);
  EXPECT_THAT(Lines(conllu),
              testing::IsSupersetOf({"1 Ann 0 root Entity=(e5-1", "2 Lee 1 dep Entity=e5)",
                                     "5 She 1 dep Entity=(e5-1)"}));
}

TEST(WriteConllu, NothingForAStoryWithoutWords) { EXPECT_EQ(WriteConllu(Story{}), ""); }

struct RangeCase {
  std::string name;
  std::string text;
  std::vector<std::string> words;
  std::vector<std::string> lines;
};
void PrintTo(const RangeCase& c, std::ostream* out) { *out << c.name; }

class WriteConlluRange : public testing::TestWithParam<RangeCase> {};

TEST_P(WriteConlluRange, StandsOverWordsOfOneToken) {
  EXPECT_EQ(Lines(WriteConllu(Words(GetParam().text, GetParam().words))), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, WriteConlluRange,
    testing::Values(
        RangeCase{"clitic",
                  "Ann's car",
                  {"Ann", "+'s", "car"},
                  {"1-2 Ann's _ _ _", "1 Ann 0 root _", "2 's 1 dep _", "3 car 1 dep _"}},
        RangeCase{"before_a_stop",
                  "Zoé’s.",
                  {"Zoé", "+’s", "."},
                  {"1-2 Zoé’s _ _ SpaceAfter=No", "1 Zoé 0 root _", "2 ’s 1 dep _", "3 . 1 dep _"}},
        RangeCase{"three_words",
                  "couldn't've",
                  {"could", "+n't", "+'ve"},
                  {"1-3 couldn't've _ _ _", "1 could 0 root _", "2 n't 1 dep _", "3 've 1 dep _"}},
        RangeCase{"touching_words_are_no_range",
                  "well-known",
                  {"well", "-", "known"},
                  {"1 well 0 root SpaceAfter=No", "2 - 1 dep SpaceAfter=No", "3 known 1 dep _"}}),
    [](const auto& row) { return row.param.name; });

TEST(WriteConllu, WordOfARangeShowsItsOwnForm) {
  Story story = Words("can’t go", {"ca", "+n’t", "go"});
  story.tokens[1].form = "not";
  EXPECT_EQ(Lines(WriteConllu(story)), (std::vector<std::string>{"1-2 can’t _ _ _", "1 ca 0 root _",
                                                                 "2 not 1 dep _", "3 go 1 dep _"}));
}

TEST(WriteConllu, ParsedSentenceKeepsItsTree) {
  Story story = Words("Ann left", {"Ann", "left"});
  story.tokens[0].head = TokenIndex{1};
  story.tokens[0].deprel = "nsubj";
  story.tokens[1].deprel = "root";
  EXPECT_EQ(Lines(WriteConllu(story)),
            (std::vector<std::string>{"1 Ann 2 nsubj _", "2 left 0 root _"}));
}

TEST(WriteConllu, WhiteSpaceNeverBreaksALine) {
  Story story = Words("a\tb\nc", {"a\tb\nc"});
  story.tokens[0].lemma = "x\ty";
  EXPECT_EQ(Lines(WriteConllu(story)), (std::vector<std::string>{"1 a b c 0 root _"}));
}

TEST(WriteConllu, RandomStoriesKeepTenColumns) {
  for (std::uint32_t seed = 1; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lines(WriteConllu(record::StoryDice(seed).Roll()));
  }
}

}  // namespace
}  // namespace dateline
