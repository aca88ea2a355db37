#include "dateline/archive.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "archive/compress.h"
#include "archive/hex.h"
#include "archive/schema.h"
#include "archive/sqlite.h"
#include "archive/story_writer.h"
#include "dateline/record.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A folder that goes with the test.
class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest()
      : folder_(std::filesystem::temp_directory_path() /
                fmt::format("archive_test_{}_{}", getpid(),
                            testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(folder_);
  }
  ~ArchiveTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string Path() const { return (folder_ / "news.db").string(); }

  [[nodiscard]] Archive Open(ArchiveAccess access = ArchiveAccess::kWrite) const {
    auto archive = Archive::Open(Path(), access);
    EXPECT_TRUE(archive) << archive.error().Text();
    archive->BeginRun({.started = "2031-05-04T08:15:00Z",
                       .program = "dateline 1",
                       .tables = "t",
                       .model = "m",
                       .options = "add"});
    return *std::move(archive);
  }

 private:
  std::filesystem::path folder_;
};

InputPiece PieceOf(std::string bytes) {
  InputPiece piece;
  piece.bytes = std::move(bytes);
  piece.path = "in/story.txt";
  return piece;
}

/// The sample story with a hash made of `number`.
Story Sample(unsigned number) {
  Story story = record::FullStory();
  story.id = fmt::format("{:032x}", number * 0x10000000ULL + number);
  return story;
}

/// A story of one paragraph.
Story Plain(unsigned number, const std::string& headline, const std::string& body,
            const std::string& published = "2031-05-04") {
  Story story;
  story.id = fmt::format("{:032x}", number * 0x10000000ULL + number);
  story.text = headline + "\n\n" + body + "\n";
  story.article.headline = headline;
  story.article.date_published = *ParseDateTime(published);
  story.blocks = {{BlockKind::kHeadline, record::Find(story.text, headline), {}},
                  {BlockKind::kParagraph, record::Find(story.text, body), {}}};
  return story;
}

ArchiveInput InputOf(const Story& story) {
  return PrepareInput(PieceOf("bytes of " + story.id), {story});
}

AddCounts Add(Archive& archive, const std::vector<ArchiveInput>& inputs) {
  const auto counts = archive.Add(inputs);
  EXPECT_TRUE(counts) << counts.error().Text();
  return counts.value_or(AddCounts{});
}

std::vector<std::string> Problems(Archive& archive) {
  const auto problems = archive.Check();
  EXPECT_TRUE(problems) << problems.error().Text();
  return problems.value_or(std::vector<std::string>{});
}

/// Without what an archive does not keep.
Story Kept(Story story) { return *ReadRecord(WriteRecord(story)); }

TEST_F(ArchiveTest, AStoryComesBackAsItWas) {
  Archive archive = Open();
  EXPECT_EQ(Add(archive, {InputOf(Sample(1))}), (AddCounts{.stories = 1}));
  EXPECT_EQ(*archive.LoadStory(1), Kept(Sample(1)));
  EXPECT_EQ(*archive.LoadOriginal(1), "bytes of " + Sample(1).id);
  EXPECT_EQ(*archive.AddedAt(1), "2031-05-04T08:15:00Z");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, RandomStoriesComeBackAndPassTheCheck) {
  Archive archive = Open();
  std::vector<Story> stories;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Story story = record::StoryDice(seed).Roll();
    story.id = fmt::format("{:032x}", seed);
    stories.push_back(std::move(story));
  }
  std::vector<ArchiveInput> inputs;
  for (const Story& story : stories) inputs.push_back(InputOf(story));
  EXPECT_EQ(Add(archive, inputs).stories, stories.size());
  for (std::size_t i = 0; i < stories.size(); ++i) {
    EXPECT_EQ(*archive.LoadStory(static_cast<std::int64_t>(i) + 1), Kept(stories[i]))
        << "seed " << i + 1;
  }
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, WhateverBytesATextHasComeBack) {
  using std::string_literals::operator""s;
  const std::vector<std::string> texts = {"a\0b \0 c"s,
                                          "'); DROP TABLE stories;--",
                                          std::string(1000000, 'x'),
                                          std::string(300, ' ') + "\n\n\t" + std::string(300, '.'),
                                          "\xf0\x9f\x98\x80 \xcc\x81 \xe2\x80\xae",
                                          "\x01\x02\x1b[31m",
                                          std::string(100, '\xc3') + "\xa9"};
  Archive archive = Open();
  std::vector<Story> stories;
  for (const std::string& text : texts) {
    Story story;
    story.id = fmt::format("{:032x}", stories.size() + 1);
    story.text = text + " said the envoy to all, and " + text;
    story.article.headline = text;
    stories.push_back(story);
    Add(archive, {InputOf(story)});
  }
  for (std::size_t i = 0; i < stories.size(); ++i) {
    const auto loaded = archive.LoadStory(static_cast<std::int64_t>(i) + 1);
    ASSERT_TRUE(loaded) << i << ": " << loaded.error().Text();
    EXPECT_EQ(*loaded, stories[i]) << i;
  }
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, TheSameInputIsAddedOnce) {
  Archive archive = Open();
  const auto input = InputOf(Sample(1));
  EXPECT_FALSE(*archive.Knows(input.hash));
  Add(archive, {input});
  EXPECT_TRUE(*archive.Knows(input.hash));
  EXPECT_EQ(Add(archive, {input, input}), (AddCounts{.known = 2}));
  EXPECT_EQ(*archive.CountStories(), 1);
}

