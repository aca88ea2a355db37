#include "readers/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace dateline::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Pages, TextIsOnePageAsItStands) {
  const std::string bytes = "Ferry adds a boat\n\nThe ferry runs.";
  const auto pages = ReadPages(bytes, Format::kText);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 1U);
  EXPECT_EQ((*pages)[0].text.data(), bytes.data());
  EXPECT_FALSE((*pages)[0].one_story);
}

TEST(Pages, AnObjectGivesTextAndFields) {
  const auto pages = ReadPages(
      R"({"id": 17, "headline": "A boat", "text": "It runs.\n", "date": "2023-04-16",
          "author": ["Ann Lee", {"name": "Bo Ray"}], "source": "Lake Herald", "url": "https://l.example"})",
      Format::kAuto);
  ASSERT_TRUE(pages) << pages.error().Text();
  const Page& page = (*pages)[0];
  EXPECT_EQ(page.text, "It runs.\n");
  EXPECT_EQ(page.id, "17");
  EXPECT_EQ(page.given.headline, "A boat");
  EXPECT_THAT(page.given.author, ElementsAre("Ann Lee", "Bo Ray"));
  EXPECT_EQ(page.given.publisher, "Lake Herald");
  ASSERT_TRUE(page.given.date_published);
  EXPECT_EQ(FormatDateTime(*page.given.date_published), "2023-04-16");
  EXPECT_EQ(page.given.date_text, "2023-04-16");
  EXPECT_TRUE(page.one_story);
}

TEST(Pages, TextIsTheStringsValueByteForByte) {
  const auto pages =
      ReadPages(R"({"text": " \u00e9\ud83d\ude00\t&amp; \"x\"\r\n "})", Format::kJson);
  ASSERT_TRUE(pages);
  EXPECT_EQ((*pages)[0].text, " é😀\t&amp; \"x\"\r\n ");
}

struct Shape {
  const char* name;
  const char* bytes;
};
void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

class EveryShape : public testing::TestWithParam<Shape> {};

TEST_P(EveryShape, GivesTheTwoRecordsAndTheirBytes) {
  const auto pages = ReadPages(GetParam().bytes, Format::kAuto);
  ASSERT_TRUE(pages) << pages.error().Text();
  ASSERT_EQ(pages->size(), 2U);
  EXPECT_EQ((*pages)[0].text, "a");
  EXPECT_EQ((*pages)[1].text, "b}");
  EXPECT_EQ((*pages)[1].raw, R"({"content":"b}"})");
}

INSTANTIATE_TEST_SUITE_P(
    Pages, EveryShape,
    testing::Values(Shape{"array", R"([{"text":"a"}, {"content":"b}"}])"},
                    Shape{"json lines", "{\"text\":\"a\"}\n{\"content\":\"b}\"}\n"},
                    Shape{"CRLF lines", "{\"text\":\"a\"}\r\n{\"content\":\"b}\"}\r\n"},
                    Shape{"spread over lines", "{\n \"text\": \"a\"\n}\n{\"content\":\"b}\"}"},
                    Shape{"byte order mark", "\xEF\xBB\xBF{\"text\":\"a\"}\n{\"content\":\"b}\"}"}),
    [](const auto& each) {
      std::string name = each.param.name;
      for (char& c : name) c = c == ' ' ? '_' : c;
      return name;
    });

TEST(Pages, ABadRecordIsNamedByItsOffset) {
  const auto pages = ReadPages("{\"text\":\"a\"}\n{\"text\": 4}\n", Format::kJson);
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().where, "@13");
  EXPECT_EQ(pages.error().code, ErrorCode::kMalformed);
  EXPECT_THAT(pages.error().message, HasSubstr("no text"));
}

TEST(Pages, UnfinishedJsonIsAnError) {
  for (const char* bytes : {"{\"text\":\"a", "{\"text\":\"a\"", "{", "7", "{\"text\":\"a\nb\"}"}) {
    EXPECT_FALSE(ReadPages(bytes, Format::kJson)) << bytes;
  }
}

TEST(Pages, BracketsThatAreNoJsonAreText) {
  for (const char* bytes :
       {"[Photo] The ferry runs.", "{the ferry}", "[{\"text\": oh no", "{\"a\" is a letter}"}) {
    const auto pages = ReadPages(bytes, Format::kAuto);
    ASSERT_TRUE(pages) << bytes;
    EXPECT_EQ((*pages)[0].text, bytes);
    EXPECT_EQ((*pages)[0].format, Format::kText);
  }
}

}  // namespace
}  // namespace dateline::readers
