/// Which words keep their full stop, and which of those may end a sentence all the same.
///
/// The list is compiled in, not a table of data/: tables cut their phrases with Tokenize, so the
/// tokenizer stands below them.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::text {

enum class Abbreviation : std::uint8_t {
  kNone,
  kTitle,   ///< stands before a name: "Mr.", "Gen."; never ends a sentence
  kNumber,  ///< stands before a number: "No.", "Fig."; an abbreviation only there
  kMonth,   ///< "Sept.", "Mon."; ends a sentence when no number follows
  kPlace,   ///< "Calif.": an abbreviation only after a comma
  kEnding,  ///< may end a sentence: "Inc.", "Jr.", "etc."
  kInner,   ///< goes on: "vs.", "approx."
};

/// `word` without its last full stop, as written. Letters with full stops between ("U.S", "a.m",
/// "Ph.D") are kEnding.
Abbreviation FindAbbreviation(std::string_view word);

/// "He", "The", "But": a capitalised word that begins sentences far more often than it goes on with
/// a name.
bool IsSentenceStarter(std::string_view word);

/// "said", "asked": verbs whose subject may come between a closing quote and them.
bool IsSpeechVerb(std::string_view word);

}  // namespace dateline::text
