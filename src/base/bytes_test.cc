#include "base/bytes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

namespace dateline::base {
namespace {

TEST(Bytes, FindsCountsAndComparesAsOneByOneWould) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 20000; ++round) {
    std::string text(8, ' ');
    for (char& c : text) c = static_cast<char>(random() % (round % 2 == 0 ? 256 : 40));
    const std::uint64_t x = LoadBytes(text, 0, '\0');
    for (const char c : {' ', '\n', '\0', '\x7f', '\xff'}) {
      const auto count = static_cast<std::uint32_t>(std::ranges::count(text, c));
      ASSERT_EQ(count, CountTopBits(BytesEqual(x, c)));
    }
    const bool below = std::ranges::any_of(text, [](unsigned char c) { return c < 0x20; });
    ASSERT_EQ(below, HasByteBelow(x, ' '));
  }
}

TEST(Bytes, AreFilledBehindTheEnd) {
  EXPECT_EQ(0x2020202020206261U, LoadBytes("ab", 0, ' '));
  EXPECT_EQ(0x62U, LoadBytes("ab", 1, '\x01') & 0xFFU);
}

}  // namespace
}  // namespace dateline::base
