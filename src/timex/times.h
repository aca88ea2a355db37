/// Time expressions and their TIMEX3 values, from the rules of data/timex/.
#pragma once

#include <memory>
#include <optional>
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
  /// that need it are XXXX-…. Never computed from the clock. Thread-safe.
  [[nodiscard]] std::vector<Timex> Find(const Story& story, std::optional<Date> anchor) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace dateline::timex
