/// SQLite's C interface with owners and values: a connection, statements, transactions.
///
///   DATELINE_TRY(const auto database, Database::Open("news.db", Access::kRead));
///   Statement days(*database, "SELECT day FROM stories WHERE story = ?");
///   days.Start(std::int64_t{7});
///   while (days.Step()) Use(days.Text(0));
///   if (auto failure = database->TakeFailure()) return std::unexpected(*failure);
///
/// The first thing that goes wrong is kept by the connection: from then on statements do nothing
/// and Step gives no row, until TakeFailure hands it over. So a run of statements is checked once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dateline::archive {

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

enum class Access : std::uint8_t {
  kRead,   ///< the file must be there, and nothing can be changed
  kWrite,  ///< created when it is not there
};

/// A connection. Belongs to one thread at a time; stays where it is, statements point at it.
class Database {
 public:
  /// Statements wait up to `patience_ms` for another program that writes. kNotFound, kUnreadable,
  /// or kMalformed for a file that is no SQLite database.
  static Result<std::unique_ptr<Database>> Open(const std::string& path, Access access,
                                                int patience_ms = 10000);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Runs statements that give no rows, with semicolons between them.
  void Run(const char* sql);
  /// Run, tried again while another program is in the way, for as long as statements wait. For what
  /// SQLite itself does not wait for: the change to another journal, where both programs may be
  /// readers that wait for each other.
  void RunPatiently(const char* sql);
  /// The one number that `sql` gives; 0 when it gives none.
  std::int64_t Number(const char* sql);
  [[nodiscard]] std::int64_t LastId() const;
  /// Rows changed by the last statement.
  [[nodiscard]] int Changes() const;

  [[nodiscard]] bool failed() const { return failure_.has_value(); }
  /// What went wrong first; afterwards the connection goes on as if nothing had.
  std::optional<Error> TakeFailure();
  /// Keeps what SQLite says went wrong, unless something went wrong before.
  void NoteFailure(int code);

  [[nodiscard]] sqlite3* handle() const { return handle_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  friend class Statement;
  /// A prepared statement that is not in use; a null pointer and a failure when there is an error.
  sqlite3_stmt* Take(std::string_view sql);
  /// Keeps a statement for the next that wants the same.
  void GiveBack(sqlite3_stmt* statement);

  Database(sqlite3* handle, std::string path, int patience_ms)
      : handle_(handle), path_(std::move(path)), patience_ms_(patience_ms) {}

  sqlite3* handle_;
  std::string path_;
  int patience_ms_;
  std::optional<Error> failure_;
  std::vector<sqlite3_stmt*> idle_;  ///< not in use, the last used last
};

/// One prepared statement. Preparing takes longer than most questions do, so the connection keeps
/// the statements used last, and one whose words are the same costs nothing. Parameters are bound
/// in order by Run and Start; text and bytes handed to Start must live until the last Step. Must
/// not outlive the connection. Not thread-safe.
class Statement {
 public:
  /// `sql` is one statement. What cannot be prepared is the connection's failure.
  Statement(Database& database, std::string_view sql);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// Executes a statement that gives no rows.
  template <typename... Values>
  void Run(const Values&... values) {
    Start(values...);
    Step();
    Reset();
  }
  /// Binds the parameters; rows come with Step.
  template <typename... Values>
  void Start(const Values&... values) {
    Reset();
    int at = 0;
    (Bind(++at, values), ...);
  }
  /// Moves to the next row; false at the end, and when something is wrong.
  bool Step();
  /// Ends the reading of rows, so that the statement holds no lock.
  void Reset();

  void Bind(int at, std::int64_t value);
  void Bind(int at, double value);
  void Bind(int at, std::string_view value);
  void Bind(int at, const std::string& value) { Bind(at, std::string_view(value)); }
  void Bind(int at, const char* value) { Bind(at, std::string_view(value)); }
  void Bind(int at, Blob value);
  void Bind(int at, std::nullptr_t);
  void Bind(int at, bool value) { Bind(at, std::int64_t{value}); }
  void Bind(int at, std::uint32_t value) { Bind(at, std::int64_t{value}); }
  void Bind(int at, int value) { Bind(at, std::int64_t{value}); }
  template <typename Value>
  void Bind(int at, const std::optional<Value>& value) {
    if (value) {
      Bind(at, *value);
    } else {
      Bind(at, nullptr);
    }
  }

  // The columns of the row; views live until the next Step or Reset.
  [[nodiscard]] std::int64_t Number(int column) const;
  [[nodiscard]] double Real(int column) const;
  [[nodiscard]] std::string_view Text(int column) const;
  [[nodiscard]] std::string_view Bytes(int column) const;
  [[nodiscard]] bool IsNull(int column) const;

  [[nodiscard]] sqlite3_stmt* handle() const { return handle_; }

 private:
  Database* database_;
  sqlite3_stmt* handle_ = nullptr;
};

/// Takes the right to write at once, and gives back all that was done unless Commit is called.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    database_.Run("BEGIN IMMEDIATE");
    open_ = !database_.failed();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Makes it last. On failure all is given back, and the failure returned.
  Result<void> Commit();

 private:
  Database& database_;
  bool open_ = false;
};

}  // namespace dateline::archive
