/// Stories that have some words, in the order of their days, as many as are wanted.
///
///   MatchesByDay matches(database, match, {});
///   for (auto some = matches.Next(); !some.empty(); some = matches.Next()) …
///
/// The index of words gives stories by their numbers, which are not in the order of their days, and
/// to put a million in order takes longer than a question may. So words that few stories have are
/// listed and sorted, and of others the stories are gone through by day, a stretch at a time, of
/// which the index tells those that have the words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/day_conditions.h"
#include "archive/sqlite.h"
#include "dateline/archive.h"

namespace dateline::archive {

/// Belongs to one connection, of which failures are.
class MatchesByDay {
 public:
  /// `match`: of FTS5, on `search`.
  MatchesByDay(Database& database, std::string match, const DayRange& days);

  /// The next ones; those without a day come last, and not at all where days are asked for. Empty:
  /// that was all. Where the index cannot tell at a fair price, stories that do not match are among
  /// them.
  std::vector<std::int64_t> Next();

 private:
  std::optional<std::vector<std::int64_t>> ListUpTo(std::size_t most);
  std::vector<std::int64_t> InOrder(const std::vector<std::int64_t>& stories);
  std::vector<std::int64_t> Stretch();
  void KeepMatches(std::vector<std::int64_t>& stretch);
  void KeepListed(std::vector<std::int64_t>& stretch);

  Database& database_;
  std::string match_;
  DayConditions days_;
  bool bounded_;
  bool started_ = false;
  bool done_ = false;
  std::size_t most_ = 2048;           ///< stories of the next stretch, twice as many each time
  std::optional<Statement> stories_;  ///< gives them in the order of their days
  bool undated_ = false;              ///< those without a day are being gone through
  Statement in_range_;
  bool listed_ = false;
  std::optional<std::vector<bool>> all_;  ///< by number, where `listed_` and not too many
};

}  // namespace dateline::archive
