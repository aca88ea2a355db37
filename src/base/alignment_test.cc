#include "dateline/alignment.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace dateline {
namespace {

// "Tom &amp; Ann" became "Tom & Ann".
Alignment EntityAlignment() {
  Alignment alignment;
  alignment.Append(4, 0, 4);
  alignment.Append(1, 4, 5);
  alignment.Append(4, 9, 4);
  return alignment;
}

TEST(AlignmentTest, NothingAppendedMapsToNothing) {
  EXPECT_EQ(Alignment().ToSource({3, 5}), (Span{}));
  EXPECT_EQ(Alignment().Slice({0, 4}), Alignment());
}

TEST(AlignmentTest, PlainTextIsOneRun) {
  Alignment alignment;
  alignment.Append(4, 3, 4);  // after a byte order mark
  alignment.Append(6, 7, 6);
  EXPECT_EQ(alignment.runs().size(), 1U);
  EXPECT_EQ(alignment.ToSource({0, 10}), (Span{3, 13}));
  EXPECT_EQ(alignment.ToSource({4, 5}), (Span{7, 8}));
}

TEST(AlignmentTest, AnEntityIsMappedAsAWhole) {
  const Alignment alignment = EntityAlignment();
  EXPECT_EQ(alignment.ToSource({4, 5}), (Span{4, 9}));
  EXPECT_EQ(alignment.ToSource({0, 9}), (Span{0, 13}));
  EXPECT_EQ(alignment.ToSource({0, 4}), (Span{0, 4}));
  EXPECT_EQ(alignment.ToSource({5, 9}), (Span{9, 13}));
}

TEST(AlignmentTest, RemovedBytesAtTheEdgesAreLeftOut) {
  Alignment alignment;  // "mini<SHY>ster", the soft hyphen two bytes long
  alignment.Append(4, 0, 4);
  alignment.Append(0, 4, 2);
  alignment.Append(4, 6, 4);
  EXPECT_EQ(alignment.ToSource({0, 8}), (Span{0, 10}));
  EXPECT_EQ(alignment.ToSource({0, 4}), (Span{0, 4}));
  EXPECT_EQ(alignment.ToSource({4, 8}), (Span{6, 10}));
}

TEST(AlignmentTest, Utf16OfAsciiIsOneRun) {
  Alignment alignment;
  for (std::uint32_t i = 0; i < 5; ++i) alignment.Append(1, 2 + 2 * i, 2);
  EXPECT_EQ(alignment.runs().size(), 1U);
  EXPECT_EQ(alignment.ToSource({1, 3}), (Span{4, 8}));
}

TEST(AlignmentTest, ACharacterThatGrewIsMappedAsAWhole) {
  Alignment alignment;  // windows-1252 "a’s": one byte became three
  alignment.Append(1, 0, 1);
  alignment.Append(3, 1, 1);
  alignment.Append(1, 2, 1);
  EXPECT_EQ(alignment.ToSource({1, 4}), (Span{1, 2}));
  EXPECT_EQ(alignment.ToSource({0, 5}), (Span{0, 3}));
  EXPECT_EQ(alignment.ToSource({4, 5}), (Span{2, 3}));
}

TEST(AlignmentTest, EmptySpansAndOffsetsPastTheEndMapToPoints) {
  const Alignment alignment = EntityAlignment();
  EXPECT_EQ(alignment.ToSource({5, 5}), (Span{9, 9}));
  EXPECT_EQ(alignment.ToSource({9, 9}), (Span{13, 13}));
  EXPECT_EQ(alignment.ToSource({20, 20}), (Span{13, 13}));
  EXPECT_EQ(alignment.ToSource({8, 30}), (Span{12, 13}));
}

TEST(AlignmentTest, ASliceCountsFromItsOwnBegin) {
  const Alignment slice = EntityAlignment().Slice({2, 7});  // "m & A"
  EXPECT_EQ(slice.ToSource({0, 1}), (Span{2, 3}));
  EXPECT_EQ(slice.ToSource({2, 3}), (Span{4, 9}));
  EXPECT_EQ(slice.ToSource({0, 5}), (Span{2, 11}));
}

/// Characters of random lengths on both sides, some removed: the map must give back each of them.
TEST(AlignmentTest, EveryCharacterFindsItsSourceWhateverWasMerged) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Alignment alignment;
    std::vector<std::pair<Span, Span>> characters;
    std::uint32_t at = 0;
    std::uint32_t source = 0;
    for (int i = 0; i < 60; ++i) {
      const std::uint32_t length = random() % 4;
      const std::uint32_t source_length = 1 + random() % 4;
      alignment.Append(length, source, source_length);
      if (length > 0) {
        characters.push_back({{at, at + length}, {source, source + source_length}});
      }
      at += length;
      source += source_length;
    }
    for (std::size_t i = 0; i < characters.size(); ++i) {
      for (std::size_t j = i; j < characters.size(); ++j) {
        const Span whole{characters[i].first.begin, characters[j].first.end};
        const Span want{characters[i].second.begin, characters[j].second.end};
        ASSERT_EQ(alignment.ToSource(whole), want);
        ASSERT_EQ(alignment.Slice(whole).ToSource({0, whole.size()}), want);
      }
    }
  }
}

}  // namespace
}  // namespace dateline
