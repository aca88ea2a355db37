#include "places/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "places/gazetteer.h"
#include "places/home.h"
#include "places/testing/marked.h"

namespace dateline::places {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

const Gazetteer& TheGazetteer() {
  static const Gazetteer gazetteer = *Gazetteer::Load(testing::LoadTables("dateline.tables"),
                                                      testing::LoadTables("gazetteer.tables"));
  return gazetteer;
}

std::vector<Candidate> Find(std::string_view name, ShortNames shorts = ShortNames::kFree) {
  const std::vector<std::string> phrase = tables::FoldPhrase(name);
  return TheGazetteer().Find(std::vector<std::string_view>(phrase.begin(), phrase.end()), shorts);
}

// ---- gazetteer

struct Known {
  std::string_view name;
  Kind kind;
  std::string_view country;
};

class KnownPlaces : public ::testing::TestWithParam<Known> {};

TEST_P(KnownPlaces, AreAmongTheCandidates) {
  EXPECT_THAT(Find(GetParam().name),
              Contains(::testing::AllOf(Field(&Candidate::kind, GetParam().kind),
                                        Field(&Candidate::country, GetParam().country))));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, KnownPlaces,
    ::testing::Values(Known{"Peru", Kind::kCountry, "PER"}, Known{"Georgia", Kind::kCountry, "GEO"},
                      Known{"Georgia", Kind::kAdmin1, "USA"},
                      Known{"Licking County", Kind::kAdmin2, "USA"},
                      Known{"Licking Co.", Kind::kAdmin2, "USA"},
                      Known{"Paris", Kind::kCity, "FRA"}, Known{"Paris", Kind::kCity, "USA"},
                      Known{"Kyiv", Kind::kCity, "UKR"}, Known{"Bombay", Kind::kCity, "IND"},
                      Known{"Ky.", Kind::kAdmin1, "USA"}, Known{"W. Va.", Kind::kAdmin1, "USA"},
                      Known{"B.C.", Kind::kAdmin1, "CAN"}, Known{"Phila.", Kind::kCity, "USA"}));

TEST(Gazetteer, APostCodeIsAStateOnlyBehindATown) {
  EXPECT_THAT(Find("CA", ShortNames::kAll), Contains(Field(&Candidate::kind, Kind::kAdmin1)));
  EXPECT_THAT(Find("CA", ShortNames::kFree),
              ::testing::Not(Contains(Field(&Candidate::name, "California"))));
}

TEST(Gazetteer, WhatNoTableHasHasNoCandidate) { EXPECT_THAT(Find("Zzyzxquil"), IsEmpty()); }

TEST(Gazetteer, ACapitalIsTheSeatOfItsGovernment) {
  EXPECT_THAT(Find("Lima"),
              Contains(::testing::AllOf(Field(&Candidate::country, "PER"),
                                        Field(&Candidate::sense, Sense::kGovernment))));
}

TEST(Gazetteer, EveryPositionLiesOnTheEarth) {
  for (const std::string_view name : {"Springfield", "San José", "Victoria", "Kremlin", "Asia"}) {
    for (const Candidate& candidate : Find(name)) {
      ASSERT_TRUE(candidate.lat && candidate.lon) << name;
      EXPECT_LE(std::abs(*candidate.lat), 90) << name;
      EXPECT_LE(std::abs(*candidate.lon), 180) << name;
    }
  }
}

TEST(Gazetteer, DistanceIsInKilometres) {
  const auto lima = TheGazetteer().Capital("PER");
  const auto quito = TheGazetteer().Capital("ECU");
  EXPECT_NEAR(*Distance(lima, quito), 1324, 15);
  EXPECT_NEAR(*Distance(lima, lima), 0, 1e-6);
}

// ---- outlets

struct Home {
  std::string_view url;
  std::string_view name;
  std::string_view country;
};

class HomeOf : public ::testing::TestWithParam<Home> {};

TEST_P(HomeOf, IsToldByTheAddress) {
  Story story;
  story.article.url = std::string(GetParam().url);
  const auto outlets = Outlets::Load(testing::LoadTables("dateline.tables"));
  const auto home = outlets->HomeOf(story, TheGazetteer());
  ASSERT_TRUE(home);
  EXPECT_EQ(home->name, GetParam().name);
  EXPECT_EQ(home->country, GetParam().country);
}

INSTANTIATE_TEST_SUITE_P(
    Addresses, HomeOf,
    ::testing::Values(Home{"https://www.chicagotribune.com/a", "Chicago", "USA"},
                      Home{"http://chicagotribune.com", "Chicago", "USA"},
                      Home{"https://www.thestar.com.my/news?id=1", "Kuala Lumpur", "MYS"},
                      Home{"https://example.ie/x", "Ireland", "IRL"},
                      Home{"https://www.bbc.co.uk/news", "United Kingdom", "GBR"}));

TEST(Outlets, EveryCityOfTheTableIsInTheGazetteer) {
  const tables::Tables tables = testing::LoadTables("dateline.tables");
  const auto table =
      *tables::NamedTable::Open(tables, "places/outlets", {"outlet", "city", "admin1", "country"});
  for (std::uint32_t row = 0; row < table.table->row_count(); ++row) {
    if (table.Cell(row, "city").empty()) continue;
    EXPECT_TRUE(TheGazetteer().CityIn(
        table.Cell(row, "city"),
        {.country = table.Cell(row, "country"), .admin1 = table.Cell(row, "admin1")}))
        << table.Cell(row, "outlet") << ": " << table.Cell(row, "city");
  }
}

// ---- the whole stage

TEST(Places, OneNameIsOnePlaceAllThroughAStory) {
  const Story story = testing::MakeStory(
      "The mill in Paris, Texas, closed on Monday. Workers in Paris said they were not told.");
  const auto places = testing::FindPlaces(story);
  ASSERT_EQ(places.size(), 3U);
  EXPECT_EQ(places[0].geonameid, places[2].geonameid);
  EXPECT_EQ(places[2].admin1, "Texas");
}

TEST(Places, AlternativesAreKeptWithTheirScores) {
  const Story story = testing::MakeStory("The mill in Paris closed on Monday.");
  const auto& finders = testing::SharedFinders();
  const names::Reading words = finders.names.Read(story);
  const auto explained = finders.places.Explain(words, finders.names.Find(words));
  ASSERT_EQ(explained.size(), 1U);
  double sum = 0;
  for (const Ranked& ranked : explained[0].alternatives) sum += ranked.score;
  EXPECT_GT(explained[0].alternatives.size(), 3U);
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_TRUE(
      std::ranges::is_sorted(explained[0].alternatives, std::ranges::greater{}, &Ranked::score));
}

TEST(Places, TheRecordsAlternativesAreTheNextBest) {
  const Story story = testing::MakeStory("The mill in Paris closed on Monday.");
  const auto& finders = testing::SharedFinders();
  const names::Reading words = finders.names.Read(story);
  const auto places = finders.places.FindExplained(words, finders.names.Find(words));
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].country, "FRA");
  ASSERT_EQ(places[0].alternatives.size(), 5U);
  EXPECT_EQ(places[0].alternatives[0].country, "USA");
  EXPECT_GT(*places[0].score, places[0].alternatives[0].score);
  EXPECT_GE(places[0].alternatives[0].score, places[0].alternatives[1].score);
}

