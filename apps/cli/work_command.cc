// One thread speaks with Kafka, N threads read stories:
//
//   Member::Poll  ->  Analysis  ->  Batch  ->  Sender::Deliver (records, dead letters, offsets)
//   (this thread)    (N threads)   (this)     (this thread)
//
// Messages come out of the analysis in the order in which they went in, so that the offsets behind
// a batch stand for all that came before. What is held between Poll and Deliver is bounded in
// number and in bytes; when it is full, nothing is polled, and librdkafka's own queue, bounded too,
// stops fetching. When partitions go to another member, what was read of them is finished and
// committed first. When a batch cannot be committed, everything held is forgotten and read again.
#include "work_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/ordered_parallel.h"
#include "endpoint.h"
#include "http_listener.h"
#include "interrupt.h"
#include "kafka/member.h"
#include "kafka/sender.h"
#include "message_work.h"
#include "messages.h"
#include "read_command.h"
#include "whole_file.h"
#include "work_figures.h"

namespace dateline::cli {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMessagesPerThread = 64;  // in analysis
constexpr std::uint64_t kHeldBytes = 64U << 20U;
constexpr std::uint64_t kBatchBytes = 16U << 20U;
constexpr auto kBatchAge = std::chrono::seconds(1);
constexpr auto kIdle = milliseconds(100);
constexpr auto kGlance = milliseconds(5);
constexpr unsigned kMostUndone = 10;  // batches in a row
constexpr auto kMetricsPatience = milliseconds(500);

/// Where a message stands.
using Place = std::pair<std::int32_t, std::int64_t>;

/// Why a message, or its record, is not written as it is.
struct Refusal {
  std::string reason;
  bool whole = true;  ///< false: not even a dead letter takes it
};

struct Task {
  kafka::Message message;
  std::optional<Refusal> refusal;
};

/// Bytes of the messages of a task or outcome.
std::uint64_t BytesOf(const kafka::Message& message) {
  return message.value ? message.value->size() : 0;
}

std::uint64_t BytesOf(const Treated& treated) {
  std::uint64_t bytes = BytesOf(treated.message);
  for (const kafka::Outgoing& each : treated.out) bytes += each.value ? each.value->size() : 0;
  return bytes;
}

/// Tasks on their way to the threads; Pop waits.
class Inbox {
 public:
  void Push(Task task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    filled_.notify_one();
  }
  void Close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
  }
  std::optional<Task> Pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
    if (tasks_.empty()) return std::nullopt;
    std::optional<Task> task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Task> tasks_;
  bool closed_ = false;
};

/// Threads that read stories; what went in comes out in order.
class Analysis {
 public:
  Analysis(const Engine& engine, const WorkCommand& command, unsigned threads)
      : engine_(engine),
        command_(command),
        most_(kMessagesPerThread * threads),
        scratch_(threads),
        pipeline_(
            {.threads = threads, .max_items = most_}, [this] { return inbox_.Pop(); },
            [this](Task task, unsigned place) { return Do(std::move(task), scratch_[place]); }) {}
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;
  ~Analysis() { inbox_.Close(); }

  [[nodiscard]] bool HasRoom() const { return inside_ < most_; }
  [[nodiscard]] std::size_t inside() const { return inside_; }
  void Push(Task task) {
    ++inside_;
    inbox_.Push(std::move(task));
  }
  /// The next outcome when there is one within `patience`.
  std::optional<Treated> Take(milliseconds patience) {
    if (inside_ == 0 || !pipeline_.WaitReady(patience)) return std::nullopt;
    --inside_;
    return pipeline_.Next();
  }

 private:
  Treated Do(Task task, Scratch& scratch) const {
    if (task.refusal)
      return Refused(command_, std::move(task.message), task.refusal->reason, task.refusal->whole);
    return Treat(engine_, command_, std::move(task.message), scratch);
  }

  const Engine& engine_;
  const WorkCommand& command_;
  std::size_t most_;
  std::size_t inside_ = 0;
  Inbox inbox_;
  std::vector<Scratch> scratch_;
  base::OrderedParallel<Task, Treated> pipeline_;  // last: its threads use what is above
};