TEST_F(ArchiveTest, TheSameStoryInAnotherInputIsAddedOnce) {
  Archive archive = Open();
  Add(archive, {InputOf(Sample(1))});
  const auto dump = PrepareInput(PieceOf("a dump"), {Sample(1), Plain(2, "Other", "Words.")});
  EXPECT_EQ(Add(archive, {dump}), (AddCounts{.stories = 1, .known = 1}));
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, ContextIsPartOfTheInput) {
  InputPiece one = PieceOf("a,b");
  InputPiece other = one;
  other.context = std::make_shared<const std::string>("text,headline");
  EXPECT_NE(InputHash(one), InputHash(other));
  Archive archive = Open();
  Add(archive, {PrepareInput(one, {Sample(1)}), PrepareInput(other, {Sample(2)})});
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, AnIdThatIsNoHashIsRefusedAndNothingAdded) {
  Archive archive = Open();
  Story story = Sample(2);
  story.id = "npa-7";
  const std::vector<ArchiveInput> inputs = {InputOf(Sample(1)), InputOf(story)};
  const auto counts = archive.Add(inputs);
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().message, "the id 'npa-7' is not 32 hex digits");
  EXPECT_EQ(*archive.CountStories(), 0);
}

TEST_F(ArchiveTest, EarlierAddsStayWhenAnotherProgramHoldsTheLock) {
  Archive archive = Open();
  Add(archive, {InputOf(Sample(1))});
  auto other = archive::Database::Open(Path(), archive::Access::kWrite, 0);
  ASSERT_TRUE(other);
  archive::Transaction lock(**other);
  auto third = archive::Database::Open(Path(), archive::Access::kWrite, 0);
  ASSERT_TRUE(third);
  archive::Transaction refused(**third);
  const auto failure = (*third)->TakeFailure();
  ASSERT_TRUE(failure);
  EXPECT_THAT(failure->message, HasSubstr("another program is writing to it"));
  EXPECT_EQ(*Open(ArchiveAccess::kRead).CountStories(), 1);
}

TEST_F(ArchiveTest, AFullDiskLosesNothingThatWasThere) {
  Archive archive = Open();
  Add(archive, {InputOf(Sample(1))});
  {
    auto small = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(small);
    const auto pages = (*small)->Number("PRAGMA page_count");
    (*small)->Run(fmt::format("PRAGMA max_page_count = {}", pages).c_str());
    archive::Transaction transaction(**small);
    (*small)->Run("INSERT INTO runs VALUES(9, '', '', '', '', '')");
    (*small)->Run(
        "INSERT INTO inputs VALUES(9, x'00', 9, '', 1, 1, 1, '', NULL, 0, NULL, zeroblob(99999))");
    const auto failed = transaction.Commit();
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message, HasSubstr("no space is left on the disk"));
  }
  EXPECT_EQ(Add(archive, {InputOf(Sample(2))}).stories, 1U);
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(ArchiveTest, ItIsToldByItsHeader) {
  EXPECT_FALSE(Archive::IsArchive(Path()));
  {
    Archive archive = Open();
  }
  EXPECT_TRUE(Archive::IsArchive(Path()));
  std::ofstream(Path(), std::ios::trunc) << "a story";
  EXPECT_FALSE(Archive::IsArchive(Path()));
}

TEST_F(ArchiveTest, AnArchiveThatIsNotThereIsNotMadeByReading) {
  const auto archive = Archive::Open(Path(), ArchiveAccess::kRead);
  ASSERT_FALSE(archive);
  EXPECT_EQ(archive.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(Path()));
}

TEST_F(ArchiveTest, OtherFilesAreRefusedAndLeftAlone) {
  std::ofstream(Path()) << "Harbour minister opens new bridge, and much more is told of it here.";
  for (const auto access : {ArchiveAccess::kRead, ArchiveAccess::kWrite}) {
    const auto archive = Archive::Open(Path(), access);
    ASSERT_FALSE(archive);
    EXPECT_THAT(archive.error().message, HasSubstr("not an SQLite database"));
  }
  std::filesystem::remove(Path());
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(database);
    (*database)->Run("CREATE TABLE cats(name)");
  }
  const auto archive = Archive::Open(Path(), ArchiveAccess::kWrite);
  ASSERT_FALSE(archive);
  EXPECT_THAT(archive.error().message, HasSubstr("no archive of dateline"));
}

TEST_F(ArchiveTest, AnEmptyFileIsNoArchiveYetAndBecomesOne) {
  std::ofstream(Path()).close();
  const auto archive = Archive::Open(Path(), ArchiveAccess::kRead);
  ASSERT_FALSE(archive);
  EXPECT_THAT(archive.error().message, HasSubstr("is empty"));
  Archive made = Open();
  EXPECT_EQ(Add(made, {InputOf(Sample(1))}).stories, 1U);
}

