#include "actors/people.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dateline::actors {
namespace {

struct OfficeRow {
  std::string country;
  std::string name;
  std::string variants{};
};

/// What each row's person is known as.
std::string KnownAs(const std::vector<OfficeRow>& rows) {
  People people;
  for (const OfficeRow& row : rows) people.Add(row.country, row.name, row.variants);
  people.Settle();
  std::string known;
  for (const OfficeRow& row : rows) {
    known += std::string(people.KnownAs(row.country, row.name)) + ", ";
  }
  return known.substr(0, known.size() - 2);
}

TEST(PeopleTest, SpellingsWithOneNameInCommonAreOnePerson) {
  EXPECT_EQ(KnownAs({{"KYL", "Milos Dahl"}, {"KYL", "Miloš Dahl"}}), "Miloš Dahl, Miloš Dahl");
  EXPECT_EQ(KnownAs({{"KYL", "M. Dahl", "Dahl"}, {"KYL", "Milos Dahl", "Dahl|M. Dahl"}}),
            "Milos Dahl, Milos Dahl");
  EXPECT_EQ(KnownAs({{"KYL", "Bo Ray", "Bo T. Ray"},
                     {"KYL", "B. T. Ray"},
                     {"KYL", "Bo T. Ray", "B. T. Ray"}}),
            "Bo T. Ray, Bo T. Ray, Bo T. Ray");
}

TEST(PeopleTest, ASurnameInCommonIsNotEnough) {
  EXPECT_EQ(KnownAs({{"KYL", "Ada Dahl", "Dahl"}, {"KYL", "Una Dahl", "Dahl"}}),
            "Ada Dahl, Una Dahl");
  EXPECT_EQ(KnownAs({{"KYL", "Dahl"}, {"KYL", "Una Dahl", "Dahl"}}), ", Una Dahl");
  EXPECT_EQ(KnownAs({{"KYL", "Dahl", "Una Dahl"}, {"KYL", "Una Dahl"}}), "Una Dahl, Una Dahl");
}

TEST(PeopleTest, PeopleOfTwoCountriesAreNotUnitedByVariants) {
  EXPECT_EQ(KnownAs({{"KYL", "Una Dahl", "Una M. Dahl"}, {"BRN", "Una M. Dahl"}}),
            "Una Dahl, Una M. Dahl");
}

TEST(PeopleTest, NobodyIsKnownWhoWasNotAdded) {
  People people;
  people.Settle();
  EXPECT_EQ(people.KnownAs("KYL", "Una Dahl"), "");
}

}  // namespace
}  // namespace dateline::actors
