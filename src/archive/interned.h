/// Tables in which each row of values is kept once and told by a number.
///
///   Interned codes(database, {.table = "codes", .number = "code", .columns = {"text"}});
///   codes.NumberOf({"CHN"});  // 7, whoever asks
///   codes.RowOf(7);           // {"CHN"}
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "archive/sqlite.h"

namespace dateline::archive {

/// A value of a row; monostate is NULL.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

Cell CellOf(const std::optional<std::string>& text);
Cell CellOf(const std::optional<double>& number);
Cell CellOf(const std::optional<std::int64_t>& number);
/// What the cell holds; nothing for NULL (and for a value of another type).
std::optional<std::string> TextOf(const Cell& cell);
std::optional<double> RealOf(const Cell& cell);
std::int64_t NumberOf(const Cell& cell);

struct InternedTable {
  const char* table;
  const char* number;                ///< its INTEGER PRIMARY KEY
  std::vector<const char*> columns;  ///< all others; there is an index that begins with the first
};

/// Keys, each with a number. All lie in one text: what is looked up with every fact of every story
/// should be found by looking at two places of memory.
class KeyTable {
 public:
  struct Key {
    std::string_view bytes;  ///< in the table, until something is put there
    std::uint64_t hash = 0;
  };
  /// Of a table of which the numbers are 1 to size(): by number, from 1 on.
  [[nodiscard]] std::vector<Key> Keys() const;
  /// Asks for the memory that Find will look at.
  void Prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  /// To be called when what Prefetch asked for has come.
  void PrefetchKey(std::uint64_t hash) const {
    if (slots_.empty()) return;
    __builtin_prefetch(pool_.data() + slots_[hash & (slots_.size() - 1)].begin);
  }
  [[nodiscard]] std::int64_t Find(const Key& key) const;
  /// 0: it is not there.
  [[nodiscard]] std::int64_t Find(std::string_view key) const;
  /// REQUIRES: the key is not there; number > 0.
  void Put(std::string_view key, std::int64_t number);
  [[nodiscard]] std::size_t size() const { return size_; }
  void Clear();

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::int64_t number = 0;  ///< 0: empty
    std::uint32_t begin = 0;  ///< in `pool_`
    std::uint32_t size = 0;
  };

  [[nodiscard]] std::size_t PlaceOf(std::string_view key, std::uint64_t hash) const;
  void Grow();

  std::vector<Slot> slots_;
  std::string pool_;
  std::size_t size_ = 0;
};

/// Numbers are given out as rows come, from 1, and stay. Failures are the database's.
class Interned {
 public:
  Interned(Database& database, const InternedTable& table);
  /// Kept in memory alone.
  explicit Interned(std::size_t columns);

  /// The number of the row, which is added when it is not there.
  std::int64_t NumberOf(const Row& row);
  /// Of a table of one column.
  std::int64_t NumberOf(std::string_view text);
  /// The numbers here of all rows of a table in memory, from its number 1 on, after a 0. Where the
  /// rows came with their keys, these are not made again.
  std::vector<std::int64_t> NumbersOf(const Interned& rows);
  /// The row with this number; empty when there is none.
  const Row& RowOf(std::int64_t number);
  /// Of a table in memory: how many rows there are, numbered from 1.
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(own_.size()); }
  /// To be called when rows may have been given back.
  void Forget();
  /// Called with each row that is added.
  void OnAdded(std::function<void(std::int64_t, const Row&)> added) { added_ = std::move(added); }

 private:
  struct Statements {
    Statements(Database& database, const InternedTable& table);
    Database& database;
    Statement find;
    Statement insert;
    Statement first;
    Statement read;
  };

  std::int64_t Added(const Row& row);
  std::int64_t Looked(const Row& row);
  std::int64_t Remembered(const Row& row);
  bool IsWhole();

  std::size_t columns_;
  std::optional<Statements> stored_;
  std::function<void(std::int64_t, const Row&)> added_;
  std::vector<Row> own_;       ///< of a table in memory
  Row none_;                   ///< likewise: what a number beyond it has
  std::string key_;            ///< scratch
  std::optional<bool> whole_;  ///< see IsWhole; absent: not known
  // Emptied when they grow large.
  KeyTable numbers_;
  std::unordered_map<std::int64_t, Row> rows_;  ///< of a table in the archive
};

}  // namespace dateline::archive
