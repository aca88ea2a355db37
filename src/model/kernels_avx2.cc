// Kernels for AVX2.
//
// vpmaddubsw multiplies unsigned by signed bytes and adds neighbours in 16 bits. With |a| as the
// unsigned and w with the sign of a as the signed factor, the products are those of a and w, and
// two of them are at most 2 * 127 * 127 = 32258: nothing saturates.
#if defined(__x86_64__)
#include <immintrin.h>

#include "model/kernels_all.h"

namespace dateline::model {
namespace {

constexpr std::size_t kRegister = 32;  // bytes
#include "model/kernels_float.h"

constexpr std::size_t kTile = 3;  // rows at a time

/// One group of 16 outputs for `Rows` rows.
template <std::size_t Rows>
inline void GroupProducts(const std::int8_t* weights, const std::int8_t* rows, std::size_t inputs,
                          std::int32_t* sums, std::size_t stride) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256i low[Rows];
  __m256i high[Rows];
  for (std::size_t r = 0; r < Rows; ++r) low[r] = high[r] = _mm256_setzero_si256();
  for (std::size_t k = 0; k < inputs; k += kStep, weights += kGroup * kStep) {
    const __m256i w0 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
    const __m256i w1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + 32));
    for (std::size_t r = 0; r < Rows; ++r) {
      std::int32_t four = 0;
      __builtin_memcpy(&four, rows + r * inputs + k, sizeof four);
      const __m256i a = _mm256_set1_epi32(four);
      const __m256i size = _mm256_abs_epi8(a);
      const __m256i p0 = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w0, a));
      const __m256i p1 = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w1, a));
      low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(p0, ones));
      high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(p1, ones));
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * stride), low[r]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * stride + 8), high[r]);
  }
}

template <std::size_t Rows>
void TileProducts(const WeightsView& packed, const std::int8_t* rows, std::int32_t* sums) {
  const std::int8_t* weights = packed.weights;
  for (std::size_t o = 0; o < packed.outputs; o += kGroup, weights += kGroup * packed.inputs) {
    GroupProducts<Rows>(weights, rows, packed.inputs, sums + o, packed.outputs);
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

const Kernels kAvx2Kernels = {"avx2", Products, Linear, Hidden, Rounded,
                              Gate,   Norm,     Norm8,  Joined, Argmax};

}  // namespace dateline::model
#endif
