// Who is the same across stories, from the archive's door.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive_folder.h"
#include "archive/sqlite.h"
#include "dateline/archive.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Someone or something that a story names.
struct Named {
  std::string name;
  std::string country{};
  std::string title{};
  std::string actor{};
  EntityType type = EntityType::kPerson;
  std::vector<std::string> also{};  ///< other words of the story for it
  std::string known_as{};
};

Named Known(const std::string& name, const std::string& country, const std::string& known_as) {
  return {.name = name, .country = country, .known_as = known_as};
}

Named Body(const std::string& name, const std::string& country = "",
           std::vector<std::string> also = {}) {
  return {
      .name = name, .country = country, .type = EntityType::kOrganization, .also = std::move(also)};
}

class IdentitiesTest : public archive::ArchiveFolderTest {
 protected:
  static void AddMention(Story& story, std::string_view words, MentionKind kind, Entity& entity) {
    story.text += " ";
    const std::size_t at = story.text.size();
    story.text += words;
    entity.mentions.push_back({MakeSpan(at, at + words.size()), kind});
  }

  static void AddEntity(Story& story, const Named& named) {
    Entity entity;
    entity.type = named.type;
    entity.name = named.name;
    if (!named.country.empty()) entity.country = named.country;
    if (!named.actor.empty()) entity.actor = named.actor;
    if (!named.known_as.empty()) entity.known_as = named.known_as;
    AddMention(story, named.name, MentionKind::kName, entity);
    for (const std::string& words : named.also) {
      const bool pronoun = words == "he" || words == "she";
      AddMention(story, words, pronoun ? MentionKind::kPronoun : MentionKind::kName, entity);
    }
    if (!named.title.empty()) {
      entity.roles.push_back({named.title, {}, {}, entity.mentions[0].span});
    }
    story.entities.push_back(std::move(entity));
  }

  /// A story about something of its own, unless `about` is the same as another's.
  Story Make(const std::vector<Named>& named, const std::string& day = "2031-05-04",
             const std::string& about = "") {
    Story story;
    story.id = fmt::format("{:032x}", ++last_);
    story.text = about.empty() ? fmt::format(
                                     "{0}alpha {0}beta {0}gamma {0}delta {0}epsilon "
                                     "{0}zeta {0}eta {0}theta {0}iota {0}kappa.",
                                     std::string(3, static_cast<char>('a' + last_ % 26)))
                               : about;
    const std::string first = story.text;
    story.article.headline = first;
    story.article.date_published = *ParseDateTime(day);
    for (const Named& each : named) AddEntity(story, each);
    story.text += "\n";
    story.blocks = {{BlockKind::kParagraph, MakeSpan(0, story.text.size() - 1), {}}};
    return story;
  }

  static void Add(Archive& archive, const Story& story) {
    InputPiece piece;
    piece.bytes = "bytes of " + story.id;
    const auto counts = archive.Add(std::vector{PrepareInput(piece, {story})});
    ASSERT_TRUE(counts) << counts.error().Text();
  }

  static std::string Column(Archive& archive, const std::string& sql) {
    std::string values;
    const auto done = archive.Sql(
        sql, [](const auto&) {},
        [&](const std::vector<SqlValue>& row) {
          for (const SqlValue& value : row) values += (values.empty() ? "" : " ") + value.text;
          return true;
        });
    EXPECT_TRUE(done) << done.error().Text();
    return values;
  }

  /// Identities of all entities in order, with the reasons.
  static std::string Who(Archive& archive) {
    return Column(archive,
                  "SELECT identity || ':' || reason FROM story_identities ORDER BY story, entity");
  }

  /// The same of stories with these alone, a story each, days apart.
  std::string WhoOf(const std::vector<Named>& named, const std::string& day = "2031-05-04") {
    std::filesystem::remove(Path());
    Archive archive = Open();
    for (const Named& each : named) Add(archive, Make({each}, day));
    EXPECT_THAT(Problems(archive), IsEmpty());
    return Who(archive);
  }

  static std::vector<std::string> Problems(Archive& archive) {
    const auto problems = archive.Check();
    EXPECT_TRUE(problems) << problems.error().Text();
    return problems.value_or(std::vector<std::string>{});
  }

