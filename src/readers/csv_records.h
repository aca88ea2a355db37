/// Where the records of a table begin and end, and what its cells hold (RFC 4180).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/columns.h"

namespace dateline::readers {

/// Follows a table byte by byte: quotes open only at the begin of a cell, "" inside is one quote.
class CsvScanner {
 public:
  explicit CsvScanner(char delimiter = ',') : delimiter_(delimiter) {}
  /// The place behind the line end that closes the record, when it lies in `bytes`; else the state
  /// is kept for the bytes that follow.
  std::optional<std::size_t> FindEnd(std::string_view bytes);
  /// Whether the last byte seen lies within quotes.
  [[nodiscard]] bool quoted() const { return state_ == State::kQuoted; }
  void Reset() { state_ = State::kCellBegin; }

 private:
  enum class State : std::uint8_t { kCellBegin, kPlain, kQuoted, kQuoteSeen };
  char delimiter_;
  State state_ = State::kCellBegin;
};

/// The cells of one record, unquoted, without its line end.
std::vector<std::string> SplitCells(std::string_view record, char delimiter);

/// Whether the bytes begin with a header that names the column of a story's text, or of its
/// headline and something else, and the next record has as many cells.
bool LooksLikeCsv(std::string_view head);

/// The delimiter under which the first record is such a header, else under which it has most
/// cells: comma, tab, semicolon or bar.
char FindDelimiter(std::string_view head);

}  // namespace dateline::readers
