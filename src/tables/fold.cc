#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "tables/folded_tokens.h"
#include "tables/phrase_hash.h"
#include "tables/tables.h"
#include "text/split_words.h"
#include "text/unicode.h"

namespace dateline::tables {

std::string FoldPhraseToken(std::string_view token) { return text::Fold(token); }

std::vector<std::string> FoldPhrase(std::string_view phrase) {
  // Inside a sentence a title or a company keeps its full stop ("Gov.", "Co."); at the end of a
  // text it would be cut off. So the phrase is read with a word behind it.
  const std::string text = std::string(phrase) + " said";
  std::vector<text::Word> words;
  text::SplitWords(text, MakeSpan(0, text.size()), words);
  std::vector<std::string> folded;
  folded.reserve(words.size());
  for (const text::Word& word : words) folded.push_back(FoldPhraseToken(word.span.of(text)));
  if (!folded.empty()) folded.pop_back();
  return folded;
}

std::vector<std::string_view> Values(std::string_view cell) {
  std::vector<std::string_view> values;
  if (cell.empty()) return values;
  for (std::size_t at = 0;;) {
    const std::size_t bar = cell.find('|', at);
    values.push_back(cell.substr(at, bar - at));
    if (bar == std::string_view::npos) return values;
    at = bar + 1;
  }
}

FoldedTokens::FoldedTokens(std::string_view text, std::span<const Token> tokens) {
  letters_.reserve(text.size());
  ends_.reserve(tokens.size());
  for (const Token& token : tokens) Add(FormOf(token, text));
  Finish();
}

FoldedTokens::FoldedTokens(std::span<const std::string_view> words) {
  for (const std::string_view word : words) Add(word);
  Finish();
}

void FoldedTokens::Add(std::string_view word) {
  // As FoldPhraseToken does, and in place where the word is plain.
  const auto begin = static_cast<std::ptrdiff_t>(letters_.size());
  letters_.insert(letters_.end(), word.begin(), word.end());
  bool plain = true;
  for (auto c = letters_.begin() + begin; c != letters_.end(); ++c) {
    plain = plain && static_cast<unsigned char>(*c) < 0x80;
    *c = base::Lower(*c);
  }
  if (!plain) {
    letters_.resize(static_cast<std::size_t>(begin));
    const std::string folded = FoldPhraseToken(word);
    letters_.insert(letters_.end(), folded.begin(), folded.end());
  }
  ends_.push_back(letters_.size());
}

void FoldedTokens::Finish() {
  words_.reserve(ends_.size());
  hashes_.reserve(ends_.size());
  const std::string_view all(letters_.data(), letters_.size());
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    words_.push_back(all.substr(begin, end - begin));
    hashes_.push_back(HashToken(words_.back()));
    begin = end;
  }
}

}  // namespace dateline::tables
