#include "postgres/connection.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <utility>

namespace dateline::postgres {
namespace {

constexpr std::size_t kCopyAtOnce = 1U << 20U;

struct Freer {
  void operator()(void* memory) const { PQfreemem(memory); }
};

std::string_view Trimmed(std::string_view message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) {
    message.remove_suffix(1);
  }
  return message;
}

std::string OneLine(std::string_view message) {
  std::string line(Trimmed(message));
  for (char& c : line) c = c == '\n' || c == '\t' ? ' ' : c;
  return line;
}

std::string Known(const char* value, std::string_view otherwise) {
  return value == nullptr || *value == '\0' ? std::string(otherwise) : value;
}

/// What is said on the way ("relation exists already, skipping") is of no use to anybody.
void Ignore(void* /*unused*/, const PGresult* /*notice*/) {}

}  // namespace

std::int64_t Rows::Number(int row, int column) const {
  const std::string_view text = Text(row, column);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

double Rows::Real(int row, int column) const {
  const std::string_view text = Text(row, column);
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string Rows::Bytes(int row, int column) const {
  std::size_t size = 0;
  const auto* text = reinterpret_cast<const unsigned char*>(PQgetvalue(result_.get(), row, column));
  const std::unique_ptr<unsigned char, Freer> bytes(PQunescapeBytea(text, &size));
  return bytes ? std::string(reinterpret_cast<const char*>(bytes.get()), size) : std::string();
}

Result<Connection> Connection::Open(const std::string& server) {
  // The user's own words come last: they may say otherwise.
  const std::vector<const char*> keys = {"connect_timeout", "client_encoding", "application_name",
                                         "dbname", nullptr};
  const std::vector<const char*> values = {"10", "UTF8", "dateline", server.c_str(), nullptr};
  std::unique_ptr<PGconn, ConnectionCloser> made(PQconnectdbParams(keys.data(), values.data(), 1));
  if (!made) return Fail(ErrorCode::kUnreadable, "memory does not suffice for a connection");
  const std::string name =
      fmt::format("{}:{}/{}", Known(PQhost(made.get()), "localhost"),
                  Known(PQport(made.get()), "5432"), Known(PQdb(made.get()), "?"));
  if (PQstatus(made.get()) != CONNECTION_OK) {
    return Fail(ErrorCode::kUnreadable,
                fmt::format("cannot connect: {}; give a server as postgresql://USER@HOST/DATABASE",
                            OneLine(PQerrorMessage(made.get()))),
                name);
  }
  PQsetNoticeReceiver(made.get(), Ignore, nullptr);
  Connection connection(std::move(made), name);
  DATELINE_TRY(const Rows encoding, connection.Ask("SHOW server_encoding"));
  if (encoding.Text(0, 0) != "UTF8") {
    return Fail(ErrorCode::kUnsupported,
                fmt::format("the database is encoded as {}, and stories are UTF-8; make one with "
                            "CREATE DATABASE news ENCODING 'UTF8' TEMPLATE template0",
                            encoding.Text(0, 0)),
                name);
  }
  return connection;
}

std::unexpected<Error> Connection::Failure(const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view code = state == nullptr ? "" : state;
  collided_ = code == "40P01" || code == "40001";
  // What the server itself refuses has a code; a broken line has none, whatever the status still
  // says.
  if (PQstatus(connection_.get()) == CONNECTION_BAD || code.empty()) {
    return Fail(ErrorCode::kUnreadable,
                fmt::format("the connection is lost ({}); what had gone over is safe: run the same "
                            "command again to go on",
                            OneLine(PQerrorMessage(connection_.get()))),
                name_);
  }
  const char* primary =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string message = OneLine(primary == nullptr ? PQerrorMessage(connection_.get()) : primary);
  if (code == "42501") message += "; ask the owner of the database for the right to do this";
  return Fail(ErrorCode::kUnreadable, std::move(message), name_);
}

Result<void> Connection::Check(const ResultOwner& result, ExecStatusType wanted) {
  collided_ = false;
  if (PQresultStatus(result.get()) == wanted) return {};
  return Failure(result.get());
}

Result<void> Connection::Run(const std::string& statements) {
  const ResultOwner result(PQexec(connection_.get(), statements.c_str()));
  if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) return {};
  return Check(result, PGRES_COMMAND_OK);
}

Result<Rows> Connection::Ask(const std::string& statement, const std::vector<std::string>& values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const std::string& value : values) pointers.push_back(value.c_str());
  ResultOwner result(PQexecParams(connection_.get(), statement.c_str(),
                                  static_cast<int>(values.size()), nullptr, pointers.data(),
                                  nullptr, nullptr, 0));
  if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return Rows(std::move(result));
  if (auto checked = Check(result, PGRES_TUPLES_OK); !checked) {
    return std::unexpected(checked.error());
  }
  return Rows(std::move(result));
}

Result<void> Connection::Copy(const std::string& into, std::string_view rows) {
  {
    const ResultOwner begun(
        PQexec(connection_.get(), fmt::format("COPY {} FROM STDIN", into).c_str()));
    if (auto checked = Check(begun, PGRES_COPY_IN); !checked) return checked;
  }
  bool sent = true;
  for (std::size_t at = 0; sent && at < rows.size(); at += kCopyAtOnce) {
    const std::string_view part = rows.substr(at, kCopyAtOnce);
    sent = PQputCopyData(connection_.get(), part.data(), static_cast<int>(part.size())) == 1;
  }
  if (sent) sent = PQputCopyEnd(connection_.get(), nullptr) == 1;
  Result<void> done;
  // Every result must be fetched, or the next statement finds the connection busy.
  while (ResultOwner result{PQgetResult(connection_.get())}) {
    if (auto checked = Check(result, PGRES_COMMAND_OK); !checked && done) done = checked;
    if (PQstatus(connection_.get()) == CONNECTION_BAD) break;
  }
  if (done && !sent) return Failure(nullptr);
  return done;
}

std::string ArrayOf(const std::vector<std::string>& items) {
  return fmt::format("{{{}}}", fmt::join(items, ","));
}

}  // namespace dateline::postgres
