// What a program built without libpq has to say.
#include "postgres/sync.h"

namespace dateline::postgres {

bool IsBuiltIn() { return false; }

Result<void> Sync(const SyncOptions& options, const SyncWatch& /*watch*/, SyncCounts& /*counts*/) {
  return Fail(ErrorCode::kUnsupported,
              "this program was built without PostgreSQL; install libpq-dev and build dateline "
              "again",
              options.archive);
}

}  // namespace dateline::postgres
