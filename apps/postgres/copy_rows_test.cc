#include "postgres/copy_rows.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace dateline::postgres {
namespace {

using std::string_literals::operator""s;

struct Case {
  const char* name;
  std::string value;
  const char* row;
};

TEST(CopyText, WritesWhatTheServerCanHold) {
  const Case cases[] = {
      {"marks of the form", "a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e\n"},
      {"a NUL", "a\0b"s,
       "a\x1A"
       "b\n"},
      {"what looks like the end", "\\.", "\\\\.\n"},
      {"what looks like NULL", "\\N", "\\\\N\n"},
      {"letters of other scripts", "Ω 北京", "Ω 北京\n"},
      {"half a surrogate", "a\xED\xA0\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n"},
      {"a cut-off letter", "caf\xC3", "caf\xEF\xBF\xBD\n"},
  };
  for (const Case& each : cases) {
    CopyText text;
    text.Row(each.value);
    EXPECT_EQ(text.text(), each.row) << each.name;
  }
}

TEST(CopyText, SeparatesColumnsAndTellsNothingFromEmpty) {
  CopyText text;
  text.Row("", std::optional<std::string>(), 3, -1.5, true, AsBytes{"\x01\xFFz"});
  EXPECT_EQ(text.text(), "\t\\N\t3\t-1.5\tt\t\\\\x01ff7a\n");
  EXPECT_EQ(text.rows(), 1U);
}

TEST(CopyRows, ChangesOnlyEscapesOfNulInARecord) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"a":"x\u0000y"})", R"({"a":"x\u001ay"})"},
      {R"({"a":"x\\u0000y"})", R"({"a":"x\\u0000y"})"},
      {R"({"a":"x\\\u0000y"})", R"({"a":"x\\\u001ay"})"},
      {R"({"a":"\u0001 \n"})", R"({"a":"\u0001 \n"})"},
  };
  for (const auto& [before, after] : cases) {
    std::string json = before;
    EXPECT_EQ(WithoutNul(json), before != after) << before;
    EXPECT_EQ(json, after);
  }
}

TEST(CopyRows, KnowsAMomentByItsZone) {
  EXPECT_EQ(MomentOf("2031-05-04T08:15:00Z"), "2031-05-04T08:15:00Z");
  EXPECT_EQ(MomentOf("2031-05-04T08:15:00+01:00"), "2031-05-04T08:15:00+01:00");
  EXPECT_EQ(MomentOf("2031-05-04T08:15:00"), std::nullopt);
  EXPECT_EQ(MomentOf("2031-05"), std::nullopt);
  EXPECT_EQ(MomentOf("0000-01-01T00:00:00Z"), std::nullopt);
}

}  // namespace
}  // namespace dateline::postgres
