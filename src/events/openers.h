/// The words that the phrases of a table begin with, asked in a few instructions before the table
/// itself is: most words begin none.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dateline/result.h"
#include "tables/folded_tokens.h"
#include "tables/phrase_hash.h"
#include "tables/tables.h"

namespace dateline::events {

class PhraseOpeners {
 public:
  /// Of a column of phrases.
  static Result<PhraseOpeners> Load(const tables::Table& table, std::string_view column) {
    DATELINE_TRY(const tables::Column phrases, table.GetColumn(column));
    PhraseOpeners openers;
    for (std::uint32_t row = 0; row < table.row_count(); ++row) {
      for (const std::string_view phrase : tables::Values(table.Cell(row, phrases))) {
        const auto words = tables::FoldPhrase(phrase);
        if (!words.empty()) openers.marks_.set(tables::HashToken(words.front()) % kMarks);
      }
    }
    return openers;
  }
  /// False for most words that begin no phrase, true for all others.
  [[nodiscard]] bool MayOpen(const tables::FoldedTokens& words, std::size_t at) const {
    return marks_[words.hashes()[at] % kMarks];
  }

 private:
  static constexpr std::size_t kMarks = 16384;
  std::bitset<kMarks> marks_;
};

}  // namespace dateline::events
