#include "dateline/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

CodeNames Names() {
  return {.events = {{"129", "Reject, not specified below"}},
          .countries = {{"NLD", "Norland"}, {"SDN", "Sud"}, {"USA", "United States"}},
          .fips = {{"NLD", "NL"}, {"SDN", "SU"}, {"USA", "US"}}};
}

/// Reads rows back by their tabs alone.
std::vector<std::vector<std::string>> Rows(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  for (const char c : text) {
    if (c == '\t') {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(std::move(row));
      row = {""};
    } else {
      row.back() += c;
    }
  }
  EXPECT_THAT(row, ElementsAre("")) << "the last row is not ended";
  return rows;
}

std::vector<std::vector<std::string>> Export(const Story& story, ExportForm form) {
  return Rows(WriteExport(story, {.number = 7, .added = "20310504081500"}, Names(), form));
}

TEST(ExportTest, Gdelt2HasItsColumnsInOrder) {
  EXPECT_THAT(Export(record::FullStory(), ExportForm::kGdelt2),
              ElementsAre(ElementsAre(
                  "70000", "20310501", "203105", "2031", "2031.3315",                  // 1-5
                  "NLDGOV", "OLA EK", "NLD", "", "", "", "", "GOV", "", "",            // 6-15
                  "SDN", "SUD", "SDN", "", "", "", "", "", "", "",                     // 16-25
                  "1", "129", "129", "12", "3", "-5", "2", "1", "1", "",               // 26-35
                  "0", "", "", "", "", "", "", "",                                     // 36-43
                  "0", "", "", "", "", "", "", "",                                     // 44-51
                  "4", "Halvik, North, Norland", "NL", "NL", "", "61.25", "-7.5", "",  // 52-59
                  "20310504081500", "https://example.org/norland")));                  // 60-61
}

TEST(ExportTest, Gdelt1LacksTheSecondDivisionAndTheTimeOfDay) {
  const auto later = Export(record::FullStory(), ExportForm::kGdelt2).at(0);
  auto row = Export(record::FullStory(), ExportForm::kGdelt1).at(0);
  ASSERT_THAT(row, SizeIs(58));
  EXPECT_EQ(row[56], "20310504");
  row[56] += "081500";
  for (const std::size_t at : std::initializer_list<std::size_t>{53, 46, 39})
    row.insert(row.begin() + static_cast<std::ptrdiff_t>(at), "");
  std::vector<std::string> wanted = later;
  EXPECT_EQ(row, wanted);
}

TEST(ExportTest, MentionsAreAPassageEach) {
  EXPECT_THAT(Export(record::FullStory(), ExportForm::kGdeltMentions),
              ElementsAre(ElementsAre("70000", "20310504081500", "20310504081500", "1",
                                      "example.org", "https://example.org/norland", "1", "0", "27",
                                      "22", "1", "50", "101", "", "", ""),
                          ElementsAre("70000", "20310504081500", "20310504081500", "1",
                                      "example.org", "https://example.org/norland", "2", "-1", "-1",
                                      "32", "1", "50", "101", "", "", "")));
}

TEST(ExportTest, IcewsHasAHeaderAndNames) {
  EXPECT_THAT(Rows(ExportHeader(ExportForm::kIcews)).at(0), SizeIs(20));
  EXPECT_THAT(Export(record::FullStory(), ExportForm::kIcews),
              ElementsAre(ElementsAre("70000", "2031-05-01", "Ola Ek", "Government", "Norland",
                                      "Reject, not specified below", "129", "-5.0", "Sud", "",
                                      "Sud", "7", "1", "The Halvik Post", "Halvik", "", "North",
                                      "Norland", "61.25", "-7.5")));
}

TEST(ExportTest, PhoenixPartsItsActors) {
  EXPECT_THAT(Export(record::FullStory(), ExportForm::kPhoenix),
              ElementsAre(ElementsAre("70000", "20310501", "2031", "05", "01", "NLDGOV", "NLD",
                                      "GOV", "", "SDN", "SDN", "", "", "129", "12", "3", "-5", "",
                                      "61.25", "-7.5", "Halvik", "North", "NLD", "7_1",
                                      "https://example.org/norland", "The Halvik Post")));
}

TEST(ExportTest, AnEventIsARowForEachPairAndRowsKeepTheirNumbers) {
  Story story = record::FullStory();
  story.events.push_back(story.events[0]);
  EventActor un{.entity = {}, .actor = "IGOUNOPKO", .span = {0, 7}};
  story.events[0].source.push_back(un);
  story.events[0].source.push_back({.entity = {}, .actor = "REBMOSRAD", .span = {0, 7}});
  story.events[1].target.clear();
  const auto rows = Export(story, ExportForm::kGdelt2);
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row[0]);
  EXPECT_THAT(ids, ElementsAre("70000", "70001", "70002", "70003"));
  const auto actor = [&](std::size_t row) {
    return std::vector<std::string>(rows[row].begin() + 5, rows[row].begin() + 15);
  };
  EXPECT_THAT(actor(1),
              ElementsAre("IGOUNOPKO", "NORLAND", "", "UNO", "", "", "", "IGO", "PKO", ""));
  EXPECT_THAT(actor(2),
              ElementsAre("REBMOSRAD", "NORLAND", "", "", "", "MOS", "", "REB", "RAD", ""));
  EXPECT_EQ(rows[3][15], "");
  const ExportSource second{.number = 7, .added = "20310504081500", .choice = {{1}}};
  EXPECT_EQ(Rows(WriteExport(story, second, Names(), ExportForm::kGdelt2)).at(0), rows[3]);
}

TEST(ExportTest, TheYearsLastDayIsInTheYear) {
  Story story = record::FullStory();
  story.events[0].date = *ParseDate("2031-12-31");
  EXPECT_EQ(Export(story, ExportForm::kGdelt2).at(0)[4], "2031.9890");
}

TEST(ExportTest, RandomStoriesKeepTheirColumns) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const Story story = record::StoryDice(seed).Roll();
    for (const auto& [form, columns] :
         std::vector<std::pair<ExportForm, std::size_t>>{{ExportForm::kGdelt1, 58},
                                                         {ExportForm::kGdelt2, 61},
                                                         {ExportForm::kGdeltMentions, 16},
                                                         {ExportForm::kIcews, 20},
                                                         {ExportForm::kPhoenix, 26}}) {
      for (const auto& row : Export(story, form)) {
        ASSERT_THAT(row, SizeIs(columns)) << ExportFormName(form) << ", seed " << seed;
      }
    }
  }
}

TEST(ExportTest, FormsHaveNames) {
  EXPECT_EQ(ParseExportForm("gdelt2-mentions"), ExportForm::kGdeltMentions);
  EXPECT_EQ(ParseExportForm("gdelt"), std::nullopt);
}

}  // namespace
}  // namespace dateline
