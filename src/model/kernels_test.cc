// Every kernel that this processor runs gives the bits of the scalar one, which is compared with
// sums written out.
#include "model/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace dateline::model {
namespace {

struct Shape {
  std::size_t rows, outputs, inputs;
};

std::vector<std::int8_t> RandomBytes(std::size_t count, std::mt19937& random, int extreme = 0) {
  std::uniform_int_distribution<int> any(-127, 127);
  std::vector<std::int8_t> out(count);
  for (auto& value : out) {
    const int sign = any(random) < 0 ? -127 : 127;
    value = static_cast<std::int8_t>(extreme != 0 ? sign : any(random));
  }
  return out;
}

std::vector<float> RandomFloats(std::size_t count, float size, std::mt19937& random) {
  std::normal_distribution<float> any(0, size);
  std::vector<float> out(count);
  for (auto& value : out) value = any(random);
  return out;
}

std::vector<std::int32_t> ByHand(const Shape& s, const std::vector<std::int8_t>& weights,
                                 const std::vector<std::int8_t>& rows) {
  const std::size_t padded = (s.outputs + kGroup - 1) / kGroup * kGroup;
  std::vector<std::int32_t> sums(s.rows * padded, 0);
  for (std::size_t r = 0; r < s.rows; ++r) {
    for (std::size_t o = 0; o < s.outputs; ++o) {
      for (std::size_t k = 0; k < s.inputs; ++k) {
        sums[r * padded + o] += weights[o * s.inputs + k] * rows[r * s.inputs + k];
      }
    }
  }
  return sums;
}

class EachKernel : public testing::TestWithParam<std::size_t> {
 protected:
  const Kernels& kernel() const { return *UsableKernels()[GetParam()]; }
  const Kernels& scalar() const { return *UsableKernels()[0]; }
};

TEST_P(EachKernel, SumsProductsExactly) {
  std::mt19937 random(11);
  for (const Shape s : {Shape{1, 1, 4}, Shape{3, 17, 12}, Shape{8, 48, 144}, Shape{25, 288, 432},
                        Shape{9, 32, 720}, Shape{2, 16, 1028}, Shape{17, 64, 2052}}) {
    for (const int extreme : {0, 1}) {
      const auto weights = RandomBytes(s.outputs * s.inputs, random, extreme);
      const auto rows = RandomBytes(s.rows * s.inputs, random, extreme);
      PackedWeights packed;
      Pack(weights.data(), s.outputs, s.inputs, packed);
      std::vector<std::int32_t> sums(s.rows * packed.outputs, -1);
      kernel().products(packed.view(), rows.data(), s.rows, sums.data());
      EXPECT_EQ(sums, ByHand(s, weights, rows)) << s.rows << " " << s.outputs << " " << s.inputs;
    }
  }
}

TEST_P(EachKernel, RoundsAndScalesToTheSameBits) {
  constexpr std::size_t kRows = 7;
  constexpr std::size_t kWidth = 48;
  std::mt19937 random(12);
  std::vector<std::int32_t> sums(kRows * kWidth);
  for (auto& sum : sums) sum = std::uniform_int_distribution<int>(-900000, 900000)(random);
  const auto scale = RandomFloats(kWidth, 1e-3F, random);
  const auto bias = RandomFloats(kWidth, 20, random);
  for (const auto function : {&Kernels::hidden, &Kernels::rounded}) {
    std::vector<std::int8_t> one(kRows * kWidth, 99);
    std::vector<std::int8_t> other(kRows * kWidth, 98);
    (scalar().*function)(sums.data(), kRows, kWidth, scale.data(), bias.data(), one.data());
    (kernel().*function)(sums.data(), kRows, kWidth, scale.data(), bias.data(), other.data());
    EXPECT_EQ(one, other);
  }
  std::vector<float> one(kRows * kWidth, 1);
  std::vector<float> other(kRows * kWidth, 2);
  scalar().linear(sums.data(), kRows, kWidth, scale.data(), bias.data(), one.data());
  kernel().linear(sums.data(), kRows, kWidth, scale.data(), bias.data(), other.data());
  EXPECT_EQ(0, std::memcmp(one.data(), other.data(), one.size() * sizeof(float)));
}

TEST_P(EachKernel, GatesAndNormsToTheSameBits) {
  constexpr std::size_t kRows = 5;
  constexpr std::size_t kWidth = 144;
  std::mt19937 random(13);
  std::vector<std::int32_t> sums(kRows * 2 * kWidth);
  for (auto& sum : sums) sum = std::uniform_int_distribution<int>(-900000, 900000)(random);
  const auto scale = RandomFloats(2 * kWidth, 1e-5F, random);
  const auto bias = RandomFloats(2 * kWidth, 3, random);
  auto x = RandomFloats(kRows * kWidth, 2, random);
  auto y = x;
  scalar().gate(sums.data(), kRows, kWidth, scale.data(), bias.data(), x.data());
  kernel().gate(sums.data(), kRows, kWidth, scale.data(), bias.data(), y.data());
  EXPECT_EQ(0, std::memcmp(x.data(), y.data(), x.size() * sizeof(float)));
  auto one = x;
  auto other = x;
  scalar().norm(x.data(), kRows, kWidth, scale.data(), bias.data(), one.data());
  kernel().norm(x.data(), kRows, kWidth, scale.data(), bias.data(), other.data());
  EXPECT_EQ(0, std::memcmp(one.data(), other.data(), one.size() * sizeof(float)));
  std::vector<std::int8_t> small(kRows * kWidth, 99);
  std::vector<std::int8_t> same(kRows * kWidth, 98);
  scalar().norm8(x.data(), kRows, kWidth, bias.data(), bias.data(), small.data());
  kernel().norm8(x.data(), kRows, kWidth, bias.data(), bias.data(), same.data());
  EXPECT_EQ(small, same);
  scalar().joined(x.data(), bias.data(), y.data(), kWidth, 9.5F, small.data());
  kernel().joined(x.data(), bias.data(), y.data(), kWidth, 9.5F, same.data());
  EXPECT_EQ(small, same);
}

TEST_P(EachKernel, ArgmaxTakesTheLowestOfEquals) {
  std::vector<float> values(112, -1);
  const std::vector<float> none(112, 0);
  EXPECT_EQ(0U, kernel().argmax(values.data(), none.data(), 112));
  for (const std::size_t at : {101U, 64U, 17U, 16U, 3U}) {
    values[at] = 5;
    EXPECT_EQ(at, kernel().argmax(values.data(), none.data(), 112)) << at;
  }
  std::vector<float> mask(112, -INFINITY);
  mask[100] = 0;
  EXPECT_EQ(100U, kernel().argmax(values.data(), mask.data(), 112));
}

INSTANTIATE_TEST_SUITE_P(, EachKernel, testing::Range<std::size_t>(0, UsableKernels().size()),
                         [](const auto& one) {
                           return std::string(UsableKernels()[one.param]->name);
                         });

TEST(Kernels, RoundsTiesToEven) {
  std::vector<std::int32_t> sums = {-5, -3, -1, 1, 3, 5, 7, 253, 255, 300, -300, 0, 0, 0, 0, 0};
  const std::vector<float> half(16, 0.5F);
  const std::vector<float> none(16, 0);
  std::vector<std::int8_t> out(16);
  for (const Kernels* kernel : UsableKernels()) {
    kernel->rounded(sums.data(), 1, 16, half.data(), none.data(), out.data());
    EXPECT_EQ((std::vector<std::int8_t>{-2, -2, 0, 0, 2, 2, 4, 126, 127, 127, -127, 0, 0, 0, 0, 0}),
              out)
        << kernel->name;
  }
}

}  // namespace
}  // namespace dateline::model
