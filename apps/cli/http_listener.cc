// The watcher looks at what has come of a request without taking it (MSG_PEEK) until its head is
// whole, and only then hands the connection to a worker, which reads exactly the head, then the
// body, writes the answer and gives the connection back. So a worker never waits for a head, and
// cpp-httplib, which reads byte by byte, finds them in memory.
#include "http_listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "serve/guard.h"
#include "serve/gzip.h"

namespace dateline::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kBacklog = 256;
constexpr int kMostEvents = 128;
constexpr auto kTick = milliseconds(100);
constexpr auto kLinger = milliseconds(500);  // for a refused request to be read before the end
constexpr std::size_t kPiece = 64U << 10U;   // of a long answer

std::string Reason(int error) { return std::generic_category().message(error); }

/// A head that is ready, or why it never will be.
enum class Head : std::uint8_t { kWaiting, kReady, kGone, kTooLarge };

struct Peeked {
  Head head = Head::kWaiting;
  std::size_t size = 0;  ///< of the head
};

/// What has come of the next request.
Peeked Peek(int socket, std::vector<char>& buffer) {
  const ssize_t count = recv(socket, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
  if (count == 0) return {Head::kGone};
  if (count < 0) return {errno == EAGAIN || errno == EINTR ? Head::kWaiting : Head::kGone};
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end != bytes.npos) return {Head::kReady, end + 4};
  return {bytes.size() == buffer.size() ? Head::kTooLarge : Head::kWaiting};
}

bool WaitFor(int socket, short what, milliseconds time) {
  pollfd wait{socket, what, 0};
  return poll(&wait, 1, static_cast<int>(time.count())) > 0 && (wait.revents & what) != 0;
}

/// Writes all, or as much as is taken in time.
bool SendAll(int socket, std::string_view bytes, milliseconds patience) {
  while (!bytes.empty()) {
    const ssize_t count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    const bool broken = count < 0 && errno != EAGAIN && errno != EINTR;
    if (broken || !WaitFor(socket, POLLOUT, patience)) return false;
  }
  return true;
}

std::string RemoteOf(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "-";
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes =
      address.ss_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(&address)->sin6_addr)
          : &reinterpret_cast<const sockaddr_in*>(&address)->sin_addr;
  return inet_ntop(address.ss_family, bytes, text.data(), text.size()) != nullptr ? text.data()
                                                                                  : "-";
}

/// A connection as cpp-httplib reads and writes it: the head from memory, the body from the socket
/// until its time is over, the answer gathered into large pieces.
class Connection : public httplib::Stream {
 public:
  Connection(int socket, std::string head, const ListenOptions& options)
      : socket_(socket),
        head_(std::move(head)),
        options_(options),
        body_end_(Clock::now() + options.body_time) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return !broken_; }

  ssize_t read(char* to, std::size_t size) override {
    if (at_ < head_.size()) {
      const std::size_t count = std::min(size, head_.size() - at_);
      std::memcpy(to, head_.data() + at_, count);
      at_ += count;
      return static_cast<ssize_t>(count);
    }
    const auto left = std::chrono::duration_cast<milliseconds>(body_end_ - Clock::now());
    if (left.count() <= 0 || !WaitFor(socket_, POLLIN, left)) {
      late_ = true;
      return -1;
    }
    return recv(socket_, to, size, 0);
  }

  ssize_t write(const char* from, std::size_t size) override {
    waiting_.append(from, size);
    if (waiting_.size() >= kPiece && !Flush()) return -1;
    return static_cast<ssize_t>(size);
  }

  bool Flush() {
    if (!broken_) broken_ = !SendAll(socket_, waiting_, options_.write_time);
    waiting_.clear();
    return !broken_;
  }

  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = remote_;
    port = 0;
  }
  void get_local_ip_and_port(std::string& /*ip*/, int& port) const override { port = 0; }
  socket_t socket() const override { return socket_; }

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] bool late() const { return late_; }

 private:
  int socket_;
  std::string head_;
  std::size_t at_ = 0;
  const ListenOptions& options_;
  Clock::time_point body_end_;
  std::string remote_ = "-";
  std::string waiting_;
  bool broken_ = false;
  bool late_ = false;
};

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// How many may do something at once.
class Turns {
 public:
  explicit Turns(unsigned most) : left_(static_cast<int>(most)) {}
  bool Take() {
    if (left_.fetch_sub(1) > 0) return true;
    left_.fetch_add(1);
    return false;
  }
  void Give() { left_.fetch_add(1); }

