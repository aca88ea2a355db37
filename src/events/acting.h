/// How acts of speech are found in a scene; inside of acts.h, for its sources alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/acts.h"

namespace dateline::events {

/// Finds the acts of one sentence: one object for one call of FindActs.
///
/// An act is found by its word. What it is about is the longest topic whose words stand in the
/// domain of that word; where there is none, the pattern found nearest in the domain. Verbs with
/// "will" are promises or threats of what they tell, those with "must" below a verb of speech are
/// demands.
class ActFinder {
 public:
  ActFinder(const StoryView& view, const Scene& scene, const ActTable& acts,
            std::vector<Match>& matches)
      : view_(view), scene_(scene), tree_(scene.tree), acts_(acts), matches_(matches) {}

  void Run();

 private:
  struct Content {
    std::string_view key;
    std::uint32_t at = 0;
    std::size_t length = 0;
  };

  // Which words are acts: acts.cc.
  void NoteConsumed(const Match& match) const;
  bool IsCallAt(std::uint32_t at) const;
  bool IsOwnOrder(std::uint32_t at) const;
  Match* DeedOrdered(const Verb& verb);
  bool IsPlainOrder(const ActTable::Trigger& trigger, const Verb& verb) const;
  bool OrdersDeed(const ActTable::Trigger& trigger, const Verb* verb);
  bool IsParted(const ActTable::Trigger& trigger, std::uint32_t at) const;
  bool Fits(const ActTable::Trigger& trigger, std::uint32_t at) const;
  bool IsState(std::uint32_t at) const;
  bool IsAdjective(std::uint32_t at) const;
  Range ExtentOf(const Match& match, const WordList& domain) const;
  bool IsOwnWish(std::uint32_t at) const;
  bool IsClaim(std::uint32_t at) const;
  [[nodiscard]] bool ExpectsOfOthers(const Verb& verb) const;
  bool IsForecast(std::uint32_t at) const;
  bool IsDenial(const ActTable::Trigger& trigger, const Verb* verb) const;
  bool RejectsMatter(const Verb* verb, const Match& match) const;
  [[nodiscard]] bool Withholds(const ActTable::Trigger& trigger, std::uint32_t at,
                               const Verb* verb) const;
  bool IsOtherAct(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb);
  void TakeHome(const Verb& verb, const std::optional<Content>& content, Match& match) const;
  void Take(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb);
  [[nodiscard]] bool AsksToAct(const ActTable::Trigger& trigger, const Verb* verb) const;
  [[nodiscard]] bool IsUtteredAct(std::uint32_t at, const Verb* verb) const;
  [[nodiscard]] bool IsStrong(const ActTable::Trigger& trigger, std::uint32_t at,
                              const Verb* verb) const;
  void SpareRejected(const Verb& verb, const ActorSet& source);
  void TryWord(std::uint32_t at);
  void LeaveWhatBecame();

  // What an act is about: acts_content.cc.
  const Verb* VerbAt(std::uint32_t at) const;
  std::size_t TopicAt(const ActTable::Topic& topic, std::uint32_t at, const WordList& domain) const;
  bool TellsOther(std::uint32_t at) const;
  WordList MatterOf(WordList domain) const;
  std::optional<Content> ContentIn(const WordList& domain) const;
  std::optional<Content> ToldBy(const Verb& verb, const WordList& domain) const;
  WordList DomainOf(std::uint32_t at, const Verb* verb) const;
  void LeaveReasons(const ActTable::Trigger& trigger, std::uint32_t at, WordList& domain) const;
  WordList UtteredWith(std::uint32_t noun) const;
  bool IsDeniedNoun(std::uint32_t at) const;
  bool IsNoLonger(std::uint32_t at) const;
  std::optional<Act> Turned(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb,
                            Act act) const;
  const Pattern* Composed(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb,
                          std::string_view key) const;
  bool IsTold(std::uint32_t at) const;
  bool IsComment(std::uint32_t at) const;
  const Verb* MakingOf(std::uint32_t noun) const;
  std::optional<std::uint32_t> ToldAbove(const Verb& verb) const;
  WordList ClauseAbove(std::uint32_t clause, std::uint32_t verb) const;
  bool TellsAccusation(const Verb* verb, const Content& content) const;
  std::optional<Content> ContentElsewhere(std::uint32_t at, const Verb* verb,
                                          WordList& domain) const;