std::vector<std::string> Precisions(const std::string& text) {
  std::vector<std::string> printed;
  for (const Place& place : testing::FindPlaces(testing::MakeStory(text))) {
    const auto precision = place.precision.transform(PlacePrecisionName).value_or("none");
    printed.push_back(std::string(place.span.of(text)) + " = " + std::string(precision));
  }
  return printed;
}

TEST(Places, PrecisionTellsWhatThePositionIsTheMiddleOf) {
  EXPECT_THAT(Precisions("They met in Lima."), ElementsAre("Lima = city"));
  EXPECT_THAT(Precisions("They met in Texas."), ElementsAre("Texas = admin1"));
  EXPECT_THAT(Precisions("They met in Peru."), ElementsAre("Peru = country"));
  EXPECT_THAT(Precisions("They met in the Black Sea."), ElementsAre("Black Sea = region"));
  EXPECT_THAT(Precisions("They met at Camp David."), ElementsAre("Camp David = point"));
  EXPECT_THAT(Precisions("They met in the village of Qurzhuval."), ElementsAre("Qurzhuval = none"));
}

std::vector<std::string> Countries(std::string_view text, std::string_view dateline = "") {
  std::vector<std::string> printed;
  for (const Place& place : testing::FindPlaces(testing::MakeStory(text, dateline)))
    printed.push_back(std::string(place.span.of(text)) + " = " + place.country.value_or("none"));
  return printed;
}

