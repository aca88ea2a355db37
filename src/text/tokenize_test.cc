#include "text/tokenize.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "text/unicode.h"

namespace dateline::text {
namespace {

std::vector<Block> OneParagraph(std::string_view text) {
  Block block;
  block.span = MakeSpan(0, text.size());
  return {block};
}

/// The words with a space between, the sentences with " | ".
std::string Print(std::string_view text) {
  const Tokenized cut = Tokenize(text, OneParagraph(text));
  std::string out;
  for (std::size_t i = 0; i < cut.tokens.size(); ++i) {
    if (i > 0) out += cut.tokens[i].sentence == cut.tokens[i - 1].sentence ? " " : " | ";
    out += cut.tokens[i].span.of(text);
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view words;
};

void ExpectCuts(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Print(c.text), c.words) << c.text;
}

TEST(TokenizeTest, MarksArePartedFromWords) {
  ExpectCuts({
      {"", ""},
      {"Hello, world!", "Hello , world !"},
      {"(see below)", "( see below )"},
      {"He left; she stayed: why?", "He left ; she stayed : why ?"},
      {"wait...what", "wait ... what"},
      {"so — they said—left", "so — they said — left"},
      {"so--they", "so -- they"},
      {"“Yes,” he said.", "“ Yes , ” he said ."},
      {"``Yes,'' he said.", "`` Yes , '' he said ."},
      {"\"'Era' ended,\" he said", "\" ' Era ' ended , \" he said"},
      {"What?!", "What ?!"},
  });
}

TEST(TokenizeTest, CliticsAreWordsOfTheirOwn) {
  ExpectCuts({
      {"don't can't won't", "do n't ca n't wo n't"},
      {"He'll say they've we'd I'm", "He 'll say they 've we 'd I 'm"},
      {"Iraq's Iraq’s the states' share", "Iraq 's Iraq ’s the states ' share"},
      {"cannot gonna", "can not gon na"},
      {"DON'T", "DO N'T"},
      {"O'Brien at two o'clock", "O'Brien at two o'clock"},
      {"the '90s and '80s", "the '90s and '80s"},
  });
}

TEST(TokenizeTest, CompoundsArePartedButWordsWithAPrefixAreNot) {
  ExpectCuts({
      {"long-term U.S.-led talks", "long - term U.S. - led talks"},
      {"a pro-Western ex-minister", "a pro-Western ex-minister"},
      {"a 45-year-old man", "a 45 - year - old man"},
      {"in 1995-2000", "in 1995 - 2000"},
      {"al-Assad", "al - Assad"},
      {"Kim Jong-un met", "Kim Jong-un met"},
      {"COVID-19 cases", "COVID-19 cases"},
      {"pre- and post-war", "pre- and post-war"},
      {"and/or", "and / or"},
  });
}

TEST(TokenizeTest, NumbersStayWhole) {
  ExpectCuts({
      {"1,234.56 at 10:30 on 9/11/2001", "1,234.56 at 10:30 on 9/11/2001"},
      {"$5 US$5 €3.5bn 12% 5pm 10km", "$ 5 US$ 5 € 3.5 bn 12 % 5 pm 10 km"},
      {"the 20th and 1990s", "the 20th and 1990s"},
      {"call 555-0134 by 2023-04-16", "call 555-0134 by 2023-04-16"},
      {"It fell 3.", "It fell 3 ."},
  });
}

TEST(TokenizeTest, AddressesStayWhole) {
  ExpectCuts({
      {"See http://example.com/a?b=c.", "See http://example.com/a?b=c ."},
      {"(www.example.org)", "( www.example.org )"},
      {"write to ann.lee@example.com, please", "write to ann.lee@example.com , please"},
      {"#peace @ann_lee #1", "#peace @ann_lee # 1"},
      {"example.com says", "example.com says"},
      {"AT&T and R&D", "AT&T and R&D"},
  });
}

TEST(TokenizeTest, AbbreviationsKeepTheirStop) {
  ExpectCuts({
      {"Mr. Lee met Gen. J. Marsh.", "Mr. Lee met Gen. J. Marsh ."},
      {"PORTLAND, Ore. (AP)", "PORTLAND , Ore. ( AP )"},
      {"Acme Inc. said on Sept. 3 at 5 p.m. it would",
       "Acme Inc. said on Sept. 3 at 5 p.m. it would"},
      {"He said no. She left.", "He said no . | She left ."},
      {"No. 3 is out", "No. 3 is out"},
      {"talks in the U.S. The minister left", "talks in the U.S. | The minister left"},
      {"the U.S. President", "the U.S. President"},
  });
}

TEST(TokenizeTest, SentencesEndWithTheirClosingQuote) {
  ExpectCuts({
      {"“It is over.” He left.", "“ It is over . ” | He left ."},
      {"\"It is over.\" He left.", "\" It is over . \" | He left ."},
      {"“Is it over?” he asked. “Yes.”", "“ Is it over ? ” he asked . | “ Yes . ”"},
      {"“Is it over?” Marsh asked.", "“ Is it over ? ” Marsh asked ."},
      {"“Go!” she cried.", "“ Go ! ” she cried ."},
      {"(He left.) She stayed.", "( He left . ) | She stayed ."},
      {"a 'new era...' They are friends.", "a ' new era ... ' | They are friends ."},
      {"It grew.[3] It shrank.", "It grew . [ 3 ] | It shrank ."},
      {"Yahoo! said so.", "Yahoo ! said so ."},
      {"was it good? not really", "was it good ? | not really"},
      {"He paused ... and went on.", "He paused ... and went on ."},
      {"“It is over,” he said.", "“ It is over , ” he said ."},
  });
}

TEST(TokenizeTest, SentencesNeverCrossABlockAndOtherBlocksAreLeft) {
  const std::string text = "A title\nBy Ann Lee\nIt began. It ended.";
  std::vector<Block> blocks(3);
  blocks[0] = {.kind = BlockKind::kHeadline, .span = {0, 7}, .speaker = {}};
  blocks[1] = {.kind = BlockKind::kByline, .span = {8, 18}, .speaker = {}};
  blocks[2] = {.kind = BlockKind::kParagraph, .span = MakeSpan(19, text.size()), .speaker = {}};
  const Tokenized cut = Tokenize(text, blocks);
  ASSERT_EQ(cut.sentences.size(), 3U);
  EXPECT_EQ(cut.sentences[0].span.of(text), "A title");
  EXPECT_EQ(Raw(cut.sentences[1].block), 2U);
  EXPECT_EQ(cut.sentences[1].span.of(text), "It began.");
  EXPECT_EQ(cut.sentences[2].span.of(text), "It ended.");
}

/// Words and gaps make the text; gaps are white space; sentences part the words.
void ExpectSound(std::string_view text) {
  const Tokenized cut = Tokenize(text, OneParagraph(text));
  std::size_t at = 0;
  for (const Token& token : cut.tokens) {
    ASSERT_LE(at, token.span.begin);
    ASSERT_LT(token.span.begin, token.span.end);
    ASSERT_LE(token.span.end, text.size());
    for (; at < token.span.begin; ++at) ASSERT_TRUE(IsSpace(static_cast<char32_t>(text[at])));
    ASSERT_NE(static_cast<unsigned char>(text[token.span.begin]) & 0xC0U, 0x80U);
    at = token.span.end;
    ASSERT_TRUE(cut.sentences.at(Raw(token.sentence)).span.Contains(token.span));
  }
  for (; at < text.size(); ++at) ASSERT_TRUE(IsSpace(static_cast<char32_t>(text[at])));
}

TEST(TokenizePropertyTest, WordsAndGapsMakeTheText) {
  const std::vector<std::string_view> pieces = {
      "a",   "The", "word", ".",  "...", "…",  "-",    "--",  "'",     "’",    "s",
      "n't", " ",   "\n",   "\"", "“",   "”",  "(",    ")",   "5",     "/",    ":",
      "@",   "#",   "$",    "%",  "é",   "中", "U.S.", "Mr.", "://",   "www.", "😀",
      "`",   "``",  "''",   "&",  ",",   "!",  "?",    "_",   "pm",    "pro",  "\\",
      "U+",  "°",   "·",    "‑",  "+",   "=",  ".com", "<3",  "cannot"};
  for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
    ASSERT_NO_FATAL_FAILURE(ExpectSound(text)) << text;
  }
}

}  // namespace
}  // namespace dateline::text