TEST_F(ArchiveTest, ALaterVersionIsRefused) {
  {
    Archive archive = Open();
  }
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    (*database)->Run("PRAGMA user_version = 999");
  }
  for (const auto access : {ArchiveAccess::kRead, ArchiveAccess::kWrite}) {
    const auto archive = Archive::Open(Path(), access);
    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().code, ErrorCode::kUnsupported);
    EXPECT_THAT(archive.error().message, HasSubstr("schema 999"));
  }
}

/// A file as versions 1 to 3 wrote it: what its rows of facts held its records hold too.
void WriteVersion(std::int64_t version, const std::string& path,
                  const std::vector<Story>& stories) {
  auto database = archive::Database::Open(path, archive::Access::kWrite);
  ASSERT_TRUE(database);
  for (std::int64_t i = 0; i < version; ++i) {
    (*database)->Run(archive::Migrations()[static_cast<std::size_t>(i)]);
  }
  (*database)->Run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; INSERT INTO "
                               "runs VALUES(1, '2031-05-04T08:15:00Z', 'p', 't', 'm', 'add')",
                               archive::kApplicationId, version)
                       .c_str());
  archive::Statement input(**database,
                           "INSERT INTO inputs(input, hash, run, path, format, size, dictionary, "
                           "original) VALUES(?1, ?2, 1, 'in/story.txt', 'text', ?3, ?1, ?4)");
  archive::Statement row(**database,
                         "INSERT INTO stories(story, hash, input, run, number, published, path, "
                         "url, source_id, publisher, agencies, authors, keywords, section, "
                         "dateline, location, description, language, correction, status, version, "
                         "words, modified) VALUES(?1, ?2, ?1, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                         "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)");
  archive::Statement text(**database, "INSERT INTO texts VALUES(?, ?, ?)");
  archive::Statement record(**database, "INSERT INTO records VALUES(?, ?)");
  std::int64_t number = 0;
  for (const Story& story : stories) {
    const auto date = [](const std::optional<DateTime>& value) {
      return value ? std::optional(FormatDateTime(*value)) : std::nullopt;
    };
    const auto list = [](const std::vector<std::string>& items) {
      return items.empty() ? std::nullopt
                           : std::optional(fmt::format("{}", fmt::join(items, "; ")));
    };
    const Article& article = story.article;
    const InputPiece piece = PieceOf("bytes of " + story.id);
    ++number;
    const std::string hash = InputHash(piece);
    const std::string id = archive::BytesOfHex(story.id);
    const std::string original = archive::Compress(piece.bytes, story.text);
    input.Run(number, archive::Blob{hash}, static_cast<std::int64_t>(piece.bytes.size()),
              archive::Blob{original});
    row.Run(number, archive::Blob{id}, story.source.index, date(article.date_published),
            story.source.path, article.url ? article.url : story.source.url, story.source.id,
            article.publisher, list(article.source_organization), list(article.author),
            list(article.keywords), article.article_section, article.dateline,
            article.location_created, article.description, article.in_language, article.correction,
            article.creative_work_status, article.version, article.word_count,
            date(article.date_modified));
    text.Run(number, article.headline, story.text);
    const std::string json = archive::Compress(WriteRecord(story), story.text);
    record.Run(number, archive::Blob{json});
  }
  const auto failure = (*database)->TakeFailure();
  ASSERT_FALSE(failure) << failure->Text();
}

/// "It is no event", held against the first event of the first story by a program of version 3.
void WriteCorrection(const std::string& path, const Event& event) {
  auto database = archive::Database::Open(path, archive::Access::kWrite);
  ASSERT_TRUE(database);
  archive::Statement insert(**database,
                            "INSERT INTO corrections(made, kind, story, fact, start, \"end\", "
                            "machine) VALUES('2031-05-04T08:15:00Z', 'notAnEvent', 1, 1, ?, ?, ?)");
  insert.Run(event.trigger.begin, event.trigger.end, event.cameo);
  ASSERT_FALSE((*database)->TakeFailure());
}

TEST_F(ArchiveTest, AnArchiveOfAnEarlierVersionIsBroughtUpToDateWithAllItHolds) {
  std::vector<Story> stories = {Sample(1), Plain(2, "Halvik signs pact", "Ministers met.")};
  for (unsigned seed = 3; seed <= 60; ++seed) {
    stories.push_back(record::StoryDice(seed).Roll());
    stories.back().id = fmt::format("{:032x}", seed);
  }
  for (std::int64_t version = 1; version <= 3; ++version) {
    std::filesystem::remove(Path());
    WriteVersion(version, Path(), stories);
    const bool corrected = version >= 3;
    if (corrected) WriteCorrection(Path(), stories[0].events[0]);
    {
      const auto old = Archive::Open(Path(), ArchiveAccess::kRead);
      ASSERT_FALSE(old);
      EXPECT_THAT(old.error().message, HasSubstr("was written by an earlier dateline"));
    }
    Archive archive = Open();
    for (std::size_t i = 0; i < stories.size(); ++i) {
      EXPECT_EQ(*archive.LoadStory(static_cast<std::int64_t>(i) + 1), Kept(stories[i]))
          << "story " << i + 1 << " of version " << version;
    }
    EXPECT_EQ(*archive.LoadOriginal(1), "bytes of " + Sample(1).id);
    EXPECT_THAT(*archive.Search("ministers", {}), SizeIs(1));
    EXPECT_EQ(archive.FindEvents({.source = "NLDGOV", .code = "12"})->size(), corrected ? 0U : 1U);
    EXPECT_EQ(Add(archive, {InputOf(stories[1])}), (AddCounts{.known = 1}));
    EXPECT_EQ(Add(archive, {InputOf(Plain(999, "New", "Words."))}).stories, 1U);
    EXPECT_THAT(Problems(archive), IsEmpty()) << "version " << version;
  }
}

