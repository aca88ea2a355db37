#include "events/matcher.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <string>

#include "events/matters.h"
#include "events/one_of.h"
#include "events/roles.h"
#include "events/trace.h"

// A trigger's domain is what stands below it in the tree and belongs to what it tells. The words of
// a pattern are looked for there, and the target: where the frame says, else the object's actor,
// the actors that prepositions govern, whoever is named in the domain, and last the place. The
// source is the deep subject. Acts within a country name one side only: when nobody else is named,
// the source's own country is the target.

namespace dateline::events {
namespace {

using enum quotes::WordClass;
using WordList = std::vector<std::uint32_t>;

/// Roots of acts that stay at home unless the text names somebody else.
bool IsDomestic(std::string_view cameo) {
  constexpr std::array<std::string_view, 9> kCodes{"081", "082", "083", "091", "14",
                                                   "17",  "18",  "034", "104"};
  return BeginsWithOneOf(cameo, kCodes);
}

bool IsOnly(const std::vector<std::string>& words, std::string_view word) {
  return words.size() == 1 && words.front() == word;
}

bool IsLocative(std::string_view preposition) {
  return preposition == "in" || preposition == "at" || preposition == "near";
}

/// Where the words of a pattern are looked for around a verb.
struct VerbZones {
  WordList domain;   ///< Tree::Domain of the verb
  WordList outside;  ///< its objects that stand before it
  WordList around;   ///< both, and its subject
  /// What WordsIn tells of the pattern at hand for domain and outside; empty: not asked yet.
  std::optional<std::size_t> words{};
};

/// Places and vehicles where those are who are fought.
bool IsPost(std::string_view lemma) {
  constexpr std::array<std::string_view, 39> kPosts{
      "camp",       "base",         "post",          "outpost",      "position", "hideout",
      "hide-out",   "lair",         "bastion",       "compound",     "village",  "town",
      "checkpoint", "building",     "station",       "convoy",       "barracks", "depot",
      "bunker",     "headquarters", "house",         "stronghold",   "vehicle",  "school",
      "hospital",   "market",       "farm",          "farmhouse",    "mosque",   "church",
      "district",   "suburb",       "neighbourhood", "neighborhood", "quarter",  "prison",
      "garrison",   "cave",         "palace"};
  return IsOneOf(lemma, kPosts);
}

class Matcher {
 public:
  Matcher(const StoryView& view, const Scene& scene)
      : view_(view), scene_(scene), tree_(scene.tree) {}

  std::vector<Match> Run() {
    ReadWords();
    std::size_t verb = 0;
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
      while (verb < scene_.verbs.size() && scene_.verbs[verb].at < at) ++verb;
      if (verb < scene_.verbs.size() && scene_.verbs[verb].at == at) {
        TryVerb(static_cast<std::uint32_t>(verb));
      } else {
        TryNoun(at);
      }
    }
    AnswerAccusers();
    return std::move(found_);
  }

  std::vector<Match> RunOpen(const Pattern& any, const TriggerFilter& wanted) {
    for (std::uint32_t i = 0; i < scene_.verbs.size(); ++i) {
      if (wanted(scene_.verbs[i].at)) TryOpenVerb(i, any);
    }
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
      if (IsOwnedNoun(at) && wanted(at)) TryOpenNoun(at, any);
    }
    std::ranges::stable_sort(found_, {}, &Match::trigger);
    return std::move(found_);
  }

 private:
  void ReadWords();
  [[nodiscard]] std::vector<WordId> WordsOf(const WordList& zone) const;
  [[nodiscard]] std::vector<std::uint32_t> Candidates(const PatternList& list,
                                                      const std::vector<WordId>& near) const;
  void TryVerb(std::uint32_t index);
  [[nodiscard]] bool IsNominal(std::uint32_t at) const;
  [[nodiscard]] WordList DomainOfNoun(std::uint32_t at) const;
  void TryNoun(std::uint32_t at);
  void TryOpenVerb(std::uint32_t index, const Pattern& any);
  [[nodiscard]] bool IsOwnedNoun(std::uint32_t at) const;
  void TryOpenNoun(std::uint32_t at, const Pattern& any);
  void TakeOther(const WordList& domain, Match& match) const;
  [[nodiscard]] bool IsSetIn(std::string_view country) const;
  void TakeCountrymen(const Verb& verb, Match& match) const;
  void TakeCitizens(const Verb& verb, Match& match) const;
  void TakeHeld(const Verb& verb, Match& match) const;
  void TakeCrowd(const Verb& verb, Match& match) const;
  void TakeUnknown(const WordList& heads, const ActorSet& other, ActorSet& side,
                   std::string_view cameo) const;
  bool IsByStrangers(const Verb& verb, std::string_view cameo) const;
  ActorSet RaidersOver(const Verb& verb, const ActorSet& target) const;
  void TakePlaceAsSource(const Verb& verb, const WordList& domain, Match& match) const;
  void AnswerAccusers();
  ActorSet PairInSubject(const Verb& verb) const;
  bool TakePairAround(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                      Match& match) const;
  bool ActsWithin(const Verb& verb, const Match& match) const;
  void TakeStanding(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                    Match& match) const;
  [[nodiscard]] VerbZones ZonesOf(const Verb& verb) const;
  bool VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                 VerbZones& zones, Match& match) const;
  bool NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                 const WordList& domain, Match& match) const;
  bool HangsBelow(std::string_view particle, std::uint32_t at) const;
  bool ParticleFollows(const Pattern& pattern, std::uint32_t at) const;
  std::size_t WordsIn(const Pattern& pattern, const WordList& zone) const;
  bool PhraseAt(std::span<const WordId> phrase, std::uint32_t at) const;
  bool PartsIn(std::span<const WordId> phrase, std::uint32_t at, const WordList& zone) const;
  /// Of the word's form and lemma.
  [[nodiscard]] std::pair<WordId, WordId> NumbersOf(std::uint32_t at) const {
    return numbers_[at - scene_.words.begin];
  }
  bool IsOtherVerb(const Pattern& pattern, std::uint32_t at) const;
  WordList SubjectZone(const Verb& verb) const;
  WordList ObjectsOutside(const Verb& verb, const WordList& domain) const;
  ActorSet OriginOf(const WordList& heads) const;
  ActorSet OtherSide(const WordList& heads) const;
  [[nodiscard]] bool AreLands(const ActorSet& side) const;
  void TakeVictims(const Verb& verb, Match& match) const;
  void TakePlaceLeft(const WordList& domain, Match& match) const;
  void LeaveJudges(Match& match) const;
  bool IsOfOneCountry(const Match& match) const;
  void TakeSummoned(const Verb& verb, Match& match) const;
  WordList WithoutAfter(WordList domain) const;
  bool AreJoined(const WordList& heads) const;
  bool IsEachOther(std::uint32_t at) const;
  bool ActsOnEachOther(const Verb& verb, const PatternFrame& frame, const WordList& domain) const;
  bool ActsOnRebels(const Verb& verb) const;
  bool ActsOnPost(const Verb& verb) const;
  bool ActsOnCrowd(const Verb& verb, const ActorSet& source) const;
  bool ActsOnProtesters(const Verb& verb) const;
  bool IsOfTheme(const ActorSet& side) const;
  bool IsCoded(const ActorSet& side) const {
    return std::ranges::any_of(side,
                               [&](auto actor) { return !scene_.actors[actor].code.empty(); });
  }
  bool IsOfMovement(const ActorSet& side) const;
  void TakeThankful(const Verb& verb, Match& match) const;
  void TakeCalled(const Verb& verb, Match& match) const;
  bool ActsAtHome(const WordList& domain) const;
  bool IsTime(std::uint32_t at) const;
  bool IsMonth(std::uint32_t at) const;
  std::uint32_t CountedIn(std::uint32_t head) const;
  bool ActsOnSomebody(const Verb& verb) const;
  bool TakesNumber(const Verb& verb) const;
  bool IsKnown(std::uint32_t head) const;
  bool IsAnother(std::uint32_t head, const ActorSet& source) const;
  bool IsCompatriot(std::uint32_t head) const;
  bool SpeaksFor(const Verb& verb, const ActorSet& source) const;
  bool ActsOnCompatriot(const Verb& verb, const Match& match) const;
  bool MayJudge(const ActorSet& source) const;
  bool IsDone(std::uint32_t noun, bool judge) const;
  bool ActsOnDeed(const Verb& verb, const ActorSet& source) const;
  bool ActsOnOther(const Verb& verb, const PatternFrame& frame, const Match& match) const;
  bool ActsOnStrangers(const Verb& verb) const;
  WordList NamedNear(const Verb& verb, WordList domain, std::string_view cameo) const;
  bool IsInRelative(std::uint32_t at, std::uint32_t verb) const;
  bool IsToldOf(std::uint32_t at, std::uint32_t verb) const;
  bool TouchesSomebody(const Verb& verb, const PatternFrame& frame, Match& match) const;
  bool IsDenied(const Verb& verb) const;
  bool HasForm(const Verb& verb, const PatternFrame& frame) const;
  [[nodiscard]] std::size_t WordsAround(const Verb& verb, const Pattern& pattern,
                                        const PatternFrame& frame, VerbZones& zones) const;
  void TakeTargetBefore(const Verb& verb, Match& match) const;
  void TakeFurtherSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                        Match& match) const;
  ActorSet Of(const WordList& heads) const;
  bool IsFarBelow(std::uint32_t at, const WordList& domain) const;
  ActorSet Governed(const WordList& domain, const std::vector<std::string>& prepositions,
                    const ActorSet& not_these) const;
  ActorSet PatronOf(const ActorSet& source) const;
  ActorSet Foreign(ActorSet set, const ActorSet& source) const;
  ActorSet AnyIn(const WordList& domain, const ActorSet& not_these) const;
  ActorSet Without(ActorSet set, const ActorSet& others) const;
  bool SameAs(std::uint32_t actor, const ActorSet& others) const;
  ActorSet BeforeNoun(std::uint32_t at) const;
  ActorSet OwnersOf(std::uint32_t at) const;
  ActorSet SubjectOfPredicate(std::uint32_t noun) const;
  ActorSet SubjectOver(std::uint32_t noun, Match& match) const;
  ActorSet DoersOf(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                   const Match& match) const;
  void TakeGoverned(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                    Match& match) const;
  bool TakeSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                 Match& match) const;
  bool IsDoneBy(const Match& match) const;
  bool StandsAside(std::uint32_t noun) const;
  bool IsOrdered(std::uint32_t noun, const Match& match) const;
  bool IsReceived(std::uint32_t noun, const Match& match) const;
  bool IsJudged(const Match& match) const;
  bool TakeReceiver(const PatternFrame& frame, const WordList& domain, const ActorSet& subject,
                    Match& match) const;
  void TakeProvoker(const PatternFrame& frame, const WordList& domain, const ActorSet& subject,
                    Match& match) const;
  void TakeUtterer(std::uint32_t at, const WordList& domain, Match& match) const;
  void TakeTeller(std::uint32_t noun, Match& match) const;
  ActorSet MakerOf(std::uint32_t noun, const Match& match, ActorSet subject) const;
  bool MayAccuse(std::uint32_t noun, std::uint32_t clause) const;
  void TakeAccused(std::uint32_t noun, Match& match) const;
  void TakeDenier(std::uint32_t noun, Match& match) const;
  [[nodiscard]] bool IsNotOfSubject(std::uint32_t noun, const Match& match) const;
  void TakeMakers(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                  ActorSet subject, Match& match) const;
  bool TakeSidesOfNoun(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                       Match& match) const;
  static bool LeavesTargetOpen(const PatternFrame& frame, const Match& match);
  void FallBack(const WordList& domain, Match& match) const;
  bool Complete(const PatternFrame& frame, bool source_optional, bool has_object,
                const Match& match) const;
  ActorSet BothOf(ActorSet sides) const;
  static bool SplitPair(ActorSet sides, Match& match);
  static int Score(const PatternFrame& frame, const Match& match, std::size_t words);
  Range ExtentOf(const Match& match, const WordList& domain, std::uint32_t begin) const;

  void Fit(Match match, const PatternFrame& frame, std::optional<Match>& best);
  void NoteRefusal(const Match& match, const PatternFrame* frame) const;
  /// Keeps why the frame at hand does not fit.
  bool Refuse(std::string_view why) const {
    why_ = why;
    return false;
  }

  const StoryView& view_;
  const Scene& scene_;
  const Tree& tree_;
  std::vector<Match> found_;
  std::vector<std::pair<WordId, WordId>> numbers_;  ///< of the form and lemma of each word
  std::vector<WordId> words_;                       ///< the same sorted, without kNoWord
  mutable std::string_view why_;
};

