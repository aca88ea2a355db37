/// Narratives: texts that tell of a time of their own (histories, chronologies), not of the days
/// around the story's date.
#pragma once

#include <cstddef>
#include <optional>

#include "dateline/date.h"
#include "timex/resolve.h"

namespace dateline::timex {

/// What the expressions of a text say about the time it tells of.
class NarrativeSigns {
 public:
  /// `anchor` is the story's date, where it has one.
  explicit NarrativeSigns(std::optional<Date> anchor) : anchor_(anchor) {}

  /// A date that states its year.
  void AddStated(const Told& date);
  /// An expression that counts from the story's date: "yesterday", "on Monday".
  void AddDeictic() { ++deictic_; }

  /// Whether dates without a year count from the last date told: past years are stated often, and
  /// far more often than days are named from the day of writing.
  [[nodiscard]] bool IsNarrative() const;
  /// The first date stated; what a narrative counts from before it has told any.
  [[nodiscard]] std::optional<Told> first() const { return first_; }

 private:
  std::optional<Date> anchor_;
  std::optional<Told> first_;
  std::size_t past_ = 0;
  std::size_t recent_ = 0;
  std::size_t deictic_ = 0;
};

}  // namespace dateline::timex
