/// The folded tokens of a story, made once and matched against any number of tables.
///
///   const FoldedTokens folded(story.text, story.tokens);
///   const auto match = countries->MatchPhrase(folded, i, sentence_end);
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/document.h"

namespace dateline::tables {

/// Owns its words; keeps nothing of the text it was made from. Immutable, safe to share; words stay
/// where they are when the object is moved. Token i of the story is word i.
class FoldedTokens {
 public:
  /// Folds FormOf every token (FoldPhraseToken). Linear time.
  FoldedTokens(std::string_view text, std::span<const Token> tokens);
  explicit FoldedTokens(std::span<const std::string_view> words);

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const { return words_[i]; }
  [[nodiscard]] std::span<const std::string_view> words() const { return words_; }
  /// HashToken (phrase_hash.h) of each word.
  [[nodiscard]] std::span<const std::uint64_t> hashes() const { return hashes_; }

 private:
  void Add(std::string_view word);
  void Finish();

  std::vector<char> letters_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> words_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace dateline::tables
