#include "archive/band_index.h"

#include <algorithm>

namespace dateline::archive {
namespace {

constexpr std::size_t kMostWaiting = 32768;
constexpr std::uint64_t kFilteredFrom = 20000;  // keys looked for
constexpr std::size_t kFirstHeads = 1024;

/// As the filter wants it: a hash of which the upper bits count.
std::uint64_t FilterKey(std::uint32_t key) { return std::uint64_t{key} << 32U; }

/// The upper half of a sketch's value, which is mixed well.
std::uint32_t KeyOf(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32U); }

void AppendKey(std::uint32_t key, std::string& out) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(key >> shift);
}

std::uint32_t KeyAt(std::string_view keys, std::size_t at) {
  std::uint32_t key = 0;
  for (unsigned i = 0; i < 4; ++i) {
    key |= std::uint32_t{static_cast<std::uint8_t>(keys[at + i])} << (8 * i);
  }
  return key;
}

void AppendEntry(std::int64_t step, std::uint32_t low, std::string& out) {
  auto rest = static_cast<std::uint64_t>(step);
  for (; rest >= 0x80; rest >>= 7U) out += static_cast<char>((rest & 0x7FU) | 0x80U);
  out += static_cast<char>(rest);
  out += static_cast<char>(low);
  out += static_cast<char>(low >> 8U);
}

}  // namespace

void WaitingBands::Chain(std::uint32_t at) {
  std::uint32_t& head = heads_[entries_[at - 1].key & (heads_.size() - 1)];
  next_[at - 1] = head;
  head = at;
}

void WaitingBands::Grow() {
  heads_.assign(std::max(kFirstHeads, heads_.size() * 2), 0);
  for (std::uint32_t at = 1; at <= next_.size(); ++at) Chain(at);
}

void WaitingBands::Add(const BandEntry& entry) {
  if (entries_.size() >= heads_.size()) Grow();
  entries_.push_back(entry);
  next_.push_back(0);
  Chain(static_cast<std::uint32_t>(entries_.size()));
}

void WaitingBands::Find(std::uint32_t key, std::vector<std::int64_t>& stories) const {
  if (heads_.empty()) return;
  for (std::uint32_t at = heads_[key & (heads_.size() - 1)]; at != 0; at = next_[at - 1]) {
    if (entries_[at - 1].key == key) stories.push_back(entries_[at - 1].story);
  }
}

void WaitingBands::Clear() {
  entries_.clear();
  next_.clear();
  std::ranges::fill(heads_, 0);
}

BandIndex::BandIndex(Database& database)
    : database_(database),
      read_(database, "SELECT entries FROM bands WHERE bucket = ?"),
      write_(database, "INSERT OR REPLACE INTO bands VALUES(?, ?)"),
      add_(database, "INSERT OR REPLACE INTO new_bands VALUES(?, ?)"),
      all_new_(database, "SELECT story, keys FROM new_bands ORDER BY story"),
      clear_new_(database, "DELETE FROM new_bands") {}

void BandIndex::Forget() {
  loaded_ = false;
  waiting_ = 0;
  asked_ = 0;
  new_.Clear();
  filter_.Clear();
}

void BandIndex::LoadNew() {
  if (loaded_) return;
  loaded_ = true;
  all_new_.Start();
  while (all_new_.Step()) {
    const std::string_view keys = all_new_.Bytes(1);
    for (std::size_t at = 0; at + 4 <= keys.size(); at += 4) {
      new_.Add({KeyAt(keys, at), all_new_.Number(0)});
    }
    ++waiting_;
  }
  all_new_.Reset();
}

void BandIndex::LoadFilter() {
  filter_.Fill();
  Statement all(database_, "SELECT bucket, entries FROM bands");
  while (all.Step()) {
    const auto high = static_cast<std::uint32_t>(all.Number(0)) << 16U;
    EachBandEntry(all.Bytes(1),
                  [&](std::int64_t, std::uint32_t low) { filter_.Add(FilterKey(high | low)); });
  }
  for (const BandEntry& entry : new_.entries()) filter_.Add(FilterKey(entry.key));
}

bool BandIndex::IsNowhere(std::uint32_t key) {
  if (++asked_ < kFilteredFrom) return false;
  if (filter_.empty()) LoadFilter();
  return !filter_.MayHold(FilterKey(key));
}

