/// Lemmas of single forms: an exception table and the regular rules of English inflection.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::syntax {

class Lemmas {
 public:
  static Result<Lemmas> Load(const tables::Tables& tables);
  /// The verb lemma of a form ("met" → "meet", "accused" → "accuse"); the form in lower case when
  /// it is no known inflection.
  [[nodiscard]] std::string VerbLemma(std::string_view form) const;
  /// The noun lemma ("countries" → "country").
  [[nodiscard]] std::string NounLemma(std::string_view form) const;

  struct Impl;  ///< opaque

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::syntax
