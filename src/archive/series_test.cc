#include "dateline/series.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "archive/distance.h"
#include "dateline/archive.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct PeriodCase {
  const char* day;
  Period period;
  const char* name;
  const char* next;
};

class PeriodTest : public testing::TestWithParam<PeriodCase> {};

TEST_P(PeriodTest, HasANameAndASuccessor) {
  const Date day = *ParseDate(GetParam().day);
  EXPECT_EQ(PeriodOf(day, GetParam().period), GetParam().name);
  EXPECT_EQ(FormatDate(NextPeriod(day, GetParam().period)), GetParam().next);
}

INSTANTIATE_TEST_SUITE_P(
    Series, PeriodTest,
    testing::Values(PeriodCase{"2031-05-04", Period::kDay, "2031-05-04", "2031-05-05"},
                    PeriodCase{"2031-12-31", Period::kDay, "2031-12-31", "2032-01-01"},
                    PeriodCase{"2031-05-04", Period::kWeek, "2031-W18", "2031-05-05"},
                    PeriodCase{"2031-05-05", Period::kWeek, "2031-W19", "2031-05-12"},
                    // 1 January 2027 is a Friday: of the last week of the year before.
                    PeriodCase{"2027-01-01", Period::kWeek, "2026-W53", "2027-01-04"},
                    // 31 December 2029 is a Monday: of the first week of the year after.
                    PeriodCase{"2029-12-31", Period::kWeek, "2030-W01", "2030-01-07"},
                    PeriodCase{"2032-02-29", Period::kMonth, "2032-02", "2032-03-01"},
                    PeriodCase{"2031-12-01", Period::kMonth, "2031-12", "2032-01-01"}),
    [](const auto& each) { return fmt::format("Case{}", each.index); });

TEST(KilometresTest, AreThoseOfTheGreatCircle) {
  EXPECT_NEAR(archive::Kilometres(55.7558, 37.6173, 49.9935, 36.2304), 647, 3);
  EXPECT_NEAR(archive::Kilometres(0, 179.5, 0, -179.5), 111.2, 0.1);
  EXPECT_NEAR(archive::Kilometres(90, 0, -90, 0), 20015, 1);
  EXPECT_EQ(archive::Kilometres(10, 20, 10, 20), 0);
}

/// Who did what to whom, in a story of its own.
struct Deed {
  std::string source;
  std::string target;
  std::string date;
  int quad = 1;
  double goldstein = 1;
  EventStatus status = EventStatus::kOccurred;
  std::optional<EventPlace> place{};
};

class SeriesTest : public testing::Test {
 protected:
  SeriesTest()
      : path_((std::filesystem::temp_directory_path() /
               fmt::format("series_test_{}_{}.db", getpid(),
                           testing::UnitTest::GetInstance()->current_test_info()->name()))
                  .string()),
        archive_(*Archive::Open(path_, ArchiveAccess::kWrite)) {
    archive_.BeginRun({.started = "2031-05-04T08:15:00Z"});
  }
  ~SeriesTest() override {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end);
  }

  void Add(const std::vector<Deed>& deeds) {
    std::vector<ArchiveInput> inputs;
    for (const Deed& deed : deeds) {
      Story story = record::FullStory();
      story.id = fmt::format("{:032x}", ++count_ * 0x10000001ULL);
      Event& event = story.events[0];
      event.cameo = fmt::format("0{}0", deed.quad);
      event.quad = deed.quad;
      event.goldstein = deed.goldstein;
      event.status = deed.status;
      event.date = deed.date.empty() ? std::nullopt : std::optional(*ParseDate(deed.date));
      event.place = deed.place;
      event.source[0].actor = deed.source;
      event.target[0].actor = deed.target;
      InputPiece piece;
      piece.bytes = "bytes of " + story.id;
      inputs.push_back(PrepareInput(piece, {story}));
      inputs.back().items[0].sketch.clear();  // none is a copy
    }
    ASSERT_TRUE(archive_.Add(inputs));
  }

  /// "2031-05 3 -1.50" for each period.
  std::vector<std::string> Lines(const TimelineQuery& query, const EventFilter& filter = {}) {
    const auto line = archive_.FindTimeline(query, filter);
    EXPECT_TRUE(line) << line.error().Text();
    std::vector<std::string> lines;
    for (const TimelinePoint& point : line->points) {
      lines.push_back(fmt::format("{} {} {:.2f}", point.name, point.tally.events,
                                  point.tally.Mean().value_or(0)));
    }
    return lines;
  }

  std::vector<std::string> Ties(const NetworkQuery& query, const EventFilter& filter = {}) {
    const auto ties = archive_.FindNetwork(query, filter);
    EXPECT_TRUE(ties) << ties.error().Text();
    std::vector<std::string> lines;
    for (const Tie& tie : *ties) {
      lines.push_back(fmt::format("{}>{} {} {} {}-{}", tie.source, tie.target, tie.tally.events,
                                  tie.tally.goldstein, tie.first, tie.last));
    }
    return lines;
  }

  Archive& archive() { return archive_; }

 private:
  std::string path_;
  Archive archive_;
  std::uint64_t count_ = 0;
};

