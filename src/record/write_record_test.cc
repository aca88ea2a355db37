#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <ostream>
#include <string>

#include "dateline/record.h"
#include "record/sample_story.h"

namespace dateline {
namespace {

using record::Find;
using record::FullStory;
using record::StoryDice;
using testing::HasSubstr;
using testing::Not;

bool IsJson(const std::string& text) {
  simdjson::dom::parser parser;
  return parser.parse(text).error() == simdjson::SUCCESS;
}

std::string GoldenPath(const std::string& name) {
  return std::string(DATELINE_SOURCE_DIR) + "/tests/golden/record/" + name;
}

/// Compares with tests/golden/record/NAME; DATELINE_UPDATE_GOLDEN=1 rewrites that file instead.
void ExpectGolden(const std::string& name, const std::string& got) {
  if (std::getenv("DATELINE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GoldenPath(name), std::ios::binary) << got;
  }
  std::ifstream file(GoldenPath(name), std::ios::binary);
  const std::string want{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(got, want) << "differs from " << GoldenPath(name);
}

TEST(WriteRecord, EveryFieldStandsInTheOrderOfTheContract) {
  ExpectGolden("full.json",
               WriteRecord(FullStory(), {.tokens = true, .indent = true, .explain = true}) + "\n");
}

TEST(WriteRecord, OneLineWithoutIndentation) {
  const std::string line = WriteRecord(FullStory());
  EXPECT_THAT(line, testing::StartsWith(R"({"dateline":1,"id":"00112233445566778899aabbccddeeff",)"
                                        R"("source":{"id":"npa-7","path":"in/npa.jsonl",)"));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_THAT(line, Not(HasSubstr("\"tokens\"")));
}

TEST(WriteRecord, WhatIsAbsentIsLeftOutOrNull) {
  EXPECT_EQ(WriteRecord(Story{}),
            R"({"dateline":1,"id":"","source":{"id":null,"path":null,"url":null,"format":"text",)"
            R"("encoding":"utf-8","index":0},"article":{},"text":"","blocks":[],"sentences":[],)"
            R"("entities":[],"times":[],"places":[],"attributions":[],"events":[],"topics":[]})");
}

TEST(WriteRecord, EventWithoutAttributionSaysNull) {
  Story story;
  story.events.emplace_back().evidence = {{0, 0}};
  EXPECT_THAT(WriteRecord(story), HasSubstr(R"("attributedTo":null)"));
}

struct StringCase {
  std::string name;
  std::string value;
  std::string json;
};
void PrintTo(const StringCase& c, std::ostream* out) { *out << c.name; }

class WriteRecordString : public testing::TestWithParam<StringCase> {};

TEST_P(WriteRecordString, IsValidJson) {
  Story story;
  story.source.path = GetParam().value;
  const std::string json = WriteRecord(story);
  EXPECT_TRUE(IsJson(json));
  EXPECT_THAT(json, HasSubstr("\"path\":" + GetParam().json + ","));
}

INSTANTIATE_TEST_SUITE_P(
    Strings, WriteRecordString,
    testing::Values(
        StringCase{"empty", "", R"("")"}, StringCase{"ascii", "plain text", R"("plain text")"},
        StringCase{"quote_and_backslash", R"(a"b\c)", R"("a\"b\\c")"},
        StringCase{"line_ends_and_tab", "a\nb\rc\td", R"("a\nb\rc\td")"},
        StringCase{"control", std::string("\x01\x1f\0", 3), R"("\u0001\u001f\u0000")"},
        StringCase{"delete_stays", "\x7f", "\"\x7f\""},
        StringCase{"escape_after_eight_bytes", "12345678é\"9", R"("12345678é\"9")"},
        StringCase{"escape_behind_high_byte", "éééé\n", R"("éééé\n")"},
        StringCase{"emoji", "🌅", R"("🌅")"},
        StringCase{"invalid_byte", "caf\xe9!", "\"caf\xEF\xBF\xBD!\""},
        StringCase{"cut_sequence", "a\xf0\x9f\x8c", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
        StringCase{"surrogate_bytes", "\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}),
    [](const auto& row) { return row.param.name; });

struct NumberCase {
  std::string name;
  double value;
  std::string json;
};
void PrintTo(const NumberCase& c, std::ostream* out) { *out << c.name; }

class WriteRecordNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(WriteRecordNumber, IsTheShortestThatReadsBack) {
  Story story;
  story.topics = {{"t", GetParam().value}};
  EXPECT_THAT(WriteRecord(story), HasSubstr("\"confidence\":" + GetParam().json + "}"));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, WriteRecordNumber,
    testing::Values(NumberCase{"zero", 0, "0"}, NumberCase{"tenth", 0.1, "0.1"},
                    NumberCase{"third", 1.0 / 3, "0.3333333333333333"},
                    NumberCase{"negative", -7.5, "-7.5"}, NumberCase{"whole", 12, "12"},
                    NumberCase{"large", 1e15, "1e+15"},
                    NumberCase{"longer_than_64_bits", 123456789012345678901.0,
                               "1.2345678901234568e+20"},
                    NumberCase{"not_a_number", std::nan(""), "null"},
                    NumberCase{"infinite", std::numeric_limits<double>::infinity(), "null"}),
    [](const auto& row) { return row.param.name; });

// ---------------------------------------------------------------------------------------- offsets

/// "né 🌅 x" once in each unit: where the x stands.
struct OffsetCase {
  OffsetUnit unit;
  std::string span;
};

TEST(WriteRecordOffsets, CountInTheUnitAskedFor) {
  Story story;
  story.text = "né 🌅 x";
  story.times = {{Find(story.text, "x"), TimexType::kDate, "x", {}}};
  for (const auto& [unit, span] : {OffsetCase{OffsetUnit::kBytes, R"("start":9,"end":10)"},
                                   OffsetCase{OffsetUnit::kChars, R"("start":5,"end":6)"},
                                   OffsetCase{OffsetUnit::kUtf16, R"("start":6,"end":7)"}}) {
    EXPECT_THAT(WriteRecord(story, {.offsets = unit}), HasSubstr(span));
  }
}

/// A headline that came in a field of its own (bytes 0 to 7), and the text as given (from byte 9
/// on), in which the two blanks before "x" were one byte more than now.
Story StoryWithGivenHeadline() {
  Story story;
  story.text = "Sud won\n\nSud won, x said";
  story.alignment.Append(9, 0, 0);
  story.alignment.Append(8, 0, 8);
  story.alignment.Append(1, 8, 2);
  story.alignment.Append(6, 10, 6);
  story.blocks = {{BlockKind::kHeadline, {0, 7}, {}}, {BlockKind::kParagraph, {9, 24}, {}}};
  story.sentences = {{{0, 7}, BlockIndex{0}}, {{9, 24}, BlockIndex{1}}};
  story.tokens.resize(3);
  story.tokens[0].span = {0, 3};
  story.tokens[1].span = {9, 12};
  story.tokens[1].sentence = SentenceIndex{1};
  story.tokens[1].head = TokenIndex{2};
  story.tokens[2].span = {13, 16};
  story.tokens[2].sentence = SentenceIndex{1};
  story.tokens[2].head = TokenIndex{0};
  story.entities.resize(2);
  story.entities[0].mentions = {{{0, 3}, MentionKind::kName}};
  story.entities[1].mentions = {{{0, 3}, MentionKind::kName}, {{18, 19}, MentionKind::kName}};
  story.attributions.resize(2);
  story.attributions[0].content = {{0, 7}};
  story.attributions[1].content = {{9, 16}};
  story.attributions[1].entity = EntityIndex{0};
  story.attributions[1].source = {{18, 19}, {0, 3}};
  story.events.resize(2);
  story.events[0].evidence = {{0, 7}};
  story.events[1].evidence = {{0, 7}, {9, 16}};
  story.events[1].trigger = {4, 7};
  story.events[1].source = {{EntityIndex{1}, "X", {18, 19}}, {EntityIndex{0}, "SUD", {0, 3}}};
  story.events[1].attributed_to = AttributionIndex{0};
  return story;
}

TEST(WriteRecord, SidesOfAnEventBearTheIsoCodeOfTheCountryThatTheirCameoCodeNames) {
  Story story;
  story.text = "Romania praised NATO.";
  story.entities.resize(2);
  story.entities[0].type = EntityType::kCountry;
  story.entities[0].country = "ROU";
  story.entities[0].actor = "ROM";
  story.entities[1].type = EntityType::kOrganization;
  story.entities[1].actor = "IGO";
  story.events.resize(1);
  story.events[0].evidence = {{0, 21}};
  story.events[0].source = {{EntityIndex{0}, "ROMGOV", {0, 7}}};
  story.events[0].target = {{EntityIndex{1}, "IGO", {16, 20}}};
  const std::string json = WriteRecord(story, {});
  EXPECT_THAT(json, HasSubstr(R"("actor":"ROMGOV","country":"ROU",)"));
  EXPECT_THAT(json, HasSubstr(R"("actor":"IGO","start":16)"));
}

TEST(WriteRecordOffsets, SourceOffsetsAreThoseOfTheBytesHandedIn) {
  const std::string json =
      WriteRecord(StoryWithGivenHeadline(), {.tokens = true, .offsets = OffsetUnit::kSource});
  EXPECT_THAT(json, HasSubstr(R"("blocks":[{"kind":"paragraph","start":0,"end":16}])"));
  EXPECT_THAT(json, HasSubstr(R"("mentions":[{"start":10,"end":11,"kind":"name"}])"));
}

TEST(WriteRecordOffsets, WhatHasNoSourceIsLeftOutAndTheRestStillRefersRightly) {
  const std::string json =
      WriteRecord(StoryWithGivenHeadline(), {.tokens = true, .offsets = OffsetUnit::kSource});
  EXPECT_TRUE(IsJson(json));
  EXPECT_THAT(json, HasSubstr(R"("sentences":[{"start":0,"end":16,"block":0}])"));
  EXPECT_THAT(json, HasSubstr(R"("tokens":[{"start":0,"end":3,"sentence":0,"head":1},)"
                              R"({"start":4,"end":7,"sentence":0}])"));
  EXPECT_THAT(json, HasSubstr(R"("entities":[{"id":"e2",)"));
  EXPECT_THAT(
      json,
      HasSubstr(R"("attributions":[{"id":"a2","kind":"direct","source":{"spans":[[10,11]]},)"));
  EXPECT_THAT(json,
              HasSubstr(R"("events":[{"id":"v2","goldstein":0,"evidence":[{"start":0,"end":7}],)"));
  EXPECT_THAT(
      json,
      HasSubstr(R"("source":[{"entity":"e2","actor":"X","start":10,"end":11},{"actor":"SUD"}])"));
  EXPECT_THAT(json, HasSubstr(R"("attributedTo":null)"));
}

// ------------------------------------------------------------------------------------- round trip

TEST(ReadRecord, GivesBackTheFullStory) {
  const Story story = FullStory();
  for (const bool indent : {false, true}) {
    const auto read =
        ReadRecord(WriteRecord(story, {.tokens = true, .indent = indent, .explain = true}));
    ASSERT_TRUE(read) << read.error().Text();
    EXPECT_EQ(*read, story);
  }
}

TEST(ReadRecord, GivesBackRandomStories) {
  constexpr std::uint32_t kFirstSeed = 20310504;
  for (std::uint32_t seed = kFirstSeed; seed < kFirstSeed + 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Story story = StoryDice(seed).Roll();
    const std::string json =
        WriteRecord(story, {.tokens = true, .indent = seed % 2 == 0, .explain = true});
    const auto read = ReadRecord(json);
    ASSERT_TRUE(read) << read.error().Text() << "\n" << json;
    ASSERT_EQ(*read, story) << json;
    ASSERT_EQ(WriteRecord(*read, {.tokens = true, .indent = seed % 2 == 0, .explain = true}), json);
  }
}

TEST(WriteRecord, RandomStoriesAreJsonInEveryUnit) {
  for (std::uint32_t seed = 1; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Story story = StoryDice(seed).Roll();
    const auto length = static_cast<std::uint32_t>(story.text.size());
    story.alignment.Append(length / 3, 0, 0);
    story.alignment.Append(length - length / 3, 5, length);
    for (const auto unit :
         {OffsetUnit::kBytes, OffsetUnit::kChars, OffsetUnit::kUtf16, OffsetUnit::kSource}) {
      ASSERT_TRUE(IsJson(WriteRecord(story, {.tokens = true, .offsets = unit})));
    }
  }
}

// ----------------------------------------------------------------------------------------- errors

struct ErrorCase {
  std::string name;
  std::string fields;  ///< of a record whose text is "aéb"
  std::string error;
};
void PrintTo(const ErrorCase& c, std::ostream* out) { *out << c.name; }

class ReadRecordError : public testing::TestWithParam<ErrorCase> {};

TEST_P(ReadRecordError, NamesTheField) {
  const auto read = ReadRecord(R"({"dateline":1,"text":"aéb",)" + GetParam().fields + "}");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kMalformed);
  EXPECT_EQ(read.error().Text(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Errors, ReadRecordError,
    testing::Values(
        ErrorCase{"span_past_the_end", R"("times":[{"start":0,"end":5,"type":"DATE"}])",
                  "times[0]: span [0, 5) does not lie in the text of 4 bytes"},
        ErrorCase{"span_turned_round", R"("times":[{"start":2,"end":1,"type":"DATE"}])",
                  "times[0]: span [2, 1) does not lie in the text of 4 bytes"},
        ErrorCase{"span_cuts_a_character", R"("places":[{"start":0,"end":1},{"start":0,"end":2}])",
                  "places[1]: span [0, 2) cuts a character"},
        ErrorCase{"span_missing", R"("blocks":[{"kind":"note","start":1}])",
                  "blocks[0]: want 'start' and 'end'"},
        ErrorCase{"pair_of_one", R"("events":[{},{},{"trigger":[1]}])",
                  "events[0].status: '' is no known name"},
        ErrorCase{"trigger",
                  R"("events":[{"status":"occurred"},{"status":"denied","trigger":[1]}])",
                  "events[1].trigger: want a pair [start, end]"},
        ErrorCase{"negative", R"("events":[{"trigger":[-1,2]}])",
                  "events[0].trigger[0]: want a whole number, not below 0"},
        ErrorCase{"too_large", R"("source":{"index":4294967296})",
                  "source.index: number is too large"},
        ErrorCase{"block_of_sentence", R"("sentences":[{"start":0,"end":1,"block":0}])",
                  "sentences[0].block: 0 is past the end of the list"},
        ErrorCase{"no_block", R"("sentences":[{"start":0,"end":1}])",
                  "sentences[0].block: is missing"},
        ErrorCase{"unknown_kind", R"("blocks":[{"kind":"advert","start":0,"end":1}])",
                  "blocks[0].kind: 'advert' is no known name"},
        ErrorCase{"unknown_entity",
                  R"("attributions":[{"id":"a1","kind":"mixed","source":{"entity":"e9"}}])",
                  "attributions[0].source.entity: nothing has the id 'e9'"},
        ErrorCase{"same_id_twice", R"("entities":[{"id":"e1"},{"id":"e1"}])",
                  "entities[1].id: another item has this id"},
        ErrorCase{"not_a_list", R"("entities":{})", "entities: want a list"},
        ErrorCase{"not_a_text", R"("id":7)", "id: want a text"},
        ErrorCase{"quad", R"("events":[{"quad":5}])", "events[0].quad: want 1 to 4"},
        ErrorCase{"date", R"("events":[{"date":"2031-13"}])",
                  "events[0].date: '2031-13' is no date; want YYYY, YYYY-MM or YYYY-MM-DD"}),
    [](const auto& row) { return row.param.name; });

TEST(ReadRecord, RefusesWhatIsNoRecord) {
  EXPECT_EQ(ReadRecord("").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(ReadRecord("{\"dateline\":1").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(ReadRecord("[]").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(ReadRecord(R"({"dateline":2})").error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(ReadRecord(R"({"dateline":1})").error().Text(), "text: is missing");
  EXPECT_FALSE(ReadRecord(R"({"dateline":1,"text":"\ud800"})"));
  EXPECT_FALSE(ReadRecord(R"({"dateline":1,"text":"\udc00"})"));
}

TEST(ReadRecord, PassesOverFieldsItDoesNotKnow) {
  EXPECT_TRUE(ReadRecord(R"({"dateline":1,"text":"a","mood":{"x":[1]},"times":[]})"));
}

}  // namespace
}  // namespace dateline
