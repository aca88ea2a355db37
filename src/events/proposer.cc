#include "events/proposer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/one_of.h"

// A trigger is open when no pattern and no act of speech fired at it, below it or above it: the
// clause that a pattern has read is not read twice. Its sides are found as those of any verb
// (matcher.h); both must be known. What the classifier then names goes the way of every
// match: refusals, gates, status, merging.

namespace dateline::events {
namespace {

/// Where sides stand, as in the table of patterns.
constexpr std::array kFrames{
    "S V O",
    "S V with/against/to/from/at/on/over/toward/towards/of/for/into/upon/between/in:O",
    "S V",
    "S+O V",
    "S N with/against/to/from/at/on/over/toward/towards/of/for/into/upon:O",
    "N between:S+O",
};

Result<Pattern> AnyPattern() {
  Pattern any{.id = std::string(kLearnedRule), .cameo = std::string(kAnyAct)};
  for (const char* frame : kFrames) {
    DATELINE_TRY(PatternFrame parsed, ParseFrame(frame));
    any.frames.push_back(std::move(parsed));
  }
  return any;
}

bool Holds(const WordList& words, std::uint32_t word) {
  return std::ranges::find(words, word) != words.end();
}

/// Whether the clause is what an act of speech is about, be it one that a pattern reads or not.
bool IsSpokenOf(const Scene& scene, const ActTable& acts, std::uint32_t at) {
  const auto head = scene.tree.Head(at);
  const Relation rel = scene.tree.Rel(at);
  const bool clause = rel == "xcomp" || rel == "ccomp" || rel == "acl";
  return head && clause && !acts.Triggers(scene.tree.Lemma(*head)).empty();
}

/// The words of what has been read already.
class TakenWords {
 public:
  TakenWords(const Scene& scene, const ActTable& acts, const std::vector<std::uint32_t>& fired)
      : scene_(scene), acts_(acts), fired_(fired) {}

  [[nodiscard]] bool Holds(std::uint32_t at) {
    if (std::ranges::find(fired_, at) != fired_.end()) return true;
    if (domains_.empty()) {
      for (const std::uint32_t trigger : fired_) domains_.push_back(scene_.tree.Domain(trigger));
    }
    const WordList below = scene_.tree.Domain(at);
    for (std::size_t i = 0; i < fired_.size(); ++i) {
      if (events::Holds(domains_[i], at) || events::Holds(below, fired_[i])) return true;
    }
    return IsSpokenOf(scene_, acts_, at);
  }

