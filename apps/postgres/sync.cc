#include "postgres/sync.h"

#include <tuple>
#include <utility>

#include "dateline/archive.h"
#include "postgres/connection.h"
#include "postgres/corrections.h"
#include "postgres/pull.h"
#include "postgres/push.h"
#include "postgres/server_schema.h"

namespace dateline::postgres {
namespace {

Result<void> PushAll(const SyncOptions& options, Connection& server, const SyncWatch& watch,
                     SyncCounts& counts) {
  DATELINE_TRY(Archive archive, Archive::Open(options.archive, ArchiveAccess::kRead));
  if (auto made = MakeServerSchema(server); !made) return made;
  if (auto pushed = Push(archive, server, watch, counts); !pushed) return pushed;
  return PushCorrections(archive, server, counts);
}

Result<void> PullAll(const SyncOptions& options, Connection& server, const SyncWatch& watch,
                     SyncCounts& counts) {
  if (auto sound = CheckServerSchema(server); !sound) return sound;
  DATELINE_TRY(Archive archive, Archive::Open(options.archive, ArchiveAccess::kWrite));
  if (auto pulled = Pull(archive, server, watch, counts); !pulled) return pulled;
  DATELINE_TRY(Archive reader, Archive::Open(options.archive, ArchiveAccess::kRead));
  if (auto pulled = PullCorrections(archive, reader, server, counts); !pulled) return pulled;
  // Only to make questions faster.
  if (counts.pulled > 0) std::ignore = archive.Tune();
  return {};
}

}  // namespace

bool IsBuiltIn() { return true; }

Result<void> Sync(const SyncOptions& options, const SyncWatch& watch, SyncCounts& counts) {
  DATELINE_TRY(Connection server, Connection::Open(options.server));
  if (options.push) {
    if (auto pushed = PushAll(options, server, watch, counts); !pushed) return pushed;
  }
  if (!options.pull || watch.Stopped()) return {};
  return PullAll(options, server, watch, counts);
}

}  // namespace dateline::postgres