/// Each version may be the one that a file is of, empty as it is.
TEST_F(ArchiveTest, EveryEarlierVersionIsBroughtUpToDate) {
  for (std::int64_t version = 1; version < archive::SchemaVersion(); ++version) {
    std::filesystem::remove(Path());
    {
      auto database = archive::Database::Open(Path(), archive::Access::kWrite);
      ASSERT_TRUE(database);
      for (std::int64_t i = 0; i < version; ++i) {
        (*database)->Run(archive::Migrations()[static_cast<std::size_t>(i)]);
      }
      (*database)->Run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                   archive::kApplicationId, version)
                           .c_str());
      ASSERT_FALSE((*database)->TakeFailure());
    }
    Archive archive = Open();
    EXPECT_EQ(Add(archive, {InputOf(Sample(1))}).stories, 1U);
    EXPECT_THAT(Problems(archive), IsEmpty());
  }
}

/// Version 4 counted the actors of the whole story.
TEST_F(ArchiveTest, TheActorsOfASideAreCountedFromOne) {
  {
    Archive archive = Open();
    Add(archive, {InputOf(Sample(1)), InputOf(Sample(2))});
  }
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(database);
    (*database)->Run(
        "DROP VIEW inputs_by_hash; DROP VIEW stories_by_hash; DROP VIEW stories_by_headline; "
        "DROP TABLE input_hashes; DROP TABLE new_input_hashes; DROP TABLE story_hashes; "
        "DROP TABLE new_story_hashes; DROP TABLE new_headlines; "
        "DROP VIEW known_entities; ALTER TABLE facts DROP COLUMN known; "
        "DROP VIEW who_is_who; DROP VIEW identity_roles; DROP VIEW story_identities; DROP VIEW "
        "entity_corrections; DROP VIEW identity_entities; DROP TABLE identity_links; DROP TABLE "
        "identity_search; "
        "DROP TABLE identity_names; DROP TABLE identity_keys; DROP TABLE identity_progress; ALTER "
        "TABLE corrections DROP COLUMN found; "
        "ALTER TABLE corrections DROP COLUMN identity; DROP INDEX corrections_id; "
        "ALTER TABLE corrections DROP COLUMN id; DROP TABLE identities; DROP VIEW "
        "event_actors; CREATE VIEW event_actors AS SELECT 1 AS story; PRAGMA user_version = 4");
    ASSERT_FALSE((*database)->TakeFailure());
  }
  {
    const Archive brought_up_to_date = Open();
  }
  auto database = archive::Database::Open(Path(), archive::Access::kRead);
  ASSERT_TRUE(database);
  EXPECT_GT((*database)->Number("SELECT max(number) FROM event_actors"), 0);
  EXPECT_EQ(
      (*database)->Number(
          "SELECT count(*) FROM (SELECT 1 FROM event_actors GROUP BY story, event, side HAVING "
          "min(number) <> 1 OR max(number) <> count(*) OR count(DISTINCT number) <> count(*))"),
      0);
}

TEST_F(ArchiveTest, DamageIsFoundOrRefusedAndNeverTakenForSound) {
  {
    Archive archive = Open();
    std::vector<ArchiveInput> inputs;
    for (unsigned i = 1; i <= 20; ++i) inputs.push_back(InputOf(Sample(i)));
    Add(archive, inputs);
  }
  std::string sound;
  {
    std::ifstream file(Path(), std::ios::binary);
    sound.assign(std::istreambuf_iterator<char>(file), {});
  }
  constexpr std::size_t kPage = 16384;
  ASSERT_GT(sound.size(), 10 * kPage);
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    std::string damaged = sound;
    const std::size_t at = random() % (sound.size() / kPage) * kPage;
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(at), kPage, '\xa5');
    std::ofstream(Path(), std::ios::binary | std::ios::trunc) << damaged;
    auto archive = Archive::Open(Path(), ArchiveAccess::kWrite);
    if (!archive) {
      EXPECT_EQ(archive.error().code, ErrorCode::kMalformed) << archive.error().Text();
      continue;
    }
    const auto problems = archive->Check();
    ASSERT_TRUE(problems) << problems.error().Text();
    EXPECT_FALSE(problems->empty()) << "page at " << at;
    static_cast<void>(archive->Search("envoy", {}));  // must end, whatever it gives
    static_cast<void>(archive->FindEvents({}));
  }
}

struct Breakage {
  const char* name;
  const char* sql;
  const char* finding;
};

