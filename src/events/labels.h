/// The labels of Universal Dependencies, compared as numbers:
///
///   if (tree.Rel(at) == "nsubj:pass" || tree.Rel(at).starts_with("obl")) …
///
/// What a label is compared with is looked up when the program is compiled; what no label is, or
/// begins with, does not compile.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/one_of.h"

namespace dateline::events {

/// One of a list of up to 64 names. One that the list does not have counts as what it is a subtype
/// of ("nmod:npmod" as "nmod"), else as none, which is "" and the last of the list.
template <const auto& kNames>
class Label {
 public:
  /// Some of the names.
  class Set {
   public:
    template <typename... Names>
    consteval explicit Set(Names... names) : bits_((BitOf(names) | ...)) {}
    [[nodiscard]] bool Holds(Label label) const { return (bits_ & label.bit()) != 0; }
    [[nodiscard]] bool HoldsAny(std::uint64_t bits) const { return (bits_ & bits) != 0; }

   protected:
    constexpr Set() = default;
    std::uint64_t bits_ = 0;
  };
  struct Name : Set {
    consteval Name(const char* name) : Set(name) {}  // NOLINT(google-explicit-constructor)
  };
  struct Beginning : Set {
    consteval Beginning(const char* text) {  // NOLINT(google-explicit-constructor)
      this->bits_ = BitsWhere([&](std::string_view name) { return name.starts_with(text); });
    }
  };
  struct Ending : Set {
    consteval Ending(const char* text) {  // NOLINT(google-explicit-constructor)
      this->bits_ = BitsWhere([&](std::string_view name) { return name.ends_with(text); });
    }
  };

  Label() = default;
  explicit Label(std::string_view name)
      : number_(static_cast<std::uint8_t>(std::min(NumberOf(name), kNone))) {
    if (number_ == kNone && name.contains(':')) *this = Label(name.substr(0, name.find(':')));
  }
  operator std::string_view() const {  // NOLINT(google-explicit-constructor): it is spelled so
    return kNames[number_];
  }
  /// The place of the label in a set of bits.
  [[nodiscard]] std::uint64_t bit() const { return std::uint64_t{1} << number_; }

  friend bool operator==(Label, Label) = default;
  friend bool operator==(Label label, Name name) { return name.Holds(label); }
  [[nodiscard]] bool starts_with(Beginning text) const { return text.Holds(*this); }
  [[nodiscard]] bool ends_with(Ending text) const { return text.Holds(*this); }

 private:
  static_assert(kNames.size() <= 64);
  static constexpr std::size_t kNone = kNames.size() - 1;

  /// The size of the list where it has no such name.
  static constexpr std::size_t NumberOf(std::string_view name) {
    const auto* const found =
        std::ranges::find_if(kNames, [&](std::string_view each) { return IsSame(each, name); });
    return static_cast<std::size_t>(found - kNames.begin());
  }
  static consteval std::uint64_t BitOf(std::string_view name) {
    const std::size_t number = NumberOf(name);
    if (number == kNames.size()) throw "no such label";
    return std::uint64_t{1} << number;
  }
  template <typename Test>
  static consteval std::uint64_t BitsWhere(Test test) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (test(kNames[i])) bits |= std::uint64_t{1} << i;
    }
    if (bits == 0) throw "no such label";
    return bits;
  }

  std::uint8_t number_ = kNone;
};

/// Frequent ones first.
inline constexpr std::array<std::string_view, 55> kRelations{
    "punct",         "case",         "det",         "nsubj",      "root",
    "advmod",        "amod",         "obj",         "obl",        "conj",
    "nmod",          "cc",           "compound",    "mark",       "aux",
    "cop",           "advcl",        "nmod:poss",   "xcomp",      "acl:relcl",
    "flat",          "ccomp",        "acl",         "parataxis",  "nummod",
    "aux:pass",      "appos",        "nsubj:pass",  "discourse",  "obl:unmarked",
    "nmod:unmarked", "compound:prt", "expl",        "fixed",      "iobj",
    "list",          "reparandum",   "obl:agent",   "dep",        "csubj",
    "nmod:desc",     "nsubj:outer",  "advcl:relcl", "det:predet", "vocative",
    "goeswith",      "cc:preconj",   "orphan",      "dislocated", "csubj:pass",
    "csubj:outer",   "obl:tmod",     "nmod:tmod",   "clf",        ""};
using Relation = Label<kRelations>;

inline constexpr std::array<std::string_view, 18> kPartsOfSpeech{
    "NOUN", "PUNCT", "ADP", "DET",  "PROPN", "VERB", "PRON", "ADJ",  "AUX",
    "ADV",  "CCONJ", "NUM", "PART", "SCONJ", "X",    "SYM",  "INTJ", ""};
using PartOfSpeech = Label<kPartsOfSpeech>;

}  // namespace dateline::events
