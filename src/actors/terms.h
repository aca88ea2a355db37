/// Days between which a row of a table holds.
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline::actors {

enum class Standing : std::uint8_t { kHolds, kBefore, kAfter };

/// How a day stands to a term: "2023-04-16" to ["2023-03-12", "2023-10-24"]. All are dates as
/// FormatDate writes them; an empty end is open, an empty day is within every term that has not
/// ended. Dates are compared as far as the coarser goes: "2001" holds all year.
Standing StandingOn(std::string_view day, std::string_view from, std::string_view to);

}  // namespace dateline::actors