 private:
  std::atomic<int> left_;
};

/// Headers as the API reads them, and what is wrong with them.
struct Heading {
  serve::Request request{};
  std::size_t length = 0;  ///< of the body
  std::optional<serve::Problem> problem{};
};

bool IsPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return code == '\t' || (code >= 0x20 && code != 0x7F);
  });
}

/// Takes the length of the body; whatever lets two readers disagree on where it ends is refused.
void TakeLength(const httplib::Request& from, std::size_t most, Heading& heading) {
  const std::string length = from.get_header_value("Content-Length");
  const bool chunked = from.has_header("Transfer-Encoding");
  const bool digits = !length.empty() && length.size() < 16 &&
                      length.find_first_not_of("0123456789") == length.npos;
  if (digits) heading.length = std::stoull(length);
  if (chunked || from.get_header_value_count("Content-Length") > 1 ||
      (!length.empty() && !digits)) {
    heading.problem = {411, "length-required", "send the body with one Content-Length", ""};
  } else if (heading.length > most) {
    heading.problem = {
        413, "too-large",
        fmt::format("the body has {} bytes, and no more than {} are taken", heading.length, most),
        ""};
  } else if (from.has_header("Content-Encoding")) {
    heading.problem = {415, "unsupported", "send the body as it is, without Content-Encoding", ""};
  } else if (from.get_header_value("Content-Type").starts_with("multipart/")) {
    heading.problem = {415, "unsupported", "send the story alone, not as a form", ""};
  }
}

Heading HeadingOf(const httplib::Request& from, std::size_t most_body) {
  Heading heading;
  heading.request.method = from.method;
  heading.request.target = from.target;
  heading.request.now = std::time(nullptr);
  for (const auto& [name, value] : from.headers) {
    if (!IsPlain(value)) {
      heading.problem = {400, "bad-request", "a header has control characters", ""};
    }
    heading.request.headers.emplace(Lower(name), value);
  }
  if (from.get_header_value_count("Host") != 1) {
    heading.problem = {400, "bad-request", "send one Host header", ""};
  }
  TakeLength(from, most_body, heading);
  return heading;
}

}  // namespace

/// cpp-httplib for the parsing of requests and the framing of answers.
class Parser : public httplib::Server {
 public:
  struct Work {
    Connection& connection;
    const ListenOptions& options;
    const AnswerRequest& answer;
    Turns& streams;
    Turns& bodies;
    unsigned worker;
    Exchange exchange{};
    bool close = false;
  };

