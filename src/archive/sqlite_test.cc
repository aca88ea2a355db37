#include "archive/sqlite.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <string>

namespace dateline::archive {
namespace {

class SqliteTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Database::Open(":memory:", Access::kWrite);
    ASSERT_TRUE(opened) << opened.error().Text();
    database_ = *std::move(opened);
    database_->Run("CREATE TABLE days(day TEXT); INSERT INTO days VALUES('2031-05-04'), (NULL)");
  }

  std::unique_ptr<Database> database_;
};

TEST_F(SqliteTest, TheSameWordsArePreparedOnce) {
  const char* const sql = "SELECT count(*) FROM days WHERE day IS ?";
  sqlite3_stmt* first = nullptr;
  {
    Statement statement(*database_, sql);
    first = statement.handle();
    statement.Start("2031-05-04");
    ASSERT_TRUE(statement.Step());
    EXPECT_EQ(statement.Number(0), 1);
  }
  Statement again(*database_, sql);
  EXPECT_EQ(again.handle(), first);
  // What was bound before is gone: the parameter is NULL anew.
  ASSERT_TRUE(again.Step());
  EXPECT_EQ(again.Number(0), 1);
  EXPECT_STREQ(sqlite3_sql(again.handle()), sql);
}

TEST_F(SqliteTest, AStatementInUseIsNotGivenAway) {
  Statement outer(*database_, "SELECT day FROM days");
  ASSERT_TRUE(outer.Step());
  Statement inner(*database_, "SELECT day FROM days");
  EXPECT_NE(inner.handle(), outer.handle());
  ASSERT_TRUE(inner.Step());
  ASSERT_TRUE(inner.Step());
  EXPECT_FALSE(inner.Step());
  EXPECT_TRUE(outer.Step());
}

TEST_F(SqliteTest, AStatementThatIsLeftHoldsNothing) {
  {
    EXPECT_TRUE(Statement(*database_, "SELECT day FROM days").Step());
  }
  database_->Run("DROP TABLE days");
  EXPECT_FALSE(database_->TakeFailure());
  // Its words are prepared anew, and say what is missing.
  Statement gone(*database_, "SELECT day FROM days");
  EXPECT_FALSE(gone.Step());
  EXPECT_TRUE(database_->TakeFailure());
}

TEST_F(SqliteTest, ManyStatementsDoNotPileUp) {
  for (int i = 0; i < 1000; ++i) {
    Statement statement(*database_, fmt::format("SELECT {}", i));
    ASSERT_TRUE(statement.Step());
    ASSERT_EQ(statement.Number(0), i);
  }
  int kept = 0;
  for (sqlite3_stmt* at = nullptr; (at = sqlite3_next_stmt(database_->handle(), at)) != nullptr;)
    ++kept;
  EXPECT_LT(kept, 100);
}

}  // namespace
}  // namespace dateline::archive