void PrintTo(const Breakage& breakage, std::ostream* out) { *out << breakage.name; }

class BreakageTest : public ArchiveTest, public testing::WithParamInterface<Breakage> {};

TEST_P(BreakageTest, IsFound) {
  {
    Archive archive = Open();
    Add(archive, {InputOf(Sample(1)), InputOf(Sample(2))});
    ASSERT_THAT(Problems(archive), IsEmpty());
  }
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    (*database)->Run(GetParam().sql);
    const auto failure = (*database)->TakeFailure();
    ASSERT_FALSE(failure) << failure->Text();
  }
  Archive archive = Open();
  EXPECT_THAT(Problems(archive), testing::Contains(HasSubstr(GetParam().finding)));
}

INSTANTIATE_TEST_SUITE_P(
    Breakages, BreakageTest,
    testing::Values(
        Breakage{"text", "UPDATE packed_texts SET words = x'e0ffff' WHERE story = 2",
                 "no such word"},
        Breakage{"another text",
                 "UPDATE packed_texts SET words = words || x'ff0520776f7264' WHERE story = 2",
                 "index search: does not agree with the table texts"},
        Breakage{"headline", "UPDATE packed_texts SET headline = 'x' WHERE story = 2",
                 "index search: does not agree with the table texts"},
        Breakage{"word", "UPDATE words SET text = 'x' WHERE code = (SELECT max(code) FROM words)",
                 "it cannot be read"},
        Breakage{"names", "UPDATE names SET text = 'x' WHERE name = 1",
                 "does not agree with the table names"},
        Breakage{"missing text", "DELETE FROM packed_texts WHERE story = 1", "has no text"},
        Breakage{"missing facts", "DELETE FROM facts WHERE story = 1", "has no facts"},
        Breakage{"missing event",
                 "UPDATE facts SET events = '', evidence = '', actors = '', counts = ''",
                 "index event_search: does not agree with the table facts"},
        Breakage{"missing quote",
                 "UPDATE facts SET attributions = '', said = '', events = '', "
                 "evidence = '', actors = '', counts = ''",
                 "index quote_search: does not agree with the table facts"},
        Breakage{"missing entity", "UPDATE facts SET entities = '' WHERE story = 2",
                 "its facts is damaged"},
        Breakage{"half an item", "UPDATE facts SET mentions = mentions || 'a' WHERE story = 2",
                 "no list of numbers"},
        Breakage{"span", "UPDATE facts SET sentences = char(9999, 2) WHERE story = 2",
                 "its facts is damaged"},
        Breakage{"numbers", "DELETE FROM numbers WHERE n = 7", "table numbers"},
        Breakage{"bands", "INSERT INTO bands VALUES(70000, x'7f0000')", "table bands"},
        Breakage{"hash", "UPDATE stories SET hash = x'00' WHERE story = 2",
                 "story 2: has a hash that is none"},
        Breakage{"original", "UPDATE inputs SET original = x'00' WHERE input = 1",
                 "the original is not what its hash says"},
        Breakage{"run", "DELETE FROM runs", "refers to a row of runs that is not there"},
        Breakage{"no cluster", "DELETE FROM cluster_stories WHERE story = 1", "is in no cluster"},
        Breakage{"cluster gone", "DELETE FROM clusters", "is in a cluster that is not there"},
        Breakage{"cluster's count", "UPDATE clusters SET stories = 9",
                 "another count of stories than it has"},
        Breakage{"cluster's number",
                 "INSERT OR REPLACE INTO clusters VALUES(2, 2, 1, NULL, NULL); UPDATE "
                 "cluster_stories SET "
                 "cluster = 2",
                 "begins a cluster that it is not the first story of"},
        Breakage{"terms of a copy",
                 "UPDATE cluster_stories SET terms = CASE WHEN terms IS NULL THEN x'' END",
                 "has terms of a cluster where a copy has none"},
        Breakage{"related", "UPDATE related SET target = 1 WHERE story = 2",
                 "points to a story with another headline"},
        Breakage{"no identity", "DELETE FROM identity_links WHERE story = 2",
                 "story 2: not each of those it names has one identity"},
        Breakage{"identity gone", "DELETE FROM identities",
                 "has an entity of an identity that is not there"},
        Breakage{"identity's count", "UPDATE identities SET stories = 9",
                 "another count of stories than it has stories"},
        Breakage{"identity's sureness", "UPDATE identities SET sure = 1",
                 "surer than the least sure of its entities"},
        Breakage{"identity's first", "UPDATE identities SET same_as = 99",
                 "is the same as one that is none"},
        Breakage{"identity's name", "DELETE FROM identity_names", "is not found by its name"},
        Breakage{
            "identity of nobody",
            "UPDATE identity_links SET links = links || char(100, 3, 2, 1, 851) WHERE story = 2",
            "story 2: has an identity for an entity that it has not"},
        Breakage{"copy of a copy",
                 "INSERT OR REPLACE INTO copies VALUES(2, 1, 1); "
                 "INSERT OR REPLACE INTO copies VALUES(1, 2, 1)",
                 "is a copy of what is a copy itself"},
        Breakage{"rest", "UPDATE facts SET rest = x'0100' WHERE story = 1", "it cannot be read"}));

