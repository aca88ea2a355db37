/// What the first layer says of a word form, kept from one use to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/result.h"
#include "model/features.h"
#include "model/kernels.h"
#include "model/layers.h"
#include "model/model_file.h"

namespace dateline::model {

/// The tables and the first layer. Keeps views into the file. Immutable, thread-safe.
class FormEncoder {
 public:
  static Result<FormEncoder> Read(const ModelFile& file);
  [[nodiscard]] std::size_t width() const { return input_.outputs(); }
  [[nodiscard]] LowerCase lower() const { return lower_; }
  /// The inputs of the first layer, kFormColumns of them.
  void Gather(const FormFeatures& features, std::int8_t* out) const;
  /// The word vector of a form, kVectorColumns values; zeros where it has none. Without capitals:
  /// "Said" has that of "said". REQUIRES: `form` is valid UTF-8.
  [[nodiscard]] std::span<const std::int8_t> VectorOf(std::string_view form) const;
  /// States of `count` forms from their inputs.
  void Encode(const std::int8_t* inputs, std::size_t count, Runner& runner, float* out) const;

 private:
  Result<void> ReadTables(const ModelFile& file);
  Result<void> ReadKeys(const ModelFile& file);

  LowerCase lower_;
  std::vector<const std::int8_t*> tables_;
  std::span<const std::uint64_t> vector_keys_;
  const std::int8_t* vectors_ = nullptr;
  std::span<const std::uint64_t> lexicon_keys_;
  std::span<const std::uint16_t> lexicon_rows_;
  const std::int8_t* lexicon_ = nullptr;
  Layer input_;
  Norm norm_;
};

/// States of forms met before: a form costs its hashes and the first layer once. Holds at most
/// kKept forms between documents. Belongs to one thread.
class FormCache {
 public:
  FormCache(const FormEncoder& encoder, const Kernels& kernels)
      : encoder_(&encoder), reader_(encoder.lower()), runner_(kernels) {}

  /// Numbers of the forms, the same for equal forms until Trim.
  void Number(std::span<const std::string_view> forms, std::vector<std::uint32_t>& out);
  /// width() values. REQUIRES: a number since the last Trim.
  [[nodiscard]] const float* State(std::uint32_t number) const {
    return states_.data() + number * encoder_->width();
  }
  [[nodiscard]] std::size_t size() const { return forms_.size(); }
  [[nodiscard]] bool IsCapital(std::uint32_t number) const { return capital_[number]; }
  /// Forgets all forms when they are more than kKept.
  void Trim();

  static constexpr std::size_t kKept = 16384;

 private:
  std::uint32_t Add(std::string_view form);
  void EncodeNew(std::size_t known);

  const FormEncoder* encoder_;
  FeatureReader reader_;
  Runner runner_;
  std::deque<std::string> forms_{};  ///< the keys' letters
  std::unordered_map<std::string_view, std::uint32_t> numbers_{};
  std::vector<bool> capital_{};
  std::vector<float> states_{};
  std::vector<std::int8_t> inputs_{};  ///< of forms not yet encoded
};

}  // namespace dateline::model
