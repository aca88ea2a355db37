#include "events/proposer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_finder.h"
#include "gtest/gtest.h"
#include "quotes/testing/marked_story.h"
#include "syntax/testing/shared_parser.h"
#include "tables/tables.h"

namespace dateline::events {
namespace {

using quotes::testing::MakeMarkedStory;

const tables::Tables& ShippedTables() {
  static const auto tables =
      tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return *tables;
}

/// Patterns, and the classifier where none fires.
const EventFinder& Both() {
  static const auto finder =
      EventFinder::Load(ShippedTables(), DATELINE_BUILD_DIR "/share/dateline/events.dlm",
                        syntax::testing::SharedParser().Vectors());
  return *finder;
}

const EventFinder& PatternsAlone() {
  static const auto finder = EventFinder::Load(ShippedTables());
  return *finder;
}

/// "110 KEN -> UGA by learned", a line for each event.
std::string Told(const std::vector<Event>& events) {
  std::string out;
  for (const Event& event : events) {
    if (!out.empty()) out += "; ";
    out += event.cameo + " " + (event.source.empty() ? "-" : event.source.front().actor) + " -> " +
           (event.target.empty() ? "-" : event.target.front().actor) + " by " + event.rule;
  }
  return out.empty() ? "nothing" : out;
}

std::string ReadBy(const EventFinder& finder, std::string_view sentence) {
  return Told(finder.Find(MakeMarkedStory(sentence).story, MakeDate(2024, 5, 6)));
}

struct Case {
  const char* sentence;
  const char* told;
};

TEST(Proposer, TellsTheRootOfWordsThatNoPatternHas) {
  constexpr Case kCases[] = {
      {"[Kenya|KEN] pilloried [Uganda|UGA] over the dam.", "110 KEN -> UGA by learned"},
      {"[Mali|MLI] harangued [France|FRA] over the raid.", "110 MLI -> FRA by learned"},
      {"[Norway|NOR] bankrolled [Kenya|KEN] with cheap loans.", "070 NOR -> KEN by learned"},
      {"[Egypt|EGY] torpedoed the plan of [Sudan|SDN] for the dam.", "120 EGY -> SDN by learned"},
      {"[Spain|ESP] hunkered down with [Italy|ITA] at the summit.",
       "040 ESP -> ITA by learned; 040 ITA -> ESP by learned"},
      {"[The troops|TURMIL] of Turkey decimated villages of [Syria|SYR].",
       "190 TURMIL -> SYR by learned"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(ReadBy(PatternsAlone(), one.sentence), "nothing") << one.sentence;
    EXPECT_EQ(ReadBy(Both(), one.sentence), one.told) << one.sentence;
  }
}

TEST(Proposer, IsNotAskedWhereAPatternFires) {
  for (const char* sentence : {"[Kenya|KEN] criticised [Uganda|UGA] over the dam.",
                               "[Kenya|KEN] urged [Uganda|UGA] to pillory [Sudan|SDN].",
                               "[Peru|PER] met [Chile|CHL] on Monday."}) {
    EXPECT_EQ(ReadBy(Both(), sentence), ReadBy(PatternsAlone(), sentence)) << sentence;
    EXPECT_EQ(ReadBy(Both(), sentence).find("learned"), std::string::npos) << sentence;
  }
}

TEST(Proposer, GoesThroughTheGatesOfPatterns) {
  constexpr const char* kNothing[] = {
      "[France|FRA] trounced [Germany|DEU] 3-0 in the final.",        // sport
      "[Kenya|KEN] borders [Uganda|UGA] in the west.",                // no act
      "[Kenya|KEN] will pillory [Uganda|UGA] over the dam.",          // still to come
      "[Kenya|KEN] did not pillory [Uganda|UGA] over the dam.",       // negated
      "If [Kenya|KEN] pilloried [Uganda|UGA], the talks would end.",  // thought of
  };
  for (const char* sentence : kNothing) EXPECT_EQ(ReadBy(Both(), sentence), "nothing") << sentence;
}

TEST(Proposer, SaysHowSureItIs) {
  const auto story = MakeMarkedStory("[Kenya|KEN] pilloried [Uganda|UGA] over the dam.").story;
  std::vector<Candidate> candidates;
  const auto events = Both().Find(story, MakeDate(2024, 5, 6), &candidates);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_GT(events.front().confidence, 0.45);
  EXPECT_LE(events.front().confidence, 1);
  const auto learned = std::ranges::find(candidates, kLearnedRule, &Candidate::rule);
  ASSERT_NE(learned, candidates.end());
  ASSERT_EQ(learned->features.size(), 1U);
  EXPECT_TRUE(learned->features.front().starts_with("probability=0.")) << learned->features.front();
}

TEST(Proposer, WithoutItsFileSaysWhatIsMissing) {
  const auto finder = EventFinder::Load(ShippedTables(), "no/such/events.dlm");
  ASSERT_FALSE(finder);
  EXPECT_EQ(finder.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace dateline::events