  unsigned last_ = 0;
};

TEST_F(IdentitiesTest, VariantsOfAFullNameAreOne) {
  EXPECT_EQ(WhoOf({{"Una Dahl", "NOR"}, {"UNA DAHL"}, {"Una M. Dahl", "NOR"}}),
            "1:new 1:name 1:fuller");
  EXPECT_EQ(WhoOf({{"Kim Jong-un", "PRK"}, {"Kim Jong Un", "PRK"}}), "1:new 1:name");
  EXPECT_EQ(WhoOf({{"Yuna Kim", "KOR"}, {"Kim Yuna", "KOR"}}), "1:new 1:order");
}

TEST_F(IdentitiesTest, WhatContradictsKeepsNamesakesApart) {
  EXPECT_EQ(WhoOf({{"Ali Hassan", "IRQ"}, {"Ali Hassan", "KEN"}}), "1:new 2:new") << "country";
  EXPECT_EQ(WhoOf({{"John Smith", "USA"}, {"Jane Smith", "USA"}}), "1:new 2:new") << "given name";
  EXPECT_EQ(WhoOf({{.name = "Kim Lee", .also = {"he", "he"}},
                   {.name = "Kim Lee", .also = {"she", "she"}}}),
            "1:new 2:new")
      << "sex";
  EXPECT_EQ(
      WhoOf({{.name = "John Smith", .actor = "USAGOV"}, {.name = "John Smith", .actor = "USABUS"}}),
      "1:new 2:new")
      << "sector, in the same days";
}

TEST_F(IdentitiesTest, AnotherOfficeLaterIsTheSamePerson) {
  Archive archive = Open();
  Add(archive, Make({{"Una Dahl", "NOR", "Defence Minister", "NORGOVMIL"}}, "2031-05-04"));
  Add(archive, Make({{"Una Dahl", "NOR", "chairwoman", "NORBUS"}}, "2033-01-10"));
  EXPECT_EQ(Who(archive), "1:new 1:name");
  EXPECT_EQ(Column(archive, "SELECT title, first_day FROM identity_roles WHERE identity = 1"),
            "Defence Minister 2031-05-04 chairwoman 2033-01-10");
}

TEST_F(IdentitiesTest, AnInitialNeedsACountryAndOnlyOneWhoFits) {
  EXPECT_EQ(WhoOf({{"John Smith", "USA"}, {"J. Smith", "USA"}}), "1:new 1:initial");
  EXPECT_EQ(WhoOf({{"John Smith", "USA"}, {"J. Smith"}}), "1:new 2:single");
  EXPECT_EQ(WhoOf({{"John Smith", "USA"}, {"Jane Smith", "USA"}, {"J. Smith", "USA"}}),
            "1:new 2:new 3:single");
}

TEST_F(IdentitiesTest, AmongNamesakesTheCountryTellsElseNobody) {
  EXPECT_EQ(WhoOf({{"Ali Hassan", "IRQ"},
                   {"Ali Hassan", "KEN"},
                   {"Ali Hassan", "KEN"},
                   {"Ali Hassan"},
                   {"Ali Hassan"}}),
            "1:new 2:new 2:name 3:single 4:single");
}

TEST_F(IdentitiesTest, ASurnameAloneIsNobody) {
  EXPECT_EQ(WhoOf({{"John Smith", "USA"}, {"Smith", "USA"}, {"Smith", "USA"}}),
            "1:new 2:single 3:single");
}

TEST_F(IdentitiesTest, ASurnameIsWhomTheHappeningNames) {
  const std::string about =
      "A bomb exploded in the crowded fish market of Halvik, killing six traders and a porter.";
  Archive archive = Open();
  Add(archive, Make({{"John Smith", "USA"}}));
  Add(archive, Make({{"Una Smith", "USA"}}, "2031-05-04", about));
  Add(archive, Make({{"Smith"}}, "2031-05-05", about + " The mayor spoke of a dark day."));
  ASSERT_EQ(Column(archive, "SELECT cluster FROM cluster_stories ORDER BY story"), "1 2 2");
  EXPECT_EQ(Who(archive), "1:new 2:new 2:cluster");
}

