/// Text to the small pieces that time patterns are written in.
///
/// Finer than words: "mid-1990s" is "mid" "-" "1990s", "10:30" is "10" ":" "30". Number words join
/// ("twenty-four" is one NUM of 24, "nineteen ninety-six" one YEAR), and so do "19th", "1990s",
/// "a.m.", "Jan." and "2 1/2".
#pragma once

#include <string_view>
#include <vector>

#include "dateline/span.h"
#include "timex/vocabulary.h"

namespace dateline::timex {

struct Lexeme {
  Span span{};
  const Word* word = nullptr;  ///< null: no word of the tables
  ClassSet classes = 0;
  int number = 0;        ///< of the digit and number classes
  bool half = false;     ///< half a unit more: "2 1/2", "2.5"
  bool glued = false;    ///< no white space before it
  bool capital = false;  ///< begins with a capital letter
  bool past = false;     ///< looks like a past form: ends in -ed
};

/// Number of the lexeme as a member of that class: the table's value for words, else the digits'.
int NumberOf(const Lexeme& lexeme, ClassId id);
/// Text of the lexeme's value in that class; empty for digits.
std::string_view TextOf(const Lexeme& lexeme, ClassId id);

/// Appends the lexemes of `text[part)`. Linear time. Thread-safe.
void Lex(std::string_view text, Span part, const Vocabulary& vocabulary, std::vector<Lexeme>& out);

}  // namespace dateline::timex
