/// Which way a sentence looks at a time expression: back or ahead.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "timex/lexer.h"
#include "timex/resolve.h"

namespace dateline::timex {

/// Reads the verbs near an expression. The nearest cue before it decides ("will … on Friday"), else
/// the nearest after it ("On Friday, the council voted").
class DirectionReader {
 public:
  explicit DirectionReader(const Vocabulary& vocabulary);

  /// `sentence` holds the expression as its pieces [first, last).
  [[nodiscard]] Direction Read(std::span<const Lexeme> sentence, std::size_t first,
                               std::size_t last) const;

 private:
  [[nodiscard]] Direction CueAt(std::span<const Lexeme> sentence, std::size_t at) const;

  ClassSet future_ = 0;
  ClassSet past_ = 0;
  ClassSet intent_ = 0;
  std::optional<std::uint32_t> to_;
};

}  // namespace dateline::timex
