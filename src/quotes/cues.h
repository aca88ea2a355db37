/// The words that say that somebody says something: data/quotes/cues.tsv.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::quotes {

enum class CueKind : std::uint8_t { kVerb, kNoun, kPreposition, kAdverb };

/// One row of the table, its patterns as flags.
struct Cue {
  std::string lemma{};              ///< "say", "call for"
  std::vector<std::string> rest{};  ///< the words after the first: {"for"}
  CueKind kind = CueKind::kVerb;
  bool quote = false;                       ///< stands beside a quotation
  bool that = false;                        ///< a clause with "that"
  bool bare = false;                        ///< a clause without it
  bool post = false;                        ///< may follow what is said
  bool wh = false;                          ///< whether, how …
  bool hearer = false;                      ///< the hearer may stand before the content
  bool to = false;                          ///< an infinitive
  bool object_to = false;                   ///< an object and an infinitive
  bool noun = false;                        ///< a noun phrase
  bool refusal = false;                     ///< to decline to say is to say nothing
  std::vector<std::string> prepositions{};  ///< that open the content: {"of", "for"}
};

/// Immutable.
class CueTable {
 public:
  static Result<CueTable> Load(const tables::Tables& tables);
  /// The cues whose first word has this lemma, longest first.
  [[nodiscard]] const std::vector<Cue>& Of(std::string_view lemma, CueKind kind) const;

 private:
  std::array<base::TextMap<std::vector<Cue>>, 4> cues_;  ///< by kind
  std::vector<Cue> none_;
};

}  // namespace dateline::quotes
