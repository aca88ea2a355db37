#include "events/event_finder.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <string>

#include "events/patterns.h"
#include "gtest/gtest.h"
#include "quotes/attributions.h"
#include "quotes/testing/golden.h"
#include "quotes/testing/marked_story.h"
#include "tables/tables.h"
#include "timex/times.h"

namespace dateline::events {
namespace {

using quotes::testing::MakeMarkedStory;
using quotes::testing::MarkedStory;

const tables::Tables& TheTables() {
  static const auto tables =
      tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
  return *tables;
}

const EventFinder& Finder() {
  static const auto finder = EventFinder::Load(TheTables());
  return *finder;
}

/// The events of a story whose attributions are found as the engine finds them.
std::vector<Event> FindIn(Story& story) {
  static const auto attributions = quotes::AttributionFinder::Load(
      TheTables(), DATELINE_BUILD_DIR "/share/dateline/attributions.dlm");
  static const auto times = timex::TimeFinder::Load(TheTables());
  story.times = times->Find(story, MakeDate(2024, 5, 6));
  story.attributions = attributions->Find(story);
  return Finder().Find(story, MakeDate(2024, 5, 6));
}

std::string SideText(const std::vector<EventActor>& side) {
  std::string out;
  for (const EventActor& actor : side) {
    if (!out.empty()) out += " + ";
    out += actor.actor.empty() ? "?" : actor.actor;
  }
  return out.empty() ? "nobody" : out;
}

/// "042 occurred: PERGOV -> CHL", then the evidence, a line for each event.
std::string Dump(Story& story) {
  std::string out;
  for (const Event& event : FindIn(story)) {
    out += event.cameo + " " + std::string(EventStatusName(event.status)) + ": " +
           SideText(event.source) + " -> " + SideText(event.target);
    if (event.attributed_to) out += " (said)";
    for (const Span span : event.evidence) out += " | " + std::string(span.of(story.text));
    out += "\n";
  }
  return out;
}

bool HasSide(const std::vector<EventActor>& side, const std::vector<Span>& wanted) {
  return std::ranges::all_of(wanted, [&](Span span) {
    return std::ranges::any_of(side, [&](const EventActor& a) { return a.span == span; });
  });
}

TEST(Events, AreFoundAsTheGoldenFilesSay) {
  quotes::testing::CheckGoldens(DATELINE_SOURCE_DIR "/tests/golden/events",
                                [](const std::string& input) {
                                  MarkedStory marked = MakeMarkedStory(input);
                                  return Dump(marked.story);
                                });
}

class PatternRows : public testing::Test {
 protected:
  [[nodiscard]] std::string_view Cell(std::uint32_t row, std::string_view column) const {
    return table_->Cell(row, *table_->GetColumn(column));
  }
  const tables::Table* table_ = *TheTables().Get("events/patterns");
};

/// The rows of testdata/status.tsv: status, CAMEO root, sentence.
std::vector<std::array<std::string, 3>> StatusRows() {
  std::ifstream file(DATELINE_SOURCE_DIR "/src/events/testdata/status.tsv");
  std::vector<std::array<std::string, 3>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#') || line.starts_with("status\t")) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    rows.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                    line.substr(second + 1)});
  }
  return rows;
}

/// The event of the root has the status: "none" stands for no such event at all.
TEST(Status, IsToldByTenseMoodNegationAndWhatGoverns) {
  const auto rows = StatusRows();
  ASSERT_GE(rows.size(), 115U);
  for (const auto& [status, root, sentence] : rows) {
    MarkedStory marked = MakeMarkedStory(sentence);
    const auto found = FindIn(marked.story);
    const auto of_root = [&](const Event& event) { return event.cameo.starts_with(root); };
    const bool right = status == "none"
                           ? std::ranges::none_of(found, of_root)
                           : std::ranges::any_of(found, [&](const Event& event) {
                               return of_root(event) && EventStatusName(event.status) == status;
                             });
    EXPECT_TRUE(right) << status << ": " << sentence << "\n" << Dump(marked.story);
  }
}

/// Each pattern finds its example, with the actors marked S and O on their sides. Another pattern
/// of the same CAMEO root may win where several fit.
TEST_F(PatternRows, EachExampleIsFound) {
  for (std::uint32_t row = 0; row < table_->row_count(); ++row) {
    MarkedStory marked = MakeMarkedStory(Cell(row, "example"));
    const auto found = FindIn(marked.story);
    const bool one = std::ranges::any_of(found, [&](const Event& event) {
      return event.cameo.substr(0, 2) == Cell(row, "cameo").substr(0, 2) &&
             HasSide(event.source, marked.sources) && HasSide(event.target, marked.targets);
    });
    EXPECT_TRUE(one) << Cell(row, "id") << ": " << Cell(row, "example") << "\n"
                     << Dump(marked.story);
  }
}

class ActRows : public PatternRows {
 protected:
  ActRows() { table_ = *TheTables().Get("events/acts"); }
};

TEST_F(ActRows, EachExampleIsFound) {
  for (std::uint32_t row = 0; row < table_->row_count(); ++row) {
    MarkedStory marked = MakeMarkedStory(Cell(row, "example"));
    const auto found = FindIn(marked.story);
    const bool one = std::ranges::any_of(found, [&](const Event& event) {
      return event.cameo == Cell(row, "code") && HasSide(event.source, marked.sources) &&
             HasSide(event.target, marked.targets);
    });
    EXPECT_TRUE(one) << Cell(row, "id") << ": " << Cell(row, "example") << "\n"
                     << Dump(marked.story);
  }
}

TEST_F(PatternRows, NoCounterExampleIsFound) {
  for (std::uint32_t row = 0; row < table_->row_count(); ++row) {
    MarkedStory marked = MakeMarkedStory(Cell(row, "counter"));
    const auto found = FindIn(marked.story);
    const bool one = std::ranges::any_of(found, [&](const Event& event) {
      return event.rule == Cell(row, "id") && event.status != EventStatus::kNegated;
    });
    EXPECT_FALSE(one) << Cell(row, "id") << ": " << Cell(row, "counter") << "\n"
                      << Dump(marked.story);
  }
}

class RefusalRows : public PatternRows {
 protected:
  RefusalRows() { table_ = *TheTables().Get("events/refusals"); }