TEST_F(SeriesTest, APairIsCountedEitherWayWithItsEmptyMonths) {
  Add({{"CHNGOV", "RUS", "2031-03-04", 1, 3},
       {"RUS", "CHN", "2031-03-09", 3, -2},
       {"CHN", "RUSGOV", "2031-05-01", 2, 7},
       {"CHN", "USA", "2031-04-01"}});
  EXPECT_THAT(Lines({.one = "CHN", .other = "RUS"}),
              ElementsAre("2031-03 2 0.50", "2031-04 0 0.00", "2031-05 1 7.00"));
  EXPECT_THAT(Lines({.one = "CHN", .other = "RUS", .directed = true}),
              ElementsAre("2031-03 1 3.00", "2031-04 0 0.00", "2031-05 1 7.00"));
  EXPECT_THAT(Lines({.one = "RUS", .directed = true}), ElementsAre("2031-03 1 -2.00"));
  EXPECT_THAT(Lines({.one = "USA"}), ElementsAre("2031-04 1 1.00"));
}

TEST_F(SeriesTest, BoundsAreRowsTooAndBoundTheEvents) {
  Add({{"CHN", "RUS", "2031-03-04"}, {"CHN", "RUS", "2031-06-04"}});
  const EventFilter spring{.days = {.from = *ParseDate("2031-02"), .to = *ParseDate("2031-04")}};
  EXPECT_THAT(Lines({.one = "CHN"}, spring),
              ElementsAre("2031-02 0 0.00", "2031-03 1 1.00", "2031-04 0 0.00"));
}

TEST_F(SeriesTest, WhatDidNotHappenIsNotCounted) {
  Add({{"CHN", "RUS", "2031-03-04", 1, 1, EventStatus::kDenied},
       {"CHN", "RUS", "2031-03-05", 1, 1, EventStatus::kClaimed}});
  EXPECT_THAT(Lines({.one = "CHN"}), ElementsAre("2031-03 1 1.00"));
  EXPECT_THAT(Lines({.one = "CHN", .period = Period::kDay}, {.status = "denied"}),
              ElementsAre("2031-03-04 1 1.00"));
}

TEST_F(SeriesTest, DatesThatAreTooVagueAreCountedApart) {
  Add({{"CHN", "RUS", "2031-03"}, {"CHN", "RUS", ""}, {"CHN", "RUS", "2031-03-05"}});
  EXPECT_EQ(archive().FindTimeline({.one = "CHN", .period = Period::kDay}, {})->vague, 2);
  EXPECT_EQ(archive().FindTimeline({.one = "CHN", .period = Period::kMonth}, {})->vague, 1);
}