std::vector<std::int64_t> StoriesOf(const Result<std::vector<SearchHit>>& hits) {
  std::vector<std::int64_t> stories;
  EXPECT_TRUE(hits) << hits.error().Text();
  if (!hits) return stories;
  for (const SearchHit& hit : *hits) stories.push_back(hit.story);
  return stories;
}

class SearchTest : public ArchiveTest {
 protected:
  void SetUp() override {
    Archive archive = Open();
    Add(archive, {InputOf(Plain(1, "Halvik signs pact", "Ministers of Halvik met on the quay.",
                                "2031-05-04")),
                  InputOf(Plain(2, "Market falls", "Traders sold ties to the pact of Oslavia.",
                                "2031-05-05T09:00Z")),
                  InputOf(Plain(3, "Café opens", "A café opened in Halvik.", "2031-06"))});
  }
};

TEST_F(SearchTest, FindsWordsWithBooleans) {
  Archive archive = Open(ArchiveAccess::kRead);
  EXPECT_THAT(StoriesOf(archive.Search("pact AND (quay OR traders)", {})),
              testing::UnorderedElementsAre(1, 2));
  EXPECT_THAT(StoriesOf(archive.Search("pact NOT traders", {})), ElementsAre(1));
  EXPECT_THAT(StoriesOf(archive.Search("\"sold ties\"", {})), ElementsAre(2));
  EXPECT_THAT(StoriesOf(archive.Search("minist*", {})), ElementsAre(1));
  EXPECT_THAT(StoriesOf(archive.Search("cafe", {})), ElementsAre(3));
  EXPECT_THAT(StoriesOf(archive.Search("nowhere", {})), IsEmpty());
}

TEST_F(SearchTest, AWordOfTheHeadlineWeighsMore) {
  Archive archive = Open(ArchiveAccess::kRead);
  EXPECT_THAT(StoriesOf(archive.Search("pact", {})), ElementsAre(1, 2));
  EXPECT_THAT(StoriesOf(archive.Search("headline:pact", {})), ElementsAre(1));
}

TEST_F(SearchTest, DaysAreInclusiveAndDatesCountFromTheirFirstDay) {
  Archive archive = Open(ArchiveAccess::kRead);
  const auto found = [&](std::optional<Date> from, std::optional<Date> to) {
    return StoriesOf(
        archive.Search("Halvik OR pact", {.published = {from, to}, .newest_first = true}));
  };
  EXPECT_THAT(found({}, {}), ElementsAre(3, 2, 1));
  EXPECT_THAT(found(*ParseDate("2031-05-05"), {}), ElementsAre(3, 2));
  EXPECT_THAT(found({}, *ParseDate("2031-05-05")), ElementsAre(2, 1));
  EXPECT_THAT(found(*ParseDate("2031-06-01"), *ParseDate("2031-06-01")), ElementsAre(3));
  EXPECT_THAT(found(*ParseDate("2031-06-02"), {}), IsEmpty());
  EXPECT_THAT(found(*ParseDate("2031-05"), *ParseDate("2031-05")), ElementsAre(2, 1));
  EXPECT_THAT(found(*ParseDate("2031"), *ParseDate("2031")), ElementsAre(3, 2, 1));
}

TEST_F(SearchTest, MarksAreExactInTheSnippet) {
  Archive archive = Open(ArchiveAccess::kRead);
  const auto hits = archive.Search("quay OR ministers", {});
  ASSERT_TRUE(hits);
  ASSERT_THAT(*hits, SizeIs(1));
  std::vector<std::string> marked;
  for (const Span mark : hits->front().marks) marked.emplace_back(mark.of(hits->front().snippet));
  EXPECT_THAT(marked, ElementsAre("Ministers", "quay"));
  EXPECT_EQ(hits->front().headline, "Halvik signs pact");
  EXPECT_EQ(hits->front().published, "2031-05-04");
  EXPECT_EQ(*archive.FindStory(hits->front().id), 1);
}

