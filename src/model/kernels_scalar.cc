// Kernels for any processor. This file also says plainly what the others compute.
#include "model/kernels_all.h"

namespace dateline::model {
namespace {

constexpr std::size_t kRegister = 16;  // bytes
#include "model/kernels_float.h"

using Shorts = std::int16_t __attribute__((vector_size(16)));
using Wide = std::int32_t __attribute__((vector_size(32)));
using Eight = std::int8_t __attribute__((vector_size(8)));

constexpr std::size_t kVectors = kGroup * kStep / 8;  // of 8 weights in a step of a group

/// Four inputs, twice.
inline Shorts Inputs(const std::int8_t* row) {
  return Shorts{row[0], row[1], row[2], row[3], row[0], row[1], row[2], row[3]};
}

inline Shorts Weights(const std::int8_t* weights) {
  Eight eight;
  __builtin_memcpy(&eight, weights, sizeof eight);
  return __builtin_convertvector(eight, Shorts);
}

/// Sums of one group of outputs. Each weight has a lane of its own until the end; the products of
/// two steps together fit 16 bits (2 * 127 * 127).
void GroupProducts(const std::int8_t* weights, const std::int8_t* row, std::size_t inputs,
                   std::int32_t* sums) {
  constexpr std::size_t kBlock = kGroup * kStep;
  Wide total[kVectors] = {};
  for (std::size_t k = 0; k < inputs; k += 2 * kStep, weights += 2 * kBlock) {
    const bool two = k + kStep < inputs;
    const Shorts first = Inputs(row + k);
    const Shorts second = two ? Inputs(row + k + kStep) : Shorts{};
    const std::int8_t* next = two ? weights + kBlock : weights;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const Shorts both = Weights(weights + v * 8) * first + Weights(next + v * 8) * second;
      total[v] += __builtin_convertvector(both, Wide);
    }
  }
  for (std::size_t o = 0; o < kGroup; ++o) {
    const Wide& lanes = total[o / 2];
    const std::size_t at = o % 2 * kStep;
    sums[o] = (lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]);
  }
}

void Products(const WeightsView& packed, const std::int8_t* rows, std::size_t count,
              std::int32_t* sums) {
  for (std::size_t row = 0; row < count; ++row, rows += packed.inputs) {
    const std::int8_t* weights = packed.weights;
    for (std::size_t o = 0; o < packed.outputs; o += kGroup, sums += kGroup) {
      GroupProducts(weights, rows, packed.inputs, sums);
      weights += kGroup * packed.inputs;
    }
  }
}

}  // namespace

const Kernels kScalarKernels = {"scalar", Products, Linear, Hidden, Rounded,
                                Gate,     Norm,     Norm8,  Joined, Argmax};

}  // namespace dateline::model