  /// Whether the row takes something back in the sentence.
  [[nodiscard]] static bool Refuses(std::string_view id, std::string_view sentence) {
    const MarkedStory marked = MakeMarkedStory(std::string(sentence));
    std::vector<Candidate> candidates;
    (void)Finder().Find(marked.story, std::nullopt, &candidates);
    return std::ranges::any_of(
        candidates, [&](const Candidate& c) { return c.reason == "idiom" && c.detail == id; });
  }
};

TEST_F(RefusalRows, EachTakesBackItsExampleAndNotItsCounter) {
  ASSERT_GE(table_->row_count(), 40U);
  for (std::uint32_t row = 0; row < table_->row_count(); ++row) {
    EXPECT_TRUE(Refuses(Cell(row, "id"), Cell(row, "example")))
        << Cell(row, "id") << ": " << Cell(row, "example");
    EXPECT_FALSE(Refuses(Cell(row, "id"), Cell(row, "counter")))
        << Cell(row, "id") << ": " << Cell(row, "counter");
  }
}

TEST(ParseFrame, ReadsTheNotation) {
  const auto frame = ParseFrame("S V W [with/to:O]");
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->words);
  EXPECT_TRUE(frame->target_optional);
  EXPECT_EQ(frame->prepositions, (std::vector<std::string>{"with", "to"}));
  EXPECT_FALSE(ParseFrame("S W"));
  EXPECT_FALSE(ParseFrame("S V X"));
}

TEST(ExpandWords, PutsTheWordsOfClassesInTheirPlace) {
  const WordSets sets{{"light", {"pay", "make"}}, {"visit", {"visit", "trip"}}};
  const auto words = ExpandWords(sets, "fly|@light @visit|@visit");
  ASSERT_TRUE(words);
  EXPECT_EQ(*words, (std::vector<std::string>{"fly", "pay visit", "pay trip", "make visit",
                                              "make trip", "visit", "trip"}));
  EXPECT_FALSE(ExpandWords(sets, "@unknown"));
  EXPECT_TRUE(ExpandWords(sets, "")->empty());
}

TEST(Events, MentionsOfOneHappeningAreOneEvent) {
  MarkedStory marked = MakeMarkedStory(
      "[Ann Lee|PERGOV] met [Bo Diaz|CHLGOV] in the hall.\n\nThe meeting between "
      "[Ann Lee|PERGOV] and [Bo Diaz|CHLGOV] was short.");
  const auto found = FindIn(marked.story);
  ASSERT_EQ(found.size(), 2U) << "one happening, told both ways";
  EXPECT_EQ(found[0].evidence.size(), 2U);
}

TEST(Events, EveryEventHasEvidenceInTheTextAndAKnownCode) {
  std::string text;
  for (int i = 0; i < 200; ++i) {
    text += "[Ann|PERGOV] accused [Chile|CHL] of attacking [Oman|OMN], and [Oman|OMN] denied it, ";
    if (i % 5 == 0) text += "\n\n";
  }
  MarkedStory marked = MakeMarkedStory(text);
  for (const Event& event : FindIn(marked.story)) {
    ASSERT_FALSE(event.evidence.empty());
    for (const Span span : event.evidence) ASSERT_LE(span.end, marked.story.text.size());
    EXPECT_GE(event.quad, 1);
  }
}

