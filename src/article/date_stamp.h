/// Lines by which newsrooms tell when a story went out and was changed: "Page last updated at 20:14
/// GMT, Thursday, 26 November 2009", "Thursday, November 19, 2009; A01", "(Xinhua) 10:05, March 03,
/// 2008", "MARCH 3, 2016 / 10:03 AM / 3 YEARS AGO".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "article/cues.h"
#include "article/printed_date.h"

namespace dateline::article {

/// What such a line says. Views point into the line.
struct DateStamp {
  std::optional<PrintedDate> published;
  std::optional<PrintedDate> updated;
  std::optional<PrintedDate> clock;  ///< a time of day that stands without any date
  bool labelled = false;             ///< "posted", "last updated" …
  bool aged = false;                 ///< "3 hours ago"
  std::string_view place;            ///< "OSLO, March 3, 2008"
  std::vector<std::string_view> authors;
  std::vector<std::string_view> sources;  ///< agencies, papers, sites
};

struct StampOptions {
  bool front = false;  ///< behind a headline: a name or a place in capitals may open the line
};

/// The stamp that the whole line is; nothing where a single word belongs to no stamp, so that a
/// sentence is never one. Besides dates and clocks a stamp holds words of the classes `stamp…` of
/// article/words, pages ("A01"), ages ("2 hours ago"), days of other calendars, agencies and
/// papers.
std::optional<DateStamp> ReadDateStamp(std::string_view line, const LayoutCues& cues,
                                       const StampOptions& options = {});

}  // namespace dateline::article
