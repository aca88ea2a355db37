/// An archive and a PostgreSQL server that several people share: what the one has and the other
/// has not goes over, in either direction (docs/postgresql.md).
///
///   auto counts = postgres::Sync({.archive = "news.db", .server = "postgresql://host/news"}, {});
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "dateline/result.h"

namespace dateline::postgres {

struct SyncOptions {
  std::string archive{};
  std::string server{};  ///< a URI or "key=value …", as libpq takes it
  bool push = true;      ///< from the archive to the server
  bool pull = true;      ///< from the server to the archive, after that
};

struct SyncCounts {
  std::uint64_t pushed = 0;    ///< stories that the server had not
  std::uint64_t replaced = 0;  ///< of these, stories that it had as read by an earlier program
  std::uint64_t pulled = 0;    ///< stories that the archive had not
  std::uint64_t corrections_pushed = 0;
  std::uint64_t corrections_pulled = 0;
  /// Corrections of the server that the archive cannot apply: the story is not there, the event is
  /// not found any more, or has another correction.
  std::uint64_t corrections_left = 0;
};

/// What the caller is asked and told between two batches.
struct SyncWatch {
  std::function<bool()> stop{};                          ///< whether to stop
  std::function<void(std::uint64_t stories)> advance{};  ///< so many more went over

  [[nodiscard]] bool Stopped() const { return stop && stop(); }
};

/// Whether this program was built with libpq.
bool IsBuiltIn();

/// All that went over is safe, also when an error comes back: `counts` tells how much. A second
/// call goes on where the first ended.
Result<void> Sync(const SyncOptions& options, const SyncWatch& watch, SyncCounts& counts);

}  // namespace dateline::postgres
