/// Dates and times as stories print them: "March 14, 2019 Thursday", "18:05, 05 Feb 2023",
/// "21/11/2018 - 16:42", "0001 GMT WEDNESDAY 15 JANUARY 2020".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "article/cues.h"
#include "dateline/date.h"

namespace dateline::article {

/// One printed date. `text` is a view into the line: the whole expression with weekday, time, zone.
struct PrintedDate {
  std::string_view text;
  std::optional<int> year;
  unsigned month = 0;               ///< 0: none printed
  unsigned day = 0;                 ///< 0: none printed
  std::optional<unsigned> seconds;  ///< since midnight
  bool has_seconds = false;
  std::optional<Zone> zone;
  bool ambiguous = false;  ///< numbers that could be day/month or month/day; read day first
  bool american = false;   ///< signs beside it that months come first (EST, 3:07 PM)
  bool dated = false;      ///< a date, not only a time

  /// The value; absent without a year or when the day does not exist.
  [[nodiscard]] std::optional<DateTime> Value() const;
  /// Day and month change places. REQUIRES: ambiguous.
  void Swap();
};

/// The date expression that `line` begins with (spaces and an opening bracket aside).
std::optional<PrintedDate> DateAtStart(std::string_view line, const LayoutCues& cues);
/// The first date expression anywhere in the line.
std::optional<PrintedDate> FindDate(std::string_view line, const LayoutCues& cues);
/// The time of day that `line` begins with, when no date hangs on it: "2212 GMT", "10.05pm".
std::optional<PrintedDate> ClockAtStart(std::string_view line, const LayoutCues& cues);
/// Whether the line is nothing but a clock time: "4:05 pm", "14.05 GMT".
bool IsClock(std::string_view line, const LayoutCues& cues);
/// The date when the line is nothing else but a date.
std::optional<PrintedDate> WholeDate(std::string_view line, const LayoutCues& cues);

}  // namespace dateline::article
