/// A parallel pipeline that keeps the order: one producer, any number of workers, outputs in the
/// order in which their items were produced.
///
///   OrderedParallel<std::string, std::size_t> lengths(
///       {.threads = 4}, next_line, [](std::string line, unsigned) { return line.size(); });
///   while (const auto length = lengths.Next()) Use(*length);
///
/// Where the work is cheaper for several items at once, it takes a std::vector of them and gives as
/// many outputs; a worker takes up to Options::together of those that wait, and leaves the others
/// their share.
///
/// Memory is bounded: no more than Options::max_items items are alive at once (waiting, in work or
/// done but not fetched), and together they cost no more than Options::max_cost, unless one item
/// alone is dearer: it then travels alone. To this comes one item that the producer holds while it
/// waits for room.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace dateline::base {

struct OrderedParallelOptions {
  unsigned threads = 1;        ///< workers; 0 counts as 1. The producer has a thread of its own.
  std::size_t max_items = 16;  ///< at least 1
  std::size_t together = 1;    ///< items that a worker takes at once at most; at least 1
  std::uint64_t max_cost = std::numeric_limits<std::uint64_t>::max();
};

/// `produce` is called by one thread, `work` by `threads` threads at once; neither may throw.
/// The public members belong to one thread, the consumer's; Stop may be called by any.
template <typename Item, typename Output>
class OrderedParallel {
 public:
  using Options = OrderedParallelOptions;
  /// The next item; nothing at the end.
  using Produce = std::function<std::optional<Item>()>;
  /// `worker` is in [0, threads): the place of the worker's own scratch.
  using Work = std::function<Output(Item, unsigned worker)>;
  using WorkTogether = std::function<std::vector<Output>(std::vector<Item>, unsigned worker)>;
  using Cost = std::function<std::uint64_t(const Item&)>;

  OrderedParallel(const Options& options, Produce produce, Work work, Cost cost = {})
      : OrderedParallel(
            options, std::move(produce),
            [work = std::move(work)](std::vector<Item> items, unsigned worker) {
              std::vector<Output> outputs;
              outputs.reserve(items.size());
              for (Item& item : items) outputs.push_back(work(std::move(item), worker));
              return outputs;
            },
            std::move(cost)) {}

  OrderedParallel(const Options& options, Produce produce, WorkTogether work, Cost cost = {})
      : options_(options),
        produce_(std::move(produce)),
        work_(std::move(work)),
        cost_of_(std::move(cost)) {
    const unsigned workers = options_.threads == 0 ? 1 : options_.threads;
    threads_.reserve(workers + 1U);
    for (unsigned worker = 0; worker < workers; ++worker) {
      threads_.emplace_back([this, worker] { RunWorker(worker); });
    }
    threads_.emplace_back([this] { RunProducer(); });
  }

  OrderedParallel(const OrderedParallel&) = delete;
  OrderedParallel& operator=(const OrderedParallel&) = delete;

  /// Drops what is not yet in work and waits for the calls of `produce` and `work` under way.
  ~OrderedParallel() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      discarded_ = true;
    }
    WakeAll();
  }

  /// The next output; waits for it. Nothing at the end, or after Stop once all items produced
  /// before are through.
  std::optional<Output> Next() {
    std::unique_lock lock(mutex_);
    output_ready_.wait(lock, [this] { return Ready(); });
    if (window_.empty()) return std::nullopt;
    std::optional<Output> output = std::move(window_.front().output);
    cost_ -= window_.front().cost;
    window_.pop_front();
    --claimed_;
    lock.unlock();
    room_.notify_all();
    return output;
  }

  /// Waits at most `patience`. True when Next would return at once.
  [[nodiscard]] bool WaitReady(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return output_ready_.wait_for(lock, patience, [this] { return Ready(); });
  }

  /// Ends production. Items already produced still come out; a call of `produce` under way is not
  /// waited for, and its item is dropped.
  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    WakeAll();
  }

 private:
  struct Slot {
    std::optional<Item> item;
    std::optional<Output> output;
    std::uint64_t cost = 0;
  };

  // The four predicates below need mutex_.
  bool Over() const { return ended_ || stopped_; }
  bool Ready() const { return window_.empty() ? Over() : window_.front().output.has_value(); }
  bool HasWork() const { return claimed_ < window_.size(); }
  bool HasRoomFor(std::uint64_t cost) const {
    return window_.empty() || (cost <= options_.max_cost && cost_ <= options_.max_cost - cost);
  }

  void WakeAll() {
    room_.notify_all();
    item_ready_.notify_all();
    output_ready_.notify_all();
  }

  void RunProducer() {
    while (WaitForRoom()) {
      std::optional<Item> item = produce_();
      if (!item || !Push(*std::move(item))) break;
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    WakeAll();
  }

  bool WaitForRoom() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] {
      return stopped_ || window_.empty() || window_.size() < options_.max_items;
    });
    return !stopped_;
  }

  bool Push(Item item) {
    const std::uint64_t cost = cost_of_ ? cost_of_(item) : 0;
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this, cost] { return stopped_ || HasRoomFor(cost); });
      if (stopped_) return false;
      window_.push_back({std::move(item), std::nullopt, cost});
      cost_ += cost;
    }
    item_ready_.notify_one();
    return true;
  }

  void RunWorker(unsigned worker) {
    for (std::vector<Slot*> slots = Claim(); !slots.empty(); slots = Claim()) {
      std::vector<Item> items;
      items.reserve(slots.size());
      for (Slot* slot : slots) items.push_back(*std::exchange(slot->item, std::nullopt));
      std::vector<Output> outputs = work_(std::move(items), worker);
      {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < slots.size(); ++i) slots[i]->output = std::move(outputs[i]);
      }
      output_ready_.notify_one();
    }
  }

  /// The oldest slots that no worker has taken: as many as a worker takes at once, but no more than
  /// its share of those that wait; none at the end. A deque keeps its elements where they are while
  /// others come and go at its ends, and a slot leaves only when it has its output, so the pointers
  /// stay good and the items are the worker's alone.
  std::vector<Slot*> Claim() {
    std::unique_lock lock(mutex_);
    item_ready_.wait(lock, [this] { return discarded_ || HasWork() || Over(); });
    std::vector<Slot*> slots;
    if (discarded_ || !HasWork()) return slots;
    const std::size_t workers = options_.threads == 0 ? 1 : options_.threads;
    const std::size_t waiting = window_.size() - claimed_;
    const std::size_t share = (waiting + workers - 1) / workers;
    for (std::size_t n = std::min(options_.together, share); n > 0 || slots.empty(); --n)
      slots.push_back(&window_[claimed_++]);
    return slots;
  }

  const Options options_;
  const Produce produce_;
  const WorkTogether work_;
  const Cost cost_of_;

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable item_ready_;
  std::condition_variable output_ready_;
  // Guarded by mutex_:
  std::deque<Slot> window_;  // front: the next output
  std::size_t claimed_ = 0;  // slots at the front that a worker has taken
  std::uint64_t cost_ = 0;   // of all slots
  bool ended_ = false;       // the producer is through
  bool stopped_ = false;     // no more items are wanted
  bool discarded_ = false;   // nor is what waits

  std::vector<std::jthread> threads_;  // last: joined before anything they use goes
};

}  // namespace dateline::base
