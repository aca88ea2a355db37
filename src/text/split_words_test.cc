#include "text/split_words.h"

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "text/unicode.h"

namespace dateline::text {
namespace {

std::vector<Word> Split(std::string_view text, Span block) {
  std::vector<Word> words;
  SplitWords(text, block, words);
  return words;
}

/// "We ca|n't go ." with paragraphs parted by //, as in the cases file.
std::string Printed(std::string_view text) {
  std::string out;
  for (const Span paragraph : SplitParagraphs(text)) {
    if (!out.empty()) out += " // ";
    bool first = true;
    for (const Word& word : Split(text, paragraph)) {
      if (!first) out += word.continues ? '|' : ' ';
      out += word.span.of(text);
      first = false;
    }
  }
  return out;
}

/// \n, \r, \t, \\ and \uXXXX.
std::string Unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const char kind = text[++i];
    if (kind == 'u') {
      AppendUtf8(
          out, static_cast<char32_t>(std::stoul(std::string(text.substr(i + 1, 4)), nullptr, 16)));
      i += 4;
    } else {
      out += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind;
    }
  }
  return out;
}

TEST(SplitWords, FollowsTheCasesOfTheTrainingProgram) {
  std::ifstream in(DATELINE_SOURCE_DIR "/train/testdata/tokenizer_cases.tsv");
  std::size_t cases = 0;
  for (std::string line; std::getline(in, line); ++cases) {
    if (line.starts_with("# ")) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const std::string text = Unescaped(line.substr(first + 1, second - first - 1));
    EXPECT_EQ(line.substr(second + 1), Printed(text)) << line.substr(0, first);
  }
  EXPECT_GT(cases, 80U);
}

TEST(SplitWords, LooksAtNothingOutsideTheBlock) {
  const std::string text = "'Open the dockers' union";
  EXPECT_EQ(4U, Split(text, MakeSpan(6, text.size())).size()) << "the ' is a possessive";
  EXPECT_EQ("Calif", Split("in Calif. Then", MakeSpan(3, 8)).front().span.of("in Calif. Then"));
}

TEST(SplitWords, TellsWhatTouchesWhat) {
  const auto words = Split("We can't (go).", {0, 14});
  std::string marks;
  for (const Word& word : words) marks += word.continues ? 'c' : word.glued ? 'g' : '-';
  EXPECT_EQ("--c-ggg", marks);  // We ca n't ( go ) .
}

TEST(SplitParagraphs, CutsAtBlankLinesAlone) {
  const std::string text = "\n One\ntwo \n \t\n\nthree\n\n";
  std::vector<std::string> found;
  for (const Span span : SplitParagraphs(text)) found.emplace_back(span.of(text));
  EXPECT_EQ((std::vector<std::string>{"\n One\ntwo ", "three"}), found);
}

/// Words ascend and hold everything but white space, on code point boundaries.
void CheckCover(std::string_view text) {
  std::size_t at = 0;
  const auto blank = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; i += CodePointAt(text, i).length) {
      if (!IsSpace(CodePointAt(text, i).value)) return false;
    }
    return true;
  };
  for (const Word& word : Split(text, MakeSpan(0, text.size()))) {
    ASSERT_LT(word.span.begin, word.span.end);
    ASSERT_GE(word.span.begin, at);
    ASSERT_TRUE(blank(at, word.span.begin)) << text;
    ASSERT_EQ(word.glued, at != 0 && word.span.begin == at) << text;
    ASSERT_NE(0x80, static_cast<unsigned char>(text[word.span.begin]) & 0xC0);
    at = word.span.end;
  }
  ASSERT_TRUE(blank(at, text.size())) << text;
}

TEST(SplitWords, HoldsEveryLetterOfAnyText) {
  const std::vector<std::string> pieces = {
      "a",  "Z",   "n't", "'", "’",       "‘",    "“",    "”",  ".",     "...",    "-",   "--",
      "/",  "@",   "#",   "1", "25",      ",",    ":",    ")",  "(",     " ",      "\n",  "é",
      "ß",  "東",  "😀",  "م", "http://", "www.", "U.S.", "$",  "can't", "cannot", "etc", "Mr",
      "No", "p.m", "%",   "&", "_",       "*",    "=",    "<3", ":-)",   "\u00a0"};
  std::mt19937 random(17);
  for (int round = 0; round < 20000; ++round) {
    std::string text = "x";
    for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    CheckCover(text);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(SplitWords, TakesLinearTimeOnHostileText) {
  for (const std::string& piece :
       {std::string("a"), std::string("a.b"), std::string("aa."), std::string("("),
        std::string("1-"), std::string("a-"), std::string("'"), std::string("'s"),
        std::string("http://)"), std::string("s' "), std::string("a@"), std::string(":)"),
        std::string("1a"), std::string("."), std::string("é’")}) {
    std::string text;
    while (text.size() < 300000) text += piece;
    const std::clock_t start = std::clock();  // of this process alone
    const auto words = Split(text, MakeSpan(0, text.size()));
    const auto seconds = (std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_FALSE(words.empty());
    EXPECT_LT(seconds, 6) << piece;  // 0.1 when optimised; quadratic: minutes
  }
}

}  // namespace
}  // namespace dateline::text
