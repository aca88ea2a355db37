#include "events/proposal_input.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "quotes/graph.h"

namespace dateline::events {
namespace {

using quotes::HashOf;
using quotes::Mix;

/// Numbers of the kinds of features. A model file depends on them; those below kLemmaKinds name the
/// trigger.
enum Kind : std::uint32_t {
  kLemma,
  kLemmaParticle,
  kLemmaWay,
  kLemmaObject,
  kBias = kLemmaKinds,
  kParticle,
  kWay,
  kSourceKind,
  kTargetKind,
  kSideKinds,
  kPair,
  kObject,
  kObjectWay,
  kComplement,
  kForm,
  kStands,
  kGovernor,
  kReal,
  kContest,
  kKnown,
  kPrepositionWord,
  kWord,
  kRelation,
  kTargetPlace,
  kPolarity,
};

constexpr std::size_t kMostWords = 10;  ///< of a domain that become features

class InputReader {
 public:
  InputReader(const StoryView& view, const Scene& scene, const Match& match, ProposalInput& out)
      : view_(view), scene_(scene), tree_(scene.tree), match_(match), out_(out) {
    out_.features.clear();
    out_.dense.clear();
    if (match.verb && scene.verbs[*match.verb].at == match.trigger)
      verb_ = &scene.verbs[*match.verb];
  }

  void Read(const DomainGate::Verdict& domain, const syntax::WordVectors& vectors) {
    object_ = ObjectOf();
    complement_ = ComplementOf();
    AddTrigger();
    AddSides();
    AddSurroundings();
    Add(kReal, static_cast<std::uint32_t>(std::clamp(domain.real, 0, 3)));
    Add(kContest, static_cast<std::uint32_t>(std::clamp(domain.contest, 0, 3)));
    if (vectors.empty()) return;
    for (const auto at : {std::optional(match_.trigger), object_, complement_}) {
      if (!at) {
        out_.dense.insert(out_.dense.end(), syntax::WordVectors::kWidth, 0);
        continue;
      }
      const auto vector = vectors.Of(view_.word(*at).form);
      out_.dense.insert(out_.dense.end(), vector.begin(), vector.end());
    }
  }

 private:
  template <typename... Values>
  void Add(std::uint32_t kind, Values... values) {
    std::uint32_t hash = kind * 0x85EBCA6BU + 1U;
    ((hash = Mix(hash, values)), ...);
    out_.features.push_back({kind, hash});
  }

  [[nodiscard]] bool IsThing(std::uint32_t at) const {
    return !scene_.ActorAt(at) && tree_.Pos(at) != "PRON";
  }

  /// What the act takes for its object that is nobody: "imposed [sanctions]".
  [[nodiscard]] std::optional<std::uint32_t> ObjectOf() const {
    if (verb_ == nullptr) return std::nullopt;
    for (const std::uint32_t head : verb_->roles.object) {
      if (IsThing(head)) return head;
    }
    return std::nullopt;
  }

  /// A clause or phrase below the trigger that names nobody.
  [[nodiscard]] std::optional<std::uint32_t> ComplementOf() const {
    std::optional<std::uint32_t> phrase;
    for (const std::uint32_t child : tree_.Children(match_.trigger)) {
      const Relation rel = tree_.Rel(child);
      if (rel == "xcomp" || rel == "ccomp") return child;
      const bool oblique = rel == "obl" || rel == "nmod";
      if (oblique && IsThing(child) && !phrase) phrase = child;
    }
    return phrase;
  }

  [[nodiscard]] std::uint32_t ParticleOf() const {
    const auto particle = tree_.Child(match_.trigger, "compound:prt");
    return particle ? HashOf(view_.word(*particle).form) : 0;
  }

  /// How the target hangs on the trigger: "obj", the preposition, "deep".
  [[nodiscard]] std::uint32_t WayOfTarget() const {
    if (match_.target.empty()) return 0;
    const Range words = scene_.actors[match_.target.front()].words;
    for (std::uint32_t at = words.begin; at < words.end; ++at) {
      const auto head = tree_.Head(at);
      if (!head || words.Contains(*head)) continue;
      if (*head != match_.trigger) return HashOf("deep");
      const std::string_view preposition = tree_.Case(at);
      return HashOf(preposition.empty() ? tree_.Rel(at) : preposition);
    }
    return HashOf("far");
  }