void Matcher::ReadWords() {
  const Vocabulary& vocabulary = view_.patterns.words();
  WordList all;
  for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
    const std::string& form = view_.word(at).form;
    const std::string& lemma = tree_.Lemma(at);
    const WordId number = vocabulary.Of(form);
    numbers_.emplace_back(number, lemma == form ? number : vocabulary.Of(lemma));
    all.push_back(at);
  }
  words_ = WordsOf(all);
}

/// Numbers of forms and lemmas, sorted, without kNoWord.
std::vector<WordId> Matcher::WordsOf(const WordList& zone) const {
  std::vector<WordId> words;
  words.reserve(2 * zone.size());
  for (const std::uint32_t at : zone) {
    const auto [form, lemma] = NumbersOf(at);
    if (form != kNoWord) words.push_back(form);
    if (lemma != kNoWord && lemma != form) words.push_back(lemma);
  }
  std::ranges::sort(words);
  words.erase(std::ranges::unique(words).begin(), words.end());
  return words;
}

/// The patterns that may fit with these words near the trigger: of few, and for those who ask why
/// one does not fit, all.
std::vector<std::uint32_t> Matcher::Candidates(const PatternList& list,
                                               const std::vector<WordId>& near) const {
  if (list.index && view_.trace == nullptr) return list.index->Among(near, words_);
  std::vector<std::uint32_t> all(list.patterns.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

/// Whether the particle is parted from its verb: "called the strike off", "sent them home", "pulled
/// its troops out of Chad".
bool Matcher::HangsBelow(std::string_view particle, std::uint32_t at) const {
  constexpr std::array<std::string_view, 5> kAdverbs{"home", "back", "away", "out", "off"};
  const bool adverb = std::ranges::find(kAdverbs, particle) != kAdverbs.end();
  return std::ranges::any_of(tree_.Children(at), [&](std::uint32_t child) {
    const std::string_view rel = tree_.Rel(child);
    if (child < at) return false;
    if (view_.word(child).form == particle)
      return rel == "compound:prt" || (adverb && rel == "advmod");
    return adverb && rel.starts_with("obl") && tree_.Case(child) == particle;
  });
}

/// The words of a phrasal trigger follow at once, or are children: "called the strike off".
bool Matcher::ParticleFollows(const Pattern& pattern, std::uint32_t at) const {
  for (std::uint32_t i = 0; i < pattern.particle.size(); ++i) {
    const std::uint32_t next = at + 1 + i;
    const bool follows = next < scene_.words.end && NumbersOf(next).first == pattern.particle[i];
    if (!follows && !HangsBelow(view_.patterns.words().TextOf(pattern.particle[i]), at))
      return false;
  }
  return true;
}

/// With a particle of its own a light verb is another verb: "left out" is not "left".
bool Matcher::IsOtherVerb(const Pattern& pattern, std::uint32_t at) const {
  constexpr std::array<std::string_view, 18> kLight{
      "leave", "call", "take",  "give", "put",  "hold",  "make", "go",   "speak",
      "get",   "turn", "bring", "keep", "pull", "carry", "run",  "look", "set"};
  const bool followed = at + 1 < scene_.words.end;
  // "seized on the remark".
  const std::string& next = view_.word(followed ? at + 1 : at).form;
  if (pattern.particle.empty() && tree_.Lemma(at) == "seize" && (next == "on" || next == "upon"))
    return true;
  if (!pattern.particle.empty() || !IsOneOf(tree_.Lemma(at), kLight)) return false;
  constexpr std::array<std::string_view, 6> kParticles{"out", "off", "up", "aside", "away", "over"};
  // "gave over 500 tanks", "spoke over the phone": no part of the verb.
  return followed && IsOneOf(next, kParticles) && tree_.Head(at + 1) == at;
}

/// Whether the phrase begins at the word; of one with "+" the first part, the others anywhere.
bool Matcher::PartsIn(std::span<const WordId> phrase, std::uint32_t at,
                      const WordList& zone) const {
  const auto plus = std::ranges::find(phrase, kPlus);
  const auto first = static_cast<std::size_t>(plus - phrase.begin());
  if (!PhraseAt(phrase.first(first), at)) return false;
  if (plus == phrase.end()) return true;
  const auto rest = phrase.subspan(first + 1);
  return !rest.empty() && std::ranges::any_of(zone, [&](std::uint32_t word) {
    return word != at && PartsIn(rest, word, zone);
  });
}

bool Matcher::PhraseAt(std::span<const WordId> phrase, std::uint32_t at) const {
  if (at + phrase.size() > scene_.words.end) return false;
  for (std::uint32_t i = 0; i < phrase.size(); ++i) {
    const auto [form, lemma] = NumbersOf(at + i);
    if (form != phrase[i] && lemma != phrase[i]) return false;
  }
  return true;
}

/// The length of the longest of the pattern's phrases in the zone; 0 when none stands there.
std::size_t Matcher::WordsIn(const Pattern& pattern, const WordList& zone) const {
  std::size_t longest = 0;
  if (!pattern.words) return longest;
  for (const std::uint32_t at : zone) {
    const auto [form, lemma] = NumbersOf(at);
    for (const WordId first : {form, lemma}) {
      if (first == kNoWord || !pattern.words->MayBegin(first)) continue;
      for (const auto& phrase : std::ranges::equal_range(pattern.words->list(), first, {},
                                                         [](const auto& p) { return p.front(); })) {
        if (phrase.size() > longest && PartsIn(phrase, at, zone) && !IsMonth(at))
          longest = phrase.size();
      }
      if (form == lemma) break;
    }
  }
  return longest;
}

bool Matcher::SameAs(std::uint32_t actor, const ActorSet& others) const {
  return std::ranges::any_of(others, [&](std::uint32_t other) {
    const Actor& a = scene_.actors[actor];
    const Actor& b = scene_.actors[other];
    // The commissioner and the union are one.
    const bool union_of_states = a.code.starts_with("IGO") && a.code.size() > 3;
    return actor == other || (a.entity && a.entity == b.entity) ||
           (union_of_states && a.code == b.code);
  });
}

ActorSet Matcher::Without(ActorSet set, const ActorSet& others) const {
  std::erase_if(set, [&](std::uint32_t actor) { return SameAs(actor, others); });
  return set;
}

ActorSet Matcher::Of(const WordList& heads) const {
  ActorSet out;
  for (const std::uint32_t head : heads) {
    for (const std::uint32_t actor : ActorsOf(scene_, head)) {
      if (std::ranges::find(out, actor) == out.end()) out.push_back(actor);
    }
  }
  // "Chancellor (Premier) Ana Ruiz": of whom something is known goes before of whom not.
  const auto known = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  if (heads.size() > 1 && std::ranges::any_of(out, known))
    std::erase_if(out, [&](std::uint32_t actor) { return !known(actor); });
  return out;
}

/// Whether a clause, or more than two phrases, lie between the word and the domain's trigger: not
/// with whom one talks, but where he was born of whom one talks.
bool Matcher::IsFarBelow(std::uint32_t at, const WordList& domain) const {
  for (int up = 0; up < 3; ++up) {
    const auto head = tree_.Head(at);
    if (!head || std::ranges::find(domain, *head) == domain.end()) return false;
    const std::string_view rel = tree_.Rel(*head);
    if (rel.starts_with("acl") || rel == "ccomp" || rel == "advcl") return true;
    at = *head;
  }
  return true;
}

ActorSet Matcher::Governed(const WordList& domain, const std::vector<std::string>& prepositions,
                           const ActorSet& not_these) const {
  ActorSet fallback;
  for (const std::uint32_t at : domain) {
    const std::string_view rel = tree_.Rel(at);
    if (!rel.starts_with("obl") && !rel.starts_with("nmod")) continue;
    if (std::ranges::find(prepositions, tree_.Case(at)) == prepositions.end()) continue;
    if (IsFarBelow(at, domain)) continue;
    ActorSet set = Without(ActorsOf(scene_, at), not_these);
    const ActorSet abroad = Foreign(set, not_these);
    if (!abroad.empty() && !scene_.actors[abroad.front()].code.empty()) return set;
    const bool better = fallback.empty() || scene_.actors[fallback.front()].code.empty();
    if (better && !set.empty()) fallback = std::move(set);
  }
  return fallback;
}

/// Actors of another country than the first of `source`.
ActorSet Matcher::Foreign(ActorSet set, const ActorSet& source) const {
  if (source.empty()) return set;
  const std::string country = scene_.actors[source.front()].code.substr(0, 3);
  std::erase_if(set, [&](std::uint32_t a) { return scene_.actors[a].code.starts_with(country); });
  return set;
}

/// Whoever is named in the domain; a place only when nobody else is.
ActorSet Matcher::AnyIn(const WordList& domain, const ActorSet& not_these) const {
  ActorSet place;
  for (const std::uint32_t at : domain) {
    const auto actor = scene_.ActorAt(at);
    if (!actor || scene_.actors[*actor].code.empty() || SameAs(*actor, not_these)) continue;
    const std::string_view rel = tree_.Rel(at);
    if (rel == "obl:tmod" || tree_.Case(at) == "by" || tree_.Case(at) == "according") continue;
    // "Japanese engineers and a Malay": who is joined to the noun counts as well.
    const auto noun = rel == "amod" ? tree_.Head(at) : std::nullopt;
    const bool joined = noun && tree_.Child(*noun, "conj") && !scene_.ActorAt(*noun);
    ActorSet set = Without(ActorsOf(scene_, joined ? *noun : at), not_these);
    if (set.empty()) continue;
    if (!scene_.actors[*actor].place) return set;
    if (place.empty()) place = std::move(set);
  }
  return place;
}

/// The object that stands before its verb, with what is compounded with it: "a claim that she
/// dismissed".
WordList Matcher::ObjectsOutside(const Verb& verb, const WordList& domain) const {
  WordList zone;
  if (tree_.Rel(verb.at) != "acl:relcl") return zone;
  for (const std::uint32_t head : verb.roles.object) {
    if (std::ranges::find(domain, head) != domain.end()) continue;
    zone.push_back(head);
    for (const std::uint32_t child : tree_.Children(head)) {
      if (tree_.Rel(child) == "compound" || tree_.Rel(child) == "amod") zone.push_back(child);
    }
  }
  return zone;
}

/// Whose a thing is by where it comes from or who sent it: "shells fired from Chad", "a bomb
/// planted by rebels".
ActorSet Matcher::OriginOf(const WordList& heads) const {
  for (const std::uint32_t head : heads) {
    for (const std::uint32_t child : tree_.Children(head)) {
      if (tree_.Rel(child) != "acl") continue;
      ActorSet set = Governed(tree_.Domain(child), {"by", "from"}, {});
      if (!set.empty()) return set;
    }
  }
  return {};
}

/// Whether what is struck is rebels' or theirs, of whom nothing says whose they are: "rocketed a
/// rebel camp".
bool Matcher::ActsOnRebels(const Verb& verb) const {
  constexpr std::array<std::string_view, 8> kRebels{"rebel",        "insurgent",  "guerrilla",
                                                    "militant",     "separatist", "mutineer",
                                                    "secessionist", "guerilla"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    return std::ranges::any_of(tree_.Below(head),
                               [&](std::uint32_t at) { return IsOneOf(tree_.Lemma(at), kRebels); });
  });
}

/// "Troops stormed a hideout": a place where those are who are fought.
bool Matcher::ActsOnPost(const Verb& verb) const {
  return std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return IsPost(tree_.Lemma(head)); });
}

/// "four demonstrators were shot dead": by their own state.
bool Matcher::ActsOnProtesters(const Verb& verb) const {
  constexpr std::array<std::string_view, 6> kProtesters{"demonstrator", "protester", "protestor",
                                                        "marcher",      "striker",   "rioter"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    return IsOneOf(tree_.Lemma(CountedIn(head)), kProtesters);
  });
}

/// "Soldiers went from door to door, shooting men": neither side is said to come from elsewhere.
bool Matcher::ActsOnCrowd(const Verb& verb, const ActorSet& source) const {
  const auto bare = [&](std::uint32_t actor) {
    const Range words = scene_.actors[actor].words;
    return words.end == words.begin + 1 && tree_.Pos(words.begin) == "NOUN" &&
           tree_.Children(words.begin).empty() && IsArmed(scene_.actors[actor].code);
  };
  return std::ranges::any_of(source, bare) &&
         std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
           return scene_.citizen_at.contains(CountedIn(head));
         });
}

/// Whether they are of the country that the text before speaks of most; at its head, the text.
bool Matcher::IsOfTheme(const ActorSet& side) const {
  const std::string_view theme = scene_.theme.empty() ? view_.home : std::string_view(scene_.theme);
  return !theme.empty() && std::ranges::any_of(side, [&](std::uint32_t actor) {
    return scene_.actors[actor].code.starts_with(theme);
  });
}

/// Parties and the like, whose opponents are at home.
bool Matcher::IsOfMovement(const ActorSet& side) const {
  constexpr std::array<std::string_view, 4> kRoles{"OPP", "PTY", "LAB", "REB"};
  return std::ranges::any_of(side, [&](std::uint32_t actor) {
    return std::ranges::any_of(kRoles,
                               [&](auto role) { return HasRole(scene_.actors[actor].code, role); });
  });
}

