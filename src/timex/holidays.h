/// Feasts and public holidays, fixed and movable.
#pragma once

#include <optional>
#include <string_view>

#include "timex/calendar.h"

namespace dateline::timex {

/// The day of a holiday in a year: "12-25"; "11-4-4", the fourth Thursday of November; "5-1-L", the
/// last Monday of May; "easter-2". "+1" at the end is the day after.
/// Absent when there is no such day.
std::optional<Days> HolidayIn(std::string_view when, int year);

}  // namespace dateline::timex