  [[nodiscard]] std::uint32_t KindOf(const ActorSet& side) const {
    if (side.empty()) return 0;
    const Actor& actor = scene_.actors[side.front()];
    std::uint32_t hash = HashOf(actor.code.size() > 3    ? std::string_view(actor.code).substr(3, 3)
                                : actor.code.size() == 3 ? "country"
                                                         : "unknown");
    if (actor.code.size() <= 3 && actor.entity) {
      hash =
          Mix(hash, static_cast<std::uint32_t>(view_.story.entities[Raw(*actor.entity)].type) + 1);
    }
    return hash;
  }

  [[nodiscard]] std::uint32_t PairOf() const {
    if (match_.source.empty() || match_.target.empty()) return 0;
    const std::string& source = scene_.actors[match_.source.front()].code;
    const std::string& target = scene_.actors[match_.target.front()].code;
    if (source.empty() || target.empty()) return 1;
    return source.substr(0, 3) == target.substr(0, 3) ? 2 : 3;
  }

  void AddTrigger() {
    const std::uint32_t lemma = HashOf(tree_.Lemma(match_.trigger));
    const std::uint32_t particle = ParticleOf();
    const std::uint32_t noun = match_.noun ? 1 : 0;
    Add(kLemma, lemma, noun);
    if (particle != 0) Add(kLemmaParticle, lemma, particle);
    Add(kLemmaWay, lemma, WayOfTarget());
    if (object_) Add(kLemmaObject, lemma, HashOf(tree_.Lemma(*object_)));
    Add(kBias, noun);
    Add(kParticle, particle);
    const std::string_view word = tree_.Lemma(match_.trigger);
    const bool known =
        match_.noun ? !view_.patterns.Nouns(word).empty() : !view_.patterns.Verbs(word).empty();
    Add(kKnown, noun, known ? 1U : 0U);
  }

  void AddSides() {
    const std::uint32_t source = KindOf(match_.source);
    const std::uint32_t target = KindOf(match_.target);
    const std::uint32_t way = WayOfTarget();
    Add(kWay, way, match_.noun ? 1U : 0U);
    Add(kSourceKind, source);
    Add(kTargetKind, target);
    Add(kSideKinds, source, target);
    Add(kPair, PairOf());
    const bool place = !match_.target.empty() && scene_.actors[match_.target.front()].place;
    Add(kTargetPlace, place ? 1U : 0U);
    if (object_) {
      Add(kObject, HashOf(tree_.Lemma(*object_)));
      Add(kObjectWay, HashOf(tree_.Lemma(*object_)), way);
    }
    if (complement_)
      Add(kComplement, HashOf(tree_.Lemma(*complement_)), HashOf(tree_.Case(*complement_)));
  }

  void AddSurroundings() {
    if (verb_ != nullptr) {
      const std::uint32_t form = (verb_->passive ? 1U : 0U) | (verb_->infinitive ? 2U : 0U) |
                                 (verb_->ing ? 4U : 0U) | (verb_->perfect ? 8U : 0U);
      Add(kForm, form);
      const bool open = verb_->future || verb_->modal || verb_->must;
      Add(kPolarity, verb_->negated ? 1U : 0U, open ? 1U : 0U);
    }
    Add(kStands, HashOf(tree_.Rel(match_.trigger)));
    if (const auto head = tree_.Head(match_.trigger)) Add(kGovernor, HashOf(tree_.Lemma(*head)));
    for (const std::uint32_t child : tree_.Children(match_.trigger)) {
      Add(kRelation, HashOf(tree_.Rel(child)));
      const std::string_view preposition = tree_.Case(child);
      if (!preposition.empty()) Add(kPrepositionWord, HashOf(preposition));
    }
    AddWords();
  }

  /// What the clause speaks of.
  void AddWords() {
    std::size_t words = 0;
    for (const std::uint32_t at : tree_.Domain(match_.trigger)) {
      const PartOfSpeech pos = tree_.Pos(at);
      const bool content = pos == "NOUN" || pos == "VERB" || pos == "ADJ";
      if (at == match_.trigger || !content || scene_.ActorAt(at)) continue;
      Add(kWord, HashOf(tree_.Lemma(at)));
      if (++words == kMostWords) return;
    }
  }

  const StoryView& view_;
  const Scene& scene_;
  const Tree& tree_;
  const Match& match_;
  ProposalInput& out_;
  const Verb* verb_ = nullptr;
  std::optional<std::uint32_t> object_;
  std::optional<std::uint32_t> complement_;
};

}  // namespace

void ReadInput(const StoryView& view, const Scene& scene, const Match& match,
               const DomainGate::Verdict& domain, const syntax::WordVectors& vectors,
               ProposalInput& input) {
  InputReader(view, scene, match, input).Read(domain, vectors);
}

}  // namespace dateline::events