 private:
  const Scene& scene_;
  const ActTable& acts_;
  const std::vector<std::uint32_t>& fired_;
  std::vector<WordList> domains_;  ///< of those fired, once they are wanted
};

/// Whether a side is a country's.
bool HasCode(const Scene& scene, const ActorSet& side) {
  return !side.empty() && scene.actors[side.front()].code.size() >= 3;
}

/// Whether the verb has a subject of its own, and by its side, or as its agent, somebody whom the
/// tables know.
bool HasKnownSubject(const Scene& scene, std::uint32_t verb) {
  const auto subject = scene.tree.Child(verb, "nsubj");
  if (!subject) return false;
  if (scene.tree.Rel(*subject) != "nsubj") return true;  // passive: the agent comes later
  return std::ranges::any_of(ActorsOf(scene, *subject), [&](std::uint32_t actor) {
    return scene.actors[actor].code.size() >= 3;
  });
}

/// Whether two of whom the tables know hang on the trigger or on what does, as its sides must.
bool HasKnownSides(const Scene& scene, std::uint32_t trigger) {
  int known = 0;
  const auto count = [&](std::uint32_t at) {
    const auto actor = scene.ActorAt(at);
    known += actor && scene.actors[*actor].code.size() >= 3 ? 1 : 0;
  };
  for (const std::uint32_t child : scene.tree.Children(trigger)) {
    count(child);
    for (const std::uint32_t below : scene.tree.Children(child)) count(below);
  }
  return known > 1;
}

/// Whether there are two whom the tables know.
bool HoldsTwo(const Scene& scene) {
  return std::ranges::count_if(scene.actors, [](const Actor& a) { return a.code.size() >= 3; }) > 1;
}

/// Words that tell nothing by themselves.
bool IsEmptyWord(std::string_view lemma) {
  constexpr std::array<std::string_view, 11> kEmpty{
      "be", "have", "do", "say", "get", "can", "may", "would", "will", "become", "remain"};
  return IsOneOf(lemma, kEmpty);
}

bool IsOpen(const Scene& scene, const Match& match) {
  if (IsEmptyWord(scene.tree.Lemma(match.trigger))) return false;
  if (!HasCode(scene, match.source)) return false;
  return match.target.empty() || HasCode(scene, match.target);
}

}  // namespace

Proposer Proposer::Blank(syntax::WordVectors vectors) {
  Proposer proposer;
  proposer.vectors_ = std::move(vectors);
  if (auto any = AnyPattern()) proposer.any_ = *std::move(any);
  for (std::size_t root = 1; root < kProposalOutputs; ++root) {
    proposer.patterns_[root].id = kLearnedRule;
    proposer.patterns_[root].cameo = fmt::format("{:02}0", root);
  }
  proposer.model_.least.fill(2);
  return proposer;
}

Result<Proposer> Proposer::Load(const std::filesystem::path& path, syntax::WordVectors vectors) {
  Proposer proposer = Blank(std::move(vectors));
  DATELINE_TRY(proposer.model_, ProposalModel::Load(path));
  return proposer;
}

std::vector<OpenTrigger> Proposer::Triggers(const StoryView& view, const Scene& scene,
                                            const ActTable& acts,
                                            const std::vector<std::uint32_t>& fired,
                                            const DomainGate::Verdict& domain) const {
  TakenWords taken(scene, acts, fired);
  std::vector<OpenTrigger> out;
  for (Match& match : MatchOpen(view, scene, any_, [](std::uint32_t) { return true; })) {
    if (!IsOpen(scene, match)) continue;
    OpenTrigger& trigger = out.emplace_back();
    trigger.taken = taken.Holds(match.trigger);
    trigger.match = std::move(match);
    ReadInput(view, scene, trigger.match, domain, vectors_, trigger.input);
  }
  return out;
}

std::vector<Proposal> Proposer::Propose(const StoryView& view, const Scene& scene,
                                        const ActTable& acts,
                                        const std::vector<std::uint32_t>& fired,
                                        const DomainGate::Verdict& domain) const {
  std::vector<Proposal> out;
  if (model_.outputs.empty() || vectors_.empty() || !HoldsTwo(scene)) return out;
  TakenWords taken(scene, acts, fired);
  ProposalInput input;
  const auto wanted = [&](std::uint32_t at) {
    const std::string_view lemma = scene.tree.Lemma(at);
    if (IsEmptyWord(lemma) || std::ranges::find(fired, at) != fired.end()) return false;
    return HasKnownSides(scene, at) &&
           (scene.tree.Pos(at) == "NOUN" || HasKnownSubject(scene, at)) && !taken.Holds(at);
  };
  for (Match& match : MatchOpen(view, scene, any_, wanted)) {
    if (!IsOpen(scene, match) || match.target.empty()) continue;
    ReadInput(view, scene, match, domain, vectors_, input);
    if (input.dense.size() != model_.inputs) continue;
    const auto probabilities = model_.Probabilities(input);
    const auto best = std::max_element(probabilities.begin() + 1, probabilities.end());
    const auto root = static_cast<std::size_t>(best - probabilities.begin());
    if (*best < model_.least[root]) continue;
    match.pattern = &patterns_[root];
    out.push_back({.match = std::move(match), .probability = *best});
  }
  return out;
}

}  // namespace dateline::events
