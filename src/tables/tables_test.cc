#include "tables/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "tables/compile.h"
#include "tables/testing.h"
#include "text/split_words.h"

namespace dateline::tables {
namespace {

using ::testing::ElementsAre;
using testing::Files;
using ::testing::HasSubstr;
using testing::TempFolder;

constexpr std::string_view kLeaders =
    "# Leaders of a land that is not.\n"
    "#: key = name from\n"
    "#: phrases = name|variants\n"
    "#: required = name\n"
    "#: type from = date\n"
    "name\tvariants\tfrom\toffice\n"
    "Zoë Ångström\tAngstrom|Dr. Ångström\t2001\tprime minister\n"
    "Zoë Ångström\t\t2009\tpresident\n"
    "Ann Lee\tLee|President Ann Lee\t2005\t\n";

/// The files compiled and loaded, with overlay folders.
Result<Tables> LoadFrom(const Files& files, const std::vector<Files>& overlays = {}) {
  const TempFolder folder(files);
  const auto compiled = CompileFolder(folder.path());
  if (!compiled) return std::unexpected(compiled.error());
  if (!compiled->problems.empty()) return std::unexpected(compiled->problems.front());
  const auto file = folder.Write("compiled", compiled->bytes);
  std::vector<std::unique_ptr<TempFolder>> folders;
  std::vector<std::filesystem::path> paths;
  for (const auto& overlay : overlays) {
    folders.push_back(std::make_unique<TempFolder>(overlay));
    paths.push_back(folders.back()->path());
  }
  return Tables::Load(file, paths);
}

/// "col=cell col=cell" for each row, without empty cells.
std::vector<std::string> Dump(const Table& table) {
  std::vector<std::string> rows;
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    std::string line;
    for (const std::string_view name : table.column_names()) {
      const auto cell = table.Cell(row, *table.GetColumn(name));
      if (!cell.empty()) line.append(line.empty() ? "" : " ").append(name).append("=").append(cell);
    }
    rows.push_back(line);
  }
  return rows;
}

std::string ErrorOf(const Result<Tables>& tables) {
  return tables ? "no error" : tables.error().Text();
}

TEST(TablesTest, WhatIsCompiledIsRead) {
  const auto tables =
      LoadFrom({{"actors/leaders.tsv", std::string(kLeaders)}, {"empty.tsv", "a\tb\n"}});
  ASSERT_TRUE(tables) << tables.error().Text();
  const Table* leaders = tables->Find("actors/leaders");
  ASSERT_NE(leaders, nullptr);
  EXPECT_EQ(leaders->name(), "actors/leaders");
  EXPECT_THAT(leaders->column_names(), ElementsAre("name", "variants", "from", "office"));
  EXPECT_THAT(
      Dump(*leaders),
      ElementsAre(
          "name=Zoë Ångström variants=Angstrom|Dr. Ångström from=2001 office=prime minister",
          "name=Zoë Ångström from=2009 office=president",
          "name=Ann Lee variants=Lee|President Ann Lee from=2005"));
  EXPECT_EQ(tables->Find("empty")->row_count(), 0U);
}

TEST(TablesTest, RowsAreFoundByKey) {
  const auto tables = LoadFrom({{"t.tsv", std::string(kLeaders)}});
  const Table& table = **tables->Get("t");
  const auto find = [&](std::vector<std::string_view> key) { return table.FindRow(key); };
  EXPECT_EQ(find({"Zoë Ångström", "2001"}), 0U);
  EXPECT_EQ(find({"Zoë Ångström", "2009"}), 1U);
  EXPECT_EQ(find({"Ann Lee", "2005"}), 2U);
  EXPECT_EQ(find({"Ann Lee", "2006"}), std::nullopt);
  EXPECT_EQ(find({"ann lee", "2005"}), std::nullopt);
  EXPECT_EQ(find({"Ann Lee2005", ""}), std::nullopt);
  EXPECT_EQ(find({"Ann Lee"}), std::nullopt) << "a part of the key is no key";
}

struct PhraseCase {
  std::string name;
  std::vector<std::string_view> words;
  std::string match;  ///< "length: rows"
};
void PrintTo(const PhraseCase& c, std::ostream* out) { *out << c.name; }

class PhraseTest : public ::testing::TestWithParam<PhraseCase> {};

std::string Printed(const std::optional<PhraseMatch>& match) {
  if (!match) return "none";
  std::string text = std::to_string(match->length) + ":";
  for (const std::uint32_t row : match->rows) text += " " + std::to_string(row);
  return text;
}

TEST_P(PhraseTest, LongestPhraseIsFound) {
  const auto tables = LoadFrom({{"t.tsv", std::string(kLeaders)}});
  const Table& table = **tables->Get("t");
  const FoldedTokens tokens(GetParam().words);
  EXPECT_EQ(Printed(table.MatchPhrase(tokens.words())), GetParam().match);
  EXPECT_EQ(Printed(table.MatchPhrase(tokens, 0, tokens.size())), GetParam().match);
}

INSTANTIATE_TEST_SUITE_P(
    Phrases, PhraseTest,
    ::testing::ValuesIn(std::vector<PhraseCase>{
        {"no tokens", {}, "none"},
        {"no phrase begins so", {"Bob", "Lee"}, "none"},
        {"name", {"Ann", "Lee", "said"}, "2: 2"},
        {"begun but not ended", {"Ann", "said"}, "none"},
        {"cut short", {"Ann"}, "none"},
        {"variant", {"Lee", "said"}, "1: 2"},
        {"longer phrase of another beginning", {"President", "Ann", "Lee"}, "3: 2"},
        {"two rows share a name", {"Zoë", "Ångström"}, "2: 0 1"},
        {"accents and capitals do not matter", {"ZOE", "ANGSTRÖM", "said"}, "2: 0 1"},
    }));

TEST(TablesTest, PhraseInsideASentenceEndsWithIt) {
  const auto tables = LoadFrom({{"t.tsv", std::string(kLeaders)}});
  const Table& table = **tables->Get("t");
  const FoldedTokens tokens(std::vector<std::string_view>{"said", "Ann", "Lee"});
  EXPECT_EQ(Printed(table.MatchPhrase(tokens, 1, 3)), "2: 2");
  EXPECT_EQ(Printed(table.MatchPhrase(tokens, 1, 2)), "none");
  EXPECT_EQ(Printed(table.MatchPhrase(tokens, 0, 3)), "none");
}

TEST(TablesTest, EveryPhraseOfATableIsFoundAndNoOther) {
  std::string text = "#: key = id\n#: phrases = name\nid\tname\n";
  for (int i = 0; i < 500; ++i) {
    text +=
        std::to_string(i) + "\tw" + std::to_string(i % 17) + " w" + std::to_string(i) + " end\n";
  }
  const auto tables = LoadFrom({{"t.tsv", text}});
  const Table& table = **tables->Get("t");
  for (int i = 0; i < 1000; ++i) {
    const std::string first = "w" + std::to_string(i % 17);
    const std::string second = "w" + std::to_string(i);
    const std::vector<std::string_view> words = {first, second, "end"};
    EXPECT_EQ(Printed(table.MatchPhrase(words)), i < 500 ? "3: " + std::to_string(i) : "none");
  }
}

TEST(TablesTest, WhatIsNotThereIsNamed) {
  const auto tables = LoadFrom({{"t.tsv", "a\tb\n1\t2\n"}});
  EXPECT_EQ(tables->Get("u").error().Text(), "no table 'u'; add data/u.tsv");
  EXPECT_EQ(tables->Find("t")->GetColumn("c").error().Text(),
            "table t: has no column 'c'; its columns are a, b");
}

TEST(TablesTest, TwoSetsOfTablesLiveSideBySide) {
  auto one = LoadFrom({{"t.tsv", "a\nfirst\n"}});
  const auto two = LoadFrom({{"t.tsv", "a\nsecond\n"}});
  const Tables copy = *one;
  *one = *two;
  EXPECT_THAT(Dump(*copy.Find("t")), ElementsAre("a=first"));
  EXPECT_THAT(Dump(*one->Find("t")), ElementsAre("a=second"));
  EXPECT_NE(copy.Fingerprint(), two->Fingerprint());
}

TEST(FoldedTokensTest, WordsStayWhenMoved) {
  FoldedTokens tokens(std::vector<std::string_view>{"A", "É"});
  const FoldedTokens moved = std::move(tokens);
  EXPECT_THAT(moved.words(), ElementsAre("a", "e"));
}

TEST(FoldedTokensTest, FormsOfAStorysTokensAreFolded) {
  const std::string text = "Zoë’s";
  Token name;
  name.span = {0, 4};
  Token ending;
  ending.span = {4, 8};
  Token form;
  form.span = {0, 8};
  form.form = "ÉTAT";
  const FoldedTokens tokens(text, std::vector<Token>{name, ending, form});
  EXPECT_THAT(tokens.words(), ElementsAre("zoe", "'s", "etat"));
}

TEST(ValuesTest, CellsAreSplitAtBars) {
  EXPECT_THAT(Values(""), ElementsAre());
  EXPECT_THAT(Values("a"), ElementsAre("a"));
  EXPECT_THAT(Values("a|b c"), ElementsAre("a", "b c"));
}

struct FoldCase {
  std::string_view phrase;
  std::vector<std::string> folded;
};

TEST(FoldPhraseTest, PhrasesAreCutAsRunningTextIs) {
  for (const auto& c : std::vector<FoldCase>{
           {"", {}},
           {" ", {}},
           {"New York", {"new", "york"}},
           {"Washington D.C.", {"washington", "d.c."}},
           {"Lt. Gov.", {"lt.", "gov."}},
           {"People’s Republic", {"people", "'s", "republic"}},
           {"Al-Shabaab", {"al", "-", "shabaab"}},
           {"São Tomé", {"sao", "tome"}},
       }) {
    EXPECT_EQ(FoldPhrase(c.phrase), c.folded) << c.phrase;
  }
}

TEST(FoldPhraseTest, APhraseInAStoryIsMatched) {
  const std::string text =
      "On Monday Lt. Gov. Ann Lee’s People's Republic of Al-Bo met U.N. envoys.";
  std::vector<text::Word> words;
  text::SplitWords(text, MakeSpan(0, text.size()), words);
  std::vector<std::string_view> forms;
  for (const text::Word& word : words) forms.push_back(word.span.of(text));
  const FoldedTokens tokens(forms);
  const auto tables =
      LoadFrom({{"t.tsv", "#: phrases = a\na\nLt. Gov.\nU.N.\npeople’s republic of al-bo\n"}});
  std::vector<std::string> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto match = (*tables->Get("t"))->MatchPhrase(tokens, i, tokens.size());
    if (match) found.push_back(std::string(tokens[i]) + " " + Printed(match));
  }
  EXPECT_THAT(found, ElementsAre("lt. 2: 0", "people 7: 2", "u.n. 1: 1"));
}

