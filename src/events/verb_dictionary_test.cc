#include "events/verb_dictionary.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace dateline::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

VerbDictionary Read(std::string_view text) {
  const IsCode known = [](std::string_view code) { return code != "999"; };
  return ReadVerbDictionary(text, "lab", known);
}

/// "CODE TRIGGERS / FRAME / WORDS" a line for each pattern.
std::string Shown(const VerbDictionary& dictionary) {
  std::string text;
  for (const VerbPattern& p : dictionary.patterns)
    text += fmt::format("{} {} / {} / {}\n", p.cameo, fmt::join(p.triggers, "|"), p.frame, p.words);
  return text;
}

std::string Problems(const VerbDictionary& dictionary) {
  std::string text;
  for (const Error& error : dictionary.problems) text += error.where + ": " + error.message + "\n";
  return text;
}

constexpr const char* kSides = "[of/in/to/from/on/with/against/for/at:O]";

TEST(VerbDictionary, VerbsOfABlockGiveItsCodeAndThoseWithACodeTheirOwn) {
  const auto read = Read(
      "--- STRIKE [190] ---\nSTRIKE {STRIKES STRUCK}\nPOUND # hit\n+OPEN_FIRE {+OPENS_FIRE} "
      "[193]\n");
  EXPECT_EQ(Shown(read), fmt::format("193 open fire / S V O|S V {0} / \n"
                                     "190 strike|pound / S V O|S V {0} / \n",
                                     kSides));
  EXPECT_THAT(read.problems, IsEmpty());
}

TEST(VerbDictionary, PatternsHoldForAllVerbsOfTheBlock) {
  const auto read = Read(
      "&JETS\n+FIGHTER_JETS\n+WARPLANE\n--- HIT [---] ---\nHIT\nSTRIKE\n"
      "- * {AIR BASES} [190] # HIT\n- &JETS * (ON TOWN) [195]\n- * (AGAINST) [190]\n");
  EXPECT_EQ(Shown(read), fmt::format("190 hit|strike / S V W O|S V W {0} / air base\n"
                                     "195 hit|strike / W S V O|W S V {0} / @petr.jets+town\n"
                                     "190 hit|strike / S V against:O / \n",
                                     kSides));
  ASSERT_EQ(read.sets.size(), 1U);
  EXPECT_THAT(read.sets[0].words, ElementsAre("fighter jets", "fighter jet", "warplane"));
}

TEST(VerbDictionary, OfACodeForBothSidesTheFirstCountsAndNoCodeTellsNoEvent) {
  const auto read = Read("--- END [---] ---\nEND\n- * VISIT [042:043]\n- * MATCH [---]\n");
  EXPECT_EQ(Shown(read), fmt::format("042 end / S V W O|S V W {} / visit\n", kSides));
  EXPECT_EQ(read.uncoded, 1U);
}

TEST(VerbDictionary, LinesThatCannotBeReadAreNamedAndSkipped) {
  const auto read = Read(
      "- * EARLY [190]\n--- HIT [190] ---\nHIT {HITS\nHIT\n- * DEPOT\n- DEPOT [190]\n"
      "- * {DEPOT [190]\n- * &NOSUCH [190]\n- * CAMP [999]\n- * CAMP [:110]\n~ a b\n\xFF\n");
  EXPECT_EQ(Shown(read), fmt::format("190 hit / S V O|S V {} / \n", kSides));
  EXPECT_EQ(Problems(read),
            "lab:1: stands below no verb\n"
            "lab:3: 'HIT {HITS' is no verb; write VERB {FORMS} [CODE]\n"
            "lab:5: has no code; write it in brackets at the end\n"
            "lab:6: needs one '*' where the verb stands\n"
            "lab:7: '{DEPOT' is not closed\n"
            "lab:8: '&NOSUCH' is no set with words defined above\n"
            "lab:9: '999' is no code of cameo.tsv\n"
            "lab:10: code ':110' is of the target alone, which no pattern of ours is\n"
            "lab:11: rewrites one event as another, which no pattern of ours does\n"
            "lab:12: is not UTF-8; save the file as UTF-8\n");
}

TEST(VerbDictionary, TheTablesNameFileAndLine) {
  const auto read = Read("&JETS\n+JET\n--- HIT [190] ---\nHIT\n- &JETS * [195]\n");
  const auto texts = MakeVerbOverlay({&read, 1});
  EXPECT_EQ(texts.at("events/words.tsv"),
            "# Imported from verb dictionaries: see the last column.\n"
            "class\twords\tsource\npetr.jets\tjet\timported\n");
  EXPECT_EQ(texts.at("events/patterns.tsv"),
            fmt::format(
                "# Imported from verb dictionaries: see the last column.\n"
                "id\tcameo\ttrigger\tframe\twords\tstatus\texample\tcounter\tsource\n"
                "petr.lab.5\t195\thit\tW S V O|W S V {0}\t@petr.jets\t\t- &JETS * [195]\t\tlab:5\n"
                "petr.lab.3\t190\thit\tS V O|S V {0}\t\t\thit\t\tlab:3\n",
                kSides));
}

}  // namespace
}  // namespace dateline::events
