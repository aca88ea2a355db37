#include "archive/interned.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace dateline::archive {
namespace {

constexpr std::size_t kKnown = 1U << 19U;
constexpr std::size_t kMostRows = 1U << 16U;
constexpr std::size_t kFirstSlots = 16;

template <typename Value>
void AppendBytes(const Value& value, std::string& key) {
  std::array<char, sizeof(Value)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(Value));
  key.append(bytes.data(), bytes.size());
}

void AppendText(std::string_view text, std::string& key) {
  constexpr char kText = '3';
  key += kText;
  AppendBytes(text.size(), key);
  key += text;
}

/// Bytes that are the same for the same values alone.
void AppendKey(const Cell& cell, std::string& key) {
  if (const auto* text = std::get_if<std::string>(&cell)) return AppendText(*text, key);
  key += static_cast<char>('0' + cell.index());
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    AppendBytes(*number, key);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    AppendBytes(*real + 0.0, key);  // -0.0 is stored as 0
  }
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
      first(owner, fmt::format("SELECT 1 FROM {} LIMIT 1", table.table)),
      read(owner, fmt::format("SELECT {} FROM {} WHERE {} = ?", fmt::join(table.columns, ", "),
                              table.table, table.number)) {}

Interned::Interned(Database& database, const InternedTable& table)
    : columns_(table.columns.size()) {
  stored_.emplace(database, table);
}

Interned::Interned(std::size_t columns) : columns_(columns) {}

std::size_t KeyTable::PlaceOf(std::string_view key, std::uint64_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].number != 0 &&
         (slots_[at].hash != hash ||
          std::string_view(pool_).substr(slots_[at].begin, slots_[at].size) != key)) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

std::int64_t KeyTable::Find(std::string_view key) const {
  return Find({key, XXH3_64bits(key.data(), key.size())});
}

std::int64_t KeyTable::Find(const Key& key) const {
  return slots_.empty() ? 0 : slots_[PlaceOf(key.bytes, key.hash)].number;
}

std::vector<KeyTable::Key> KeyTable::Keys() const {
  std::vector<Key> keys(size_);
  for (const Slot& slot : slots_) {
    if (slot.number == 0) continue;
    keys[static_cast<std::size_t>(slot.number) - 1] = {
        std::string_view(pool_).substr(slot.begin, slot.size), slot.hash};
  }
  return keys;
}

void KeyTable::Put(std::string_view key, std::int64_t number) {
  if ((size_ + 1) * 2 > slots_.size()) Grow();
  const std::uint64_t hash = XXH3_64bits(key.data(), key.size());
  slots_[PlaceOf(key, hash)] = {hash, number, static_cast<std::uint32_t>(pool_.size()),
                                static_cast<std::uint32_t>(key.size())};
  pool_ += key;
  ++size_;
}

void KeyTable::Grow() {
  std::vector<Slot> old(std::max(kFirstSlots, slots_.size() * 2));
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    slots_[PlaceOf(std::string_view(pool_).substr(slot.begin, slot.size), slot.hash)] = slot;
  }
}

void KeyTable::Clear() {
  slots_.clear();
  pool_.clear();
  size_ = 0;
}

/// Of a table in memory: the number of the new row.
std::int64_t Interned::Added(const Row& row) {
  own_.push_back(row);
  return size();
}

/// Of a table in the archive: the number of the row, which is added where it is not there. 0 when
/// that failed.
std::int64_t Interned::Looked(const Row& row) {
  Statements& stored = *stored_;
  std::int64_t number = 0;
  if (!IsWhole()) {
    BindAll(stored.find, row);
    number = stored.find.Step() ? stored.find.Number(0) : 0;
    stored.find.Reset();
  }
  if (number == 0) {
    BindAll(stored.insert, row);
    stored.insert.Step();
    stored.insert.Reset();
    number = stored.database.LastId();
    if (added_) added_(number, row);
  }
  return stored.database.failed() ? 0 : number;
}

/// Whether what is remembered is all that the table in the archive holds.
bool Interned::IsWhole() {
  if (!whole_) {
    stored_->first.Start();
    whole_ = !stored_->first.Step();
    stored_->first.Reset();
  }
  return *whole_;
}

/// REQUIRES: `key_` is the row's, and not known.
std::int64_t Interned::Remembered(const Row& row) {
  constexpr std::size_t kLongestKey = 4096;
  const std::int64_t number = stored_ ? Looked(row) : Added(row);
  if (number == 0 || (stored_ && key_.size() > kLongestKey)) {
    whole_ = false;
    return number;
  }
  if (stored_ && numbers_.size() >= kKnown) {
    numbers_.Clear();
    whole_ = false;
  }
  numbers_.Put(key_, number);
  return number;
}

std::int64_t Interned::NumberOf(const Row& row) {
  key_.clear();
  for (const Cell& cell : row) AppendKey(cell, key_);
  const std::int64_t known = numbers_.Find(key_);
  return known != 0 ? known : Remembered(row);
}

std::vector<std::int64_t> Interned::NumbersOf(const Interned& rows) {
  const std::vector<KeyTable::Key> keys = rows.numbers_.Keys();
  for (const KeyTable::Key& key : keys) numbers_.Prefetch(key.hash);
  for (const KeyTable::Key& key : keys) numbers_.PrefetchKey(key.hash);
  std::vector<std::int64_t> numbers = {0};
  numbers.reserve(keys.size() + 1);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::int64_t number = numbers_.Find(keys[i]);
    if (number == 0) {
      key_ = keys[i].bytes;
      number = Remembered(rows.own_[i]);
    }
    numbers.push_back(number);
  }
  return numbers;
}

std::int64_t Interned::NumberOf(std::string_view text) {
  key_.clear();
  AppendText(text, key_);
  const std::int64_t known = numbers_.Find(key_);
  return known != 0 ? known : Remembered({std::string(text)});
}

const Row& Interned::RowOf(std::int64_t number) {
  if (!stored_) {
    if (number > 0 && number <= size()) return own_[static_cast<std::size_t>(number) - 1];
    none_.resize(columns_);
    return none_;
  }
  if (const auto known = rows_.find(number); known != rows_.end()) return known->second;
  Row row;
  Statement& read = stored_->read;
  read.Start(number);
  if (read.Step()) {
    for (std::size_t i = 0; i < columns_; ++i) row.push_back(CellAt(read, static_cast<int>(i)));
  }
  read.Reset();
  if (row.empty()) row.resize(columns_);
  if (rows_.size() >= kMostRows) rows_.clear();
  return rows_.emplace(number, std::move(row)).first->second;
}

void Interned::Forget() {
  numbers_.Clear();
  whole_.reset();
  rows_.clear();
}

}  // namespace dateline::archive
