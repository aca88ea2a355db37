/// How something is said: to whom, where, and whether it is said at all.
#pragma once

#include <memory>
#include <string>

#include "base/text_map.h"
#include "dateline/result.h"
#include "quotes/finding.h"
#include "tables/tables.h"

namespace dateline::quotes {

/// Words of data/quotes/media.tsv: what things are said in, and what marks a quotation that is no
/// speech. Immutable.
class MediaTable {
 public:
  static Result<MediaTable> Load(const tables::Tables& tables);
  /// "interview", "letter", "X": what one says something in.
  [[nodiscard]] bool IsMedium(std::string_view lemma) const { return Has(lemma, 1); }
  /// "TV", "newspaper", "Reuters": one tells them and reaches others.
  [[nodiscard]] bool IsOutlet(std::string_view lemma) const { return Has(lemma, 2); }

 private:
  [[nodiscard]] bool Has(std::string_view lemma, unsigned kind) const;
  base::TextMap<unsigned> kinds_;
};

/// Fills addressee, medium, negated and modal of `found.made` from the tree around its cue.
void SetManner(const Reading& reading, const Graph& graph, const CueTable& cues,
               const MediaTable& media, Finding& found);

}  // namespace dateline::quotes
