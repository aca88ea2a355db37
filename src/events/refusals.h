/// Turns of phrase that look like an act and are none: "struck a deal", "a campaign rally".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/result.h"
#include "events/matcher.h"
#include "tables/tables.h"

namespace dateline::events {

/// The rows of data/events/refusals.tsv (docs/pattern-language.md). Immutable after Load;
/// thread-safe.
class RefusalTable {
 public:
  /// Errors: kMalformed when a row names an unknown class of words or place.
  static Result<RefusalTable> Load(const tables::Tables& tables, Vocabulary& vocabulary);

  /// The id of the first row that takes the match back; empty when none does.
  [[nodiscard]] std::string_view Of(const Scene& scene, const Match& match) const;

 private:
  /// Where the words of a row stand, seen from the trigger.
  enum class Where : std::uint8_t {
    kAfter,     ///< directly behind it
    kBefore,    ///< directly before it, or as what it is compounded with
    kObject,    ///< as its object
    kSubject,   ///< as its subject
    kDomain,    ///< in its domain
    kSentence,  ///< anywhere; without words in every sentence
    kNobody,    ///< the match has no source, whatever words stand there
  };
  struct Row {
    std::string id;
    std::vector<std::string> of;  ///< prefixes of codes or rules; empty: of all
    Where where = Where::kDomain;
    WordPhrases words{};
    WordPhrases unless{};  ///< words of the sentence that save the match
  };
  static Result<Row> ReadRow(const tables::Table& table, std::uint32_t row, const WordSets& classes,
                             Vocabulary& vocabulary);
  [[nodiscard]] static bool Fits(const Row& row, const Scene& scene, const Match& match);

  std::vector<Row> rows_;
  base::TextMap<std::vector<std::uint32_t>> by_lemma_;  ///< rows, by the trigger's first lemma
};

}  // namespace dateline::events