TEST(Places, OfNoTableLieInTheLandThatTheTextAroundSpeaksOf) {
  using ::testing::Contains;
  EXPECT_THAT(Countries("Tanzania shut its crossings after gunmen killed two officers near the "
                        "village of Qurzhuval."),
              Contains("Qurzhuval = TZA"));
  EXPECT_THAT(Countries("Rebels overran a post in Qurzhuval, in Burundi's eastern province."),
              Contains("Qurzhuval = BDI"));
  EXPECT_THAT(Countries("The mayor of Gitega asked for calm. Shots were fired in Qurzhuval. Uganda "
                        "and Rwanda shut their crossings."),
              Contains("Qurzhuval = BDI"));
  EXPECT_THAT(Countries("Russia keeps some troops in the Georgian town of Qurzhuval. Russia has "
                        "to leave Qurzhuval by June."),
              ::testing::AllOf(Contains("Qurzhuval = GEO"), ::testing::Not(Contains("= RUS"))));
}

TEST(Places, AreOfTheCountryThatTheStorySpeaksOfMost) {
  EXPECT_THAT(Countries("Farmers in Paraguay marched on Monday. Paraguay had cut their credit, and "
                        "some came from San Pedro. Argentina shut a bridge to Paraguay."),
              ::testing::Contains("San Pedro = PRY"));
}

TEST(Places, AnEmptyStoryHasNone) {
  EXPECT_THAT(testing::FindPlaces(testing::MakeStory("")), IsEmpty());
}

/// Stories put together from pieces of news, names and rubbish.
TEST(Places, LieInTheTextAndOnTheEarthWhateverTheText) {
  constexpr unsigned kSeed = 20240506;
  const std::vector<std::string_view> pieces{"Paris",
                                             "Texas",
                                             ", ",
                                             "in ",
                                             "the city of ",
                                             "Georgia",
                                             " County",
                                             ".",
                                             "D-",
                                             "U.S. ",
                                             "Ky.",
                                             "São ",
                                             "XENIA ",
                                             "– ",
                                             "(",
                                             "Moscow ",
                                             "'s ",
                                             "said ",
                                             "Lima",
                                             " Hospital",
                                             " and ",
                                             "é",
                                             "\xF0\x9F\x98\x80",
                                             "Russian ",
                                             "capital ",
                                             "University of "};
  std::mt19937 random(kSeed);
  for (int run = 0; run < 200; ++run) {
    std::string text;
    for (int i = 0; i < 25; ++i) text += pieces[random() % pieces.size()];
    const Story story = testing::MakeStory(text, run % 3 == 0 ? "LIMA, Peru (AP)" : "");
    std::uint32_t begin = 0;
    for (const Place& place : testing::FindPlaces(story)) {
      SCOPED_TRACE(text);
      EXPECT_LE(begin, place.span.begin);
      EXPECT_LT(place.span.begin, place.span.end);
      EXPECT_LE(place.span.end, story.text.size());
      EXPECT_EQ(place.lat.has_value(), place.lon.has_value());
      EXPECT_LE(std::abs(place.lat.value_or(0)), 90);
      EXPECT_LE(std::abs(place.lon.value_or(0)), 180);
      EXPECT_NE(static_cast<unsigned char>(story.text[place.span.begin]) & 0xC0U, 0x80U);
      begin = place.span.begin;
    }
  }
}

}  // namespace
}  // namespace dateline::places
