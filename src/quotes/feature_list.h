/// Hashed features: a list of bounded length, and what adds to it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "quotes/graph.h"
#include "quotes/hashed_weights.h"

namespace dateline::quotes {

/// Hashes of the features that hold; a table of weights folds them into its rows. At most
/// kMostFeatures: what comes behind is not kept, so that sums of weights stay within 16 bits.
class Features {
 public:
  void Clear() { size_ = 0; }
  void Add(std::uint32_t hash) {
    if (size_ < kMostFeatures) hashes_[size_++] = hash;
  }
  [[nodiscard]] std::span<const std::uint32_t> all() const { return {hashes_.data(), size_}; }

  template <typename Drop>
  void DropIf(Drop drop) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      if (!drop(hashes_[i])) hashes_[kept++] = hashes_[i];
    }
    size_ = kept;
  }

 private:
  std::size_t size_ = 0;
  std::array<std::uint32_t, kMostFeatures> hashes_;  // the first size_ are set
};

/// Adds features, each with its number and what it holds of.
class FeatureAdder {
 public:
  explicit FeatureAdder(Features& out) : out_(out) { out_.Clear(); }

  template <typename... Values>
  void operator()(std::uint32_t number, Values... values) {
    std::uint32_t hash = number * 0x85EBCA6BU + 1U;
    ((hash = Mix(hash, static_cast<std::uint32_t>(values))), ...);
    out_.Add(hash);
  }

 private:
  Features& out_;
};

}  // namespace dateline::quotes