// --- overlays ---

TEST(OverlayTest, RowsOfAKnownKeyAreReplacedOthersAdded) {
  const auto tables = LoadFrom(
      {{"t.tsv", std::string(kLeaders)}},
      {{{"t.tsv",
         "name\tvariants\tfrom\toffice\nAnn Lee\tAnnie\t2005\tqueen\nBo Chu\t\t2010\t\n"}}});
  ASSERT_TRUE(tables) << tables.error().Text();
  const Table& table = *tables->Find("t");
  EXPECT_THAT(Dump(table), ElementsAre(HasSubstr("Zoë"), HasSubstr("Zoë"),
                                       "name=Ann Lee variants=Annie from=2005 office=queen",
                                       "name=Bo Chu from=2010"));
  EXPECT_EQ(
      Printed(table.MatchPhrase(FoldedTokens(std::vector<std::string_view>{"Annie"}).words())),
      "1: 2");
  EXPECT_EQ(Printed(table.MatchPhrase(FoldedTokens(std::vector<std::string_view>{"Lee"}).words())),
            "none");
  EXPECT_EQ(table.FindRow(std::vector<std::string_view>{"Bo Chu", "2010"}), 3U);
}

TEST(OverlayTest, ColumnsMayBeFewerAndInAnotherOrder) {
  const auto tables =
      LoadFrom({{"t.tsv", std::string(kLeaders)}}, {{{"t.tsv", "from\tname\n2010\tBo Chu\n"}}});
  ASSERT_TRUE(tables) << tables.error().Text();
  EXPECT_EQ(Dump(*tables->Find("t")).back(), "name=Bo Chu from=2010");
}