/// Whether the words tell of what a country has within: "staged a coup", "quit the coalition".
bool Matcher::ActsAtHome(const WordList& domain) const {
  constexpr std::array<std::string_view, 9> kWithin{"coup",         "putsch",    "mutiny",
                                                    "revolt",       "uprising",  "rebellion",
                                                    "insurrection", "coalition", "power"};
  return std::ranges::any_of(domain,
                             [&](std::uint32_t at) { return IsOneOf(tree_.Lemma(at), kWithin); });
}

/// Whether the heads name several, not one by name and body: "Chad and Niger", "both armies".
bool Matcher::AreJoined(const WordList& heads) const {
  if (heads.size() > 1) return true;
  return std::ranges::any_of(heads, [&](std::uint32_t head) {
    // "engineers from the two countries".
    const WordList below = tree_.Below(head);
    return std::ranges::any_of(below, [&](std::uint32_t at) {
      const bool joint =
          std::ranges::any_of(scene_.joint, [&](const auto& j) { return j.first == at; });
      return joint || (at != head && tree_.Rel(at) == "conj");
    });
  });
}

/// "each other", "one another", "each blaming the other".
bool Matcher::IsEachOther(std::uint32_t at) const {
  const std::string& form = view_.word(at).form;
  const bool followed = at + 1 < scene_.words.end;
  if (followed && form == "each") return view_.word(at + 1).form == "other";
  if (followed && form == "one") return view_.word(at + 1).form == "another";
  const auto before = at > scene_.words.begin ? std::optional(at - 1) : std::nullopt;
  if (form == "another" && before) return view_.word(*before).form == "one";
  if (form != "other" || !before) return false;
  if (view_.word(*before).form == "each") return true;
  const auto verb = tree_.Head(at);
  const auto each = verb ? tree_.Child(*verb, "nsubj") : std::nullopt;
  return view_.word(*before).form == "the" && each && tree_.Lemma(*each) == "each";
}

/// Whether those joined as subject do it one to the other: "blamed each other", "shot at one
/// another".
bool Matcher::ActsOnEachOther(const Verb& verb, const PatternFrame& frame,
                              const WordList& domain) const {
  if (!frame.target || verb.passive || !AreJoined(verb.roles.subject)) return false;
  if (frame.target_direct)
    return std::ranges::any_of(verb.roles.object, [&](std::uint32_t at) {
      // "expelled each other's envoys".
      const auto owner = tree_.Child(at, "nmod:poss");
      return IsEachOther(at) || (owner && IsEachOther(*owner));
    });
  return std::ranges::any_of(domain, [&](std::uint32_t at) {
    return std::ranges::find(frame.prepositions, tree_.Case(at)) != frame.prepositions.end() &&
           tree_.Head(at) == verb.at && IsEachOther(at);
  });
}

WordList Matcher::SubjectZone(const Verb& verb) const {
  WordList zone;
  for (const std::uint32_t head : verb.roles.surface()) {
    const WordList below = tree_.Below(head);
    zone.insert(zone.end(), below.begin(), below.end());
  }
  return zone;
}

Range Matcher::ExtentOf(const Match& match, const WordList& domain, std::uint32_t begin) const {
  std::uint32_t end = match.trigger + 1;
  for (const std::uint32_t at : domain) end = std::max(end, at + 1);
  for (const ActorSet* side : {&match.source, &match.target}) {
    for (const std::uint32_t actor : *side) {
      begin = std::min(begin, scene_.actors[actor].words.begin);
      end = std::max(end, scene_.actors[actor].words.end);
    }
  }
  begin = std::min(begin, match.trigger);
  while (end > begin + 1 && view_.word(end - 1).Is(kPunctuation)) --end;
  return {begin, end};
}

/// Two sides or more: the first acts, the others are acted on.
// By value: the sides may be the match's own source.
bool Matcher::SplitPair(ActorSet sides,
                        Match& match) {  // NOLINT(performance-unnecessary-value-param)
  if (sides.size() < 2) return false;
  match.source = {sides.front()};
  match.target.assign(sides.begin() + 1, sides.end());
  match.mutual = true;
  return true;
}

/// "The two sides signed a truce" in a war within: both are of one country.
ActorSet Matcher::BothOf(ActorSet sides) const {
  if (sides.size() == 1 && scene_.actors[sides.front()].known == Actor::Known::kJoint)
    sides.push_back(sides.front());
  return sides;
}

/// Whether every required side is there, and one side at least has a code.
bool Matcher::Complete(const PatternFrame& frame, bool source_optional, bool has_object,
                       const Match& match) const {
  if (match.source.empty() && !source_optional) return Refuse("no-source");
  // What an act within a country, or of war, is done to may be nobody the tables know.
  const std::string_view cameo = match.pattern->cameo;
  const bool home =
      frame.target_direct && (IsDomestic(cameo) || cameo.starts_with("19")) && has_object;
  const bool theme =
      (!scene_.theme.empty() && cameo.starts_with("07") && (!frame.target_direct || has_object)) ||
      match.of_deed || match.of_other;
  if (frame.target && match.target.empty() && !frame.target_optional && !home && !theme)
    return Refuse("no-target");
  // "a truce signed in Oslo" names nobody who signed.
  const auto place = [&](std::uint32_t actor) { return scene_.actors[actor].place; };
  const bool joint = cameo == "057" || cameo.starts_with("0871") || cameo.starts_with("06");
  if (joint && match.source.empty() && std::ranges::all_of(match.target, place))
    return Refuse("nobody-known");
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  return std::ranges::any_of(match.source, coded) || std::ranges::any_of(match.target, coded) ||
         Refuse("nobody-known");
}

void Matcher::NoteRefusal(const Match& match, const PatternFrame* frame) const {
  if (view_.trace == nullptr) return;
  AddNote(view_, scene_,
          {.trigger = match.trigger,
           .pattern = match.pattern,
           .frame = frame,
           .source = &match.source,
           .target = &match.target},
          Candidate::Verdict::kRefused, why_);
}

/// Keeps the fuller of two matches at one trigger.
void Matcher::Fit(Match match, const PatternFrame& frame, std::optional<Match>& best) {
  why_ = "outscored";
  match.frame = &frame;
  if (best && match.score <= best->score) return NoteRefusal(match, &frame);
  if (best) NoteRefusal(*best, best->frame);
  best = std::move(match);
}

/// Of the patterns that fit one trigger the fullest wins: longer trigger, mutual sides, a target,
/// longer words.
int Matcher::Score(const PatternFrame& frame, const Match& match, std::size_t words) {
  int score = 6 * static_cast<int>(match.pattern->particle.size());
  score += 2 * static_cast<int>(std::min<std::size_t>(words, 3));
  if (frame.words && words > 0) score += frame.words_before ? 3 : 2;
  if (frame.reciprocal) score += 2;
  // "The premier and his envoy held talks with Peru" are no talks between the two.
  const bool mutual = std::ranges::any_of(*match.pattern->frames, &PatternFrame::reciprocal);
  const bool with = IsOnly(frame.prepositions, "with");
  if (mutual && with && !frame.target_optional && !match.target.empty()) score += 3;
  if (!match.target.empty()) score += 3;
  if (!match.source.empty()) score += 1;
  return score;
}

/// The domain without what went before: "was freed after mediation by Oman".
WordList Matcher::WithoutAfter(WordList domain) const {
  WordList before;
  for (const std::uint32_t at : domain) {
    const std::string_view joint = tree_.Rel(at).starts_with("obl") ? tree_.Case(at) : "";
    if (joint != "after" && joint != "before" && joint != "despite" && joint != "since") continue;
    const WordList below = tree_.Below(at);
    before.insert(before.end(), below.begin(), below.end());
  }
  std::erase_if(domain,
                [&](std::uint32_t at) { return std::ranges::find(before, at) != before.end(); });
  return domain;
}

/// Whether all are places or countries by their names alone.
bool Matcher::AreLands(const ActorSet& side) const {
  return !side.empty() && std::ranges::all_of(side, [&](std::uint32_t a) {
    const Actor& actor = scene_.actors[a];
    return actor.place || (actor.code.size() == 3 && !actor.person && !actor.body);
  });
}

/// "killed two Chadian soldiers in Niger", "were arrested in Oman on charges of spying", "ambushed
/// a Chadian convoy in Niger": whoever it is done to, not where.
void Matcher::TakeVictims(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 3> kForce{"17", "18", "19"};
  const bool place = AreLands(match.target);
  if (!place || !BeginsWithOneOf(match.pattern->cameo, kForce)) return;
  // "fired two artillery shells at the town" does nothing to the artillery.
  WordList people = verb.roles.object;
  std::erase_if(people, [&](std::uint32_t head) {
    const bool name = scene_.ActorAt(head) && tree_.Pos(head) == "PROPN";
    return !name && !IsPost(tree_.Lemma(head)) && !view_.people.contains(tree_.Lemma(head));
  });
  ActorSet victims = Without(Of(people), match.source);
  const bool post = ActsOnPost(verb);
  std::erase_if(victims, [&](std::uint32_t a) {
    const Actor& actor = scene_.actors[a];
    // Of "a Chadian base in Niger" the adjective tells whose; of "an army base" nothing does.
    const bool told = actor.code.size() == 3 || actor.code.starts_with("IGO");
    const std::string_view rel = tree_.Rel(actor.words.begin);
    const bool owner = told && (rel == "amod" || rel == "compound" || rel == "nmod:poss");
    return post || actor.place ? !owner : false;
  });
  if (IsCoded(victims)) match.target = std::move(victims);
}

/// "after its neighbour ratified a treaty": whoever the noun points to that is not its owner.
ActorSet Matcher::OtherSide(const WordList& heads) const {
  constexpr std::array<std::string_view, 3> kOthers{"neighbour", "neighbor", "counterpart"};
  for (const std::uint32_t head : heads) {
    const auto found = scene_.others_at.find(head);
    const auto owner = tree_.Child(head, "nmod:poss");
    if (found == scene_.others_at.end() || !owner || !IsOneOf(tree_.Lemma(head), kOthers)) continue;
    const ActorSet owners = ActorsOf(scene_, *owner);
    const ActorSet other = IsCoded(owners) ? Foreign(found->second, owners) : ActorSet{};
    if (!other.empty()) return {other.front()};
  }
  return {};
}

/// "Chad's talks with Niger collapsed": the owner of what the verb tells of, and with whom.
ActorSet Matcher::PairInSubject(const Verb& verb) const {
  for (const std::uint32_t head : verb.roles.surface()) {
    ActorSet sides = BeforeNoun(head);
    if (sides.size() > 1) return sides;
    const ActorSet with = Governed(tree_.Domain(head), {"with"}, sides);
    sides.insert(sides.end(), with.begin(), with.end());
    if (sides.size() > 1) return sides;
  }
  return {};
}

/// "fighting erupted between Chad and Niger", "ties between them thawed".
bool Matcher::TakePairAround(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                             Match& match) const {
  const WordList zone = frame.words_before ? With(domain, SubjectZone(verb)) : domain;
  return SplitPair(Governed(zone, {"between", "among"}, {}), match) ||
         (frame.words_before && SplitPair(PairInSubject(verb), match));
}

/// Who does what the verb tells: its subject, or whose the thing is that does it.
ActorSet Matcher::DoersOf(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                          const Match& match) const {
  ActorSet doers = Of(verb.roles.subject);
  if (verb.passive && doers.empty()) doers = Governed(WithoutAfter(domain), {"by"}, {});
  if (doers.empty()) doers = OtherSide(verb.roles.subject);
  // "a ship chartered by the agency brought flour".
  const bool aid = match.pattern->cameo.starts_with("07");
  if (doers.empty() && (frame.words_before || aid)) doers = OriginOf(verb.roles.surface());
  return doers;
}

/// The target behind the frame's prepositions, or whom it is done to where that is a place only.
void Matcher::TakeGoverned(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                           Match& match) const {
  if (frame.target) match.target = Governed(domain, frame.prepositions, match.source);
  TakeVictims(verb, match);
  // "stopped Chadian trucks in the port of Kuru": where that is, at home, tells not whose.
  const bool at_home = AreLands(match.target) && Foreign(match.target, match.source).empty();
  if (frame.target_optional && at_home && match.pattern->cameo.starts_with("16"))
    match.target.clear();
}