  Parser() {
    // Else answers in pieces stop at once: it believes to be shut down.
    svr_sock_ = 0;
    set_keep_alive_max_count(1000000);
    set_keep_alive_timeout(60);
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      return Begin(request, response);
    });
    const Handler whole = [this](const httplib::Request& request, httplib::Response& response) {
      heading_.request.body = request.body;
      Answer(response);
    };
    Post(".*", whole);
    Put(".*", whole);
    Patch(".*", whole);
    set_error_handler(
        HandlerWithResponse([this](const httplib::Request& request, httplib::Response& response) {
          return Fail(request, response);
        }));
  }
  ~Parser() override { svr_sock_ = -1; }

  /// One request; false: the connection is to be closed.
  bool Run(Work& work) {
    work_ = &work;
    set_payload_max_length(work.options.max_body);
    heading_ = {};
    has_turn_ = false;
    bool closed = false;
    const bool written =
        process_request(work.connection, work.close, closed, [this](httplib::Request& request) {
          heading_ = HeadingOf(request, work_->options.max_body);
          // What it would do of its own accord is done here.
          for (const char* name : {"Accept-Encoding", "Content-Type", "Range"}) {
            request.headers.erase(name);
          }
          request.ranges.clear();
        });
    if (has_turn_) work.bodies.Give();
    return work.connection.Flush() && written && !closed && !work.close;
  }

 private:
  HandlerResponse Begin(const httplib::Request& request, httplib::Response& response) {
    const bool body = heading_.length > 0;
    if (!heading_.problem && body && !work_->bodies.Take()) {
      heading_.problem = {503, "busy", "too much is being read; send it again in a moment", ""};
    } else if (!heading_.problem && body) {
      has_turn_ = true;
    }
    if (!heading_.problem && body && request.method != "GET" && request.method != "DELETE") {
      return HandlerResponse::Unhandled;
    }
    // What is not read of the request would be taken for the next one.
    if (heading_.problem || body) Close(response);
    Answer(response);
    return HandlerResponse::Handled;
  }

  void Close(httplib::Response& response) {
    work_->close = true;
    response.set_header("Connection", "close");
  }

  void Answer(httplib::Response& response) {
    serve::Response answer = heading_.problem ? serve::ProblemResponse(*heading_.problem)
                                              : work_->answer(heading_.request, work_->worker);
    Send(std::move(answer), response);
  }

  void Send(serve::Response answer, httplib::Response& response) {
    serve::AddSecurityHeaders(answer);
    work_->exchange.method = heading_.request.method;
    work_->exchange.target = heading_.request.target;
    response.status = answer.status;
    std::string type;
    for (const auto& [name, value] : answer.headers) {
      if (name == "Content-Type") {
        type = value;
      } else {
        response.set_header(name, value);
      }
    }
    if (answer.stream && heading_.request.method != "HEAD") {
      Stream(std::move(answer), type, response);
    } else {
      work_->exchange.bytes = answer.body.size();
      if (answer.status == 304) {
        type.clear();
      } else {
        response.set_content(answer.body, type);
      }
    }
    work_->exchange.status = response.status;
  }

  void Stream(serve::Response answer, const std::string& type, httplib::Response& response) {
    if (!work_->streams.Take()) {
      serve::Response busy = serve::ProblemResponse(
          {503, "busy", "other files are being sent; ask again in a moment", ""});
      response.headers.clear();
      Send(std::move(busy), response);
      return;
    }
    const bool gzip = serve::TakesGzip(heading_.request.Header("accept-encoding"));
    if (gzip) response.set_header("Content-Encoding", "gzip");
    response.set_header("Vary", "Accept-Encoding");
    response.set_chunked_content_provider(
        type,
        [this, gzip, stream = std::move(answer.stream)](std::size_t /*offset*/,
                                                        httplib::DataSink& sink) {
          return SendPieces(stream, gzip, sink);
        },
        [this](bool /*whole*/) { work_->streams.Give(); });
  }

  bool SendPieces(const std::function<bool(const serve::Sink&)>& stream, bool gzip,
                  httplib::DataSink& sink) {
    std::optional<serve::GzipStream> packed;
    if (gzip) packed.emplace();
    std::string piece;
    const auto send = [&](const std::string& bytes) {
      work_->exchange.bytes += bytes.size();
      return bytes.empty() || sink.write(bytes.data(), bytes.size());
    };
    const bool whole = stream([&](std::string_view bytes) {
      piece += bytes;
      if (piece.size() < kPiece) return true;
      const std::string full = std::exchange(piece, {});
      return send(packed ? packed->Add(full) : full);
    });
    if (!whole) return false;
    if (!send(packed ? packed->Add(piece) : piece)) return false;
    if (packed && !send(packed->Finish())) return false;
    sink.done();
    return true;
  }

  /// Of what cpp-httplib refuses by itself.
  HandlerResponse Fail(const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty()) return HandlerResponse::Unhandled;
    const int status = work_->connection.late() ? 408 : response.status;
    if (work_->exchange.status != 0 && !work_->connection.late()) {
      return HandlerResponse::Unhandled;
    }
    heading_.request.method = request.method;
    heading_.request.target = request.target;
    Close(response);
    Send(serve::ProblemResponse({status, "bad-request", "the request cannot be read", ""}),
         response);
    return HandlerResponse::Handled;
  }

  Work* work_ = nullptr;
  Heading heading_;
  bool has_turn_ = false;
};

