// What is the same across stories, from the archive's door.
#include "dateline/same.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "archive/archive_folder.h"
#include "archive/sqlite.h"
#include "dateline/archive.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

/// A report of one paragraph, with an event in its first four bytes.
struct Told {
  std::string headline;
  std::string body;
  std::string day = "2031-05-04";
  std::string publisher{};
  std::vector<std::string> agencies{};
  std::vector<std::string> related{};
};

class SameTest : public archive::ArchiveFolderTest {
 protected:
  Story Make(const Told& told) {
    Story story;
    story.id = fmt::format("{:032x}", ++last_);
    story.text = told.headline + "\n\n" + told.body + "\n";
    story.article.headline = told.headline;
    story.article.date_published = *ParseDateTime(told.day);
    if (!told.publisher.empty()) story.article.publisher = told.publisher;
    story.article.source_organization = told.agencies;
    story.blocks = {{BlockKind::kHeadline, record::Find(story.text, told.headline), {}},
                    {BlockKind::kParagraph, record::Find(story.text, told.body), {}}};
    for (const std::string& headline : told.related) {
      const std::size_t at = story.text.size();
      story.text += headline + "\n";
      story.article.related_link.push_back(
          {"READ MORE", headline, {}, MakeSpan(at, at + headline.size())});
    }
    return story;
  }

  static void AddEvent(Story& story, const std::string& source, const std::string& target,
                       const std::string& cameo, const std::string& date, int killed = 0) {
    Event event;
    event.cameo = cameo;
    event.plover = "ASSAULT";
    event.quad = 4;
    event.trigger = {static_cast<std::uint32_t>(story.events.size()),
                     static_cast<std::uint32_t>(story.events.size()) + 4};
    event.evidence = {event.trigger};
    event.source = {{{}, source, event.trigger}};
    event.target = {{{}, target, event.trigger}};
    if (!date.empty()) event.date = *ParseDate(date);
    if (killed > 0) event.counts = {{"killed", double(killed), double(killed), "", event.trigger}};
    event.confidence = 0.5;
    event.rule = "190.attack";
    story.events.push_back(std::move(event));
  }

  static void Add(Archive& archive, const Story& story) {
    InputPiece piece;
    piece.bytes = "bytes of " + story.id;
    const auto counts = archive.Add(std::vector{PrepareInput(piece, {story})});
    ASSERT_TRUE(counts) << counts.error().Text();
  }

  static std::vector<std::string> Problems(Archive& archive) {
    const auto problems = archive.Check();
    EXPECT_TRUE(problems) << problems.error().Text();
    return problems.value_or(std::vector<std::string>{});
  }

  static std::string Column(Archive& archive, const std::string& sql) {
    std::string values;
    const auto done = archive.Sql(
        sql, [](const auto&) {},
        [&](const std::vector<SqlValue>& row) {
          values += (values.empty() ? "" : " ") + row[0].text;
          return true;
        });
    EXPECT_TRUE(done) << done.error().Text();
    return values;
  }

  std::string Clusters() const {
    Archive archive = Open(ArchiveAccess::kRead);
    return Column(archive, "SELECT cluster FROM cluster_stories ORDER BY story");
  }

  unsigned last_ = 0;
};

const Told kBlast = {"Bomb kills six in Halvik market",
                     "A bomb exploded in the crowded fish market of Halvik, killing six traders, "
                     "Interior Minister Ola Ek said."};
const Told kBlastLater = {"Halvik buries victims of market bomb",
                          "Hundreds came to bury the six traders killed when a bomb exploded in "
                          "the fish market of Halvik. Interior Minister Ola Ek spoke.",
                          "2031-05-06"};
const Told kVisit = {"Sudmark's premier flies to Brenn",
                     "Premier Una Dahl of Sudmark arrived in Brenn for talks about grain, customs "
                     "and a railway with her hosts."};