TEST_F(SearchTest, StoriesAreFoundByNumberAndByTheBeginningOfTheirId) {
  Archive archive = Open(ArchiveAccess::kRead);
  EXPECT_EQ(*archive.FindStory("2"), 2);
  EXPECT_EQ(*archive.FindStory(Plain(2, "a", "b").id), 2);
  EXPECT_EQ(archive.FindStory("00000000").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(archive.FindStory("4").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(archive.FindStory("no number").error().code, ErrorCode::kNotFound);
}

class FactsTest : public ArchiveTest {
 protected:
  void SetUp() override {
    Archive archive = Open();
    Story silent = Plain(2, "Market falls", "Traders sold ties.");
    Add(archive, {InputOf(Sample(1)), InputOf(silent)});
  }
  std::size_t Events(const EventFilter& filter) {
    Archive archive = Open(ArchiveAccess::kRead);
    const auto facts = archive.FindEvents(filter);
    EXPECT_TRUE(facts) << facts.error().Text();
    return facts ? facts->size() : 99;
  }
  std::size_t Quotes(const QuoteFilter& filter) {
    Archive archive = Open(ArchiveAccess::kRead);
    const auto facts = archive.FindQuotes(filter);
    EXPECT_TRUE(facts) << facts.error().Text();
    return facts ? facts->size() : 99;
  }
};

TEST_F(FactsTest, EventsAreFoundByEveryField) {
  EXPECT_EQ(Events({}), 1U);
  EXPECT_EQ(Events({.source = "NLD"}), 1U);
  EXPECT_EQ(Events({.source = "NLDGOV", .target = "SDN", .code = "12", .status = "denied"}), 1U);
  EXPECT_EQ(Events({.source = "ola ek"}), 1U);
  EXPECT_EQ(Events({.target = "Sud"}), 1U);
  EXPECT_EQ(Events({.place = "halvik"}), 1U);
  EXPECT_EQ(Events({.place = "NLD"}), 1U);
  EXPECT_EQ(Events({.days = {*ParseDate("2031-05-01"), *ParseDate("2031-05-31")}}), 1U);
  EXPECT_EQ(Events({.source = "SDN"}), 0U);
  EXPECT_EQ(Events({.target = "NLD"}), 0U);
  EXPECT_EQ(Events({.code = "13"}), 0U);
  EXPECT_EQ(Events({.status = "occurred"}), 0U);
  EXPECT_EQ(Events({.place = "SDN"}), 0U);
  EXPECT_EQ(Events({.place = "Oslavia"}), 0U);
  EXPECT_EQ(Events({.days = {*ParseDate("2031-06-01"), {}}}), 0U);
}

TEST_F(FactsTest, QuotesAreFoundBySpeakerAndContent) {
  EXPECT_EQ(Quotes({}), 1U);
  EXPECT_EQ(Quotes({.by = "Ola Ek"}), 1U);
  EXPECT_EQ(Quotes({.by = "ek"}), 1U);
  EXPECT_EQ(Quotes({.by = "Ek", .about = "go"}), 1U);
  EXPECT_EQ(Quotes({.about = "cannot AND go"}), 1U);
  EXPECT_EQ(Quotes({.about = "go NOT Halvik"}), 1U);
  EXPECT_EQ(Quotes({.by = "Sud"}), 0U);
  EXPECT_EQ(Quotes({.about = "Halvik"}), 0U);
  EXPECT_EQ(Quotes({.published = {*ParseDate("2031-05-05"), {}}}), 0U);
}

std::vector<std::string> Ask(Archive& archive, std::string_view sql) {
  std::vector<std::string> lines;
  const auto line = [&](const auto& cells, auto text) {
    std::string row;
    for (const auto& cell : cells) row += (row.empty() ? "" : "|") + text(cell);
    lines.push_back(row);
  };
  const auto done = archive.Sql(
      sql,
      [&](const std::vector<std::string>& names) {
        line(names, [](const std::string& name) { return name; });
      },
      [&](const std::vector<SqlValue>& values) {
        line(values, [](const SqlValue& value) { return value.text; });
        return true;
      });
  if (!done) lines.push_back("error: " + done.error().message);
  return lines;
}

TEST_F(FactsTest, ViewsSayInWordsWhatTheTablesHold) {
  Archive archive = Open(ArchiveAccess::kRead);
  EXPECT_THAT(Ask(archive, "SELECT speaker, title, country, kind, cue, quote FROM quotes"),
              ElementsAre("speaker|title|country|kind|cue|quote",
                          "Ola Ek|envoy|NLD|direct|said|“We cannot go,”"));
  EXPECT_THAT(
      Ask(archive,
          "SELECT date, cameo, root, source, source_name, target, target_name, place, lat, "
          "evidence FROM events_geo"),
      ElementsAre("date|cameo|root|source|source_name|target|target_name|place|lat|evidence",
                  "2031-05|129|12|NLDGOV|Ola Ek|SDN|Sud|Halvik|61.25|"
                  "Norland’s envoy can’t meet Sud"));
  EXPECT_THAT(Ask(archive, "SELECT name, title FROM people"),
              ElementsAre("name|title", "Ola Ek|envoy"));
  EXPECT_THAT(Ask(archive, "SELECT text FROM sentence_texts WHERE sentence = 1"),
              ElementsAre("text", "Norland’s envoy can’t meet Sud"));
  EXPECT_THAT(Ask(archive, "SELECT id, headline FROM articles WHERE story = 2"),
              ElementsAre("id|headline", Plain(2, "a", "b").id + "|Market falls"));
  EXPECT_THAT(Ask(archive, "SELECT count(*) FROM who_met_whom"), ElementsAre("count(*)", "0"));
}

TEST_F(FactsTest, SqlReadsAndDoesNotWrite) {
  Archive archive = Open(ArchiveAccess::kRead);
  EXPECT_THAT(Ask(archive, "SELECT 1 AS one, NULL, x'00ff'; -- done"),
              ElementsAre("one|NULL|x'00ff'", "1||00ff"));
  EXPECT_THAT(Ask(archive, "DELETE FROM stories"),
              ElementsAre(HasSubstr("it would change the archive")));
  EXPECT_THAT(Ask(archive, "SELECT 1; DELETE FROM stories"),
              ElementsAre(HasSubstr("one statement at a time")));
  EXPECT_THAT(Ask(archive, "SELECT missing"), ElementsAre("error: no such column: missing"));
  EXPECT_THAT(Ask(archive, ""), ElementsAre("error: there is no statement"));
  EXPECT_EQ(*archive.CountStories(), 2);
}

/// The names between backquotes in the first cell of a row.
std::vector<std::string> NamesOfRow(std::string_view row) {
  std::vector<std::string> names;
  const std::string_view cell = row.substr(0, row.find('|', 1));
  for (auto at = cell.find('`'); at != std::string_view::npos; at = cell.find('`', at + 1)) {
    const auto end = cell.find('`', at + 1);
    names.emplace_back(cell.substr(at + 1, end - at - 1));
    at = end;
  }
  return names;
}

/// "### name" and the columns of the table below it, of each.
std::vector<std::pair<std::string, std::vector<std::string>>> DocumentedColumns() {
  std::vector<std::pair<std::string, std::vector<std::string>>> tables;
  std::ifstream document(DATELINE_SOURCE_DIR "/docs/schema.md");
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("### ")) tables.emplace_back(line.substr(4), std::vector<std::string>());
    if (!line.starts_with("| `")) continue;
    for (std::string& name : NamesOfRow(line)) tables.back().second.push_back(std::move(name));
  }
  return tables;
}