struct HttpListener::Impl {
  Impl(const ListenOptions& given, AnswerRequest to_answer, NoteExchange to_note)
      : options(given),
        answer(std::move(to_answer)),
        note(std::move(to_note)),
        streams(given.max_streams),
        bodies(given.max_bodies) {}

  struct Waiting {
    Clock::time_point end;  ///< when a whole head must be there
    bool begun = false;     ///< something of it has come
  };
  struct Job {
    int socket = -1;
    std::size_t head = 0;
  };

  Result<void> Bind();
  void Watch();
  void Accept();
  void Look(int socket);
  void LookAtTheLate();
  void TakeBack();
  void Await(int socket, bool fresh);
  void Hand(int socket, std::size_t head);
  void RefuseAtOnce(int socket, const serve::Problem& problem);
  void Drop(int socket);
  std::optional<Job> NextJob();
  void Work(unsigned worker);
  void Serve(const Job& job, unsigned worker, Parser& parser);
  void End(int socket, bool keep);

  ListenOptions options;
  AnswerRequest answer;
  NoteExchange note;
  Turns streams;
  Turns bodies;
  int listening = -1;
  int epoll = -1;
  int wake = -1;
  int port = 0;
  std::atomic<bool> stopping{false};
  std::atomic<bool> stopped{false};
  std::atomic<std::size_t> connections{0};
  std::atomic<std::uint64_t> refused{0};
  std::unordered_map<int, Waiting> waiting;  ///< the watcher's alone
  std::vector<char> peeked;                  ///< likewise
  Clock::time_point looked{};

  std::mutex mutex;
  std::condition_variable ready;
  std::deque<Job> jobs;
  std::vector<int> given_back;
  std::vector<int> at_work;

  std::vector<std::thread> threads;
};

Result<void> HttpListener::Impl::Bind() {
  const auto fail = [&](int error) {
    return Fail(ErrorCode::kUnreadable, "cannot be listened on: " + Reason(error),
                fmt::format("{}:{}", options.host, options.port));
  };
  const bool six = options.host.find(':') != std::string::npos;
  sockaddr_storage address{};
  socklen_t size = 0;
  if (six) {
    auto* to = reinterpret_cast<sockaddr_in6*>(&address);
    to->sin6_family = AF_INET6;
    to->sin6_port = htons(static_cast<std::uint16_t>(options.port));
    size = sizeof *to;
    if (inet_pton(AF_INET6, options.host.c_str(), &to->sin6_addr) != 1) return fail(EINVAL);
  } else {
    auto* to = reinterpret_cast<sockaddr_in*>(&address);
    to->sin_family = AF_INET;
    to->sin_port = htons(static_cast<std::uint16_t>(options.port));
    size = sizeof *to;
    if (inet_pton(AF_INET, options.host.c_str(), &to->sin_addr) != 1) return fail(EINVAL);
  }
  listening = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listening < 0) return fail(errno);
  const int on = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listening, reinterpret_cast<sockaddr*>(&address), size) != 0) return fail(errno);
  if (listen(listening, kBacklog) != 0) return fail(errno);
  size = sizeof address;
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(six ? reinterpret_cast<sockaddr_in6*>(&address)->sin6_port
                   : reinterpret_cast<sockaddr_in*>(&address)->sin_port);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (epoll < 0 || wake < 0) return fail(errno);
  for (const int each : {listening, wake}) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = each}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, each, &event);
  }
  return {};
}

void HttpListener::Impl::Watch() {
  std::array<epoll_event, kMostEvents> events{};
  while (!stopped) {
    const int count =
        epoll_wait(epoll, events.data(), kMostEvents, static_cast<int>(kTick.count()));
    for (int i = 0; i < count; ++i) {
      const int each = events.at(static_cast<std::size_t>(i)).data.fd;
      if (each == listening) {
        Accept();
      } else if (each == wake) {
        std::uint64_t number = 0;
        static_cast<void>(!read(wake, &number, sizeof number));
      } else {
        Look(each);
      }
    }
    TakeBack();
    LookAtTheLate();
  }
  for (const auto& [each, unused] : waiting) close(each);
  const std::lock_guard lock(mutex);
  for (const int each : given_back) close(each);
}

