/// What the learned classifier looks at: a trigger that no pattern knows, its sides and its words.
#pragma once

#include <cstdint>
#include <vector>

#include "events/domain.h"
#include "events/matcher.h"
#include "events/scene.h"
#include "syntax/word_vectors.h"

namespace dateline::events {

/// A feature that holds, with the number of its kind: training leaves some kinds out at random.
struct HashedFeature {
  std::uint32_t kind = 0;
  std::uint32_t hash = 0;
  bool operator==(const HashedFeature&) const = default;
};

/// Kinds that tell which word the trigger is; where it is one that training never saw, the others
/// and the vectors have to do.
inline constexpr std::uint32_t kLemmaKinds = 8;

/// Of one trigger.
struct ProposalInput {
  std::vector<HashedFeature> features;
  /// The encoder's vectors of the trigger, its object and what else hangs on it; zeros where there
  /// is none.
  std::vector<std::int8_t> dense;
};

/// Reads what `match` tells, the pattern left aside. Without `vectors` nothing is dense.
void ReadInput(const StoryView& view, const Scene& scene, const Match& match,
               const DomainGate::Verdict& domain, const syntax::WordVectors& vectors,
               ProposalInput& input);

/// Changes with whatever changes the features.
std::uint64_t ProposalFingerprint();

}  // namespace dateline::events
