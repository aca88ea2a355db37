#include "actors/petrarch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "tables/tables.h"
#include "tables/testing.h"

namespace dateline::actors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "NAME|SYNONYM {PLURAL} CODE[from,to] …" a line for each entry, then the problems.
std::string Shown(const DictionaryFile& file) {
  std::string text;
  for (const DictionaryEntry& entry : file.entries) {
    text += fmt::format("{}", fmt::join(entry.names, "|"));
    if (!entry.plurals.empty()) text += fmt::format(" {{{}}}", fmt::join(entry.plurals, ","));
    if (entry.story) text += " (story)";
    for (const DatedCode& code : entry.codes) {
      text += fmt::format(" {}[{},{}]", code.code, code.from, code.to);
    }
    text += "\n";
  }
  for (const Error& problem : file.problems) text += "! " + problem.Text() + "\n";
  return text;
}

struct Case {
  std::string name;
  DictionaryKind kind = DictionaryKind::kActors;
  std::string text;
  std::string shown;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class DictionaryText : public ::testing::TestWithParam<Case> {};

TEST_P(DictionaryText, IsReadAsItIs) {
  const Case& c = GetParam();
  EXPECT_EQ(Shown(ReadDictionary(c.text, "d", c.kind)), c.shown);
}

constexpr auto kActors = DictionaryKind::kActors;
constexpr auto kAgents = DictionaryKind::kAgents;
constexpr auto kDiscards = DictionaryKind::kDiscards;

INSTANTIATE_TEST_SUITE_P(
    Actors, DictionaryText,
    ::testing::Values(
        Case{"a name and a code", kActors, "FARID_OSMAN_ [KYLGOV]", "FARID OSMAN KYLGOV[,]\n"},
        Case{"synonyms and codes on lines of their own", kActors,
             "OSMAN_\n+GENERAL_OSMAN_\n\t[KYLREB <920418]\n\t[KYLGOV >920418]\n",
             "OSMAN|GENERAL OSMAN KYLREB[,1992-04-17] KYLGOV[1992-04-19,]\n"},
        Case{"ranges hold on both their days", kActors, "OSMAN [KYLGOV 920418-991231]",
             "OSMAN KYLGOV[1992-04-18,1999-12-31]\n"},
        Case{"years of four digits", kActors, "OSMAN [KYLGOV 19200229-20310101]",
             "OSMAN KYLGOV[1920-02-29,2031-01-01]\n"},
        Case{"two-digit years up to 30 are of this century", kActors,
             "OSMAN [KYLGOV >300101] [KYLOPP <310101]",
             "OSMAN KYLGOV[2030-01-02,] KYLOPP[,1930-12-31]\n"},
        Case{"TABARI's parentheses, several codes in a bracket", kActors,
             "OSMAN [KYLREB (<920418) KYLGOV (920418-991231) KYL]",
             "OSMAN KYLREB[,1992-04-17] KYLGOV[1992-04-18,1999-12-31] KYL[,]\n"},
        Case{"a sign apart from its date", kActors, "OSMAN [KYLGOV < 920418]",
             "OSMAN KYLGOV[,1992-04-17]\n"},
        Case{"a restriction before its code", kActors, "OSMAN [(>920418) KYLGOV]",
             "OSMAN KYLGOV[1992-04-19,]\n"},
        Case{"comments of three kinds", kActors,
             "# one\n<!-- two\nlines -->\nOSMAN [KYLGOV] ; three\nPEREZ [KYLMIL] # four\n",
             "OSMAN KYLGOV[,]\nPEREZ KYLMIL[,]\n"},
        Case{"line ends of Windows", kActors, "OSMAN [KYLGOV]\r\nPEREZ [KYL]\r\n",
             "OSMAN KYLGOV[,]\nPEREZ KYL[,]\n"},
        Case{"codes for nobody", kActors, "RAIN [---]\nSNOW [###]\n",
             "RAIN ---[,]\nSNOW ---[,]\n"}));

INSTANTIATE_TEST_SUITE_P(
    Agents, DictionaryText,
    ::testing::Values(
        Case{"regular plurals are made", kAgents, "DEPUTY [~LEG]\nSOLDIER [~MIL]\npilot [~MIL]",
             "DEPUTY {DEPUTIES} LEG[,]\nSOLDIER {SOLDIERS} MIL[,]\npilot {pilots} MIL[,]\n"},
        Case{"told plurals, and none", kAgents, "FISHERMAN {FISHERMEN} [~LAB]\nCAVALRY {} [~MIL]",
             "FISHERMAN {FISHERMEN} LAB[,]\nCAVALRY MIL[,]\n"},
        Case{"macros are written out", kAgents,
             "!PERSON! = MAN, WOMAN\n!RANK! = CHIEF_,\nPOLICE!PERSON! [~COP]\n!RANK!OF_!RANK! "
             "[~GOV]",
             "POLICEMAN|POLICEWOMAN COP[,]\nCHIEF OF CHIEF GOV[,]\n"},
        Case{"codes with the mark behind", kAgents, "MINER [LAB~]", "MINER {MINERS} LAB[,]\n"}));

INSTANTIATE_TEST_SUITE_P(Discards, DictionaryText,
                         ::testing::Values(Case{"sentences and stories", kDiscards,
                                                "+KYLELAND_STAR\nSTOCK_MARKET_  # not politics\n",
                                                "KYLELAND STAR (story)\nSTOCK MARKET\n"}));

INSTANTIATE_TEST_SUITE_P(
    Faults, DictionaryText,
    ::testing::Values(
        Case{"a day that is none", kActors, "OSMAN [KYLGOV >920431] [KYL]",
             "OSMAN KYL[,]\n! d:1: there is no day '920431'\n"},
        Case{"a day without a next one", kActors, "OSMAN [KYLGOV >99991231] [KYL]",
             "OSMAN KYL[,]\n! d:1: no day can be written after 9999-12-31\n"},
        Case{"a date of seven digits", kActors, "A [KYL]\nOSMAN [KYLGOV <2004017]",
             "A KYL[,]\n! d:2: date '2004017' has 7 characters; want YYMMDD or YYYYMMDD\n"},
        Case{"a range backwards", kActors, "OSMAN [KYLGOV 991231-920418]",
             "! d:1: range '991231-920418' ends before it begins\n"},
        Case{"a date without direction", kActors, "OSMAN [KYLGOV 920418]",
             "! d:1: date '920418' tells no direction; write <920418, >920418 or a range\n"},
        Case{"a code of five letters", kActors, "OSMAN [KYLGO]",
             "! d:1: code 'KYLGO' is not made of groups of three letters\n"},
        Case{"several codes in one", kActors, "OSMAN [KYL/FRA]",
             "! d:1: 'KYL/FRA' is several codes in one; give the name to one of them\n"},
        Case{"no code", kActors, "OSMAN_\nPEREZ [KYL]",
             "PEREZ KYL[,]\n! d:1: 'OSMAN' has no code that can be read\n"},
        Case{"brackets that stay open", kActors, "OSMAN [KYLGOV",
             "! d:1: '[KYLGOV': want [CODE] or [CODE date]\n"},
        Case{"synonym and codes of nothing", kActors, "+OSMAN_\n[KYL]\n",
             "! d:1: a synonym before any entry\n! d:2: codes before any entry\n"},
        Case{"an unknown macro", kAgents, "POLICE!PERSON! [~COP]",
             "! d:1: '!PERSON' is no macro defined above\n"},
        Case{"a name that a table takes for a comment", kActors, "###OSMAN [KYL]\n",
             "! d:1: '###OSMAN' is no name\n"},
        Case{"bytes that are not UTF-8", kActors, "OSM\xC1N [KYL]\n",
             "! d:1: is not UTF-8; save the file as UTF-8\n"}));

TEST(Dictionary, MacrosThatMultiplyAreBounded) {
  std::string text = "!A! = a";
  for (int i = 0; i < 40; ++i) text += fmt::format(",b{}", i);
  const auto file = ReadDictionary(text + "\nX!A!!A! [~GOV]\n", "d", kAgents);
  EXPECT_THAT(file.entries, IsEmpty());
  EXPECT_EQ(file.problems.at(0).Text(), "d:2: stands for more than 1000 names");
}

TEST(Dictionary, ANameOfTooManyWordsHasNoPluralEither) {
  std::string name = "PIT_WORKER";
  for (int i = 0; i < 40; ++i) name.insert(0, "OLD_");
  const auto file = ReadDictionary("MINER [~LAB]\n+" + name + "\n", "d", kAgents);
  ASSERT_EQ(file.entries.size(), 1U);
  EXPECT_THAT(file.entries[0].plurals, ElementsAre("MINERS"));
  EXPECT_EQ(file.problems.at(0).Text(), "d:2: a name has 42 words; at most 32 are matched");
}

TEST(Dictionary, KindIsToldByNameElseByContent) {
  EXPECT_EQ(GuessKind("", "lab/Kyl.Agents.txt"), kAgents);
  EXPECT_EQ(GuessKind("", "agents/kyl.actors"), kActors);
  EXPECT_EQ(GuessKind("A [~GOV]", "kyl"), kAgents);
  EXPECT_EQ(GuessKind("A [GOV]", "kyl"), kActors);
  EXPECT_EQ(GuessKind("A\nB\n", "kyl"), kDiscards);
}

TEST(Dictionary, OverlayIsTheSameWhateverTheOrderOfEntries) {
  std::vector<Error> problems;
  const auto one = ReadDictionary("B [KYL]\nA [KYL <920101]\n", "x/d", kActors);
  const auto texts = MakeOverlay(std::vector{one}, problems);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_THAT(texts,
              ElementsAre(::testing::Pair("actors/dictionary.tsv",
                                          "# Imported from dictionaries: see the last column.\n"
                                          "name\tvariants\tactor\tfrom\tto\tsource\n"
                                          "A\t\tKYL\t\t1991-12-31\td:2\n"
                                          "B\t\tKYL\t\t\td:1\n")));
}

TEST(Dictionary, TheSecondOfTwoEqualRowsIsNamed) {
  std::vector<Error> problems;
  const auto file = ReadDictionary("A [KYL]\nA [KYL]\n", "d", kActors);
  MakeOverlay(std::vector{file}, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].Text(), "d:2: 'A' with that code stands before in d:1; that one stays");
}

TEST(Dictionary, OverlayIsLaidOverTheTables) {
  std::vector<Error> problems;
  const std::vector files{
      ReadDictionary("OSMAN_ [KYLREB <920418] [KYL]\n+PEREZ_\n", "kyl.actors", kActors),
      ReadDictionary("FISHERMAN {FISHERMEN} [~LAB]\n", "kyl.agents", kAgents),
      ReadDictionary("+KYLELAND_STAR\n", "kyl.discards", kDiscards)};
  const tables::testing::TempFolder folder(MakeOverlay(files, problems));
  const auto tables = tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables",
                                           std::vector{folder.path()});
  ASSERT_TRUE(tables.has_value()) << tables.error().Text();
  EXPECT_EQ(tables->Find("actors/dictionary")->row_count(), 2U);
  EXPECT_EQ(tables->Find("actors/discards")->row_count(), 1U);
}

}  // namespace
}  // namespace dateline::actors
