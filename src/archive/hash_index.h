/// Numbers by hash. Hashes fall anywhere into a B-tree, so in a large one a batch of stories writes
/// nearly every page anew. New rows therefore wait in a small table, `new_` before the name of the
/// large one, and go over some ten thousand at once, in order: a page is written once for many.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "archive/key_filter.h"
#include "archive/sqlite.h"

namespace dateline::archive {

/// A table and the one in which its new rows wait; both have the same columns. Belongs to one
/// connection that writes. Failures are the database's.
class SettledTable {
 public:
  SettledTable(Database& database, std::string_view table);

  /// To be called when a row was put into the table of new rows.
  void Added();
  /// Moves what waits where that is enough. To be called before each commit.
  void Finish();
  /// To be called when rows may have been given back, or another program wrote.
  void Forget() { waiting_ = -1; }

 private:
  Database& database_;
  std::string count_;
  Statement settle_;
  Statement clear_;
  std::int64_t waiting_ = -1;  ///< rows; -1: not counted
};

/// The numbers of inputs, or of stories, each by its hash.
class HashIndex {
 public:
  /// `table`: input_hashes or story_hashes.
  HashIndex(Database& database, std::string_view table);

  /// The number that has the hash; 0: none.
  std::int64_t Find(std::string_view hash);
  /// REQUIRES: Find gives none in this transaction.
  void Add(std::string_view hash, std::int64_t number);
  void Finish() { rows_.Finish(); }
  void Forget();

 private:
  static constexpr unsigned kFilterBits = 26;  // 8 MB

  /// For certain. Told once many have been looked for.
  bool IsNowhere(std::string_view hash);
  void LoadFilter();

  Database& database_;
  SettledTable rows_;
  std::string all_;
  std::uint64_t asked_ = 0;
  KeyFilter filter_{kFilterBits};
  Statement find_;
  Statement add_;
};

/// Tables and views, version 10 of the schema: hashes were an index of their rows before.
const char* HashTables();

}  // namespace dateline::archive
