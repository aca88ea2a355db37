#include "tables/named_table.h"

namespace dateline::tables {

Result<NamedTable> NamedTable::Open(const Tables& tables, std::string_view name,
                                    std::initializer_list<std::string_view> columns) {
  NamedTable named;
  DATELINE_TRY(named.table, tables.Get(name));
  for (const std::string_view column : columns) {
    DATELINE_TRY(const Column found, named.table->GetColumn(column));
    named.columns.emplace(column, found);
  }
  return named;
}

}  // namespace dateline::tables
