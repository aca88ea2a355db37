// Two ways to the same answer: random questions to an archive, answered by its indexes and by a
// walk over all stories that looks at each as the words of the question say. DATELINE_SEED sets the
// seed (default 1), DATELINE_ORACLE how many questions of each kind (default 60).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "dateline/archive.h"
#include "dateline/series.h"
#include "record/event_rows.h"

namespace dateline {
namespace {

constexpr unsigned kStories = 300;

unsigned FromEnvironment(const char* name, unsigned otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : static_cast<unsigned>(std::atoi(value));
}

using Words = std::vector<std::string>;

/// Runs of letters and digits, in lower case: all texts here are ASCII.
Words WordsOf(std::string_view text) {
  Words words;
  std::string word;
  for (const char c : text) {
    if (base::IsLetter(c) || base::IsDigit(c)) {
      word += base::Lower(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

bool HasRun(const Words& words, const Words& run) {
  return !std::ranges::search(words, run).empty();
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  unsigned Below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool OneIn(unsigned n) { return Below(n) == 0; }
  std::string Of(const std::vector<std::string>& list) {
    return list[Below(static_cast<unsigned>(list.size()))];
  }
  std::string Word() {
    return Of({"ties", "trade", "pact", "port", "rain", "army", "vote", "oil", "ship", "talks"});
  }
  /// Some are part of others, or the same words in another order.
  std::string Name() {
    return Of({"Dahl", "Una Dahl", "Dahl Una", "Una Mai Dahl", "Mai Dahl", "Bo Ray", "Ray Bo Una",
               "Ray", "Bo", "Halvik Oil", "Oil Halvik Bo Ray"});
  }
  std::string Actor() { return Of({"CHN", "CHNGOV", "RUS", "RUSMIL", "USA", ""}); }
  std::string Code() { return Of({"010", "042", "0421", "043", "190"}); }
  std::string Place() { return Of({"Oslo", "New Oslo", "Oslo Bay", "Old New Oslo"}); }
  std::string Country() { return Of({"NOR", "SWE"}); }
  std::optional<Date> Day() {
    switch (Below(8)) {
      case 0:
        return std::nullopt;
      case 1:
        return *ParseDate(fmt::format("2031-{:02}", 1 + Below(3)));
      default:
        return *ParseDate(fmt::format("2031-{:02}-{:02}", 1 + Below(3), 1 + Below(28)));
    }
  }
  EventStatus Status() {
    constexpr std::array kStatuses = {EventStatus::kOccurred, EventStatus::kOccurred,
                                      EventStatus::kPlanned, EventStatus::kDenied};
    return kStatuses.at(Below(kStatuses.size()));
  }

 private:
  std::mt19937_64 random_;
};

std::string Sentence(Dice& dice) {
  std::string sentence;
  for (unsigned i = 3 + dice.Below(6); i > 0; --i) sentence += dice.Word() + " ";
  sentence.back() = '.';
  return sentence;
}

void AddActors(Dice& dice, std::vector<EventActor>& actors, unsigned entities) {
  for (unsigned i = dice.Below(3); i > 0; --i) {
    actors.push_back({EntityIndex{dice.Below(entities)}, dice.Actor(), {0, 2}});
  }
}

void AddFacts(Dice& dice, Story& story) {
  const unsigned entities = 2 + dice.Below(4);
  for (unsigned i = 0; i < entities; ++i) {
    story.entities.push_back({EntityType::kPerson, dice.Name(), {}, {}, {}, {}});
    story.entities.back().mentions.push_back({{0, 2}, MentionKind::kName});
  }
  // Some stories have more facts than an index has numbers for.
  const unsigned facts = dice.OneIn(40) ? 40 : dice.Below(5);
  for (unsigned i = 0; i < facts; ++i) {
    Event event;
    event.cameo = dice.Code();
    event.plover = "CONSULT";
    event.quad = 1 + static_cast<int>(dice.Below(4));
    event.goldstein = static_cast<double>(dice.Below(20)) / 2;
    event.trigger = {0, 2};
    event.evidence = {{0, 2}};
    AddActors(dice, event.source, entities);
    AddActors(dice, event.target, entities);
    event.date = dice.Day();
    if (dice.OneIn(2)) event.place = EventPlace{dice.Place(), dice.Country(), 10, 20};
    event.status = dice.Status();
    event.confidence = dice.OneIn(2) ? 0.25 : 0.75;
    event.rule = "040.meet";
    story.events.push_back(std::move(event));
    const Span said =
        story.sentences[dice.Below(static_cast<unsigned>(story.sentences.size()))].span;
    Attribution quote;
    quote.content = {said};
    if (!dice.OneIn(3)) quote.entity = EntityIndex{dice.Below(entities)};
    story.attributions.push_back(std::move(quote));
  }
}

Story RandomStory(Dice& dice, unsigned number) {
  Story story;
  story.id = fmt::format("{:032x}", number * 0x10000001ULL);
  story.article.headline = dice.Word() + " " + dice.Word();
  story.text = *story.article.headline + "\n\n";
  story.blocks = {{BlockKind::kHeadline, MakeSpan(0, story.text.size() - 2), {}}};
  const std::size_t begin = story.text.size();
  for (unsigned i = 2 + dice.Below(5); i > 0; --i) {
    const std::size_t at = story.text.size();
    story.text += Sentence(dice);
    story.sentences.push_back({MakeSpan(at, story.text.size()), BlockIndex{1}});
    story.text += ' ';
  }
  story.blocks.push_back({BlockKind::kParagraph, MakeSpan(begin, story.text.size() - 1), {}});
  if (const auto day = dice.Day()) {
    story.article.date_published = DateTime{.date = *day, .time = {}, .utc_offset = {}};
  }
  AddFacts(dice, story);
  return story;
}

// ------------------------------------------------------------------- questions, as their words say

std::chrono::sys_days LastDay(const Date& date) {
  if (date.precision == Date::Precision::kDay) return date.ymd;
  return std::chrono::sys_days{date.ymd.year() / date.ymd.month() / std::chrono::last};
}

bool Within(const std::optional<Date>& day, const DayRange& days) {
  if (!days.from && !days.to) return true;
  if (!day) return false;
  if (days.from && std::chrono::sys_days{day->ymd} < std::chrono::sys_days{days.from->ymd}) {
    return false;
  }
  return !days.to || std::chrono::sys_days{day->ymd} <= LastDay(*days.to);
}

bool IsCode(std::string_view text) {
  return text.size() >= 3 && std::ranges::all_of(text, base::IsUpper);
}

bool IsOf(const Story& story, const std::vector<EventActor>& actors, const std::string& asked) {
  return asked.empty() || std::ranges::any_of(actors, [&](const EventActor& actor) {
           if (IsCode(asked)) return actor.actor.starts_with(asked);
           return HasRun(WordsOf(record::NameOf(story, actor)), WordsOf(asked));
         });
}

bool Fits(const Story& story, const Event& event, const EventFilter& filter) {
  const bool there = filter.place.empty() ||
                     (event.place && (IsCode(filter.place) ? event.place->country == filter.place
                                                           : HasRun(WordsOf(event.place->name),
                                                                    WordsOf(filter.place))));
  return there && event.cameo.starts_with(filter.code) &&
         (filter.status.empty() || EventStatusName(event.status) == filter.status) &&
         event.confidence >= filter.sure && IsOf(story, event.source, filter.source) &&
         IsOf(story, event.target, filter.target) && Within(event.date, filter.days);
}

/// A query, and what it says of the words of a story.
struct Asked {
  std::string query;
  std::function<bool(const Words&)> fits;
};

Asked RandomQuery(Dice& dice, int depth = 2) {
  if (depth > 0 && !dice.OneIn(3)) {
    const Asked one = RandomQuery(dice, depth - 1);
    const Asked other = RandomQuery(dice, depth - 1);
    switch (dice.Below(3)) {
      case 0:
        return {"(" + one.query + ") AND (" + other.query + ")",
                [=](const Words& words) { return one.fits(words) && other.fits(words); }};
      case 1:
        return {"(" + one.query + ") OR (" + other.query + ")",
                [=](const Words& words) { return one.fits(words) || other.fits(words); }};
      default:
        return {"(" + one.query + ") NOT (" + other.query + ")",
                [=](const Words& words) { return one.fits(words) && !other.fits(words); }};
    }
  }
  if (dice.OneIn(4)) {
    const std::string word = dice.Word().substr(0, 2);
    return {word + "*", [=](const Words& words) {
              return std::ranges::any_of(
                  words, [&](const std::string& each) { return each.starts_with(word); });
            }};
  }
  const std::string phrase = dice.Word() + (dice.OneIn(2) ? " " + dice.Word() : "");
  return {"\"" + phrase + "\"",
          [run = WordsOf(phrase)](const Words& words) { return HasRun(words, run); }};
}

/// "story/number", each once, in the order in which they were found.
std::vector<std::string> Lines(const std::vector<StoryFacts>& found) {
  std::vector<std::string> lines;
  for (const StoryFacts& facts : found) {
    for (const auto number : facts.numbers) {
      lines.push_back(fmt::format("{}/{}", facts.story, number));
    }
  }
  return lines;
}

class OracleTest : public testing::Test {
 protected:
  OracleTest()
      : path_((std::filesystem::temp_directory_path() /
               fmt::format("oracle_test_{}_{}.db", getpid(),
                           testing::UnitTest::GetInstance()->current_test_info()->name()))
                  .string()),
        seed_(FromEnvironment("DATELINE_SEED", 1)),
        dice_(seed_),
        archive_(*Archive::Open(path_, ArchiveAccess::kWrite)) {
    archive_.BeginRun({.started = "2031-05-04T08:15:00Z"});
    std::vector<ArchiveInput> inputs;
    for (unsigned i = 1; i <= kStories; ++i) {
      stories_.push_back(RandomStory(dice_, i));
      InputPiece piece;
      piece.bytes = "bytes of " + stories_.back().id;
      inputs.push_back(PrepareInput(piece, {stories_.back()}));
      inputs.back().items[0].sketch.clear();  // none is a copy
    }
    EXPECT_TRUE(archive_.Add(inputs));
  }
  ~OracleTest() override {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end);
  }

  /// Asks a number of random questions; stops at the first that is answered in two ways.
  void Each(const std::function<void()>& ask) {
    for (unsigned i = 0; i < FromEnvironment("DATELINE_ORACLE", 60) && !HasFailure(); ++i) {
      SCOPED_TRACE(fmt::format("seed {}, question {}", seed_, i));
      ask();
    }
  }

  DayRange RandomDays() {
    if (dice_.OneIn(3)) return {};
    return {dice_.OneIn(3) ? std::nullopt : dice_.Day(),
            dice_.OneIn(3) ? std::nullopt : dice_.Day()};
  }

  EventFilter RandomFilter() {
    EventFilter filter{.days = RandomDays()};
    const auto actor = [&] {
      return dice_.OneIn(2) ? dice_.Name() : dice_.Of({"CHN", "RUS", "RUSMIL"});
    };
    if (dice_.OneIn(2)) filter.source = actor();
    if (dice_.OneIn(3)) filter.target = actor();
    if (dice_.OneIn(3)) filter.code = dice_.Of({"04", "042", "19", "0", "1"});
    if (dice_.OneIn(4)) filter.status = EventStatusName(dice_.Status());
    if (dice_.OneIn(4)) filter.sure = 0.5;
    if (dice_.OneIn(4)) filter.place = dice_.OneIn(2) ? dice_.Place() : dice_.Country();
    return filter;
  }

  /// Places of events that fit, story by story: in order of the day, those without one last.
  std::vector<StoryFacts> EventsThatFit(const EventFilter& filter) {
    std::vector<std::tuple<bool, std::chrono::sys_days, std::int64_t, std::uint32_t>> found;
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      for (std::uint32_t k = 0; k < stories_[i].events.size(); ++k) {
        const Event& event = stories_[i].events[k];
        if (!Fits(stories_[i], event, filter)) continue;
        found.emplace_back(
            !event.date,
            event.date ? std::chrono::sys_days{event.date->ymd} : std::chrono::sys_days{},
            static_cast<std::int64_t>(i) + 1, k);
      }
    }
    std::ranges::sort(found);
    std::vector<StoryFacts> facts;
    for (const auto& [none, day, story, number] : found) facts.push_back({story, {number}});
    return facts;
  }

  [[nodiscard]] const Story& StoryOf(std::int64_t number) const {
    return stories_[static_cast<std::size_t>(number) - 1];
  }

  std::string path_;
  unsigned seed_;
  Dice dice_;
  Archive archive_;
  std::vector<Story> stories_;
};

TEST_F(OracleTest, SearchFindsTheStoriesThatFit) {
  Each([&] {
    const Asked asked = RandomQuery(dice_);
    const DayRange days = RandomDays();
    SCOPED_TRACE(asked.query);
    std::vector<std::int64_t> all;
    std::vector<std::int64_t> of_days;
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      // Headline and body are searched each by itself.
      const Story& story = stories_[i];
      const auto& published = story.article.date_published;
      if (!asked.fits(WordsOf(story.text))) continue;
      all.push_back(static_cast<std::int64_t>(i) + 1);
      if (Within(published ? std::optional(published->date) : std::nullopt, days)) {
        of_days.push_back(static_cast<std::int64_t>(i) + 1);
      }
    }
    EXPECT_EQ(archive_.FindMatches(asked.query).value_or(std::vector<std::int64_t>{}), all);
    const auto hits =
        archive_.Search(asked.query, {.published = days, .limit = kStories, .copies = true});
    ASSERT_TRUE(hits) << hits.error().Text();
    std::vector<std::int64_t> found;
    for (const SearchHit& hit : *hits) found.push_back(hit.story);
    EXPECT_THAT(found, testing::UnorderedElementsAreArray(of_days));
  });
}

TEST_F(OracleTest, BareHitsAreShownAsWholeOnesAre) {
  Each([&] {
    const std::string query = dice_.Word() + (dice_.OneIn(2) ? " " + dice_.Word() : "");
    const auto whole = archive_.Search(query, {.limit = 10});
    auto bare = archive_.Search(query, {.limit = 10, .bare = true});
    ASSERT_TRUE(whole && bare && archive_.Show(query, *bare));
    ASSERT_EQ(bare->size(), whole->size());
    for (std::size_t i = 0; i < whole->size(); ++i) {
      const SearchHit& hit = (*bare)[i];
      EXPECT_EQ(hit.story, (*whole)[i].story);
      EXPECT_EQ(hit.snippet, (*whole)[i].snippet);
      EXPECT_EQ(hit.id, StoryOf(hit.story).id);
      EXPECT_EQ(hit.headline, *StoryOf(hit.story).article.headline);
      ASSERT_FALSE(hit.marks.empty()) << query;
      for (const Span mark : hit.marks) {
        EXPECT_THAT(WordsOf(query), testing::IsSupersetOf(WordsOf(mark.of(hit.snippet))));
      }
    }
  });
}

TEST_F(OracleTest, EventsAreThoseThatFitInOrderOfTheDay) {
  Each([&] {
    EventFilter filter = RandomFilter();
    SCOPED_TRACE(fmt::format("source '{}', target '{}', code '{}', status '{}', place '{}'",
                             filter.source, filter.target, filter.code, filter.status,
                             filter.place));
    const auto found = archive_.FindEvents(filter);
    ASSERT_TRUE(found) << found.error().Text();
    const auto wanted = Lines(EventsThatFit(filter));
    EXPECT_EQ(Lines(*found), wanted);
    filter.limit = 5;
    EXPECT_EQ(Lines(*archive_.FindEvents(filter)),
              std::vector<std::string>(
                  wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(
                                                       std::min<std::size_t>(5, wanted.size()))));
  });
}

TEST_F(OracleTest, QuotesAreThoseThatFit) {
  Each([&] {
    QuoteFilter filter{.published = RandomDays()};
    Asked about{.query = {}, .fits = [](const Words&) { return true; }};
    if (dice_.OneIn(2)) filter.by = dice_.Name();
    if (dice_.OneIn(2)) about = RandomQuery(dice_, 1);
    filter.about = about.query;
    SCOPED_TRACE(fmt::format("by '{}' about '{}'", filter.by, filter.about));
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < stories_.size(); ++i) {
      const Story& story = stories_[i];
      const auto& published = story.article.date_published;
      if (!Within(published ? std::optional(published->date) : std::nullopt, filter.published)) {
        continue;
      }
      for (std::size_t k = 0; k < story.attributions.size(); ++k) {
        const Attribution& quote = story.attributions[k];
        const bool by = filter.by.empty() ||
                        (quote.entity && HasRun(WordsOf(story.entities[Raw(*quote.entity)].name),
                                                WordsOf(filter.by)));
        if (by && about.fits(WordsOf(quote.content[0].of(story.text)))) {
          wanted.push_back(fmt::format("{}/{}", i + 1, k));
        }
      }
    }
    const auto found = archive_.FindQuotes(filter);
    ASSERT_TRUE(found) << found.error().Text();
    EXPECT_THAT(Lines(*found), testing::UnorderedElementsAreArray(wanted));
  });
}

bool Counts(const Event& event, const EventFilter& filter) {
  return !filter.status.empty() || event.status == EventStatus::kOccurred;
}

TEST_F(OracleTest, ATimelineCountsTheEventsThatFit) {
  Each([&] {
    EventFilter filter = RandomFilter();
    filter.source = dice_.Of({"CHN", "RUS", "Una Dahl"});
    filter.target = dice_.Of({"", "USA", "RUS"});
    std::map<std::string, std::uint64_t> wanted;
    std::uint64_t vague = 0;
    std::set<std::string> counted;
    for (const bool turned : {false, true}) {
      EventFilter asked = filter;
      if (turned) std::swap(asked.source, asked.target);
      for (const StoryFacts& facts : EventsThatFit(asked)) {
        const Event& event = StoryOf(facts.story).events[facts.numbers[0]];
        const bool news = counted.insert(Lines({facts})[0]).second;
        if (!news || !Counts(event, filter)) continue;
        if (event.date && event.date->precision == Date::Precision::kDay) {
          ++wanted[FormatDate(*event.date)];
        } else {
          ++vague;
        }
      }
    }
    const auto line = archive_.FindTimeline(
        {.one = filter.source, .other = filter.target, .period = Period::kDay}, filter);
    ASSERT_TRUE(line) << line.error().Text();
    std::map<std::string, std::uint64_t> found;
    for (const TimelinePoint& point : line->points) {
      if (point.tally.events > 0) found[point.name] = point.tally.events;
    }
    EXPECT_EQ(found, wanted);
    EXPECT_EQ(line->vague, vague);
  });
}

TEST_F(OracleTest, ANetworkCountsEachPairOfTheEventsThatFit) {
  Each([&] {
    EventFilter filter = RandomFilter();
    filter.source.clear();
    filter.target.clear();
    std::map<std::pair<std::string, std::string>, std::uint64_t> wanted;
    for (const StoryFacts& facts : EventsThatFit(filter)) {
      const Event& event = StoryOf(facts.story).events[facts.numbers[0]];
      if (!Counts(event, filter)) continue;
      std::set<std::pair<std::string, std::string>> pairs;
      for (const EventActor& one : event.source) {
        for (const EventActor& other : event.target) {
          const std::pair ends(one.actor.substr(0, 3), other.actor.substr(0, 3));
          if (!ends.first.empty() && !ends.second.empty() && ends.first != ends.second) {
            pairs.insert(ends);
          }
        }
      }
      for (const auto& pair : pairs) ++wanted[pair];
    }
    const auto ties = archive_.FindNetwork({}, filter);
    ASSERT_TRUE(ties) << ties.error().Text();
    std::map<std::pair<std::string, std::string>, std::uint64_t> found;
    for (const Tie& tie : *ties) found[{tie.source, tie.target}] = tie.tally.events;
    EXPECT_EQ(found, wanted);
  });
}

TEST_F(OracleTest, ClustersAreToldAsTheirStoriesAre) {
  const auto clusters = archive_.FindClusters({.least = 1, .limit = kStories});
  ASSERT_TRUE(clusters);
  std::set<std::int64_t> seen;
  for (const StoryCluster& cluster : *clusters) {
    const auto life = archive_.LoadCluster(cluster.cluster);
    ASSERT_TRUE(life);
    EXPECT_EQ(life->stories.size(), cluster.stories);
    std::set<std::string> days;
    for (const ClusterStory& each : life->stories) {
      EXPECT_TRUE(seen.insert(each.story).second) << each.story;
      const auto& published = StoryOf(each.story).article.date_published;
      // A month counts as its first day.
      if (published) days.insert(FormatDate({published->date.ymd, Date::Precision::kDay}));
    }
    EXPECT_EQ(cluster.first_day.value_or(""), days.empty() ? "" : *days.begin());
    EXPECT_EQ(cluster.last_day.value_or(""), days.empty() ? "" : *days.rbegin());
  }
  EXPECT_EQ(seen.size(), kStories);
}

}  // namespace
}  // namespace dateline
