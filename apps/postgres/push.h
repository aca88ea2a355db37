/// Stories of an archive that a server has not.
#pragma once

#include "dateline/archive.h"
#include "postgres/connection.h"
#include "postgres/sync.h"

namespace dateline::postgres {

/// `archive` must be open for reading. The server has the schema.
Result<void> Push(Archive& archive, Connection& server, const SyncWatch& watch, SyncCounts& counts);

}  // namespace dateline::postgres
