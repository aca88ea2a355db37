/// Names as they are compared across stories: one way for all.
///
///   PersonName("Dr. José M. Pérez-Gil")   // jose m perezgil
///   PersonName("Mrs Dahl")                // dahl: bare, of a woman
///   BodyName("The Halvik Oil Co., Ltd.")  // halvik oil
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::archive {

enum class Gender : std::uint8_t { kUnknown, kWoman, kMan };

struct FullName {
  /// Folded (see text::Fold), without titles, points and hyphens; never empty words.
  std::vector<std::string> words;
  std::string suffix{};              ///< "jr", "iii"
  Gender gender = Gender::kUnknown;  ///< as a title tells: "Mrs"
  bool person = true;
  bool acronym = false;  ///< of a body: "UN", "U.N."

  /// A person's name of one word, which many share. Chinese, Japanese and Korean script has full
  /// names without spaces.
  [[nodiscard]] bool bare() const;
  /// All words in one: "Kim Jong-un" and "Kim Jong Un" have the same.
  [[nodiscard]] std::string joined() const;
  /// "world health organization" has "who"; empty under three letters, and of acronyms.
  [[nodiscard]] std::string initials() const;
  /// What many countries have one of: "defence ministry", "supreme court".
  [[nodiscard]] bool generic() const;
};

FullName PersonName(std::string_view name);
/// Of an organisation or a group.
FullName BodyName(std::string_view name);

enum class NameMatch : std::uint8_t {
  kOther,    ///< another name, or one that contradicts
  kAcronym,  ///< of bodies: initials of the other
  kInitial,  ///< "J. Smith", "John Smith"
  kOrder,    ///< "Yuna Kim", "Kim Yuna"
  kFuller,   ///< one has words that the other leaves out: "John Smith", "John A. Smith"
  kSame,
};
/// Symmetric. REQUIRES: both of a person, or both of a body.
NameMatch Match(const FullName& one, const FullName& other);

}  // namespace dateline::archive
