#include "quotes/quotation.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dateline::quotes {
namespace {

/// The quotations of a text of one block, each as "depth:inner", an unclosed one with "…" behind
/// it.
std::string Dump(const std::string& text) {
  Block block;
  block.span = MakeSpan(0, text.size());
  std::string out;
  for (const Quotation& quotation : PairQuotations(text, {block})) {
    if (!out.empty()) out += " | ";
    out += std::to_string(quotation.depth) + ":" + std::string(quotation.inner.of(text));
    if (!quotation.closed) out += " …";
  }
  return out;
}

struct Case {
  std::string name;
  std::string text;
  std::string want;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Pairing : public testing::TestWithParam<Case> {};

TEST_P(Pairing, IsAsWritten) {
  EXPECT_EQ(Dump(GetParam().text), GetParam().want) << GetParam().text;
}

const Case kCases[] = {
    {"none", "He left.", ""},
    {"straight", "\"We go,\" he said.", "0:We go,"},
    {"straight_interrupted", "\"We go,\" he said. \"We run.\"", "0:We go, | 0:We run."},
    {"curly", "“We go,” he said.", "0:We go,"},
    {"curly_nested", "“She called it ‘odd’ twice,” he said.",
     "0:She called it ‘odd’ twice, | 1:odd"},
    {"british_nested", "'He said \"no\" again,' she wrote.", "0:He said \"no\" again, | 1:no"},
    {"curly_single", "‘We go,’ he said.", "0:We go,"},
    {"backticks", "``We go,'' he said.", "0:We go,"},
    {"doubled_apostrophes", "''We go,'' he said.", "0:We go,"},
    {"guillemets", "«We go», he said.", "0:We go"},
    {"low", "„We go“, he said.", "0:We go"},
    {"apostrophes", "Don't touch the workers' hall, it's ours.", ""},
    {"curly_apostrophes", "Don’t touch the workers’ hall, it’s ours.", ""},
    {"decade", "The '90s were 'wild', he said.", "0:wild"},
    {"plural_in_single", "‘The workers’ hall burns,’ he said.", "0:The workers’ hall burns,"},
    {"inches", "A 12\" record and a 7\" one.", ""},
    {"space_before_close", "\"We cooperate, \" he said.", "0:We cooperate, "},
    {"open_to_the_end", "“We go and we stay and we sing.", "0:We go and we stay and we sing. …"},
    {"open_too_short", "“We go.", ""},
    {"close_alone", "We go,” he said.", ""},
    {"first_never_closed", "\"We go, he said. \"We stay,\" she said.", "0:We stay,"},
    {"accented_neighbour", "né\"e \"Zoé\" né", "0:Zoé"},
    {"after_bracket", "(\"We go\")", "0:We go"},
    {"empty", "\"\"", "0:"},
    {"open_before_speech_of_its_own", "\"He walked in, shouting “We go now,” and left.",
     "0:We go now,"},
    {"open_before_a_single_one", "“He walked in and said ‘We go’ and left.",
     "0:He walked in and said ‘We go’ and left. … | 1:We go"},
    {"closed_by_an_opening_mark", "“We go now.“ He left.", "0:We go now."},
};
INSTANTIATE_TEST_SUITE_P(Marks, Pairing, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(PairQuotations, EachParagraphOpensAgain) {
  const std::string text = "“First of all we go.\n“Then we stay,” he said.";
  Block first;
  first.span = MakeSpan(0, text.find('\n'));
  Block second;
  second.span = MakeSpan(text.find('\n') + 1, text.size());
  const auto found = PairQuotations(text, {first, second});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].closed);
  EXPECT_EQ(found[0].outer.end, first.span.end);
  EXPECT_TRUE(found[1].closed);
}

TEST(PairQuotations, LeavesOutWhatIsNotProse) {
  const std::string text = "\"A headline of another story\"";
  Block block;
  block.kind = BlockKind::kRelated;
  block.span = MakeSpan(0, text.size());
  EXPECT_TRUE(PairQuotations(text, {block}).empty());
}

TEST(PairQuotations, TenThousandMarksAreNoProblem) {
  std::string text;
  for (int i = 0; i < 10001; ++i) text += "\"a b c d\" said he, 'e' ‘f” ";
  Block block;
  block.span = MakeSpan(0, text.size());
  EXPECT_GE(PairQuotations(text, {block}).size(), 10000U);
}

}  // namespace
}  // namespace dateline::quotes
