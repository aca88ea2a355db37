// Statements of the user's own, on an archive that is open for reading.
#include <fmt/format.h>
#include <sqlite3.h>

#include "archive/hex.h"
#include "archive/impl.h"
#include "dateline/archive.h"

namespace dateline {

using archive::Statement;

namespace {

SqlValue ValueOf(const Statement& row, int column) {
  using Kind = SqlValue::Kind;
  switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_NULL:
      return {Kind::kNull, ""};
    case SQLITE_INTEGER:
      return {Kind::kNumber, fmt::format("{}", row.Number(column))};
    case SQLITE_FLOAT:
      return {Kind::kReal, fmt::format("{}", row.Real(column))};
    case SQLITE_BLOB:
      return {Kind::kBytes, archive::HexOf(row.Bytes(column))};
    default:
      return {Kind::kText, std::string(row.Text(column))};
  }
}

/// Whether something other than white space, semicolons and comments stands behind the statement.
bool IsOne(archive::Database& database, std::string_view text) {
  sqlite3_stmt* first = nullptr;
  const char* rest = nullptr;
  sqlite3_prepare_v2(database.handle(), text.data(), static_cast<int>(text.size()), &first, &rest);
  sqlite3_finalize(first);
  if (rest == nullptr) return true;
  const auto left = static_cast<std::size_t>(text.data() + text.size() - rest);
  sqlite3_stmt* second = nullptr;
  const int code =
      sqlite3_prepare_v2(database.handle(), rest, static_cast<int>(left), &second, nullptr);
  const bool one = code == SQLITE_OK && second == nullptr;
  sqlite3_finalize(second);
  return one;
}

}  // namespace

Result<void> Archive::Sql(std::string_view statement,
                          const std::function<void(const std::vector<std::string>&)>& begin,
                          const std::function<bool(const std::vector<SqlValue>&)>& row) {
  const auto complain = [](std::string message) {
    return Fail(ErrorCode::kInvalidArgument, std::move(message), "sql");
  };
  archive::Database& database = *impl_->database;
  Statement query(database, statement);
  if (auto failure = database.TakeFailure()) return complain(failure->message);
  if (query.handle() == nullptr) return complain("there is no statement");
  if (sqlite3_stmt_readonly(query.handle()) == 0) {
    return complain("it would change the archive, which is only read; use SELECT");
  }
  if (!IsOne(database, statement)) return complain("give one statement at a time");
  const int columns = sqlite3_column_count(query.handle());
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) names.emplace_back(sqlite3_column_name(query.handle(), i));
  begin(names);
  std::vector<SqlValue> values;
  while (query.Step()) {
    values.clear();
    for (int i = 0; i < columns; ++i) values.push_back(ValueOf(query, i));
    if (!row(values)) break;
  }
  if (auto failure = database.TakeFailure()) return complain(failure->message);
  return {};
}

}  // namespace dateline
