/// What the encoder of the language model knows of words by their forms alone, for models of later
/// stages.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "model/language_model.h"

namespace dateline::syntax {

/// Immutable, thread-safe. Copies share the model; by default there is none.
class WordVectors {
 public:
  WordVectors() = default;
  explicit WordVectors(model::LanguageModel model) : model_(std::move(model)) {}

  [[nodiscard]] bool empty() const { return !model_.has_value(); }
  /// The vector of a form; zeros where the form has none. REQUIRES: not empty(), and `form` is
  /// valid UTF-8 and not empty.
  [[nodiscard]] std::span<const std::int8_t> Of(std::string_view form) const {
    return model_->VectorOf(form);
  }
  /// Values of a vector.
  static constexpr std::size_t kWidth = model::kVectorColumns;

 private:
  std::optional<model::LanguageModel> model_{};
};

}  // namespace dateline::syntax