/// What only the text before tells: both sides, the other side, and whose people are whose.
TEST(Events, SidesAreInheritedFromTheTextBefore) {
  struct Case {
    const char* name;
    const char* text;
    const char* wanted;
  };
  const std::vector<Case> cases{
      {"two leaders", "[Ann Lee|PERGOV] flew to [Chile|CHL].\n\nThe two leaders signed a treaty.",
       "057 occurred: CHL -> PER"},
      {"both governments",
       "[Ann Lee|PERGOV] met [Bo Diaz|CHLGOV].\n\n[Oman|OMN] praised both governments.",
       "051 occurred: OMN -> CHL + PER"},
      {"the accusation",
       "[Peru|PER] accused [Chile|CHL] of spying.\n\n[Chile|CHL] denied the accusation.",
       "016 occurred: CHL -> PER"},
      {"its neighbour", "[Peru|PER] met [Chile|CHL].\n\n[Chile|CHL] praised its neighbour.",
       "051 occurred: CHL -> PER"},
      {"whom the text speaks of",
       "[Chile|CHL] was hit by a quake. [Chile|CHL] buried its dead. [Chile|CHL] is "
       "poor.\n\n[Norway|NOR] promised tents.",
       "0333 occurred: NOR -> CHL"},
      {"the only neighbour", "[Peru|PER] met [Chile|CHL].\n\n[Peru|PERGOV] closed all crossings.",
       "160 occurred: PER -> CHL"},
      {"one's own troops",
       "[Chile|CHL] was hit by a quake. [Chile|CHL] buried its dead. [Chile|CHL] is "
       "poor.\n\n[Norway|NOR] offered to send a [battalion|NORMIL] of its own.",
       "occurred: NOR -> CHL"},
      {"the offer",
       "[Oman|OMN] offered [Chile|CHL] aid.\n\n[Chile|CHLGOV] said it would consider the offer.",
       "014 hypothetical: CHL -> OMN"},
      {"things", "[Peru|PER] was calm.\n\nA roadside bomb destroyed a truck.", "-> PER"},
      {"people", "[Peru|PER] was calm.\n\nThree lawyers were arrested.",
       "173 occurred: PER -> PER"}};
  for (const Case& c : cases) {
    MarkedStory marked = MakeMarkedStory(c.text);
    const std::string found = Dump(marked.story);
    EXPECT_NE(found.find(c.wanted), std::string::npos) << c.name << "\n" << found;
  }
}

/// Each text tells the event that stands beside it.
void ExpectTold(std::span<const std::pair<const char*, const char*>> cases) {
  for (const auto& [text, wanted] : cases) {
    MarkedStory marked = MakeMarkedStory(text);
    EXPECT_NE(Dump(marked.story).find(wanted), std::string::npos) << text << "\n"
                                                                  << Dump(marked.story);
  }
}

/// Words that stand for lands, bodies and people of whom the text before or beside tells whose
/// they are.
TEST(Events, WordsStandForTheLandsThatTheyFit) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Oman|OMN] met [Kuwait|KWT]. [India|IND] thanked the sultanate.",
       "051 occurred: IND -> OMN"},
      {"[Kuwait|KWT] met [Oman|OMN]. [India|IND] thanked the emirate.", "051 occurred: IND -> KWT"},
      {"[Peru|PER] sent two ships to [Chile|CHL]. The two navies held joint exercises in May.",
       "062 occurred: CHL -> PER"},
      {"[Peru|PER] denied that its [forces|PERMIL] had crossed the line.", "016 occurred: PER -> "},
      {"A [Dutch|NLDCVL] nurse and a [Danish|DNKCVL] priest who were kidnapped by "
       "[rebels|PERREB] wrote letters.",
       "181 occurred: PERREB -> NLDCVL + DNKCVL"},
      {"[Chad|TCD] is poor. [Chad|TCD] is dry. [Chad|TCD] is big.\n\n[Ann Lee|NORGOV] arrived on "
       "Monday "
       "for "
       "talks.",
       "042 occurred: NORGOV -> TCD"},
      {"The pact was signed in the presence of [Ann Lee|PERGOV] and [Bo Diaz|CHLGOV].",
       "057 occurred: PERGOV -> CHLGOV"},
      {"[Bo Diaz|CHLOPP] called on his supporters to stay away from work.",
       "020 occurred: CHLOPP -> CHL"},
      {"[Chad|TCD] mourns. Hundreds of people were killed by [soldiers|TCDMIL] in the violence.",
       "TCDMIL -> TCD"},
  };
  ExpectTold(cases);
}

