#include "text/nfc.h"

#include <gtest/gtest.h>

namespace dateline::text {
namespace {

TEST(Nfc, ComposesLettersAndTheirMarks) {
  EXPECT_EQ(ToNfc("cafe\u0301"), "caf\u00E9");
  EXPECT_EQ(ToNfc("caf\u00E9"), "caf\u00E9");
  EXPECT_EQ(ToNfc("cafe"), "cafe");
}

TEST(Nfc, LeavesWhatIsNotUtf8AsItIs) { EXPECT_EQ(ToNfc("caf\xE9"), "caf\xE9"); }

}  // namespace
}  // namespace dateline::text
