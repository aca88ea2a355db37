// Words first (words.h), chunk by chunk; then sentences over the words of a block.
//
// A sentence ends at '.', '?', '!' or an ellipsis, with the closing quotes and brackets that are
// written right after it, unless what follows shows that it goes on: a word in lower case after a
// closing quote ('"Go!" he said'), a comma, or the name and verb of the speaker. An abbreviation
// ends a sentence only before a word that hardly ever goes on with it ("… of the U.S. The …").
#include "text/tokenize.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "text/abbreviations.h"
#include "text/unicode.h"
#include "text/words.h"

namespace dateline::text {
namespace {

bool IsWhite(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t SkipWhite(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && IsWhite(text[at])) ++at;
  return at;
}

std::size_t SkipChunk(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && !IsWhite(text[at])) ++at;
  return at;
}

/// The words of a block, appended to `out`.
void CutBlock(std::string_view text, Span block, std::vector<Span>& out) {
  const std::size_t first = out.size();
  std::size_t at = SkipWhite(text, block.begin, block.end);
  while (at < block.end) {
    const std::size_t end = SkipChunk(text, at, block.end);
    const std::size_t next = SkipWhite(text, end, block.end);
    const ChunkContext context{.previous = out.size() > first ? out.back().of(text) : "",
                               .next = next < block.end ? text[next] : '\0'};
    CutChunk(text, MakeSpan(at, end), context, out);
    at = next;
  }
}

/// Finds where the sentences of one block end.
class SentenceSplitter {
 public:
  SentenceSplitter(std::string_view text, std::span<const Span> words)
      : text_(text), words_(words) {}

  /// One past the last word of the sentence that begins with word `first`.
  [[nodiscard]] std::size_t EndOfSentence(std::size_t first) const {
    for (std::size_t i = first; i < words_.size(); ++i) {
      const Stop stop = StopAt(i);
      if (stop == Stop::kNone) continue;
      const std::size_t after = SkipClosing(i + 1);
      if (after >= words_.size()) break;
      if (Ends(first, i, after, stop)) return after;
    }
    return words_.size();
  }

 private:
  enum class Stop { kNone, kFullStop, kQuestion, kEllipsis, kAbbreviation };

  [[nodiscard]] std::string_view Word(std::size_t i) const { return words_[i].of(text_); }
  [[nodiscard]] bool SpaceBefore(std::size_t i) const {
    return i == 0 || words_[i - 1].end < words_[i].begin;
  }

  [[nodiscard]] Stop StopAt(std::size_t i) const {
    const std::string_view word = Word(i);
    const char last = word.back();
    if (last == '!' || last == '?')
      return word.size() == 1 || !HasLetter(word) ? Stop::kQuestion : Stop::kNone;
    if (word == "…") return Stop::kEllipsis;
    if (last != '.') return Stop::kNone;
    if (word.size() == 1) return Stop::kFullStop;
    if (word.find_first_not_of('.') == std::string_view::npos) return Stop::kEllipsis;
    return Stop::kAbbreviation;
  }

  /// Past the quotes and brackets written right after a stop.
  [[nodiscard]] std::size_t SkipClosing(std::size_t i) const {
    while (i < words_.size() && !SpaceBefore(i) && IsClosing(i)) ++i;
    while (IsReference(i)) i += 3;
    // A closing quote that stands apart, as tokenised text has it: "said . '' He".
    if (i < words_.size() && (Word(i) == "''" || Word(i) == "”")) ++i;
    return i;
  }

  /// "[3]" written right after the stop.
  [[nodiscard]] bool IsReference(std::size_t i) const {
    return i + 2 < words_.size() && !SpaceBefore(i) && Word(i) == "[" && AllDigits(Word(i + 1)) &&
           Word(i + 2) == "]";
  }

  [[nodiscard]] bool IsClosing(std::size_t i) const {
    const std::string_view word = Word(i);
    const char32_t c = FirstCodePoint(word);
    if (word == "''" || IsClosingQuote(c) || word == ")" || word == "]") return true;
    // A straight quote closes when a space or nothing follows.
    return (word == "\"" || word == "'") &&
           (i + 1 == words_.size() || SpaceBefore(i + 1) || IsClosing(i + 1));
  }

  /// The first word from `i` on that is no opening mark.
  [[nodiscard]] std::size_t SkipOpening(std::size_t i) const {
    while (i + 1 < words_.size() && IsOpening(i)) ++i;
    return i;
  }