/// Fills source and target by the frame; false when the frame cannot be.
bool Matcher::TakeSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                        Match& match) const {
  match.source = DoersOf(verb, frame, domain, match);
  if (frame.reciprocal && frame.pair_after) return TakePairAround(verb, frame, domain, match);
  match.each_other = ActsOnEachOther(verb, frame, domain);
  if (frame.reciprocal || match.each_other) {
    const bool open = !verb.passive || frame.words;
    return open && AreJoined(verb.roles.subject) && SplitPair(BothOf(match.source), match);
  }
  if (frame.target_direct) {
    WordList objects = verb.roles.object;
    std::erase_if(objects, [&](std::uint32_t head) { return tree_.IsOwned(head); });
    match.target = Without(Of(objects.empty() ? verb.roles.object : objects), match.source);
    return true;
  }
  TakeGoverned(verb, frame, domain, match);
  // "talks brokered by Chad".
  const bool brokered = match.pattern->cameo == "045" && !match.source.empty();
  return !verb.passive || frame.words || brokered || match.pattern->cameo == kAnyAct;
}

/// The target that a noun points to: "rejected the accusation", "backed its neighbour".
void Matcher::TakeOther(const WordList& domain, Match& match) const {
  if (!match.target.empty() || match.source.empty()) return;
  // "denied Chadian claims" is about Chad.
  if (match.pattern->cameo.starts_with("016")) {
    WordList about = domain;
    std::erase_if(about, [&](std::uint32_t at) { return tree_.Rel(at) != "obj"; });
    match.target = Foreign(Without(Of(about), match.source), match.source);
    if (!match.target.empty()) return;
  }
  for (const std::uint32_t at : domain) {
    const auto found = scene_.others_at.find(at);
    if (found == scene_.others_at.end()) continue;
    const ActorSet abroad = Foreign(found->second, match.source);
    if (!abroad.empty()) match.target = {abroad.front()};
    return;
  }
}

/// Whether a place in the sentence is in the country.
bool Matcher::IsSetIn(std::string_view country) const {
  return std::ranges::any_of(scene_.actors, [&](const Actor& actor) {
    return actor.place && actor.code.starts_with(country);
  });
}

/// "The army of Chad opened fire, killing dozens of young men": those whom nobody names are of the
/// country of those who fight, where it is the one spoken of; "soldiers of Chad shot a herder in
/// Gao": of that of the place. So are those whom police and courts hold.
void Matcher::TakeCountrymen(const Verb& verb, Match& match) const {
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  if (match.source.empty() || std::ranges::any_of(match.target, coded)) return;
  const std::string& doer = scene_.actors[match.source.front()].code;
  const bool holds = match.pattern->cameo.starts_with("173") && HoldsOffice(doer);
  if (doer.size() <= 3 || (!IsArmed(doer) && !holds)) return;
  for (const std::uint32_t object : verb.roles.object) {
    const auto found = scene_.citizen_at.find(CountedIn(object));
    if (found == scene_.citizen_at.end()) continue;
    const std::string& country = scene_.actors[found->second].code;
    if (doer.starts_with(country) || (!holds && IsSetIn(country))) match.target = {found->second};
  }
}

/// People of no country of their own are the country's that the text speaks of, when nobody else is
/// known: "the editors were arrested".
void Matcher::TakeCitizens(const Verb& verb, Match& match) const {
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  const bool home = StaysAtHome(match) || match.pattern->cameo.starts_with("19");
  const bool protest = match.pattern->cameo.starts_with("14");
  if (match.pattern->cameo.starts_with("19") || match.pattern->cameo.starts_with("173"))
    TakeCountrymen(verb, match);
  if (!home || std::ranges::any_of(match.source, coded) ||
      (!protest && std::ranges::any_of(match.target, coded)))
    return;
  const auto citizen = [&](const WordList& heads, ActorSet& side) {
    for (const std::uint32_t head : heads) {
      auto found = scene_.citizen_at.find(CountedIn(head));
      if (found == scene_.citizen_at.end()) found = scene_.citizen_at.find(head);
      if (found != scene_.citizen_at.end()) side = {found->second};
    }
  };
  citizen(verb.roles.object, match.target);
  citizen(verb.roles.subject, match.source);
}

/// "Prosecutors of Chad charged Ana Ruiz, a clerk": whoever is held and known by name alone is of
/// the country of those who hold him, where it is the one spoken of.
void Matcher::TakeHeld(const Verb& verb, Match& match) const {
  if (!match.pattern->cameo.starts_with("173") || !IsCoded(match.source) || match.target.empty() ||
      IsCoded(match.target))
    return;
  const std::string& holder = scene_.actors[match.source.front()].code;
  if (holder.size() <= 3 || !HoldsOffice(holder)) return;
  for (const std::uint32_t head : verb.roles.object) {
    for (const std::uint32_t at : tree_.Below(head)) {
      const auto found = scene_.citizen_at.find(at);
      if (found == scene_.citizen_at.end()) continue;
      if (holder.starts_with(scene_.actors[found->second].code)) match.target = {found->second};
      return;
    }
  }
}

/// A body that no table knows is of its opponent's country where the text tells of that country
/// only: "walked out of the Alliance", "the Alliance accused the minister".
void Matcher::TakeUnknown(const WordList& heads, const ActorSet& other, ActorSet& side,
                          std::string_view cameo) const {
  constexpr std::array<std::string_view, 5> kCodes{"10", "11", "12", "13", "16"};
  const bool fits =
      std::ranges::any_of(kCodes, [&](std::string_view code) { return cameo.starts_with(code); });
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  // "accused the president of fraud": whoever is blamed by the office alone.
  if (!fits || (side.empty() && !cameo.starts_with("11")) || other.empty() ||
      std::ranges::any_of(side, coded))
    return;
  const std::string& code = scene_.actors[other.front()].code;
  for (const std::uint32_t head : heads) {
    const auto found = scene_.citizen_at.find(head);
    if (found == scene_.citizen_at.end() || code.size() <= 3) continue;
    if (code.starts_with(scene_.actors[found->second].code)) side = {found->second};
  }
}

/// "A mob stoned the embassy", "supporters of the Front burnt it": those who act in numbers, or
/// whose body no table knows, are of the country where they do it.
void Matcher::TakeCrowd(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 17> kCrowds{
      "crowd",        "mob",      "thousand", "hundred",  "dozen",  "protester",
      "protestor",    "marcher",  "rioter",   "looter",   "youth",  "guard",
      "demonstrator", "villager", "settler",  "resident", "striker"};
  constexpr std::array<std::string_view, 4> kCodes{"14", "17", "18", "19"};
  const std::string_view cameo = match.pattern->cameo;
  const bool fits =
      std::ranges::any_of(kCodes, [&](std::string_view code) { return cameo.starts_with(code); });
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  TakeUnknown(verb.roles.object, match.source, match.target, cameo);
  TakeUnknown(verb.roles.subject, match.target, match.source, cameo);
  if (!fits || std::ranges::any_of(match.source, coded)) return;
  for (const std::uint32_t head : verb.roles.subject) {
    const auto found = scene_.citizen_at.find(head);
    const bool many = std::ranges::find(kCrowds, tree_.Lemma(head)) != kCrowds.end();
    const bool body = !match.source.empty() && !cameo.starts_with("19");
    if (found != scene_.citizen_at.end() && (many || body)) match.source = {found->second};
  }
}

/// "A suicide bomber killed 12 people in Chad": an attack by whoever it was.
bool Matcher::IsByStrangers(const Verb& verb, std::string_view cameo) const {
  constexpr std::array<std::string_view, 17> kWords{
      "bomber", "attacker", "assailant", "kidnapper", "sniper",  "hijacker",
      "bandit", "raider",   "robber",    "pirate",    "bomb",    "blast",
      "mine",   "grenade",  "device",    "explosion", "landmine"};
  if (!cameo.starts_with("18") && !cameo.starts_with("190")) return false;
  return std::ranges::any_of(verb.roles.subject, [&](std::uint32_t head) {
    return std::ranges::find(kWords, tree_.Lemma(head)) != kWords.end();
  });
}

/// The prepositions behind which the country stands that did what nobody is said to have done:
/// "arrested in Chad", "thrown out of Chad", "extradited from Chad", "summoned to the ministry".
std::vector<std::string> PlacesOfDoers(std::string_view cameo) {
  if (cameo.starts_with("174")) return {"from", "of", "in"};
  if (cameo.starts_with("063") || cameo == "161") return {"from"};
  if (cameo == "114") return {"to", "at"};
  constexpr std::array<std::string_view, 4> kCodes{"173", "175", "18", "19"};
  const bool fits = BeginsWithOneOf(cameo, kCodes);
  return fits ? std::vector<std::string>{"in", "at", "near", "outside", "inside"}
              : std::vector<std::string>{};
}

/// Whether what is sent or withdrawn is the source's own.
bool MovesOwn(std::string_view cameo) {
  return cameo == "074" || cameo.starts_with("087") || cameo.starts_with("15");
}

/// "were killed in a Chadian raid", "in shelling by Chad": whose raid it is.
ActorSet Matcher::RaidersOver(const Verb& verb, const ActorSet& target) const {
  constexpr std::array<std::string_view, 11> kRaids{
      "raid",    "strike", "airstrike", "attack",    "shelling",   "bombing",
      "assault", "ambush", "incursion", "offensive", "bombardment"};
  for (const std::uint32_t raid : tree_.Children(verb.at)) {
    const std::string_view joint = tree_.Case(raid);
    if (!tree_.Rel(raid).starts_with("obl") || !IsOneOf(tree_.Lemma(raid), kRaids)) continue;
    if (joint != "in" && joint != "during" && joint != "by") continue;
    ActorSet doers = Foreign(OwnersOf(raid), target);
    for (const std::uint32_t doer : tree_.Children(raid)) {
      if (doers.empty() && tree_.Case(doer) == "by") doers = Foreign(Of({doer}), target);
    }
    if (IsCoded(doers)) return doers;
  }
  return {};
}

/// Where nobody is said to have done it, and it was done abroad, it is the work of that country:
/// "three Chadian soldiers were killed in Niger". Troops that were moved are their own country's.
void Matcher::TakePlaceAsSource(const Verb& verb, const WordList& domain, Match& match) const {
  if (!match.source.empty()) return;
  if (MovesOwn(match.pattern->cameo)) {
    match.source = Of(verb.roles.object);
    match.target = Without(match.target, match.source);
    return;
  }
  match.source = RaidersOver(verb, match.target);
  if (!match.source.empty()) return;
  const std::vector<std::string> prepositions = PlacesOfDoers(match.pattern->cameo);
  for (const std::uint32_t at : domain) {
    const auto actor = scene_.ActorAt(at);
    const bool stands = std::ranges::find(prepositions, tree_.Case(at)) != prepositions.end();
    const std::string_view code = actor ? std::string_view(scene_.actors[*actor].code) : "";
    const bool office = match.pattern->cameo == "114" && HoldsOffice(code);
    if (!stands || (code.size() != 3 && !office)) continue;
    match.source = Foreign({*actor}, match.target);
    if (!match.source.empty()) return;
  }
}

/// A denial answers who accuses the denier in the same sentence.
void Matcher::AnswerAccusers() {
  const auto country = [&](const ActorSet& side) {
    return side.empty() ? std::string() : scene_.actors[side.front()].code.substr(0, 3);
  };
  for (Match& denial : found_) {
    if (!denial.pattern->cameo.starts_with("016") || !denial.target.empty()) continue;
    for (const Match& other : found_) {
      const bool accuses = other.pattern->cameo.starts_with("11") && !other.source.empty();
      if (accuses && country(other.target) == country(denial.source)) denial.target = other.source;
    }
  }
}

/// Whether the object is people whom nothing names: "blamed the media for the rise of the rebels"
/// blames no rebels.
bool Matcher::ActsOnStrangers(const Verb& verb) const {
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    return view_.people.contains(tree_.Lemma(head)) && !scene_.others_at.contains(head) &&
           Of({head}).empty();
  });
}

/// "destroyed a car that had fired on Chadians": whether a relative clause lies between.
bool Matcher::IsInRelative(std::uint32_t at, std::uint32_t verb) const {
  for (std::optional<std::uint32_t> up = at; up && *up != verb; up = tree_.Head(*up)) {
    if (tree_.Rel(*up) == "acl:relcl") return true;
  }
  return false;
}

/// "complained that Chad had lied", "renewed its charge that Chad had lied": whether the word is
/// the subject of what the verb tells.
bool Matcher::IsToldOf(std::uint32_t at, std::uint32_t verb) const {
  const auto clause = tree_.Head(at);
  if (!clause || !tree_.Rel(at).starts_with("nsubj")) return false;
  if (tree_.Rel(*clause) != "ccomp" && tree_.Rel(*clause) != "acl") return false;
  const auto over = tree_.Head(*clause);
  const bool charge = over && tree_.Rel(*over) == "obj" && tree_.Head(*over) == verb;
  return charge || (over == verb && tree_.Rel(*clause) == "ccomp");
}

/// "an accusation made by Chad", "a plea radioed from Chad".
bool IsUttered(std::string_view cameo) {
  constexpr std::array<std::string_view, 5> kCodes{"02", "10", "11", "12", "13"};
  return BeginsWithOneOf(cameo, kCodes);
}