/// What an act is done to, where no preposition leads to it.
TEST(Events, SidesAreReadThroughTheWordsThatCarryTheAct) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] renewed its charge that [Chile|CHLGOV] was hiding the raiders.",
       "112 occurred: PERGOV -> CHLGOV"},
      {"Peace talks between [Peru|PERGOV] and [Chilean rebels|CHLREB] broke down on Monday.",
       "164 occurred: PERGOV -> CHLREB"},
      {"[Chile|CHLGOV] drew a rebuke from [Peru|PERGOV].", "111 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] telephoned [Bo Diaz|CHLGOV] and pressed him to free the sailors.",
       "0253 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] was in [Oman|OMN] for talks with [Chile|CHLGOV].",
       "046 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] will close its border with [Chile|CHL], [Bo Diaz|PERGOV] warned.",
       "131 occurred: PERGOV -> CHL"},
      {"Two [Chadian|TCDCVL] villagers were shot and killed by [soldiers|SDNMIL] on Monday.",
       "193 occurred: SDNMIL -> TCDCVL"},
      {"[Peru|PERGOV] ordered two [Chilean|CHLGOV] diplomats to leave the country, accusing "
       "[them|CHLGOV] of spying on exiles.",
       "1125 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] demanded that [Chile|CHLGOV] guard its staff and closed the visa section in "
       "[Chile|CHL].",
       "160 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] would train the police of [Chile|CHLCOP], [Bo Diaz|PERGOV] announced.",
       "0332 planned: PERGOV -> CHLCOP"},
  };
  ExpectTold(cases);
}

/// What is done beside another act between two countries, in a headline, or to each other.
TEST(Events, SidesAreReadOffWhatIsToldBeside) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PER] recalled its envoy, closed the border and accused [Chile|CHL] of theft.",
       "161 occurred: PER -> CHL"},
      {"[Peru|PER] threatened to retaliate after [Chile|CHL] arrested four [Peruvian|PERMIL] "
       "officers.",
       "138 occurred: PER -> CHL"},
      {"[Peru|PER] accused [Chile|CHL] of spying on its navy. [It|PER] demanded an apology.",
       "102 occurred: PER -> CHL"},
      {"[Peru|PER] and [Chile|CHL] accused each other of violating the truce.",
       "1123 occurred: CHL -> PER"},
      {"[Peru|PERGOV] and [Chile|CHLGOV] expelled each other's diplomats.",
       "161 occurred: CHLGOV -> PERGOV"},
      {"[Ann Lee|PERGOV] became the first leader of her land to visit [Chile|CHL].",
       "042 occurred: PERGOV -> CHL"},
      {"[Peru|PER] to send envoy to [Chile|CHL]", "planned: PER -> CHL"},
      {"[India|IND], [Pakistan|PAK] to hold talks", "046 planned: PAK -> IND"},
      {"[Rebels|PERREB] planted the bomb that killed nine [Chilean|CHLMIL] soldiers.",
       "183 occurred: PERREB -> CHLMIL"},
      {"A raid staged by [Peru|PERMIL] killed two [Chileans|CHLCVL].",
       "190 occurred: PERMIL -> CHLCVL"},
      {"Three [Chileans|CHLCVL] were killed in a [Peruvian|PERMIL] raid on Sunday.",
       "190 occurred: PERMIL -> CHLCVL"},
      {"Two [Chilean|CHLGOV] diplomats expelled from [Peru|PER]", "occurred: PER -> CHLGOV"},
      {"On a visit to [Chile|CHL], President [Ann Lee|PERGOV] promised to send more aid.",
       "042 occurred: PERGOV -> CHL"},
  };
  ExpectTold(cases);
}

/// A demand is not aimed at whom one praises; the object of what is joined to a verb is its own.
TEST(Events, WhatIsToldBesideIsNotAlwaysMeant) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PER] praised [Chile|CHL] and demanded an apology.", "102 occurred: PER -> CHL"},
      {"[Rebels|PERREB] walked out of talks held under the auspices of [Oman|OMN].", "-> OMN"},
      {"[Peruvian|PERCOP] police killed and wounded five [Chileans|CHLCVL].", "-> PERCOP"},
      {"[Peruvian|PERMIL] troops withdrew under pressure from [Oman|OMN].", "-> OMN"},
  };
  for (const auto& [text, unwanted] : cases) {
    MarkedStory marked = MakeMarkedStory(text);
    EXPECT_EQ(Dump(marked.story).find(unwanted), std::string::npos) << text << "\n"
                                                                    << Dump(marked.story);
  }
}

