/// The tables on the server: the schema `dateline` of the database, with the names and meaning of
/// docs/schema.md (docs/postgresql.md tells the differences).
#pragma once

#include "dateline/result.h"
#include "postgres/connection.h"

namespace dateline::postgres {

inline constexpr int kServerSchema = 3;

/// Makes the schema where there is none, and brings an earlier one up to date; two programs may try
/// at once.
Result<void> MakeServerSchema(Connection& server);
/// kNotFound: there is none. kUnsupported: of a later program.
Result<void> CheckServerSchema(Connection& server);

}  // namespace dateline::postgres
