/// Hash tables whose keys are texts, filled once and asked often:
///
///   base::TextMap<int> ages;
///   ages.emplace("Ana", 40);
///   if (const auto found = ages.find(name); found != ages.end()) return found->second;
///
/// They are asked by a view, without a copy. Entries lie side by side in the order in which they
/// were added; beside them a table of slots, at most half full, tells by a hash which entry a key
/// may be. So a text that is not there mostly costs one look into memory, one that is costs two.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dateline::base {

/// The same on every machine.
std::uint64_t HashOf(std::string_view text);

/// Nothing is ever taken out. Adding makes iterators and references invalid.
template <typename Value>
class TextMap {
 public:
  using Entry = std::pair<std::string, Value>;
  using const_iterator = typename std::vector<Entry>::const_iterator;

  TextMap() = default;
  TextMap(std::initializer_list<Entry> entries) {
    for (const Entry& entry : entries) emplace(entry.first, entry.second);
  }

  /// Adds the key unless it is there; tells where it is, and whether it was added.
  template <typename... Args>
  std::pair<const_iterator, bool> emplace(std::string_view key, Args&&... args) {
    const auto [at, added] = Place(key, std::forward<Args>(args)...);
    return {entries_.begin() + static_cast<std::ptrdiff_t>(at), added};
  }
  Value& operator[](std::string_view key) { return entries_[Place(key).first].second; }

  [[nodiscard]] const_iterator find(std::string_view key) const {
    return entries_.empty() ? end() : Find(key, static_cast<std::uint32_t>(HashOf(key)));
  }
  /// Finds each of many keys; their looks into memory are waited for side by side.
  template <typename Keys>
  [[nodiscard]] std::vector<const_iterator> FindAll(const Keys& keys) const {
    std::vector<const_iterator> found(keys.size(), end());
    if (entries_.empty()) return found;
    std::vector<std::uint32_t> hashes;
    hashes.reserve(keys.size());
    for (const std::string_view key : keys) {
      hashes.push_back(static_cast<std::uint32_t>(HashOf(key)));
      __builtin_prefetch(&slots_[hashes.back() & (slots_.size() - 1)]);
    }
    for (const std::uint32_t hash : hashes) {
      const Slot slot = slots_[hash & (slots_.size() - 1)];
      if (slot.hash == hash && slot.entry != kFree) __builtin_prefetch(&entries_[slot.entry]);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) found[i] = Find(keys[i], hashes[i]);
    return found;
  }
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != end(); }

  [[nodiscard]] const_iterator begin() const { return entries_.begin(); }
  [[nodiscard]] const_iterator end() const { return entries_.end(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = kFree;
  };

  [[nodiscard]] const_iterator Find(std::string_view key, std::uint32_t hash) const {
    for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot slot = slots_[at];
      if (slot.entry == kFree) return end();
      const auto found = entries_.begin() + slot.entry;
      if (slot.hash == hash && found->first == key) return found;
    }
  }
  template <typename... Args>
  std::pair<std::size_t, bool> Place(std::string_view key, Args&&... args) {
    if (const auto found = find(key); found != end())
      return {static_cast<std::size_t>(found - begin()), false};
    const auto at = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back(key, Value(std::forward<Args>(args)...));
    if (2 * entries_.size() > slots_.size()) Grow();
    Occupy({.hash = static_cast<std::uint32_t>(HashOf(key)), .entry = at});
    return {at, true};
  }
  void Occupy(Slot slot) {
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].entry != kFree) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
  void Grow() {
    constexpr std::size_t kLeast = 8;
    const std::vector<Slot> before =
        std::exchange(slots_, std::vector<Slot>(std::max(kLeast, 2 * slots_.size())));
    for (const Slot slot : before) {
      if (slot.entry != kFree) Occupy(slot);
    }
  }

  std::vector<Slot> slots_;  ///< a power of two of them
  std::vector<Entry> entries_;
};

/// The texts alone.
class TextSet {
 public:
  void insert(std::string_view text) { texts_.emplace(text); }
  [[nodiscard]] bool contains(std::string_view text) const { return texts_.contains(text); }
  /// See TextMap::FindAll.
  template <typename Texts>
  [[nodiscard]] std::vector<bool> ContainsEach(const Texts& texts) const {
    std::vector<bool> contained;
    contained.reserve(texts.size());
    for (const auto found : texts_.FindAll(texts)) contained.push_back(found != texts_.end());
    return contained;
  }

 private:
  struct Nothing {};
  TextMap<Nothing> texts_;
};

}  // namespace dateline::base
