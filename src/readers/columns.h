/// The names under which people keep a story's fields, and how a field's text becomes part of a
/// page.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/columns.h"
#include "readers/pages.h"

namespace dateline::readers {

struct KnownColumn {
  Field field{};
  std::size_t rank = 0;  ///< of several columns for a field the least rank is taken
};

/// What a column of that name usually holds. Case, spaces and "_-." do not count.
std::optional<KnownColumn> FindKnownColumn(std::string_view name);

/// What a map says of a field: nothing when it does not name it, "" when the field is not wanted.
std::optional<std::string_view> MappedColumn(const ColumnMap* map, Field field);

/// Sets a field of the page from its text; an empty text sets nothing. Of text and HTML the page
/// gets what is set first. Lists (authors, keywords) may be one text: "a; b", "['a', 'b']".
void SetField(Field field, std::string value, Page& page);

/// Splits "a; b", "a|b", "['a', \"b\"]" and, where `commas`, "a, b".
std::vector<std::string> SplitList(std::string_view text, bool commas);

}  // namespace dateline::readers
