/// The knowledge tables of data/, compiled into one checksummed file that is mapped into memory.
///
/// A table is a TSV file: comment lines '#', directive lines '#:' (see docs/formats/tables.md), a
/// header line, one fact a row. `data/actors/countries.tsv` is the table "actors/countries".
///
///   DATELINE_TRY(const Tables tables, Tables::Load(path, {}));
///   DATELINE_TRY(const Table* cues, tables.Get("article/cues"));
///   DATELINE_TRY(const Column label, cues->GetColumn("label"));
///   for (std::uint32_t row = 0; row < cues->row_count(); ++row) Use(cues->Cell(row, label));
///
/// Names in running text, longest first:
///
///   const FoldedTokens folded(story.text, story.tokens);  // once a story, for every table
///   const auto match = countries->MatchPhrase(folded, token, sentence_end);
///   if (match) Use(match->length, match->rows);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "tables/folded_tokens.h"  // IWYU pragma: export

namespace dateline::tables {

enum class Column : std::uint32_t {};

/// One phrase found at the start of a token sequence: `length` tokens, and the rows that name it.
struct PhraseMatch {
  std::uint32_t length = 0;
  std::span<const std::uint32_t> rows;
};

/// An immutable table. Cells are views into memory that lives as long as the Tables object.
class Table {
 public:
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] std::uint32_t row_count() const;
  [[nodiscard]] std::span<const std::string_view> column_names() const;
  /// kMalformed naming the table and the column when there is no such column.
  [[nodiscard]] Result<Column> GetColumn(std::string_view column) const;
  /// REQUIRES: row < row_count().
  [[nodiscard]] std::string_view Cell(std::uint32_t row, Column column) const;

  /// The row whose key columns ('#: key = a b') hold these cells; absent when none does.
  [[nodiscard]] std::optional<std::uint32_t> FindRow(std::span<const std::string_view> key) const;

  /// The longest phrase ('#: phrases = name|variants') that `tokens` begin with, compared folded
  /// (FoldPhraseToken). O(longest phrase). Callers who mind case compare with the cell.
  [[nodiscard]] std::optional<PhraseMatch> MatchPhrase(
      std::span<const std::string_view> folded_tokens) const;
  /// The longest phrase that begins at token `first` and ends before or at `end`; a token that
  /// begins no phrase costs one probe. REQUIRES: first <= end <= tokens.size().
  [[nodiscard]] std::optional<PhraseMatch> MatchPhrase(const FoldedTokens& tokens,
                                                       std::size_t first, std::size_t end) const;

 private:
  friend class Tables;
  struct View;
  std::shared_ptr<const View> view_;
};

/// Lower case, without accents, curly apostrophes straight (text::Fold): how phrases are
/// compared. REQUIRES: valid UTF-8.
std::string FoldPhraseToken(std::string_view token);
/// Splits a phrase into folded tokens just as text::Tokenize cuts running text.
std::vector<std::string> FoldPhrase(std::string_view phrase);

/// Splits a cell at '|'. Empty cell: no values.
std::vector<std::string_view> Values(std::string_view cell);

/// All tables. Immutable, thread-safe.
class Tables {
 public:
  /// Maps the compiled file and checks magic, version, size and checksum; then reads each overlay
  /// folder in turn: a row whose key is known replaces that row, others are added; a file unknown
  /// to the compiled tables becomes a table of its own. Errors in an overlay carry file:line.
  static Result<Tables> Load(const std::filesystem::path& compiled,
                             std::span<const std::filesystem::path> overlays);

  /// Null when there is no such table.
  [[nodiscard]] const Table* Find(std::string_view name) const;
  /// kNotFound naming the table.
  [[nodiscard]] Result<const Table*> Get(std::string_view name) const;
  /// XXH3-64 of the compiled bytes and overlays, 16 hex digits.
  [[nodiscard]] std::string Fingerprint() const;

 private:
  struct Impl;
  static Result<void> OpenCompiled(Impl& impl);
  static Result<void> LayOver(Impl& impl, const std::filesystem::path& folder);
  static Result<void> PutTable(Impl& impl, std::string image_bytes);

  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::tables
