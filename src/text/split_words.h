/// A paragraph to words, by the conventions of Universal Dependencies English (EWT, GUM).
///
///   std::vector<text::Word> words;
///   text::SplitWords(story, block.span, words);  // "We can't go." → We | ca | n't | go | .
///
/// The twin of train/tokenizer.py, which is the specification and holds the reasons of its rules.
#pragma once

#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline::text {

/// A word; its form is the text of its span.
struct Word {
  Span span;
  bool glued = false;      ///< touches the word before in its paragraph
  bool continues = false;  ///< belongs to the token of the word before: the "n't" of "can't"
  bool operator==(const Word&) const = default;
};

/// Appends the words of the paragraph `block`, in order; every character of it that is not white
/// space lies in just one. Nothing outside the block is looked at. REQUIRES: valid UTF-8, and a
/// block on code point boundaries. Linear time; eight bytes of memory for each of the block while
/// it runs. Thread-safe.
void SplitWords(std::string_view text, Span block, std::vector<Word>& out);

/// The stretches between blank lines that hold more than white space: the paragraphs of a plain
/// text. Linear time.
std::vector<Span> SplitParagraphs(std::string_view text);

}  // namespace dateline::text
