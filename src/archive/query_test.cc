#include "archive/query.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dateline::archive {
namespace {

struct Case {
  const char* name;
  std::string query;
  std::string match;  ///< the expression, else "error: " and the message
};

void PrintTo(const Case& example, std::ostream* out) { *out << example.name; }

class QueryTest : public testing::TestWithParam<Case> {};

TEST_P(QueryTest, BecomesAnExpression) {
  const auto query = ParseQuery(GetParam().query);
  EXPECT_EQ(query ? query->match : "error: " + query.error().message, GetParam().match);
}

std::string Nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '(') + "tie" +
         std::string(static_cast<std::size_t>(depth), ')');
}

INSTANTIATE_TEST_SUITE_P(
    Queries, QueryTest,
    testing::Values(
        Case{"one word", "ties", "\"ties\""},
        Case{"words side by side", "close ties", "(\"close\" AND \"ties\")"},
        Case{"and", "ties AND trade", "(\"ties\" AND \"trade\")"},
        Case{"small letters are words", "ties and trade", "(\"ties\" AND \"and\" AND \"trade\")"},
        Case{"or binds less than and", "a OR b c", "(\"a\" OR (\"b\" AND \"c\"))"},
        Case{"parentheses", "ties AND (Halvik OR Oslavia)",
             "(\"ties\" AND (\"Halvik\" OR \"Oslavia\"))"},
        Case{"not binds most", "ties NOT trade pact", "((\"ties\" NOT \"trade\") AND \"pact\")"},
        Case{"phrase", "\"close ties\"", "\"close ties\""},
        Case{"beginning", "negotiat*", "\"negotiat\" *"},
        Case{"headline", "headline:pact ties", "(headline : \"pact\" AND \"ties\")"},
        Case{"headline phrase", "headline:\"trade pact\"", "headline : \"trade pact\""},
        Case{"apostrophe", "can't", "\"can't\""}, Case{"hyphen", "US-China", "\"US-China\""},
        Case{"marks alone are no words", "ties & -- trade", "(\"ties\" AND \"trade\")"},
        Case{"other scripts", "переговоры", "\"переговоры\""},
        Case{"FTS5's own words are words", "NEAR text: ^a {b}",
             "(\"NEAR\" AND \"text:\" AND \"^a\" AND \"{b}\")"},
        Case{"NUL", std::string("a\0b", 3), "\"ab\""},
        Case{"nothing", "",
             "error: a word is missing beside AND, OR or NOT, or between '(' and ')'"},
        Case{"marks only", "--", "error: there is no word to search for"},
        Case{"open phrase", "\"ties", "error: a quotation mark is not closed"},
        Case{"open parenthesis", "(ties", "error: a '(' is not closed"},
        Case{"closed parenthesis", "ties)", "error: there is a ')' without its '('"},
        Case{"nothing behind AND", "ties AND",
             "error: a word is missing beside AND, OR or NOT, or between '(' and ')'"},
        Case{"NOT first", "NOT ties",
             "error: NOT stands between what is wanted and what is not: 'ties NOT trade'"},
        Case{"NOT after marks only", "ties AND -- NOT pact",
             "error: NOT stands between what is wanted and what is not: 'ties NOT trade'"},
        Case{"deep", Nested(32), "\"tie\""},
        Case{"too deep", Nested(33), "error: parentheses stand more than 32 deep"}));

TEST(QueryTest, MoreThan64WordsAreRefused) {
  std::string text;
  for (int i = 0; i < 65; ++i) text += "w ";
  const auto query = ParseQuery(text);
  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().message, "it has more than 64 words; use fewer");
}

TEST(QueryTest, ExclusionIsTold) {
  EXPECT_TRUE(ParseQuery("a NOT b")->excludes);
  EXPECT_FALSE(ParseQuery("a b")->excludes);
}

TEST(QueryTest, NamesAreWordsInOrder) {
  EXPECT_EQ(*NameQuery("Ola \"Bo\" Ek"), "\"Ola \"\"Bo\"\" Ek\"");
  EXPECT_FALSE(NameQuery("--"));
}

}  // namespace
}  // namespace dateline::archive
