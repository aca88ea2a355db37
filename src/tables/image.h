/// One table as bytes: what the compiled file holds of it, and what an overlay makes anew.
/// docs/formats/tables.md describes the bytes one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "dateline/result.h"
#include "tables/schema.h"
#include "tables/sheet.h"

namespace dateline::tables {

inline constexpr std::size_t kImageAlignment = 8;

/// A slot of a hash index: `hash` is the upper half of the 64-bit hash, `value` 0 when it is empty.
struct Slot {
  std::uint32_t hash = 0;
  std::uint32_t value = 0;
};

/// A phrase: its folded tokens joined by ' ', and its rows.
struct Phrase {
  std::uint32_t text = 0;       ///< offset in the pool
  std::uint32_t first_row = 0;  ///< position in the list of rows
  std::uint32_t row_count = 0;
};

/// Makes the bytes of a table. REQUIRES: the sheet is free of problems. Same sheet, same bytes.
/// kTooLarge when a table outgrows 4 GiB.
Result<std::string> MakeImage(const Sheet& sheet, const Schema& schema);

/// Reads an image in place; every offset is checked before it is followed, so that bytes of any
/// origin do no harm. Immutable, thread-safe, cheap to copy.
class Image {
 public:
  /// kMalformed when a section does not lie in `bytes`. Time does not depend on the cells.
  /// REQUIRES: `bytes` begin at a multiple of kImageAlignment and outlive the image.
  static Result<Image> Open(std::string_view bytes);

  [[nodiscard]] std::string_view name() const { return String(name_); }
  /// The directive lines of the source, one a line, without "#:".
  [[nodiscard]] std::string_view directives() const { return String(directives_); }
  [[nodiscard]] std::uint32_t row_count() const { return rows_; }
  [[nodiscard]] std::uint32_t column_count() const {
    return static_cast<std::uint32_t>(columns_.size());
  }
  [[nodiscard]] std::string_view ColumnName(std::uint32_t column) const {
    return String(columns_[column]);
  }
  /// Empty when there is no such cell.
  [[nodiscard]] std::string_view Cell(std::uint32_t row, std::uint32_t column) const;
  [[nodiscard]] std::optional<std::uint32_t> FindRow(std::span<const std::string_view> key) const;
  /// The lengths (bit n - 1: n tokens) of the phrases that may begin with a token of this hash.
  [[nodiscard]] std::uint32_t PhraseLengths(std::uint64_t token_hash) const;
  /// The rows of the phrase made of just these folded tokens; empty when there is none.
  [[nodiscard]] std::span<const std::uint32_t> FindPhrase(
      std::uint64_t hash, std::span<const std::string_view> tokens) const;

 private:
  [[nodiscard]] std::string_view String(std::uint32_t offset) const;

  std::uint32_t name_ = 0;
  std::uint32_t directives_ = 0;
  std::uint32_t rows_ = 0;
  std::span<const std::uint32_t> columns_;
  std::span<const std::uint32_t> key_columns_;
  std::span<const std::uint32_t> cells_;
  std::span<const std::uint32_t> key_slots_;
  std::span<const Slot> first_slots_;
  std::span<const Slot> phrase_slots_;
  std::span<const Phrase> phrases_;
  std::span<const std::uint32_t> phrase_rows_;
  std::string_view pool_;
};

}  // namespace dateline::tables
