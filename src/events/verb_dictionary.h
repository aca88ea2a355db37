/// Verb dictionaries of PETRARCH and TABARI (CAMEO.2.0 and its kin) read as they are and written as
/// tables of ours (docs/formats/verb-dictionaries.md has the grammar).
///
///   &AIRCRAFT                      # a set of words
///   +FIGHTER_JET
///   --- STRIKE [190] ---           # a block with its code
///   STRIKE {STRIKES STRUCK}        # a verb of the block, which may have a code of its own
///   +OPEN_FIRE [193]               # … of several words
///   - * {ARMS DEPOT} [190]         # what stands beside the verb, and the code it gives
///   - &AIRCRAFT * (ON TOWN) [195]
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::events {

/// A set of words: "&AIRCRAFT".
struct VerbSet {
  std::string name;                ///< as our tables name it: "petr.aircraft"
  std::vector<std::string> words;  ///< in lower case, singular and as written
  std::size_t line = 0;
  bool operator==(const VerbSet&) const = default;
};

/// A row for patterns.tsv.
struct VerbPattern {
  std::string cameo;
  std::vector<std::string> triggers;
  std::string frame;
  std::string words;  ///< may be empty
  std::string text;   ///< the line as written, without its comment
  std::size_t line = 0;
  bool operator==(const VerbPattern&) const = default;
};

struct VerbDictionary {
  std::string file;
  std::vector<VerbSet> sets;
  std::vector<VerbPattern> patterns;
  std::size_t uncoded = 0;      ///< patterns whose code is "---": they tell no event
  std::vector<Error> problems;  ///< "file:line: what is wrong"; that line is skipped
};

/// Whether a code may stand in a table.
using IsCode = std::function<bool(std::string_view)>;

/// Reads any bytes; what cannot be read is a problem, never an error.
VerbDictionary ReadVerbDictionary(std::string_view text, std::string file, const IsCode& is_code);

/// "events/words.tsv" and "events/patterns.tsv" for a folder for `--data`, by path. The same
/// dictionaries give the same bytes. A set named twice keeps the words of both.
std::map<std::string, std::string> MakeVerbOverlay(std::span<const VerbDictionary> files);

}  // namespace dateline::events
