/// How patterns are laid over a scene; inside of matcher.h, for its sources alone.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/matcher.h"

namespace dateline::events {

/// Where the words of a pattern are looked for around a verb.
struct VerbZones {
  WordList domain;          ///< Tree::Domain of the verb
  WordList outside;         ///< its objects that stand before it
  WordList around;          ///< both, and its subject
  std::uint32_t begin = 0;  ///< where what the verb tells begins
  /// The domain without what opens the clause or is cited in it; empty: not asked yet.
  std::optional<WordList> behind{};
  /// What WordsIn tells of the pattern at hand for domain and outside; empty: not asked yet.
  std::optional<std::size_t> words{};
};

/// Lays patterns over one sentence: one object for one call of MatchScene or MatchOpen.
///
/// A trigger's domain is what stands below it in the tree and belongs to what it tells. The words
/// of a pattern are looked for there, and the target: where the frame says, else the object's
/// actor, the actors that prepositions govern, whoever is named in the domain, and last the place.
/// The source is the deep subject. Acts within a country name one side only: when nobody else is
/// named, the source's own country is the target.
class Matcher {
 public:
  Matcher(const StoryView& view, const Scene& scene)
      : view_(view), scene_(scene), tree_(scene.tree) {}

  /// The matches of the patterns of the view.
  std::vector<Match> Run();
  /// The matches of `any` at the triggers that are wanted.
  std::vector<Match> RunOpen(const Pattern& any, const TriggerFilter& wanted);

