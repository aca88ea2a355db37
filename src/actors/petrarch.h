/// Actor, agent and discard dictionaries of TABARI, PETRARCH and their kin, read as they are and
/// written as tables of ours (docs/formats/actor-dictionaries.md has the grammar).
///
///   FARID_OSMAN_                  ; an actor with codes by date
///   +GENERAL_OSMAN_
///     [KYLREB <920418] [KYLGOV 920418-991231] [KYLELI >19991231]
///   !MINISTER! = MINISTER, MINISTERS
///   DEFENSE_!MINISTER! [~GOVMIL]  ; agents: what people are
///   FISHERMAN {FISHERMEN} [~LAB]
///   +KYLELAND_STAR                # discards: + leaves out the story, else the sentence
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::actors {

enum class DictionaryKind : std::uint8_t { kActors, kAgents, kDiscards };

/// An actor's code and the days it holds: both included, as FormatDate writes them; empty: open.
struct DatedCode {
  std::string code;  ///< "---": nobody
  std::string from;
  std::string to;
  bool operator==(const DatedCode&) const = default;
};

struct DictionaryEntry {
  std::vector<std::string> names;    ///< the first heads the entry; others are its synonyms
  std::vector<std::string> plurals;  ///< agents only
  std::vector<DatedCode> codes;      ///< discards have none
  bool story = false;                ///< a discard that leaves out the whole story
  std::size_t line = 0;              ///< where it begins
  bool operator==(const DictionaryEntry&) const = default;
};

struct DictionaryFile {
  DictionaryKind kind = DictionaryKind::kActors;
  std::string file;
  std::vector<DictionaryEntry> entries;
  std::vector<Error>
      problems;  ///< "file:line: what is wrong"; that line, or part of it, is skipped
};

/// What sort of dictionary the text is: its name tells ("agents", "discards"), else its codes do.
DictionaryKind GuessKind(std::string_view text, std::string_view file);

/// Reads any bytes; what cannot be read is a problem, never an error.
DictionaryFile ReadDictionary(std::string_view text, std::string file, DictionaryKind kind);

/// Tables to be written to a folder for `--data`: path below it, and text. Rows are sorted, so that
/// the same dictionaries give the same bytes. Entries of a name that stands twice are joined; where
/// two codes of a name begin on one day the first stays and the others are added to `problems`.
std::map<std::string, std::string> MakeOverlay(std::span<const DictionaryFile> files,
                                               std::vector<Error>& problems);

}  // namespace dateline::actors
