/// Feasts and public holidays, fixed and movable.
#pragma once

#include <optional>
#include <string_view>

#include "timex/calendar.h"

namespace dateline::timex {

/// The day of a holiday in a year: "12-25"; "11-4-4", the fourth Thursday of November; "5-1-L", the
/// last Monday of May; "easter-2"; "hebrew-8-15", "islamic-10-1", "chinese-1-1", month and day of
/// those calendars as ICU counts them (Tishri, Muharram and the first month are 1, Nisan is 8; the
/// Islamic calendar is that of Umm al-Qura). "+1" at the end is the day after. Absent when there is
/// no such day; of two in a year the first.
std::optional<Days> HolidayIn(std::string_view when, int year);

}  // namespace dateline::timex
