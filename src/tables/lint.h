/// Checks the rows of a table against its schema.
#pragma once

#include <span>
#include <string_view>
#include <unordered_set>

#include "tables/schema.h"
#include "tables/sheet.h"

namespace dateline::tables {

/// Everything that can be seen in one table: required cells, types, enums, orders, phrase lengths,
/// duplicate keys, sortedness, overlapping terms of one office, phrases of two rows.
void LintRows(const Sheet& sheet, const Schema& schema, Problems& problems);

/// Values of one column, each cell split at '|'.
using ColumnValues = std::unordered_set<std::string_view>;

/// Checks one ref: every value of its column is in `targets`.
void LintRef(const Sheet& sheet, const Schema::Ref& ref, const ColumnValues& targets,
             Problems& problems);

}  // namespace dateline::tables