/// What states decide, told in the passive: who decides it is told beside it.
TEST(Events, StatesDoWhatTheirOfficialsTellInThePassive) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Ann Lee|PERGOV] said two [Chilean|CHLGOV] diplomats would be expelled.",
       "1313 planned: PERGOV -> CHLGOV"},
      {"[Ann Lee|PERGOV] said the ambassador of [Chile|CHLGOV] had been summoned and handed a note "
       "of protest.",
       "114 occurred: PERGOV -> CHLGOV"},
      {"[Peruvian|PER] aid to [Chile|CHL] was suspended on Monday.", "162 occurred: PER -> CHL"},
      {"[Peru|PERGOV] has accused [Chile|CHL] of massing troops on the border.",
       "154 claimed: CHL -> PERGOV"},
      {"Forty [rebels|PERREB] were killed in the south, the [army|PERMIL] said.",
       "190 occurred: PERMIL -> PERREB"},
      {"The [Chilean|CHLGOV] diplomats would not be expelled, [Ann Lee|PERGOV] said.",
       "PERGOV -> CHLGOV"},
      {"Two [Chilean|CHLGOV] officials have been barred from [Peru|PER].", "PER -> CHLGOV"},
      {"A plea by [Peru|PERGOV] for [Chilean|CHL] help was turned down.",
       "122 occurred: CHL -> PERGOV"},
  };
  ExpectTold(cases);
  MarkedStory own =
      MakeMarkedStory("[Ann Lee|PERGOV] said two [Peruvian|PERGOV] diplomats had been expelled.");
  EXPECT_EQ(Dump(own.story).find("PERGOV -> PERGOV"), std::string::npos) << Dump(own.story);
}

/// Whoever answers is coded against whoever asked.
TEST(Events, AnswersTakeTheirOtherSideFromWhatWasAsked) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] demanded that [Chile|CHLGOV] free the sailors. [Chile|CHLGOV] refused.",
       "1243 occurred: CHLGOV -> PERGOV"},
      {"[Peru|PERGOV] invited [Bo Diaz|CHLGOV] to visit. The invitation was accepted.",
       "036 occurred: CHLGOV -> PERGOV"},
      {"[Oman|OMNGOV] offered to mediate. [Peru|PERGOV] accepted at once.",
       "038 occurred: PERGOV -> OMNGOV"},
  };
  ExpectTold(cases);
}

/// What is judged, denied or refused by a word that points back is aimed at whoever did it or said
/// it.
TEST(Events, JudgementsAndDenialsAreAimedAtWhomTheTextBeforeTells) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] expelled a [Chilean|CHL] envoy. [Oman|OMNGOV] condemned the expulsion.",
       "111 occurred: OMNGOV -> PERGOV"},
      {"[Peru|PERGOV] accused [Chile|CHLGOV] of fraud. [Oman|OMN] spoke. [Chile|CHLGOV] dismissed "
       "the charge.",
       "016 occurred: CHLGOV -> PERGOV"},
      {"[Peru|PERGOV] urged [Chile|CHLGOV] to free the sailors. [Oman|OMNGOV] rejected the idea.",
       "120 occurred: OMNGOV -> PERGOV"},
      {"[Peru|PERMIL] bombed a town in [Chile|CHL]. The bombing drew a rebuke from [Oman|OMNGOV].",
       "111 occurred: OMNGOV -> PERMIL"},
  };
  ExpectTold(cases);
}

/// In a text about one country, people who are only counted or named are its own.
TEST(Events, PeopleOfNoCountryAreOfTheOneThatTheTextIsAbout) {
  const std::string about =
      "[Peru|PER] is tense. [Peru|PERMIL]'s army is ready. [Peru|PERGOV] is calm. ";
  const std::pair<const char*, const char*> cases[] = {
      {"Seven others had been arrested.", "173 occurred: PER -> PER"},
      {"The editors were freed unharmed.", "0841 occurred: PER -> PER"},
      {"Police held nine men, most of whom were let go by noon.", "0841 occurred: PER -> PER"},
      {"Four [demonstrators|PERCVL] were shot dead.", "180 occurred: PER -> PERCVL"},
      {"Police broke up a blockade of the port.", "144 occurred: PER -> PER"},
      {"Helicopters strafed a rebel camp.", "PERMIL -> PER"},
      {"About 200 youths, most of them hooded, torched two vans.", "145 occurred: PER -> PER"},
      {"Some of them torched two vans outside the ministry.", "145 occurred: PER -> PER"},
  };
  for (const auto& [text, wanted] : cases) {
    MarkedStory marked = MakeMarkedStory(about + text);
    EXPECT_NE(Dump(marked.story).find(wanted), std::string::npos) << Dump(marked.story);
  }
  MarkedStory open = MakeMarkedStory(about + "It will wait until the editors are freed.");
  EXPECT_EQ(Dump(open.story).find("0841"), std::string::npos) << Dump(open.story);
}

