#include "base/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace dateline::base {
namespace {

struct Counted {
  static inline std::atomic<int> made = 0;  // NOLINT: counts across the test
  Counted() : number(++made) {}
  int number;
};

TEST(Pool, WhatIsGivenBackIsLentAgain) {
  Counted::made = 0;
  Pool<Counted> pool;
  for (int i = 0; i < 3; ++i) {
    auto loan = pool.Lend();
    EXPECT_EQ((*loan).number, 1);
  }
  EXPECT_EQ(Counted::made, 1);
}

TEST(Pool, TwoLoansAtOnceAreTwoThings) {
  Pool<Counted> pool;
  auto one = pool.Lend();
  auto other = pool.Lend();
  EXPECT_NE((*one).number, (*other).number);
}

TEST(Pool, NoMoreAreMadeThanThreadsAreAtWork) {
  Counted::made = 0;
  Pool<Counted> pool;
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&pool] {
        for (int turn = 0; turn < 1000; ++turn) auto loan = pool.Lend();
      });
    }
  }
  EXPECT_LE(Counted::made, 4);
}

}  // namespace
}  // namespace dateline::base
