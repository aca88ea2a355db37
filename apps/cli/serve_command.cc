// Each worker has a connection to the archive and scratch of its own; the API, the page and the
// figures are shared. The columns in memory are read beside the answering of first requests.
#include "serve_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "alerts_file.h"
#include "assets.h"
#include "base/ascii.h"
#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/input.h"
#include "endpoint.h"
#include "http_listener.h"
#include "interrupt.h"
#include "memory_file.h"
#include "messages.h"
#include "near.h"
#include "output.h"
#include "read_command.h"
#include "record/json_writer.h"
#include "resident.h"
#include "serve/api.h"
#include "serve/guard.h"
#include "serve/lines.h"
#include "serve/metrics.h"
#include "serve/page.h"
#include "whole_file.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kLeastToken = 16;
constexpr auto kPatience = std::chrono::seconds(10);
constexpr auto kGlance = std::chrono::milliseconds(50);

// ---- where to listen

bool IsLoopback(const std::string& host) { return host == "::1" || host.starts_with("127."); }

std::string Lower(std::string text) {
  for (char& c : text) c = base::IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// What Host may be.
std::vector<std::string> HostsOf(const ServeCommand& command, const Endpoint& address, int port) {
  std::vector<std::string> names = command.hosts;
  const bool six = address.host.find(':') != std::string::npos;
  names.push_back(six ? "[" + address.host + "]" : address.host);
  if (IsLoopback(address.host)) {
    names.insert(names.end(), {"localhost", "127.0.0.1", "[::1]"});
  }
  std::vector<std::string> hosts;
  for (const std::string& name : names) {
    hosts.push_back(fmt::format("{}:{}", Lower(name), port));
    // Behind a proxy the name comes without the port, or with its own.
    hosts.push_back(Lower(name));
  }
  return hosts;
}

Result<std::string> TokenOf(const ServeCommand& command, const Endpoint& address) {
  std::string token = command.token;
  if (!command.token_file.empty()) {
    DATELINE_TRY(token, ReadWholeFile(command.token_file));
    token = base::Trim(token);
  }
  const bool given = !command.token.empty() || !command.token_file.empty();
  if (!given && !IsLoopback(address.host)) {
    return Fail(ErrorCode::kInvalidArgument,
                "who may reach this address may ask: give a token with --token-file FILE",
                "--listen");
  }
  const bool plain = std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (given && (token.size() < kLeastToken || !plain)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("a token has {} characters at least, letters, digits and signs of "
                            "ASCII: head -c 24 /dev/urandom | base64",
                            kLeastToken),
                "--token");
  }
  return token;
}

// ---- what is sent to be read

Result<std::vector<InputPiece>> Cut(std::string_view bytes, Format format,
                                    std::uint64_t max_bytes) {
  const MemoryFile file(bytes);
  if (!file.whole()) return Fail(ErrorCode::kUnreadable, "no memory for it now");
  DATELINE_TRY(InputReader reader,
               InputReader::Open(file.path(),
                                 {.format = format, .max_piece_bytes = max_bytes, .columns = {}}));
  std::vector<InputPiece> pieces;
  while (auto piece = reader.Next()) {
    if (!*piece && piece->error().code == ErrorCode::kNoStory) continue;
    if (!*piece) {
      return Fail(piece->error().code, piece->error().message);
    }
    (*piece)->path = "-";
    pieces.push_back(**std::move(piece));
  }
  return pieces;
}

// ---- log

/// A line of JSON for each request.
class AccessLog {
 public:
  static Result<std::unique_ptr<AccessLog>> Open(const ServeCommand& command) {
    int file = STDERR_FILENO;
    if (!command.log.empty()) {
      file = open(command.log.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    }
    if (file < 0) return Fail(ErrorCode::kUnreadable, "cannot be written", command.log);
    return std::unique_ptr<AccessLog>(new AccessLog(command.quiet ? -1 : file));
  }
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;
  ~AccessLog() {
    if (file_ > STDERR_FILENO) close(file_);
  }

  void Note(const Exchange& exchange, std::string_view operation) const {
    if (file_ < 0) return;
    record::JsonWriter json(false);
    json.BeginObject();
    serve::AddText(json, "time", Now());
    serve::AddText(json, "remote", exchange.remote);
    serve::AddText(json, "method", exchange.method);
    serve::AddText(json, "target", exchange.target);
    serve::AddText(json, "operation", std::string(operation));
    serve::AddNumber(json, "status", static_cast<std::uint64_t>(exchange.status));
    serve::AddNumber(json, "bytes", exchange.bytes);
    json.Key("ms");
    json.Raw(fmt::format("{:.2f}", exchange.seconds * 1000));
    json.EndObject();
    // In one call, so that lines of several threads do not mix.
    const std::string line = json.Take() + "\n";
    static_cast<void>(!write(file_, line.data(), line.size()));
  }

 private:
  explicit AccessLog(int file) : file_(file) {}
  static std::string Now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    return fmt::format("{}.{:03}Z", serve::Written(ms / 1000).substr(0, 19), ms % 1000);
  }

  int file_;
};

// ---- the server

class Server {
 public:
  Server(const ServeCommand& command, const Engine& engine, const serve::Codes& codes,
         std::vector<follow::Alert> alerts)
      : page_(Assets()), api_(OptionsOf(command, engine, codes, std::move(alerts))) {}

