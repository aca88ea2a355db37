#include "readers/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dateline::readers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(ColumnMap, PairsAreReadInOrder) {
  const auto map = ParseColumnMap("headline=title, text=content.rendered,section=,date=#3");
  ASSERT_TRUE(map) << map.error().Text();
  EXPECT_THAT(map->columns,
              ElementsAre(Pair(Field::kHeadline, "title"), Pair(Field::kText, "content.rendered"),
                          Pair(Field::kSection, ""), Pair(Field::kDate, "#3")));
}

TEST(ColumnMap, CommasInNamesAreEscaped) {
  const auto map = ParseColumnMap("text=a\\,b\\\\c");
  ASSERT_TRUE(map);
  EXPECT_EQ(map->columns[0].second, "a,b\\c");
}

TEST(ColumnMap, WhatIsWrongIsNamed) {
  EXPECT_THAT(ParseColumnMap("titel=x").error().message, HasSubstr("'titel' is no field"));
  EXPECT_THAT(ParseColumnMap("text").error().message, HasSubstr("has no column"));
  EXPECT_THAT(ParseColumnMap("text=a,text=b").error().message, HasSubstr("mapped twice"));
  EXPECT_TRUE(ParseColumnMap("")->columns.empty());
}

TEST(KnownColumns, NamesAreKnownWhateverTheirSpelling) {
  for (const char* name : {"publish_date", "Publish Date", "publishDate", "PUBLISH-DATE"}) {
    const auto known = FindKnownColumn(name);
    ASSERT_TRUE(known) << name;
    EXPECT_EQ(known->field, Field::kDate) << name;
  }
  EXPECT_FALSE(FindKnownColumn("sentiment"));
  EXPECT_LT(FindKnownColumn("text")->rank, FindKnownColumn("content")->rank);
}

TEST(KnownColumns, EveryFieldHasAName) {
  for (const char* name : {"text", "html", "headline", "description", "date", "modified", "id",
                           "url", "section", "author", "publisher", "language", "keywords"}) {
    const auto known = FindKnownColumn(name);
    ASSERT_TRUE(known) << name;
    EXPECT_EQ(FieldName(known->field), name);
  }
}

TEST(SplitList, ListsOfManyHandsAreSplit) {
  EXPECT_THAT(SplitList("['Ann Lee', \"Bo O'Ray\"]", false), ElementsAre("Ann Lee", "Bo O'Ray"));
  EXPECT_THAT(SplitList("Ann Lee; Bo Ray|Cy", false), ElementsAre("Ann Lee", "Bo Ray", "Cy"));
  EXPECT_THAT(SplitList("Lee, Ann", false), ElementsAre("Lee, Ann"));
  EXPECT_THAT(SplitList("trade, ports", true), ElementsAre("trade", "ports"));
  EXPECT_THAT(SplitList("[]", true), IsEmpty());
}

}  // namespace
}  // namespace dateline::readers
