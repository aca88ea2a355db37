/// Corrections in both directions, as rows that can be replayed.
#pragma once

#include <string>

#include "dateline/archive.h"
#include "postgres/connection.h"
#include "postgres/sync.h"

namespace dateline::postgres {

/// `archive` must be open for reading.
Result<void> PushCorrections(Archive& archive, Connection& server, SyncCounts& counts);
/// `reader`: the same archive, open for reading.
Result<void> PullCorrections(Archive& archive, Archive& reader, Connection& server,
                             SyncCounts& counts);

}  // namespace dateline::postgres
