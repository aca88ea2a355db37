#include "timex/day_order.h"

#include <array>

namespace dateline::timex {

Result<DayOrders> DayOrders::Load(const tables::Tables& tables) {
  DayOrders orders;
  orders.tables_ = tables;
  DATELINE_TRY(orders.orders_, tables::NamedTable::Open(tables, "timex/orders", {"order"}));
  return orders;
}

std::optional<DayOrder> DayOrders::OrderIn(std::string_view country) const {
  if (country.empty()) return std::nullopt;
  const auto row = orders_.table->FindRow(std::array{country});
  if (!row) return DayOrder::kDayFirst;
  if (orders_.Cell(*row, "order") == "month") return DayOrder::kMonthFirst;
  return std::nullopt;
}

}  // namespace dateline::timex
