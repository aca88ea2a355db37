/// Text to sentences and words after Universal Dependencies (EWT/GUM conventions).
#pragma once

#include <string_view>
#include <vector>

#include "dateline/document.h"

namespace dateline::text {

struct Tokenized {
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
};

/// Cuts the given blocks (those for which IsProse holds) into sentences and words. Sentences never
/// cross a block's end. Every byte of such a block that is not white space lies in just one token.
/// Linear time. Thread-safe.
Tokenized Tokenize(std::string_view text, const std::vector<Block>& blocks);

}  // namespace dateline::text
