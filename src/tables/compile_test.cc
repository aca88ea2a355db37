#include "tables/compile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "tables/testing.h"

namespace dateline::tables {
namespace {

using ::testing::ElementsAre;
using testing::Files;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TempFolder;

std::vector<std::string> Lint(const Files& files) {
  const TempFolder folder(files);
  const auto compiled = CompileFolder(folder.path());
  if (!compiled) return {compiled.error().Text()};
  EXPECT_EQ(compiled->bytes.empty(), !compiled->problems.empty());
  std::vector<std::string> texts;
  for (const Error& problem : compiled->problems) texts.push_back(problem.Text());
  return texts;
}

struct LintCase {
  std::string name;
  std::string text;     ///< of the file t.tsv
  std::string problem;  ///< the only one
};
void PrintTo(const LintCase& c, std::ostream* out) { *out << c.name; }

class LintTest : public ::testing::TestWithParam<LintCase> {};

TEST_P(LintTest, NamesPlaceFaultAndRemedy) {
  EXPECT_THAT(Lint({{"t.tsv", GetParam().text}}), ElementsAre(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Form, LintTest,
    ::testing::ValuesIn(std::vector<LintCase>{
        {"empty file", "",
         "t.tsv: has no header line; write the column names, separated by tabs, above the rows"},
        {"comments only", "# a\n# b\n",
         "t.tsv: has no header line; write the column names, separated by tabs, above the rows"},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a\n1\n",
         "t.tsv:1: begins with a byte order mark; save as UTF-8 without one"},
        {"Latin-1",
         "a\nM\xFC"
         "nchen\n",
         "t.tsv:2: byte 2 is not UTF-8; save the file as UTF-8"},
        {"CRLF", "a\n1\r\n",
         "t.tsv:2: line ends in a carriage return; save the file with LF line ends"},
        {"cell missing", "a\tb\n1\n",
         "t.tsv:2: 1 cells, want 2 as in the header of line 1; check the tabs"},
        {"cell too many", "# c\na\n1\t2\n",
         "t.tsv:3: 2 cells, want 1 as in the header of line 2; check the tabs"},
        {"space at the edge", "a\nx \n", "t.tsv:2: a 'x ' begins or ends with a space; remove it"},
        {"control character", "a\nx\x01y\n", "t.tsv:2: a holds a control character; remove it"},
        {"not NFC", "a\ne\xCC\x81t\xC3\xA9\n",
         "t.tsv:2: a 'e\xCC\x81t\xC3\xA9' is not in Unicode form NFC; write '\xC3\xA9t\xC3\xA9'"},
        {"column without a name", "a\t\n1\t2\n",
         "t.tsv:1: column 2 is named ''; use lower-case letters, digits and '_'"},
        {"column in capitals", "A\n1\n",
         "t.tsv:1: column 1 is named 'A'; use lower-case letters, digits and '_'"},
        {"column twice", "a\ta\n1\t2\n", "t.tsv:1: column 'a' stands twice; rename one"},
    }));

INSTANTIATE_TEST_SUITE_P(
    Directives, LintTest,
    ::testing::ValuesIn(std::vector<LintCase>{
        {"unknown", "#: keys = a\na\n1\n",
         "t.tsv:1: unknown directive 'keys'; known are key, phrases, required, type, enum, ref, "
         "order, sorted, alone, distinct"},
        {"below the header", "a\n#: key = a\n1\n",
         "t.tsv:2: directive below the header; move it above line 1"},
        {"unknown column", "#: key = b\na\n1\n",
         "t.tsv:1: directive names column 'b', which the header does not have"},
        {"column twice", "#: phrases = a|a\na\n1\n",
         "t.tsv:1: directive names column 'a' twice; remove one"},
        {"no columns", "#: required =\na\n1\n", "t.tsv:1: directive wants '= column …'"},
        {"two keys", "#: key = a\n#: key = a\na\n1\n", "t.tsv:2: second '#: key'; a table has one"},
        {"unknown type", "#: type a = float\na\n1\n",
         "t.tsv:1: unknown type 'float'; known are text, date, int, number, bool, span, latitude, "
         "longitude, name"},
        {"type without a value", "#: type a\na\n1\n",
         "t.tsv:1: directive wants 'type column = date'"},
        {"enum without values", "#: enum a =\na\n1\n",
         "t.tsv:1: directive wants 'enum column = a,b,c'"},
        {"ref without a column", "#: ref a = x\na\n1\n",
         "t.tsv:1: directive wants 'ref column = folder/table.column'"},
        {"order without a sign", "#: order a b\na\tb\n1\t2\n",
         "t.tsv:1: directive wants 'order from <= to'"},
        {"order of texts", "#: order a <= b\na\tb\n1\t2\n",
         "t.tsv:2: '#: order a <= b' wants both columns of type date, int or number; add '#: type "
         "a = date' and "
         "'#: type b = date'"},
        {"alone without terms", "#: alone a = b\na\tb\n1\t2\n",
         "t.tsv:1: directive wants 'alone column … = from to unless note'"},
        {"distinct without a column", "#: phrases = a\n#: distinct\na\n1\n",
         "t.tsv:2: directive wants 'distinct unless note'"},
        {"distinct without phrases", "#: distinct unless a\na\n1\n",
         "t.tsv:1: '#: distinct' without '#: phrases'; name the phrase columns"},
        {"sorted without a key", "#: sorted\na\n1\n",
         "t.tsv:1: '#: sorted' without '#: key'; name the key columns"},
    }));

constexpr const char* kTerms =
    "#: alone land office = from to unless note\n"
    "land\toffice\tname\tfrom\tto\tnote\n";

INSTANTIATE_TEST_SUITE_P(
    Groups, LintTest,
    ::testing::ValuesIn(std::vector<LintCase>{
        {"two holders on one day",
         std::string(kTerms) + "A\tking\tAnn\t2001\t2003-05-02\t\n"
                               "A\tking\tBob\t2003-05-01\t\t\n",
         "t.tsv:4: begins '2003-05-01' before line 3 ends ('2003-05-02'); correct the dates, or "
         "say "
         "why in note"},
        {"somebody behind one who still holds it",
         std::string(kTerms) + "A\tking\tBob\t2004\t\t\n"
                               "A\tking\tAnn\t2001\t\t\n",
         "t.tsv:3: begins '2004' before line 4 ends (''); correct the dates, or say why in note"},
        {"a short term within a long one hides nothing",
         std::string(kTerms) + "A\tking\tAnn\t2001\t2009\t\n"
                               "A\tking\tBob\t2002\t2003\tregent\n"
                               "A\tking\tCid\t2005\t\t\n",
         "t.tsv:5: begins '2005' before line 3 ends ('2009'); correct the dates, or say why in "
         "note"},
        {"a phrase of two rows",
         "#: phrases = name|other\n#: distinct unless note\nname\tother\tnote\n"
         "Front\tFDF|FPR\t\nForce\tfdf\t\n",
         "t.tsv:5: 'fdf' stands in line 4 too; remove one, or say in note which is meant when"},
    }));

TEST(Lint, OfficesChangeHandsWithinADayAMonthOrAYearAndStandApartByLand) {
  EXPECT_THAT(Lint({{"t.tsv", std::string(kTerms) + "A\tking\tAnn\t2001\t2003-05-02\t\n"
                                                    "A\tking\tBob\t2003-05-02\t2004-01\t\n"
                                                    "A\tking\tCid\t2004-01-20\t2005\t\n"
                                                    "A\tking\tDan\t2005-11-20\t\t\n"
                                                    "B\tking\tEve\t2002\t2004\t\n"}}),
              IsEmpty());
}

TEST(Lint, ANoteAllowsTwoHoldersAndTwoMeanings) {
  EXPECT_THAT(
      Lint({{"t.tsv", std::string(kTerms) + "A\tking\tAnn\t2001\t2003\t\n"
                                            "A\tking\tBob\t2002\t2003\trival\n"},
            {"u.tsv",
             "#: phrases = a\n#: distinct unless note\na\tnote\nFDF\t\nFDF\tafter 2001\n"}}),
      IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LintTest,
    ::testing::ValuesIn(std::vector<LintCase>{
        {"required cell is empty", "#: required = b\na\tb\n1\t\n",
         "t.tsv:3: b is empty; it is required"},
        {"month 13", "#: type d = date\nd\n2020-13\n",
         "t.tsv:3: d '2020-13' is no date; want YYYY, YYYY-MM or YYYY-MM-DD of a day that exists"},
        {"30 February", "#: type d = date\nd\n2020-02-30\n",
         "t.tsv:3: d '2020-02-30' is no date; want YYYY, YYYY-MM or YYYY-MM-DD of a day that "
         "exists"},
        {"second value of a cell", "#: type n = int\nn\n1|x\n",
         "t.tsv:3: n 'x' is no whole number"},
        {"number", "#: type n = number\nn\n1,5\n", "t.tsv:3: n '1,5' is no number"},
        {"bool", "#: type n = bool\nn\nyes\n", "t.tsv:3: n 'yes' is neither 0 nor 1"},
        {"span", "#: type n = span\nn\n7-3\n",
         "t.tsv:3: n '7-3' is no span; want begin-end with begin <= end"},
        {"latitude", "#: type n = latitude\nn\n91\n",
         "t.tsv:3: n '91' is no latitude; want degrees from -90 to 90"},
        {"a name that was cut is none", "#: type n = name\nn\nrew Holness\n",
         "t.tsv:3: n 'rew Holness' is no name; want it whole, without signs and numbers"},
        {"a name with half a bracket is none", "#: type n = name\nn\nVincenzo Pedini (\n",
         "t.tsv:3: n 'Vincenzo Pedini (' is no name; want it whole, without signs and numbers"},
        {"not a number is no longitude", "#: type n = longitude\nn\nnan\n",
         "t.tsv:3: n 'nan' is no longitude; want degrees from -180 to 180"},
        {"enum", "#: enum k = igo, ngo\nk\nigo|state\n", "t.tsv:3: k 'state' is none of igo, ngo"},
        {"dates out of order",
         "#: type f = date\n#: type t = date\n#: order f <= t\nf\tt\n2001-05\t2000\n",
         "t.tsv:5: f '2001-05' is after t '2000'"},
        {"numbers out of order", "#: type f = int\n#: type t = int\n#: order f <= t\nf\tt\n10\t9\n",
         "t.tsv:5: f '10' is after t '9'"},
        {"phrase of nothing", "#: phrases = a\na\nx||y\n",
         "t.tsv:3: a has an empty phrase; remove the '|' beside it"},
        {"empty key", "#: key = a\na\tb\n\t1\n", "t.tsv:3: key is empty; fill it in"},
        {"key twice", "#: key = a b\na\tb\nx\ty\nx\tz\nx\ty\n",
         "t.tsv:5: key 'x y' is that of line 3 too; remove one row"},
        {"not sorted", "#: key = a\n#: sorted\na\nb\na\n",
         "t.tsv:5: key 'a' stands after 'b'; sort the rows by key, byte by byte"},
    }));

TEST(CompileTest, RowsOfEveryDirectivePass) {
  EXPECT_THAT(
      Lint({{"t.tsv",
             "# People.\n#: key = id\n#: sorted\n#: phrases = name|variants\n#: required = name\n"
             "#: type from = date\n#: type to = date\n#: order from <= to\n#: enum kind = a, b\n"
             "#: ref boss = t.id\n\n"
             "id\tname\tvariants\tfrom\tto\tkind\tboss\n"
             "1\tAnn Bell\tA. Bell|Bell\t2001\t2001-05\ta|b\t\n"
             "# a comment between rows\n"
             "2\tCarl Dow\t\t\t1999\t\t1\n"}}),
      IsEmpty());
}

TEST(CompileTest, RefsAreCheckedAcrossTables) {
  const std::string countries = "#: key = iso3\niso3\nFRA\nITA\n";
  const std::string city = "#: ref country = actors/countries.";
  EXPECT_THAT(Lint({{"actors/countries.tsv", countries},
                    {"cities.tsv", city + "iso3\ncountry\nFRA|ITA\n"}}),
              IsEmpty());
  EXPECT_THAT(Lint({{"actors/countries.tsv", countries},
                    {"cities.tsv", city + "iso3\ncountry\nFRA|GER\n"}}),
              ElementsAre("cities.tsv:3: country 'GER' is not in iso3 of actors/countries; add it "
                          "there or correct it"));
  EXPECT_THAT(
      Lint({{"actors/countries.tsv", countries}, {"cities.tsv", city + "iso2\ncountry\nFR\n"}}),
      ElementsAre(
          "cities.tsv:1: ref names column 'iso2', which table 'actors/countries' does not have"));
  EXPECT_THAT(
      Lint({{"cities.tsv", city + "iso3\ncountry\nFRA\n"}}),
      ElementsAre("cities.tsv:1: ref names table 'actors/countries', which does not exist"));
}

TEST(CompileTest, ManyProblemsOfOneFileAreCounted) {
  std::string text = "a\tb\n";
  for (int i = 0; i < 60; ++i) text += "1\n";
  const auto problems = Lint({{"t.tsv", text}});
  ASSERT_THAT(problems, SizeIs(51));
  EXPECT_EQ(problems.back(), "t.tsv: 10 more problems in this file");
}

TEST(CompileTest, PhraseLongerThanTheIndexHoldsIsRefused) {
  std::string phrase = "x";
  for (int i = 0; i < 32; ++i) phrase += " x";
  EXPECT_THAT(Lint({{"t.tsv", "#: phrases = a\na\n" + phrase + "\n"}}),
              ElementsAre(HasSubstr("has 33 tokens; phrases have at most 32")));
}

TEST(CompileTest, FolderThatIsNotThereIsNotFound) {
  const auto compiled = CompileFolder("no/such/folder");
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().Text(), "no/such/folder: no such folder of tables");
}

TEST(CompileTest, SameFolderGivesSameBytes) {
  const Files files = {{"b.tsv", "#: key = a\n#: phrases = a\na\nNew York\nYork\nNew Delhi\n"},
                       {"a/c.tsv", "x\n1\n"}};
  const TempFolder one(files);
  const TempFolder two(files);
  EXPECT_EQ(CompileFolder(one.path())->bytes, CompileFolder(two.path())->bytes);
}

}  // namespace
}  // namespace dateline::tables
