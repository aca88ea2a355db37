/// What the directive lines of a table say about its columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tables/sheet.h"

namespace dateline::tables {

enum class ValueType : std::uint8_t {
  kText,
  kDate,
  kInt,
  kNumber,
  kBool,
  kSpan,
  kLatitude,
  kLongitude,
  kName  ///< of a person
};

/// Columns are counted from 0. Views point into the sheet's text.
struct Schema {
  struct Enum {
    std::size_t column = 0;
    std::vector<std::string_view> values;
  };
  struct Ref {
    std::size_t column = 0;
    std::string_view table;
    std::string_view target;  ///< the column of `table`
    std::size_t line = 0;
  };
  struct Order {
    std::size_t from = 0;
    std::size_t to = 0;
  };

  /// Rows of one office: their terms do not overlap unless the later one says why.
  struct Alone {
    std::vector<std::size_t> group;
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t reason = 0;
  };

  std::vector<std::size_t> key;
  std::vector<std::size_t> phrases;
  std::vector<std::size_t> required;
  std::vector<ValueType> types;  ///< one a column
  std::vector<Enum> enums;
  std::vector<Ref> refs;
  std::vector<Order> orders;
  std::vector<Alone> alone;
  /// No phrase stands in two rows unless the later one says why in this column.
  std::optional<std::size_t> distinct;
  bool sorted = false;
};

/// Reads the directives of `sheet`; what is wrong with them goes to `problems` and is left out.
Schema ReadSchema(const Sheet& sheet, Problems& problems);

}  // namespace dateline::tables