/// What is to be committed next.
class Batch {
 public:
  void Add(Treated treated) {
    if (done_.empty()) begun_ = Clock::now();
    const kafka::Message& message = treated.message;
    next_[message.partition] = message.offset + 1;
    first_.try_emplace(message.partition, message.offset);
    for (kafka::Outgoing& each : treated.out) {
      out_.push_back(std::move(each));
      maker_.push_back(done_.size());
    }
    done_.push_back(std::move(treated));
  }
  void Clear() { *this = Batch(); }

  [[nodiscard]] bool IsEmpty() const { return done_.empty(); }
  [[nodiscard]] std::size_t size() const { return done_.size(); }
  [[nodiscard]] Clock::duration Age() const { return Clock::now() - begun_; }
  [[nodiscard]] const std::vector<Treated>& done() const { return done_; }
  [[nodiscard]] const std::vector<kafka::Outgoing>& out() const { return out_; }
  /// What message `place` of out() was made of.
  [[nodiscard]] const Treated& MakerOf(std::size_t place) const { return done_[maker_[place]]; }
  [[nodiscard]] const kafka::Offsets& next() const { return next_; }
  [[nodiscard]] const kafka::Offsets& first() const { return first_; }

 private:
  std::vector<Treated> done_;
  std::vector<kafka::Outgoing> out_;
  std::vector<std::size_t> maker_;
  kafka::Offsets next_;
  kafka::Offsets first_;
  Clock::time_point begun_;
};

/// Figures that one thread counts and others read.
class Board {
 public:
  void Show(const WorkFigures& figures) {
    const std::lock_guard lock(mutex_);
    figures_ = figures;
  }
  WorkFigures Read() const {
    const std::lock_guard lock(mutex_);
    return figures_;
  }

 private:
  mutable std::mutex mutex_;
  WorkFigures figures_;
};

class Work {
 public:
  Work(const WorkCommand& command, const Engine& engine, unsigned threads, Board& board)
      : command_(command), board_(board), analysis_(engine, command, threads) {}

  /// Returns the exit code.
  int Run(const kafka::Settings& settings) {
    if (auto ready = Connect(settings); !ready) return Complain(ready.error());
    last_shown_ = last_said_ = Clock::now();
    while (!failure_ && SignalReceived() == 0 && !IsThrough()) {
      Step();
      Tell();
    }
    return Finish();
  }

 private:
  Result<void> Connect(const kafka::Settings& settings);
  void Step();
  void Take(milliseconds patience);
  void TakeAll();
  void Poll(milliseconds patience);
  [[nodiscard]] bool HasRoom() const { return analysis_.HasRoom() && held_bytes_ < kHeldBytes; }
  [[nodiscard]] bool IsDue() const;
  [[nodiscard]] bool IsThrough() const;
  bool Deliver();
  kafka::Offsets Settle();
  kafka::Offsets Forget();
  void CountDone();
  void NoteUndone(const kafka::Delivered& delivered);
  void Again(const kafka::Offsets& from);
  void Tell();
  int Finish();

  const WorkCommand& command_;
  Board& board_;
  WorkFigures figures_;
  WorkFigures said_;  ///< at the last line
  Clock::time_point last_shown_;
  Clock::time_point last_said_;
  kafka::Offsets read_;  ///< next offset of each partition, committed
  std::map<Place, Refusal> refused_;
  std::uint64_t held_bytes_ = 0;
  unsigned undone_ = 0;  ///< batches in a row
  std::optional<Error> failure_;
  Batch batch_;
  Analysis analysis_;
  std::unique_ptr<kafka::Sender> sender_;
  std::unique_ptr<kafka::Member> member_;  // last: its hooks use what is above
};

std::string NameOfWorker(const WorkCommand& command) {
  if (!command.id.empty()) return fmt::format("{}-{}", command.group, command.id);
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return fmt::format("{}-{}-{}-{}", command.group, host.data(), getpid(), now);
}

