#include "base/ordered_parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <numeric>

namespace dateline::base {
namespace {

using Numbers = OrderedParallel<int, int>;

/// Produces 0, 1 … count - 1.
Numbers::Produce CountTo(int count) {
  return [next = 0, count]() mutable -> std::optional<int> {
    if (next == count) return std::nullopt;
    return next++;
  };
}

std::vector<int> Drain(Numbers& numbers) {
  std::vector<int> all;
  while (const auto number = numbers.Next()) all.push_back(*number);
  return all;
}

/// Work that takes longer for some items than for others, so that workers overtake each other.
int UnevenSquare(int number, unsigned /*worker*/) {
  if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
  return number * number;
}

TEST(OrderedParallel, OutputsComeInOrderForAnyNumberOfThreads) {
  std::vector<int> squares(500);
  for (int i = 0; i < 500; ++i) squares[static_cast<std::size_t>(i)] = i * i;
  for (const unsigned threads : {0U, 1U, 2U, 8U, 33U}) {
    Numbers numbers({.threads = threads}, CountTo(500), UnevenSquare);
    EXPECT_EQ(Drain(numbers), squares) << threads << " threads";
  }
}

TEST(OrderedParallel, AWorkerMayTakeSeveralItemsAtOnce) {
  for (const unsigned threads : {1U, 3U}) {
    std::atomic<std::size_t> most = 0;
    int next = 0;
    OrderedParallel<int, int> squares(
        {.threads = threads, .max_items = 64, .together = 8},
        [&]() -> std::optional<int> { return next < 100 ? std::optional(next++) : std::nullopt; },
        [&](std::vector<int> items, unsigned) {
          std::size_t seen = most;
          while (items.size() > seen && !most.compare_exchange_weak(seen, items.size())) {
          }
          for (int& item : items) item *= item;
          return items;
        });
    for (int i = 0; i < 100; ++i) EXPECT_EQ(squares.Next(), i * i);
    EXPECT_EQ(squares.Next(), std::nullopt);
    EXPECT_LE(most, 8U);
  }
}

TEST(OrderedParallel, NothingProducedIsTheEndAtOnce) {
  Numbers numbers({.threads = 4}, CountTo(0), UnevenSquare);
  EXPECT_EQ(numbers.Next(), std::nullopt);
  EXPECT_EQ(numbers.Next(), std::nullopt);
  EXPECT_TRUE(numbers.WaitReady(std::chrono::milliseconds(0)));
}

TEST(OrderedParallel, NoMoreThanMaxItemsAreAlive) {
  std::atomic<int> produced = 0;
  int fetched = 0;
  Numbers numbers(
      {.threads = 2, .max_items = 5},
      [&]() -> std::optional<int> {
        if (produced == 200) return std::nullopt;
        return produced++;
      },
      UnevenSquare);
  while (numbers.Next()) {
    ++fetched;
    EXPECT_LE(produced - fetched, 5 + 1) << "five and the one just fetched";
  }
  EXPECT_EQ(fetched, 200);
}

TEST(OrderedParallel, CostsTogetherStayUnderTheLimit) {
  std::atomic<int> alive = 0;
  std::atomic<int> dearest = 0;
  Numbers numbers(
      {.threads = 8, .max_items = 100, .max_cost = 10}, CountTo(300),
      [&](int number, unsigned) {
        const int now = alive += 4;
        int seen = dearest;
        while (now > seen && !dearest.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::sleep_for(std::chrono::microseconds(50));
        alive -= 4;
        return number;
      },
      [](const int&) { return std::uint64_t{4}; });
  EXPECT_EQ(Drain(numbers).size(), 300U);
  EXPECT_LE(dearest, 8) << "two items of cost 4 fit under 10, three do not";
}

TEST(OrderedParallel, AnItemDearerThanTheLimitTravelsAlone) {
  Numbers numbers({.threads = 3, .max_cost = 10}, CountTo(50), UnevenSquare,
                  [](const int& number) { return number % 2 == 0 ? std::uint64_t{99} : 1; });
  EXPECT_EQ(Drain(numbers).size(), 50U);
}

TEST(OrderedParallel, StopLetsWhatWasProducedThroughAndNoMore) {
  Numbers numbers({.threads = 2, .max_items = 4}, CountTo(1000000), UnevenSquare);
  EXPECT_EQ(numbers.Next(), 0);
  numbers.Stop();
  const std::vector<int> rest = Drain(numbers);
  EXPECT_LE(rest.size(), 4U);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    EXPECT_EQ(rest[i], static_cast<int>((i + 1) * (i + 1)));
  }
}

TEST(OrderedParallel, StopDoesNotWaitForAProducerThatIsBlocked) {
  std::latch released(1);
  bool first = true;
  Numbers numbers(
      {.threads = 1},
      [&]() -> std::optional<int> {
        if (std::exchange(first, false)) return 3;
        released.wait();
        return 4;
      },
      UnevenSquare);
  EXPECT_EQ(numbers.Next(), 9);
  EXPECT_FALSE(numbers.WaitReady(std::chrono::milliseconds(5)));
  numbers.Stop();
  EXPECT_EQ(numbers.Next(), std::nullopt);
  released.count_down();
}

TEST(OrderedParallel, MayBeDroppedWithItemsStillWaiting) {
  for (int round = 0; round < 50; ++round) {
    Numbers numbers({.threads = 4, .max_items = 32}, CountTo(1000), UnevenSquare);
    if (round % 2 == 0) {
      EXPECT_EQ(numbers.Next(), 0);
    }
  }
}

TEST(OrderedParallel, EachWorkerKeepsToItsOwnPlace) {
  std::vector<int> scratch(4);  // unguarded: a data race if two workers shared a place
  Numbers numbers({.threads = 4}, CountTo(400), [&](int number, unsigned worker) {
    ++scratch.at(worker);
    return number;
  });
  EXPECT_EQ(Drain(numbers).size(), 400U);
  EXPECT_EQ(std::accumulate(scratch.begin(), scratch.end(), 0), 400);
}

}  // namespace
}  // namespace dateline::base
