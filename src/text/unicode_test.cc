#include "text/unicode.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace dateline::text {
namespace {

TEST(UnicodeTest, StepsOverCodePointsOfAllLengths) {
  const std::string_view text = "aé€😀";
  std::vector<char32_t> forward;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    forward.push_back(c.value);
    at += c.length;
  }
  EXPECT_EQ(forward, (std::vector<char32_t>{U'a', U'é', U'€', U'😀'}));
  std::vector<char32_t> backward;
  for (std::size_t at = text.size(); at > 0;) {
    const CodePoint c = CodePointBefore(text, at);
    backward.push_back(c.value);
    at -= c.length;
  }
  EXPECT_EQ(backward, (std::vector<char32_t>{U'😀', U'€', U'é', U'a'}));
  EXPECT_EQ(CountCodePoints(text), 4U);
}

TEST(UnicodeTest, AppendingGivesWhatWasRead) {
  for (const char32_t c : {U'a', U'\u07FF', U'\u0800', U'\uFFFD', U'\U00010000', U'\U0010FFFF'}) {
    std::string out;
    AppendUtf8(out, c);
    EXPECT_EQ(FirstCodePoint(out), c);
    EXPECT_EQ(CodePointAt(out, 0).length, out.size());
  }
}

TEST(UnicodeTest, EmptyTextHasNoClass) {
  EXPECT_EQ(FirstCodePoint(""), 0U);
  EXPECT_EQ(LastCodePoint(""), 0U);
  EXPECT_FALSE(StartsUpper(""));
  EXPECT_FALSE(IsAllUpper(""));
  EXPECT_FALSE(AllDigits(""));
  EXPECT_EQ(Fold(""), "");
}

TEST(UnicodeTest, ClassesHoldBeyondAscii) {
  EXPECT_TRUE(StartsUpper("Éire"));
  EXPECT_TRUE(StartsUpper("Москва"));
  EXPECT_FALSE(StartsUpper("éire"));
  EXPECT_TRUE(IsLetter(U'中'));
  EXPECT_TRUE(IsMark(U'\u0301'));
  EXPECT_TRUE(IsSpace(U'\u00A0'));
  EXPECT_TRUE(IsSpace(U'\u2029'));
  EXPECT_FALSE(IsSpace(U'\u200B'));
  EXPECT_TRUE(IsPunctuation(U'…'));
  EXPECT_TRUE(IsSymbol(U'€'));
  EXPECT_TRUE(IsSymbol(U'$'));
  EXPECT_TRUE(IsDash(U'—'));
  EXPECT_TRUE(IsOpeningQuote(U'«'));
  EXPECT_TRUE(IsClosingQuote(U'”'));
}

TEST(UnicodeTest, AllUpperLooksAtLettersOnly) {
  EXPECT_TRUE(IsAllUpper("U.S."));
  EXPECT_TRUE(IsAllUpper("G20"));
  EXPECT_FALSE(IsAllUpper("20"));
  EXPECT_FALSE(IsAllUpper("EUs"));
}

struct FoldCase {
  std::string_view text;
  std::string_view folded;
};

TEST(UnicodeTest, FoldTakesCaseAndAccentsAway) {
  for (const auto& c : std::vector<FoldCase>{
           {"Moscow", "moscow"},
           {"Erdoğan", "erdogan"},
           {"ÎLE-DE-FRANCE", "ile-de-france"},
           {"Søren", "soren"},
           {"Łódź", "lodz"},
           {"Großbritannien", "grossbritannien"},
           {"e\u0301tat", "etat"},
           {"O’Brien", "o'brien"},
           {"Việt Nam", "viet nam"},
       }) {
    EXPECT_EQ(Fold(c.text), c.folded);
  }
}

TEST(UnicodeTest, CaseChanges) {
  EXPECT_EQ(ToLower("ÀÉ Ж"), "àé ж");
  EXPECT_EQ(ToUpper("état"), "ÉTAT");
  EXPECT_EQ(ToTitle("MOSCOW"), "Moscow");
  EXPECT_EQ(ToTitle("'ÉTAT"), "'État");
}

}  // namespace
}  // namespace dateline::text
