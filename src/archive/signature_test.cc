#include "archive/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace dateline::archive {
namespace {

TEST(Signature, ComesBackAsItWas) {
  std::minstd_rand random(7);
  for (int round = 0; round < 200; ++round) {
    Signature signature;
    for (auto terms = random() % 41; terms > 0; --terms) {
      const auto key = static_cast<std::uint32_t>(random());
      signature.push_back(key << 8U | (1 + static_cast<std::uint32_t>(random() % 255)));
    }
    std::ranges::sort(signature);
    EXPECT_EQ(UnpackSignature(PackSignature(signature)), signature);
  }
}

TEST(Signature, HoldsTheLeastAndTheGreatestKeyAndWeight) {
  const Signature signature = {0x00000001, 0x00000140, 0x0000023e, 0x0000033f, 0xffffffff};
  EXPECT_EQ(UnpackSignature(PackSignature(signature)), signature);
  EXPECT_EQ(UnpackSignature(PackSignature({})), Signature{});
}

TEST(Signature, ATermIsThreeBytesAndAHalf) {
  Signature signature;
  for (std::uint32_t i = 1; i <= 40; ++i) signature.push_back(i * (0xffffff / 41) << 8U | 40U);
  EXPECT_LE(PackSignature(signature).size(), 40 * 7 / 2 + 1);
}

TEST(Signature, OfDamagedBytesIsAsMuchAsThereIs) {
  const std::string whole = PackSignature({0x00012305, 0x00456709, 0x00ff0011});
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    EXPECT_LE(UnpackSignature(std::string_view(whole).substr(0, size)).size(), 3U);
  }
  EXPECT_LE(UnpackSignature(std::string(40, '\xff')).size(), 255U);
}

TEST(Signature, OfAnEarlierArchiveIsFourBytesATerm) {
  EXPECT_EQ(SignatureOfFours(std::string_view("\x05\x23\x01\x00\x09\x67\x45\x00", 8)),
            (Signature{0x00012305, 0x00456709}));
}

}  // namespace
}  // namespace dateline::archive
