/// A story's words with what the lists know of them, made once and read by names, places, actors.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/story.h"
#include "names/lexicon.h"
#include "tables/folded_tokens.h"

namespace dateline::names {

/// Token i of the story, seen as a word.
struct Word {
  std::string_view form;
  WordFlags flags = 0;
  bool capital = false;  ///< begins with a capital letter
  bool upper = false;    ///< all letters are capitals, two or more
  bool starts = false;   ///< first word of a sentence or of a quotation
  bool glued = false;    ///< no white space before it
};

/// Tokens [first, last).
struct TokenRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  [[nodiscard]] std::uint32_t size() const { return last - first; }
  bool operator==(const TokenRange&) const = default;
};

/// Keeps views into the story and the lists; must outlive neither. Immutable.
class Reading {
 public:
  Reading(const Story& story, const Lexicon& lexicon);

  [[nodiscard]] const Word& operator[](std::size_t i) const { return words_[i]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }
  [[nodiscard]] const tables::FoldedTokens& folded() const { return folded_; }
  [[nodiscard]] std::string_view Folded(std::size_t i) const { return folded_[i]; }
  [[nodiscard]] bool Is(std::size_t i, WordFlags flags) const {
    return (words_[i].flags & flags) != 0;
  }
  /// The tokens of each sentence, in the order of Story::sentences.
  [[nodiscard]] const std::vector<TokenRange>& sentences() const { return sentences_; }
  /// The bytes that the tokens cover. REQUIRES: not empty.
  [[nodiscard]] Span SpanOf(TokenRange range) const {
    return {story_.tokens[range.first].span.begin, story_.tokens[range.last - 1].span.end};
  }
  /// The sentence a token stands in.
  [[nodiscard]] std::uint32_t SentenceOf(std::uint32_t token) const {
    return static_cast<std::uint32_t>(story_.tokens[token].sentence);
  }
  [[nodiscard]] const Story& story() const { return story_; }
  /// What the lists know of a word that need not stand in the story.
  [[nodiscard]] WordFlags FlagsOf(std::string_view folded) const { return lexicon_.Flags(folded); }

 private:
  void MarkStarts(TokenRange sentence);

  const Story& story_;
  const Lexicon& lexicon_;
  tables::FoldedTokens folded_;
  std::vector<Word> words_;
  std::vector<TokenRange> sentences_;
};

}  // namespace dateline::names
