/// Adds hashed features to a list, each with its number and what it holds of.
#pragma once

#include <cstdint>
#include <vector>

#include "quotes/graph.h"

namespace dateline::quotes {

class FeatureAdder {
 public:
  explicit FeatureAdder(std::vector<std::uint32_t>& out) : out_(out) { out_.clear(); }

  template <typename... Values>
  void operator()(std::uint32_t number, Values... values) {
    std::uint32_t hash = number * 0x85EBCA6BU + 1U;
    ((hash = Mix(hash, static_cast<std::uint32_t>(values))), ...);
    out_.push_back(hash);
  }

 private:
  std::vector<std::uint32_t>& out_;
};

}  // namespace dateline::quotes
