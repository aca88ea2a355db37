#include "base/short_list.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace dateline::base {
namespace {

using List = ShortList<int, 3>;

std::vector<int> Values(const List& list) { return {list.begin(), list.end()}; }

TEST(ShortList, HoldsFewAndMany) {
  List list;
  std::vector<int> same;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(Values(list), same);
    list.push_back(i);
    same.push_back(i);
  }
  EXPECT_EQ(list.front(), 0);
  EXPECT_EQ(list.back(), 99);
  list.clear();
  EXPECT_TRUE(list.empty());
}

TEST(ShortList, IsCopiedAndMovedNearAndFar) {
  for (const List& list : {List{1, 2}, List{1, 2, 3, 4, 5}}) {
    List copy = list;
    EXPECT_EQ(copy, list);
    List moved = std::move(copy);
    EXPECT_EQ(moved, list);
    copy = moved;
    EXPECT_EQ(copy, list);
    moved = List{7};
    EXPECT_EQ(Values(moved), std::vector{7});
    moved = std::move(copy);
    EXPECT_EQ(moved, list);
  }
}

TEST(ShortList, IsInsertedIntoAndErasedFrom) {
  List list{1, 2};
  const std::vector<int> more{3, 4};
  list.insert(list.end(), more.begin(), more.end());
  list.insert(list.begin(), 0);
  EXPECT_EQ(Values(list), (std::vector{0, 1, 2, 3, 4}));
  EXPECT_EQ(erase_if(list, [](int each) { return each % 2 == 0; }), 3U);
  EXPECT_EQ(erase(list, 3), 1U);
  EXPECT_EQ(Values(list), std::vector{1});
}

}  // namespace
}  // namespace dateline::base
