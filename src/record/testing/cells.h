/// Rows of CSV in tests.
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline::record {

/// How many cells a row has. Commas in quotation marks part none.
inline std::size_t Cells(std::string_view row) {
  std::size_t cells = 1;
  bool quoted = false;
  for (const char c : row) {
    quoted = c == '"' ? !quoted : quoted;
    cells += c == ',' && !quoted ? 1 : 0;
  }
  return cells;
}

}  // namespace dateline::record