  // Who asks, promises or refuses it of whom: acts_sides.cc.
  ActorSet Of(const WordList& heads) const;
  ActorSet Others(ActorSet set, const ActorSet& source) const;
  ActorSet Addressed(const WordList& domain, const ActorSet& source) const;
  ActorSet CountryOf(const ActorSet& set) const;
  ActorSet Named(const WordList& domain, const ActorSet& source) const;
  WordList SomebodyIn(WordList domain) const;
  bool IsOwner(std::uint32_t child) const;
  [[nodiscard]] bool IsAnswerWith(std::uint32_t noun) const;
  ActorSet OwnersOf(std::uint32_t noun, Match& match) const;
  void TakeOther(const WordList& domain, Match& match) const;
  void TakeCitizens(const WordList& domain, Match& match) const;
  void TakeWriter(const Verb& verb, Match& match) const;
  void TakeThreatener(const Verb& verb, Match& match) const;
  const Verb* ActBefore(const Verb& verb) const;
  void LeaveOwnForces(Match& match) const;
  std::optional<ActorSet> CalledBefore(const Verb& verb, const ActorSet& source) const;
  std::optional<ActorSet> MeantByPronoun(const Verb& verb, const ActorSet& source) const;
  void TakeObject(const Verb& verb, Match& match) const;
  bool ConcernsOwnPerson(const Verb& verb, const Match& match) const;
  bool LeavesOffice(const std::optional<Content>& content, const Match& match) const;
  bool PromisesAtHome(const Verb& verb, const Match& match) const;
  ActorSet AskedThat(const Verb& verb, const Match& match) const;
  ActorSet MayAvert(const Verb& verb, const Match& match) const;
  bool AsksOwnPeople(const ActTable::Trigger& trigger, const Verb* verb) const;
  void LeaveSeat(Match& match) const;
  void LeaveOwn(const Verb* verb, Match& match) const;
  void TakeNamed(std::uint32_t at, const Verb* verb, const WordList& domain, Match& match) const;
  void Sides(std::uint32_t at, const Verb* verb, const WordList& domain, Match& match) const;
  void SplitTogether(Match& match) const;
  bool AgreeTogether(const Match& match) const;
  void TakeContentTarget(const std::optional<Content>& content, Match& match) const;
  void TakeAsked(const Verb& verb, Match& match) const;
  ActorSet RejectersOf(std::uint32_t noun, const ActorSet& source) const;

  // What "will", "must", "if" and "not" make of what the patterns found: acts_moods.cc.
  void TakeMust(const Verb& verb);
  [[nodiscard]] bool IsObliged(const Verb& verb) const;
  [[nodiscard]] bool SetsCondition(const Verb& verb, const Verb& main) const;
  [[nodiscard]] bool IsOnly(std::uint32_t verb) const;
  [[nodiscard]] bool IsInReturn(const Verb& verb, const Verb& main) const;
  [[nodiscard]] ActorSet SetterOf(const Verb& main) const;
  [[nodiscard]] static bool IsAskedFor(const std::optional<Content>& content);
  void TakeCondition(const Verb& verb);
  [[nodiscard]] bool IsWould(const Verb& verb) const;
  [[nodiscard]] bool IsDeniedOf(const Verb& verb) const;
  [[nodiscard]] const Pattern* Denial() const;
  void TakeDenial(const Verb& verb, Match& match) const;
  void TakeMood(const Verb& verb, Match& match) const;
  void TakeWill(const Verb& verb);
  bool IsUnlikely(const Verb& verb) const;
  void Moods();

  bool Coded(const ActorSet& set) const {
    return std::ranges::any_of(set, [&](auto a) { return !scene_.actors[a].code.empty(); });
  }
  bool Consumed(std::uint32_t at) const { return std::ranges::find(eaten_, at) != eaten_.end(); }

  const StoryView& view_;
  const Scene& scene_;
  const Tree& tree_;
  const ActTable& acts_;
  std::vector<Match>& matches_;
  std::vector<Match> found_;
  WordList eaten_;  ///< words that an act is about
};

/// Verbs with which a call or an offer is uttered.
bool IsUttering(std::string_view lemma);

}  // namespace dateline::events
