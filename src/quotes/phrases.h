/// Quotation marks around words that nobody is found to say: terms, titles, names, headings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.h"
#include "dateline/attribution.h"
#include "dateline/result.h"
#include "quotes/graph.h"
#include "tables/tables.h"

namespace dateline::quotes {

/// Words that say what the quotation behind them is: data/quotes/quoted.tsv. Immutable.
class QuotedTable {
 public:
  static Result<QuotedTable> Load(const tables::Tables& tables);
  [[nodiscard]] std::optional<QuotedKind> Of(std::string_view lemma) const;

 private:
  base::TextMap<QuotedKind> kinds_;
};

/// The outermost quotations without a word in `taken`, each with what it looks like. Sorted.
std::vector<QuotedPhrase> FindQuotedPhrases(const Reading& reading, const Graph& graph,
                                            const QuotedTable& table,
                                            const std::vector<bool>& taken);

}  // namespace dateline::quotes