/// Several who stand for one another: joined, counted or pointed to.
TEST(Events, SidesOfManyAreThoseThatWereJoinedOrToldBefore) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] and [Chile|CHLGOV] blamed each other for the deadlock.",
       "111 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] and [Chile|CHLGOV] failed to agree, each blaming the other for the deadlock.",
       "111 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERMIL]'s army shelled [rebels|PERREB]. [Rebels|PERREB] struck back. [Oman|OMNGOV] "
       "is "
       "calm. The two sides signed a truce under [Omani|OMN] auspices.",
       "0871 occurred: PER -> PER"},
      {"[Peru|PERGOV] met [Chile|CHLGOV]. [Oman|OMNGOV] urged both governments to honour the "
       "treaty "
       "they signed in March.",
       "057 occurred: CHL -> PER"},
      {"[Peru|PERGOV] met [Chile|CHLGOV] and [Oman|OMNGOV]. The three leaders signed a pact.",
       "057 occurred: PER -> OMN + CHL"},
      {"[Peru|PERGOV] is calm. [Chile|CHLGOV] signed a pact with the Andean state.",
       "057 occurred: CHLGOV -> PER"},
      {"[Peru|PERGOV] left the [Andean Bank|IGO], which had sued the Andean state. [Chile|CHLGOV] "
       "signed a pact with the Andean state.",
       "057 occurred: CHLGOV -> PER"},
      {"[Oman|OMN] watched as the two Koreas signed a treaty.", "057 occurred: KOR -> PRK"},
      {"[Peru|PER] banned [Chilean|CHL] wine in a row over a missing [editor|PERMED].",
       "163 occurred: PER -> CHL"},
      {"[Peru|PER] banned wine from [Chile|CHL] in May. [Oman|OMN] is calm. [Peru|PER] did not "
       "lift "
       "the embargo.",
       "1244 occurred: PER -> CHL"},
      {"[Peru|PER] accused [Chile|CHL] of spying, a year after they signed a treaty.",
       "057 occurred: PER -> CHL"},
      {"[Peru|PER] recalled its envoy to [Chile|CHL], in the worst row since the two countries "
       "restored relations.",
       "050 occurred: PER -> CHL"},
      {"A human rights group accused [Peru|PERGOV] of torture.", "1122 occurred: NGOHRI -> PERGOV"},
      {"[Peru|PERGOV] phoned [Bo Diaz|CHLGOV] to thank him for the ship.",
       "051 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] ordered its army to send two battalions to the border with [Chile|CHL].",
       "154 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] imposed sanctions on [Chile|CHL] and threatened to cut off aid to a port.",
       "-> CHL"},
  };
  ExpectTold(cases);
}

/// Offices and persons blame others of their own country; a country's rival is abroad.
TEST(Events, CompatriotsAreBlamedAtHome) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Ann Lee|PERGOV] accused the former minister of fraud.", "112"},
      {"[Ann Lee|PERGOV] accused his rival of plotting a coup.", "1125"},
      {"[Ann Lee|PERGOV] accused the president of lying.", "112"},
  };
  for (const auto& [text, code] : cases) {
    MarkedStory marked = MakeMarkedStory(text);
    const std::string found = Dump(marked.story);
    EXPECT_TRUE(found.starts_with(code)) << found;
    EXPECT_NE(found.find("PERGOV -> PER |"), std::string::npos) << text << "\n" << found;
  }
  MarkedStory abroad = MakeMarkedStory("[Peru|PER] accused its rival of dumping steel.");
  EXPECT_EQ(Dump(abroad.story).find("PER -> PER"), std::string::npos) << Dump(abroad.story);
}

/// Those who oppose meet those who govern, also within a country.
TEST(Events, ThePartiesOfACountryMeet) {
  MarkedStory marked = MakeMarkedStory("[Ann Lee|PEROPP] met [Bo Diaz|PERGOV] in Lima.");
  EXPECT_NE(Dump(marked.story).find("040 occurred: PEROPP -> PERGOV"), std::string::npos)
      << Dump(marked.story);
  MarkedStory firm = MakeMarkedStory("[Ann Lee|PERBUS] met [Bo Diaz|PERBUS] in Lima.");
  EXPECT_EQ(Dump(firm.story).find("040"), std::string::npos) << Dump(firm.story);
}

/// What an office does within its country has that country for target, whatever went before.
TEST(Events, WhatAnOfficeDoesWithinStaysAtHome) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PER]'s prime minister resigned.", "0831 occurred: PER -> PER"},
      {"[Peru|PER]'s president called early elections.", "0834 occurred: PER -> PER"},
      {"[Ann Lee|PERGOV] resigned after talks with [Chile|CHL].", "0831 occurred: PERGOV -> PER"},
      {"[Chile|CHL] urged [Peru|PER] and [Oman|OMN] to lift their curbs. [Ann Lee|PERGOV] refused "
       "to "
       "step down.",
       "1231 occurred: PERGOV -> PER"},
      {"[Peru|PER]'s president agreed to step down.", "0341 occurred: PER -> PER"},
      {"[Chile|CHL] is dry. [Chile|CHL] is long. [Chile|CHL] is big. The [farm minister|PERGOV] "
       "promised 20 million dollars in aid to the growers.",
       "0331 occurred: PERGOV -> PER"},
  };
  ExpectTold(cases);
}

