/// One batch on the server: all of it or nothing.
#pragma once

#include <functional>

#include "postgres/connection.h"

namespace dateline::postgres {

/// Runs `body` between BEGIN and COMMIT. Where another program was at the same rows it is tried
/// again, some times.
Result<void> InTransaction(Connection& server, const std::function<Result<void>()>& body);

}  // namespace dateline::postgres