TEST_F(FactsTest, TheDocumentNamesEveryTableAndEveryColumnInOrder) {
  Archive archive = Open(ArchiveAccess::kRead);
  std::vector<std::string> documented;
  for (const auto& [table, columns] : DocumentedColumns()) {
    documented.push_back(table);
    if (table == "events_geo") continue;  // has the columns of who_did_what
    auto actual = Ask(archive, fmt::format("SELECT name FROM pragma_table_info('{}')", table));
    ASSERT_FALSE(actual.empty());
    actual.erase(actual.begin());
    EXPECT_EQ(columns, actual) << table;
  }
  auto actual = Ask(archive,
                    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT "
                    "LIKE '%search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'");
  actual.erase(actual.begin());
  EXPECT_THAT(documented, testing::UnorderedElementsAreArray(actual));
}

/// Sentences of words that no two numbers have in common.
std::string Prose(unsigned number, int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i) {
    text += fmt::format("The w{0}a{1} of w{0}b{1} and w{0}c{1} met w{0}d{1} at w{0}e{1} today. ",
                        number, i);
  }
  text.pop_back();
  return text;
}

class CopiesTest : public ArchiveTest {
 protected:
  std::vector<std::int64_t> CopiesAfter(const std::vector<Story>& stories) {
    Archive archive = Open();
    for (const Story& story : stories) Add(archive, {InputOf(story)});
    EXPECT_THAT(Problems(archive), IsEmpty());
    return *archive.CopiesOf(1);
  }
};

TEST_F(CopiesTest, AReprintWithAnotherHeadlineIsACopy) {
  EXPECT_THAT(
      CopiesAfter({Plain(1, "Envoy stays", Prose(1, 12)), Plain(2, "Market falls", Prose(2, 12)),
                   Plain(3, "No talks", Prose(1, 12))}),
      ElementsAre(3));
}

TEST_F(CopiesTest, ANewTopAndACutEndStayACopy) {
  EXPECT_THAT(CopiesAfter({Plain(1, "Envoy stays", Prose(1, 12)),
                           Plain(2, "Envoy stays", "A new top was put on it. " + Prose(1, 10))}),
              ElementsAre(2));
}

TEST_F(CopiesTest, CaseAndQuotationMarksDoNotCount) {
  std::string shouted = Prose(1, 12);
  for (char& c : shouted) c = c == 'w' ? 'W' : c;
  EXPECT_THAT(
      CopiesAfter({Plain(1, "Envoy", Prose(1, 12)), Plain(2, "Envoy", "“" + shouted + "”")}),
      ElementsAre(2));
}

TEST_F(CopiesTest, AnotherStoryIsNone) {
  EXPECT_THAT(CopiesAfter({Plain(1, "Envoy", Prose(1, 12)), Plain(2, "Envoy", Prose(2, 12))}),
              IsEmpty());
}

TEST_F(CopiesTest, ShortStoriesAreNotCompared) {
  EXPECT_THAT(CopiesAfter({Plain(1, "Envoy", "No comment."), Plain(2, "Envoy", "No comment.")}),
              IsEmpty());
}

TEST_F(CopiesTest, CopiesOfACopyHangOnTheFirst) {
  CopiesAfter({Plain(1, "Envoy", Prose(1, 20)), Plain(2, "Envoy", Prose(1, 15)),
               Plain(3, "Envoy", Prose(1, 11))});
  Archive archive = Open();
  EXPECT_THAT(*archive.CopiesOf(3), ElementsAre(1, 2));
  EXPECT_THAT(StoriesOf(archive.Search("w1a3", {})), SizeIs(1));
  EXPECT_THAT(StoriesOf(archive.Search("w1a3", {.copies = true})), SizeIs(3));
}

}  // namespace
}  // namespace dateline
