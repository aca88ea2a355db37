/// Which hashes may be there: most of those that are asked for are nowhere, and are known to be
/// without a look at the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dateline::archive {

/// A bit for each value of the upper bits of a hash. Empty until it is filled.
class KeyFilter {
 public:
  /// `bits`: of a hash that count; 2^bits / 8 bytes once it is filled.
  explicit KeyFilter(unsigned bits) : shift_(kHashBits - bits) {}

  [[nodiscard]] bool empty() const { return words_.empty(); }
  /// From now on Add must be called for each hash that is there.
  void Fill() { words_.resize((std::size_t{1} << (kHashBits - shift_)) / kHashBits); }
  void Clear() { words_.clear(); }
  /// REQUIRES of the following: it is not empty.
  void Add(std::uint64_t hash) { words_[WordOf(hash)] |= BitOf(hash); }
  [[nodiscard]] bool MayHold(std::uint64_t hash) const {
    return (words_[WordOf(hash)] & BitOf(hash)) != 0;
  }
  /// Asks for the memory that MayHold will look at.
  void Prefetch(std::uint64_t hash) const { __builtin_prefetch(&words_[WordOf(hash)]); }

 private:
  static constexpr unsigned kHashBits = 64;

  [[nodiscard]] std::size_t WordOf(std::uint64_t hash) const {
    return (hash >> shift_) / kHashBits;
  }
  [[nodiscard]] std::uint64_t BitOf(std::uint64_t hash) const {
    return std::uint64_t{1} << ((hash >> shift_) % kHashBits);
  }

  unsigned shift_;
  std::vector<std::uint64_t> words_;
};

}  // namespace dateline::archive