void HttpListener::Impl::Accept() {
  while (true) {
    const int each = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (each < 0) return;
    const int on = 1;
    setsockopt(each, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++connections;
    if (connections > options.max_connections) {
      RefuseAtOnce(each, {503, "busy", "too many connections; ask again in a moment", ""});
      continue;
    }
    Await(each, true);
  }
}

/// From now on the watcher looks after the connection.
void HttpListener::Impl::Await(int each, bool fresh) {
  waiting[each] = {Clock::now() + (fresh ? options.head_time : options.idle_time), fresh};
  epoll_event event{.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data = {.fd = each}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, each, &event);
  Look(each);
}

void HttpListener::Impl::Look(int each) {
  const auto known = waiting.find(each);
  if (known == waiting.end()) return;
  const Peeked peeked_now = Peek(each, peeked);
  if (peeked_now.head == Head::kReady) return Hand(each, peeked_now.size);
  if (peeked_now.head == Head::kGone) return Drop(each);
  if (peeked_now.head == Head::kTooLarge) {
    return RefuseAtOnce(each, {431, "too-large", "the headers are too long", ""});
  }
  std::array<char, 1> one{};
  if (!known->second.begun && recv(each, one.data(), 1, MSG_PEEK | MSG_DONTWAIT) == 1) {
    known->second = {Clock::now() + options.head_time, true};
  }
}

void HttpListener::Impl::LookAtTheLate() {
  const auto now = Clock::now();
  if (now - looked < kTick) return;
  looked = now;
  std::vector<int> late;
  for (const auto& [each, state] : waiting) {
    if (state.end < now || (stopping && !state.begun)) late.push_back(each);
  }
  for (const int each : late) {
    const bool begun = waiting[each].begun && Peek(each, peeked).head != Head::kGone;
    std::array<char, 1> one{};
    if (begun && !stopping && recv(each, one.data(), 1, MSG_PEEK | MSG_DONTWAIT) == 1) {
      RefuseAtOnce(each, {408, "too-slow", "the request took too long to come", ""});
    } else {
      Drop(each);
    }
  }
}

void HttpListener::Impl::TakeBack() {
  std::vector<int> back;
  {
    const std::lock_guard lock(mutex);
    back.swap(given_back);
  }
  for (const int each : back) Await(each, false);
}

void HttpListener::Impl::Hand(int each, std::size_t head) {
  waiting.erase(each);
  epoll_ctl(epoll, EPOLL_CTL_DEL, each, nullptr);
  {
    const std::lock_guard lock(mutex);
    if (jobs.size() < options.max_waiting) {
      jobs.push_back({each, head});
      ready.notify_one();
      return;
    }
  }
  RefuseAtOnce(each, {503, "busy", "too much is asked at once; ask again in a moment", ""});
}

void HttpListener::Impl::RefuseAtOnce(int each, const serve::Problem& problem) {
  ++refused;
  serve::Response response = serve::ProblemResponse(problem);
  serve::AddSecurityHeaders(response);
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\n", problem.status, serve::StatusText(problem.status));
  for (const auto& [name, value] : response.headers) text += fmt::format("{}: {}\r\n", name, value);
  text += fmt::format("Content-Length: {}\r\nConnection: close\r\n\r\n{}", response.body.size(),
                      response.body);
  static_cast<void>(send(each, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  shutdown(each, SHUT_WR);
  // What has come is read, so that the answer is not lost in a reset.
  std::array<char, 4096> rest{};
  for (int i = 0; i < 64 && recv(each, rest.data(), rest.size(), MSG_DONTWAIT) > 0; ++i) {
  }
  Drop(each);
}

void HttpListener::Impl::Drop(int each) {
  waiting.erase(each);
  close(each);
  --connections;
}

/// Waits for a request; nothing when there will be none.
std::optional<HttpListener::Impl::Job> HttpListener::Impl::NextJob() {
  std::unique_lock lock(mutex);
  ready.wait(lock, [this] { return !jobs.empty() || stopping; });
  if (jobs.empty()) return std::nullopt;
  const Job job = jobs.front();
  jobs.pop_front();
  at_work.push_back(job.socket);
  return job;
}

void HttpListener::Impl::Work(unsigned worker) {
  Parser parser;
  while (const auto job = NextJob()) Serve(*job, worker, parser);
}

void HttpListener::Impl::Serve(const Job& job, unsigned worker, Parser& parser) {
  std::string head(job.head, '\0');
  const ssize_t count = recv(job.socket, head.data(), head.size(), MSG_DONTWAIT);
  if (count != static_cast<ssize_t>(head.size())) return End(job.socket, false);
  const auto begin = Clock::now();
  Connection connection(job.socket, std::move(head), options);
  Parser::Work work{.connection = connection,
                    .options = options,
                    .answer = answer,
                    .streams = streams,
                    .bodies = bodies,
                    .worker = worker};
  work.close = stopping;
  const bool keep = parser.Run(work);
  work.exchange.remote = RemoteOf(job.socket);
  work.exchange.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  note(work.exchange, worker);
  if (keep && !stopping) return End(job.socket, true);
  shutdown(job.socket, SHUT_WR);
  std::array<char, 4096> rest{};
  const auto end = Clock::now() + kLinger;
  while (!connection.broken() && Clock::now() < end && WaitFor(job.socket, POLLIN, kTick) &&
         recv(job.socket, rest.data(), rest.size(), MSG_DONTWAIT) > 0) {
  }
  End(job.socket, false);
}

/// Gives the connection back to the watcher, or closes it.
void HttpListener::Impl::End(int each, bool keep) {
  const std::lock_guard lock(mutex);
  std::erase(at_work, each);
  if (keep) {
    given_back.push_back(each);
    const std::uint64_t one = 1;
    static_cast<void>(!write(wake, &one, sizeof one));
  } else {
    close(each);
    --connections;
  }
}

HttpListener::HttpListener(const ListenOptions& options, AnswerRequest answer, NoteExchange note)
    : impl_(std::make_unique<Impl>(options, std::move(answer), std::move(note))) {
  impl_->peeked.resize(options.max_head);
}

HttpListener::~HttpListener() {
  Stop(milliseconds(0));
  for (const int each : {impl_->listening, impl_->epoll, impl_->wake}) {
    if (each >= 0) close(each);
  }
}

Result<void> HttpListener::Start() {
  if (auto bound = impl_->Bind(); !bound) return bound;
  impl_->threads.emplace_back([this] { impl_->Watch(); });
  for (unsigned i = 0; i < impl_->options.workers; ++i) {
    impl_->threads.emplace_back([this, i] { impl_->Work(i); });
  }
  return {};
}

int HttpListener::port() const { return impl_->port; }

void HttpListener::Stop(milliseconds patience) {
  if (impl_->threads.empty()) return;
  epoll_ctl(impl_->epoll, EPOLL_CTL_DEL, impl_->listening, nullptr);
  const auto end = Clock::now() + patience;
  while (Clock::now() < end) {
    {
      const std::lock_guard lock(impl_->mutex);
      impl_->stopping = true;
      if (impl_->jobs.empty() && impl_->at_work.empty()) break;
    }
    std::this_thread::sleep_for(milliseconds(20));
  }
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->stopped = true;
    // What is still being written is broken off.
    for (const int each : impl_->at_work) shutdown(each, SHUT_RDWR);
  }
  impl_->ready.notify_all();
  for (std::thread& each : impl_->threads) each.join();
  impl_->threads.clear();
}

ListenCounts HttpListener::counts() const {
  const std::lock_guard lock(impl_->mutex);
  return {impl_->connections, impl_->jobs.size(), impl_->refused};
}

}  // namespace dateline::cli
