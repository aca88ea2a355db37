/// Narratives: texts that tell of a time of their own (histories, chronologies), not of the days
/// around the story's date.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "dateline/date.h"
#include "timex/resolve.h"

namespace dateline::timex {

/// A date that states its year, and where it stands in the text.
struct Stated {
  Told told{};
  std::uint32_t at = 0;  ///< byte
};

/// What the expressions of a text say about the time it tells of.
class NarrativeSigns {
 public:
  /// `anchor` is the story's date, where it has one.
  explicit NarrativeSigns(std::optional<Date> anchor) : anchor_(anchor) {}

  /// Dates must come in the order of the text.
  void AddStated(const Stated& date);
  /// An expression that counts from the story's date: "yesterday", "on Monday".
  void AddDeictic() { ++deictic_; }

  /// Whether dates without a year count from the last date told: past years are stated often, and
  /// far more often than days are named from the day of writing.
  [[nodiscard]] bool IsNarrative() const;
  /// The dates stated, in the order of the text.
  [[nodiscard]] const std::vector<Stated>& dates() const { return dates_; }

 private:
  std::optional<Date> anchor_;
  std::vector<Stated> dates_;
  std::size_t past_ = 0;
  std::size_t recent_ = 0;
  std::size_t deictic_ = 0;
};

/// The last date told of in a narrative: what its dates without a year count from.
class NarrativeTime {
 public:
  NarrativeTime() = default;
  /// `stated` are the dates of the text that state their year; they must outlive this.
  explicit NarrativeTime(std::span<const Stated> stated);

  [[nodiscard]] std::optional<Told> now() const { return now_; }
  /// A date of the text's own words. It is passed by when the text comes back from it
  /// ("as in 1614", "papers released in 2005").
  void Reach(const Stated& date);
  /// A date that was worked out.
  void Move(const Told& date) { now_ = date; }

 private:
  [[nodiscard]] bool IsDetour(const Stated& date) const;

  std::span<const Stated> stated_{};
  std::optional<Told> now_;
};

}  // namespace dateline::timex
