/// The layout of a plain-text story: what is headline, byline, dateline, paragraph, related link …
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "dateline/article.h"
#include "dateline/document.h"
#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::article {

/// The words by which layouts are known, from the tables article/*.
class LayoutCues;

/// Shared, immutable.
struct Layouts {
  static Result<Layouts> Load(const tables::Tables& tables);
  std::shared_ptr<const LayoutCues> cues;
};

/// One story of a text. Spans are offsets into the whole text handed in.
struct Reading {
  Span extent;  ///< the part of the text that is this story, without outer white space
  Article article;
  std::vector<Block> blocks;  ///< sorted; see Block
};

/// What is known before the text is looked at.
struct Known {
  bool headline = false;   ///< the headline was given: the text opens with its body
  bool one_story = false;  ///< do not split
};

/// Finds the stories of a text and the structure of each. Text without a letter gives none.
/// `text` must come from text::Normalise. Linear time. Thread-safe.
std::vector<Reading> ReadArticles(std::string_view text, const Known& known,
                                  const Layouts& layouts);

}  // namespace dateline::article
