#include "model/kernels.h"

#include <array>

#include "model/kernels_all.h"

namespace dateline::model {

void Pack(const std::int8_t* weights, std::size_t rows, std::size_t inputs, PackedWeights& packed) {
  packed.outputs = (rows + kGroup - 1) / kGroup * kGroup;
  packed.inputs = inputs;
  packed.weights.assign(packed.outputs * inputs, 0);
  packed.shift.assign(packed.outputs, 0);
  for (std::size_t o = 0; o < rows; ++o) {
    std::int8_t* to = packed.weights.data() + o / kGroup * kGroup * inputs + o % kGroup * kStep;
    for (std::size_t k = 0; k < inputs; ++k) {
      const std::int8_t weight = weights[o * inputs + k];
      to[k / kStep * kStep * kGroup + k % kStep] = weight;
      packed.shift[o] -= 128 * weight;
    }
  }
}

namespace {

struct Usable {
  std::array<const Kernels*, 3> kernels{};
  std::size_t count = 0;
  void Add(const Kernels& one) { kernels[count++] = &one; }
};

Usable FindUsable() {
  Usable usable;
  usable.Add(kScalarKernels);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) usable.Add(kAvx2Kernels);
  if (__builtin_cpu_supports("avx512vnni") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512dq") != 0) {
    usable.Add(kAvx512Kernels);
  }
#endif
  return usable;
}

}  // namespace

std::span<const Kernels* const> UsableKernels() {
  static const Usable usable = FindUsable();
  return {usable.kernels.data(), usable.count};
}

const Kernels& BestKernels() { return *UsableKernels().back(); }

}  // namespace dateline::model
