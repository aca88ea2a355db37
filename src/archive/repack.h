/// Brings the stories of an archive of versions 1 to 3 into the packed rows of version 4.
#pragma once

#include "archive/sqlite.h"
#include "dateline/result.h"

namespace dateline::archive {

/// Moves all stories out of `old_texts` and `old_records`, where those tables are there, and drops
/// them. REQUIRES: inside a transaction for writing. kMalformed names a story that cannot be read.
Result<void> Repack(Database& database);

/// Fills the indexes of events and quotes of an archive of version 4 to 6, whose words were others.
Result<void> IndexFactsAnew(Database& database);

/// Signatures of stories as version 7 has them.
Result<void> PackSignaturesAnew(Database& database);

}  // namespace dateline::archive
