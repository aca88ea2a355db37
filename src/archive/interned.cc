#include "archive/interned.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <bit>
#include <utility>

namespace dateline::archive {
namespace {

constexpr std::size_t kKnown = 1U << 18U;

/// Bytes that are the same for the same values alone.
void AppendKey(const Cell& cell, std::string& key) {
  key += static_cast<char>('0' + cell.index());
  if (const auto* text = std::get_if<std::string>(&cell)) {
    key += fmt::format("{}:", text->size());
    key += *text;
  } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    key += fmt::format("{};", *number);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    key += fmt::format("{:x};", std::bit_cast<std::uint64_t>(*real));
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

Interned::Interned(Database& database, const InternedTable& table)
    : database_(database),
      columns_(table.columns.size()),
      find_(database, Find(table)),
      insert_(database, Insert(table)),
      read_(database, fmt::format("SELECT {} FROM {} WHERE {} = ?", fmt::join(table.columns, ", "),
                                  table.table, table.number)) {}

std::int64_t Interned::NumberOf(const Row& row) {
  std::string key = KeyOf(row);
  if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
  BindAll(find_, row);
  std::int64_t number = find_.Step() ? find_.Number(0) : 0;
  find_.Reset();
  if (number == 0) {
    BindAll(insert_, row);
    insert_.Step();
    insert_.Reset();
    number = database_.LastId();
    if (added_) added_(number, row);
  }
  if (database_.failed()) return 0;
  if (numbers_.size() >= kKnown) numbers_.clear();
  numbers_.emplace(std::move(key), number);
  return number;
}

const Row& Interned::RowOf(std::int64_t number) {
  if (const auto known = rows_.find(number); known != rows_.end()) return known->second;
  Row row;
  read_.Start(number);
  if (read_.Step()) {
    for (std::size_t i = 0; i < columns_; ++i) row.push_back(CellAt(read_, static_cast<int>(i)));
  }
  read_.Reset();
  if (row.empty()) row.resize(columns_);
  if (rows_.size() >= kKnown) rows_.clear();
  return rows_.emplace(number, std::move(row)).first->second;
}

void Interned::Forget() {
  numbers_.clear();
  rows_.clear();
}

}  // namespace dateline::archive