/// Where only his office is told, whoever speaks is of its country, as "he" and as "we".
TEST(Events, OfficesSpeakForTheirCountry) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PER]'s president said he was hopeful about a treaty with [Chile|CHL].",
       "013 occurred: PER -> CHL"},
      {"\"We urge [Chile|CHLGOV] to free the sailors,\" [Peru|PER]'s president said.",
       "0253 occurred: PER -> CHLGOV"},
      {"[Peru|PER] would impose sanctions on [Chile|CHL], a spokesman warned.",
       "1312 occurred: PER -> CHL"},
      {"[Peru|PER] would attack [Chile|CHL] if provoked, [Ann Lee|PERGOV] warned on Monday.",
       "138 occurred: PERGOV -> CHL"},
  };
  ExpectTold(cases);
}

/// What is said of somebody is aimed at whoever is named there, not at where it was said.
TEST(Events, CommentsAreAimedAtWhomTheyTellOf) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] echoed [Chile|CHL]'s view of the dispute.", "019 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] shared [Chile|CHL]'s concern about the border.",
       "019 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] denied that it had insulted [Chile|CHLGOV].",
       "016 occurred: PERGOV -> CHLGOV"},
  };
  ExpectTold(cases);
}

/// Whose soldiers are offered is who offers; rebels are promised something.
TEST(Events, OwnForcesAreWhatIsOffered) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] pledged 200 [police officers|PERCOP] to a mission in [Haiti|HTI].",
       "occurred: PERGOV -> HTI"},
      {"[Peru|PERGOV] offered [the rebels|PERREB] an amnesty.", "occurred: PERGOV -> PERREB"},
  };
  ExpectTold(cases);
}

/// Of talks that end badly only that is told.
TEST(Events, WhatBecameOfTalksIsToldNotTheTalks) {
  const char* const cases[] = {
      "Talks between [Peru|PERGOV] and [Chile|CHLGOV] collapsed.",
      "Talks between [Peru|PERGOV] and [Chile|CHLGOV] ended without agreement.",
      "Negotiations between [Peru|PERGOV] and [Chile|CHLGOV] were suspended on Monday.",
      "[Peru|PERGOV]'s talks with [Chile|CHLGOV] fell apart.",
  };
  for (const char* text : cases) {
    MarkedStory marked = MakeMarkedStory(text);
    const std::string found = Dump(marked.story);
    EXPECT_NE(found.find("164 occurred: PERGOV -> CHLGOV"), std::string::npos) << found;
    EXPECT_EQ(found.find("046"), std::string::npos) << found;
  }
}

/// Who speaks for a state tells by saying so what it will do, and denies what it has not done.
TEST(Events, WhatASpeakerTellsOfHisOwnSideIsItsAct) {
  const std::pair<const char*, const char*> cases[] = {
      {"The sailors of [Chile|CHL] would be freed on Friday, [Ann Lee|PERGOV] said.",
       "0353 planned: PERGOV -> CHL"},
      {"[Ann Lee|PERGOV] said aid to [Chile|CHL] would be suspended.",
       "1311 planned: PERGOV -> CHL"},
      {"No sailors of [Chile|CHL] would be freed, [Ann Lee|PERGOV] said.",
       "1243 occurred: PERGOV -> CHL"},
      {"[Peru|PER]'s premier said his country would send doctors to [Chile|CHL].",
       "0333 planned: PER -> CHL"},
      {"The villages of [Chile|CHL] had not been shelled, [Ann Lee|PERGOV] said.",
       "016 occurred: PERGOV -> CHL"},
  };
  ExpectTold(cases);
}

/// What somebody makes his own doing depend on is demanded; what is only offered in return is not.
TEST(Events, WhatIsMadeAConditionIsDemanded) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] would come only if [Chile|CHLGOV] first pulled back its troops.",
       "1056 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] will not reopen the border until [Chile|CHLGOV] frees the sailors.",
       "1053 occurred: PERGOV -> CHLGOV"},
      {"[Chile|CHLGOV] had to free the sailors, [Peru|PERGOV] said.",
       "1053 occurred: PERGOV -> CHLGOV"},
      {"\"[Chile|CHLGOV] must free the sailors,\" [Peru|PERGOV] said.",
       "1053 occurred: PERGOV -> CHLGOV"},
  };
  ExpectTold(cases);
  MarkedStory offer = MakeMarkedStory(
      "[Peru|PERGOV] would lift its ban on beef from [Chile|CHL] if [Chile|CHLGOV] freed the "
      "sailors.");
  const std::string found = Dump(offer.story);
  EXPECT_EQ(found.find("084"), std::string::npos) << found;
  EXPECT_EQ(found.find("1312"), std::string::npos) << found;
}

