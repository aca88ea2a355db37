#include "explain_command.h"

#include <gtest/gtest.h>

#include <string>

namespace dateline::cli {
namespace {

/// "Ola met Sud." with one rule of each verdict.
Story SampleStory() {
  Story story;
  story.text = "Ola met Sud.";
  story.sentences = {{{0, 12}, BlockIndex{0}}};
  const auto token = [&](std::uint32_t begin, std::uint32_t end, const char* deprel) {
    Token& added = story.tokens.emplace_back();
    added.span = {begin, end};
    added.lemma = std::string(added.span.of(story.text));
    added.upos = "X";
    added.deprel = deprel;
    if (std::string(deprel) != "root") added.head = TokenIndex{1};
  };
  token(0, 3, "nsubj");
  token(4, 7, "root");
  token(8, 11, "obj");
  token(11, 12, "punct");
  Entity& ola = story.entities.emplace_back();
  ola.name = "Ola";
  ola.actor = "NLDGOV";
  Event& event = story.events.emplace_back();
  event.cameo = "040";
  event.plover = "CONSULT";
  event.trigger = {4, 7};
  event.rule = "040.meet";
  event.confidence = 0.7;
  event.source = {{.entity = EntityIndex{0}, .actor = "NLDGOV", .span = {0, 3}}};
  using enum Candidate::Verdict;
  const auto candidate = [&](Candidate::Verdict verdict, const char* rule, const char* frame,
                             const char* reason) -> Candidate& {
    Candidate& added = story.candidates.emplace_back();
    added.verdict = verdict;
    added.trigger = {4, 7};
    added.rule = rule;
    added.frame = frame;
    added.reason = reason;
    return added;
  };
  candidate(kRefused, "x.no", "S V W", "no-word");
  candidate(kRefused, "x.to", "S V to:O", "no-target");
  Candidate& sport = candidate(kRejected, "x.sport", "", "sport");
  sport.cameo = "190";
  sport.detail = "cup";
  Candidate& met = candidate(kAccepted, "040.meet", "S V O", "");
  met.cameo = "040";
  met.detail = "occurred";
  met.source = event.source;
  return story;
}

TEST(Explain, ShowsTreeActorsRulesAndEvents) {
  EXPECT_EQ(WriteExplanation(SampleStory(), false, {.width = 60}),
            "Ola met Sud.\n"
            "\n"
            "Tree\n"
            "  met     met  X  root\n"
            "  ├─ Ola  Ola  X  nsubj\n"
            "  ├─ Sud  Sud  X  obj\n"
            "  └─ .    .    X  punct\n"
            "\n"
            "Who, where, when\n"
            "  Ola  NLDGOV  other\n"
            "\n"
            "Rules tried\n"
            "  met\n"
            "    ✓  040.meet  040  S V O     NLDGOV → -  occurred\n"
            "    ✗  x.sport   190            - → -       sport: cup\n"
            "    ·  x.to           S V to:O  - → -       no-target – nobody stands where the frame "
            "wants the target (O)\n"
            "  1 more whose words do not stand here or that another outdoes: --all\n"
            "\n"
            "Events\n"
            "  Ola (NLDGOV)  consult [040]  (nobody named)  occurred  0.70 040.meet\n"
            "\n");
}

TEST(Explain, WithAllLeavesNothingOut) {
  const std::string text = WriteExplanation(SampleStory(), true, {.width = 60});
  EXPECT_NE(text.find("x.no"), text.npos);
  EXPECT_EQ(text.find("--all"), text.npos);
}

TEST(Explain, ColoursOnlyWhenAsked) {
  EXPECT_EQ(WriteExplanation(SampleStory(), true, {.width = 60}).find('\x1b'), std::string::npos);
  EXPECT_NE(WriteExplanation(SampleStory(), true, {.width = 60, .color = true}).find('\x1b'),
            std::string::npos);
}

TEST(Explain, TextCannotCommandTheTerminal) {
  Story story = SampleStory();
  story.text[1] = '\x07';
  EXPECT_EQ(WriteExplanation(story, true, {.width = 60}).find('\x07'), std::string::npos);
}

}  // namespace
}  // namespace dateline::cli
