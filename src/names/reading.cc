#include "names/reading.h"

#include "text/unicode.h"

namespace dateline::names {
namespace {

bool OpensQuotation(std::string_view form) {
  return form == "\"" || form == "“" || form == "‘" || form == "``" || form == "'" || form == "«";
}

/// Marks behind which a new sentence may begin even where the cutter saw none.
bool EndsSentence(std::string_view form) {
  return form == ":" || form == "." || form == "!" || form == "?" || form == "..." || form == "…" ||
         form == "•" || form == "*";
}

bool IsMark(std::string_view form) { return !text::HasLetter(form) && !text::HasDigit(form); }

}  // namespace

Reading::Reading(const Story& story, const Lexicon& lexicon)
    : story_(story),
      lexicon_(lexicon),
      folded_(story.text, story.tokens),
      words_(story.tokens.size()),
      sentences_(story.sentences.size()) {
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    const Token& token = story.tokens[i];
    Word& word = words_[i];
    word.form = FormOf(token, story.text);
    word.flags = lexicon.Flags(folded_[i]);
    word.capital = text::StartsUpper(word.form);
    word.upper = word.capital && word.form.size() > 1 && text::IsAllUpper(word.form);
    word.glued = i > 0 && token.span.begin == end;
    end = token.span.end;
    TokenRange& sentence = sentences_[Raw(token.sentence)];
    if (sentence.size() == 0) sentence.first = i;
    sentence.last = i + 1;
  }
  for (const TokenRange sentence : sentences_) MarkStarts(sentence);
}

/// The first word that is no mark, and those just after an opening quotation mark.
void Reading::MarkStarts(TokenRange sentence) {
  bool start = true;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (OpensQuotation(words_[i].form)) {
      start = start || !words_[i].glued;
      continue;
    }
    if (IsMark(words_[i].form)) {
      start = start || EndsSentence(words_[i].form);
      continue;
    }
    words_[i].starts = start;
    start = false;
  }
}

}  // namespace dateline::names
