#include "archive/fact_search.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace dateline::archive {
namespace {

Story StoryWithName(const std::string& name) {
  Story story;
  story.article.date_published =
      DateTime{.date = *ParseDate("2031-05-04"), .time = {}, .utc_offset = {}};
  story.entities.push_back({EntityType::kPerson, name, "CHN", "CHNGOV", {}, {}});
  Event event;
  event.cameo = "042";
  event.plover = "CONSULT";
  event.source = {{EntityIndex{0}, "CHNGOV", {}}};
  event.place = EventPlace{"St. John's-by-the-Sea", "GBR", 1.5, 2.5};
  event.date = *ParseDate("2031-05-03");
  story.events = {event, event};
  story.attributions.push_back(
      {AttributionKind::kIndirect, {}, EntityIndex{0}, {}, "say", {Span{}}, 0.9});
  return story;
}

void ExpectSame(const std::vector<FactWords>& prepared, std::int64_t story,
                const std::vector<FactWords>& cut) {
  ASSERT_EQ(prepared.size(), cut.size());
  for (std::size_t i = 0; i < cut.size(); ++i) {
    EXPECT_EQ(RowidOfStory(prepared[i].rowid, story), cut[i].rowid);
    EXPECT_EQ(prepared[i].words, cut[i].words);
  }
}

TEST(FactSearchTest, WordsPreparedWithoutAnArchiveAreThoseOfItsTokenizer) {
  const auto database = *Database::Open(":memory:", Access::kWrite);
  const Tokenizer tokenizer(*database);
  const std::string very_long(40000, 'q');
  for (const std::string& name : std::vector<std::string>{
           "Li Shangfu", "O'Brien-Smith, J.R.", "  a_b\tC3PO ", "-", "", "X\x01Y", very_long}) {
    const Story story = StoryWithName(name);
    const auto prepared = AsciiWords(story);
    ASSERT_TRUE(prepared) << name;
    ExpectSame(prepared->events, 7, EventWords(story, 7, tokenizer));
    ExpectSame(prepared->quotes, 7, QuoteWords(story, 7, tokenizer));
  }
}

TEST(FactSearchTest, NamesOfMoreThanAsciiAreLeftToTheTokenizer) {
  EXPECT_FALSE(AsciiWords(StoryWithName("Jos\u00e9 Mar\u00eda")));
  EXPECT_FALSE(AsciiWords(StoryWithName("Li \u2019 Shangfu")));
}

}  // namespace
}  // namespace dateline::archive
