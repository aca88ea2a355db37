#include "names/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "syntax/testing/shared_parser.h"

namespace dateline::names {
namespace {

const NameFinder& Finder() {
  static const NameFinder finder = *NameFinder::Load(*tables::Tables::Load(
      std::filesystem::path(DATELINE_BUILD_DIR) / "share/dateline/dateline.tables", {}));
  return finder;
}

/// A headline (may be empty) and a paragraph.
Story MakeStory(const std::string& headline, const std::string& body) {
  Story story;
  story.text = headline + "\n" + body;
  if (!headline.empty())
    story.blocks.push_back({BlockKind::kHeadline, MakeSpan(0, headline.size()), {}});
  story.blocks.push_back(
      {BlockKind::kParagraph, MakeSpan(headline.size() + 1, story.text.size()), {}});
  syntax::testing::Annotate(story);
  return story;
}

std::vector<std::string> Printed(const Story& story) {
  static constexpr std::array<const char*, 5> kTypes{"PER", "ORG", "LOC", "NORP", "MISC"};
  std::vector<std::string> names;
  for (const Name& name : Finder().Find(Finder().Read(story))) {
    const Span span{story.tokens[Raw(name.first)].span.begin,
                    story.tokens[Raw(name.last) - 1].span.end};
    names.push_back(std::string(kTypes.at(static_cast<std::size_t>(name.type))) + " " +
                    std::string(span.of(story.text)));
  }
  return names;
}

struct Case {
  const char* name;
  const char* text;
  std::vector<std::string> names;
};
void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }

class NamesIn : public ::testing::TestWithParam<Case> {};
TEST_P(NamesIn, Sentence) { EXPECT_EQ(Printed(MakeStory("", GetParam().text)), GetParam().names); }

INSTANTIATE_TEST_SUITE_P(
    People, NamesIn,
    ::testing::Values(
        Case{"TitleIsNoName",
             "Talks with Foreign Trade Minister Ilse Brandt failed.",
             {"PER Ilse Brandt"}},
        Case{"NationalityAndTitle",
             "The Norwegian Deputy Finance Minister Ola Nygaard left.",
             {"NORP Norwegian", "PER Ola Nygaard"}},
        Case{"SmallTitle", "Hospital spokesman Tarek Sabry said so.", {"PER Tarek Sabry"}},
        Case{"Particles",
             "It was signed by Hendrik van der Velde and Omar al-Rashid.",
             {"PER Hendrik van der Velde", "PER Omar al-Rashid"}},
        Case{"TwoOfAPair", "The Russia-China talks were short.", {"LOC Russia", "LOC China"}},
        Case{"Honorific", "He thanked Mr. Okafor.", {"PER Okafor"}}));

INSTANTIATE_TEST_SUITE_P(
    Organizations, NamesIn,
    ::testing::Values(
        Case{"OfJoins",
             "The Federation of Valley Growers met.",
             {"ORG Federation of Valley Growers"}},
        Case{"Possessive", "It was led by the Dock Workers' Front.", {"ORG Dock Workers' Front"}},
        Case{"CityUniversity", "She teaches at Lisbon University.", {"ORG Lisbon University"}},
        Case{"PossessorStaysApart",
             "They asked Kenya's Energy Ministry.",
             {"LOC Kenya", "ORG Energy Ministry"}},
        Case{"Abbreviation", "They asked the UN to help us.", {"ORG UN"}}));

INSTANTIATE_TEST_SUITE_P(
    Places, NamesIn,
    ::testing::Values(
        Case{"Hyphen", "Rebels hold the village of Tol-Karim.", {"LOC Tol-Karim"}},
        Case{"CountryWithHyphen",
             "ECOWAS closed Guinea-Bissau's borders to trade.",
             {"ORG ECOWAS", "LOC Guinea-Bissau"}},
        Case{"CountryPair", "It hurt Peru-Chile ties.", {"LOC Peru", "LOC Chile"}},
        Case{"TwoNationalities", "The Thai-Lao border is closed.", {"NORP Thai", "NORP Lao"}},
        Case{"CommonWordAtStart", "Nice weather helped. From there they left.", {}},
        Case{"DaysAreNoNames", "It rained on Friday in March.", {}}));

TEST(NameFinder, TitleCaseHeadlineHoldsOnlyKnownNames) {
  const Story story = MakeStory("Minister Brandt Hails Strong Peru Ties After Talks",
                                "Trade Minister Ilse Brandt flew home.");
  EXPECT_THAT(Printed(story), ::testing::ElementsAre("PER Brandt", "LOC Peru", "PER Ilse Brandt"));
}

TEST(NameFinder, TagsAreBio) {
  Story story = MakeStory("", "He met Ilse Brandt.");
  TagTokens(Finder().Find(Finder().Read(story)), story);
  std::vector<std::string> tags;
  for (const Token& token : story.tokens) tags.push_back(token.ner);
  EXPECT_THAT(tags, ::testing::ElementsAre("", "", "B-PER", "I-PER", ""));
}

TEST(NameFinder, NothingInNothing) {
  const Story nothing;
  EXPECT_TRUE(Finder().Find(Finder().Read(nothing)).empty());
}

}  // namespace
}  // namespace dateline::names
