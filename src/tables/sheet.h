/// A TSV file as read: directives, header, rows; and the list of what is wrong with it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::tables {

/// Collects lint errors. At most kMaxPerFile are kept of one file, and one that says how many more
/// there are.
class Problems {
 public:
  static constexpr std::size_t kMaxPerFile = 50;

  /// `line` is 1-based; 0 stands for the file as a whole.
  void Add(std::string_view file, std::size_t line, std::string message);
  [[nodiscard]] bool empty() const { return counts_.empty(); }
  /// In the order found.
  [[nodiscard]] std::vector<Error> Take() &&;

 private:
  std::vector<Error> kept_;
  std::map<std::string, std::size_t, std::less<>> counts_;
};

/// "#: key = iso3": the words behind "#:", and where they stand.
struct Directive {
  std::string_view text;
  std::size_t line = 0;
  bool operator==(const Directive& other) const { return text == other.text; }
};

/// Every view points into the text that was parsed, which must outlive the sheet.
struct Sheet {
  std::string name;  ///< "actors/countries"
  std::string file;  ///< "actors/countries.tsv"
  std::vector<Directive> directives;
  std::vector<std::string_view> columns;
  std::size_t header_line = 0;          ///< 0: no header found
  std::vector<std::string_view> cells;  ///< row by row
  std::vector<std::size_t> lines;       ///< of each row; 0 for rows of a compiled table

  [[nodiscard]] std::size_t row_count() const { return lines.size(); }
  [[nodiscard]] std::string_view Cell(std::size_t row, std::size_t column) const {
    return cells[(row * columns.size()) + column];
  }
};

/// Reads a TSV file's bytes. Faults of form (encoding, line ends, column counts, spaces at the edge
/// of a cell) go to `problems`; rows with a wrong number of cells are left out.
/// `file` is the path below the data folder, with '/' between its parts.
Sheet ParseSheet(std::string_view text, std::string file, Problems& problems);

}  // namespace dateline::tables
