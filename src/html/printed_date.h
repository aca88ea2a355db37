/// Dates as pages print them, in the languages of html/months.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dateline/date.h"
#include "html/lexicon.h"

namespace dateline::html {

struct FoundDate {
  DateTime value;
  std::size_t begin = 0;  ///< bytes of the text
  std::size_t end = 0;
};

/// The first whole date in a line of plain text, with the time that follows it: "12 March 2020",
/// "12. März 2020, 14:30 Uhr", "March 12, 2020 2:30 pm", "2020-03-12", "12.03.20", "12/03/2020",
/// "2020年3月12日", "12 de marzo de 2020". Of two numbers that could both be the month the second
/// is, unless `month_first`. Years from 1990 to 2049 only. Linear.
std::optional<FoundDate> FindPrintedDate(std::string_view line, bool month_first,
                                         const PageLexicon& lexicon);

/// The day in an address: "/2019/11/19/", "/2019-11-19-", "/20191119".
std::optional<DateTime> DateInAddress(std::string_view url);

}  // namespace dateline::html
