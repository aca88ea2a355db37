/// Things of which each is used by one thread at a time, lent out and given back.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

namespace dateline::base {

/// Makes as many as are lent at the same time, no more. Thread-safe.
template <typename T>
class Pool {
 public:
  /// Gives its thing back at its end. REQUIRES: the pool lives longer.
  class Loan {
   public:
    Loan(Pool& pool, T thing) : pool_(pool), thing_(std::move(thing)) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { pool_.GiveBack(std::move(thing_)); }
    T& operator*() { return thing_; }

   private:
    Pool& pool_;
    T thing_;
  };

  Loan Lend() { return Loan(*this, Take()); }

 private:
  T Take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return T();
    T thing = std::move(idle_.back());
    idle_.pop_back();
    return thing;
  }
  void GiveBack(T thing) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(thing));
  }

  std::mutex mutex_;
  std::vector<T> idle_;
};

}  // namespace dateline::base
