#include "events/labels.h"

#include <gtest/gtest.h>

#include <string_view>

namespace dateline::events {
namespace {

TEST(Labels, AreSpelledAsTheyAreRead) {
  for (const std::string_view name : kRelations) EXPECT_EQ(std::string_view(Relation(name)), name);
  for (const std::string_view name : kPartsOfSpeech)
    EXPECT_EQ(std::string_view(PartOfSpeech(name)), name);
}

TEST(Labels, AreComparedWithWholeNamesBeginningsAndEndings) {
  const Relation passive("nsubj:pass");
  EXPECT_TRUE(passive == "nsubj:pass");
  EXPECT_FALSE(passive == "nsubj");
  EXPECT_TRUE(passive.starts_with("nsubj"));
  EXPECT_TRUE(passive.ends_with(":pass"));
  EXPECT_FALSE(passive.starts_with("obl"));
  constexpr Relation::Set kSubjects("nsubj", "csubj");
  EXPECT_FALSE(kSubjects.Holds(passive));
  EXPECT_TRUE(kSubjects.Holds(Relation("csubj")));
}

TEST(Labels, AnUnknownSubtypeCountsAsItsKindAndAnUnknownKindAsNone) {
  EXPECT_TRUE(Relation("obl:of") == "obl");
  EXPECT_EQ(std::string_view(Relation("thing")), "");
  EXPECT_EQ(PartOfSpeech("thing"), PartOfSpeech());
}

}  // namespace
}  // namespace dateline::events
