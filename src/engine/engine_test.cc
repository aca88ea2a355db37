// The public door: what a user of the library relies on.
#include "dateline/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "dateline/record.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

EngineOptions BuiltTables() {
  return {
      .tables = DATELINE_BUILD_DIR "/share/dateline/dateline.tables", .model = {}, .overlays = {}};
}

const Engine& SharedEngine() {
  static const Engine engine = [] {
    auto opened = Engine::Open(BuiltTables());
    if (!opened) throw std::runtime_error(opened.error().Text());
    return std::move(*opened);
  }();
  return engine;
}

std::vector<Story> Read(std::string_view bytes, const ReadOptions& options = {}) {
  Scratch scratch;
  auto stories = SharedEngine().Read(bytes, options, scratch);
  EXPECT_TRUE(stories) << stories.error().Text();
  return stories ? std::move(*stories) : std::vector<Story>();
}

std::vector<std::string> ExampleTexts() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(DATELINE_SOURCE_DIR "/examples/stories")) {
    paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

std::string Records(const Engine& engine, const std::vector<std::string>& texts) {
  Scratch scratch;
  std::string out;
  for (const std::string& text : texts) {
    auto stories = engine.Read(text, {}, scratch);
    if (!stories) return "failed: " + stories.error().Text();
    for (const Story& story : *stories) out += WriteRecord(story, {.tokens = true}) + "\n";
  }
  return out;
}

constexpr std::string_view kStory =
    " date 2021-03-09 WORLD\n"
    "Ruritania reopens embassy in Lima\n"
    "March 9, 2021\n"
    "\n"
    "Ruritania reopened its embassy in Lima on Tuesday.\n"
    "\n"
    "\"We are glad,\" Ambassador Rolf Hentzau said.\n";

/// What is read together goes through each stage together, and is as if read alone.
TEST(Engine, SeveralInputsAtOnceAreReadAsEachAlone) {
  const std::vector<std::string> texts = ExampleTexts();
  std::vector<ReadInput> inputs;
  for (std::size_t round = 0; round < 8; ++round) {
    for (const std::string& text : texts)
      inputs.push_back({.bytes = text, .options = {.explain = inputs.size() % 3 == 0}});
    inputs.push_back({.bytes = "..."});  // no letter of text
    inputs.push_back({.bytes = "{", .options = {.format = Format::kJson, .path = "broken.json"}});
  }
  Scratch scratch;
  const std::vector<ReadResult> together = SharedEngine().ReadAll(inputs, scratch);
  ASSERT_EQ(together.size(), inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const ReadResult alone = SharedEngine().ReadAll(inputs[i].bytes, inputs[i].options, scratch);
    ASSERT_EQ(together[i].stories.size(), alone.stories.size());
    for (std::size_t story = 0; story < alone.stories.size(); ++story)
      EXPECT_EQ(WriteRecord(together[i].stories[story], {.tokens = true, .explain = true}),
                WriteRecord(alone.stories[story], {.tokens = true, .explain = true}));
    ASSERT_EQ(together[i].problems.size(), alone.problems.size());
    for (std::size_t k = 0; k < alone.problems.size(); ++k)
      EXPECT_EQ(together[i].problems[k].Text(), alone.problems[k].Text());
  }
  EXPECT_TRUE(SharedEngine().ReadAll(std::span<const ReadInput>(), scratch).empty());
}

TEST(Engine, ReadsAStoryWithItsArticleAndText) {
  const auto stories = Read(kStory, {.path = "lima.txt"});
  ASSERT_EQ(stories.size(), 1U);
  const Story& story = stories[0];
  EXPECT_EQ(story.article.headline, "Ruritania reopens embassy in Lima");
  EXPECT_EQ(story.article.article_section, "WORLD");
  ASSERT_TRUE(story.article.date_published);
  EXPECT_EQ(FormatDateTime(*story.article.date_published), "2021-03-09");
  EXPECT_EQ(story.source.path, "lima.txt");
  EXPECT_EQ(story.id.size(), 32U);
  EXPECT_FALSE(story.sentences.empty());
}

TEST(Engine, EveryByteOfTheTextHasAPlaceInTheSource) {
  const auto stories = Read(kStory);
  ASSERT_EQ(stories.size(), 1U);
  for (const Block& block : stories[0].blocks) {
    const Span source = stories[0].alignment.ToSource(block.span);
    EXPECT_EQ(source.of(kStory), block.span.of(stories[0].text));
  }
}

TEST(Engine, AJsonRecordCarriesItsIdAndFields) {
  const auto stories = Read(
      R"({"id": "x-7", "headline": "Dam opens", "date": "2020-02-03", "text": "LIMA - The dam opened on Monday."})",
      {.format = Format::kJson, .path = {}});
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories[0].source.id, "x-7");
  EXPECT_EQ(stories[0].article.headline, "Dam opens");
  EXPECT_EQ(stories[0].article.location_created, "LIMA");
  ASSERT_FALSE(stories[0].blocks.empty());
  EXPECT_EQ(stories[0].blocks[0].span.of(stories[0].text), "Dam opens");
}