TEST_F(SeriesTest, TooManyPeriodsAreRefused) {
  Add({{"CHN", "RUS", "1700-01-01"}, {"CHN", "RUS", "2031-03-05"}});
  const auto line = archive().FindTimeline({.one = "CHN", .period = Period::kDay}, {});
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SeriesTest, CopiesCountOnce) {
  std::vector<ArchiveInput> inputs;
  for (unsigned i = 1; i <= 3; ++i) {
    Story story = record::FullStory();
    std::string body;
    for (int word = 0; word < 60; ++word) body += fmt::format("word{} ", word);
    story.text += body + fmt::format("end{}\n", i);
    story.blocks.push_back({BlockKind::kParagraph, record::Find(story.text, body), {}});
    story.id = fmt::format("{:032x}", i);
    story.events[0].status = EventStatus::kOccurred;
    InputPiece piece;
    piece.bytes = story.text;
    inputs.push_back(PrepareInput(piece, {story}));
  }
  ASSERT_EQ(archive().Add(inputs)->copies, 2);
  EXPECT_THAT(Ties({}), ElementsAre("NLD>SDN 1 -5 2031-05-2031-05"));
  EXPECT_THAT(Ties({.copies = true}), ElementsAre("NLD>SDN 3 -15 2031-05-2031-05"));
  EXPECT_THAT(Lines({.one = "NLD", .copies = true}), ElementsAre("2031-05 3 -5.00"));
  EXPECT_THAT(Lines({.one = "NLD"}), ElementsAre("2031-05 1 -5.00"));
}

TEST_F(SeriesTest, TiesAreOrderedByTheirEvents) {
  Add({{"CHNGOV", "RUS", "2031-03-04", 1, 2},
       {"USA", "CHN", "2031-03-05", 3, -1},
       {"CHN", "RUSGOV", "2031-02", 1, 3},
       {"CHNGOV", "CHNMIL", "2031-03-06"},
       {"", "RUS", "2031-03-06"}});
  EXPECT_THAT(Ties({}),
              ElementsAre("CHN>RUS 2 5 2031-02-2031-03-04", "USA>CHN 1 -1 2031-03-05-2031-03-05"));
  EXPECT_THAT(Ties({.unit = NetworkUnit::kActor, .about = "CHNGOV"}),
              ElementsAre("CHNGOV>CHNMIL 1 1 2031-03-06-2031-03-06",
                          "CHNGOV>RUS 1 2 2031-03-04-2031-03-04"));
  EXPECT_THAT(Ties({.least = 2}), ElementsAre("CHN>RUS 2 5 2031-02-2031-03-04"));
  EXPECT_THAT(Ties({.about = "USA"}), ElementsAre("USA>CHN 1 -1 2031-03-05-2031-03-05"));
  EXPECT_THAT(Ties({.limit = 1}), testing::SizeIs(1));
  EXPECT_THAT(Ties({.unit = NetworkUnit::kName, .about = "Sud", .limit = 1}), testing::SizeIs(1));
  EXPECT_THAT(Ties({}, {.code = "020"}), IsEmpty());
}

TEST_F(SeriesTest, EventsAreFoundByDistanceAcrossTheDateLine) {
  Add({{"A", "B", "2031-03-01", 1, 1, EventStatus::kOccurred, EventPlace{"Tarn", {}, 0, 179.9}},
       {"A", "B", "2031-03-02", 1, 1, EventStatus::kOccurred, EventPlace{"Brenn", {}, 0, -179.9}},
       {"A", "B", "2031-03-03", 1, 1, EventStatus::kOccurred, EventPlace{"Halvik", {}, 3, 179.9}},
       {"A", "B", "2031-03-04", 1, 1, EventStatus::kOccurred, EventPlace{"Nowhere", {}, {}, {}}}});
  const auto found = [&](double km) {
    std::vector<std::int64_t> stories;
    const auto all = archive().FindEvents({.near = Near{0, 179.9, km}});
    for (const StoryFacts& facts : *all) stories.push_back(facts.story);
    return stories;
  };
  EXPECT_THAT(found(10), ElementsAre(1));
  EXPECT_THAT(found(30), ElementsAre(1, 2));
  EXPECT_THAT(found(400), ElementsAre(1, 2, 3));
}

TEST_F(SeriesTest, StoriesAreListedByDayAndTellHowTheyCame) {
  Add({{"A", "B", "2031-03-01"}, {"A", "B", "2031-03-02"}});
  EXPECT_THAT(*archive().FindStories({}), ElementsAre(1, 2));
  EXPECT_THAT(*archive().FindStories({.from = *ParseDate("2032")}), IsEmpty());
  const auto origin = archive().LoadOrigin(2);
  ASSERT_TRUE(origin);
  EXPECT_EQ(origin->piece.bytes, fmt::format("bytes of {:032x}", 2 * 0x10000001ULL));
  EXPECT_FALSE(archive().LoadOrigin(3));
}

}  // namespace
}  // namespace dateline
