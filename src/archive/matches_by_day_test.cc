#include "archive/matches_by_day.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace dateline::archive {
namespace {

constexpr std::int64_t kNumbered = 6000;

/// Stories of which all have "many", every second "half", one in fifty "few"; one in ten has no
/// day. `days`: whether days come in the order of the numbers, but for some.
std::unique_ptr<Database> MakeStories(bool in_order, unsigned seed) {
  auto database = *Database::Open(":memory:", Access::kWrite);
  database->Run(
      "CREATE TABLE stories(story INTEGER PRIMARY KEY, published TEXT);"
      "CREATE INDEX stories_published ON stories(published);"
      "CREATE VIRTUAL TABLE search USING fts5(text)");
  Statement story(*database, "INSERT INTO stories VALUES(?, ?)");
  Statement text(*database, "INSERT INTO search(rowid, text) VALUES(?, ?)");
  std::mt19937 random(seed);
  for (std::int64_t number = 1; number <= kNumbered; ++number) {
    const std::int64_t place = in_order ? number : static_cast<std::int64_t>(random() % kNumbered);
    std::optional<std::string> day;
    if (number % 10 != 3) {
      day = fmt::format("2031-{:02}-{:02}", 1 + place / 500 % 12, 1 + random() % 28);
    }
    story.Run(number, day);
    text.Run(number, fmt::format("many{}{}", number % 2 == 0 ? " half" : "",
                                 number % 50 == 0 ? " few" : ""));
  }
  return database;
}

std::vector<std::int64_t> AllOf(Database& database, const std::string& word, const DayRange& days) {
  MatchesByDay matches(database, word, days);
  std::vector<std::int64_t> all;
  for (auto some = matches.Next(); !some.empty(); some = matches.Next()) {
    all.insert(all.end(), some.begin(), some.end());
  }
  EXPECT_TRUE(matches.Next().empty());
  const auto failure = database.TakeFailure();
  EXPECT_FALSE(failure) << failure->Text();
  return all;
}

/// The same by a sort of everything.
std::vector<std::int64_t> Sorted(Database& database, const std::string& word,
                                 const std::string& days) {
  Statement all(database,
                "SELECT story FROM search JOIN stories ON story = search.rowid WHERE search "
                "MATCH ? AND " +
                    days + " ORDER BY published IS NULL, published, story");
  all.Start(word);
  std::vector<std::int64_t> stories;
  while (all.Step()) stories.push_back(all.Number(0));
  EXPECT_EQ(stories.empty(), word == "none");
  return stories;
}

TEST(MatchesByDayTest, StoriesComeInTheOrderOfTheirDaysHoweverManyThereAre) {
  for (const bool in_order : {true, false}) {
    const auto database = MakeStories(in_order, 7);
    for (const char* word : {"many", "half", "few", "none"}) {
      SCOPED_TRACE(fmt::format("{} {}", word, in_order));
      EXPECT_EQ(AllOf(*database, word, {}), Sorted(*database, word, "1"));
      EXPECT_EQ(AllOf(*database, word, {*ParseDate("2031-03"), *ParseDate("2031-05-10")}),
                Sorted(*database, word, "published BETWEEN '2031-03-01' AND '2031-05-10'"));
      EXPECT_EQ(AllOf(*database, word, {{}, *ParseDate("2031-05")}),
                Sorted(*database, word, "published < '2031-06'"));
    }
  }
}

TEST(MatchesByDayTest, DaysThatLieFarApartInNumbersAreTakenFromAListOfAll) {
  // A few stories of each of two days among very many numbers.
  auto database = *Database::Open(":memory:", Access::kWrite);
  database->Run(
      "CREATE TABLE stories(story INTEGER PRIMARY KEY, published TEXT);"
      "CREATE INDEX stories_published ON stories(published);"
      "CREATE VIRTUAL TABLE search USING fts5(text);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) "
      "INSERT INTO stories SELECT i * 900, '2031-01-' || printf('%02d', i * 7919 % 28 + 1) FROM n;"
      "INSERT INTO search(rowid, text) SELECT story, iif(story % 1800 = 0, 'half', 'other') FROM "
      "stories");
  EXPECT_EQ(AllOf(*database, "half", {}), Sorted(*database, "half", "1"));
}

}  // namespace
}  // namespace dateline::archive
