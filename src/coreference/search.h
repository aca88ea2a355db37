/// The walk through a story's phrases: which earlier ones each may be linked to.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "coreference/features.h"

namespace dateline::coreference {

/// Chains while they grow. Phrases are added in order.
class Chains {
 public:
  explicit Chains(const Scene& scene) : scene_(scene) {}

  /// Adds the next phrase to the chain of an earlier one.
  void Join(std::uint32_t earlier) { Put(chain_of_[earlier]); }
  /// Adds the next phrase as a chain of its own.
  void Open() {
    states_.emplace_back();
    Put(static_cast<std::uint32_t>(states_.size() - 1));
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(chain_of_.size()); }
  [[nodiscard]] const ChainState& Of(std::uint32_t phrase) const {
    return states_[chain_of_[phrase]];
  }
  [[nodiscard]] const std::vector<std::uint32_t>& chain_of() const { return chain_of_; }

 private:
  void Put(std::uint32_t chain) {
    Extend(states_[chain], scene_, size());
    chain_of_.push_back(chain);
  }

  const Scene& scene_;
  std::vector<std::uint32_t> chain_of_{};
  std::vector<ChainState> states_{};
};

/// Earlier phrases that a phrase may be linked to: the nearest ones, and those that share a word
/// with it wherever they stand. At most kNear + kShared a word, so the search is linear.
class Candidates {
 public:
  static constexpr std::uint32_t kNear = 30;     ///< for a pronoun
  static constexpr std::uint32_t kNearNoun = 2;  ///< for a name or noun
  static constexpr std::size_t kShared = 5;

  explicit Candidates(const Scene& scene) : scene_(scene) {}

  /// Those of phrase `i`, nearest first; call once for each phrase, in order.
  std::span<const std::uint32_t> Of(std::uint32_t i);
  /// What earlier phrases had of it: see AddOpening. Of the phrase last asked for.
  [[nodiscard]] std::uint32_t seen() const { return seen_; }

 private:
  void Shared(std::uint32_t word, std::uint32_t before);
  void Remember(std::uint32_t word, std::uint32_t phrase);

  const Scene& scene_;
  /// A phrase that has a word, and the one before it that has it.
  struct Holder {
    std::uint32_t phrase = 0;
    std::uint32_t before = 0;  ///< of holders_
  };
  static constexpr std::uint32_t kNone = ~0U;

  std::vector<Holder> holders_{};
  std::unordered_map<std::uint32_t, std::uint32_t> by_word_{};  ///< the last of holders_
  std::unordered_set<std::uint32_t> wholes_{};
  std::vector<std::uint32_t> found_{};
  std::uint32_t seen_ = 0;
};

/// What is certain without the ranker, as index + 1 of a candidate; 0 when nothing is. "I" in a
/// quotation is its speaker, wherever that stands; a person's name is whoever bore it, or its
/// longer form, last ("Eastman" after "Cres Eastman"). Applies to phrases that the ranker leaves
/// alone.
std::size_t CertainLink(const Scene& scene, std::uint32_t phrase,
                        std::span<const std::uint32_t> earlier);

}  // namespace dateline::coreference