  /// Returns the exit code.
  int Run(const ServeCommand& command, const Endpoint& address, std::string token) {
    auto log = AccessLog::Open(command);
    if (!log) return Complain(log.error());
    log_ = *std::move(log);
    const unsigned workers = WorkersOf(command);
    for (unsigned i = 0; i < workers; ++i) {
      auto desk = serve::Desk::Open(command.archive);
      if (!desk) return Complain(desk.error());
      desks_.push_back(*std::move(desk));
    }
    guard_.token = std::move(token);
    guard_.read_only = command.read_only;
    listener_.emplace(
        ListenOptions{.host = address.host,
                      .port = address.port,
                      .workers = workers,
                      .max_body = command.max_bytes},
        [this](const serve::Request& request, unsigned worker) {
          return Answer(request, desks_[worker]);
        },
        [this](const Exchange& exchange, unsigned) { Note(exchange); });
    {
      // Nothing is answered before the names that the server has are known.
      const std::lock_guard starting(start_mutex_);
      if (auto started = listener_->Start(); !started) return Complain(started.error());
      guard_.hosts = HostsOf(command, address, listener_->port());
    }
    return Go(command, address);
  }

 private:
  static unsigned WorkersOf(const ServeCommand& command) {
    constexpr unsigned kLeast = 4;
    if (command.threads > 0) return command.threads;
    return std::max(kLeast, 2 * std::thread::hardware_concurrency());
  }

  serve::ApiOptions OptionsOf(const ServeCommand& command, const Engine& engine,
                              const serve::Codes& codes, std::vector<follow::Alert> alerts) {
    serve::ApiOptions options;
    options.archive = command.archive;
    options.engine = &engine;
    options.codes = &codes;
    options.alerts = std::move(alerts);
    options.read_only = command.read_only;
    options.program = engine.Version();
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    options.find_near = [this](std::string_view text) { return places_.Find(text); };
    options.cut = [most = command.max_bytes](std::string_view bytes, Format format) {
      return Cut(bytes, format, most);
    };
    const auto document = std::ranges::find(Assets(), "openapi.json", &serve::Asset::path);
    if (document != Assets().end()) options.document = document->bytes;
    return options;
  }

  /// Waits for a signal.
  int Go(const ServeCommand& command, const Endpoint& address) {
    const bool six = address.host.find(':') != std::string::npos;
    std::thread reading([this, &command] { ReadArchive(command); });
    Output output(STDOUT_FILENO);
    output.Write(fmt::format("http://{}:{}/\n", six ? "[" + address.host + "]" : address.host,
                             listener_->port()));
    output.Flush();
    if (!page_.IsThere()) Say("the page is not built in (web/dist was missing): only the API is");
    while (SignalReceived() == 0) std::this_thread::sleep_for(kGlance);
    listener_->Stop(kPatience);
    reading.join();
    return kAllRead;
  }

  void ReadArchive(const ServeCommand& command) {
    auto desk = serve::Desk::Open(command.archive);
    if (!desk) return Say(desk.error());
    if (const auto read = api_.Refresh(*desk); !read) Say(read.error());
  }

  serve::Response Answer(const serve::Request& request, serve::Desk& desk) {
    {
      const std::lock_guard started(start_mutex_);
    }
    const std::string_view path =
        std::string_view(request.target).substr(0, request.target.find('?'));
    const bool api = path.starts_with("/api/") || path == "/api" || path == "/metrics";
    if (auto problem = serve::Guard(request, guard_, api)) return serve::ProblemResponse(*problem);
    if (path == "/metrics") return Figures();
    return api ? api_.Answer(request, desk) : page_.Answer(request);
  }

  serve::Response Figures() const {
    const ListenCounts counts = listener_->counts();
    const auto up = std::chrono::steady_clock::now() - started_;
    serve::Response response;
    response.Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.Set("Cache-Control", "no-store");
    response.body = metrics_.Text({
        {"dateline_uptime_seconds", "Since the start.", std::chrono::duration<double>(up).count()},
        {"dateline_resident_memory_bytes", "Memory that the program holds.", ResidentBytes()},
        {"dateline_http_connections", "Open now.", static_cast<double>(counts.connections)},
        {"dateline_http_waiting_requests", "Requests that no thread has taken up yet.",
         static_cast<double>(counts.waiting)},
        {"dateline_http_refused_total", "Too many, too large, too slow or malformed.",
         static_cast<double>(counts.refused), true},
    });
    return response;
  }

  void Note(const Exchange& exchange) {
    serve::Request request{.method = exchange.method, .target = exchange.target};
    std::string_view operation = api_.OperationOf(request);
    if (operation.empty()) operation = exchange.target == "/metrics" ? "metrics" : "other";
    metrics_.Note(operation, exchange.status, exchange.seconds, exchange.bytes);
    log_->Note(exchange, operation);
  }

  serve::Page page_;
  PlaceFinder places_;
  serve::Api api_;
  serve::Metrics metrics_;
  serve::GuardOptions guard_;
  std::unique_ptr<AccessLog> log_;
  std::vector<serve::Desk> desks_;
  std::mutex start_mutex_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::optional<HttpListener> listener_;
};

}  // namespace

int RunServe(const ServeCommand& command) {
  const auto address = ParseEndpoint(command.listen, "--listen");
  if (!address) return Complain(address.error());
  auto token = TokenOf(command, *address);
  if (!token) return Complain(token.error());
  if (const auto there = Archive::Open(command.archive, ArchiveAccess::kRead); !there) {
    return Complain(there.error());
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  const auto codes = serve::LoadCodes();
  if (!codes) {
    Say(codes.error());
    return kWrongUsage;
  }
  auto alerts = LoadAlerts(command.alerts);
  if (!alerts) return Complain(alerts.error());
  WatchSignals();
  Server server(command, *engine, *codes, *std::move(alerts));
  return server.Run(command, *address, *std::move(token));
}

}  // namespace dateline::cli
