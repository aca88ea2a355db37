/// The tables of an archive and how a file of an earlier version becomes one of this.
///
/// The tables are a public contract: docs/schema.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/sqlite.h"
#include "dateline/result.h"

namespace dateline::archive {

/// In the header of the file: "dtln".
inline constexpr std::int64_t kApplicationId = 0x64746c6e;

/// Statements that lead from version `n` to version `n + 1` stand at place `n`.
const std::vector<const char*>& Migrations();
/// The version that this program writes.
inline std::int64_t SchemaVersion() { return static_cast<std::int64_t>(Migrations().size()); }

/// Creates the tables in an empty file, or brings an archive of an earlier version up to date, in
/// one transaction. kMalformed for a database that is something else, kUnsupported for an archive
/// of a later version.
Result<void> Migrate(Database& database);
/// The same checks without a change: kUnsupported for an earlier version too.
Result<void> CheckVersion(Database& database);

}  // namespace dateline::archive
