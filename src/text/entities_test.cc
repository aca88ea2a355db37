#include "text/entities.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace dateline::text {
namespace {

struct EntityCase {
  std::string_view text;
  char32_t value;
  std::size_t length;
};

TEST(EntitiesTest, NamesAndNumbersAreRead) {
  for (const auto& c : std::vector<EntityCase>{
           {"&amp;", U'&', 5},
           {"&AMP;", U'&', 5},
           {"&lt;b&gt;", U'<', 4},
           {"&apos;s", U'\'', 6},
           {"&nbsp;", U'\u00A0', 6},
           {"&eacute;e", U'é', 8},
           {"&Eacute;", U'É', 8},
           {"&scaron;", U'š', 8},
           {"&gbreve;", U'ğ', 8},
           {"&rsquo;", U'’', 7},
           {"&hellip;", U'…', 8},
           {"&thetasym;", U'ϑ', 10},
           {"&CloseCurlyDoubleQuote;", U'”', 23},
           {"&#39;", U'\'', 5},
           {"&#8217;", U'’', 7},
           {"&#x2019;", U'’', 8},
           {"&#X2019;", U'’', 8},
           {"&#9;", U'\t', 4},
           {"&#128512;", U'😀', 9},
           {"&#146;", U'’', 6},
           {"&#150;", U'–', 6},
           {"&#x80;", U'€', 6},
           {"&#0;", U'\uFFFD', 4},
           {"&#xD800;", U'\uFFFD', 8},
           {"&#99999999999999;", U'\uFFFD', 17},
           {"&nbsp text", U'\u00A0', 5},
           {"&amp more", U'&', 4},
           {"&#8217s", U'’', 6},
       }) {
    const auto entity = ParseEntity(c.text);
    ASSERT_TRUE(entity.has_value()) << c.text;
    EXPECT_EQ(*entity, (Entity{c.value, c.length})) << c.text;
  }
}

TEST(EntitiesTest, AnAmpersandMayStandForItself) {
  for (const std::string_view text :
       {"&", "& ", "&;", "&T", "&T plc", "&D;", "&bogus;", "&#;", "&#x;", "&#1 hit", "&#xG;",
        "&lt=3", "&copy 2020", "&ampere;", "&eacute", "&averyveryverylongnamethatisnone;"}) {
    EXPECT_FALSE(ParseEntity(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace dateline::text
