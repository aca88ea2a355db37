/// Time expressions and their TIMEX3 values, from the rules of data/timex/.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/date.h"
#include "dateline/result.h"
#include "dateline/story.h"
#include "tables/tables.h"

namespace dateline::timex {

class TimeFinder {
 public:
  static Result<TimeFinder> Load(const tables::Tables& tables);
  /// Sorted by begin, not overlapping; in prose blocks and in printed dates (block kind date,
  /// dateline), never in a machine header line. `anchor` is the story's date; without one, values
  /// that need it are XXXX-…. `home`, the country of the outlet (ISO 3166-1 alpha-3, or empty),
  /// tells whether "6/4/23" has the day or the month first, where the story's other dates do not.
  /// Never computed from the clock. Thread-safe.
  [[nodiscard]] std::vector<Timex> Find(const Story& story, std::optional<Date> anchor,
                                        std::string_view home = {}) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::timex
