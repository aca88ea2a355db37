/// The model file (`.dlm`): header and tensors, checked before anything is believed.
/// Format: docs/formats/model.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/model_envelope.h"
#include "dateline/result.h"

namespace dateline::model {

inline constexpr base::ModelKind kModelKind{.magic = "DLMODEL1", .version = 1};
inline constexpr std::size_t kTensorAlignment = 64;

enum class TensorType : std::uint8_t { kI8, kU8, kU16, kU32, kU64, kF32 };

struct Tensor {
  TensorType type = TensorType::kI8;
  std::vector<std::size_t> shape;
  std::string_view bytes;  ///< begins at a multiple of kTensorAlignment
};

/// One of the texts that a model must analyse as its maker did; all lists are over its words.
struct SelfTest {
  std::string text;
  std::vector<std::uint32_t> words;  ///< begin and end in bytes, word after word
  std::vector<std::uint32_t> sentence_lengths;
  std::vector<std::uint32_t> upos;
  std::vector<std::uint32_t> feats;
  std::vector<std::uint32_t> lemma;
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> deprel;
  std::vector<std::uint32_t> names;
};

/// Sizes of the network, each within the bounds that Open checks.
struct Sizes {
  std::size_t width = 0;
  std::size_t arc = 0;
  std::size_t label = 0;
  std::size_t name = 0;
  std::size_t buckets = 0;
  std::size_t paragraph_blocks = 0;
  std::size_t longest_sentence = 0;
  std::vector<std::size_t> dilations;  ///< one a block
};

/// What the file says, as values and as views into its bytes, which must outlive it.
class ModelFile {
 public:
  /// Checks magic, version, size, checksum, header, and that every tensor lies in the file.
  /// kUnsupported for another version, kMalformed for everything else; the message names what is
  /// wrong. REQUIRES: `bytes` begin at a multiple of kTensorAlignment.
  static Result<ModelFile> Open(std::string_view bytes);

  /// The tensor of that name as a matrix of `rows` x `columns` (a vector has one row); kMalformed
  /// when it is absent, of another type or of another shape.
  template <typename T>
  [[nodiscard]] Result<std::span<const T>> Get(const std::string& tensor, std::size_t rows,
                                               std::size_t columns) const;
  /// Rows of a tensor of two dimensions, elements of one of one; absent when there is none.
  [[nodiscard]] std::optional<std::size_t> Rows(const std::string& tensor) const;

  std::string name;
  std::string date;
  std::string fingerprint;  ///< of the features, see features.h
  std::uint64_t checksum = 0;
  Sizes sizes;
  std::vector<std::string> upos;
  std::vector<std::string> feats;
  std::vector<std::string> lemma;
  std::vector<std::string> deprel;
  std::vector<std::string> names;
  std::vector<SelfTest> self_tests;

 private:
  [[nodiscard]] Result<std::string_view> Bytes(const std::string& tensor, TensorType type,
                                               std::size_t rows, std::size_t columns) const;

  std::unordered_map<std::string, Tensor> tensors_;
};

template <typename T>
constexpr TensorType TypeOf();
template <>
constexpr TensorType TypeOf<std::int8_t>() {
  return TensorType::kI8;
}
template <>
constexpr TensorType TypeOf<std::uint8_t>() {
  return TensorType::kU8;
}
template <>
constexpr TensorType TypeOf<std::uint16_t>() {
  return TensorType::kU16;
}
template <>
constexpr TensorType TypeOf<std::uint32_t>() {
  return TensorType::kU32;
}
template <>
constexpr TensorType TypeOf<std::uint64_t>() {
  return TensorType::kU64;
}
template <>
constexpr TensorType TypeOf<float>() {
  return TensorType::kF32;
}

template <typename T>
Result<std::span<const T>> ModelFile::Get(const std::string& tensor, std::size_t rows,
                                          std::size_t columns) const {
  DATELINE_TRY(const std::string_view bytes, Bytes(tensor, TypeOf<T>(), rows, columns));
  return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
}

}  // namespace dateline::model
