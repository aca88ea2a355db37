/// Stories of a server that an archive has not.
#pragma once

#include "dateline/archive.h"
#include "postgres/connection.h"
#include "postgres/sync.h"

namespace dateline::postgres {

/// `archive` must be open for writing.
Result<void> Pull(Archive& archive, Connection& server, const SyncWatch& watch, SyncCounts& counts);

}  // namespace dateline::postgres
