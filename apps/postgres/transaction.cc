#include "postgres/transaction.h"

#include <tuple>

namespace dateline::postgres {
namespace {

constexpr int kTries = 10;

Result<void> Once(Connection& server, const std::function<Result<void>()>& body) {
  if (auto begun = server.Run("BEGIN"); !begun) return begun;
  auto done = body();
  if (done) done = server.Run("COMMIT");
  return done;
}

}  // namespace

Result<void> InTransaction(Connection& server, const std::function<Result<void>()>& body) {
  for (int tries = 1;; ++tries) {
    auto done = Once(server, body);
    if (done) return done;
    const bool again = server.collided() && tries < kTries;
    std::ignore = server.Run("ROLLBACK");
    if (!again) return done;
  }
}

}  // namespace dateline::postgres
