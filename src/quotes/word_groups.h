/// Groups of words used alike, from word vectors: "ministry" and "agency" in one. What training
/// never saw is known by its group.
#pragma once

#include <cstdint>
#include <vector>

namespace dateline::quotes {

/// Plain value; immutable once loaded, shared by all threads.
struct WordGroups {
  std::vector<std::uint32_t> words{};   ///< HashOf of lower-case forms, sorted
  std::vector<std::uint16_t> groups{};  ///< of each, from 1
  std::vector<std::uint8_t> broad{};    ///< the group of each group; the first is of no group

  bool operator==(const WordGroups&) const = default;

  /// The group of a form by its hash; 0 for a word in none.
  [[nodiscard]] std::uint16_t Of(std::uint32_t hash) const;
  [[nodiscard]] std::uint8_t BroadOf(std::uint16_t group) const {
    return group < broad.size() ? broad[group] : 0;
  }
};

}  // namespace dateline::quotes
