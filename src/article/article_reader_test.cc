#include "article/article_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "article/layout_dump.h"
#include "article/testing.h"
#include "text/normalise.h"

namespace dateline::article {
namespace {

namespace fs = std::filesystem;

struct Golden {
  fs::path path;
  std::string name;      ///< the first line, behind "# "
  std::string input;     ///< up to the last line "---"
  std::string expected;  ///< behind it
};
void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.path.stem().string(); }

Golden LoadGolden(const fs::path& path) {
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string all = bytes.str();
  const std::size_t name_end = all.find('\n');
  const std::size_t cut = all.rfind("\n---\n");
  Golden golden{.path = path, .name = all.substr(0, name_end), .input = {}, .expected = {}};
  golden.input = all.substr(name_end + 1, cut == std::string::npos ? cut : cut - name_end);
  if (cut != std::string::npos) golden.expected = all.substr(cut + 5);
  return golden;
}

std::vector<Golden> LoadGoldens() {
  std::vector<Golden> goldens;
  for (const auto& entry : fs::directory_iterator(DATELINE_SOURCE_DIR "/tests/golden/layouts")) {
    if (entry.path().extension() == ".txt") goldens.push_back(LoadGolden(entry.path()));
  }
  std::ranges::sort(goldens, {}, &Golden::path);
  return goldens;
}

std::string DumpOf(std::string_view bytes) {
  const auto normalised = text::Normalise(bytes);
  if (!normalised) return normalised.error().Text();
  return DumpReadings(ReadArticles(normalised->text, {}, TheLayouts()), normalised->text);
}

std::string TestName(const testing::TestParamInfo<Golden>& info) {
  std::string name = info.param.path.stem().string();
  std::ranges::replace_if(name, [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

class GoldenLayout : public testing::TestWithParam<Golden> {};

TEST_P(GoldenLayout, IsReadAsWritten) {
  const Golden& golden = GetParam();
  const std::string got = DumpOf(golden.input);
  if (std::getenv("DATELINE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden.path, std::ios::binary) << golden.name << '\n'
                                                 << golden.input << "---\n"
                                                 << got;
    return;
  }
  EXPECT_EQ(got, golden.expected) << golden.name;
}

/// Every character that is no space lies in a block, or is a mark of layout.
TEST_P(GoldenLayout, NothingIsDropped) {
  const auto normalised = text::Normalise(GetParam().input);
  ASSERT_TRUE(normalised);
  const std::string& text = normalised->text;
  for (const Reading& reading : ReadArticles(text, {}, TheLayouts())) {
    std::uint32_t at = reading.extent.begin;
    std::string between;
    for (const Block& block : reading.blocks) {
      ASSERT_LE(at, block.span.begin) << "blocks overlap or are not sorted";
      ASSERT_LT(block.span.begin, block.span.end);
      between += text.substr(at, block.span.begin - at);
      at = block.span.end;
    }
    ASSERT_LE(at, reading.extent.end);
    between += text.substr(at, reading.extent.end - at);
    // What is left are bullets, numbers of lists, "Q:", ornaments.
    std::erase_if(between, [](char c) {
      return c == ' ' || c == '\n' || !(std::isalpha(static_cast<unsigned char>(c)) != 0);
    });
    for (const std::string_view mark : {"Q", "A", "Question", "Answer"}) {
      for (std::size_t i = between.find(mark); i != std::string::npos; i = between.find(mark))
        between.erase(i, mark.size());
    }
    EXPECT_EQ(between, "");
  }
}

TEST_P(GoldenLayout, LineEndsDoNotMatter) {
  std::string crlf;
  for (const char c : GetParam().input) {
    if (c == '\n') crlf += '\r';
    crlf += c;
  }
  EXPECT_EQ(DumpOf(crlf), DumpOf(GetParam().input));
}

/// Blank lines that part paragraphs may be two or three.
TEST_P(GoldenLayout, MoreBlankLinesChangeNothing) {
  const auto normalised = text::Normalise(GetParam().input);
  ASSERT_TRUE(normalised);
  std::string wider;
  const std::string& input = normalised->text;
  for (std::size_t i = 0; i < input.size(); ++i) {
    wider += input[i];
    if (input[i] == '\n' && i > 0 && input[i - 1] == '\n') wider += "\n\n";
  }
  EXPECT_EQ(DumpOf(wider), DumpOf(input));
}

INSTANTIATE_TEST_SUITE_P(Layouts, GoldenLayout, testing::ValuesIn(LoadGoldens()), TestName);

TEST(ArticleReader, TextWithoutALetterGivesNoStory) {
  for (const char* text : {"", "\n\n \n", "...", "=====\n-----\n", "* * *"}) {
    EXPECT_TRUE(ReadArticles(text, {}, TheLayouts()).empty()) << text;
  }
}

TEST(ArticleReader, AKnownHeadlineMeansTheTextOpensWithItsBody) {
  const std::string text = "Lake ferries\n\nThe ferry runs until midnight, the town said.\n";
  const auto readings = ReadArticles(text, {.headline = true, .one_story = true}, TheLayouts());
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_FALSE(readings[0].article.headline);
  EXPECT_TRUE(std::ranges::none_of(readings[0].blocks,
                                   [](const Block& b) { return b.kind == BlockKind::kHeadline; }));
}

TEST(ArticleReader, ARelatedListThatBeginsInTheFrontIsReadOnce) {
  const std::string_view text =
      "Ferry for a harbour tunnel plan\n\nREAD MORE:\n    CITY, Mayor\n"
      "Sunday, 9 pilots train for it\n\nProtesters waited.\n";
  const auto readings = ReadArticles(text, {}, TheLayouts());
  ASSERT_EQ(readings.size(), 1U);
  std::uint32_t end = 0;
  for (const Block& block : readings[0].blocks) {
    EXPECT_GE(block.span.begin, end) << block.span.of(text);
    end = block.span.end;
  }
}

TEST(ArticleReader, OneStoryIsNotSplit) {
  const std::string text =
      "First title\n\nA sentence of the first story, long enough to count.\n\n"
      "==========\n\nSecond title\n\nA sentence of the second, long enough.\n";
  EXPECT_EQ(ReadArticles(text, {}, TheLayouts()).size(), 2U);
  EXPECT_EQ(ReadArticles(text, {.one_story = true}, TheLayouts()).size(), 1U);
}

}  // namespace
}  // namespace dateline::article
