#include "follow/alerts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "record/sample_story.h"

namespace dateline::follow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// The sample story: NLDGOV (Ola Ek) rejects SDN (Sud) near Halvik, denied; The Halvik Post; "We
/// cannot go" said by Ola Ek.
Story Told() {
  Story story = record::FullStory();
  story.events[0].status = EventStatus::kOccurred;
  return story;
}

struct ConditionCase {
  const char* text;
  std::size_t matches;
};
void PrintTo(const ConditionCase& each, std::ostream* out) { *out << each.text; }

class ConditionTest : public testing::TestWithParam<ConditionCase> {};

TEST_P(ConditionTest, FindsWhatItSays) {
  const auto alerts = ParseAlerts(std::string("a: ") + GetParam().text, "alerts");
  ASSERT_TRUE(alerts) << alerts.error().Text();
  auto condition = alerts->at(0).condition;
  if (auto* event = std::get_if<EventCondition>(&condition); event && !event->near_text.empty()) {
    event->near = Near{61.0, -7.5, event->near_text.ends_with("50km") ? 50.0 : 5.0};
  }
  EXPECT_THAT(FindMatches(condition, Told()), SizeIs(GetParam().matches));
}

INSTANTIATE_TEST_SUITE_P(
    Alerts, ConditionTest,
    testing::Values(
        ConditionCase{"NLD does anything", 1}, ConditionCase{"NLDGOV does 129 to SDN", 1},
        ConditionCase{"NLD does root 12 to Sud", 1}, ConditionCase{"NLD does 12", 1},
        ConditionCase{"NLD does 13", 0}, ConditionCase{"NLDMIL does anything", 0},
        ConditionCase{"SDN does anything to NLD", 0}, ConditionCase{"'ola ek' does REJECT", 1},
        ConditionCase{"Ek does REJECT", 1}, ConditionCase{"Ek Ola does REJECT", 0},
        ConditionCase{"anyone does quad 3", 1}, ConditionCase{"anyone does quad 4", 0},
        ConditionCase{"anyone does anything in Halvik", 1},
        ConditionCase{"anyone does anything in NLD", 1},
        ConditionCase{"anyone does anything in SDN", 0},
        ConditionCase{"anyone does anything near Halvik,50km", 1},
        ConditionCase{"anyone does anything near Halvik", 1},
        ConditionCase{"anyone does anything near Halvik,5km", 0},
        ConditionCase{"anyone does anything as occurred or planned", 1},
        ConditionCase{"anyone does anything as denied", 0},
        ConditionCase{"anyone quotes 'Ola Ek'", 1}, ConditionCase{"anyone quotes NLD", 1},
        ConditionCase{"anyone quotes Ola Ek on go", 1},
        ConditionCase{"anyone quotes Ola Ek on CANNOT go", 1},
        ConditionCase{"anyone quotes Ola Ek on can*", 1},
        ConditionCase{"anyone quotes Ola Ek on can", 0},
        ConditionCase{"anyone quotes anyone on bridge", 0},
        ConditionCase{"Halvik Post quotes Ola Ek", 1}, ConditionCase{"NPA quotes Ola Ek", 0},
        ConditionCase{"\"NPA\" quotes Ola Ek", 1}, ConditionCase{"Reuters quotes Ola Ek", 0},
        ConditionCase{"anyone mentions Sud", 1}, ConditionCase{"anyone mentions NLD", 2},
        ConditionCase{"anyone mentions Tarn", 0}));

TEST(AlertsTest, AFileHasNamesConditionsAndActions) {
  const auto alerts = ParseAlerts(
      "# what matters\n"
      "\n"
      "one: RUS does root 19 to UKR near Kharkiv\r\n"
      "  append \"my attacks.jsonl\"\n"
      "\tpost http://127.0.0.1:9/x\n"
      "  run notify --title 'two words'\n"
      "two: anyone quotes \"Wang Yi\" on ties\n",
      "alerts.txt");
  ASSERT_TRUE(alerts) << alerts.error().Text();
  ASSERT_THAT(*alerts, SizeIs(2));
  const Alert& one = alerts->at(0);
  EXPECT_EQ(one.name, "one");
  EXPECT_EQ(one.line, 3);
  EXPECT_EQ(one.text, "RUS does root 19 to UKR near Kharkiv");
  const auto& event = std::get<EventCondition>(one.condition);
  EXPECT_EQ(event.source.code, "RUS");
  EXPECT_EQ(event.target.code, "UKR");
  EXPECT_EQ(event.cameo, "19");
  EXPECT_EQ(event.near_text, "Kharkiv,50km");
  ASSERT_THAT(one.actions, SizeIs(3));
  EXPECT_THAT(one.actions[0].words, ElementsAre("my attacks.jsonl"));
  EXPECT_EQ(one.actions[1].kind, Action::Kind::kPost);
  EXPECT_THAT(one.actions[2].words, ElementsAre("notify", "--title", "two words"));
  ASSERT_THAT(alerts->at(1).actions, SizeIs(1));
  EXPECT_EQ(alerts->at(1).actions[0].kind, Action::Kind::kPrint);
}

TEST(AlertsTest, ANearThatNobodyHasFoundIsNeverMet) {
  const auto alerts = ParseAlerts("a: anyone does anything near Nowhere", "alerts");
  EXPECT_THAT(FindMatches(alerts->at(0).condition, Told()), IsEmpty());
}

struct Mistake {
  const char* text;
  const char* message;
};

class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsNamedWithItsLine) {
  const auto alerts =
      ParseAlerts(std::string("ok: anyone mentions Sud\n") + GetParam().text, "a.txt");
  ASSERT_FALSE(alerts) << GetParam().text;
  EXPECT_EQ(alerts.error().where, "a.txt:2");
  EXPECT_THAT(alerts.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Alerts, MistakeTest,
    testing::Values(Mistake{"no colon here", "no name before a colon"},
                    Mistake{"two words: RUS does 19", "no name before a colon"},
                    Mistake{"a: RUS hits UKR", "no does, quotes or mentions"},
                    Mistake{"a: does 19", "who does it is missing"},
                    Mistake{"a: RUS does", "nothing that can be done"},
                    Mistake{"a: RUS does root 9", "nothing that can be done"},
                    Mistake{"a: RUS does quad 5", "nothing that can be done"},
                    Mistake{"a: RUS does 19 to", "to whom is missing"},
                    Mistake{"a: RUS does 19 as maybe", "'maybe' is no status"},
                    Mistake{"a: RUS does 19 near", "behind near stands no place"},
                    Mistake{"a: anyone quotes", "who is quoted is missing"},
                    Mistake{"a: anyone quotes X on", "behind on stand no words"},
                    Mistake{"a: anyone quotes 'X", "quotation mark is not closed"},
                    Mistake{"a: anyone mentions !!", "is no name"},
                    Mistake{"ok: anyone mentions Sud", "there is an alert 'ok' already"},
                    Mistake{"  shout", "'shout' is nothing to do"},
                    Mistake{"  append", "too many or too few"},
                    Mistake{"  print it", "too many or too few"}));

TEST(AlertsTest, AnActionNeedsAnAlert) {
  const auto alerts = ParseAlerts("  print\n", "a.txt");
  ASSERT_FALSE(alerts);
  EXPECT_THAT(alerts.error().message, HasSubstr("before the first alert"));
}

}  // namespace
}  // namespace dateline::follow
