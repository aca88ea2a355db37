/// Frames: stretches of words in which a cue, its source and its content can be looked for.
///
/// A frame is a sentence, except that a sentence end inside a quotation does not count ("A. B.," he
/// said is one frame), nor one between a quotation and the clause that says whose it is ("A?" he
/// asked).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "quotes/cues.h"
#include "quotes/quotation.h"
#include "quotes/words.h"

namespace dateline::quotes {

/// Word positions [begin, end).
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] bool Contains(std::uint32_t at) const { return begin <= at && at < end; }
  bool operator==(const Range&) const = default;
};

/// The words of each sentence, by sentence. A sentence without words has an empty range.
std::vector<Range> SentenceRanges(const Story& story);

struct Frame {
  Range words;
  BlockIndex block{};
};

/// What is read of a story before attributions are looked for. Holds references into the story.
struct Reading {
  const Story* story = nullptr;
  std::shared_ptr<const Words> words{};  ///< never empty
  std::vector<Quotation> quotations{};   ///< those of depth 0
  std::vector<std::optional<std::uint32_t>>
      quotation_of{};                  ///< by word: the quotation it stands in, marks included
  std::vector<Range> quoted{};         ///< by quotation: its words, marks included
  std::vector<std::uint32_t> chain{};  ///< by quotation: the first of the speech it goes on with;
                                       ///< itself but where a paragraph left marks open
  std::vector<Frame> frames{};

  [[nodiscard]] const Word& word(std::uint32_t at) const { return words->words[at]; }
  [[nodiscard]] std::string_view text() const { return story->text; }
  [[nodiscard]] Span SpanOf(Range range) const {
    return {word(range.begin).span.begin, word(range.end - 1).span.end};
  }
};

/// The tables that reading needs.
struct Lexicon {
  WordClasses classes;
  CueTable cues;
};

/// Fills `quotation_of`, `quoted` and `chain` from `quotations` and `words`.
void PlaceQuotations(Reading& reading);

Reading ReadStory(const Story& story, const Lexicon& lexicon);

}  // namespace dateline::quotes
