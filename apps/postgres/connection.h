/// libpq with owners: a connection, rows of an answer, COPY. The only header that knows libpq.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"

namespace dateline::postgres {

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ResultCloser {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultOwner = std::unique_ptr<PGresult, ResultCloser>;

/// The rows of an answer. Rows and columns count from 0 and must be there.
class Rows {
 public:
  explicit Rows(ResultOwner result) : result_(std::move(result)) {}
  [[nodiscard]] int size() const { return PQntuples(result_.get()); }
  [[nodiscard]] bool IsNull(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) == 1;
  }
  [[nodiscard]] std::string_view Text(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
  }
  [[nodiscard]] std::int64_t Number(int row, int column) const;  ///< 0 for what is none
  [[nodiscard]] double Real(int row, int column) const;
  [[nodiscard]] bool Truth(int row, int column) const { return Text(row, column) == "t"; }
  [[nodiscard]] std::string Bytes(int row, int column) const;  ///< of a bytea

 private:
  ResultOwner result_;
};

/// Not thread-safe. A failed statement breaks off the transaction that is open.
class Connection {
 public:
  /// kUnreadable: no such server, no right to use it. The message never holds the password.
  static Result<Connection> Open(const std::string& server);

  /// Runs statements that give no rows.
  Result<void> Run(const std::string& statements);
  /// Runs one statement; $1 … are the values.
  Result<Rows> Ask(const std::string& statement, const std::vector<std::string>& values = {});
  /// `into`: "table(columns)"; `rows` in the text form of COPY.
  Result<void> Copy(const std::string& into, std::string_view rows);

  /// Whether the last failure came of another program that was at the same rows: to be tried again.
  [[nodiscard]] bool collided() const { return collided_; }
  /// "host:port/database".
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  Connection(std::unique_ptr<PGconn, ConnectionCloser> connection, std::string name)
      : connection_(std::move(connection)), name_(std::move(name)) {}
  Result<void> Check(const ResultOwner& result, ExecStatusType wanted);
  std::unexpected<Error> Failure(const PGresult* result);

  std::unique_ptr<PGconn, ConnectionCloser> connection_;
  std::string name_;
  bool collided_ = false;
};

/// "{a,b,c}": items that need no quotes, as an array.
std::string ArrayOf(const std::vector<std::string>& items);

}  // namespace dateline::postgres
