/// A table with the columns that its user asks for by name.
///
///   DATELINE_TRY(const NamedTable cities, NamedTable::Open(tables, "places/cities", {"name",
///   "lat"})); cities.Cell(row, "lat")
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string_view>

#include "dateline/result.h"
#include "tables/tables.h"

namespace dateline::tables {

/// Views of a Tables object, which must outlive it. Immutable after Open, safe to share.
struct NamedTable {
  const Table* table = nullptr;
  std::map<std::string_view, Column, std::less<>> columns;

  /// `columns` are names that live as long as the table (string literals). Errors: those of
  /// Tables::Get and Table::GetColumn.
  static Result<NamedTable> Open(const Tables& tables, std::string_view name,
                                 std::initializer_list<std::string_view> columns);

  /// REQUIRES: the column was asked for.
  [[nodiscard]] std::string_view Cell(std::uint32_t row, std::string_view column) const {
    return table->Cell(row, columns.find(column)->second);
  }
};

}  // namespace dateline::tables
