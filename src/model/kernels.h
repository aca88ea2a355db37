/// The arithmetic of the model, in three implementations that give the same bits.
///
/// Weights and activations are int8 and their products are summed as int32, which is exact in any
/// order. Everything in float is a chain of single operations, each correctly rounded, in an order
/// that does not depend on the width of the registers (sums run in 16 lanes); no fused
/// multiply-add, no estimates. So scalar, AVX2 and AVX-512 code agree to the last bit.
///
/// Rows and vectors are contiguous; all widths are multiples of 16. Nothing here checks: the
/// callers have (see layers.h). Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dateline::model {

/// Outputs are computed in groups of this many; weight matrices are padded to it with zeros.
inline constexpr std::size_t kGroup = 16;
/// Inputs of a layer are taken this many at a time.
inline constexpr std::size_t kStep = 4;

/// A weight matrix in the order the kernels read it: for each group of 16 outputs, for each 4
/// inputs, 16 x 4 weights.
struct WeightsView {
  std::size_t outputs = 0;  ///< a multiple of kGroup
  std::size_t inputs = 0;   ///< a multiple of kStep
  const std::int8_t* weights = nullptr;
  const std::int32_t* shift = nullptr;  ///< -128 times the sum of an output's weights
};

struct PackedWeights {
  std::size_t outputs = 0;
  std::size_t inputs = 0;
  std::vector<std::int8_t> weights;
  std::vector<std::int32_t> shift;

  [[nodiscard]] WeightsView view() const { return {outputs, inputs, weights.data(), shift.data()}; }
};

/// Packs `rows` x `inputs` weights, row-major. The vectors of `packed` are reused.
void Pack(const std::int8_t* weights, std::size_t rows, std::size_t inputs, PackedWeights& packed);

struct Kernels {
  std::string_view name;  ///< "scalar", "avx2", "avx512vnni"
  /// `count` rows of int32 sums, each `outputs` long.
  void (*products)(const WeightsView& weights, const std::int8_t* rows, std::size_t count,
                   std::int32_t* sums);

  /// out = float(sums) * scale + bias.
  void (*linear)(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
                 const float* bias, float* out);
  /// The same, rounded to the nearest integer (ties to even) and clamped to [0, 127].
  void (*hidden)(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
                 const float* bias, std::int8_t* out);
  /// The same, clamped to [-127, 127].
  void (*rounded)(const std::int32_t* sums, std::size_t count, std::size_t width,
                  const float* scale, const float* bias, std::int8_t* out);
  /// Gated residue: with z = linear of 2 * width outputs, x += z[0:width] * sigmoid(z[width:]).
  void (*gate)(const std::int32_t* sums, std::size_t count, std::size_t width, const float* scale,
               const float* bias, float* x);
  /// Each row of `x` brought to mean 0 and variance 1, times gamma, plus beta.
  void (*norm)(const float* x, std::size_t count, std::size_t width, const float* gamma,
               const float* beta, float* out);
  /// The same, rounded and clamped to [-127, 127].
  void (*norm8)(const float* x, std::size_t count, std::size_t width, const float* gamma,
                const float* beta, std::int8_t* out);
  /// out = round(max(0, (a + b) + c) * factor), clamped to [0, 127].
  void (*joined)(const float* a, const float* b, const float* c, std::size_t width, float factor,
                 std::int8_t* out);
  /// The lowest index of the greatest of `width` values of a + b.
  std::size_t (*argmax)(const float* a, const float* b, std::size_t width);
};

/// All that this processor can run, the slowest ("scalar") first.
std::span<const Kernels* const> UsableKernels();
/// The fastest of them.
const Kernels& BestKernels();

}  // namespace dateline::model
