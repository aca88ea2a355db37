/// Which comes first in "6/4/23", the day or the month: a habit of the outlet.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dateline/result.h"
#include "tables/named_table.h"

namespace dateline::timex {

enum class DayOrder : std::uint8_t { kDayFirst, kMonthFirst };

/// Immutable; thread-safe.
class DayOrders {
 public:
  static Result<DayOrders> Load(const tables::Tables& tables);
  /// How newspapers of the country (ISO 3166-1 alpha-3) write; absent where both are in print, and
  /// for an empty name.
  [[nodiscard]] std::optional<DayOrder> OrderIn(std::string_view country) const;

 private:
  tables::Tables tables_;  ///< keeps the table alive
  tables::NamedTable orders_;
};

}  // namespace dateline::timex
