/// The story record: one JSON object per story, the contract between the engine and all around it
/// (docs/formats/story-record.md).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"

namespace dateline {

/// What offsets in a record count. kSource: bytes of the input as handed in, before normalisation;
/// facts without a place there are left out.
enum class OffsetUnit : std::uint8_t { kBytes, kChars, kUtf16, kSource };

struct RecordOptions {
  bool tokens = false;  ///< write "tokens" too
  bool indent = false;  ///< one field a line, for people
  /// Write what else times and places may mean: "alternative", "score", "alternatives";
  /// and "candidates", the rules of events that were tried.
  bool explain = false;
  OffsetUnit offsets = OffsetUnit::kBytes;
};

/// Writes one JSON object, without a final line feed. Same story and options, same bytes.
/// Always valid UTF-8 JSON. Thread-safe.
std::string WriteRecord(const Story& story, const RecordOptions& options = {});

/// Reads a record written with OffsetUnit::kBytes. ReadRecord(WriteRecord(s, {.tokens = true,
/// .explain = true})) equals `s` but for `alignment`, which records do not carry. Every span is
/// checked to lie in the text and not to cut a character; kMalformed names the field that is wrong
/// ("events[2].trigger").
Result<Story> ReadRecord(std::string_view json);

/// Which facts of a story to write, by their places in its list; absent: all.
using Choice = std::optional<std::vector<std::uint32_t>>;
inline bool IsChosen(const Choice& choice, std::size_t place) {
  return !choice || std::ranges::find(*choice, place) != choice->end();
}

/// One JSON object a line for each event: {"story", "path", "headline", "published", "event"} with
/// the event as in the record, and "source", "target" and "text": names and evidence in words.
std::string WriteEventLines(const Story& story, const RecordOptions& options = {},
                            const Choice& choice = {});
/// The names of the columns of WriteEventRows, with a line end.
std::string EventRowHeader();
/// One CSV row (RFC 4180) for each event. Several actors, counts … of one event share a cell, "|"
/// between them.
std::string WriteEventRows(const Story& story, const Choice& choice = {});

/// One JSON object a line for each attribution, nested ones too: {"story", "path", "url",
/// "headline", "published", "speaker", "role", "country", "actor", "kind", "cue", "quote", "date",
/// "sentence", "attribution"}, the last as in the record without those nested in it, with "inside".
std::string WriteQuoteLines(const Story& story, const RecordOptions& options = {},
                            const Choice& choice = {});
/// The names of the columns of WriteQuoteRows, with a line end.
std::string QuoteRowHeader();
/// One CSV row (RFC 4180) for each attribution, nested ones too.
std::string WriteQuoteRows(const Story& story, const Choice& choice = {});

/// CoNLL-U of the sentences with tokens: names as `NER=B-PER` in MISC, `SpaceAfter=No`,
/// `# newdoc id`, `# newpar`, `# sent_id`, `# text`. Ends with an empty line per sentence.
std::string WriteConllu(const Story& story);

/// Stories from CoNLL-U, one for each `# newdoc` (all in one when there is none): text, a block for
/// each `# newpar`, sentences and tokens with names from MISC. Words of a range take their parts of
/// its letters; where they are not its letters ("du" for "de le"), Token::form holds them.
/// ReadConllu(WriteConllu(s)) has the tokens of `s`. kMalformed for what is no CoNLL-U (`where` is
/// ":line").
Result<std::vector<Story>> ReadConllu(std::string_view bytes);

}  // namespace dateline
