#include "base/text_map.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace dateline::base {
namespace {

TEST(TextMap, FindsWhatWasAddedAndNothingElse) {
  TextMap<int> map;
  EXPECT_EQ(map.find("0"), map.end());
  for (int i = 0; i < 1000; ++i) map.emplace(std::to_string(i), i);
  EXPECT_EQ(map.size(), 1000U);
  for (int i = 0; i < 1000; ++i) {
    const auto found = map.find(std::to_string(i));
    ASSERT_NE(found, map.end());
    EXPECT_EQ(found->second, i);
  }
  const std::vector<std::string> keys{"7", "1000", "", "999"};
  const auto found = map.FindAll(keys);
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(found[i], map.find(keys[i]));
  EXPECT_FALSE(map.contains("1000"));
  EXPECT_FALSE(map.contains(""));
}

TEST(TextMap, TheFirstOfTwoEqualKeysStays) {
  TextMap<int> map{{"", 1}, {"a", 2}};
  EXPECT_FALSE(map.emplace("", 3).second);
  EXPECT_EQ(map.find("")->second, 1);
  map["a"] = 4;
  ++map["b"];
  EXPECT_EQ(map.find("a")->second, 4);
  EXPECT_EQ(map.find("b")->second, 1);
}

TEST(TextMap, EntriesKeepTheOrderInWhichTheyWereAdded) {
  std::string keys;
  for (const auto& [key, value] : TextMap<int>{{"c", 1}, {"a", 2}, {"b", 3}}) keys += key;
  EXPECT_EQ(keys, "cab");
}

TEST(TextSet, HoldsWhatWasInserted) {
  TextSet set;
  set.insert("a");
  set.insert("a");
  EXPECT_TRUE(set.contains("a"));
  EXPECT_FALSE(set.contains("A"));
}

}  // namespace
}  // namespace dateline::base
