// The engine with what Python needs around it: scratch for any thread, one item to its stories, and
// many items at once in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/pool.h"
#include "dateline/engine.h"
#include "dateline/input.h"
#include "story_data.h"

namespace dateline::python {

/// A piece with its place among those of its input.
struct Item : InputPiece {
  std::uint32_t ordinal = 0;
};

/// How items are to be read; the same for all of one call.
struct ReadSettings {
  std::optional<Date> date;
  bool layout = true;
  bool explain = false;
};

struct ReadOutcome {
  std::vector<StoryPointer> stories;
  std::vector<Error> problems;  ///< empty when there are stories, or what was wrong with records
};

class Reader {
 public:
  explicit Reader(Engine engine) : engine_(std::move(engine)) {}

  /// Any thread. Never without both stories and problems.
  ReadOutcome Read(const Item& piece, const ReadSettings& settings);
  [[nodiscard]] std::string Version() const { return engine_.Version(); }

 private:
  Engine engine_;
  base::Pool<Scratch> scratches_;
};

/// Reads pieces on threads of its own and gives outcomes back in the order of the pieces. The
/// members are for one thread, which decides how much is under way at once.
class ReadQueue {
 public:
  ReadQueue(std::shared_ptr<Reader> reader, const ReadSettings& settings, unsigned threads);
  ReadQueue(const ReadQueue&) = delete;
  ReadQueue& operator=(const ReadQueue&) = delete;
  /// Waits for what is being read; what waits is dropped.
  ~ReadQueue();

  void Push(Item piece);
  [[nodiscard]] std::size_t pending() const { return jobs_.size(); }
  [[nodiscard]] std::uint64_t pending_bytes() const { return bytes_; }
  /// What became of the oldest piece. Waits for it. REQUIRES: pending() > 0.
  ReadOutcome Pop();

 private:
  struct Job {
    Item piece;
    ReadOutcome outcome;
    std::uint64_t bytes = 0;
    bool done = false;
  };
  void Work();

  std::shared_ptr<Reader> reader_;
  ReadSettings settings_;
  std::deque<std::shared_ptr<Job>> jobs_;  ///< in order; the consumer's alone
  std::uint64_t bytes_ = 0;                ///< of jobs_
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> waiting_;  ///< guarded by mutex_, as are `done` and `stop_`
  bool stop_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace dateline::python
