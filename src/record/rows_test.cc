#include "record/rows.h"

#include <gtest/gtest.h>

namespace dateline::record {
namespace {

const Fields kFields = {{"name", "=SUM(A1)"}, {"note", "a|b\t*c*\n<d>"}, {"lat", "-7.5"}};

TEST(RowsTest, CsvIsInert) { EXPECT_EQ(Row(kFields), "'=SUM(A1),\"a|b\t*c*\n<d>\",-7.5\r\n"); }

TEST(RowsTest, TsvIsAsItIsUnlessAskedOtherwise) {
  EXPECT_EQ(Row(kFields, RowForm::kTsv), "=SUM(A1)\ta|b *c* <d>\t-7.5\n");
  EXPECT_EQ(Row(kFields, RowForm::kTsv, true), "'=SUM(A1)\ta|b *c* <d>\t-7.5\n");
  EXPECT_EQ(HeaderRow(kFields, RowForm::kTsv), "name\tnote\tlat\n");
}

TEST(RowsTest, NothingOfACellIsMarkdown) {
  EXPECT_EQ(Row(kFields, RowForm::kMarkdown), "| =SUM(A1) | a\\|b \\*c\\* \\<d\\> | -7.5 |\n");
  EXPECT_EQ(HeaderRow(kFields, RowForm::kMarkdown), "| name | note | lat |\n|---|---|---|\n");
}

}  // namespace
}  // namespace dateline::record