Result<void> Work::Connect(const kafka::Settings& settings) {
  const auto say = [](const std::string& text) { Say("Kafka: " + text); };
  // The transactions of a forerunner end before any offset is asked for.
  DATELINE_TRY(sender_, kafka::Sender::Open({.brokers = command_.brokers,
                                             .delivery = command_.delivery,
                                             .id = NameOfWorker(command_),
                                             .settings = settings},
                                            say));
  DATELINE_TRY(member_, kafka::Member::Join({.brokers = command_.brokers,
                                             .group = command_.group,
                                             .topic = command_.in,
                                             .settings = settings},
                                            {.settle = [this] { return Settle(); },
                                             .drop = [this] { return Forget(); },
                                             .say = say}));
  return {};
}

void Work::Step() {
  Take(milliseconds(0));
  if (IsDue() && !Deliver() && !failure_) Again(Forget());
  const std::size_t before = analysis_.inside();
  if (HasRoom()) Poll(before == 0 ? kIdle : milliseconds(0));
  if (analysis_.inside() <= before) Take(kGlance);
}

/// All outcomes that are ready; waits for the first.
void Work::Take(milliseconds patience) {
  while (auto treated = analysis_.Take(patience)) {
    held_bytes_ += BytesOf(*treated) - BytesOf(treated->message);
    batch_.Add(*std::move(treated));
    patience = milliseconds(0);
  }
}

void Work::TakeAll() {
  while (analysis_.inside() > 0) Take(kIdle);
}

void Work::Poll(milliseconds patience) {
  auto polled = member_->Poll(patience);
  if (!polled) {
    failure_ = std::move(polled).error();
    return;
  }
  if (!*polled) return;
  Task task{.message = **std::move(polled), .refusal = {}};
  held_bytes_ += BytesOf(task.message);
  const auto refused = refused_.find({task.message.partition, task.message.offset});
  if (refused != refused_.end()) task.refusal = refused->second;
  analysis_.Push(std::move(task));
}

bool Work::IsDue() const {
  if (batch_.IsEmpty()) return false;
  const bool nothing_comes = command_.until_end && analysis_.inside() == 0 && member_->AtEnd();
  return batch_.size() >= command_.batch || held_bytes_ >= kBatchBytes ||
         batch_.Age() >= kBatchAge || nothing_comes;
}

bool Work::IsThrough() const {
  return command_.until_end && analysis_.inside() == 0 && batch_.IsEmpty() && member_->AtEnd();
}

/// Commits the batch; false when that failed, and it is to be forgotten.
bool Work::Deliver() {
  const kafka::Delivered delivered = sender_->Deliver(batch_.out(), batch_.next(), *member_);
  using Verdict = kafka::Delivered::Verdict;
  if (delivered.verdict == Verdict::kDone) {
    CountDone();
    return true;
  }
  ++figures_.undone;
  NoteUndone(delivered);
  if (delivered.verdict == Verdict::kOver || undone_ > kMostUndone)
    failure_ = Error{ErrorCode::kUnreadable,
                     fmt::format("records cannot be written: {}", delivered.reason), "Kafka"};
  return false;
}

void Work::CountDone() {
  undone_ = 0;
  ++figures_.batches;
  for (const Treated& treated : batch_.done()) {
    ++figures_.messages;
    figures_.bytes += BytesOf(treated.message);
    figures_.records += treated.records;
    figures_.dead_letters += treated.dead_letters;
    figures_.analysis += treated.spent.count();
    held_bytes_ -= BytesOf(treated.message);
    refused_.erase({treated.message.partition, treated.message.offset});
  }
  for (const kafka::Outgoing& each : batch_.out())
    held_bytes_ -= each.value ? each.value->size() : 0;
  for (const auto& [partition, offset] : batch_.next()) read_[partition] = offset;
  batch_.Clear();
}

/// What the brokers do not take is a dead letter the next time it is read.
void Work::NoteUndone(const kafka::Delivered& delivered) {
  for (const std::size_t place : delivered.too_large) {
    const kafka::Outgoing& message = batch_.out()[place];
    const Treated& maker = batch_.MakerOf(place);
    refused_[{maker.message.partition, maker.message.offset}] = {
        .reason = fmt::format("{} bytes are more than the brokers take in a message; see "
                              "message.max.bytes and max.message.bytes",
                              message.value ? message.value->size() : 0),
        .whole = message.topic != command_.dead_letters};
  }
  if (!delivered.too_large.empty()) return;
  ++undone_;
  Say(fmt::format("Kafka: {} {} not committed, and will be read again: {}", batch_.size(),
                  batch_.size() == 1 ? "message is" : "messages are", delivered.reason));
}

