#include "syntax/lemma_script.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace dateline::syntax {
namespace {

TEST(LemmaScript, EditsFormsAsTheTrainingProgramDoes) {
  std::ifstream in("testdata/lemma_scripts.tsv");
  std::size_t cases = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ") || line.starts_with("script\t")) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    const auto script = LemmaScript::Parse(line.substr(0, first));
    ASSERT_TRUE(script) << line;
    EXPECT_EQ(line.substr(second + 1), script->Apply(line.substr(first + 1, second - first - 1)))
        << line;
    ++cases;
  }
  EXPECT_GT(cases, 50U);
}

TEST(LemmaScript, IsAbsentForWhatIsNone) {
  for (const char* script : {"", "x<1>a", "l", "l<", "l<a>", "l<1", "l1>a", "l<-1>"}) {
    EXPECT_FALSE(LemmaScript::Parse(script)) << script;
  }
}

}  // namespace
}  // namespace dateline::syntax
