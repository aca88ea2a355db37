/// Which way a clause looks at a time expression: back or ahead.
///
/// In a parsed text the verb that the expression hangs on decides, by its tense: "said Monday the
/// dam will open", "is to open Monday". Without a parse the nearest cue of the sentence does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dateline/story.h"
#include "timex/lexer.h"
#include "timex/resolve.h"
#include "timex/tree.h"

namespace dateline::timex {

/// Immutable; thread-safe.
class DirectionReader {
 public:
  explicit DirectionReader(const Vocabulary& vocabulary);

  /// An expression in its block: the lexemes [first, last).
  struct Place {
    std::span<const Lexeme> lexemes;
    std::span<const std::uint32_t> sentences;  ///< of each lexeme
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t cue = 0;  ///< first of the words that modify it ("mid-", "late"), or `first`
  };

  [[nodiscard]] Direction Read(const Story& story, const Vocabulary& vocabulary,
                               const Place& place) const;
  /// A word or mark that joins two dates: "and", "to", "-".
  [[nodiscard]] bool Joins(const Lexeme& lexeme) const { return (lexeme.classes & join_) != 0; }

 private:
  class Climber;
  [[nodiscard]] bool Intends(const Tree& tree, const Vocabulary& vocabulary,
                             std::size_t verb) const;
  [[nodiscard]] Direction ReadClause(const Story& story, const Vocabulary& vocabulary,
                                     const Place& place) const;
  /// Whether the verb that the expression hangs on follows it.
  [[nodiscard]] static bool IsFronted(const Story& story, const Place& place);
  [[nodiscard]] bool IsForWeekday(const Story& story, const Place& place) const;
  [[nodiscard]] static bool HangsOnInfinitive(const Story& story, const Place& place);
  [[nodiscard]] Direction ReadWords(const Place& place) const;
  [[nodiscard]] Direction CueAt(std::span<const Lexeme> lexemes, std::size_t at) const;

  ClassSet future_ = 0;
  ClassSet done_ = 0;
  ClassSet schedule_ = 0;
  ClassSet past_ = 0;
  ClassSet intent_ = 0;
  ClassSet join_ = 0;
  ClassSet until_ = 0;
  ClassSet by_ = 0;
  ClassSet since_ = 0;
  ClassSet weekday_ = 0;
  ClassSet postpone_ = 0;
  std::optional<std::uint32_t> to_;
  std::optional<std::uint32_t> for_;
};

}  // namespace dateline::timex
