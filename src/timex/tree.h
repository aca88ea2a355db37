/// The parse around a time expression: which word it hangs on, and what the verbs above it say.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dateline/story.h"

namespace dateline::timex {

/// Auxiliaries, copula, "to" and "not" of a verb.
struct Verb {
  bool to = false;       ///< an infinitive
  bool past = false;     ///< "was", "did"
  bool perfect = false;  ///< "has", "had"
  bool had = false;      ///< "had"
  bool been = false;     ///< "been"
  bool is = false;       ///< a present form of "be"
  bool negated = false;
  bool after = false;            ///< "after leaving"
  bool open = false;             ///< "if they win", "when it opens"
  const Token* modal = nullptr;  ///< "will", "could"
  const Token* mark = nullptr;   ///< "due" of "due to arrive"
};

/// A view of the words of a story; thread-safe.
class Tree {
 public:
  explicit Tree(const Story& story) : story_(story) {}

  [[nodiscard]] const Token& at(std::size_t index) const { return story_.tokens[index]; }
  [[nodiscard]] std::string_view form(std::size_t index) const {
    return FormOf(at(index), story_.text);
  }
  /// The first word that ends behind that byte; absent behind the last.
  [[nodiscard]] std::optional<std::size_t> TokenAt(std::uint32_t byte) const;
  /// The word of the expression that hangs on one outside it; absent in a text without a parse.
  [[nodiscard]] std::optional<std::size_t> TopOf(Span span) const;
  /// Whether the word in front of it, in the same sentence, is a verb in the past: "said Friday".
  [[nodiscard]] std::optional<std::size_t> PastVerbBefore(Span span) const;
  /// What stands with a verb. Only words near it are looked at.
  [[nodiscard]] Verb VerbAt(std::size_t index) const;

  /// Whether an infinitive that completes the word stands between it and another word.
  [[nodiscard]] bool HasComplementBetween(std::size_t index, std::size_t other) const;

  /// "a year" in "$5 million a year", "two flights a week": how often, not when.
  [[nodiscard]] bool IsRate(Span span) const;
  /// Whether the first word of the span is in a person's name: "April Ryan".
  [[nodiscard]] bool IsPerson(Span span) const;

 private:
  [[nodiscard]] bool IsCounted(std::size_t index) const;

  const Story& story_;
};

/// Whether the feature stands among those of the token: "Tense=Past".
bool HasFeature(const Token& token, std::string_view feature);

}  // namespace dateline::timex
