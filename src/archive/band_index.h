/// Which stories share a key of their sketches: what makes the millionth story's copies found in
/// about constant time.
///
/// A key is 32 bits. The table `bands` has a row for each of the 65,536 values of the upper half,
/// that holds, story after story, the step from the story before (a varint) and the lower half:
/// four bytes an entry, read whole (a kilobyte at a million stories). New stories wait in
/// `new_bands`, a row each, and in memory, and go into the rows of `bands` some ten thousand at
/// once: so that the pages of all rows are written once for many stories and not for each. Nine in
/// ten keys are of no other story, which a bit for each 32 keys tells who adds many.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "archive/key_filter.h"
#include "archive/sqlite.h"

namespace dateline::archive {

/// A key of a story's sketch.
struct BandEntry {
  std::uint32_t key;
  std::int64_t story;
};

/// Entries by key. Keys are hashes, so their bits tell the chain in which an entry is.
class WaitingBands {
 public:
  void Add(const BandEntry& entry);
  /// Appends the stories that have the key, in no order.
  void Find(std::uint32_t key, std::vector<std::int64_t>& stories) const;
  /// Asks for the memory that Find and Add will look at first.
  void Prefetch(std::uint32_t key) const {
    if (!heads_.empty()) __builtin_prefetch(&heads_[key & (heads_.size() - 1)]);
  }
  /// In the order in which they came.
  [[nodiscard]] const std::vector<BandEntry>& entries() const { return entries_; }
  void Clear();

 private:
  void Grow();
  void Chain(std::uint32_t at);

  std::vector<BandEntry> entries_;
  std::vector<std::uint32_t> heads_;  ///< the last entry of a chain, from 1; 0: none
  std::vector<std::uint32_t> next_;   ///< by entry: the one before it in its chain, likewise
};

/// Belongs to one connection that writes. Failures are the database's.
class BandIndex {
 public:
  explicit BandIndex(Database& database);

  /// Asks for the memory that Find will look at for these keys.
  void Prefetch(std::span<const std::uint64_t> keys) const;

  /// Appends the stories that have the key, the earliest first, at most `most`.
  void Find(std::uint64_t key, std::size_t most, std::vector<std::int64_t>& stories);
  /// REQUIRES: stories come in the order of their numbers.
  void Add(std::int64_t story, std::span<const std::uint64_t> keys);
  /// Takes all entries of the stories out. REQUIRES: sorted.
  void Remove(const std::vector<std::int64_t>& stories);
  /// Moves what waits into `bands`.
  void Settle();
  /// To be called when rows may have been given back.
  void Forget();

 private:
  void LoadNew();
  /// Whether no row of `bands` has the key, for certain. Told once many have been looked for.
  bool IsNowhere(std::uint32_t key);
  void LoadFilter();
  void Append(std::uint32_t bucket, std::span<const BandEntry> entries);

  static constexpr unsigned kFilterBits = 27;  // 16 MB

  Database& database_;
  Statement read_;
  Statement write_;
  Statement add_;
  Statement all_new_;
  Statement clear_new_;
  bool loaded_ = false;
  std::size_t waiting_ = 0;  ///< stories in `new_bands`
  WaitingBands new_;
  std::uint64_t asked_ = 0;
  KeyFilter filter_{kFilterBits};
};

/// Calls `visit(story, lower half of the key)` for each entry of a row of `bands`; false where the
/// row is damaged.
template <typename Visit>
bool EachBandEntry(std::string_view entries, Visit visit) {
  std::int64_t story = 0;
  for (std::size_t at = 0; at < entries.size();) {
    std::uint64_t step = 0;
    int shift = 0;
    while (at < entries.size() && shift < 63) {
      const auto byte = static_cast<std::uint8_t>(entries[at++]);
      step |= std::uint64_t{byte & 0x7FU} << static_cast<unsigned>(shift);
      shift += 7;
      if (byte < 0x80) break;
    }
    if (entries.size() - at < 2) return false;
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (step > kMost - static_cast<std::uint64_t>(story)) return false;
    story += static_cast<std::int64_t>(step);
    const auto low = static_cast<std::uint32_t>(static_cast<std::uint8_t>(entries[at]) |
                                                (static_cast<std::uint8_t>(entries[at + 1]) << 8));
    at += 2;
    visit(story, low);
  }
  return true;
}

}  // namespace dateline::archive