/// The words of the domain where a side may be named that no preposition of the frame leads to: not
/// below a clause where strangers are acted on or somebody is praised or blamed, nor in which land
/// it was that somebody was praised or blamed.
WordList Matcher::NamedNear(const Verb& verb, WordList domain, std::string_view cameo) const {
  const bool strangers = ActsOnStrangers(verb);
  constexpr std::array<std::string_view, 5> kOfWords{"11", "012", "013", "016", "019"};
  const bool words = (cameo.starts_with("05") && cameo < "055") || BeginsWithOneOf(cameo, kOfWords);
  const bool force = cameo.starts_with("18") || cameo.starts_with("19");
  const bool said = IsUttered(cameo) || cameo.starts_with("01");
  // "denied that it had sent troops to Chad": against whom is told in what is denied.
  const bool denial = cameo.starts_with("016") && tree_.Rel(verb.at) != "acl:relcl";
  const WordList whole = domain;
  std::erase_if(domain, [&](std::uint32_t at) {
    const auto actor = scene_.ActorAt(at);
    if (!actor) return true;  // nobody is named there
    if (force && IsInRelative(at, verb.at)) return true;
    if (said && SetsScene(scene_, at)) return true;
    const bool beside = words && !denial && !IsToldOf(at, verb.at);
    const bool aside = strangers || beside || (verb.passive && IsDomestic(cameo));
    if (aside && IsFarBelow(at, whole)) return true;
    return words && scene_.actors[*actor].place && IsLocative(tree_.Case(at));
  });
  return domain;
}

/// "The United States, Chad's biggest donor, suspended aid": whose donor, ally or rival the source
/// is said to be.
ActorSet Matcher::PatronOf(const ActorSet& source) const {
  for (const std::uint32_t actor : source) {
    const Range words = scene_.actors[actor].words;
    for (std::uint32_t at = words.begin; at < words.end; ++at) {
      const auto beside = tree_.Child(at, "appos");
      const auto owner = beside ? tree_.Child(*beside, "nmod:poss") : std::nullopt;
      if (!owner || words.Contains(*beside)) continue;
      ActorSet set = Foreign(ActorsOf(scene_, *owner), source);
      if (!set.empty()) return set;
    }
  }
  return {};
}

/// Whether a target may be looked for where the frame names no place for it.
bool Matcher::LeavesTargetOpen(const PatternFrame& frame, const Match& match) {
  const std::string_view cameo = match.pattern->cameo;
  const bool wanted = frame.target_optional || !frame.target;
  const bool home = frame.target_direct && (IsDomestic(cameo) || cameo.starts_with("19"));
  constexpr std::array<std::string_view, 7> kToSomebody{"012", "013", "014", "016",
                                                        "017", "018", "019"};
  const bool comment = cameo.starts_with("01") && !IsOneOf(cameo, kToSomebody);
  return match.target.empty() && (wanted || home) && !comment;
}

/// What the frame leaves open and the sentence tells.
void Matcher::FallBack(const WordList& domain, Match& match) const {
  const std::string_view cameo = match.pattern->cameo;
  if (!IsDomestic(cameo)) {
    // "massed its troops near Chad" is about Chad, not the troops.
    ActorSet own = match.source;
    for (std::uint32_t i = 0; i < scene_.actors.size(); ++i) {
      if (Foreign({i}, match.source).empty()) own.push_back(i);
    }
    match.target = AnyIn(domain, own);
  }
  if (match.target.empty()) match.target = AnyIn(domain, match.source);
  if (match.target.empty() && !IsDomestic(cameo)) match.target = PatronOf(match.source);
  const bool together = cameo.starts_with("04") || cameo == "057" || cameo.starts_with("06");
  if (match.target.empty() && together && match.source.size() > 1) SplitPair(match.source, match);
}

/// "killed five and captured three": people, no town.
bool Matcher::TakesNumber(const Verb& verb) const {
  return std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return tree_.Pos(head) == "NUM"; });
}

/// "dozens of young men", "nine of the miners": who they are.
std::uint32_t Matcher::CountedIn(std::uint32_t head) const {
  constexpr std::array<std::string_view, 8> kCounts{"dozen", "score",  "hundred", "thousand",
                                                    "group", "number", "handful", "pair"};
  if (!IsOneOf(tree_.Lemma(head), kCounts) && tree_.Pos(head) != "NUM") return head;
  for (const std::uint32_t child : tree_.Children(head)) {
    if (tree_.Rel(child) == "nmod" && tree_.Case(child) == "of") return child;
  }
  return head;
}

/// Whether the object is somebody the text speaks of, known to the tables or not.
bool Matcher::ActsOnSomebody(const Verb& verb) const {
  if (TakesNumber(verb)) return true;
  constexpr std::array<std::string_view, 6> kOthers{"counterpart", "neighbour", "neighbor",
                                                    "ally",        "rival",     "delegation"};
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t object) {
    const std::uint32_t head = CountedIn(object);
    if (IsOneOf(tree_.Lemma(head), kOthers)) return true;
    return scene_.ActorAt(head).has_value() || scene_.others_at.contains(head) ||
           view_.people.contains(tree_.Lemma(head));
  });
}

/// Whether it is told whose whoever stands there is.
bool Matcher::IsKnown(std::uint32_t head) const {
  const auto actor = scene_.ActorAt(head);
  return actor && !scene_.actors[*actor].code.empty();
}

/// Whether a pronoun as object stands for somebody else than the text tells of: "she lambasted
/// her".
bool Matcher::IsAnother(std::uint32_t head, const ActorSet& source) const {
  if (tree_.Pos(head) != "PRON" || tree_.Lemma(head).ends_with("self")) return false;
  return !IsKnown(head) || SameAs(*scene_.ActorAt(head), source);
}

/// "the former minister", "the opposition leader", "his rival": of the country of whoever speaks of
/// him, where nothing else is said.
bool Matcher::IsCompatriot(std::uint32_t head) const {
  constexpr std::array<std::string_view, 6> kAbroad{"counterpart", "neighbour", "neighbor",
                                                    "host",        "guest",     "visitor"};
  constexpr std::array<std::string_view, 8> kOfHome{"former", "opposition", "ruling", "deposed",
                                                    "ousted", "outgoing",   "jailed", "deputy"};
  constexpr std::array<std::string_view, 2> kPersons{"his", "her"};
  if (!view_.people.contains(tree_.Lemma(head)) || IsOneOf(tree_.Lemma(head), kAbroad))
    return false;
  return std::ranges::any_of(tree_.Children(head), [&](std::uint32_t child) {
    const std::string& form = view_.word(child).form;
    return tree_.Rel(child) == "nmod:poss" ? IsOneOf(form, kPersons) : IsOneOf(form, kOfHome);
  });
}

/// Whether the subject is an office, a body or a person, no whole country: "Chad's president".
bool Matcher::SpeaksFor(const Verb& verb, const ActorSet& source) const {
  return IsCoded(source) && std::ranges::none_of(verb.roles.subject, [&](std::uint32_t head) {
           const auto actor = scene_.ActorAt(head);
           return actor && scene_.actors[*actor].code.size() == 3 && !scene_.actors[*actor].person;
         });
}

/// Whether an office or a person of a country blames somebody of the same country.
bool Matcher::ActsOnCompatriot(const Verb& verb, const Match& match) const {
  const bool blames =
      match.pattern->cameo.starts_with("111") || match.pattern->cameo.starts_with("112");
  return blames && match.target.empty() && IsCoded(match.source) &&
         std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return IsCompatriot(head); });
}

/// To call, meet or thank somebody, who is abroad: "phoned the premier", in a text about Chad.
bool MeetsOther(std::string_view cameo) {
  constexpr std::array<std::string_view, 4> kCodes{"040", "041", "043", "051"};
  return BeginsWithOneOf(cameo, kCodes);
}

/// Whether somebody is blamed at home, or met abroad, whom nothing names: "accused his partners of
/// desertion", "phoned the premier".
bool Matcher::ActsOnOther(const Verb& verb, const PatternFrame& frame, const Match& match) const {
  constexpr std::array<std::string_view, 4> kPersons{"he", "she", "they", "who"};
  constexpr std::array<std::string_view, 2> kBlame{"111", "112"};
  if (!frame.target_direct || !match.target.empty()) return false;
  // Where the text tells of no country yet, who speaks for one is of that which it is about.
  const bool alone = scene_.theme.empty() && view_.home.empty() && SpeaksFor(verb, match.source);
  const bool blames = BeginsWithOneOf(match.pattern->cameo, kBlame) &&
                      (alone || IsOfTheme(match.source) || IsOfMovement(match.source));
  if (!blames && !(MeetsOther(match.pattern->cameo) && !IsOfTheme(match.source))) return false;
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    if (IsAnother(head, match.source)) return IsOneOf(tree_.Lemma(head), kPersons);
    // "accused Dr Ruiz of lying", of whom no table knows.
    const bool name = blames && tree_.Pos(head) == "PROPN";
    return name || view_.people.contains(tree_.Lemma(head)) || scene_.citizen_at.contains(head);
  });
}

/// Whether they are a state, a body of states, a party or another body that speaks on what is done
/// in public: no private person, nor one known by name only.
bool Matcher::MayJudge(const ActorSet& source) const {
  constexpr std::array<std::string_view, 16> kRoles{"GOV", "MIL", "COP", "LEG", "JUD", "OPP",
                                                    "PTY", "REB", "UAF", "SEP", "INS", "LAB",
                                                    "REL", "NGO", "HRI", "SPY"};
  return std::ranges::any_of(source, [&](std::uint32_t i) {
    const Actor& actor = scene_.actors[i];
    const std::string_view code = actor.code;
    if (code.size() == 3) return !actor.person && !actor.place;
    return code.starts_with("IGO") || code.starts_with("NGO") ||
           std::ranges::any_of(kRoles, [&](auto role) { return HasRole(code, role); });
  });
}

/// Whether the object is what somebody did to others, or a matter of politics: "condemned the
/// attack", "denounced it", "hailed the treaty".
bool Matcher::ActsOnDeed(const Verb& verb, const ActorSet& source) const {
  // To support a transfer is a matter of opinion.
  constexpr std::array<std::string_view, 5> kEndorse{"support", "back", "endorse", "approve",
                                                     "stand"};
  const bool judge = MayJudge(source) && !IsOneOf(verb.lemma, kEndorse);
  return std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
    if (tree_.Lemma(head) == "it" || tree_.Lemma(head) == "this") return IsAnother(head, source);
    return IsMatter(tree_.Lemma(head)) || IsDone(head, judge);
  });
}

/// Whether the noun names what is done to others, or, for those who judge it, in public.
bool Matcher::IsDone(std::uint32_t noun, bool judge) const {
  constexpr int kConflict = 3;
  if (judge && IsPublicDeed(tree_.Lemma(noun))) return true;
  return std::ranges::any_of(view_.patterns.Nouns(tree_.Lemma(noun)), [&](const Pattern& deed) {
    return view_.patterns.CodeOf(deed.cameo).quad >= kConflict;
  });
}

/// Whether the clause has the form the frame asks for, whoever the actors are.
bool Matcher::HasForm(const Verb& verb, const PatternFrame& frame) const {
  const auto is_self = [&](std::uint32_t head) { return tree_.Lemma(head).ends_with("self"); };
  if (!frame.words && std::ranges::any_of(verb.roles.object, is_self)) return Refuse("reflexive");
  if (frame.no_object && !verb.roles.object.empty()) return Refuse("has-object");
  if (frame.no_complement && (tree_.Child(verb.at, "xcomp") || tree_.Child(verb.at, "ccomp")))
    return Refuse("has-complement");
  if (frame.denied && !IsDenied(verb)) return Refuse("not-denied");
  return true;
}

/// "did not answer", "gave no reason", "nobody answered".
bool Matcher::IsDenied(const Verb& verb) const {
  constexpr std::array<std::string_view, 5> kNone{"no", "none", "neither", "nothing", "nobody"};
  const auto none = [&](std::uint32_t at) { return IsOneOf(view_.word(at).form, kNone); };
  if (verb.negated) return true;
  for (const std::uint32_t side : tree_.Children(verb.at)) {
    if (!tree_.Rel(side).starts_with("nsubj") && tree_.Rel(side) != "obj") continue;
    if (none(side) || std::ranges::any_of(tree_.Children(side), none)) return true;
  }
  return false;
}

VerbZones Matcher::ZonesOf(const Verb& verb) const {
  VerbZones zones{.domain = tree_.Domain(verb.at), .outside = {}, .around = {}, .words = {}};
  zones.outside = ObjectsOutside(verb, zones.domain);
  zones.around = With(With(zones.domain, zones.outside), SubjectZone(verb));
  return zones;
}