TEST_F(IdentitiesTest, ASurnameWithTheSameOfficeIsWhoHoldsItTheseDays) {
  Archive archive = Open();
  Add(archive, Make({{"Una Dahl", "NOR", "Prime Minister"}}));
  Add(archive, Make({{"Dahl", "NOR", "Prime Minister"}}, "2031-06-01"));
  Add(archive, Make({{"Dahl", "SWE", "Prime Minister"}}, "2031-06-01"));
  Add(archive, Make({{"Dahl", "NOR", "Prime Minister"}}, "2041-06-01"));
  EXPECT_EQ(Who(archive), "1:new 1:role 2:single 3:single");
}

TEST_F(IdentitiesTest, BodiesAreTheirNamesWithTheirCountry) {
  EXPECT_EQ(WhoOf({Body("Halvik Oil"), Body("The Halvik Oil Co."), Body("Halvik Oil", "NOR")}),
            "1:new 1:name 1:name");
  EXPECT_EQ(WhoOf({Body("Defence Ministry", "CHN"), Body("Defence Ministry", "RUS"),
                   Body("Defence Ministry"), Body("Defence Ministry", "CHN")}),
            "1:new 2:new 3:single 1:name");
}

TEST_F(IdentitiesTest, AMinistryOfAnUnnamedCountryIsTheOneThatTheHappeningNames) {
  const std::string about =
      "A bomb exploded in the crowded fish market of Halvik, killing six traders and a porter.";
  Archive archive = Open();
  Add(archive, Make({Body("Defence Ministry", "CHN")}));
  Add(archive, Make({Body("Defence Ministry", "NOR")}, "2031-05-04", about));
  Add(archive, Make({Body("Defence Ministry")}, "2031-05-05", about + " The mayor spoke."));
  EXPECT_EQ(Who(archive), "1:new 2:new 2:cluster");
}

TEST_F(IdentitiesTest, OfTwoAlikeWhoIsInTheNewsTheseDaysIsMeant) {
  Archive archive = Open();
  Add(archive, Make({{"Ali Hassan", "IRQ"}}, "2031-01-04"));
  Add(archive, Make({{"Ali Hassan", "KEN"}}, "2031-05-04"));
  Add(archive, Make({{"Ali Hassan"}}, "2031-05-06"));
  EXPECT_EQ(Who(archive), "1:new 2:new 2:name");
}

TEST_F(IdentitiesTest, AnAcronymIsTheBodyThatAStorySaysOrTheOneOfTheCountry) {
  EXPECT_EQ(WhoOf({Body("World Health Organization", "", {"WHO"}), Body("WHO")}),
            "1:new 1:acronym");
  EXPECT_EQ(WhoOf({Body("Norland Grain Board", "NOR"), Body("NGB", "NOR"), Body("NGB", "SWE")}),
            "1:new 1:acronym 2:new");
  EXPECT_EQ(WhoOf({Body("World Health Organization", "", {"WHO"}),
                   Body("World Hockey Organization", "", {"WHO"})}),
            "1:new 2:new");
}

TEST_F(IdentitiesTest, TheFullestNameIsShownWithTheOthersAndAllDays) {
  Archive archive = Open();
  Add(archive, Make({{"J. Smith", "USA"}}, "2031-05-04"));
  Add(archive, Make({{"John Smith", "USA"}}, "2031-04-01"));
  Add(archive, Make({{"John Adam Smith", "USA"}}, "2031-07-01"));
  EXPECT_EQ(Column(archive,
                   "SELECT name, aliases, country, stories, first_day, last_day, confidence FROM "
                   "who_is_who"),
            "John Adam Smith J. Smith|John Smith USA 3 2031-04-01 2031-07-01 0.6");
}

TEST_F(IdentitiesTest, CountriesPlacesAndTheUnnamedHaveNone) {
  EXPECT_EQ(WhoOf({{.name = "Norland", .type = EntityType::kCountry},
                   {.name = "Halvik", .type = EntityType::kPlace}}),
            "");
}

