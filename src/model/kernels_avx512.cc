// Kernels for AVX-512 with VNNI.
//
// vpdpbusd multiplies unsigned by signed bytes and adds four products to 32 bits. Activations are
// made unsigned by adding 128 (a flip of the top bit); the surplus, 128 times the sum of an
// output's weights, is taken off by where the sum begins.
#if defined(__x86_64__)
#include <immintrin.h>

#include "model/kernels_all.h"

namespace dateline::model {
namespace {

constexpr std::size_t kRegister = 64;  // bytes
#include "model/kernels_float.h"

constexpr std::size_t kTile = 8;        // rows at a time
constexpr std::size_t kGroups = 3;      // groups of 16 outputs at a time: 24 sums stay in registers
constexpr std::size_t kLongest = 1024;  // inputs of a tile that are kept unsigned at a time

/// Sums of `Groups` groups for `Rows` rows over `inputs` inputs, added to what `sums` holds when
/// `more`, else to the packed shifts. `rows` hold a + 128.
template <std::size_t Rows, std::size_t Groups>
inline void BlockProducts(const WeightsView& packed, std::size_t output, std::size_t first,
                          const std::uint8_t* rows, std::size_t inputs, std::int32_t* sums) {
  const std::size_t stride = kGroup * packed.inputs;
  const std::int8_t* weights = packed.weights + output * packed.inputs + first * kGroup;
  __m512i total[Rows][Groups];
  for (std::size_t r = 0; r < Rows; ++r) {
    for (std::size_t g = 0; g < Groups; ++g) {
      const std::int32_t* from =
          first == 0 ? packed.shift + output + g * kGroup : sums + r * packed.outputs + g * kGroup;
      total[r][g] = _mm512_loadu_si512(from);
    }
  }
  for (std::size_t k = 0; k < inputs; k += kStep, weights += kGroup * kStep) {
    __m512i w[Groups];
    for (std::size_t g = 0; g < Groups; ++g) w[g] = _mm512_loadu_si512(weights + g * stride);
    for (std::size_t r = 0; r < Rows; ++r) {
      std::int32_t four = 0;
      __builtin_memcpy(&four, rows + r * inputs + k, sizeof four);
      const __m512i a = _mm512_set1_epi32(four);
      for (std::size_t g = 0; g < Groups; ++g) {
        total[r][g] = _mm512_dpbusd_epi32(total[r][g], a, w[g]);
      }
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    for (std::size_t g = 0; g < Groups; ++g) {
      _mm512_storeu_si512(sums + r * packed.outputs + g * kGroup, total[r][g]);
    }
  }
}

/// `Rows` rows of activations made unsigned, inputs [first, first + inputs).
template <std::size_t Rows>
inline void Flip(const std::int8_t* rows, std::size_t stride, std::size_t first, std::size_t inputs,
                 std::uint8_t* out) {
  for (std::size_t r = 0; r < Rows; ++r) {
    const std::int8_t* row = rows + r * stride + first;
    for (std::size_t k = 0; k < inputs; ++k) {
      out[r * inputs + k] = static_cast<std::uint8_t>(row[k] ^ 0x80);
    }
  }
}

template <std::size_t Rows>
void TileProducts(const WeightsView& packed, const std::int8_t* rows, std::int32_t* sums) {
  alignas(64) std::uint8_t flipped[Rows * kLongest];
  for (std::size_t first = 0; first < packed.inputs; first += kLongest) {
    const std::size_t left = packed.inputs - first;
    const std::size_t inputs = left < kLongest ? left : kLongest;
    Flip<Rows>(rows, packed.inputs, first, inputs, flipped);
    std::size_t o = 0;
    for (; o + kGroups * kGroup <= packed.outputs; o += kGroups * kGroup) {
      BlockProducts<Rows, kGroups>(packed, o, first, flipped, inputs, sums + o);
    }
    for (; o < packed.outputs; o += kGroup) {
      BlockProducts<Rows, 1>(packed, o, first, flipped, inputs, sums + o);
    }
  }
}

void Products(const WeightsView& packed, const std::int8_t* rows, std::size_t count,
              std::int32_t* sums) {
  for (; count >= kTile; count -= kTile) {
    TileProducts<kTile>(packed, rows, sums);
    rows += kTile * packed.inputs;
    sums += kTile * packed.outputs;
  }
  for (; count > 0; --count, rows += packed.inputs, sums += packed.outputs) {
    TileProducts<1>(packed, rows, sums);
  }
}

}  // namespace

const Kernels kAvx512Kernels = {"avx512vnni", Products, Linear, Hidden, Rounded,
                                Gate,         Norm,     Norm8,  Joined, Argmax};

}  // namespace dateline::model
#endif