 private:
  // The words around a trigger, and the patterns laid over them: matcher.cc.
  void ReadWords();
  using Ranks = std::vector<bool>;  ///< by Pattern::rank
  template <typename Zone>
  [[nodiscard]] Ranks PhrasedIn(const Zone& zone) const;
  [[nodiscard]] bool MayFit(const TriggeredPattern& each, const Ranks& near) const;
  using Candidates = base::ShortList<const TriggeredPattern*, 16>;
  [[nodiscard]] Candidates FittingOf(const PatternList& list, const Ranks& near) const;
  bool HangsBelow(std::string_view particle, std::uint32_t at) const;
  bool ParticleFollows(std::span<const WordId> particle, std::uint32_t at) const;
  bool IsOtherVerb(std::uint32_t at) const;
  bool PartsIn(std::span<const WordId> phrase, std::uint32_t at, const WordList& zone) const;
  std::size_t WordsIn(const Pattern& pattern, const WordList& zone) const;
  WordList ObjectsOutside(const Verb& verb, const WordList& domain) const;
  WordList SubjectZone(const Verb& verb) const;
  WordList WithoutCited(const Verb& verb, WordList domain) const;
  [[nodiscard]] WordList ToldAbove(const Verb& verb) const;
  [[nodiscard]] VerbZones ZonesOf(const Verb& verb) const;
  const WordList& DomainFor(const Pattern& pattern, const Verb& verb, VerbZones& zones) const;
  [[nodiscard]] std::size_t WordsAround(const Verb& verb, const Pattern& pattern,
                                        const PatternFrame& frame, VerbZones& zones) const;
  bool IsTime(std::uint32_t at) const;
  bool IsMonth(std::uint32_t at) const;
  bool HasForm(const Verb& verb, const PatternFrame& frame) const;
  [[nodiscard]] bool IsDelayed(const Verb& verb) const;
  bool IsDenied(const Verb& verb) const;
  Range ExtentOf(const Match& match, const WordList& domain, std::uint32_t begin) const;
  static int Score(const PatternFrame& frame, const Match& match, std::size_t words);
  void NoteRefusal(const Match& match, const PatternFrame* frame) const;
  void Fit(Match match, const PatternFrame& frame, std::optional<Match>& best);
  bool VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                 VerbZones& zones, Match& match) const;
  void TryVerb(std::uint32_t index);
  [[nodiscard]] bool IsNominal(std::uint32_t at) const;
  [[nodiscard]] WordList DomainOfNoun(std::uint32_t at) const;
  bool NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                 const WordList& domain, Match& match) const;
  void TryNoun(std::uint32_t at);
  void TryOpenVerb(std::uint32_t index, const Pattern& any);
  [[nodiscard]] bool IsOwnedNoun(std::uint32_t at) const;
  void TryOpenNoun(std::uint32_t at, const Pattern& any);
  void AnswerAccusers();
  /// Keeps why the frame at hand does not fit.
  bool Refuse(std::string_view why) const {
    why_ = why;
    return false;
  }

  // Who acts on whom by a verb, as the sentence tells: matcher_sides.cc.
  bool SameAs(std::uint32_t actor, const ActorSet& others) const;
  ActorSet Without(ActorSet set, const ActorSet& others) const;
  ActorSet Of(const WordList& heads) const;
  bool IsFarBelow(std::uint32_t at, const WordList& domain) const;
  ActorSet Governed(const WordList& domain, const std::vector<std::string>& prepositions,
                    const ActorSet& not_these) const;
  ActorSet Foreign(ActorSet set, const ActorSet& source) const;
  ActorSet AnyIn(const WordList& domain, const ActorSet& not_these) const;
  ActorSet OriginOf(const WordList& heads) const;
  bool AreJoined(const WordList& heads) const;
  bool IsEachOther(std::uint32_t at) const;
  bool ActsOnEachOther(const Verb& verb, const PatternFrame& frame, const WordList& domain) const;
  static bool SplitPair(ActorSet sides, Match& match);
  ActorSet BothOf(ActorSet sides) const;
  WordList WithoutAfter(WordList domain) const;
  WordList WithoutOpening(const Verb& verb, WordList domain, bool places) const;
  [[nodiscard]] bool AreLands(const ActorSet& side) const;
  bool ActsOnPost(const Verb& verb) const;
  void TakeVictims(const Verb& verb, Match& match) const;
  ActorSet OtherSide(const WordList& heads) const;
  ActorSet PairInSubject(const Verb& verb) const;
  bool TakePairAround(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                      Match& match) const;
  std::optional<std::uint32_t> DoingOf(std::uint32_t deed) const;
  ActorSet SendersOf(const WordList& deeds) const;
  [[nodiscard]] bool IsBySomebodyUnknown(const Verb& verb, const Match& match) const;
  [[nodiscard]] ActorSet DoersOfAttack(std::uint32_t attack) const;
  ActorSet DoersOf(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                   const Match& match) const;
  ActorSet OwnerOfWord(const Verb& verb, const Match& match) const;
  void TakeGoverned(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                    Match& match) const;
  bool TakeSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                 Match& match) const;
  void TakeOther(const WordList& domain, Match& match) const;
  bool ActsOnStrangers(const Verb& verb) const;
  bool IsInRelative(std::uint32_t at, std::uint32_t verb) const;
  bool IsInOtherClause(std::uint32_t at, std::uint32_t verb) const;
  bool IsToldOf(std::uint32_t at, std::uint32_t verb) const;
  [[nodiscard]] bool LiesAside(std::uint32_t at, const Verb& verb, std::string_view cameo) const;
  WordList NamedNear(const Verb& verb, WordList domain, std::string_view cameo) const;
  ActorSet PatronOf(const ActorSet& source) const;
  static bool LeavesTargetOpen(const PatternFrame& frame, const Match& match);
  void FallBack(const WordList& domain, Match& match) const;
  void TakeTargetBefore(const Verb& verb, Match& match) const;
  void TakeSummedUp(const Verb& verb, Match& match) const;
  void TakeThankful(const Verb& verb, Match& match) const;
  void TakeCalled(const Verb& verb, Match& match) const;
  void TakePlaceLeft(const WordList& domain, Match& match) const;
  void LeaveJudges(Match& match) const;
  void TakeSummoned(const Verb& verb, Match& match) const;
  bool IsOfOneCountry(const Match& match) const;
  bool IsByStrangers(const Verb& verb, std::string_view cameo) const;
  ActorSet RaidersOver(const Verb& verb, const ActorSet& target) const;
  void TakeOwnerOfThing(const Verb& verb, Match& match) const;
  void TakePlaceAsSource(const Verb& verb, const WordList& domain, Match& match) const;
  void LeaveUnknownAtHome(Match& match) const;
  bool IsOwnForce(std::uint32_t actor, const Match& match) const;
  void LeaveOwnForces(Match& match) const;
  bool SendsOwnForces(const Verb& verb, const Match& match) const;
  void TakeFurtherSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                        Match& match) const;
  bool Complete(const PatternFrame& frame, bool source_optional, bool has_object,
                const Match& match) const;
  bool IsCoded(const ActorSet& side) const {
    return std::ranges::any_of(side,
                               [&](auto actor) { return !scene_.actors[actor].code.empty(); });
  }

  // Who acts on whom by a noun: matcher_nouns.cc.
  ActorSet BeforeNoun(std::uint32_t at) const;
  ActorSet OwnersOf(std::uint32_t at) const;
  ActorSet SubjectOfPredicate(std::uint32_t noun) const;
  ActorSet SubjectOver(std::uint32_t noun, Match& match) const;
  bool IsDoneBy(const Match& match) const;
  bool StandsAside(std::uint32_t noun) const;
  bool IsOrdered(std::uint32_t noun, const Match& match) const;
  bool IsReceived(std::uint32_t noun, const Match& match) const;
  [[nodiscard]] bool IsOnlyToldOf(std::uint32_t noun, const Match& match) const;
  bool IsJudged(const Match& match) const;
  bool TakeReceiver(const PatternFrame& frame, const WordList& domain, const ActorSet& subject,
                    Match& match) const;
  void TakeProvoker(const PatternFrame& frame, const WordList& domain, const ActorSet& subject,
                    Match& match) const;
  void TakeTeller(std::uint32_t noun, Match& match) const;
  void TakeUtterer(std::uint32_t at, const WordList& domain, Match& match) const;
  [[nodiscard]] bool IsNotOfSubject(std::uint32_t noun, const Match& match) const;
  ActorSet MakerOf(std::uint32_t noun, const Match& match, ActorSet subject) const;
  void TakeMakers(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                  ActorSet subject, Match& match) const;
  bool TakeSidesOfNoun(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                       Match& match) const;
  bool MayAccuse(std::uint32_t noun, std::uint32_t clause) const;
  void TakeAccused(std::uint32_t noun, Match& match) const;
  void TakeDenier(std::uint32_t noun, Match& match) const;

  // Sides that only the text tells, at home or abroad: matcher_home.cc.
  bool AgreesAtHome(const Verb& verb, const Match& match) const;
  bool IsOfTheme(const ActorSet& side) const;
  bool IsOfMovement(const ActorSet& side) const;
  bool ActsAtHome(const WordList& domain) const;
  bool ActsOnRebels(const Verb& verb) const;
  bool ActsOnProtesters(const Verb& verb) const;
  bool ActsOnCrowd(const Verb& verb, const ActorSet& source) const;
  bool TakesNumber(const Verb& verb) const;
  std::uint32_t CountedIn(std::uint32_t head) const;
  bool ActsOnSomebody(const Verb& verb) const;
  bool TouchesSomebody(const Verb& verb, const PatternFrame& frame, Match& match) const;
  bool IsKnown(std::uint32_t head) const;
  bool IsAnother(std::uint32_t head, const ActorSet& source) const;
  bool IsCompatriot(std::uint32_t head) const;
  bool SpeaksFor(const Verb& verb, const ActorSet& source) const;
  bool ActsOnCompatriot(const Verb& verb, const Match& match) const;
  bool ActsOnOther(const Verb& verb, const PatternFrame& frame, const Match& match) const;
  bool MayJudge(const ActorSet& source) const;
  [[nodiscard]] bool AreStates(const ActorSet& side) const;
  bool IsDone(std::uint32_t noun, bool judge) const;
  bool ActsOnDeed(const Verb& verb, const ActorSet& source) const;
  bool ActsWithin(const Verb& verb, const Match& match) const;
  void TakeStanding(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                    Match& match) const;
  [[nodiscard]] bool IsSetIn(std::string_view country) const;
  void TakeCountrymen(const Verb& verb, Match& match) const;
  void TakeCitizens(const Verb& verb, Match& match) const;
  void TakeHeld(const Verb& verb, Match& match) const;
  void TakeUnknown(const WordList& heads, const ActorSet& other, ActorSet& side,
                   std::string_view cameo) const;
  void TakeCrowd(const Verb& verb, Match& match) const;
  [[nodiscard]] ActorSet SpeakerOver(std::uint32_t verb) const;
  [[nodiscard]] bool SpeaksForState(const ActorSet& speaker) const;
  void TakeSpeaker(const Verb& verb, Match& match) const;
  [[nodiscard]] bool FightsThem(const ActorSet& army, const ActorSet& killed) const;
  void TakeSpeakersMen(const Verb& verb, Match& match) const;

  const StoryView& view_;
  const Scene& scene_;
  const Tree& tree_;
  std::vector<Match> found_;
  WordMarks words_;  ///< of the sentence
  Ranks near_;       ///< PhrasedIn the sentence; empty: not asked yet
  mutable std::string_view why_;
};

/// Whether the list holds this word and no other.
bool IsOnly(const std::vector<std::string>& words, std::string_view word);

/// "in", "at", "near": where something is.
bool IsLocative(std::string_view preposition);

/// "an accusation made by Chad", "a plea radioed from Chad".
bool IsUttered(std::string_view cameo);

/// Blame, whose target is not told by what opens the clause.
bool IsBlame(std::string_view cameo);

}  // namespace dateline::events