TEST_F(IdentitiesTest, OneBatchAndManyGiveTheSame) {
  std::vector<Story> stories;
  for (int i = 0; i < 40; ++i) {
    stories.push_back(Make({{fmt::format("Una {} Dahl", i % 3 == 0 ? "M." : ""), "NOR"},
                            {"Dahl", "NOR", i % 2 == 0 ? "premier" : "minister"},
                            Body(i % 2 == 0 ? "Norland Grain Board" : "NGB", "NOR")}));
  }
  std::vector<ArchiveInput> batch;
  for (const Story& story : stories) {
    InputPiece piece;
    piece.bytes = "bytes of " + story.id;
    batch.push_back(PrepareInput(piece, {story}));
  }
  std::string at_once;
  {
    Archive archive = Open();
    ASSERT_TRUE(archive.Add(batch));
    at_once = Who(archive);
    EXPECT_THAT(Problems(archive), IsEmpty());
  }
  std::filesystem::remove(Path());
  for (const Story& story : stories) {
    Archive archive = Open();
    Add(archive, story);
  }
  Archive archive = Open();
  EXPECT_EQ(Who(archive), at_once);
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, WhomTheTablesKnowByOneNameIsOne) {
  EXPECT_EQ(WhoOf({Known("Abdel Nasr al-Adly", "EGY", "Abdel Nasr al-Adly"),
                   Known("Abd-al Nasser el-Adli", "EGY", "Abdel Nasr al-Adly")}),
            "1:new 1:known");
  // Head of a state, then of a body of many.
  EXPECT_EQ(WhoOf({Known("Rui Sal", "PRT", "Rui Sal"), Known("Rui Sal", "", "Rui Sal"),
                   Known("R. Sal", "AGO", "Rui Sal")}),
            "1:new 1:known 1:known");
  Named agency = Body("Energy Agency");
  agency.known_as = "International Energy Agency";
  Named initials = Body("IEA");
  initials.known_as = "International Energy Agency";
  EXPECT_EQ(WhoOf({agency, initials}), "1:new 1:known");
}

TEST_F(IdentitiesTest, WhomTheTablesKnowByTwoNamesIsTwo) {
  EXPECT_EQ(WhoOf({Known("Bo Dahl", "NOR", "Bo M. Dahl"), Known("Bo Dahl", "NOR", "Bo W. Dahl"),
                   Known("Bo M. Dahl", "NOR", "Bo M. Dahl")}),
            "1:new 2:new 1:known");
  // A person and a body of one name are two, too.
  Named body = Body("Una Dahl");
  body.known_as = "Una Dahl";
  EXPECT_EQ(WhoOf({Known("Una Dahl", "", "Una Dahl"), body}), "1:new 2:new");
}

