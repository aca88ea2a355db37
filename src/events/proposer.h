/// Events told in words that no pattern knows, proposed by the learned classifier: "Peru berated
/// Chile" is an act of CAMEO's root 11, although no pattern has the verb.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "events/act_table.h"
#include "events/domain.h"
#include "events/matcher.h"
#include "events/proposal_model.h"
#include "events/scene.h"
#include "syntax/word_vectors.h"

namespace dateline::events {

/// Id of the rule that an event bears which the classifier proposed.
inline constexpr std::string_view kLearnedRule = "learned";

struct Proposal {
  Match match;             ///< its pattern bears the code of a whole root and kLearnedRule
  double probability = 0;  ///< that the root is right, in [0, 1]
};

/// A trigger as training sees it.
struct OpenTrigger {
  Match match;
  bool taken = false;  ///< a pattern fired there, or for what it belongs to
  ProposalInput input;
};

/// Immutable after Load; thread-safe.
class Proposer {
 public:
  /// Errors: those of ProposalModel::Load.
  static Result<Proposer> Load(const std::filesystem::path& path, syntax::WordVectors vectors);
  /// Without a model: triggers can be read, nothing is proposed.
  static Proposer Blank(syntax::WordVectors vectors = {});

  /// What the sentence tells at triggers that `fired` neither holds nor speaks of, where the
  /// classifier is sure enough. `fired` are the triggers of patterns and acts, refused ones too.
  /// Matches point into this.
  [[nodiscard]] std::vector<Proposal> Propose(const StoryView& view, const Scene& scene,
                                              const ActTable& acts,
                                              const std::vector<std::uint32_t>& fired,
                                              const DomainGate::Verdict& domain) const;

  /// Every trigger that has sides, for training.
  [[nodiscard]] std::vector<OpenTrigger> Triggers(const StoryView& view, const Scene& scene,
                                                  const ActTable& acts,
                                                  const std::vector<std::uint32_t>& fired,
                                                  const DomainGate::Verdict& domain) const;

 private:
  syntax::WordVectors vectors_;
  ProposalModel model_;
  Pattern any_;                                       ///< frames that fit every act
  std::array<Pattern, kProposalOutputs> patterns_{};  ///< by root
};

}  // namespace dateline::events
