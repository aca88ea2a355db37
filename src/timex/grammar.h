/// The rules of data/timex/ and what they match: which pieces of a text are time expressions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dateline/result.h"
#include "dateline/timex.h"
#include "tables/tables.h"
#include "timex/lexer.h"
#include "timex/pattern.h"
#include "timex/resolve.h"
#include "timex/vocabulary.h"

namespace dateline::timex {

/// A row of rules.tsv.
struct Rule {
  std::optional<TimexType> type{};  ///< absent: the words make no time (NONE)
  Operation operation{};
  std::string time{};
  std::string mod{};
};

/// Words before an expression that belong to it: "late", "more than".
struct Modifier {
  std::vector<const Word*> words{};
  std::string mod{};
  std::string applies{};  ///< types, "DATE|TIME"; COUNT: "two years ago"
  bool counted = false;   ///< only before what tells a number ("over three years")

  [[nodiscard]] bool AppliesTo(std::string_view type, bool counts) const {
    return applies.find(type) != std::string::npos ||
           (counts && applies.find("COUNT") != std::string::npos);
  }
};

/// An expression found: the match of a rule, and the part of it that is the expression.
struct Candidate {
  Match match{};
  std::uint32_t begin = 0;  ///< as lexemes
  std::uint32_t end = 0;
};

/// Immutable once loaded; thread-safe.
class Grammar {
 public:
  static Result<Grammar> Load(const tables::Tables& tables);

  /// Leftmost, then longest expressions, not overlapping; of the same words a NONE rule, then the
  /// rule that saw more around them, then the earlier row. `matches` is scratch.
  void Choose(std::span<const Lexeme> lexemes, std::vector<Match>& matches,
              std::vector<Candidate>& chosen) const;
  /// The longest modifier that ends before the expression and fits its type; null when there is
  /// none. "two years ago" takes those of lengths as well.
  [[nodiscard]] const Modifier* ModifierBefore(std::span<const Lexeme> lexemes,
                                               const Candidate& candidate) const;

  [[nodiscard]] const Rule& rule(const Candidate& candidate) const {
    return rules_[form(candidate).rule];
  }
  [[nodiscard]] const Form& form(const Candidate& candidate) const {
    return trie_.form(candidate.match.form);
  }
  /// "in", "since", "of".
  [[nodiscard]] bool AsksForYear(const Lexeme& lexeme) const {
    return (lexeme.classes & year_cue_) != 0;
  }
  /// May stand between a clock and its day: a comma, "on".
  [[nodiscard]] bool JoinsClock(const Lexeme& lexeme) const {
    return lexeme.word != nullptr && (lexeme.word == comma_ || lexeme.word == on_);
  }
  /// "past", "last": begin a length that ends now.
  [[nodiscard]] bool LooksBack(const Lexeme& lexeme) const { return (lexeme.classes & back_) != 0; }
  /// "next", "coming": begin a length that begins now.
  [[nodiscard]] bool LooksAhead(const Lexeme& lexeme) const {
    return (lexeme.classes & ahead_) != 0;
  }
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  /// Begins what tells a number: "three years", "a year".
  [[nodiscard]] bool Counts(const Lexeme& lexeme) const {
    return (lexeme.classes & Bit(kNum)) != 0 ||
           (lexeme.word != nullptr && (lexeme.word == articles_[0] || lexeme.word == articles_[1]));
  }
  Result<void> LoadRules(const tables::Table& table);
  Result<void> LoadModifiers(const tables::Table& table);

  Vocabulary vocabulary_;
  PatternTrie trie_;
  std::vector<Rule> rules_;
  ClassSet year_cue_ = 0;
  ClassSet back_ = 0;
  ClassSet ahead_ = 0;
  const Word* comma_ = nullptr;
  const Word* on_ = nullptr;
  std::array<const Word*, 2> articles_{};  ///< "a", "an"
  std::vector<Modifier> modifiers_;        ///< longest first
};

}  // namespace dateline::timex