TEST_F(IdentitiesTest, UsersKnowBetterThanTheTables) {
  Archive archive = Open();
  for (int i = 0; i < 3; ++i) Add(archive, Make({Known("Una Dahl", "NOR", "Una Dahl")}));
  Correction another{
      .made = "2031-05-05T00:00:00Z", .kind = Correction::Kind::kAnotherEntity, .story = 3};
  ASSERT_TRUE(archive.Correct(another));
  EXPECT_EQ(Who(archive), "1:new 1:known 2:user");
  Add(archive, Make({Known("U. Dahl", "NOR", "Una Dahl")}));
  EXPECT_EQ(Who(archive), "1:new 1:known 2:user 1:known");
  ASSERT_TRUE(archive.TakeBack(1, "2031-05-06T00:00:00Z"));
  EXPECT_EQ(Who(archive), "1:new 1:known 1:known 1:known");
  EXPECT_EQ(Column(archive, "SELECT DISTINCT known_as FROM known_entities"), "Una Dahl");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, RereadingLearnsWhomTheTablesKnow) {
  Archive archive = Open();
  Add(archive, Make({{"Una Dahl", "NOR"}}));
  Story story = Make({{"Bo Ray", "NOR"}});
  Add(archive, story);
  story.entities[0].known_as = "Bo T. Ray";
  InputPiece piece;
  piece.bytes = story.id;
  const RebuiltInput again{
      .number = 2, .first_story = 2, .last_story = 2, .input = PrepareInput(piece, {story})};
  ASSERT_TRUE(archive.Rebuild(std::span(&again, 1)));
  Add(archive, Make({Known("Ray Bo", "", "Bo T. Ray")}));
  EXPECT_EQ(Who(archive), "1:new 2:new 2:known");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

/// Version 6 had a row for each entity.
TEST_F(IdentitiesTest, LinksOfAnArchiveWithARowForEachAreKept) {
  std::string before;
  {
    Archive archive = Open();
    Add(archive, Make({{"Una Dahl", "NOR"}, Body("Halvik Oil")}));
    Add(archive, Make({{"Bo Ray"}, {"Una Dahl", "NOR"}, {"Dahl", "NOR"}}));
    Add(archive, Make({{"Ray"}}));
    before = Who(archive);
  }
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(database);
    (*database)->Run(
        "CREATE TABLE old AS SELECT * FROM identity_entities; DROP VIEW story_identities; "
        "DROP VIEW identity_roles; DROP VIEW identity_entities; DROP TABLE identity_links; "
        "DROP TABLE identity_search; CREATE TABLE identity_entities(story, entity, identity, rule, "
        "sure, PRIMARY KEY(story, entity)) WITHOUT ROWID; INSERT INTO identity_entities SELECT * "
        "FROM old; DROP TABLE old; DROP VIEW known_entities; ALTER TABLE facts DROP COLUMN known; "
        "ALTER TABLE identities DROP COLUMN known; DROP INDEX corrections_id; ALTER TABLE "
        "corrections DROP COLUMN id; DROP VIEW inputs_by_hash; DROP VIEW stories_by_hash; DROP "
        "VIEW "
        "stories_by_headline; DROP TABLE input_hashes; DROP TABLE new_input_hashes; DROP TABLE "
        "story_hashes; DROP TABLE new_story_hashes; DROP TABLE new_headlines; PRAGMA user_version "
        "= "
        "6");
    (*database)->Run(
        "CREATE VIEW story_identities AS SELECT 1; CREATE VIEW identity_roles AS "
        "SELECT 1");
    ASSERT_FALSE((*database)->TakeFailure());
  }
  Archive archive = Open();
  EXPECT_EQ(Who(archive), before);
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, AnArchiveWithoutIdentitiesIsCaughtUp) {
  std::string before;
  {
    Archive archive = Open();
    Add(archive, Make({{"Una Dahl", "NOR"}, Body("Halvik Oil")}));
    Add(archive, Make({{"Una Dahl", "NOR"}, {"Bo Ray"}}));
    before = Who(archive);
  }
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(database);
    (*database)->Run(
        "DELETE FROM identity_links; INSERT INTO identity_search(identity_search) "
        "VALUES('delete-all'); DELETE FROM identity_names; DELETE FROM identity_keys; "
        "DELETE FROM identities; UPDATE identity_progress SET story = 0");
    ASSERT_FALSE((*database)->TakeFailure());
  }
  Archive archive = Open();
  EXPECT_EQ(Who(archive), before);
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, RereadingKeepsWhatIsAsBeforeAndLooksAgainAtTheRest) {
  Archive archive = Open();
  Add(archive, Make({{"Una Dahl", "NOR"}}));
  Story story = Make({{"Bo Ray"}, {"Una Dahl", "NOR"}, {"Cy Fox"}});
  Add(archive, story);
  ASSERT_EQ(Who(archive), "1:new 2:new 1:name 3:new");
  std::swap(story.entities[0], story.entities[1]);
  story.entities[2].name = "Cyrus Fox";
  InputPiece piece;
  piece.bytes = story.id;
  const RebuiltInput again{
      .number = 2, .first_story = 2, .last_story = 2, .input = PrepareInput(piece, {story})};
  ASSERT_TRUE(archive.Rebuild(std::span(&again, 1)));
  EXPECT_EQ(Who(archive), "1:new 1:name 2:new 4:new");
  EXPECT_EQ(Column(archive, "SELECT name FROM who_is_who ORDER BY identity"),
            "Una Dahl Bo Ray Cyrus Fox");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, WhoIsAnotherGetsAnIdentityOfItsOwnUntilThatIsTakenBack) {
  Archive archive = Open();
  Add(archive, Make({{"John Smith", "USA"}}));
  Add(archive, Make({{"John M. Smith", "USA"}}));
  ASSERT_EQ(Who(archive), "1:new 1:fuller");
  const auto parted = archive.Correct({.made = "2031-06-01T00:00:00Z",
                                       .kind = Correction::Kind::kAnotherEntity,
                                       .story = 2,
                                       .fact = 0,
                                       .note = "his son"});
  ASSERT_TRUE(parted) << parted.error().Text();
  EXPECT_EQ(Who(archive), "1:new 2:user");
  EXPECT_EQ(Column(archive, "SELECT found, identity, name FROM entity_corrections"),
            "1 2 John M. Smith");
  EXPECT_THAT(Problems(archive), IsEmpty());
  EXPECT_FALSE(archive.Correct({.kind = Correction::Kind::kAnotherEntity, .story = 2, .fact = 0}));
  ASSERT_TRUE(archive.TakeBack(*parted, "2031-06-02T00:00:00Z"));
  EXPECT_EQ(Who(archive), "1:new 1:fuller");
  EXPECT_EQ(Column(archive, "SELECT confidence FROM who_is_who"), "0.91");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, TwoAreOneUntilThatIsTakenBackAndLaterStoriesFollow) {
  Archive archive = Open();
  Add(archive, Make({{"William Ek", "NOR"}}));
  Add(archive, Make({{"Bill Ek", "NOR"}}));
  Add(archive, Make({{"Willy Ek", "NOR"}}));
  ASSERT_EQ(Who(archive), "1:new 2:new 3:new");
  const auto same = [&](std::int64_t story, std::int64_t identity) {
    return archive.Correct({.made = "2031-06-01T00:00:00Z",
                            .kind = Correction::Kind::kSameEntity,
                            .story = story,
                            .fact = 0,
                            .identity = identity});
  };
  const auto first = same(3, 2);
  ASSERT_TRUE(first) << first.error().Text();
  ASSERT_TRUE(same(3, 1));
  Add(archive, Make({{"Bill Ek", "NOR"}}));
  EXPECT_EQ(Who(archive), "1:new 1:new 1:new 1:name");
  EXPECT_EQ(Column(archive, "SELECT name, aliases, stories FROM who_is_who"),
            "William Ek Bill Ek|Willy Ek 4");
  EXPECT_THAT(Problems(archive), IsEmpty());
  ASSERT_TRUE(archive.TakeBack(*first, "2031-06-02T00:00:00Z"));
  EXPECT_EQ(Who(archive), "1:new 2:new 1:new 2:name");
  const auto again = same(3, 1);
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("is of identity 1 already"));
  EXPECT_FALSE(same(3, 99));
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(IdentitiesTest, CorrectionsHoldWhenTheStoryIsReadAgain) {
  Archive archive = Open();
  Add(archive, Make({{"John Smith", "USA"}}));
  Story story = Make({{"Cy Fox"}, {"John Smith", "USA"}});
  Add(archive, story);
  ASSERT_TRUE(archive.Correct({.made = "2031-06-01T00:00:00Z",
                               .kind = Correction::Kind::kAnotherEntity,
                               .story = 2,
                               .fact = 1}));
  ASSERT_EQ(Who(archive), "1:new 2:new 3:user");
  const auto read_again = [&] {
    InputPiece piece;
    piece.bytes = story.id;
    const RebuiltInput again{
        .number = 2, .first_story = 2, .last_story = 2, .input = PrepareInput(piece, {story})};
    ASSERT_TRUE(archive.Rebuild(std::span(&again, 1)));
  };
  const std::vector<Entity> both = story.entities;
  story.entities = {both[1]};
  story.entities[0].country.reset();
  read_again();
  EXPECT_EQ(Who(archive), "1:new 3:user") << "at another number, with another country";
  story.entities = {both[0]};
  read_again();
  EXPECT_TRUE(archive.Corrections()->front().stale);
  EXPECT_THAT(Problems(archive), IsEmpty());
  story.entities = both;
  read_again();
  EXPECT_EQ(Who(archive), "1:new 2:name 3:user") << "it holds again when the entity is back";
  EXPECT_THAT(Problems(archive), IsEmpty());
}

}  // namespace
}  // namespace dateline
