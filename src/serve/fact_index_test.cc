// What the index selects must be what the archive finds: two ways to the same answer.
#include "serve/fact_index.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "dateline/archive.h"

namespace dateline::serve {
namespace {

template <typename Item, std::size_t Count>
const Item& OneOf(const Item (&items)[Count], std::mt19937& random) {
  return items[random() % Count];
}

Span Word() { return {0, 5}; }

Event RandomEvent(std::mt19937& random) {
  static const char* const kActors[] = {"CHN", "CHNGOV", "RUS", "RUSMIL", "USA", "USAGOV", ""};
  static const char* const kCodes[] = {"010", "042", "043", "112", "190"};
  static const char* const kDays[] = {"2031-01-05", "2031-01", "2031-02-01",
                                      "2031-03-17", "2031",    ""};
  static const char* const kPlaces[] = {"Moscow", "Paris", "Tarn"};
  Event event;
  event.cameo = OneOf(kCodes, random);
  event.plover = "CONSULT";
  event.quad = static_cast<int>(1 + random() % 4);
  event.goldstein = static_cast<double>(random() % 20) - 10;
  event.trigger = Word();
  event.evidence = {Word()};
  event.source = {{std::nullopt, OneOf(kActors, random), Word()}};
  event.target = {{std::nullopt, OneOf(kActors, random), Word()}};
  if (random() % 2 == 0) event.target.push_back({std::nullopt, OneOf(kActors, random), Word()});
  const std::string day = OneOf(kDays, random);
  if (!day.empty()) event.date = *ParseDate(day);
  if (random() % 2 == 0) event.place = EventPlace{OneOf(kPlaces, random), "RUS", 55.75, 37.62};
  event.status = static_cast<EventStatus>(random() % 12);
  event.confidence = static_cast<double>(random() % 1001) / 1000;
  event.rule = "040.meet";
  return event;
}

Story RandomStory(unsigned number, std::mt19937& random) {
  Story story;
  story.id = fmt::format("{:032x}", number + 1);
  story.text = fmt::format("Story number {} of the test.", number);
  story.blocks.push_back({BlockKind::kParagraph, {0, 12}, {}});
  story.sentences.push_back({{0, 12}, BlockIndex{0}});
  if (random() % 4 > 0) {
    story.article.date_published =
        DateTime{.date = *MakeDate(2031, 1 + static_cast<unsigned>(random() % 4),
                                   1 + static_cast<unsigned>(random() % 28)),
                 .time = {},
                 .utc_offset = {}};
  }
  for (auto n = random() % 4; n > 0; --n) story.events.push_back(RandomEvent(random));
  return story;
}

class IndexTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / fmt::format("fact_index_test.{}.db", getpid());
    Remove();
    std::mt19937 random(7);
    archive_.emplace(*Archive::Open(path_, ArchiveAccess::kWrite));
    archive_->BeginRun({.started = "2031-01-01T00:00:00Z", .program = "test"});
    for (unsigned i = 0; i < 80; ++i) {
      const Story story = RandomStory(i, random);
      InputPiece piece;
      piece.bytes = story.text;
      const ArchiveInput input = PrepareInput(piece, {story});
      ASSERT_TRUE(archive_->Add(std::span(&input, 1)));
      index_.Add(i + 1, std::nullopt, story);
      if (i % 17 == 0) index_.Sort();  // what comes later is merged
    }
    index_.Sort();
  }
  void TearDown() override {
    archive_.reset();
    Remove();
  }
  void Remove() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end);
  }

  std::vector<std::pair<std::int64_t, std::uint32_t>> Found(const EventFilter& filter) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> found;
    const auto facts = archive_->FindEvents(filter);
    for (const StoryFacts& each : *facts) {
      for (const std::uint32_t number : each.numbers) found.emplace_back(each.story, number);
    }
    return found;
  }

  std::vector<std::pair<std::int64_t, std::uint32_t>> Selected(const EventChoice& choice) {
    std::vector<char> marks(index_.events().size());
    for (const std::uint32_t at : index_.SelectEvents(choice)) marks[at] = 1;
    std::vector<std::pair<std::int64_t, std::uint32_t>> selected;
    for (const std::uint32_t at : index_.events_by_day()) {
      const EventRow& event = index_.events()[at];
      if (marks[at] != 0) selected.emplace_back(index_.stories()[event.story].story, event.number);
    }
    return selected;
  }

  std::string path_;
  std::optional<Archive> archive_;
  FactIndex index_;
};

