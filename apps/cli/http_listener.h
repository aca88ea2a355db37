/// Connections of HTTP: one thread waits for all of them, a few answer.
///
///   HttpListener listener({.host = "127.0.0.1", .port = 8080, .workers = 4}, answer);
///   listener.Start();
///   while (!stopped) Sleep();
///   listener.Stop();
///
/// A connection costs a thread only from when the head of a request is there until its answer is
/// written, so that neither idle nor dawdling readers keep others waiting. What takes too long, is
/// too large or is one too many is refused in a word. Parsing and framing are cpp-httplib's.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "dateline/result.h"
#include "serve/http.h"

namespace dateline::cli {

struct ListenOptions {
  std::string host = "127.0.0.1";
  int port = 8080;  ///< 0: any that is free
  unsigned workers = 4;
  std::size_t max_connections = 512;
  std::size_t max_waiting = 256;      ///< requests that no worker has taken up yet
  std::size_t max_head = 16U << 10U;  ///< bytes of a request's line and headers
  std::size_t max_body = 16U << 20U;
  unsigned max_streams = 2;                    ///< long answers at once
  unsigned max_bodies = 2;                     ///< requests with a body at once
  std::chrono::milliseconds head_time{10000};  ///< for a whole head to come
  std::chrono::milliseconds idle_time{60000};  ///< between two requests
  std::chrono::milliseconds body_time{30000};
  std::chrono::milliseconds write_time{30000};  ///< without any byte being taken
};

/// What happened, for figures.
struct ListenCounts {
  std::uint64_t connections = 0;  ///< open now
  std::uint64_t waiting = 0;      ///< requests without a worker now
  std::uint64_t refused = 0;      ///< since the start: too many, too large, too slow, malformed
};

/// A request that was answered, for the log.
struct Exchange {
  std::string remote{};
  std::string method{};
  std::string target{};
  int status = 0;
  std::uint64_t bytes = 0;  ///< of the body as sent
  double seconds = 0;
};

/// Called by worker `worker` of `workers`, one call at a time for each.
using AnswerRequest = std::function<serve::Response(const serve::Request&, unsigned worker)>;
/// Called by the same thread when the answer was written.
using NoteExchange = std::function<void(const Exchange&, unsigned worker)>;

class HttpListener {
 public:
  HttpListener(const ListenOptions& options, AnswerRequest answer, NoteExchange note);
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  /// kUnreadable when the address cannot be listened on.
  Result<void> Start();
  /// The port, once started.
  [[nodiscard]] int port() const;
  /// Takes no more, lets what is under way end for at most `patience`, closes all.
  void Stop(std::chrono::milliseconds patience);
  [[nodiscard]] ListenCounts counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::cli
