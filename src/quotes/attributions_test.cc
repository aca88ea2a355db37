#include "quotes/attributions.h"

#include <algorithm>
#include <array>
#include <string>

#include "gtest/gtest.h"
#include "quotes/testing/golden.h"
#include "quotes/testing/marked_story.h"
#include "tables/tables.h"

namespace dateline::quotes {
namespace {

using testing::MakeMarkedStory;

const tables::Tables& TheTables() {
  static const auto tables =
      tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return *tables;
}

const AttributionFinder& Finder() {
  static const auto finder =
      AttributionFinder::Load(TheTables(), DATELINE_BUILD_DIR "/share/dateline/attributions.dlm");
  return *finder;
}

std::string TextOf(const std::vector<Span>& spans, std::string_view text) {
  std::string out;
  for (const Span span : spans) {
    if (!out.empty()) out += " … ";
    out += span.of(text);
  }
  return out;
}

std::string SourceOf(const Attribution& a, const Story& story) {
  return TextOf(a.source, story.text) + " = " +
         (a.entity ? story.entities[Raw(*a.entity)].name : "?");
}

/// "kind | source = entity | cue | content", then what else is known of the saying; a line for each
/// attribution, indented where it stands inside another.
std::string Line(const Attribution& a, const Story& story) {
  std::string out = std::string(AttributionKindName(a.kind)) + " | " + SourceOf(a, story);
  out += " | " + TextOf(a.cue, story.text) + " | " + TextOf(a.content, story.text);
  if (!a.addressee.empty()) out += " | to " + TextOf(a.addressee, story.text);
  if (!a.medium.empty()) out += " | in " + TextOf(a.medium, story.text);
  if (a.modal) out += " | modal " + *a.modal;
  if (a.negated) out += " | negated";
  return out + "\n";
}

std::string Dump(const Story& given) {
  Story story = given;
  Finder().Annotate(story);
  std::string out;
  for (const Attribution& a : story.attributions) {
    for (auto outer = a.inside; outer; outer = story.attributions[Raw(*outer)].inside) out += "  ";
    out += Line(a, story);
  }
  for (const QuotedPhrase& phrase : story.quoted_phrases) {
    out += std::string(QuotedKindName(phrase.kind)) + " " +
           std::string(phrase.span.of(story.text)) + "\n";
  }
  return out;
}

TEST(Attributions, AreFoundAsTheGoldenFilesSay) {
  testing::CheckGoldens(DATELINE_SOURCE_DIR "/tests/golden/quotes", [](const std::string& input) {
    return Dump(MakeMarkedStory(input).story);
  });
}

/// What is learned is not exact: most examples of the table, not every one, must be read as speech.
TEST(CueTable, MostExamplesAreFound) {
  const tables::Table* table = *TheTables().Get("quotes/cues");
  const auto example = *table->GetColumn("example");
  std::string missed;
  std::uint32_t count = 0;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const Story story = MakeMarkedStory(table->Cell(row, example)).story;
    if (!Finder().Find(story).empty()) continue;
    ++count;
    missed.append(table->Cell(row, example)).append("\n");
  }
  EXPECT_LE(count * 100, 25 * table->row_count()) << missed;
}

Story Transcript() {
  Story story = MakeMarkedStory(
                    "[Ann Lee|PERGOV] met [Bo Diaz|CHLGOV].\n\nNo deal has been made.\n\nAnd why "
                    "not?\n\nIt was late.")
                    .story;
  const std::array<std::string, 3> speakers{"LEE", "DIAZ", "DIAZ"};
  for (std::size_t i = 0; i < speakers.size(); ++i) {
    story.blocks[i + 1].kind = BlockKind::kUtterance;
    story.blocks[i + 1].speaker = speakers[i];
  }
  return story;
}

TEST(Attributions, AnUtteranceIsItsSpeakersSpeech) {
  const Story story = Transcript();
  EXPECT_EQ(Dump(story),
            "direct |  = Ann Lee |  | No deal has been made.\n"
            "direct |  = Bo Diaz |  | And why not? … It was late.\n");
}

TEST(Attributions, OneSpeakerAloneMakesNoTranscript) {
  Story story = Transcript();
  for (Block& block : story.blocks) {
    if (block.speaker) block.speaker = "LEE";
  }
  EXPECT_EQ(Dump(story), "");
}

TEST(Attributions, AnAnswerIsOfWhomTheInterviewIsWith) {
  Story story = MakeMarkedStory(
                    "[Ann Lee|PERGOV] met the Post.\n\nWhy is it closed?\n\nIt was late.\n\nIt "
                    "rained.\n\nWhen will it open?\n\nSoon.")
                    .story;
  using enum BlockKind;
  const std::array<BlockKind, 5> kinds{kQuestion, kAnswer, kAnswer, kQuestion, kAnswer};
  for (std::size_t i = 0; i < kinds.size(); ++i) story.blocks[i + 1].kind = kinds[i];
  EXPECT_EQ(Dump(story),
            "direct |  = ? |  | Why is it closed?\n"
            "direct |  = Ann Lee |  | It was late. … It rained.\n"
            "direct |  = ? |  | When will it open?\n"
            "direct |  = Ann Lee |  | Soon.\n");
}

TEST(Attributions, ContentsNestOrStandApartAndLieInTheText) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text +=
        "\"We [go|ABC],\" said [Ann|PERGOV], adding that he \"knew\" it, and claimed \"A. B.\" ";
    if (i % 7 == 0) text += "\" ";
    if (i % 11 == 0) text += "\n\n";
  }
  const Story story = MakeMarkedStory(text).story;
  std::vector<std::uint32_t> ends;
  for (const Attribution& a : Finder().Find(story)) {
    ASSERT_FALSE(a.content.empty());
    ASSERT_LE(a.content.back().end, story.text.size());
    while (!ends.empty() && ends.back() <= a.content.front().begin) ends.pop_back();
    ASSERT_TRUE(ends.empty() || a.content.back().end <= ends.back());
    ends.push_back(a.content.back().end);
  }
}

TEST(Attributions, TenThousandQuotationsTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "\"We go on,\" said [Ann|PERGOV], \"and on,\" ";
  const Story story = MakeMarkedStory(text).story;
  EXPECT_GE(Finder().Find(story).size(), 1000U);
}

TEST(Attributions, EmptyStoryGivesNone) { EXPECT_TRUE(Finder().Find(Story{}).empty()); }

}  // namespace
}  // namespace dateline::quotes
