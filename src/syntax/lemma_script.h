/// A lemma as an edit of the form: what the classes of the model's lemma head mean.
///
///   LemmaScript::Parse("l<4>")->Apply("Hitting")  // "hit"
///   LemmaScript::Parse("=be")->Apply("was")       // "be"
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dateline::syntax {

/// The twin of train/lemmas.py: a case letter (`l` lower-case the form, `k` keep it, `t` lower-case
/// all but its first letter), `<`, characters to cut at the end, `>`, what to append; or `=` and
/// the lemma itself.
class LemmaScript {
 public:
  /// Absent when `script` is none.
  static std::optional<LemmaScript> Parse(std::string_view script);
  /// The form with quotation marks made plain, edited; a script that would cut it all only changes
  /// the case. REQUIRES: valid UTF-8.
  [[nodiscard]] std::string Apply(std::string_view form) const;

 private:
  char case_ = 'k';      ///< '=' for a whole lemma
  std::size_t cut_ = 0;  ///< code points
  std::string tail_;
};

}  // namespace dateline::syntax