TEST_F(SameTest, StoriesOfOneHappeningAreAClusterWithTitleSpanAndActors) {
  Archive archive = Open();
  Story blast = Make(kBlast);
  blast.entities.push_back({.type = EntityType::kPerson,
                            .name = "Ola Ek",
                            .country = {},
                            .actor = {},
                            .roles = {},
                            .mentions = {{record::Find(blast.text, "Ola Ek")}}});
  Add(archive, blast);
  Add(archive, Make(kVisit));
  Add(archive, Make(kBlastLater));
  EXPECT_EQ(Clusters(), "1 2 1");
  const auto clusters = archive.FindClusters({});
  ASSERT_TRUE(clusters) << clusters.error().Text();
  ASSERT_THAT(*clusters, SizeIs(1));
  EXPECT_EQ(clusters->front().title, kBlast.headline);
  EXPECT_EQ(clusters->front().stories, 2U);
  EXPECT_EQ(clusters->front().first_day, "2031-05-04");
  EXPECT_EQ(clusters->front().last_day, "2031-05-06");
  EXPECT_THAT(clusters->front().actors, ElementsAre(ClusterActor{"Ola Ek", 1}));
  const auto life = archive.LoadCluster(3);
  ASSERT_TRUE(life) << life.error().Text();
  ASSERT_THAT(life->stories, SizeIs(2));
  EXPECT_EQ(life->stories[1].headline, kBlastLater.headline);
  EXPECT_FALSE(archive.LoadCluster(9));
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(SameTest, ClustersAreChosenByDayAndWords) {
  Archive archive = Open();
  for (const Told& told : {kBlast, kVisit, kBlastLater}) Add(archive, Make(told));
  const auto count = [&](ClusterFilter filter) {
    const auto clusters = archive.FindClusters(filter);
    return clusters ? clusters->size() : 99;
  };
  EXPECT_EQ(count({.least = 1}), 2U);
  EXPECT_EQ(count({.from = *ParseDate("2031-05-06"), .least = 1}), 1U);
  EXPECT_EQ(count({.from = *ParseDate("2031-05-07"), .least = 1}), 0U);
  EXPECT_EQ(count({.to = *ParseDate("2031-05-03"), .least = 1}), 0U);
  EXPECT_EQ(count({.about = "railway AND grain", .least = 1}), 1U);
  EXPECT_EQ(count({.about = "(", .least = 1}), 99U);
}

TEST_F(SameTest, ClustersGoOnAfterARestartAndWithAnotherWriterBetween) {
  {
    Archive archive = Open();
    Add(archive, Make(kBlast));
  }
  Archive one = Open();
  Archive other = Open();
  Add(other, Make(kVisit));
  Add(one, Make(kBlastLater));
  Told again = kVisit;
  again.headline = "Grain and a railway bring Una Dahl to Brenn";
  again.body += " A railway and grain are what Premier Dahl of Sudmark wants.";
  Add(one, Make(again));
  EXPECT_EQ(Clusters(), "1 2 1 2");
  EXPECT_THAT(Problems(one), IsEmpty());
}

/// As it is with stories of a version that had no clusters.
TEST_F(SameTest, StoriesWithoutClustersAreCaughtUp) {
  {
    Archive archive = Open();
    for (const Told& told : {kBlast, kVisit, kBlastLater}) Add(archive, Make(told));
  }
  const std::string before = Clusters();
  {
    auto database = archive::Database::Open(Path(), archive::Access::kWrite);
    ASSERT_TRUE(database);
    for (const char* table :
         {"cluster_stories", "clusters", "cluster_changes", "headlines", "related"}) {
      (*database)->Run(fmt::format("DELETE FROM {}", table).c_str());
    }
    ASSERT_FALSE((*database)->TakeFailure());
  }
  Archive archive = Open();
  EXPECT_EQ(Clusters(), before);
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(SameTest, RelatedHeadlinesAreResolvedWhicheverComesFirst) {
  Archive archive = Open();
  Told pointing = kVisit;
  pointing.related = {"Bomb kills six in Halvik market", "What nobody has written yet"};
  Add(archive, Make(pointing));
  ASSERT_THAT(*archive.RelatedTo(1), SizeIs(2));
  EXPECT_FALSE(archive.RelatedTo(1)->front().story.has_value());
  Told shouted = kBlast;
  shouted.headline = "BOMB KILLS SIX IN HALVIK MARKET";
  Add(archive, Make(shouted));
  EXPECT_EQ(archive.RelatedTo(1)->front().story, 2);
  EXPECT_FALSE(archive.RelatedTo(1)->back().story.has_value());
  pointing.headline = "Dahl leaves Brenn without a railway";
  Add(archive, Make(pointing));
  EXPECT_EQ(archive.RelatedTo(3)->front().story, 2);
  EXPECT_EQ(archive.RelatedTo(3)->front().label, "READ MORE");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

class SameEventsTest : public SameTest {
 protected:
  /// Three reports of the blast, of which two credit the agency, and one of the visit.
  SameEventsTest() {
    Archive archive = Open();
    Story one = Make({kBlast.headline, kBlast.body, "2031-05-04", "Halvik Post", {"NPA"}});
    AddEvent(one, "REB", "NORCVL", "183", "2031-05-04", 6);
    AddEvent(one, "REB", "NORCVL", "180", "2031-05-04");
    AddEvent(one, "NORGOV", "", "010", "2031-05-04");
    Story two =
        Make({kBlastLater.headline, kBlastLater.body, "2031-05-06", "Oslavia Times", {"NPA"}});
    AddEvent(two, "REB", "NOR", "183", "2031-05-04", 7);
    Story three = Make({"Halvik fish market bomb: seven dead",
                        "Seven traders died when a bomb exploded in the Halvik fish market, said "
                        "Interior Minister Ola Ek.",
                        "2031-05-05", "Brenn Daily"});
    AddEvent(three, "REB", "NORCVL", "183", "2031-05-05", 7);
    AddEvent(three, "REB", "NORCVL", "183", "2031-05-11");
    Story four = Make({kVisit.headline, kVisit.body});
    AddEvent(four, "REB", "NORCVL", "183", "2031-05-04");
    for (const Story& story : {one, two, three, four}) Add(archive, story);
  }

  std::vector<SameEvent> Find(EventIdentity rule) {
    Archive archive = Open(ArchiveAccess::kRead);
    const auto found = archive.FindEvents({});
    const auto events = archive.FindSameEvents(*found, rule);
    EXPECT_TRUE(events) << events.error().Text();
    return events.value_or(std::vector<SameEvent>{});
  }

  static std::string Printed(const std::vector<SameEvent>& events) {
    std::string out;
    for (const SameEvent& event : events) {
      if (!out.empty()) out += " ";
      for (const auto& each : event.sightings) {
        out += fmt::format("{}{}v{}", &each == &event.sightings.front() ? "" : "=", each.story,
                           each.number + 1);
      }
    }
    return out;
  }
};

TEST_F(SameEventsTest, WithoutARuleEachReportIsAnEvent) {
  EXPECT_EQ(Printed(Find(EventIdentity::kNone)), "1v1 1v2 1v3 2v1 4v1 3v1 3v2");
}

TEST_F(SameEventsTest, OneADayTakesSameDayCodeAndActors) {
  EXPECT_EQ(Printed(Find(EventIdentity::kOneADay)), "1v1=4v1 1v2 1v3 2v1 3v1 3v2");
}

TEST_F(SameEventsTest, WithinAStoryTheRootCodeTells) {
  EXPECT_EQ(Printed(Find(EventIdentity::kStory)), "1v1=1v2 1v3 2v1 4v1 3v1 3v2");
}

TEST_F(SameEventsTest, WithinAClusterReportsAreOneEventWithItsSources) {
  const auto events = Find(EventIdentity::kCluster);
  EXPECT_EQ(Printed(events), "1v1=1v2=3v1=2v1 1v3 4v1 3v2");
  const SameEvent& blast = events.front();
  EXPECT_EQ(blast.stories, 3U);
  EXPECT_EQ(blast.sources, 2U) << "an agency, and a paper of its own";
  EXPECT_EQ(blast.first_published, "2031-05-04");
  EXPECT_THAT(blast.dates, ElementsAre(Pair("2031-05-04", 3), Pair("2031-05-05", 1)));
  EXPECT_THAT(blast.codes, ElementsAre(Pair("183", 3), Pair("180", 1)));
  EXPECT_THAT(blast.numbers, ElementsAre(Pair("killed 7", 2), Pair("killed 6", 1)));
}

TEST_F(SameEventsTest, OneOfEachIsTheFirstReport) {
  Archive archive = Open(ArchiveAccess::kRead);
  const auto firsts = archive.OneOfEach(*archive.FindEvents({}), EventIdentity::kCluster);
  ASSERT_TRUE(firsts);
  std::string out;
  for (const auto& facts : *firsts) {
    for (const auto at : facts.numbers) out += fmt::format("{}v{} ", facts.story, at + 1);
  }
  EXPECT_EQ(out, "1v1 1v3 4v1 3v2 ");
}

TEST_F(SameEventsTest, ACorrectionChangesAnswersAndNoFinding) {
  Archive archive = Open();
  const std::string before = Column(archive, "SELECT story || cameo FROM events");
  const auto found = [&](const std::string& code) {
    const auto facts = archive.FindEvents({.code = code});
    std::string out;
    for (const auto& each : *facts) {
      for (const auto at : each.numbers) out += fmt::format("{}v{} ", each.story, at + 1);
    }
    return out;
  };
  const auto first =
      archive.Correct({.made = "2031-06-01T00:00:00Z", .story = 4, .fact = 0, .note = "a rumour"});
  ASSERT_TRUE(first) << first.error().Text();
  EXPECT_EQ(found("18"), "1v1 1v2 2v1 3v1 3v2 ");
  const auto second = archive.Correct({.made = "2031-06-01T00:00:00Z",
                                       .kind = Correction::Kind::kCode,
                                       .story = 1,
                                       .fact = 2,
                                       .value = "182",
                                       .plover = "ASSAULT",
                                       .quad = 4,
                                       .goldstein = -9.5});
  ASSERT_TRUE(second) << second.error().Text();
  EXPECT_EQ(found("18"), "1v1 1v2 1v3 2v1 3v1 3v2 ");
  EXPECT_EQ(found("01"), "");
  Story story = *archive.LoadStory(1);
  ASSERT_TRUE(archive.ApplyCorrections(1, story));
  EXPECT_EQ(story.events[2].cameo, "182");
  EXPECT_EQ(story.events[2].rule, "user:2");
  EXPECT_EQ(Column(archive, "SELECT cameo FROM corrected_events WHERE machine = '010'"), "182");
  EXPECT_EQ(Column(archive, "SELECT story || cameo FROM events"), before);
  EXPECT_EQ(archive.LoadStory(1)->events[2].cameo, "010");

  ASSERT_TRUE(archive.TakeBack(*first, "2031-06-02T00:00:00Z"));
  ASSERT_TRUE(archive.TakeBack(*second, "2031-06-02T00:00:00Z"));
  EXPECT_EQ(found("18"), "1v1 1v2 2v1 4v1 3v1 3v2 ");
  EXPECT_FALSE(archive.TakeBack(*first, "2031-06-03T00:00:00Z"));
  const auto all = archive.Corrections();
  ASSERT_THAT(*all, SizeIs(2));
  EXPECT_EQ(all->front().undone, "2031-06-02T00:00:00Z");
  EXPECT_EQ(all->front().machine, "183");
  EXPECT_EQ(all->front().note, "a rumour");
  EXPECT_THAT(Problems(archive), IsEmpty());
}

TEST_F(SameEventsTest, ACorrectionFollowsItsEventToAnotherNumberAndIsStaleWithoutIt) {
  Archive archive = Open();
  ASSERT_TRUE(archive.Correct({.made = "2031-06-01T00:00:00Z", .story = 1, .fact = 1}));
  Story story = *archive.LoadStory(1);
  // What a newer engine finds of the story.
  const auto find_again = [&](std::vector<Event> events) {
    story.events = std::move(events);
    InputPiece piece;
    piece.bytes = story.id;
    const RebuiltInput again{
        .number = 1, .first_story = 1, .last_story = 1, .input = PrepareInput(piece, {story})};
    ASSERT_TRUE(archive.Rebuild(std::span(&again, 1)));
  };
  const auto events = story.events;
  find_again({events[1], events[2]});
  EXPECT_EQ(Column(archive, "SELECT event FROM event_corrections"), "1");
  EXPECT_FALSE(archive.Corrections()->front().stale);
  find_again({events[2]});
  EXPECT_TRUE(archive.Corrections()->front().stale);
  find_again(events);
  EXPECT_FALSE(archive.Corrections()->front().stale) << "it holds again when the event is back";
}

TEST_F(SameEventsTest, CorrectionsThatSayTheSameAtOnceAreTwo) {
  Archive archive = Open();
  const std::string moment = "2031-06-01T00:00:00Z";
  for (int i = 0; i < 2; ++i) {
    const auto made = archive.Correct({.made = moment, .story = 1, .fact = 0});
    ASSERT_TRUE(made) << made.error().Text();
    ASSERT_TRUE(archive.TakeBack(*made, moment));
  }
  const std::string id = "0123456789abcdef0123456789abcdef";
  ASSERT_TRUE(archive.Correct({.id = id, .made = moment, .story = 1, .fact = 0}));
  const auto all = *archive.Corrections();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].id.size(), id.size());
  EXPECT_NE(all[0].id, all[1].id);
  EXPECT_EQ(all[2].id, id) << "of another archive";
  const auto again = archive.Correct({.id = id, .made = moment, .story = 1, .fact = 1});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(archive.Corrections()->size(), 3U);
}

TEST_F(SameEventsTest, WhatIsNotThereOrCorrectedAlreadyIsRefused) {
  Archive archive = Open();
  const auto none = archive.Correct({.story = 1, .fact = 7});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(archive.Correct({.story = 1, .fact = 0}));
  const auto again = archive.Correct({.story = 1, .fact = 0});
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("take correction 1 back"));
}

}  // namespace
}  // namespace dateline