/// How many of the pattern's words stand with the verb, where the frame looks for them.
std::size_t Matcher::WordsAround(const Verb& verb, const Pattern& pattern,
                                 const PatternFrame& frame, VerbZones& zones) const {
  if (!zones.words) {
    zones.words = WordsIn(pattern, zones.domain);
    if (zones.words == 0) zones.words = WordsIn(pattern, zones.outside);
  }
  std::size_t words = *zones.words;
  if (words == 0 && (verb.passive || frame.words_before || frame.reciprocal))
    words = WordsIn(pattern, zones.around);
  return words;
}

/// "summoned the Chadian envoy and demanded an inquiry", "recalled its envoy to Chad and choked off
/// trade": what is said right behind an act, or broken off behind a hostile one, is meant for
/// whom the act was done to.
void Matcher::TakeTargetBefore(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 4> kSaid{"02", "10", "11", "13"};
  const bool said = BeginsWithOneOf(match.pattern->cameo, kSaid);
  const bool breaks = match.pattern->cameo.starts_with("16");
  if ((!said && !breaks) || !match.target.empty() || match.source.empty() || verb.passive) return;
  // "recalled its envoy to Chad, accusing it of spying".
  const bool beside = tree_.Rel(verb.at) == "advcl" && verb.ing && !tree_.Child(verb.at, "mark");
  const bool joined = tree_.Rel(verb.at) == "conj" || beside;
  const auto act = joined ? tree_.Head(verb.at) : std::nullopt;
  if (!act || *act > verb.at || tree_.Child(verb.at, "nsubj")) return;
  const auto before = std::ranges::find(found_, *act, &Match::trigger);
  const bool hostile = before != found_.end() && before->pattern->cameo >= "10";
  if (before != found_.end() && before->source == match.source && (said || hostile))
    match.target = Foreign(before->target, match.source);
  const auto object = tree_.Child(*act, "obj");
  if (said && object && match.target.empty())
    match.target = Foreign(ActorsOf(scene_, *object), match.source);
}

/// "thanked Chad for sheltering refugees": what one is thanked for was done to whoever thanks.
void Matcher::TakeThankful(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 2> kGood{"06", "07"};
  const auto over = tree_.Head(verb.at);
  const auto mark = tree_.Child(verb.at, "mark");
  if (!over || !mark || tree_.Lemma(*mark) != "for" || tree_.Lemma(*over) != "thank") return;
  if (!match.target.empty() || match.source.empty()) return;
  const auto thankful = tree_.Child(*over, "nsubj");
  const bool good =
      BeginsWithOneOf(match.pattern->cameo, kGood) || match.pattern->cameo.starts_with("08");
  if (thankful && good) match.target = Foreign(ActorsOf(scene_, *thankful), match.source);
}

/// "telephoned the premier of Chad to thank him": whoever is called.
void Matcher::TakeCalled(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 5> kCalls{"ring", "phone", "telephone", "call", "write"};
  const auto over = tree_.Head(verb.at);
  if (!verb.infinitive || !over || !IsOneOf(tree_.Lemma(*over), kCalls)) return;
  if (IsCoded(match.target) || match.source.empty()) return;
  const ActorSet called = Foreign(Of(tree_.RolesOf(*over).object), match.source);
  const ActorSet to = called.empty() ? Governed(tree_.Domain(*over), {"to"}, match.source) : called;
  if (IsCoded(to)) match.target = to;
}

/// "pulled its soldiers out of a town in Chad": where they leave, not who leaves.
void Matcher::TakePlaceLeft(const WordList& domain, Match& match) const {
  if (!MovesOwn(match.pattern->cameo) || match.source.empty()) return;
  if (match.target.empty() || !Foreign(match.target, match.source).empty()) return;
  ActorSet left;
  for (std::uint32_t at : domain) {
    const auto actor = scene_.ActorAt(at);
    if (left.empty() && actor && scene_.actors[*actor].place)
      left = Foreign({*actor}, match.source);
  }
  if (IsCoded(left)) match.target = std::move(left);
}

/// "took the dispute to the Court of Justice": where the text tells whom it is with, nobody is sued
/// who judges.
void Matcher::LeaveJudges(Match& match) const {
  if (match.pattern->cameo != "115" || match.target.empty()) return;
  Match without = match;
  std::erase_if(without.target, [&](auto a) { return HasRole(scene_.actors[a].code, "JUD"); });
  if (!UnnamedTarget(scene_, without).empty()) match.target = std::move(without.target);
}

/// "The Chadian envoy was summoned to the ministry": whom, not where.
void Matcher::TakeSummoned(const Verb& verb, Match& match) const {
  if (!verb.passive || match.pattern->cameo != "114") return;
  ActorSet summoned = Of(verb.roles.object);
  if (IsCoded(summoned)) match.target = std::move(summoned);
}

/// "Both sides signed a ceasefire under Danish auspices", of a war within: of one country both.
bool Matcher::IsOfOneCountry(const Match& match) const {
  constexpr std::array<std::string_view, 6> kTogether{"04", "057", "06", "0871", "19", "03"};
  return match.target.empty() && match.source.size() == 1 && !scene_.torn.empty() &&
         scene_.actors[match.source.front()].known == Actor::Known::kJoint &&
         BeginsWithOneOf(match.pattern->cameo, kTogether);
}

/// Sides that the frame names no place for.
void Matcher::TakeFurtherSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                               Match& match) const {
  TakeSummoned(verb, match);
  TakePlaceLeft(domain, match);
  TakeOther(domain, match);
  TakeTargetBefore(verb, match);
  TakeThankful(verb, match);
  if (IsOfOneCountry(match)) match.target = match.source;
  TakeCalled(verb, match);
  if (LeavesTargetOpen(frame, match)) {
    WordList wide = verb.passive ? With(domain, SubjectZone(verb)) : domain;
    // Whoever stands below the doer is none to whom it is done: "burnt by a crowd from Chad".
    for (const std::uint32_t head : verb.roles.subject) {
      for (const std::uint32_t at : tree_.Below(head)) std::erase(wide, at);
    }
    // "resigned after talks with Chad".
    if (match.pattern->cameo.starts_with("083")) wide = WithoutAfter(std::move(wide));
    FallBack(NamedNear(verb, std::move(wide), match.pattern->cameo), match);
  }
  if (verb.passive) TakePlaceAsSource(verb, domain, match);
  LeaveJudges(match);
  TakeCrowd(verb, match);
  TakeCitizens(verb, match);
  TakeHeld(verb, match);
  // "marched on City Hall", "were deployed at a plant in Kuru": whatever that is, it is at home.
  const auto unknown = [&](std::uint32_t actor) { return scene_.actors[actor].code.empty(); };
  constexpr std::array<std::string_view, 2> kAtHome{"14", "15"};
  if (BeginsWithOneOf(match.pattern->cameo, kAtHome) && !match.source.empty())
    std::erase_if(match.target, unknown);
}

/// "welcomed military cooperation" has no army for its object, "called his remarks a lie" nobody,
/// "blamed a few commas" blames nobody.
bool Matcher::TouchesSomebody(const Verb& verb, const PatternFrame& frame, Match& match) const {
  if (match.of_deed || match.of_other || ActsOnSomebody(verb)) return true;
  const std::string_view cameo = match.pattern->cameo;
  const bool aimed = frame.target || frame.target_direct;
  if (aimed && cameo.starts_with("112") && match.target.empty() && !verb.roles.object.empty())
    return false;
  if (!frame.target_direct || frame.target_optional) return true;
  if (!frame.words && (cameo.starts_with("04") || cameo.starts_with("084"))) return false;
  if (!match.target.empty()) match.score -= 2;
  return true;
}

/// "Chad's prime minister resigned", "the parliament of Chad amended the charter".
bool Matcher::ActsWithin(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 4> kCodes{"081", "082", "083", "091"};
  return match.target.empty() && BeginsWithOneOf(match.pattern->cameo, kCodes) &&
         SpeaksFor(verb, match.source);
}

/// What is done to whom nothing names: a deed, somebody else, whoever is at home, rebels.
void Matcher::TakeStanding(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                           Match& match) const {
  const std::string_view cameo = match.pattern->cameo;
  const bool judges =
      cameo.starts_with("111") || cameo.starts_with("051") || cameo.starts_with("09");
  match.of_deed = judges && ActsOnDeed(verb, match.source);
  match.of_other = ActsOnOther(verb, frame, match);
  if (match.of_other && MeetsOther(cameo) && UnnamedTarget(scene_, match).empty())
    match.of_other = false;
  const bool compatriot = frame.target_direct && ActsOnCompatriot(verb, match);
  match.of_other = match.of_other || compatriot;
  match.at_home = compatriot || ActsWithin(verb, match);
  match.on_rebels = false;
  const bool force = cameo.starts_with("18") || cameo.starts_with("19");
  if (force && verb.passive && match.source.empty()) match.at_home = ActsOnProtesters(verb);
  if (!match.target.empty() || match.source.empty()) return;
  match.on_rebels = force && ActsOnRebels(verb);
  // "the rebels walked out of talks": those with their government.
  const bool quits = cameo.starts_with("164") && IsOfMovement(match.source);
  match.at_home =
      match.at_home || match.on_rebels || quits || (!judges && ActsAtHome(domain)) ||
      (force && (ActsOnCrowd(verb, match.source) || (ActsOnPost(verb) && IsOfTheme(match.source))));
}

bool Matcher::VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                        VerbZones& zones, Match& match) const {
  const WordList& domain = zones.domain;
  match.source.clear();
  match.target.clear();
  match.mutual = false;
  match.each_other = false;
  match.settled = frame.denied;
  if (!HasForm(verb, frame)) return false;
  if (pattern.cameo == "192" && TakesNumber(verb)) return Refuse("no-target");
  // "called the strike a crime" calls for none.
  if (verb.lemma == "call" && pattern.cameo.starts_with("14") && tree_.Child(verb.at, "xcomp"))
    return Refuse("has-complement");
  const std::size_t words = frame.words ? WordsAround(verb, pattern, frame, zones) : 0;
  if (frame.words && words == 0) return Refuse("no-word");
  if (!TakeSides(verb, frame, domain, match)) return Refuse("no-sides");
  TakeFurtherSides(verb, frame, domain, match);
  const bool source_optional =
      verb.passive || frame.source_optional || IsByStrangers(verb, pattern.cameo);
  TakeStanding(verb, frame, domain, match);
  if (!Complete(frame, source_optional, match.at_home || ActsOnSomebody(verb), match)) return false;
  match.extent = ExtentOf(match, domain, verb.group.begin);
  match.score = Score(frame, match, words);
  return TouchesSomebody(verb, frame, match) || Refuse("no-target");
}

void Matcher::TryVerb(std::uint32_t index) {
  const Verb& verb = scene_.verbs[index];
  const PatternList& list = view_.patterns.VerbList(view_.patterns.words().Of(verb.lemma));
  if (list.patterns.empty()) return;
  VerbZones zones = ZonesOf(verb);
  std::optional<Match> best;
  for (const std::uint32_t i : Candidates(list, WordsOf(zones.around))) {
    const Pattern& pattern = list.patterns[i];
    Match match{.pattern = &pattern, .trigger = verb.at, .verb = index};
    if (!ParticleFollows(pattern, verb.at) || IsOtherVerb(pattern, verb.at)) continue;
    zones.words.reset();
    for (const PatternFrame& frame : *pattern.frames) {
      if (frame.noun) continue;
      if (VerbFrame(verb, pattern, frame, zones, match)) {
        Fit(match, frame, best);
      } else {
        NoteRefusal(match, &frame);
      }
    }
  }
  if (best) found_.push_back(*best);
}

/// The actors that possess or modify the noun: "Peru's recent visit", "the Putin-Xi talks".
ActorSet Matcher::BeforeNoun(std::uint32_t at) const {
  WordList heads;
  for (const std::uint32_t child : tree_.Children(at)) {
    const std::string_view rel = tree_.Rel(child);
    if (rel == "nmod:poss" || ((rel == "compound" || rel == "amod") && child < at))
      heads.push_back(child);
  }
  return Of(heads);
}

/// "Chad's seizure of a ship and the arrest of its crew": joined acts are one owner's.
ActorSet Matcher::OwnersOf(std::uint32_t at) const {
  ActorSet own = BeforeNoun(at);
  const auto first = tree_.Rel(at) == "conj" ? tree_.Head(at) : std::nullopt;
  const auto owner = own.empty() && first ? tree_.Child(*first, "nmod:poss") : std::nullopt;
  if (owner && !tree_.Child(at, "nsubj")) return Of({*owner});
  return own;
}

