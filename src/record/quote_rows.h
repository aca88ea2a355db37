/// What the rows and lines of quotes say in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dateline/record.h"
#include "dateline/story.h"
#include "record/rows.h"

namespace dateline::record {

/// An attribution for somebody who has not got the record.
struct QuoteWords {
  std::string speaker;  ///< name of the entity, else the words of the story; empty: nobody is named
  std::string role;     ///< the speaker's first title in the story
  std::string country;
  std::string actor;
  std::string source;  ///< the words of the story
  std::string cue;
  std::string quote;     ///< parts with " … " between them
  std::string date;      ///< the day named beside the cue, else that of publication
  std::string sentence;  ///< around the cue, else around the beginning of the quote
};
QuoteWords WordsOf(const Story& story, const Attribution& attribution);

/// The rows of WriteQuoteRows by their cells.
std::vector<Fields> QuoteFields(const Story& story, const Choice& choice);
/// The names of their columns; cells without meaning.
Fields QuoteFieldNames();

}  // namespace dateline::record