TEST(OverlayTest, UnknownFileIsATableOfItsOwn) {
  const auto tables =
      LoadFrom({{"t.tsv", "a\n1\n"}}, {{{"own/words.tsv", "#: phrases = w\nw\nred tape\n"}}});
  ASSERT_TRUE(tables) << tables.error().Text();
  EXPECT_THAT(Dump(*tables->Find("own/words")), ElementsAre("w=red tape"));
  EXPECT_THAT(Dump(*tables->Find("t")), ElementsAre("a=1"));
}

TEST(OverlayTest, LaterFoldersLieOnTop) {
  const std::string base = "#: key = k\nk\tv\na\t1\n";
  const auto tables =
      LoadFrom({{"t.tsv", base}}, {{{"t.tsv", "k\tv\na\t2\nb\t2\n"}}, {{"t.tsv", "k\tv\nb\t3\n"}}});
  ASSERT_TRUE(tables) << tables.error().Text();
  EXPECT_THAT(Dump(*tables->Find("t")), ElementsAre("k=a v=2", "k=b v=3"));
}

TEST(OverlayTest, TableWithoutKeyOnlyGrows) {
  const auto tables = LoadFrom({{"t.tsv", "v\n1\n"}}, {{{"t.tsv", "v\n1\n"}}});
  EXPECT_THAT(Dump(*tables->Find("t")), ElementsAre("v=1", "v=1"));
}