TEST(Engine, TheHeadlineOfAJsonRecordHasNoPlaceInItsText) {
  const auto stories =
      Read(R"({"headline": "Dam opens", "text": "The dam opened in Lima on Monday."})",
           {.format = Format::kJson, .path = {}});
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_TRUE(stories[0].alignment.ToSource(stories[0].blocks.front().span).empty());
  EXPECT_EQ(stories[0].alignment.ToSource(stories[0].blocks.back().span).begin, 0U);
}

TEST(Engine, WithoutLayoutTheWholeTextIsProse) {
  const auto stories = Read("By Ann Lee\n\nREAD MORE: Lake\n\nSOURCE: AFP\n",
                            {.format = Format::kText, .path = {}, .layout = false});
  ASSERT_EQ(stories.size(), 1U);
  EXPECT_EQ(stories[0].blocks.size(), 3U);
  for (const Block& block : stories[0].blocks) EXPECT_EQ(block.kind, BlockKind::kParagraph);
}

TEST(Engine, TextWithoutALetterIsNoStory) {
  EXPECT_TRUE(Read("").empty());
  EXPECT_TRUE(Read(" \n\n \t \n").empty());
}

TEST(Engine, ABinaryFileIsAnErrorThatNamesThePlace) {
  Scratch scratch;
  const std::string bytes(
      "\x7f"
      "ELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00",
      20);
  const auto stories = SharedEngine().Read(bytes, {.path = "program"}, scratch);
  ASSERT_FALSE(stories);
  EXPECT_EQ(stories.error().code, ErrorCode::kMalformed);
  EXPECT_THAT(stories.error().where, testing::StartsWith("program@"));
}

TEST(Engine, MissingTablesAreAnErrorThatNamesTheFile) {
  const auto engine = Engine::Open({.tables = "no/such/file.tables", .model = {}, .overlays = {}});
  ASSERT_FALSE(engine);
  EXPECT_THAT(engine.error().Text(), testing::HasSubstr("no/such/file.tables"));
}

TEST(Engine, AMissingModelIsAnErrorThatNamesTheFile) {
  EngineOptions options = BuiltTables();
  options.model = "no/such/english.dlm";
  const auto engine = Engine::Open(options);
  ASSERT_FALSE(engine);
  EXPECT_THAT(engine.error().Text(), testing::HasSubstr("no/such/english.dlm"));
}

TEST(Engine, AStoryInAnotherLanguageIsMarkedAndNotAnalysed) {
  const auto stories = Read(
      "Los ministros firman el acuerdo\n\nLos ministros de ambos países firmaron el acuerdo el "
      "lunes por la noche en Madrid, según la agencia. El presidente dijo que era un gran día.\n");
  ASSERT_EQ(1U, stories.size());
  EXPECT_EQ("es", stories[0].article.in_language);
  EXPECT_EQ("Los ministros firman el acuerdo", stories[0].article.headline);
  EXPECT_TRUE(stories[0].tokens.empty());
  EXPECT_TRUE(stories[0].events.empty());
}

TEST(Engine, AStoryInEnglishIsMarkedWhateverItWasDeclared) {
  const auto stories = Read(R"({"text": "The ministers of both countries signed the agreement on )"
                            R"(Monday evening, the agency said.", "language": "fr"})");
  ASSERT_EQ(1U, stories.size());
  EXPECT_EQ("en", stories[0].article.in_language);
  EXPECT_FALSE(stories[0].tokens.empty());
}

TEST(Engine, TwoEnginesLiveInOneProcess) {
  const auto first = Engine::Open(BuiltTables());
  const auto second = Engine::Open(BuiltTables());
  ASSERT_TRUE(first && second);
  const auto texts = ExampleTexts();
  EXPECT_EQ(Records(*first, texts), Records(*second, texts));
}

TEST(Engine, AnyNumberOfThreadsGivesTheSameBytes) {
  const auto texts = ExampleTexts();
  const std::string alone = Records(SharedEngine(), texts);
  std::vector<std::string> results(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& result : results) {
      threads.emplace_back([&] { result = Records(SharedEngine(), texts); });
    }
  }
  EXPECT_THAT(results, testing::Each(alone));
}

TEST(Engine, BlankLinesAddedChangeNoEvent) {
  const auto events = [](std::string_view text) {
    std::vector<std::string> found;
    for (const Story& story : Read(text)) {
      for (const Event& event : story.events) {
        found.push_back(event.cameo + " " + std::string(event.trigger.of(story.text)));
      }
    }
    return found;
  };
  for (const std::string& text : ExampleTexts()) {
    if (text.starts_with("{")) continue;
    std::string wider;
    for (std::size_t at = 0; at < text.size(); ++at) {
      wider += text[at];
      if (text[at] == '\n' && at > 0 && text[at - 1] == '\n') wider += "\n\n";
    }
    EXPECT_EQ(events(text), events(wider));
  }
}

}  // namespace
}  // namespace dateline
