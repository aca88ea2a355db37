#include "model/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dateline::model {

Result<std::vector<float>> ReadFloats(const ModelFile& file, const std::string& name,
                                      std::size_t rows, std::size_t columns, std::size_t padded,
                                      float padding) {
  DATELINE_TRY(const auto values, file.Get<float>(name, rows, columns));
  const std::size_t stride = std::max(columns, padded);
  std::vector<float> out(rows * stride, padding);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      return Fail(
          ErrorCode::kMalformed,
          fmt::format("tensor {}: value {} is not finite; get the model file again", name, i));
    }
    out[i / columns * stride + i % columns] = values[i];
  }
  return out;
}

Result<Layer> Layer::Read(const ModelFile& file, const std::string& name, std::size_t outputs,
                          std::size_t inputs, float padding) {
  Layer layer;
  DATELINE_TRY(const auto weights, file.Get<std::int8_t>(name + ".weight", outputs, inputs));
  if (inputs % kStep != 0) {
    return Fail(ErrorCode::kMalformed, fmt::format("layer {} has {} inputs", name, inputs));
  }
  Pack(weights.data(), outputs, inputs, layer.weights);
  const std::size_t padded = layer.weights.outputs;
  DATELINE_TRY(layer.scale, ReadFloats(file, name + ".scale", 1, outputs, padded));
  DATELINE_TRY(layer.bias, ReadFloats(file, name + ".bias", 1, outputs, padded, padding));
  return layer;
}

Result<Norm> Norm::Read(const ModelFile& file, const std::string& name, std::size_t width) {
  Norm norm;
  DATELINE_TRY(norm.gamma, ReadFloats(file, name + ".gamma", 1, width));
  DATELINE_TRY(norm.beta, ReadFloats(file, name + ".beta", 1, width));
  return norm;
}

const std::int32_t* Runner::Products(const WeightsView& weights, const std::int8_t* rows,
                                     std::size_t count) {
  if (sums_.size() < count * weights.outputs) sums_.resize(count * weights.outputs);
  kernels_->products(weights, rows, count, sums_.data());
  return sums_.data();
}

void Runner::Linear(const Layer& layer, const std::int8_t* rows, std::size_t count, float* out) {
  const std::size_t width = layer.outputs();
  for (std::size_t at = 0; at < count; at += kTile) {
    const std::size_t n = std::min(kTile, count - at);
    const auto* sums = Products(layer.weights.view(), rows + at * layer.inputs(), n);
    kernels_->linear(sums, n, width, layer.scale.data(), layer.bias.data(), out + at * width);
  }
}

void Runner::Hidden(const Layer& layer, const std::int8_t* rows, std::size_t count,
                    std::int8_t* out) {
  const std::size_t width = layer.outputs();
  for (std::size_t at = 0; at < count; at += kTile) {
    const std::size_t n = std::min(kTile, count - at);
    const auto* sums = Products(layer.weights.view(), rows + at * layer.inputs(), n);
    kernels_->hidden(sums, n, width, layer.scale.data(), layer.bias.data(), out + at * width);
  }
}

void Runner::Rounded(const Layer& layer, const std::int8_t* rows, std::size_t count,
                     std::int8_t* out) {
  const std::size_t width = layer.outputs();
  for (std::size_t at = 0; at < count; at += kTile) {
    const std::size_t n = std::min(kTile, count - at);
    const auto* sums = Products(layer.weights.view(), rows + at * layer.inputs(), n);
    kernels_->rounded(sums, n, width, layer.scale.data(), layer.bias.data(), out + at * width);
  }
}

void Runner::Classify(const Layer& layer, const std::int8_t* rows, std::size_t count,
                      const float* mask, std::uint16_t* out) {
  const std::size_t width = layer.outputs();
  floats_.resize(kTile * width);
  for (std::size_t at = 0; at < count; at += kTile) {
    const std::size_t n = std::min(kTile, count - at);
    Linear(layer, rows + at * layer.inputs(), n, floats_.data());
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t best = kernels_->argmax(floats_.data() + i * width, mask, width);
      out[at + i] = static_cast<std::uint16_t>(best);
    }
  }
}

}  // namespace dateline::model
