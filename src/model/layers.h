/// The pieces of the network: a linear layer and a normalisation, read from the model file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "model/kernels.h"
#include "model/model_file.h"

namespace dateline::model {

/// A linear layer with weights packed for the kernels; scales and biases are padded to `outputs`.
/// Padding has scale 0 and bias `padding`: 0, or minus infinity where an argmax follows.
struct Layer {
  PackedWeights weights;
  std::vector<float> scale;
  std::vector<float> bias;

  [[nodiscard]] std::size_t outputs() const { return weights.outputs; }
  [[nodiscard]] std::size_t inputs() const { return weights.inputs; }

  /// Reads `name`.weight, .scale and .bias. kMalformed when they have not the shape, or a number
  /// is not finite.
  static Result<Layer> Read(const ModelFile& file, const std::string& name, std::size_t outputs,
                            std::size_t inputs, float padding = 0);
};

struct Norm {
  std::vector<float> gamma;
  std::vector<float> beta;

  static Result<Norm> Read(const ModelFile& file, const std::string& name, std::size_t width);
};

/// A float tensor, copied row by row to rows of `padded` columns (0: as it is); kMalformed when a
/// number is not finite.
Result<std::vector<float>> ReadFloats(const ModelFile& file, const std::string& name,
                                      std::size_t rows, std::size_t columns, std::size_t padded = 0,
                                      float padding = 0);

/// Applies layers to rows in tiles that stay in the cache.
///
///   runner.Linear(layer, rows, count, out);
class Runner {
 public:
  explicit Runner(const Kernels& kernels) : kernels_(&kernels) {}

  /// `out` has count x outputs values.
  void Linear(const Layer& layer, const std::int8_t* rows, std::size_t count, float* out);
  void Hidden(const Layer& layer, const std::int8_t* rows, std::size_t count, std::int8_t* out);
  void Rounded(const Layer& layer, const std::int8_t* rows, std::size_t count, std::int8_t* out);
  /// For each row the class of the greatest output, each output added to `mask` first.
  void Classify(const Layer& layer, const std::int8_t* rows, std::size_t count, const float* mask,
                std::uint16_t* out);
  /// Integer sums alone, for one tile. `sums` lie in the runner until the next call.
  const std::int32_t* Products(const WeightsView& weights, const std::int8_t* rows,
                               std::size_t count);

  [[nodiscard]] const Kernels& kernels() const { return *kernels_; }

  /// Rows taken at a time.
  static constexpr std::size_t kTile = 24;

 private:
  const Kernels* kernels_;
  std::vector<std::int32_t> sums_{};
  std::vector<float> floats_{};
};

}  // namespace dateline::model