TEST_F(IndexTest, SelectsWhatTheArchiveFindsInTheSameOrder) {
  static const char* const kActors[] = {"", "CHN", "CHNGOV", "RUS", "USAGOV"};
  static const char* const kCodes[] = {"", "0", "04", "042", "19"};
  static const char* const kBounds[] = {"", "2031", "2031-01", "2031-01-05", "2031-02-01"};
  static const char* const kStatuses[] = {"", "occurred", "denied"};
  static const double kLeastSure[] = {0, 0, 0.1, 0.499, 0.7};
  std::mt19937 random(11);
  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    EventFilter filter{.source = OneOf(kActors, random), .target = OneOf(kActors, random)};
    filter.code = OneOf(kCodes, random);
    filter.status = OneOf(kStatuses, random);
    filter.sure = OneOf(kLeastSure, random);
    if (random() % 3 == 0) filter.place = "RUS";
    const std::string from = OneOf(kBounds, random);
    const std::string to = OneOf(kBounds, random);
    if (!from.empty()) filter.days.from = *ParseDate(from);
    if (!to.empty()) filter.days.to = *ParseDate(to);
    const EventChoice choice{.source = filter.source,
                             .target = filter.target,
                             .code = filter.code,
                             .status = ParseEventStatus(filter.status),
                             .sure = filter.sure,
                             .country = filter.place,
                             .days = filter.days};
    const auto want = Found(filter);
    EXPECT_EQ(Selected(choice), want)
        << filter.source << " " << filter.target << " " << filter.code << " " << from << " " << to
        << " " << filter.status << " " << filter.sure;
    found += want.size();
  }
  EXPECT_GT(found, 500U);
}

TEST_F(IndexTest, CorrectionsCountAsInTheArchive) {
  const auto all = Found({});
  ASSERT_GT(all.size(), 3U);
  std::vector<CorrectedEvent> corrections;
  for (const std::size_t at : {std::size_t{0}, std::size_t{2}}) {
    Correction correction{
        .made = "2031-05-05T00:00:00Z", .story = all[at].first, .fact = all[at].second};
    if (at == 2) {
      correction.kind = Correction::Kind::kCode;
      correction.value = "173";
      correction.plover = "COERCE";
      correction.quad = 4;
    }
    ASSERT_TRUE(archive_->Correct(correction));
    corrections.push_back({all[at].first, all[at].second, correction.value});
  }
  index_.SetCorrections(corrections);
  for (const char* code : {"", "1", "173", "04"}) {
    EXPECT_EQ(Selected({.code = code}), Found({.code = code})) << code;
  }
  EXPECT_EQ(Selected({}).size(), all.size() - 1);
  // What is no event does not count in its story either, until that is taken back.
  const std::uint32_t first = *index_.PlaceOf(all[0].first);
  EXPECT_EQ(index_.stories()[first].refused, 1U);
  const std::uint32_t other = *index_.PlaceOf(all[2].first);
  EXPECT_NE(index_.stories()[other].roots & 1U << 17U, 0U);
  index_.SetCorrections({});
  EXPECT_EQ(index_.stories()[first].refused, 0U);
  EXPECT_EQ(index_.stories()[other].roots & 1U << 17U, 0U);
}

TEST_F(IndexTest, StoriesComeNewestFirstAndThoseWithoutADayLast) {
  std::string before = "9999";
  for (const std::uint32_t place : index_.newest()) {
    const std::string& day = index_.stories()[place].published;
    EXPECT_LE(day, before);
    before = day;
  }
  EXPECT_EQ(index_.newest().size(), 80U);
}

}  // namespace
}  // namespace dateline::serve
