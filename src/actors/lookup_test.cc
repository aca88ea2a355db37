#include "actors/lookup.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "tables/testing.h"

namespace dateline::actors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The built tables with an invented country laid over them.
class LookupTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const tables::testing::TempFolder folder({
        {"actors/countries.tsv",
         "iso3\tcameo\tname\tstatus\tvalid_from\tvalid_to\tsource\n"
         "KYL\tKYL\tKyleland\tstate\t\t\ttest\n"
         "KYU\tKYL\tKyle Union\thistoric\t1950\t1990-06-01\ttest\n"},
        {"actors/country_aliases.tsv",
         "alias\tkind\tcountry\tnote\tsource\n"
         "Kylish\tadjective\tKYL\t\ttest\nKyle City\tcapital\tKYL\t\ttest\n"
         "Kyle City\tcapital\tKYU\tby the day\ttest\n"},
        {"actors/office_holders.tsv",
         "name\tvariants\tcountry\ttitle\tactor\tfrom\tto\tnote\tsource\n"
         "Farid Osman\tGeneral Osman\tKYL\tdefence minister\tKYLGOVMIL\t2001-03-04\t2005\t\ttest\n"
         "Farid Osman\t\tKYL\tinterior minister\tKYLGOVCOP\t2007\t2009-02\t\ttest\n"
         "Ada Quillon\t\tKYL\tspokeswoman\tKYLGOV\t2001\t\t\ttest\n"
         "Ada Quillon\t\tUNO\tenvoy\tIGOUNO\t2003\t\t\ttest\n"
         "Max Ferro\t\tUNO\tenvoy of old\tIGOUNO\t1993\t1995\t\ttest\n"},
        {"actors/dictionary.tsv",
         "name\tvariants\tactor\tfrom\tto\tsource\n"
         "KYLE FRONT\t\tKYLREB\t\t1999-12-31\ttest\nKYLE FRONT\t\tKYLGOV\t\t\ttest\n"
         "RAIN OF KYLE\t\t---\t\t\ttest\n"},
    });
    auto tables = tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables",
                                       std::vector{folder.path()});
    ASSERT_TRUE(tables.has_value()) << tables.error().Text();
    auto loaded = Lookup::Load(*tables);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().Text();
    lookup_ = new Lookup(*std::move(loaded));
  }
  static void TearDownTestSuite() {
    delete lookup_;
    lookup_ = nullptr;
  }

  static Answer Find(std::string_view name, std::string_view day = "") {
    return lookup_->Find(name, day.empty() ? std::nullopt : std::optional(*ParseDate(day)));
  }
  static std::string Code(std::string_view name, std::string_view day = "") {
    return Find(name, day).code.value_or("-");
  }

  static Lookup* lookup_;
};

Lookup* LookupTest::lookup_ = nullptr;

TEST_F(LookupTest, OfficesHoldWithinTheirDays) {
  EXPECT_EQ(Code("Farid Osman", "2001-03-04"), "KYLGOVMIL");
  EXPECT_EQ(Code("farid osman", "2005-12-31"), "KYLGOVMIL");
  EXPECT_EQ(Code("General Osman", "2004"), "KYLGOVMIL");
  EXPECT_EQ(Code("Farid Osman", "2009-02-28"), "KYLGOVCOP");
}

TEST_F(LookupTest, BeforeOfficeOneIsOfTheCountryAndAfterItElite) {
  EXPECT_EQ(Code("Farid Osman", "2001-03-03"), "KYL");
  EXPECT_EQ(Code("Farid Osman", "2006-05-05"), "KYLELI");
  EXPECT_EQ(Code("Farid Osman", "2009-03-01"), "KYLELI");
  EXPECT_EQ(Code("Max Ferro", "1999"), "-");
}

TEST_F(LookupTest, WithoutADayTheLastOfficeCounts) { EXPECT_EQ(Code("Farid Osman"), "KYLGOVCOP"); }

TEST_F(LookupTest, EveryRowIsShownWithItsPlace) {
  const Answer answer = Find("Farid Osman", "2006-05-05");
  ASSERT_EQ(answer.rows.size(), 2U);
  EXPECT_EQ(answer.rows[0].title, "defence minister");
  EXPECT_EQ(answer.rows[0].standing, Standing::kAfter);
  EXPECT_EQ(answer.rows[1].standing, Standing::kBefore);
  EXPECT_EQ(answer.rows[0].table, "actors/office_holders");
  EXPECT_EQ(answer.rows[0].row + 1, answer.rows[1].row);
}

TEST_F(LookupTest, TwoOfficesAtOnceAreAmbiguous) {
  const Answer answer = Find("Ada Quillon", "2004-01-01");
  EXPECT_EQ(answer.code, "KYLGOV");
  EXPECT_THAT(answer.others, ElementsAre("IGOUNO"));
}

TEST_F(LookupTest, ACapitalIsThatOfTheStateOfItsDay) {
  EXPECT_EQ(Find("Kyle City", "1980-01-01").rows.at(0).country, "KYU");
  EXPECT_EQ(Find("Kyle City", "1999-01-01").rows.at(0).country, "KYL");
  EXPECT_EQ(Find("Moscow", "1985-01-01").rows.at(0).country, "SUN");
  EXPECT_EQ(Find("Moscow", "1995-01-01").rows.at(0).country, "RUS");
}

TEST_F(LookupTest, ACountryAndARoleAreComposed) {
  const Answer answer = Find("the Kylish army");
  EXPECT_EQ(answer.code, "KYLMIL");
  EXPECT_TRUE(answer.composed);
  EXPECT_THAT(answer.rows, ::testing::SizeIs(2));
}

TEST_F(LookupTest, AUsersDictionaryOverrulesAndKnowsNobody) {
  EXPECT_EQ(Code("the Kyle Front", "1999-12-31"), "KYLREB");
  EXPECT_EQ(Code("Kyle Front", "2000-01-01"), "KYLGOV");
  EXPECT_EQ(Code("Rain of Kyle"), "-");
}

TEST_F(LookupTest, NearNamesAreOffered) {
  EXPECT_THAT(Find("Fared Osman").near, ElementsAre("Farid Osman"));
  EXPECT_THAT(Find("Quillon").near, ElementsAre("Ada Quillon"));
  EXPECT_THAT(Find("Qqqqqq Zzzzzz").near, IsEmpty());
  EXPECT_THAT(Find("").rows, IsEmpty());
}

struct TermCase {
  std::string_view day, from, to;
  Standing standing;
};
void PrintTo(const TermCase& c, std::ostream* out) {
  *out << c.day << " in " << c.from << " to " << c.to;
}

class Terms : public ::testing::TestWithParam<TermCase> {};

TEST_P(Terms, AreComparedAsFarAsTheCoarserGoes) {
  EXPECT_EQ(StandingOn(GetParam().day, GetParam().from, GetParam().to), GetParam().standing);
}

INSTANTIATE_TEST_SUITE_P(
    Days, Terms,
    ::testing::Values(TermCase{"1999-12-15", "1991", "1999-12", Standing::kHolds},
                      TermCase{"2000-01-01", "1991", "1999-12", Standing::kAfter},
                      TermCase{"1990-12-31", "1991", "", Standing::kBefore},
                      TermCase{"1991", "1991-08-21", "", Standing::kHolds},
                      TermCase{"", "1991", "", Standing::kHolds},
                      TermCase{"", "1991", "1999", Standing::kAfter},
                      TermCase{"1999", "", "", Standing::kHolds}));

}  // namespace
}  // namespace dateline::actors
