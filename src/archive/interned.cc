#include "archive/interned.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cstring>
#include <utility>

namespace dateline::archive {
namespace {

constexpr std::size_t kKnown = 1U << 18U;

template <typename Value>
void AppendBytes(const Value& value, std::string& key) {
  std::array<char, sizeof(Value)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(Value));
  key.append(bytes.data(), bytes.size());
}

/// Bytes that are the same for the same values alone.
void AppendKey(const Cell& cell, std::string& key) {
  key += static_cast<char>('0' + cell.index());
  if (const auto* text = std::get_if<std::string>(&cell)) {
    AppendBytes(text->size(), key);
    key += *text;
  } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    AppendBytes(*number, key);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    AppendBytes(*real, key);
  }
}

std::string KeyOf(const Row& row) {
  std::string key;
  for (const Cell& cell : row) AppendKey(cell, key);
  return key;
}

void BindCell(Statement& statement, int at, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    statement.Bind(at, *text);
  } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    statement.Bind(at, *number);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    statement.Bind(at, *real);
  } else {
    statement.Bind(at, nullptr);
  }
}

void BindAll(Statement& statement, const Row& row) {
  statement.Reset();
  int at = 0;
  for (const Cell& cell : row) BindCell(statement, ++at, cell);
}

Cell CellAt(const Statement& row, int column) {
  switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_NULL:
      return {};
    case SQLITE_INTEGER:
      return row.Number(column);
    case SQLITE_FLOAT:
      return row.Real(column);
    default:
      return std::string(row.Text(column));
  }
}

std::string Find(const InternedTable& table) {
  std::string sql = fmt::format("SELECT {} FROM {}", table.number, table.table);
  const char* glue = " WHERE ";
  for (const char* column : table.columns) {
    sql += fmt::format("{}{} IS ?", glue, column);
    glue = " AND ";
  }
  return sql;
}

std::string Insert(const InternedTable& table) {
  std::string marks = "NULL";
  for (std::size_t i = 0; i < table.columns.size(); ++i) marks += ",?";
  return fmt::format("INSERT INTO {} VALUES({})", table.table, marks);
}

}  // namespace

Cell CellOf(const std::optional<std::string>& text) {
  Cell cell;
  if (text) cell = *text;
  return cell;
}

Cell CellOf(const std::optional<double>& number) {
  Cell cell;
  if (number) cell = *number;
  return cell;
}

Cell CellOf(const std::optional<std::int64_t>& number) {
  Cell cell;
  if (number) cell = *number;
  return cell;
}

std::optional<std::string> TextOf(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<double> RealOf(const Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*number);
  return std::nullopt;
}

std::int64_t NumberOf(const Cell& cell) {
  const auto* number = std::get_if<std::int64_t>(&cell);
  return number == nullptr ? 0 : *number;
}

Interned::Statements::Statements(Database& owner, const InternedTable& table)
    : database(owner),
      find(owner, Find(table)),
      insert(owner, Insert(table)),
      read(owner, fmt::format("SELECT {} FROM {} WHERE {} = ?", fmt::join(table.columns, ", "),
                              table.table, table.number)) {}

Interned::Interned(Database& database, const InternedTable& table)
    : columns_(table.columns.size()) {
  stored_.emplace(database, table);
}

Interned::Interned(std::size_t columns) : columns_(columns) {}

/// Of a table in memory: the number of the new row.
std::int64_t Interned::Added(const Row& row) {
  const std::int64_t number = size() + 1;
  rows_.emplace(number, row);
  return number;
}

/// Of a table in the archive: the number of the row, which is added where it is not there. 0 when
/// that failed.
std::int64_t Interned::Looked(const Row& row) {
  Statements& stored = *stored_;
  BindAll(stored.find, row);
  std::int64_t number = stored.find.Step() ? stored.find.Number(0) : 0;
  stored.find.Reset();
  if (number == 0) {
    BindAll(stored.insert, row);
    stored.insert.Step();
    stored.insert.Reset();
    number = stored.database.LastId();
    if (added_) added_(number, row);
  }
  return stored.database.failed() ? 0 : number;
}

std::int64_t Interned::NumberOf(const Row& row) {
  std::string key = KeyOf(row);
  if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
  const std::int64_t number = stored_ ? Looked(row) : Added(row);
  if (number == 0) return 0;
  if (numbers_.size() >= kKnown) numbers_.clear();
  numbers_.emplace(std::move(key), number);
  return number;
}

const Row& Interned::RowOf(std::int64_t number) {
  if (const auto known = rows_.find(number); known != rows_.end()) return known->second;
  Row row;
  if (stored_) {
    Statement& read = stored_->read;
    read.Start(number);
    if (read.Step()) {
      for (std::size_t i = 0; i < columns_; ++i) row.push_back(CellAt(read, static_cast<int>(i)));
    }
    read.Reset();
  }
  if (row.empty()) row.resize(columns_);
  if (rows_.size() >= kKnown) rows_.clear();
  return rows_.emplace(number, std::move(row)).first->second;
}

void Interned::Forget() {
  numbers_.clear();
  rows_.clear();
}

}  // namespace dateline::archive
