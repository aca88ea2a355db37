#include "digest.h"

#include <gtest/gtest.h>

namespace dateline::cli {
namespace {

/// A story of two sentences with one of everything the digest shows.
class DigestTest : public ::testing::Test {
 protected:
  DigestTest() {
    story_.text =
        "Council to meet\n"
        "\"We will meet Norland,\" Ada Quill said. It rained.\n";
    story_.source.path = "story.txt";
    story_.article.headline = "Council to meet";
    story_.article.date_published = DateTime{};
    story_.article.date_published->date = *MakeDate(2021, 3, 4);
    story_.article.location_created = "OSLAVIA";
    story_.article.author = {"Tom Hale", "Eve Moor"};
    story_.blocks = {
        {BlockKind::kHeadline, At("Council to meet"), {}},
        {BlockKind::kParagraph, At("\"We will meet Norland,\" Ada Quill said. It rained."), {}}};
    story_.sentences = {{At("Council to meet"), BlockIndex{0}},
                        {At("\"We will meet Norland,\" Ada Quill said."), BlockIndex{1}},
                        {At("It rained."), BlockIndex{1}}};
    story_.entities.emplace_back().name = "Ada Quill";
    story_.attributions = {{.kind = AttributionKind::kDirect,
                            .source = {At("Ada Quill")},
                            .entity = EntityIndex{0},
                            .cue = {At("said")},
                            .cue_lemma = "say",
                            .content = {At("\"We will meet Norland,\"")}}};
    Event event;
    event.cameo = "042";
    event.plover = "CONSULT";
    event.mode = "visit";
    event.trigger = At("meet Norland");
    event.trigger.end = event.trigger.begin + 4;
    event.evidence = {At("\"We will meet Norland,\" Ada Quill said.")};
    event.source = {{.entity = EntityIndex{0}, .actor = "OSLGOV", .span = At("We")}};
    event.target = {{.entity = {}, .actor = "", .span = At("Norland")}};
    event.status = EventStatus::kPlanned;
    event.attributed_to = AttributionIndex{0};
    story_.events = {event};
  }

  [[nodiscard]] Span At(std::string_view part) const {
    const std::size_t begin = story_.text.rfind(part);
    return MakeSpan(begin, begin + part.size());
  }

  Story story_;
};

TEST_F(DigestTest, ShowsHeadWhoSaidWhatAndWhoDidWhatWithTheSentence) {
  EXPECT_EQ(WriteDigest(story_, {.page = {.width = 60}}),
            "Council to meet\n"
            "2021-03-04 · OSLAVIA · by Tom Hale, Eve Moor\n"
            "story.txt\n"
            "\n"
            "Who said what\n"
            "  Ada Quill said: \"We will meet Norland,\"\n"
            "      > \"We will meet Norland,\" Ada Quill said.\n"
            "\n"
            "Who did what to whom\n"
            "  Ada Quill (OSLGOV) — consult: visit [042] → Norland ·\n"
            "    planned · says Ada Quill\n"
            "      > \"We will meet Norland,\" Ada Quill said.\n"
            "\n");
}

TEST_F(DigestTest, WithoutAnalysisTheBodyIsShown) {
  EXPECT_EQ(WriteDigest(story_, {.page = {.width = 60}, .analysed = false}),
            "Council to meet\n"
            "2021-03-04 · OSLAVIA · by Tom Hale, Eve Moor\n"
            "story.txt\n"
            "\n"
            "\"We will meet Norland,\" Ada Quill said. It rained.\n"
            "\n");
}

TEST_F(DigestTest, AStoryWithoutFindingsSaysSo) {
  story_.attributions.clear();
  story_.events.clear();
  EXPECT_NE(WriteDigest(story_, {}).find("Nobody is quoted and no political event was found."),
            std::string::npos);
}

TEST_F(DigestTest, CueAndTriggerAreMarkedInColour) {
  const std::string shown = WriteDigest(story_, {.page = {.width = 200, .color = true}});
  EXPECT_NE(shown.find("Ada Quill \x1b[0;32msaid\x1b[0;2m."), std::string::npos) << shown;
  EXPECT_NE(shown.find("will \x1b[0;32mmeet\x1b[0;2m Norland"), std::string::npos) << shown;
}

TEST_F(DigestTest, AnEmptyStoryIsNoTrouble) {
  EXPECT_EQ(WriteDigest(Story{}, {}),
            "(no headline)\n\nNobody is quoted and no political event was found.\n\n");
}

}  // namespace
}  // namespace dateline::cli
