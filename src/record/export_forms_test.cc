#include "record/export_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "record/export_parts.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

const ExportSource kSource = {.number = 7, .added = "20310504081500", .choice = {}};

CodeNames Names() {
  return {.events = {{"129", "Reject, not specified below"}},
          .countries = {{"NLD", "Norland"}, {"SDN", "Sud"}, {"USA", "United States"}},
          .fips = {{"NLD", "NL"}, {"SDN", "SU"}, {"USA", "US"}}};
}

std::vector<std::string> Split(std::string_view text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<std::string> Row(const std::string& line) {
  EXPECT_THAT(line, testing::EndsWith("\n"));
  return Split(std::string_view(line).substr(0, line.size() - 1), '\t');
}

std::string Write(const Story& story, ExportForm form) {
  return WriteExport(story, kSource, Names(), form);
}

TEST(ExportFormsTest, GkgHasItsColumnsInOrder) {
  Story story = record::FullStory();
  story.events[0].counts = {{"killed", 12, std::nullopt, "", record::Find(story.text, "cannot")}};
  EXPECT_THAT(
      Row(Write(story, ExportForm::kGkg2)),
      ElementsAre("20310504081500-7", "20310504071500", "1", "example.org",
                  "https://example.org/norland",
                  "KILL#12##4#Halvik, North, Norland#NL#NL#61.25#-7.5#",
                  "KILL#12##4#Halvik, North, Norland#NL#NL#61.25#-7.5##36", "", "",
                  "1#Norland#NL#NL###NL;4#Halvik, North, Norland#NL#NL#61.25#-7.5#",
                  "1#Norland#NL#NL####NL#0;4#Halvik, North, Norland#NL#NL##61.25#-7.5##63",
                  "ola ek", "Ola Ek,48", "", "", "", "3,5,4,2031,73", "wc:14", "", "", "", "",
                  "32|15|said|“We cannot go,”", "Norland,0;Sud,27;Ola Ek,48", "12,killed,36", "",
                  "<PAGE_TITLE>Norland’s envoy can’t meet Sud</PAGE_TITLE><PAGE_AUTHORS>Ann Lee;Bo "
                  "Ray</PAGE_AUTHORS><PAGE_PRECISEPUBTIMESTAMP>20310504071500</"
                  "PAGE_PRECISEPUBTIMESTAMP>"));
}

TEST(ExportFormsTest, DelimitersOfGkgAreNotInItsValues) {
  Story story = record::FullStory();
  story.entities[1].name = "Ola;#|,Ek";
  const auto row = Row(Write(story, ExportForm::kGkg2));
  EXPECT_EQ(row[11], "ola    ek");
  EXPECT_EQ(row[12], "Ola    Ek,48");
}

TEST(ExportFormsTest, PolecatHasItsColumnsInOrder) {
  EXPECT_THAT(Row(ExportHeader(ExportForm::kPolecat)), SizeIs(40));
  EXPECT_THAT(
      Row(Write(record::FullStory(), ExportForm::kPolecat)),
      ElementsAre("7_1", "2031-05-01", "REJECT", "meet", "-5", "VERBAL CONFLICT", "None", "Ola Ek",
                  "Norland", "None", "GOV", "GOV", "envoy", "Norland’s envoy", "None", "Sud", "Sud",
                  "None", "None", "None", "None", "Sud", "None", "Halvik", "Halvik", "None",
                  "North", "Norland", "61.25", "-7.5", "4711", "Halvik", "PPL", "The Halvik Post",
                  "2031-05-04", "Ola Ek", "None", "Norland; Halvik", "en", "None"));
}

TEST(ExportFormsTest, EventsWithoutAPloverTypeAreLeftOut) {
  Story story = record::FullStory();
  story.events[0].plover.clear();
  EXPECT_EQ(Write(story, ExportForm::kPolecat), "");
  EXPECT_EQ(Write(story, ExportForm::kPlover), "");
}

TEST(ExportFormsTest, PloverSaysWhatItKnowsInItsOwnWords) {
  EXPECT_EQ(
      Write(record::FullStory(), ExportForm::kPlover),
      R"({"id":"7_1","date":"2031-05-01","actor":[{"raw_text":"Norland’s envoy","entity_name":"Ola Ek",)"
      R"("country_name":"Norland","sector_code":"GOV","actor_code":"NLDGOV"}],)"
      R"("recipient":[{"raw_text":"Sud","entity_name":"Sud","country_name":"Sud","actor_code":"SDN"}],)"
      R"("event":["REJECT"],"mode":["meet","negation"],"quad_code":"VERBAL CONFLICT","event_scale":-5,)"
      R"("event_loc":{"extracted_place":"Halvik","resolved_place":"Halvik","geonameid":"4711",)"
      R"("lat":61.25,"lon":-7.5,"city":"Halvik","province":"North","country":"Norland",)"
      R"("country_code":"NLD","feature_code":"PPL","resolution":4},)"
      R"("event_text":["Norland’s envoy can’t meet Sud","“We cannot go,”"],)"
      R"("text_info":{"sequence":1,"start":0,"end":30},)"
      R"("cite_info":{"url":"https://example.org/norland","title":"Norland’s envoy can’t meet Sud",)"
      R"("language":"en","publication":"The Halvik Post","coder":"dateline"},"coder":"dateline",)"
      R"("coded_date":"2031-05-04","comment":"CAMEO 129"})"
      "\n");
}

TEST(ExportFormsTest, GeoJsonPutsLongitudeFirst) {
  const std::string feature = Write(record::FullStory(), ExportForm::kGeoJson);
  EXPECT_THAT(feature,
              StartsWith(R"({"type":"Feature","id":"7_1","geometry":{"type":"Point",)"
                         R"("coordinates":[-7.5,61.25]},"properties":{"date":"2031-05",)"));
  EXPECT_THAT(feature, HasSubstr(R"("source":"NLDGOV","source_name":"Ola Ek")"));
  Story nowhere = record::FullStory();
  nowhere.events[0].place->lat.reset();
  EXPECT_EQ(Write(nowhere, ExportForm::kGeoJson), "");
}

TEST(ExportFormsTest, JsonLdIsANewsArticle) {
  const std::string article = Write(record::FullStory(), ExportForm::kJsonLd);
  EXPECT_THAT(article, StartsWith(R"({"@type":"NewsArticle","@id":"urn:dateline:0011)"));
  EXPECT_THAT(article, HasSubstr(R"("author":[{"@type":"Person","name":"Ann Lee"},)"));
  EXPECT_THAT(article, HasSubstr(R"("@type":"Quotation","text":"“We cannot go,”",)"
                                 R"("spokenByCharacter":{"@id":"urn:dateline:)"
                                 R"(00112233445566778899aabbccddeeff#e2"})"));
  EXPECT_THAT(article, HasSubstr(R"({"@type":"Event","name":"Reject, not specified below",)"));
  EXPECT_THAT(article, HasSubstr(R"("geo":{"@type":"GeoCoordinates","latitude":61.25,)"));
}

TEST(ExportFormsTest, BratCountsCharactersAndKnowsEachTextOnce) {
  EXPECT_EQ(Write(record::FullStory(), ExportForm::kBrat),
            "T1\tCountry 0 7\tNorland\n"
            "#1\tAnnotatorNotes T1\tNorland NLDGOV\n"
            "T2\tPerson 10 15\tenvoy\n"
            "T3\tPerson 33 35\tWe\n"
            "T4\tPerson 48 54\tOla Ek\n"
            "*\tEquiv T2 T3 T4\n"
            "#2\tAnnotatorNotes T2\tOla Ek NLDGOV\n"
            "T5\tCountry 27 30\tSud\n"
            "#3\tAnnotatorNotes T5\tSud\n"
            "T6\tTime 73 79\tSunday\n"
            "#4\tAnnotatorNotes T6\t2031-05-04\n"
            "T7\tLocation 0 7\tNorland\n"
            "#5\tAnnotatorNotes T7\tNorland\n"
            "T8\tLocation 63 69\tHalvik\n"
            "#6\tAnnotatorNotes T8\tHalvik\n"
            "T9\tPerson 0 15\tNorland’s envoy\n"
            "T10\tREJECT 22 26\tmeet\n"
            "E1\tREJECT:T10 Source:T9 Target:T5\n"
            "A1\tStatus E1 denied\n"
            "#7\tAnnotatorNotes E1\tCAMEO 129 2031-05 Halvik\n"
            "T11\tAttribution 55 59\tsaid\n"
            "T12\tSpeaker 48 54\tOla Ek\n"
            "T13\tContent 32 47\t“We cannot go,”\n"
            "E2\tAttribution:T11 Source:T12 Content:T13\n"
            "A2\tKind E2 direct\n");
}

TEST(ExportFormsTest, TimeMlMarksTimesInTheText) {
  const std::string document = Write(record::FullStory(), ExportForm::kTimeMl);
  EXPECT_THAT(document, HasSubstr("<DCT><TIMEX3 tid=\"t0\" type=\"TIME\" "
                                  "value=\"2031-05-04T08:15:00+01:00\" temporalFunction=\"false\" "
                                  "functionInDocument=\"CREATION_TIME\">"));
  EXPECT_THAT(document, HasSubstr("Ola Ek said in Halvik on <TIMEX3 tid=\"t1\" type=\"DATE\" "
                                  "value=\"2031-05-04\" mod=\"APPROX\">Sunday</TIMEX3> 🌅."));
}

const std::vector<Tie>& Ties() {
  static const std::vector<Tie> ties = {
      {"NLD", "SDN & \"Co\"", {3, {1, 0, 2, 0}, -4.5}, "2031-05-01", "2031-06"},
      {"SDN & \"Co\"", "NLD", {1, {0, 0, 0, 1}, -10}, "", ""}};
  return ties;
}

TEST(ExportFormsTest, NetworksAreXmlWithNodesAndEdges) {
  pugi::xml_document gexf;
  ASSERT_TRUE(gexf.load_string(WriteNetwork(Ties(), ExportForm::kGexf).c_str()));
  const auto graph = gexf.child("gexf").child("graph");
  const auto nodes = graph.child("nodes").children("node");
  EXPECT_EQ(std::distance(nodes.begin(), nodes.end()), 2);
  EXPECT_STREQ(nodes.begin()->attribute("label").value(), "NLD");
  EXPECT_STREQ(graph.child("edges").child("edge").attribute("weight").value(), "3");
  pugi::xml_document graphml;
  ASSERT_TRUE(graphml.load_string(WriteNetwork(Ties(), ExportForm::kGraphMl).c_str()));
  const auto edge = graphml.child("graphml").child("graph").child("edge");
  EXPECT_STREQ(edge.find_child_by_attribute("key", "goldstein_mean").text().get(), "-1.5000");
}

/// Documents of a random story, whole.
std::string Document(const Story& story, ExportForm form) {
  return ExportHeader(form) + Write(story, form) + ExportFooter(form);
}

TEST(ExportFormsTest, RandomStoriesGiveSoundDocuments) {
  simdjson::dom::parser parser;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const Story story = record::StoryDice(seed).Roll();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    EXPECT_THAT(Row(Write(story, ExportForm::kGkg2)), SizeIs(27));
    for (const ExportForm form : {ExportForm::kGeoJson, ExportForm::kJsonLd}) {
      EXPECT_EQ(parser.parse(Document(story, form)).error(), simdjson::SUCCESS);
    }
    for (const std::string& line : Split(Write(story, ExportForm::kPlover), '\n')) {
      EXPECT_TRUE(line.empty() || parser.parse(line).error() == simdjson::SUCCESS) << line;
    }
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(Write(story, ExportForm::kTimeMl).c_str()));
    for (const std::string& line : Split(Write(story, ExportForm::kPolecat), '\n')) {
      EXPECT_TRUE(line.empty() || Split(line, '\t').size() == 40) << line;
    }
  }
}

TEST(ExportFormsTest, XmlHoldsNoControlCharacters) {
  EXPECT_EQ(record::ForXml("a\x01"
                           "b\tc\xff"
                           "d"),
            "a b\tc\xEF\xBF\xBD"
            "d");
}

TEST(ExportFormsTest, BratKnowsEveryTypeItIsShown) {
  EXPECT_THAT(BratConfiguration(), HasSubstr("\nASSAULT\tSource*:<ENTITY>"));
}

}  // namespace
}  // namespace dateline
