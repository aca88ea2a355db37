/// Rows of an answer as a table for people, CSV, TSV, JSON lines or Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "dateline/archive.h"
#include "output.h"
#include "record/rows.h"

namespace dateline::cli {

/// A cell of text; a number keeps its kind in JSON and stands to the right in a table.
SqlValue TextCell(std::string text);
SqlValue NumberCell(std::uint64_t value);
/// With `digits` behind the point; null where there is none.
SqlValue RealCell(std::optional<double> value, int digits = 2);

/// For people the columns are as wide as the first rows need.
///
///   RowPrinter printer({.form = TableForm::kTsv}, output);
///   printer.Begin({"month", "events"});
///   printer.Row({TextCell("2031-05"), NumberCell(7)});
///   printer.Finish();
class RowPrinter {
 public:
  struct Options {
    TableForm form = TableForm::kText;
    bool safe = false;  ///< TSV too holds nothing that a spreadsheet takes for a formula
  };

  RowPrinter(const Options& options, Output& output) : options_(options), output_(output) {}

  void Begin(const std::vector<std::string>& names);
  /// False when no more rows are wanted: the reader went away, or a signal came.
  bool Row(const std::vector<SqlValue>& values);
  void Finish();

 private:
  [[nodiscard]] record::Fields Fields(const std::vector<SqlValue>& values) const;
  [[nodiscard]] std::string Line(const std::vector<SqlValue>& values) const;
  void Measure();
  void Flush();
  [[nodiscard]] std::string Padded(const std::vector<SqlValue>& row, bool head) const;

  Options options_;
  Output& output_;
  std::vector<std::string> names_;
  std::vector<std::vector<SqlValue>> waiting_;
  std::vector<std::size_t> widths_;
  std::vector<bool> right_;  ///< columns of numbers
  bool head_written_ = false;
};

}  // namespace dateline::cli
