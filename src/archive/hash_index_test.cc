#include "archive/hash_index.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace dateline::archive {
namespace {

/// Sixteen bytes that fall anywhere.
std::string Hash(std::uint64_t number) {
  const std::uint64_t mixed = number * 0x9e3779b97f4a7c15ULL;
  return fmt::format("{:016x}", mixed);
}

class HashIndexTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Database::Open(":memory:", Access::kWrite);
    ASSERT_TRUE(opened) << opened.error().Text();
    database_ = *std::move(opened);
    for (const char* table : {"story_hashes", "new_story_hashes"}) {
      database_->Run(
          fmt::format(
              "CREATE TABLE {}(hash BLOB PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID", table)
              .c_str());
    }
  }
  std::int64_t Rows(const char* table) {
    return database_->Number(fmt::format("SELECT count(*) FROM {}", table).c_str());
  }

  std::unique_ptr<Database> database_;
};

TEST_F(HashIndexTest, ANumberIsFoundWhileItWaitsAndOnceItIsSettled) {
  constexpr std::int64_t kMany = 40000;
  HashIndex index(*database_, "story_hashes");
  index.Finish();
  for (std::int64_t number = 1; number <= kMany; ++number) {
    ASSERT_EQ(index.Find(Hash(static_cast<std::uint64_t>(number))), 0);
    index.Add(Hash(static_cast<std::uint64_t>(number)), number);
    if (number % 1000 == 0) index.Finish();
    if (number == 1000) {
      EXPECT_EQ(Rows("story_hashes"), 0);
    }
  }
  EXPECT_GT(Rows("story_hashes"), 30000);
  EXPECT_GT(Rows("new_story_hashes"), 0);
  EXPECT_EQ(Rows("story_hashes") + Rows("new_story_hashes"), kMany);
  for (const std::int64_t number : {std::int64_t{1}, std::int64_t{500}, kMany - 1, kMany}) {
    EXPECT_EQ(index.Find(Hash(static_cast<std::uint64_t>(number))), number);
  }
  EXPECT_EQ(index.Find(Hash(kMany + 1)), 0);
  EXPECT_FALSE(database_->TakeFailure());
}

TEST_F(HashIndexTest, WhatWasGivenBackIsThereNoMore) {
  HashIndex index(*database_, "story_hashes");
  {
    const Transaction given_back(*database_);
    index.Add(Hash(1), 1);
    index.Finish();
  }
  index.Forget();
  EXPECT_EQ(index.Find(Hash(1)), 0);
  index.Add(Hash(1), 2);
  EXPECT_EQ(index.Find(Hash(1)), 2);
}

/// Whoever opens an archive goes on with what waits in it.
TEST_F(HashIndexTest, RowsOfAnEarlierWriterCount) {
  database_->Run(
      "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 32768) INSERT "
      "INTO "
      "new_story_hashes SELECT CAST(printf('%016d', n) AS BLOB), n FROM up");
  HashIndex index(*database_, "story_hashes");
  index.Finish();
  EXPECT_EQ(Rows("new_story_hashes"), 0);
  EXPECT_EQ(index.Find("0000000000000007"), 7);
}

TEST_F(HashIndexTest, TheSameHashTwiceIsRefused) {
  HashIndex index(*database_, "story_hashes");
  index.Add(Hash(1), 1);
  index.Add(Hash(1), 2);
  EXPECT_TRUE(database_->TakeFailure());
}

}  // namespace
}  // namespace dateline::archive