/// Before partitions go: what was read is finished and committed.
kafka::Offsets Work::Settle() {
  TakeAll();
  if (batch_.IsEmpty() || failure_) return Forget();
  return Deliver() ? kafka::Offsets() : Forget();
}

/// Drops what is held; gives where it began.
kafka::Offsets Work::Forget() {
  TakeAll();
  kafka::Offsets first = batch_.first();
  batch_.Clear();
  held_bytes_ = 0;
  return first;
}

/// Reads from there once more, after a while that grows with the failures in a row.
void Work::Again(const kafka::Offsets& from) {
  for (unsigned i = 0; i < (1U << std::min(undone_, 6U)) && SignalReceived() == 0; ++i)
    std::this_thread::sleep_for(kGlance * 4);
  if (auto rewound = member_->Rewind(from); !rewound) failure_ = std::move(rewound).error();
}

void Work::Tell() {
  const auto now = Clock::now();
  const std::chrono::duration<double> since = now - last_said_;
  if (now - last_shown_ < kIdle) return;
  last_shown_ = now;
  figures_.rebalances = member_->rebalances();
  figures_.partitions = member_->partitions();
  figures_.held = analysis_.inside() + batch_.size();
  figures_.held_bytes = held_bytes_;
  figures_.lags = member_->Lags(read_);
  board_.Show(figures_);
  if (since < std::chrono::seconds(command_.every)) return;
  Say(FigureLine(figures_, said_, since));
  said_ = figures_;
  last_said_ = now;
}

/// Finishes what was read, commits it, leaves the group.
int Work::Finish() {
  const auto begin = last_said_;
  Settle();
  last_shown_ = {};
  Tell();
  member_->Leave();
  board_.Show(figures_);
  if (failure_) return Complain(*failure_);
  Say(FigureLine(figures_, said_, Clock::now() - begin));
  return undone_ == 0 ? kAllRead : kSomeFailed;
}

Result<kafka::Settings> LoadSettings(const WorkCommand& command) {
  if (command.config.empty()) return kafka::Settings();
  DATELINE_TRY(const std::string text, ReadWholeFile(command.config));
  return kafka::ParseSettings(text, command.config);
}

/// Serves the figures where `--metrics` says.
Result<std::unique_ptr<HttpListener>> Serve(const WorkCommand& command, const Board& board) {
  std::unique_ptr<HttpListener> listener;
  if (command.metrics.empty()) return listener;
  DATELINE_TRY(const Endpoint address, ParseEndpoint(command.metrics, "--metrics"));
  listener = std::make_unique<HttpListener>(
      ListenOptions{.host = address.host, .port = address.port, .workers = 1},
      [&board, topic = command.in](const serve::Request& request, unsigned) {
        serve::Response response;
        if (request.target != "/metrics" || request.method != "GET")
          return serve::ProblemResponse(
              {.status = 404, .type = "not-found", .detail = "see /metrics"});
        response.Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        response.body = WriteFigures(board.Read(), topic);
        return response;
      },
      [](const Exchange&, unsigned) {});
  if (auto started = listener->Start(); !started) return std::unexpected(started.error());
  Say(fmt::format("figures are at http://{}:{}/metrics", address.host, listener->port()));
  return listener;
}

}  // namespace

int RunWork(const WorkCommand& command) {
  const auto settings = LoadSettings(command);
  if (!settings) return Complain(settings.error());
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.input.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  WatchSignals();
  Board board;
  const auto listener = Serve(command, board);
  if (!listener) return Complain(listener.error());
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = command.input.threads == 0 ? cores : command.input.threads;
  const int code = Work(command, *engine, threads, board).Run(*settings);
  if (*listener) (*listener)->Stop(kMetricsPatience);
  return code;
}

}  // namespace dateline::cli