void BandIndex::Prefetch(std::span<const std::uint64_t> keys) const {
  for (const std::uint64_t key : keys) {
    new_.Prefetch(KeyOf(key));
    if (!filter_.empty()) filter_.Prefetch(FilterKey(KeyOf(key)));
  }
}

void BandIndex::Find(std::uint64_t key, std::size_t most, std::vector<std::int64_t>& stories) {
  LoadNew();
  const std::uint32_t wanted = KeyOf(key);
  if (IsNowhere(wanted)) return;
  const std::size_t end = stories.size() + most;
  read_.Start(std::int64_t{wanted >> 16U});
  if (read_.Step()) {
    EachBandEntry(read_.Bytes(0), [&](std::int64_t story, std::uint32_t low) {
      if (low == (wanted & 0xFFFFU) && stories.size() < end) stories.push_back(story);
    });
  }
  read_.Reset();
  const std::size_t from = stories.size();
  new_.Find(wanted, stories);
  std::sort(stories.begin() + static_cast<std::ptrdiff_t>(from), stories.end());
  if (stories.size() > end) stories.resize(end);
}

void BandIndex::Add(std::int64_t story, std::span<const std::uint64_t> keys) {
  LoadNew();
  std::string row;
  for (const std::uint64_t key : keys) {
    AppendKey(KeyOf(key), row);
    new_.Add({KeyOf(key), story});
    if (!filter_.empty()) filter_.Add(FilterKey(KeyOf(key)));
  }
  if (row.empty()) return;
  add_.Run(story, Blob{row});
  if (++waiting_ >= kMostWaiting) Settle();
}

void BandIndex::Append(std::uint32_t bucket, std::span<const BandEntry> entries) {
  read_.Start(std::int64_t{bucket});
  std::string row(read_.Step() ? read_.Bytes(0) : std::string_view());
  read_.Reset();
  std::int64_t last = 0;
  EachBandEntry(row, [&](std::int64_t story, std::uint32_t) { last = story; });
  if (last > entries.front().story) {
    // A story that was analysed again has a lower number than what is there: put all in order.
    std::vector<BandEntry> all(entries.begin(), entries.end());
    EachBandEntry(row, [&](std::int64_t story, std::uint32_t low) { all.push_back({low, story}); });
    std::ranges::stable_sort(all, {}, &BandEntry::story);
    row.clear();
    last = 0;
    for (const BandEntry& entry : all) {
      AppendEntry(entry.story - last, entry.key & 0xFFFFU, row);
      last = entry.story;
    }
  } else {
    for (const BandEntry& entry : entries) {
      AppendEntry(entry.story - last, entry.key & 0xFFFFU, row);
      last = entry.story;
    }
  }
  write_.Run(std::int64_t{bucket}, Blob{row});
}

void BandIndex::Settle() {
  LoadNew();
  std::vector<BandEntry> entries = new_.entries();
  std::ranges::sort(entries, [](const BandEntry& one, const BandEntry& other) {
    const std::uint32_t a = one.key >> 16U;
    const std::uint32_t b = other.key >> 16U;
    if (a != b) return a < b;
    return one.story != other.story ? one.story < other.story : one.key < other.key;
  });
  for (std::size_t at = 0; at < entries.size();) {
    const std::uint32_t bucket = entries[at].key >> 16U;
    std::size_t end = at;
    while (end < entries.size() && entries[end].key >> 16U == bucket) ++end;
    Append(bucket, std::span(entries).subspan(at, end - at));
    at = end;
  }
  clear_new_.Run();
  new_.Clear();
  waiting_ = 0;
}

void BandIndex::Remove(const std::vector<std::int64_t>& stories) {
  const auto gone = [&](std::int64_t story) { return std::ranges::binary_search(stories, story); };
  Settle();
  Statement all(database_, "SELECT bucket FROM bands ORDER BY bucket");
  std::vector<std::int64_t> buckets;
  while (all.Step()) buckets.push_back(all.Number(0));
  all.Reset();
  for (const std::int64_t bucket : buckets) {
    read_.Start(bucket);
    const std::string row(read_.Step() ? read_.Bytes(0) : std::string_view());
    read_.Reset();
    std::string kept;
    std::int64_t last = 0;
    bool changed = false;
    EachBandEntry(row, [&](std::int64_t story, std::uint32_t low) {
      changed = changed || gone(story);
      if (gone(story)) return;
      AppendEntry(story - last, low, kept);
      last = story;
    });
    if (changed) write_.Run(bucket, Blob{kept});
  }
}

}  // namespace dateline::archive
