// Any bytes are read as a query; what is taken as one, FTS5 must take too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "archive/query.h"
#include "archive/sqlite.h"

namespace {

using dateline::archive::Database;
using dateline::archive::Statement;

Database& Index() {
  static const auto kDatabase = [] {
    auto database = Database::Open(":memory:", dateline::archive::Access::kWrite);
    if (!database) std::abort();
    (*database)->Run("CREATE VIRTUAL TABLE search USING fts5(headline, text)");
    (*database)->Run("INSERT INTO search VALUES('a pact', 'ties and trade')");
    return *std::move(database);
  }();
  return *kDatabase;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto query = dateline::archive::ParseQuery(bytes);
  if (!query) return 0;
  Statement find(Index(), "SELECT rowid FROM search WHERE search MATCH ?");
  find.Start(query->match);
  find.Step();
  if (Index().TakeFailure()) std::abort();
  return 0;
}
