/// Words and short phrases looked up many times a line: filled once, then only asked.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::article {

/// A hash table with open addressing. Keeps its entries in the order they came.
template <typename T>
class WordMap {
 public:
  using Entry = std::pair<std::string, T>;

  WordMap() = default;
  WordMap(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) (*this)[entry.first] = entry.second;
  }

  /// The value of `word`, made when there is none.
  T& operator[](std::string_view word) {
    if (const Entry* known = Find(word)) return entries_[Index(known)].second;
    entries_.emplace_back(std::string(word), T{});
    if (2 * entries_.size() > slots_.size()) {
      Grow();
    } else {
      Place(static_cast<std::uint32_t>(entries_.size()));
    }
    return entries_.back().second;
  }

  [[nodiscard]] auto find(std::string_view word) const {
    const Entry* found = Find(word);
    return found == nullptr ? entries_.end()
                            : entries_.begin() + static_cast<std::ptrdiff_t>(Index(found));
  }
  [[nodiscard]] bool contains(std::string_view word) const { return Find(word) != nullptr; }
  [[nodiscard]] auto begin() const { return entries_.begin(); }
  [[nodiscard]] auto end() const { return entries_.end(); }
  [[nodiscard]] auto begin() { return entries_.begin(); }
  [[nodiscard]] auto end() { return entries_.end(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  ///< its place in entries_, from 1; 0: free
  };

  /// Mixes length, first and last eight bytes: the words are short.
  static std::uint32_t Hash(std::string_view text) {
    const std::size_t size = std::min(text.size(), sizeof(std::uint64_t));
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (size > 0) {
      std::memcpy(&first, text.data(), size);
      std::memcpy(&last, text.data() + text.size() - size, size);
    }
    std::uint64_t hash = (first ^ text.size()) * 0x9E3779B97F4A7C15U;
    hash = (hash ^ (hash >> 32U) ^ last) * 0xC2B2AE3D27D4EB4FU;
    return static_cast<std::uint32_t>(hash >> 32U);
  }

  [[nodiscard]] const Entry* Find(std::string_view word) const {
    if (slots_.empty()) return nullptr;
    const std::uint32_t hash = Hash(word);
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.entry == 0) return nullptr;
      if (slot.hash != hash) continue;
      const Entry& entry = entries_[slot.entry - 1];
      if (entry.first == word) return &entry;
    }
  }

  [[nodiscard]] std::size_t Index(const Entry* entry) const {
    return static_cast<std::size_t>(entry - entries_.data());
  }

  void Place(std::uint32_t number) {
    const std::uint32_t hash = Hash(entries_[number - 1].first);
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].entry != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, number};
  }

  void Grow() {
    slots_.assign(std::max<std::size_t>(8, 2 * slots_.size()), {});
    for (std::uint32_t number = 1; number <= entries_.size(); ++number) Place(number);
  }

  std::vector<Entry> entries_{};
  std::vector<Slot> slots_{};  ///< a power of two of them, at most half in use
};

/// The words alone.
class WordSet {
 public:
  void insert(std::string_view word) { words_[word] = true; }
  [[nodiscard]] bool contains(std::string_view word) const { return words_.contains(word); }
  /// Entries, whose `first` is the word.
  [[nodiscard]] auto begin() const { return words_.begin(); }
  [[nodiscard]] auto end() const { return words_.end(); }

 private:
  WordMap<bool> words_{};
};

}  // namespace dateline::article
