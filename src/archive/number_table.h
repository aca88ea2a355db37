/// Values by a number, which stay where they are in memory until the table is cleared.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace dateline::archive {

/// What is asked for with every entity of every story: a table with open places, in which most
/// numbers are found by looking at two places of memory.
template <typename Value>
class NumberTable {
 public:
  /// nullptr: it is not there.
  [[nodiscard]] Value* Find(std::int64_t number) {
    if (places_.empty()) return nullptr;
    const std::uint32_t entry = places_[PlaceOf(number)];
    return entry == 0 ? nullptr : &entries_[entry - 1].second;
  }
  /// Put there where it is not.
  Value& operator[](std::int64_t number) {
    if ((entries_.size() + 1) * 2 > places_.size()) Grow();
    std::uint32_t& entry = places_[PlaceOf(number)];
    if (entry == 0) {
      entries_.emplace_back(number, Value{});
      entry = static_cast<std::uint32_t>(entries_.size());
    }
    return entries_[entry - 1].second;
  }
  /// Asks for the memory that Find will look at first.
  void Prefetch(std::int64_t number) const {
    if (!places_.empty()) __builtin_prefetch(&places_[FirstPlace(number)]);
  }
  /// To be called when what Prefetch asked for has come.
  void PrefetchEntry(std::int64_t number) const {
    if (places_.empty()) return;
    const std::uint32_t entry = places_[FirstPlace(number)];
    if (entry != 0) __builtin_prefetch(&entries_[entry - 1]);
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  void Clear() {
    places_.clear();
    entries_.clear();
  }

 private:
  [[nodiscard]] std::size_t FirstPlace(std::int64_t number) const {
    constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15ULL;
    constexpr unsigned kHalf = 32;
    return ((static_cast<std::uint64_t>(number) * kSpread) >> kHalf) & (places_.size() - 1);
  }
  [[nodiscard]] std::size_t PlaceOf(std::int64_t number) const {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = FirstPlace(number);
    while (places_[at] != 0 && entries_[places_[at] - 1].first != number) at = (at + 1) & mask;
    return at;
  }
  void Grow() {
    constexpr std::size_t kFirst = 1024;
    places_.assign(std::max(kFirst, places_.size() * 2), 0);
    std::uint32_t entry = 0;
    for (const auto& [number, value] : entries_) places_[PlaceOf(number)] = ++entry;
  }

  std::vector<std::uint32_t> places_;  ///< which of `entries_`, from 1; 0: empty
  std::deque<std::pair<std::int64_t, Value>> entries_;
};

}  // namespace dateline::archive