/// The subject of a noun that is a predicate: "Chad is at war with Niger", "miners, who are on
/// strike"; or of the predicate that has it for a purpose: "was in Oman for talks".
ActorSet Matcher::SubjectOfPredicate(std::uint32_t noun) const {
  const auto head = tree_.Head(noun);
  if (const auto subject = tree_.Child(noun, "nsubj")) {
    ActorSet set = Of({*subject});
    const bool relative = set.empty() && head && tree_.Rel(noun) == "acl:relcl";
    return relative ? Of({*head}) : set;
  }
  const bool purpose = head && tree_.Case(noun) == "for" && tree_.Child(*head, "cop");
  const auto subject = purpose ? tree_.Child(*head, "nsubj") : std::nullopt;
  return subject ? Of({*subject}) : ActorSet{};
}

/// The subject of the verb that has the noun for object or complement: "Oman held talks".
ActorSet Matcher::SubjectOver(std::uint32_t noun, Match& match) const {
  ActorSet own = SubjectOfPredicate(noun);
  if (!own.empty() || tree_.Child(noun, "nsubj")) return own;
  std::optional<std::uint32_t> head = tree_.Head(noun);
  std::string_view rel = tree_.Rel(noun);
  for (int up = 0; head && up < 3; ++up) {
    const auto verb =
        std::ranges::find_if(scene_.verbs, [&](const Verb& v) { return v.at == *head; });
    if (verb != scene_.verbs.end()) {
      match.verb = static_cast<std::uint32_t>(verb - scene_.verbs.begin());
      const bool below = rel == "obj" || rel.starts_with("obl") || rel == "xcomp";
      return below && !verb->passive ? Of(verb->roles.subject) : ActorSet{};
    }
    rel = rel == "nmod" || rel == "conj" ? tree_.Rel(*head) : rel;
    head = tree_.Head(*head);
  }
  return {};
}

bool IsViolence(std::string_view cameo) {
  return cameo.starts_with("18") || cameo.starts_with("19") || cameo.starts_with("20");
}

/// Whether the verb over the noun carries it out: "launched an attack"; "failed to mention the
/// attack" does not.
bool Matcher::IsDoneBy(const Match& match) const {
  constexpr std::array<std::string_view, 26> kCarryOut{
      "launch", "carry",    "mount",  "make",   "stage", "conduct",    "lead",   "begin",   "start",
      "wage",   "continue", "commit", "be",     "open",  "order",      "resume", "unleash", "step",
      "renew",  "press",    "plan",   "direct", "end",   "perpetrate", "die",    "perish"};
  if (!match.verb) return true;
  const std::string& lemma = scene_.verbs[*match.verb].lemma;
  return IsOneOf(lemma, kCarryOut);
}

/// "withdrew the law after weeks of strikes", "spoke about the strike": what the subject
/// did not do.
bool Matcher::StandsAside(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 9> kAside{"after", "amid",  "during",    "despite", "over",
                                                   "about", "since", "following", "by"};
  std::optional<std::uint32_t> at = noun;
  for (int up = 0; at && up < 3; ++up, at = tree_.Head(*at)) {
    const std::string_view rel = tree_.Rel(*at);
    if (!rel.starts_with("nmod") && !rel.starts_with("obl")) return false;
    if (IsOneOf(tree_.Case(*at), kAside)) return true;
  }
  return false;
}

/// "ordered the arrest of an aide": whoever orders what is done to others does it.
bool Matcher::IsOrdered(std::uint32_t noun, const Match& match) const {
  return match.verb && tree_.Rel(noun) == "obj" && scene_.verbs[*match.verb].lemma == "order";
}

/// "won the endorsement of", "drew criticism from": the subject is whom it is given.
bool Matcher::IsReceived(std::uint32_t noun, const Match& match) const {
  constexpr std::array<std::string_view, 12> kReceive{"win",  "receive", "get",  "gain",
                                                      "earn", "secure",  "draw", "obtain",
                                                      "lock", "attract", "face", "garner"};
  if (!match.verb) return false;
  const std::string& lemma = scene_.verbs[*match.verb].lemma;
  // "came under attack from".
  if (lemma == "come" && tree_.Case(noun) == "under") return true;
  constexpr std::array<std::string_view, 5> kProvoke{"provoke", "spark", "prompt", "elicit",
                                                     "trigger"};
  const bool words = match.pattern->cameo.starts_with("111");
  return tree_.Rel(noun) == "obj" &&
         (IsOneOf(lemma, kReceive) || (words && IsOneOf(lemma, kProvoke)));
}

/// Whether what gets the praise or blame that the noun tells is a deed.
bool Matcher::IsJudged(const Match& match) const {
  constexpr std::array<std::string_view, 2> kCodes{"111", "051"};
  if (!match.verb || !match.target.empty() || !BeginsWithOneOf(match.pattern->cameo, kCodes))
    return false;
  const bool judge = MayJudge(match.source);
  return std::ranges::any_of(scene_.verbs[*match.verb].roles.subject,
                             [&](std::uint32_t head) { return IsDone(head, judge); });
}

bool Matcher::TakeReceiver(const PatternFrame& frame, const WordList& domain,
                           const ActorSet& subject, Match& match) const {
  if (!frame.target || frame.reciprocal) return false;
  match.target = subject;
  match.source = Governed(domain, {"of", "from", "by"}, subject);
  // "drew from Chad a rebuke", and what is parsed so.
  if (match.source.empty() && match.verb)
    match.source = Governed(tree_.Domain(scene_.verbs[*match.verb].at), {"from", "by"}, subject);
  // "sparked criticism from fans".
  const auto crowd = [&](std::uint32_t actor) { return HasRole(scene_.actors[actor].code, "CVL"); };
  if (match.pattern->cameo.starts_with("111") && std::ranges::any_of(match.source, crowd))
    return false;
  // "the veto drew a rebuke from Chad": it is for whoever did that.
  match.of_deed = IsJudged(match);
  return (!match.target.empty() || match.of_deed) && !match.source.empty();
}

/// "The law of Peru set off protests": where people rise, and against whom; who they are is not
/// told.
void Matcher::TakeProvoker(const PatternFrame& frame, const WordList& domain,
                           const ActorSet& subject, Match& match) const {
  match.target = subject;
  if (match.target.empty()) match.target = Governed(domain, frame.prepositions, {});
  if (match.target.empty() && match.verb)
    match.target = Governed(tree_.Domain(scene_.verbs[*match.verb].at), frame.prepositions, {});
  const auto citizens = scene_.citizen_at.find(match.trigger);
  if (match.target.empty() && citizens != scene_.citizen_at.end())
    match.target = {citizens->second};
}

/// Whoever is said to have done or uttered what the noun tells.
void Matcher::TakeUtterer(std::uint32_t at, const WordList& domain, Match& match) const {
  const std::string_view cameo = match.pattern->cameo;
  if (match.source.empty()) match.source = Governed(domain, {"by"}, {});
  if (match.source.empty() && IsUttered(cameo)) match.source = OriginOf({at});
  if (match.source.empty() && cameo.starts_with("112")) TakeTeller(at, match);
}

/// Whether the subject over the noun has no part in what the noun tells: "failed to mention the
/// attack", "spoke about the strike".
bool Matcher::IsNotOfSubject(std::uint32_t noun, const Match& match) const {
  if (IsViolence(match.pattern->cameo) && !IsDoneBy(match)) return true;
  if (match.pattern->cameo.starts_with("14") && StandsAside(noun)) return true;
  // "responded with a ban"; "imposed", "discussed" or "lifted" it are told by the verb.
  return match.pattern->id.starts_with("163.n.") && tree_.Case(noun) != "with";
}

/// The source of a noun that its owner or whoever uttered it is not told to be: behind "of", where
/// the target is not, or the subject over the noun.
void Matcher::TakeMakers(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                         ActorSet subject, Match& match) const {
  subject = MakerOf(at, match, std::move(subject));
  const bool of = frame.target && IsOnly(frame.prepositions, "of");
  const bool also = std::ranges::find(frame.prepositions, "of") == frame.prepositions.end();
  if (match.source.empty() && also) match.source = Governed(domain, {"of"}, {});
  if (match.source.empty() && (!of || IsOrdered(at, match))) match.source = std::move(subject);
}

/// Fills source and target of a noun by the frame; false when the frame cannot be.
bool Matcher::TakeSidesOfNoun(std::uint32_t at, const PatternFrame& frame, const WordList& domain,
                              Match& match) const {
  const ActorSet before = OwnersOf(at);
  ActorSet subject = SubjectOver(at, match);
  if (frame.words_before && match.pattern->cameo.starts_with("14")) {
    TakeProvoker(frame, domain, subject, match);
    return true;
  }
  if (IsReceived(at, match)) return TakeReceiver(frame, domain, subject, match);
  if (IsNotOfSubject(at, match)) subject.clear();
  if (frame.reciprocal) {
    if (frame.pair_after)
      return SplitPair(Governed(domain, {"between", "among", "by", "of"}, {}), match);
    return SplitPair(before.size() > 1 ? before : subject, match);
  }
  if (frame.target_before) {
    match.target = before;
    match.source = subject;
    return match.target.empty() || !SameAs(match.target.front(), match.source);
  }
  match.source = before;
  TakeUtterer(at, domain, match);
  TakeMakers(at, frame, domain, std::move(subject), match);
  if (frame.target && match.target.empty())
    match.target = Governed(domain, frame.prepositions, match.source);
  return true;
}

/// "Chad said rebels had come from Niger, an accusation that was denied": whoever says so accuses
/// the subject of what is said.
void Matcher::TakeTeller(std::uint32_t noun, Match& match) const {
  constexpr std::array<std::string_view, 6> kSay{"say",    "claim",  "assert",
                                                 "allege", "insist", "maintain"};
  const auto determiner = tree_.Child(noun, "det");
  if (!determiner || tree_.Lemma(*determiner) != "a" || tree_.Rel(noun) == "obj") return;
  std::optional<std::uint32_t> told;
  std::optional<std::uint32_t> at = tree_.Head(noun);
  for (int up = 0; at && up < 6; ++up, at = tree_.Head(*at)) {
    const auto over = std::ranges::lower_bound(scene_.verbs, *at, {}, &Verb::at);
    if (over == scene_.verbs.end() || over->at != *at) continue;
    if (!IsOneOf(over->lemma, kSay)) {
      told = at;
      continue;
    }
    const std::optional<std::uint32_t> clause = told ? told : tree_.Child(*at, "ccomp");
    const auto deed =
        clause ? std::ranges::find(scene_.verbs, clause.value(), &Verb::at) : scene_.verbs.end();
    if (deed == scene_.verbs.end()) return;
    match.source = Of(over->roles.subject);
    match.target = Without(Of(deed->roles.subject), match.source);
    return;
  }
}

/// Of an accusation that is an object: "rejected a claim by Chad that ...", where at times the
/// verb is given the "by"; "repeated its claim", but not "rejected the claim".
ActorSet Matcher::MakerOf(std::uint32_t noun, const Match& match, ActorSet subject) const {
  if (!match.source.empty() || !match.pattern->cameo.starts_with("112")) return subject;
  constexpr std::array<std::string_view, 12> kMake{"make",  "repeat", "renew", "level",
                                                   "voice", "air",    "issue", "bring",
                                                   "press", "raise",  "lodge", "reiterate"};
  if (!match.verb || tree_.Rel(noun) != "obj") return {};
  const Verb& verb = scene_.verbs[*match.verb];
  if (!verb.passive) {
    ActorSet by = Governed(tree_.Domain(verb.at), {"by"}, {});
    if (!by.empty()) return by;
  }
  return std::ranges::find(kMake, verb.lemma) != kMake.end() ? subject : ActorSet{};
}

/// A claim accuses of what was done, not of what is: "its claim that the plot was made in Chad".
bool Matcher::MayAccuse(std::uint32_t noun, std::uint32_t clause) const {
  if (tree_.Lemma(noun) != "claim") return true;
  const auto helper = tree_.Child(clause, "aux");
  const std::string& form = view_.word(helper ? *helper : clause).form;
  return form == "had" || form == "was" || form == "were";
}

/// "its charge that Niger armed rebels": whom the clause is about, else who is named in it.
void Matcher::TakeAccused(std::uint32_t noun, Match& match) const {
  for (const std::uint32_t clause : tree_.Children(noun)) {
    if (!tree_.Child(clause, "mark") || !MayAccuse(noun, clause)) continue;
    const auto subject = tree_.Child(clause, "nsubj");
    if (subject) match.target = Foreign(Without(Of({*subject}), match.source), match.source);
    if (match.target.empty())
      match.target = Foreign(AnyIn(tree_.Below(clause), match.source), match.source);
    if (!match.target.empty()) return;
  }
}

/// "brushed aside a claim by Chad": whoever rejects it is accused.
void Matcher::TakeDenier(std::uint32_t noun, Match& match) const {
  constexpr std::array<std::string_view, 10> kReject{
      "reject", "deny", "dismiss", "brush", "shrug", "rebuff", "refute", "rebut", "wave", "laugh"};
  if (!match.target.empty() || match.source.empty() || !match.verb) return;
  const Verb& verb = scene_.verbs[*match.verb];
  const auto beside = [&](std::uint32_t head) {
    return std::ranges::any_of(tree_.Children(head),
                               [&](std::uint32_t child) { return tree_.Case(child) == "by"; });
  };
  const bool told = tree_.Child(noun, "nmod:poss") || beside(noun) || beside(verb.at);
  if (!told || tree_.Rel(noun) != "obj" || !IsOneOf(verb.lemma, kReject)) return;
  match.target = Without(Of(verb.roles.subject), match.source);
}

