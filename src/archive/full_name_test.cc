#include "archive/full_name.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace dateline::archive {
namespace {

std::string Printed(const FullName& name) {
  return fmt::format("{}{}{}", fmt::join(name.words, " "), name.bare() ? " (bare)" : "",
                     name.suffix.empty() ? "" : ", " + name.suffix);
}

TEST(FullNameTest, PersonsAreFoldedAndLoseTheirTitles) {
  const std::vector<std::array<std::string, 2>> cases = {
      {"John Smith", "john smith"},
      {"Dr. José M. Pérez-Gil", "jose m perezgil"},
      {"J.K. Rowling", "j k rowling"},
      {"Mr Smith", "smith (bare)"},
      {"Ren\u00e9 O\u2019Neil Jr.", "rene oneil, jr"},
      {"General", "general (bare)"},
      {"Søren Łuk", "soren luk"},
      {"\u4e60\u8fd1\u5e73", "\u4e60\u8fd1\u5e73"},
      {"", " (bare)"},
  };
  for (const auto& [name, printed] : cases) EXPECT_EQ(Printed(PersonName(name)), printed) << name;
}

TEST(FullNameTest, BodiesLoseTheirArticleAndLegalForm) {
  const std::vector<std::array<std::string, 2>> cases = {
      {"The Halvik Oil Co., Ltd.", "halvik oil"},
      {"U.N.", "un"},
      {"Médecins Sans Frontières", "medecins sans frontieres"},
      {"The The", "the"},
  };
  for (const auto& [name, printed] : cases) EXPECT_EQ(Printed(BodyName(name)), printed) << name;
}

TEST(FullNameTest, SomeBodiesEveryCountryHas) {
  EXPECT_TRUE(BodyName("the Ministry of Foreign Trade").generic());
  EXPECT_FALSE(BodyName("Halvik Police").generic());
}

struct MatchCase {
  const char* one;
  const char* other;
  NameMatch match;
};

TEST(FullNameTest, PersonsMatchByWordsInitialsAndOrder) {
  using enum NameMatch;
  constexpr std::array<MatchCase, 18> kCases = {{
      {"John Smith", "JOHN SMITH", kSame},
      {"Kim Jong-un", "Kim Jong Un", kSame},
      {"Nicolás Maduro", "Nicolas Maduro", kSame},
      {"J. Smith", "John Smith", kInitial},
      {"J. Smith", "Jane A. Smith", kInitial},
      {"John Smith", "John A. Smith", kFuller},
      {"John A. Smith", "John Adam Smith", kFuller},
      {"Robert Ek", "J. Robert Ek", kFuller},
      {"John A. Smith", "John B. Smith", kOther},
      {"John Smith", "Jane Smith", kOther},
      {"A. Smith", "John Adam Smith", kOther},
      {"John Smith Jr", "John Smith Sr", kOther},
      {"John Smith Jr", "John Smith", kSame},
      {"Kim Yuna", "Yuna Kim", kOrder},
      {"Jong-un Kim", "Kim Jong-un", kOrder},
      {"Smith", "John Smith", kOther},
      {"Smith", "Smith", kSame},
      {"J. Smith", "J. Smith", kSame},
  }};
  for (const MatchCase& each : kCases) {
    EXPECT_EQ(Match(PersonName(each.one), PersonName(each.other)), each.match)
        << each.one << " / " << each.other;
    EXPECT_EQ(Match(PersonName(each.other), PersonName(each.one)), each.match)
        << each.other << " / " << each.one;
  }
}

TEST(FullNameTest, BodiesMatchByWordsAndInitials) {
  EXPECT_EQ(Match(BodyName("WHO"), BodyName("World Health Organization")), NameMatch::kAcronym);
  EXPECT_EQ(Match(BodyName("Bank of Norland and Sud"), BodyName("BNS")), NameMatch::kAcronym);
  EXPECT_EQ(Match(BodyName("Halvik Oil Inc."), BodyName("Halvik Oil")), NameMatch::kSame);
  EXPECT_EQ(Match(BodyName("Halvik Oil"), BodyName("HO")), NameMatch::kOther);
}

}  // namespace
}  // namespace dateline::archive
