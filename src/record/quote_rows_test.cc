#include "record/quote_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "dateline/record.h"
#include "record/sample_story.h"
#include "record/testing/cells.h"

namespace dateline::record {
namespace {

TEST(QuoteWords, SayWhoSaidWhatWhenAndWhere) {
  const Story story = FullStory();
  const QuoteWords words = WordsOf(story, story.attributions[0]);
  EXPECT_EQ(words.speaker, story.entities[1].name);
  EXPECT_EQ(words.source, "Ola Ek");
  EXPECT_EQ(words.cue, "said");
  EXPECT_EQ(words.quote, "“We cannot go,”");
  EXPECT_EQ(words.date, "2031-05-04");
  EXPECT_EQ(words.sentence, "“We cannot go,” Ola Ek said in Halvik on Sunday 🌅.");
}

TEST(QuoteWords, TakeTheDayOfPublicationWhereNoneIsNamed) {
  Story story = FullStory();
  story.times.clear();
  story.article.date_published = *ParseDateTime("2031-05-06");
  EXPECT_EQ(WordsOf(story, story.attributions[0]).date, "2031-05-06");
}

TEST(QuoteWords, ADayInWhatIsSaidIsNotThatOfTheSaying) {
  Story story = FullStory();
  story.article.date_published = *ParseDateTime("2031-05-06");
  story.attributions[0].content = {Find(story.text, "in Halvik on Sunday")};
  EXPECT_EQ(WordsOf(story, story.attributions[0]).date, "2031-05-06");
}

TEST(QuoteWords, NameTheSourceWhereTheSpeakerIsUnknown) {
  Story story = FullStory();
  story.attributions[0].entity.reset();
  const QuoteWords words = WordsOf(story, story.attributions[0]);
  EXPECT_EQ(words.speaker, "Ola Ek");
  EXPECT_EQ(words.country, "");
}

TEST(QuoteRows, HaveAsManyCellsAsTheHeader) {
  const std::string rows = WriteQuoteRows(FullStory());
  ASSERT_TRUE(rows.ends_with("\r\n"));
  EXPECT_EQ(Cells(rows), Cells(QuoteRowHeader()));
}

TEST(QuoteRows, NameWhatTheyStandInside) {
  Story story = FullStory();
  Attribution inner = story.attributions[0];
  inner.inside = AttributionIndex{0};
  inner.negated = true;
  story.attributions.push_back(inner);
  const std::string rows = WriteQuoteRows(story);
  EXPECT_NE(rows.find(",a2,a1,"), rows.npos) << rows;
  EXPECT_NE(rows.find(",say,true,"), rows.npos) << rows;
}

TEST(QuoteRows, DefuseFormulas) {
  Story story = FullStory();
  story.attributions[0].entity.reset();
  story.text[story.attributions[0].source[0].begin] = '=';
  EXPECT_NE(WriteQuoteRows(story).find(",'=la Ek,"), std::string::npos) << WriteQuoteRows(story);
}

TEST(QuoteRows, AreNoneForAStoryWithoutQuotes) {
  EXPECT_EQ(WriteQuoteRows(Story{}), "");
  EXPECT_EQ(WriteQuoteLines(Story{}), "");
}

}  // namespace
}  // namespace dateline::record