bool Matcher::NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                        const WordList& domain, Match& match) const {
  match.source.clear();
  match.target.clear();
  match.mutual = false;
  match.each_other = false;
  match.of_deed = false;
  WordList zone = domain;
  if (frame.words_before) {
    for (std::uint32_t i = scene_.words.begin; i < at; ++i) zone.push_back(i);
  }
  const std::size_t words = frame.words ? WordsIn(pattern, zone) : 0;
  if (frame.words && words == 0) return Refuse("no-word");
  if (!TakeSidesOfNoun(at, frame, domain, match)) return Refuse("no-sides");
  if (match.target.empty() && pattern.cameo.starts_with("112")) {
    TakeAccused(at, match);
    TakeDenier(at, match);
  }
  if (!Complete(frame, frame.source_optional, false, match)) return false;
  match.at_home = match.target.empty() && !match.source.empty() && ActsAtHome({at});
  match.extent = ExtentOf(match, domain, at);
  match.score = Score(frame, match, words);
  return true;
}

/// "since March" tells no march.
bool Matcher::IsTime(std::uint32_t at) const {
  const Span word = view_.word(at).span;
  const auto& times = view_.story.times;
  const auto next = std::ranges::upper_bound(times, word.begin, {},
                                             [](const Timex& time) { return time.span.begin; });
  return next != times.begin() && std::prev(next)->span.Contains(word);
}

/// "held a vote on March 18" holds no march.
bool Matcher::IsMonth(std::uint32_t at) const { return tree_.Pos(at) == "PROPN" && IsTime(at); }

/// Whether the word may name an act. "the offensive" is at times read as an adjective.
bool Matcher::IsNominal(std::uint32_t at) const {
  const std::string_view pos = tree_.Pos(at);
  const std::string_view rel = tree_.Rel(at);
  const bool adjective =
      pos == "ADJ" && (rel.starts_with("nsubj") || rel == "obj" || rel == "nmod");
  return (pos == "NOUN" || pos == "PROPN" || pos == "VERB" || adjective) && !scene_.ActorAt(at);
}

/// "was in Lima for talks with Chad": the phrase right behind the noun belongs to it, though it is
/// at times parsed as its head's.
WordList Matcher::DomainOfNoun(std::uint32_t at) const {
  WordList domain = tree_.Domain(at);
  if (at + 1 >= scene_.words.end || tree_.Rel(at + 1) != "case") return domain;
  const auto phrase = tree_.Head(at + 1);
  const bool beside = phrase && *phrase > at && tree_.Head(*phrase) == tree_.Head(at);
  if (!beside || !tree_.Head(at) || IsLocative(view_.word(at + 1).form)) return domain;
  const WordList below = tree_.Below(*phrase);
  domain.insert(domain.end(), below.begin(), below.end());
  return domain;
}

void Matcher::TryNoun(std::uint32_t at) {
  if (!IsNominal(at)) return;
  const PatternList& list = view_.patterns.NounList(NumbersOf(at).second);
  if (list.patterns.empty() || IsTime(at)) return;
  const WordList domain = DomainOfNoun(at);
  std::optional<Match> best;
  for (const std::uint32_t i : Candidates(list, words_)) {
    const Pattern& pattern = list.patterns[i];
    if (!ParticleFollows(pattern, at)) continue;
    Match match{.pattern = &pattern, .trigger = at, .noun = true};
    for (const PatternFrame& frame : *pattern.frames) {
      if (!frame.noun) continue;
      if (NounFrame(at, pattern, frame, domain, match)) {
        Fit(match, frame, best);
      } else {
        NoteRefusal(match, &frame);
      }
    }
  }
  if (best) found_.push_back(*best);
}

/// The verb with whatever sides it has.
void Matcher::TryOpenVerb(std::uint32_t index, const Pattern& any) {
  const Verb& verb = scene_.verbs[index];
  if (verb.roles.subject.empty() && verb.roles.object.empty()) return;
  VerbZones zones = ZonesOf(verb);
  std::optional<Match> best;
  Match match{.pattern = &any, .trigger = verb.at, .verb = index};
  for (const PatternFrame& frame : *any.frames) {
    if (!frame.noun && VerbFrame(verb, any, frame, zones, match)) Fit(match, frame, best);
    if (best && !best->target.empty()) break;
  }
  if (best) found_.push_back(*std::move(best));
}

/// "Peru's scolding of Chile".
bool Matcher::IsOwnedNoun(std::uint32_t at) const {
  if (tree_.Pos(at) != "NOUN" || scene_.ActorAt(at)) return false;
  return std::ranges::any_of(tree_.Children(at), [&](std::uint32_t child) {
    const std::string_view rel = tree_.Rel(child);
    return (rel == "nmod:poss" || rel == "amod") && scene_.ActorAt(child);
  });
}

/// A noun between two sides.
void Matcher::TryOpenNoun(std::uint32_t at, const Pattern& any) {
  const WordList domain = tree_.Domain(at);
  std::optional<Match> best;
  Match match{.pattern = &any, .trigger = at, .noun = true};
  for (const PatternFrame& frame : *any.frames) {
    if (frame.noun && NounFrame(at, any, frame, domain, match) && !match.target.empty())
      Fit(match, frame, best);
  }
  if (best) found_.push_back(*std::move(best));
}

/// "summoned the ambassador": never one's own.
bool IsSummons(const Match& match) {
  const std::string_view rule = match.pattern->id;
  return rule.starts_with("114.summon") || rule.starts_with("114.call-in");
}

}  // namespace

bool StaysAtHome(const Match& match) {
  if (match.at_home) return true;
  if (IsSummons(match) && !match.source.empty()) return false;
  constexpr std::array<std::string_view, 12> kCodes{"016", "024", "034", "08", "09", "10",
                                                    "11",  "12",  "133", "14", "17", "18"};
  return BeginsWithOneOf(match.pattern->cameo, kCodes);
}

namespace {

/// "Monitors from Chad and Niger left": none of them of the country that the text is about.
bool AreAbroad(const Scene& scene, const Match& match) {
  return !match.mutual && match.pattern->cameo.starts_with("16") && match.target.empty() &&
         std::ranges::none_of(match.source, [&](std::uint32_t actor) {
           return scene.actors[actor].code.starts_with(scene.theme);
         });
}

/// "Washington urged the government to talk", in a text about Chad: a noun alone for a body that
/// each country has, at times taken for the speaker's own.
bool IsBareBody(const Scene& scene, const Actor& actor) {
  constexpr std::array<std::string_view, 8> kBodies{
      "government", "authority", "opposition", "police", "army", "parliament", "junta", "force"};
  const std::uint32_t head = actor.words.end - 1;
  if (scene.tree.Pos(head) != "NOUN" || !IsOneOf(scene.tree.Lemma(head), kBodies)) return false;
  return std::ranges::none_of(scene.tree.Children(head), [&](std::uint32_t child) {
    return scene.tree.Rel(child) != "det" && scene.tree.Rel(child) != "case" &&
           scene.tree.Pos(child) != "PUNCT" && child < head;
  });
}

/// Whether the target is named. "promised tents, which had yet to leave Madrid" is not for Spain;
/// "halted aid to the police" not to one's own; "vowed that Chad would not look on" promises Chad
/// nothing.
bool IsNamed(const Scene& scene, const Match& match, std::string_view country) {
  const std::string_view cameo = match.pattern->cameo;
  const bool abroad_only =
      cameo.starts_with("07") || cameo.starts_with("033") || cameo.starts_with("16");
  const bool offers = cameo.starts_with("03");
  const Actor& source = scene.actors[match.source.front()];
  const bool speaks =
      HasRole(source.code, "GOV") || scene.tree.Pos(source.words.end - 1) == "PROPN";
  constexpr std::array<std::string_view, 3> kWords{"02", "10", "11"};
  const bool words = speaks && BeginsWithOneOf(cameo, kWords);
  return std::ranges::any_of(match.target, [&](std::uint32_t actor) {
    const Actor& other = scene.actors[actor];
    // "offered to send police experts": its own.
    const bool state = other.code.size() == 3 || HasRole(other.code, "COP") ||
                       HasRole(other.code, "MIL") || HasRole(other.code, "SPY");
    const bool own =
        abroad_only || other.place || (offers && state) || (words && IsBareBody(scene, other));
    return !own || !other.code.starts_with(country);
  });
}

/// "refused to dismiss him", "agreed to an inquiry": what a government does at home.
bool IsOfHome(std::string_view rule) {
  const bool own = rule.starts_with("intend.") || rule.starts_with("reject.");
  return own && (rule.ends_with(".0831") || rule.ends_with(".09") || rule.ends_with(".14"));
}

/// Whether the targets, if any, are places in the country.
bool NamesOwnPlaces(const Scene& scene, const Match& match, std::string_view country) {
  return std::ranges::all_of(match.target, [&](std::uint32_t actor) {
    return scene.actors[actor].place && scene.actors[actor].code.starts_with(country);
  });
}

/// Whether what is told is done to another country, be it named or not.
bool IsToOthers(const Scene& scene, const Match& match) {
  constexpr std::array<std::string_view, 12> kToOthers{"02", "03", "055", "06", "07", "10",
                                                       "11", "12", "13",  "15", "16", "0874"};
  const std::string_view cameo = match.pattern->cameo;
  // "French jets struck a rebel camp" of the country that the text is about.
  const bool meets = match.of_other && MeetsOther(cameo);
  const bool hails = match.of_deed && cameo.starts_with("051");
  // "The commissioner signed an agreement" with the country that the text is about.
  const bool signs = cameo == "057" && !match.source.empty() &&
                     scene.actors[match.source.front()].code.starts_with("IGO");
  return signs || match.on_rebels || meets || hails ||
         (!match.at_home && BeginsWithOneOf(cameo, kToOthers));
}

/// A state, its government or army, or a body that is no country's: "Chad", "the army of Chad".
bool IsStateOrBody(const Actor& actor) {
  const std::string_view code = actor.code;
  const std::string_view bare = actor.person || actor.body ? "" : "GOV";
  const std::string_view role = code.size() > 3 ? code.substr(3, 3) : bare;
  return role == "GOV" || role == "MIL" || code.starts_with("IGO") || code.starts_with("NGO");
}

/// "Chad shut its crossings", where the text has told of one other country: that one.
std::string_view OnlyNeighbour(const Scene& scene, const Match& match) {
  if (match.pattern->id != "160.close" || match.source.size() != 1) return {};
  const std::string_view country =
      std::string_view(scene.actors[match.source.front()].code).substr(0, 3);
  if (!NamesOwnPlaces(scene, match, country)) return {};
  std::string_view other;
  for (const CountryTold& land : scene.told) {
    if (land.named == 0 || *land.country == country) continue;
    if (!other.empty()) return {};
    other = *land.country;
  }
  return other;
}

}  // namespace

std::string_view UnnamedTarget(const Scene& scene, const Match& match) {
  if (const auto neighbour = OnlyNeighbour(scene, match); !neighbour.empty()) return neighbour;
  if (scene.theme.empty() || match.source.empty() || !IsToOthers(scene, match)) return {};
  if (match.source.size() > 1 && !AreAbroad(scene, match)) return {};
  const Actor& source = scene.actors[match.source.front()];
  const std::string_view code = source.code;
  const std::string_view country = code.substr(0, 3);
  if (code.substr(country.size()).starts_with("GOV") && IsOfHome(match.pattern->id)) return {};
  const bool state = IsStateOrBody(source);
  // "closed its frontier in the west", "took the dispute to the court", where the text is about the
  // two.
  const std::string_view cameo = match.pattern->cameo;
  const bool foe = cameo.starts_with("16") || cameo == "115" || IsSummons(match);
  if (foe && state && NamesOwnPlaces(scene, match, country) && country == scene.theme)
    return scene.rival;
  const bool abroad = country.size() == 3 && country != scene.theme &&
                      scene.TimesTold(country) < scene.TimesTold(scene.theme);
  return state && abroad && !IsNamed(scene, match, country) ? std::string_view(scene.theme)
                                                            : std::string_view();
}

std::vector<Match> MatchScene(const StoryView& view, const Scene& scene) {
  return Matcher(view, scene).Run();
}

std::vector<Match> MatchOpen(const StoryView& view, const Scene& scene, const Pattern& any,
                             const TriggerFilter& wanted) {
  StoryView silent = view;
  silent.trace = nullptr;
  return Matcher(silent, scene).RunOpen(any, wanted);
}

}  // namespace dateline::events