  [[nodiscard]] bool IsOpening(std::size_t i) const {
    const std::string_view word = Word(i);
    return word == "\"" || word == "'" || word == "``" || word == "`" || word == "(" ||
           word == "[" || IsOpeningQuote(FirstCodePoint(word));
  }

  [[nodiscard]] bool Ends(std::size_t first, std::size_t stop_at, std::size_t after,
                          Stop stop) const {
    const std::size_t next = SkipOpening(after);
    const char32_t begin = FirstCodePoint(Word(next));
    const bool lower = IsLower(begin);
    const bool closed = after > stop_at + 1;
    if (begin == ',' || begin == ';' || begin == ':' || begin == ')') return false;
    switch (stop) {
      case Stop::kNone:
        return false;
      case Stop::kFullStop:
        return !(closed && lower) && !IsListNumber(first, stop_at) && SpaceOrCapital(after, begin);
      case Stop::kQuestion:
        return lower ? !closed && QuestionEnds(stop_at) : !(closed && SpeakerFollows(next));
      case Stop::kEllipsis:
        return IsUpper(begin) && SpaceBefore(after) && stop_at > first;
      case Stop::kAbbreviation:
        return AbbreviationEnds(stop_at, next, closed, after);
    }
    return false;
  }

  /// After a full stop something apart, or a capital ("home.The").
  [[nodiscard]] bool SpaceOrCapital(std::size_t after, char32_t begin) const {
    return SpaceBefore(after) || IsUpper(begin);
  }

  /// Careless writers begin in lower case after '?' and '!'; but "Yahoo! said" goes on.
  [[nodiscard]] bool QuestionEnds(std::size_t stop_at) const {
    return stop_at > 0 && !StartsUpper(Word(stop_at - 1));
  }

  /// "1." or "a." at the head of an item.
  [[nodiscard]] bool IsListNumber(std::size_t first, std::size_t stop_at) const {
    if (stop_at != first + 1) return false;
    const std::string_view word = Word(first);
    return (word.size() <= 3 && AllDigits(word)) || (word.size() == 1 && HasLetter(word));
  }

  [[nodiscard]] bool AbbreviationEnds(std::size_t at, std::size_t next, bool closed,
                                      std::size_t after) const {
    std::string_view word = Word(at);
    word.remove_suffix(1);
    const Abbreviation kind = FindAbbreviation(word);
    if (kind == Abbreviation::kTitle || kind == Abbreviation::kInner ||
        kind == Abbreviation::kNumber || word.size() == 1) {
      return false;
    }
    const std::string_view following = Word(next);
    const bool quote_opens = next > after && Word(after) != "(" && Word(after) != "[";
    if (closed || quote_opens) return IsUpper(FirstCodePoint(following));
    return IsSentenceStarter(following);
  }

  /// "Putin asked": capitalised words and a verb of speech.
  [[nodiscard]] bool SpeakerFollows(std::size_t i) const {
    const std::size_t limit = std::min(words_.size(), i + 5);
    for (; i < limit; ++i) {
      if (IsSpeechVerb(Word(i))) return true;
      if (!StartsUpper(Word(i))) return false;
    }
    return false;
  }

  std::string_view text_;
  std::span<const Span> words_;
};

void AddSentences(std::string_view text, BlockIndex block, std::span<const Span> words,
                  Tokenized& out) {
  const SentenceSplitter splitter(text, words);
  for (std::size_t first = 0; first < words.size();) {
    const std::size_t end = splitter.EndOfSentence(first);
    const auto sentence = static_cast<SentenceIndex>(out.sentences.size());
    out.sentences.push_back({{words[first].begin, words[end - 1].end}, block});
    for (; first < end; ++first) {
      Token& token = out.tokens.emplace_back();
      token.span = words[first];
      token.sentence = sentence;
    }
  }
}

}  // namespace

Tokenized Tokenize(std::string_view text, const std::vector<Block>& blocks) {
  // All words first: a Token is large, so room for them is made once.
  std::vector<Span> words;
  words.reserve(text.size() / 5);
  std::vector<std::size_t> ends;
  ends.reserve(blocks.size());
  for (const Block& block : blocks) {
    if (IsProse(block.kind)) CutBlock(text, block.span, words);
    ends.push_back(words.size());
  }
  Tokenized out;
  out.tokens.reserve(words.size());
  std::size_t first = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto of_block = std::span(words).subspan(first, ends[i] - first);
    AddSentences(text, static_cast<BlockIndex>(i), of_block, out);
    first = ends[i];
  }
  return out;
}

}  // namespace dateline::text
