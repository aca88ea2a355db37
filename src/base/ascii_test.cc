#include "base/ascii.h"

#include <gtest/gtest.h>

namespace dateline::base {
namespace {

TEST(Ascii, TrimmingTakesBlanksFromBothEndsOnly) {
  EXPECT_EQ(Trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trim("a"), "a");
  EXPECT_EQ(Trim(" \n"), "");
  EXPECT_EQ(Trim(""), "");
  EXPECT_EQ(Trim("\ta\n", "\t"), "a\n");
}

TEST(Ascii, LettersBeyondAsciiStayAsTheyAre) {
  EXPECT_EQ(Lower("ÅB-Ca9"), "Åb-ca9");
  EXPECT_FALSE(IsLetter('\xC3'));
  EXPECT_FALSE(IsDigit('/'));
  EXPECT_FALSE(IsDigit(':'));
}

}  // namespace
}  // namespace dateline::base
