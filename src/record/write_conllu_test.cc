#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dateline/record.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

/// A story of one block and one sentence, cut into the given words.
Story Words(std::string text, const std::vector<std::string>& words) {
  Story story;
  story.id = "doc";
  story.text = std::move(text);
  const Span all = MakeSpan(0, story.text.size());
  story.blocks = {{BlockKind::kParagraph, all, {}}};
  story.sentences = {{all, BlockIndex{0}}};
  std::size_t at = 0;
  for (const std::string& word : words) {
    at = story.text.find(word, at);
    story.tokens.emplace_back().span = MakeSpan(at, at + word.size());
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

TEST(WriteConllu, NothingForAStoryWithoutWords) { EXPECT_EQ(WriteConllu(Story{}), ""); }

struct RangeCase {
  std::string name;
  std::string text;
  std::vector<std::string> words;
  std::vector<std::string> lines;
};
void PrintTo(const RangeCase& c, std::ostream* out) { *out << c.name; }

class WriteConlluRange : public testing::TestWithParam<RangeCase> {};

TEST_P(WriteConlluRange, StandsWhereWordsMeetInsideLetters) {
  EXPECT_EQ(Lines(WriteConllu(Words(GetParam().text, GetParam().words))), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Ranges, WriteConlluRange,
    testing::Values(
        RangeCase{"clitic",
                  "Ann's car",
                  {"Ann", "'s", "car"},
                  {"1-2 Ann's _ _ _", "1 Ann 0 root _", "2 's 1 dep _", "3 car 1 dep _"}},
        RangeCase{"curly_clitic",
                  "Zoé’s.",
                  {"Zoé", "’s", "."},
                  {"1-2 Zoé’s _ _ SpaceAfter=No", "1 Zoé 0 root _", "2 ’s 1 dep _", "3 . 1 dep _"}},
        RangeCase{"negation",
                  "don't",
                  {"do", "n't"},
                  {"1-2 don't _ _ _", "1 do 0 root _", "2 n't 1 dep _"}},
        RangeCase{"cannot",
                  "cannot",
                  {"can", "not"},
                  {"1-2 cannot _ _ _", "1 can 0 root _", "2 not 1 dep _"}},
        RangeCase{"hyphen_is_no_range",
                  "well-known",
                  {"well", "-", "known"},
                  {"1 well 0 root SpaceAfter=No", "2 - 1 dep SpaceAfter=No", "3 known 1 dep _"}},
        RangeCase{"unit_is_no_range",
                  "10km",
                  {"10", "km"},
                  {"1 10 0 root SpaceAfter=No", "2 km 1 dep _"}},
        RangeCase{"curly_quote_is_no_letter",
                  "go”",
                  {"go", "”"},
                  {"1 go 0 root SpaceAfter=No", "2 ” 1 dep _"}},
        RangeCase{"closing_quote_is_no_clitic",
                  "go'",
                  {"go", "'"},
                  {"1 go 0 root SpaceAfter=No", "2 ' 1 dep _"}},
        RangeCase{"quoted_word_after_dash",
                  "a—b",
                  {"a", "—", "b"},
                  {"1 a 0 root SpaceAfter=No", "2 — 1 dep SpaceAfter=No", "3 b 1 dep _"}}),
    [](const auto& row) { return row.param.name; });

TEST(WriteConllu, PluralPossessiveIsARangeWhenTagged) {
  Story story = Words("workers' union", {"workers", "'", "union"});
  story.tokens[1].upos = "PART";
  EXPECT_EQ(Lines(WriteConllu(story)).front(), "1-2 workers' _ _ _");
}

TEST(WriteConllu, WordOfARangeShowsItsOwnForm) {
  Story story = Words("can’t go", {"ca", "n’t", "go"});
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
