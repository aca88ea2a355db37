#include "archive/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace dateline::archive {
namespace {

constexpr std::size_t kMostIdle = 48;

/// SQLite's codes as something a person can act on.
Error Explain(int code, const std::string& said, const std::string& path) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnreadable,
              "another program is writing to it; run the same command again when that is done",
              path};
    case SQLITE_FULL:
      return {ErrorCode::kUnreadable,
              "no space is left on the disk; what was added before is safe: free some space and "
              "run the same command again",
              path};
    case SQLITE_NOTADB:
      return {ErrorCode::kMalformed, "is no archive: not an SQLite database", path};
    case SQLITE_CORRUPT:
      return {ErrorCode::kMalformed,
              "is damaged (" + said + "); restore a copy, or add the stories to a new archive",
              path};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kUnreadable, "cannot be opened: is the folder there, and may you use it?",
              path};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kUnreadable, "cannot be written (" + said + "); check its permissions",
              path};
    case SQLITE_IOERR:
      return {ErrorCode::kUnreadable,
              "the disk refused (" + said + "); what was added before is safe", path};
    case SQLITE_TOOBIG:
      return {ErrorCode::kTooLarge, "a value is over SQLite's limit of 1 GB", path};
    default:
      return {ErrorCode::kInvalidArgument, said, path};
  }
}

}  // namespace

Result<std::unique_ptr<Database>> Database::Open(const std::string& path, Access access,
                                                 int patience_ms) {
  const int flags =
      access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Database> database(
      new Database(handle, path, patience_ms));  // make_unique cannot: private
  if (code != SQLITE_OK) return std::unexpected(Explain(code, sqlite3_errstr(code), path));
  sqlite3_busy_timeout(handle, patience_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A file from elsewhere must not run what its schema says, nor lead astray by broken cells.
  database->Run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
  if (access == Access::kRead) database->Run("PRAGMA query_only = ON");
  if (auto failure = database->TakeFailure()) return std::unexpected(*std::move(failure));
  return database;
}

Database::~Database() {
  for (sqlite3_stmt* statement : idle_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

sqlite3_stmt* Database::Take(std::string_view sql) {
  const auto same = std::ranges::find(idle_.rbegin(), idle_.rend(), sql, &sqlite3_sql);
  if (same != idle_.rend()) {
    sqlite3_stmt* known = *same;
    idle_.erase(std::next(same).base());
    return known;
  }
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (code != SQLITE_OK) NoteFailure(code);
  return made;
}

void Database::GiveBack(sqlite3_stmt* statement) {
  if (statement == nullptr) return;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  idle_.push_back(statement);
  if (idle_.size() <= kMostIdle) return;
  sqlite3_finalize(idle_.front());
  idle_.erase(idle_.begin());
}

void Database::Run(const char* sql) {
  if (failed()) return;
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) NoteFailure(code);
}

void Database::RunPatiently(const char* sql) {
  constexpr int kPauseMs = 20;
  for (int waited = 0; !failed(); waited += kPauseMs) {
    const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return;
    if ((code & 0xff) != SQLITE_BUSY || waited >= patience_ms_) {
      NoteFailure(code);
    } else {
      sqlite3_sleep(kPauseMs);
    }
  }
}

std::int64_t Database::Number(const char* sql) {
  Statement statement(*this, sql);
  return statement.Step() ? statement.Number(0) : 0;
}

std::int64_t Database::LastId() const { return sqlite3_last_insert_rowid(handle_); }

int Database::Changes() const { return sqlite3_changes(handle_); }

std::optional<Error> Database::TakeFailure() { return std::exchange(failure_, std::nullopt); }

void Database::NoteFailure(int code) {
  if (!failed()) failure_ = Explain(code, sqlite3_errmsg(handle_), path_);
}

Statement::Statement(Database& database, std::string_view sql)
    : database_(&database), handle_(database.failed() ? nullptr : database.Take(sql)) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() { database_->GiveBack(handle_); }

bool Statement::Step() {
  if (handle_ == nullptr || database_->failed()) return false;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->NoteFailure(code);
  return false;
}

void Statement::Reset() { sqlite3_reset(handle_); }

void Statement::Bind(int at, std::int64_t value) { sqlite3_bind_int64(handle_, at, value); }

void Statement::Bind(int at, double value) { sqlite3_bind_double(handle_, at, value); }

void Statement::Bind(int at, std::string_view value) {
  // A view of nothing would be NULL, which is something else than an empty text.
  const char* data = value.data() == nullptr ? "" : value.data();
  sqlite3_bind_text64(handle_, at, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::Bind(int at, Blob value) {
  const char* data = value.bytes.data() == nullptr ? "" : value.bytes.data();
  sqlite3_bind_blob64(handle_, at, data, value.bytes.size(), SQLITE_STATIC);
}

void Statement::Bind(int at, std::nullptr_t) { sqlite3_bind_null(handle_, at); }

std::int64_t Statement::Number(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::Real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::Text(int column) const {
  const auto* text = sqlite3_column_text(handle_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Transaction::~Transaction() {
  if (!open_) return;
  // Some failures (a full disk) have rolled back already: then there is nothing to give back.
  if (sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Result<void> Transaction::Commit() {
  database_.Run("COMMIT");
  if (auto failure = database_.TakeFailure()) return std::unexpected(*std::move(failure));
  open_ = false;
  return {};
}

}  // namespace dateline::archive