/// Acts of speech whose words, sides or matter stand apart in the sentence.
TEST(Events, ActsOfSpeechAreReadAcrossTheSentence) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] turned the offer of [Chile|CHLGOV] down.", "12"},
      {"[Ann Lee|PERGOV] said two men had been beaten and urged [Chile|CHLGOV] to free them.",
       "0253 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] sent an envoy to urge [Chile|CHLGOV] to free the miners.",
       "0253 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] wrote to [Chile|CHLGOV] to demand an apology.", "occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] is not ready to talk to [Chile|CHLGOV].", "125 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] has no intention of freeing the sailors of [Chile|CHL].",
       "1243 occurred: PERGOV -> CHL"},
      {"[Peru|PERGOV] expects [Chile|CHLGOV] to free the sailors.",
       "0253 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] asked [Chile|CHLGOV] to see to it that the bridge was kept open.",
       "020 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] came forward with an offer of talks to [Chile|CHLGOV].",
       "036 occurred: PERGOV -> CHLGOV"},
      {"[Chile|CHLGOV]'s decision is unacceptable, [Ann Lee|PERGOV] said.",
       "111 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] pledged to stand by [Chile|CHLGOV].", "032 occurred: PERGOV -> CHLGOV"},
  };
  ExpectTold(cases);
}

/// What is ordered of nobody is done by ordering it; what others are ordered to do is demanded.
TEST(Events, WhatIsOrderedOfNobodyIsDone) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Peru|PERGOV] ordered a curfew in the port.", "1723 occurred: PERGOV -> PER"},
      {"[Peru|PERGOV] ordered the expulsion of two [Chilean envoys|CHLGOV].",
       "161 occurred: PERGOV -> CHLGOV"},
      {"[Peru|PERGOV] ordered the deployment of troops along the border with [Chile|CHL].",
       "154 occurred: PERGOV -> CHL"},
      {"A judge in [Peru|PER] ordered two [officers|PERMIL] to be held on suspicion of murder.",
       "173 occurred: PER -> PERMIL"},
      {"[Peru|PERGOV] ordered [Chile|CHLGOV] to free the sailors.",
       "1053 occurred: PERGOV -> CHLGOV"},
  };
  ExpectTold(cases);
}

TEST(Events, WhereAnOfficerIsFromIsNoSide) {
  MarkedStory marked = MakeMarkedStory(
      "[Ann Lee|PERGOV] criticized Tulsa, Okla., police officer [Bo Diaz|PERCOP] for the delay.");
  const auto at = static_cast<std::uint32_t>(marked.story.text.find("Tulsa"));
  Place town;
  town.span = {at, at + 5};
  town.country = "USA";
  marked.story.places.push_back(town);
  EXPECT_EQ(Dump(marked.story),
            "111 occurred: PERGOV -> PERCOP | Ann Lee criticized Tulsa, Okla., police officer "
            "Bo Diaz for the delay\n");
}

/// Those of whom only the text around tells who holds them, or who they are.
TEST(Events, CaptivesAreHeldByWhomTheirOwnFallOutWith) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Chad|TCD] recalled its envoy to [Niger|NER] over two [Chadian|TCD] policemen who were "
       "arrested on the border.",
       "173 occurred: NER -> TCD"},
      {"[Chad|TCD] expelled two diplomats of [Niger|NER] after a [Chadian|TCD] trader was jailed.",
       "173 occurred: NER -> TCD"},
      {"[Chad|TCD] mourned two [Chadian|TCD] fishermen. Miners from [Mali|MLI] wept. The "
       "[troops|NERMIL] of [Niger|NER] arrested the two men on Sunday.",
       "173 occurred: NERMIL -> TCD"},
  };
  ExpectTold(cases);
}

/// "Demanded that they be freed", by a minister of theirs: of whoever his state blames beside it.
TEST(Events, OfficialsDemandNothingOfTheirOwn) {
  const std::pair<const char*, const char*> cases[] = {
      {"[Ann Lee|TCDGOV] accused [Niger|NER] of theft. [She|TCDGOV] demanded that [they|TCDMIL] be "
       "released at once.",
       "occurred: TCDGOV -> NER | She demanded"},
  };
  ExpectTold(cases);
}

TEST(Events, EmptyStoryGivesNone) { EXPECT_TRUE(Finder().Find(Story{}, std::nullopt).empty()); }

}  // namespace
}  // namespace dateline::events