TEST(OverlayTest, FingerprintTellsOverlaysApart) {
  const Files base = {{"t.tsv", "v\n1\n"}};
  const std::string without = LoadFrom(base)->Fingerprint();
  const std::string with = LoadFrom(base, {{{"t.tsv", "v\n2\n"}}})->Fingerprint();
  const std::string with_other = LoadFrom(base, {{{"t.tsv", "v\n3\n"}}})->Fingerprint();
  EXPECT_EQ(without.size(), 16U);
  EXPECT_NE(without, with);
  EXPECT_NE(with, with_other);
  EXPECT_EQ(with, LoadFrom(base, {{{"t.tsv", "v\n2\n"}}})->Fingerprint());
}

struct OverlayCase {
  std::string name;
  std::string text;  ///< of the overlay's t.tsv
  std::string error;
};

TEST(OverlayTest, FaultsCarryFileAndLine) {
  const std::string base = "#: key = k\n#: required = v\n#: ref c = t.k\nk\tv\tc\na\t1\ta\n";
  for (const auto& c : std::vector<OverlayCase>{
           {"cells", "k\tv\nb\n",
            "t.tsv:2: 1 cells, want 2 as in the header of line 1; check the tabs"},
           {"column", "k\tv\tw\nb\t2\t3\n",
            "t.tsv:1: column 'w' is not one of the table laid over; it has k, v, c"},
           {"no key", "v\n", "t.tsv:1: key column 'k' is missing; add it"},
           {"required", "k\nb\nc\n", "t.tsv:2: v is empty; it is required (and 1 more problems)"},
           {"key twice", "k\tv\nb\t1\nb\t2\n",
            "t.tsv:3: key 'b' is that of line 2 too; remove one row"},
           {"directive", "#: key = v\nk\tv\nb\t1\n",
            "t.tsv:1: directive is not one of the table laid over; remove it"},
           {"ref", "k\tv\tc\nb\t1\tz\n",
            "t.tsv:2: c 'z' is not in k of t; add it there or correct it"},
           {"nothing wrong", "#: key = k\nk\tv\tc\nb\t1\tb\n", "no error"},
       }) {
    EXPECT_EQ(ErrorOf(LoadFrom({{"t.tsv", base}}, {{{"t.tsv", c.text}}})), c.error) << c.name;
  }
}

TEST(OverlayTest, FolderThatIsNotThereIsNotFound) {
  const TempFolder folder(Files{{"t.tsv", "a\n1\n"}});
  const auto file = folder.Write("compiled", CompileFolder(folder.path())->bytes);
  const std::vector<std::filesystem::path> overlays = {"no/such/folder"};
  EXPECT_EQ(ErrorOf(Tables::Load(file, overlays)), "no/such/folder: no such folder of tables");
}

// --- damaged files ---

class DamagedFileTest : public ::testing::Test {
 protected:
  DamagedFileTest() : folder_(Files{{"a/t.tsv", std::string(kLeaders)}, {"b.tsv", "x\n1\n"}}) {
    bytes_ = CompileFolder(folder_.path())->bytes;
  }
  Result<Tables> Load(std::string_view bytes) {
    return Tables::Load(folder_.Write("compiled", bytes), {});
  }

  TempFolder folder_;
  std::string bytes_;
};

TEST_F(DamagedFileTest, EveryFlippedBitIsAnError) {
  ASSERT_TRUE(Load(bytes_));
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    std::string damaged = bytes_;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    EXPECT_FALSE(Load(damaged)) << "byte " << at;
  }
}

TEST_F(DamagedFileTest, EveryShorterFileIsAnError) {
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    EXPECT_FALSE(Load(bytes_.substr(0, size))) << size << " bytes";
  }
}

TEST_F(DamagedFileTest, FaultsAreNamed) {
  const std::string path = (folder_.path() / "compiled").string();
  EXPECT_EQ(ErrorOf(Load("")),
            path + ": is too short for compiled tables; compile the tables again");
  std::string other = bytes_;
  other[0] = 'X';
  EXPECT_EQ(ErrorOf(Load(other)),
            path + ": does not begin with 'DLTABLES'; compile the tables again");
  other = bytes_;
  other[16] = 9;
  EXPECT_EQ(ErrorOf(Load(other)),
            path + ": has format version 9, want 1; compile the tables again");
  EXPECT_EQ(ErrorOf(Load(bytes_ + "x")), path + ": has " + std::to_string(bytes_.size() + 1) +
                                             " bytes, want " + std::to_string(bytes_.size()) +
                                             "; compile the tables again");
  other = bytes_;
  other.back() ^= 1;
  EXPECT_EQ(ErrorOf(Load(other)), path + ": does not match its checksum; compile the tables again");
}

TEST(TablesTest, FileThatIsNotThereIsNotFound) {
  const auto tables = Tables::Load("no/such/file", {});
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace dateline::tables
