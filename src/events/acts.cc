#include "events/acts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "base/split.h"
#include "events/aims.h"
#include "events/calls.h"
#include "events/circumstances.h"
#include "events/matters.h"
#include "events/one_of.h"
#include "events/roles.h"
#include "events/trace.h"

// An act is found by its word. What it is about is the longest topic whose words stand in the
// domain of that word; where there is none, the pattern found nearest in the domain. Verbs with
// "will" are promises or threats of what they tell, those with "must" below a verb of speech are
// demands.

namespace dateline::events {
namespace {

using Phrase = ActTable::Topic::Phrase;

/// "peace plan/deal" is {"peace plan", "peace deal"}; "break off/cut" is {"break off", "cut"}: an
/// alternative stands for the last word when the part begins with a word that is no alternative.
std::vector<Phrase> Alternatives(std::string_view part) {
  const auto items = base::Split(part, '/');
  std::vector<Phrase> out;
  Phrase first = base::SplitPhrase(items.front());
  const bool shared = first.size() == 2 && items.size() > 1 && items[1].find(' ') == items[1].npos;
  const bool phrasal =
      shared && (first[1] == "off" || first[1] == "out" || first[1] == "down" ||
                 first[1] == "over" || first[1] == "back" || first[1] == "up" || first[1] == "in");
  for (const std::string_view item : items) {
    Phrase words = base::SplitPhrase(item);
    if (shared && !phrasal && words.size() == 1) words.insert(words.begin(), first.front());
    out.push_back(std::move(words));
  }
  return out;
}

/// Verbs with which a call or an offer is uttered.
bool IsUttering(std::string_view lemma) {
  constexpr std::array<std::string_view, 20> kUtter{
      "renew",  "repeat", "reiterate", "restate",   "issue",   "voice",  "send",
      "convey", "press",  "echo",      "launch",    "address", "signal", "express",
      "make",   "extend", "radio",     "broadcast", "raise",   "lodge"};
  return IsOneOf(lemma, kUtter);
}

/// "its citizens", "his ministers": whom a government tells what to do.
bool IsOwnPeople(std::string_view lemma) {
  constexpr std::array<std::string_view, 28> kPeople{
      "citizen",  "national", "minister",   "people",    "subject", "soldier",    "troops",
      "troop",    "army",     "force",      "commander", "general", "officer",    "official",
      "navy",     "police",   "coast",      "cabinet",   "staff",   "government", "countryman",
      "diplomat", "aide",     "compatriot", "resident",  "tourist", "traveller",  "traveler"};
  return IsOneOf(lemma, kPeople);
}

/// What is demanded of others, never of oneself.
bool IsLeaving(std::string_view lemma) {
  constexpr std::array<std::string_view, 8> kWords{
      "resignation", "removal", "dismissal", "ouster", "arrest", "impeachment", "sacking", "exit"};
  return IsOneOf(lemma, kWords);
}

class ActFinder {
 public:
  ActFinder(const StoryView& view, const Scene& scene, const ActTable& acts,
            std::vector<Match>& matches)
      : view_(view), scene_(scene), tree_(scene.tree), acts_(acts), matches_(matches) {}

  void Run() {
    for (const Verb& verb : scene_.verbs) {
      if ((verb.must || IsObliged(verb)) && !verb.negated && !Consumed(verb.at)) TakeMust(verb);
      TakeCondition(verb);
    }
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
      if (!scene_.ActorAt(at)) TryWord(at);
    }
    Moods();
    LeaveWhatBecame();
    std::erase_if(matches_, [&](const Match& match) {
      const bool consumed = Consumed(match.trigger);
      if (consumed && view_.trace != nullptr) NoteConsumed(match);
      return consumed;
    });
    matches_.insert(matches_.end(), found_.begin(), found_.end());
    std::ranges::stable_sort(matches_, {}, &Match::trigger);
  }

 private:
  struct Content {
    std::string_view key;
    std::uint32_t at = 0;
    std::size_t length = 0;
  };

  void NoteConsumed(const Match& match) const {
    AddNote(view_, scene_,
            {.trigger = match.trigger,
             .pattern = match.pattern,
             .frame = match.frame,
             .source = &match.source,
             .target = &match.target},
            Candidate::Verdict::kRejected, "part-of-an-act");
  }
  void TryWord(std::uint32_t at);
  bool IsParted(const ActTable::Trigger& trigger, std::uint32_t at) const;
  bool Fits(const ActTable::Trigger& trigger, std::uint32_t at) const;
  bool IsState(std::uint32_t at) const;
  bool IsAdjective(std::uint32_t at) const;
  bool IsOwnWish(std::uint32_t at) const;
  bool IsClaim(std::uint32_t at) const;
  [[nodiscard]] bool ExpectsOfOthers(const Verb& verb) const;
  bool IsForecast(std::uint32_t at) const;
  bool IsDenial(const ActTable::Trigger& trigger, const Verb* verb) const;
  bool RejectsMatter(const Verb* verb, const Match& match) const;
  WordList DomainOf(std::uint32_t at, const Verb* verb) const;
  void LeaveReasons(const ActTable::Trigger& trigger, std::uint32_t at, WordList& domain) const;
  WordList UtteredWith(std::uint32_t noun) const;
  const Pattern* Composed(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb,
                          std::string_view key) const;
  [[nodiscard]] bool Withholds(const ActTable::Trigger& trigger, std::uint32_t at,
                               const Verb* verb) const;
  [[nodiscard]] bool AsksToAct(const ActTable::Trigger& trigger, const Verb* verb) const;
  [[nodiscard]] bool IsUtteredAct(std::uint32_t at, const Verb* verb) const;
  [[nodiscard]] bool IsStrong(const ActTable::Trigger& trigger, std::uint32_t at,
                              const Verb* verb) const;
  void TakeContentTarget(const std::optional<Content>& content, Match& match) const;
  bool TellsAccusation(const Verb* verb, const Content& content) const;
  void Take(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb);
  [[nodiscard]] bool IsWould(const Verb& verb) const;
  void TakeMood(const Verb& verb, Match& match) const;
  [[nodiscard]] bool IsDeniedOf(const Verb& verb) const;
  [[nodiscard]] const Pattern* Denial() const;
  void TakeDenial(const Verb& verb, Match& match) const;
  void Moods();
  void LeaveWhatBecame();
  void TakeMust(const Verb& verb);
  [[nodiscard]] bool IsObliged(const Verb& verb) const;
  [[nodiscard]] bool SetsCondition(const Verb& verb, const Verb& main) const;
  [[nodiscard]] bool IsOnly(std::uint32_t verb) const;
  [[nodiscard]] bool IsInReturn(const Verb& verb, const Verb& main) const;
  [[nodiscard]] ActorSet SetterOf(const Verb& main) const;
  [[nodiscard]] static bool IsAskedFor(const std::optional<Content>& content);
  void TakeCondition(const Verb& verb);
  bool TellsOther(std::uint32_t at) const;
  bool IsCallAt(std::uint32_t at) const;
  bool IsOwnOrder(std::uint32_t at) const;
  bool IsPlainOrder(const ActTable::Trigger& trigger, const Verb& verb) const;
  bool OrdersDeed(const ActTable::Trigger& trigger, const Verb* verb);
  Match* DeedOrdered(const Verb& verb);
  WordList MatterOf(WordList domain) const;
  std::optional<Content> ContentIn(const WordList& domain) const;
  std::optional<Content> ContentElsewhere(std::uint32_t at, const Verb* verb,
                                          WordList& domain) const;
  std::size_t TopicAt(const ActTable::Topic& topic, std::uint32_t at, const WordList& domain) const;
  bool PhraseAt(const Phrase& phrase, std::uint32_t at) const;
  std::size_t LongestAt(const std::vector<Phrase>& phrases, std::uint32_t at) const;
  void Sides(std::uint32_t at, const Verb* verb, const WordList& domain, Match& match) const;
  void TakeObject(const Verb& verb, Match& match) const;
  void LeaveOwnForces(Match& match) const;
  std::optional<ActorSet> CalledBefore(const Verb& verb, const ActorSet& source) const;
  std::optional<ActorSet> MeantByPronoun(const Verb& verb, const ActorSet& source) const;
  void TakeNamed(std::uint32_t at, const Verb* verb, const WordList& domain, Match& match) const;
  void TakeWriter(const Verb& verb, Match& match) const;
  void TakeThreatener(const Verb& verb, Match& match) const;
  const Verb* ActBefore(const Verb& verb) const;
  void TakeOther(const WordList& domain, Match& match) const;
  void LeaveSeat(Match& match) const;
  void LeaveOwn(const Verb* verb, Match& match) const;
  void TakeCitizens(const WordList& domain, Match& match) const;
  bool ConcernsOwnPerson(const Verb& verb, const Match& match) const;
  [[nodiscard]] bool IsAnswerWith(std::uint32_t noun) const;
  bool IsOwner(std::uint32_t child) const;
  bool IsTold(std::uint32_t at) const;
  bool IsComment(std::uint32_t at) const;
  const Verb* MakingOf(std::uint32_t noun) const;
  std::optional<std::uint32_t> ToldAbove(const Verb& verb) const;
  WordList ClauseAbove(std::uint32_t clause, std::uint32_t verb) const;
  void TakeAsked(const Verb& verb, Match& match) const;
  void SpareRejected(const Verb& verb, const ActorSet& source);
  ActorSet RejectersOf(std::uint32_t noun, const ActorSet& source) const;
  ActorSet OwnersOf(std::uint32_t noun, Match& match) const;
  ActorSet Of(const WordList& heads) const;
  ActorSet Others(ActorSet set, const ActorSet& source) const;
  ActorSet CountryOf(const ActorSet& set) const;
  ActorSet Named(const WordList& domain, const ActorSet& source) const;
  ActorSet AskedThat(const Verb& verb, const Match& match) const;
  bool AsksOwnPeople(const ActTable::Trigger& trigger, const Verb* verb) const;
  bool AgreeTogether(const Match& match) const;
  void SplitTogether(Match& match) const;
  WordList SomebodyIn(WordList domain) const;
  ActorSet Addressed(const WordList& domain, const ActorSet& source) const;
  Range ExtentOf(const Match& match, const WordList& domain) const;
  const Verb* VerbAt(std::uint32_t at) const;
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

const Verb* ActFinder::VerbAt(std::uint32_t at) const {
  const auto found = std::ranges::lower_bound(scene_.verbs, at, {}, &Verb::at);
  return found != scene_.verbs.end() && found->at == at ? &*found : nullptr;
}

bool ActFinder::PhraseAt(const Phrase& phrase, std::uint32_t at) const {
  if (at + phrase.size() > scene_.words.end) return false;
  for (std::uint32_t i = 0; i < phrase.size(); ++i) {
    if (view_.word(at + i).form != phrase[i] && tree_.Lemma(at + i) != phrase[i]) return false;
  }
  return true;
}

std::size_t ActFinder::LongestAt(const std::vector<Phrase>& phrases, std::uint32_t at) const {
  std::size_t longest = 0;
  for (const Phrase& phrase : phrases) {
    if (phrase.size() > longest && PhraseAt(phrase, at)) longest = phrase.size();
  }
  return longest;
}

/// The words of the topic that begins at the word; 0 when it does not.
std::size_t ActFinder::TopicAt(const ActTable::Topic& topic, std::uint32_t at,
                               const WordList& domain) const {
  constexpr std::uint32_t kApart = 12;
  std::size_t total = LongestAt(topic.parts.front(), at);
  if (total == 0) return 0;
  for (std::size_t part = 1; part < topic.parts.size(); ++part) {
    std::size_t best = 0;
    for (const std::uint32_t word : domain) {
      const std::uint32_t apart = word > at ? word - at : at - word;
      if (word != at && apart <= kApart) best = std::max(best, LongestAt(topic.parts[part], word));
    }
    if (best == 0) return 0;
    total += best;
  }
  return total;
}

/// Whether a word opens what only goes with the matter: a relative clause ("the road, which Chad
/// had shut"), what went before ("after talks").
bool ActFinder::TellsOther(std::uint32_t at) const {
  constexpr std::array<std::string_view, 8> kBeside{"after", "before",  "following", "amid",
                                                    "since", "despite", "during",    "until"};
  const std::string_view rel = tree_.Rel(at);
  if (rel == "acl:relcl") return true;
  // "offered a review, a gesture dismissed by the union": what others did with it.
  if (rel == "acl" && tree_.Child(at, "obl:agent") && tree_.Rel(*tree_.Head(at)) == "appos")
    return true;
  const bool phrase = rel.starts_with("obl") || rel.starts_with("nmod");
  if (tree_.OpensClause(at)) return true;
  const auto mark = rel == "advcl" ? tree_.Child(at, "mark") : std::nullopt;
  const std::string_view joint =
      phrase ? tree_.Case(at) : (mark ? std::string_view(tree_.Lemma(*mark)) : "");
  constexpr std::array<std::string_view, 4> kAsides{"when", "while", "because", "as"};
  return IsOneOf(joint, kBeside) || (mark && tree_.TellsPast(at) && IsOneOf(joint, kAsides));
}

/// "called on the president": a visit, where nothing is asked of him.
bool ActFinder::IsCallAt(std::uint32_t at) const {
  const bool calls = tree_.Lemma(at) == "call" && tree_.Pos(at) == "VERB";
  if (!calls || at + 1 >= scene_.words.end) return false;
  const std::string& next = view_.word(at + 1).form;
  if (next != "on" && next != "upon") return false;
  return std::ranges::none_of(tree_.Below(at), [&](std::uint32_t word) {
    const std::string_view rel = tree_.Rel(word);
    const bool asks = rel == "xcomp" || rel == "ccomp" || rel == "advcl" || rel == "acl";
    const std::string& form = view_.word(word).form;
    return word > at && (asks || rel == "mark" || form == "for" || form == "to");
  });
}

/// "ordered his defence minister to send troops": what one's own are ordered to do is one's act.
bool ActFinder::IsOwnOrder(std::uint32_t at) const {
  constexpr std::array<std::string_view, 4> kOrders{"order", "instruct", "direct", "command"};
  constexpr std::array<std::string_view, 12> kOwn{
      "minister", "army",  "troop", "force",    "general",   "police",
      "soldier",  "guard", "navy",  "ministry", "commander", "negotiator"};
  if (!IsOneOf(tree_.Lemma(at), kOrders) || tree_.Pos(at) != "VERB") return false;
  const auto object = tree_.Child(at, "obj");
  return object && tree_.IsOwned(*object) && IsOneOf(tree_.Lemma(*object), kOwn);
}

/// What the pattern finds that a verb of ordering has for its object, or tells of its object:
/// "ordered the arrest of an aide", "ordered two aides held"; null where nothing is found there.
Match* ActFinder::DeedOrdered(const Verb& verb) {
  const auto object = tree_.Child(verb.at, "obj");
  if (!object) return nullptr;
  const auto found = [&](std::uint32_t at) -> Match* {
    const auto match = std::ranges::find(matches_, at, &Match::trigger);
    return match == matches_.end() ? nullptr : &*match;
  };
  if (Match* deed = found(*object)) return deed;
  for (const std::uint32_t over : {*object, verb.at}) {
    for (const std::uint32_t child : tree_.Children(over)) {
      const Verb* done = child > *object ? VerbAt(child) : nullptr;
      Match* deed = done != nullptr && done->passive ? found(child) : nullptr;
      if (deed != nullptr) return deed;
    }
  }
  return nullptr;
}

/// Whether a state or its people plainly order something: not a body of states, nor what they may
/// or will order.
bool ActFinder::IsPlainOrder(const ActTable::Trigger& trigger, const Verb& verb) const {
  const bool order = trigger.act == Act::kDemand && !trigger.strong;
  const bool plain = !verb.passive && !verb.negated && !verb.future && !verb.modal && !verb.must;
  const ActorSet source = Of(verb.roles.subject);
  const bool state = std::ranges::none_of(
      source, [&](std::uint32_t actor) { return scene_.actors[actor].code.starts_with("IGO"); });
  return order && plain && state && Coded(source);
}

/// "ordered the arrest of two aides", "ordered a curfew": what is ordered of nobody is done by
/// whoever orders it, where a pattern knows the deed, or knows by its words what is ordered.
bool ActFinder::OrdersDeed(const ActTable::Trigger& trigger, const Verb* verb) {
  if (verb == nullptr || !IsPlainOrder(trigger, *verb)) return false;
  Match* deed = DeedOrdered(*verb);
  // "ordered the withdrawal of Chadian troops" is for those to do who are there.
  if (deed != nullptr && deed->pattern->cameo >= "08" && !deed->pattern->cameo.starts_with("087")) {
    Match act{.pattern = deed->pattern, .trigger = verb->at};
    Sides(verb->at, verb, tree_.Domain(verb->at), act);
    if (!Coded(deed->source)) deed->source = act.source;
    if (!Coded(deed->target)) deed->target = Others(act.target, CountryOf(deed->source));
    deed->ordered = true;
    eaten_.push_back(verb->at);
    return true;
  }
  const auto told = std::ranges::find(matches_, verb->at, &Match::trigger);
  if (told == matches_.end() || !told->pattern->words || told->pattern->cameo.starts_with("10"))
    return false;
  const WordList matter = MatterOf(DomainOf(verb->at, verb));
  std::ranges::copy_if(matter, std::back_inserter(eaten_),
                       [&](std::uint32_t word) { return word != verb->at; });
  return true;
}

/// The words of the domain that tell what the act is about.
WordList ActFinder::MatterOf(WordList domain) const {
  WordList beside;
  for (const std::uint32_t at : domain) {
    if (!TellsOther(at)) continue;
    const WordList below = tree_.Below(at);
    beside.insert(beside.end(), below.begin(), below.end());
  }
  return Less(std::move(domain), beside);
}

std::optional<ActFinder::Content> ActFinder::ContentIn(const WordList& domain) const {
  std::optional<Content> best;
  for (const std::uint32_t at : domain) {
    if (scene_.ActorAt(at)) continue;
    for (const auto& topic : acts_.Topics(tree_.Lemma(at))) {
      const std::size_t length = TopicAt(*topic, at, domain);
      if (length > 0 && (!best || length > best->length))
        best = Content{topic->content, at, length};
    }
  }
  if (best && best->length > 1) return best;
  for (const std::uint32_t at : domain) {
    const auto match = std::ranges::find(matches_, at, &Match::trigger);
    // "the decision to stay set off protests": what was set off is not what was decided.
    const bool caused = match != matches_.end() && match->noun && match->source.empty() &&
                        match->frame != nullptr && match->frame->words_before;
    if (match != matches_.end() && !caused && !match->pattern->cameo.starts_with("01") && !best)
      return Content{match->pattern->cameo, at, 1};
  }
  return best;
}

/// "turned the offer down", "brushed it aside": the particle behind the object.
bool ActFinder::IsParted(const ActTable::Trigger& trigger, std::uint32_t at) const {
  constexpr std::array<std::string_view, 5> kParticles{"down", "aside", "off", "away", "back"};
  const auto object = tree_.Child(at, "obj");
  if (trigger.kind != 'v' || trigger.particle.size() != 1 || !object) return false;
  if (!IsOneOf(trigger.particle.front(), kParticles)) return false;
  return std::ranges::any_of(tree_.Children(at), [&](std::uint32_t child) {
    const bool particle = tree_.Rel(child) == "compound:prt" || tree_.Rel(child) == "advmod";
    return particle && child > *object && view_.word(child).form == trigger.particle.front();
  });
}

bool ActFinder::Fits(const ActTable::Trigger& trigger, std::uint32_t at) const {
  const std::string_view pos = tree_.Pos(at);
  if ((trigger.kind == 'v' || trigger.kind == 'd') && pos != "VERB") return false;
  if (trigger.kind == 'd' && (VerbAt(at) == nullptr || !VerbAt(at)->negated)) return false;
  if (trigger.kind == 'n' && pos != "NOUN") return false;
  if (trigger.kind == 'a' && (VerbAt(at) == nullptr || !(pos == "ADJ" || IsState(at))))
    return false;
  if (IsParted(trigger, at)) return true;
  for (std::uint32_t i = 0; i < trigger.particle.size(); ++i) {
    const std::uint32_t next = at + 1 + i;
    if (next >= scene_.words.end || view_.word(next).form != trigger.particle[i]) return false;
  }
  return true;
}

/// "is opposed to", which is at times read as a passive: nobody does it.
bool ActFinder::IsState(std::uint32_t at) const {
  const Verb* verb = VerbAt(at);
  if (verb == nullptr || !verb->passive) return false;
  return std::ranges::none_of(tree_.Children(at), [&](std::uint32_t child) {
    return tree_.Rel(child).starts_with("obl") && tree_.Case(child) == "by";
  });
}

/// Whether the form is an adjective of the table: "opposed", but not "was rebuffed".
bool ActFinder::IsAdjective(std::uint32_t at) const {
  return std::ranges::any_of(acts_.Triggers(view_.word(at).form),
                             [](const ActTable::Trigger& trigger) { return trigger.kind == 'a'; });
}

ActorSet ActFinder::Of(const WordList& heads) const {
  ActorSet out;
  for (const std::uint32_t head : heads) {
    const ActorSet set = ActorsOf(scene_, head);
    out.insert(out.end(), set.begin(), set.end());
  }
  return out;
}

ActorSet ActFinder::Others(ActorSet set, const ActorSet& source) const {
  std::erase_if(set, [&](std::uint32_t a) {
    return std::ranges::any_of(source, [&](std::uint32_t b) {
      const auto& one = scene_.actors[a];
      const auto& other = scene_.actors[b];
      return a == b || (one.entity && one.entity == other.entity);
    });
  });
  return set;
}

/// Whom the act is addressed to by a preposition.
ActorSet ActFinder::Addressed(const WordList& domain, const ActorSet& source) const {
  constexpr std::array<std::string_view, 6> kTo{"to", "on", "upon", "with", "against", "from"};
  const ActorSet own = CountryOf(source);
  for (const std::uint32_t at : domain) {
    const std::string_view rel = tree_.Rel(at);
    if (!rel.starts_with("obl") && !rel.starts_with("nmod")) continue;
    if (!IsOneOf(tree_.Case(at), kTo)) continue;
    ActorSet set = Others(ActorsOf(scene_, at), source);
    // "threatened to stop loans, in reply to a tariff on Chadian steel": no country addresses its
    // own.
    std::erase_if(set, [&](std::uint32_t actor) {
      const Actor& other = scene_.actors[actor];
      return other.code.size() == 3 && !other.person && std::ranges::find(own, actor) != own.end();
    });
    if (Coded(set)) return set;
  }
  return {};
}

/// The actors and all others of their countries.
ActorSet ActFinder::CountryOf(const ActorSet& set) const {
  ActorSet out = set;
  for (std::uint32_t i = 0; i < scene_.actors.size(); ++i) {
    const bool same = std::ranges::any_of(set, [&](std::uint32_t a) {
      const std::string& code = scene_.actors[a].code;
      return code.size() >= 3 && scene_.actors[i].code.starts_with(code.substr(0, 3));
    });
    if (same) out.push_back(i);
  }
  return out;
}

/// Whoever is named in the domain, places last.
ActorSet ActFinder::Named(const WordList& domain, const ActorSet& source) const {
  ActorSet place;
  for (const std::uint32_t at : domain) {
    const auto actor = scene_.ActorAt(at);
    // "agreed to talk, according to Ruiz"; "demanded that Chad free them".
    if (!actor || scene_.actors[*actor].known == Actor::Known::kGroup || tree_.Case(at) == "by" ||
        tree_.Case(at) == "according")
      continue;
    ActorSet set = Others(ActorsOf(scene_, at), source);
    if (!Coded(set) || SetsScene(scene_, at)) continue;
    if (!scene_.actors[*actor].place) return set;
    if (place.empty()) place = std::move(set);
  }
  return place;
}

/// The domain without the places and those who only own something there: "proposed that they meet
/// in Phuket", "offered Beijing's good offices" address nobody.
WordList ActFinder::SomebodyIn(WordList domain) const {
  std::erase_if(domain, [&](std::uint32_t at) {
    const auto actor = scene_.ActorAt(at);
    const std::string_view rel = tree_.Rel(at);
    const bool bare = actor && scene_.actors[*actor].code.size() == 3 &&
                      (scene_.actors[*actor].place || rel == "nmod:poss" || rel == "amod");
    return bare;
  });
  return domain;
}

/// Whether what stands below a noun tells whose act it is.
bool ActFinder::IsOwner(std::uint32_t child) const {
  const std::string_view rel = tree_.Rel(child);
  return rel == "nmod:poss" || rel == "amod" || rel == "compound" ||
         (rel == "nmod" && (tree_.Case(child) == "by" || tree_.Case(child) == "from"));
}

/// "responded with a threat", "came forward with an offer".
bool ActFinder::IsAnswerWith(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 6> kAnswers{"respond", "reply",     "answer",
                                                     "counter", "retaliate", "come"};
  const auto verb = tree_.Head(noun);
  return verb && tree_.Rel(noun).starts_with("obl") && tree_.Case(noun) == "with" &&
         IsOneOf(tree_.Lemma(*verb), kAnswers);
}

ActorSet ActFinder::OwnersOf(std::uint32_t noun, Match& match) const {
  for (const std::uint32_t child : tree_.Children(noun)) {
    ActorSet set = IsOwner(child) ? ActorsOf(scene_, child) : ActorSet{};
    if (Coded(set)) return set;
  }
  // "a plea radioed by rebels".
  for (const std::uint32_t child : tree_.Children(noun)) {
    const Verb* made = tree_.Rel(child) == "acl" ? VerbAt(child) : nullptr;
    const bool uttered = made != nullptr && made->passive && IsUttering(made->lemma);
    ActorSet set = uttered ? Of(made->roles.subject) : ActorSet{};
    if (Coded(set)) return set;
  }
  const auto head = tree_.Head(noun);
  const Verb* verb = head ? VerbAt(*head) : nullptr;
  if (verb == nullptr || !(tree_.Rel(noun) == "obj" || IsAnswerWith(noun))) return {};
  match.verb = static_cast<std::uint32_t>(verb - scene_.verbs.data());
  return Of(verb->roles.subject);
}

/// The target that a noun points to: "refused the offer".
void ActFinder::TakeOther(const WordList& domain, Match& match) const {
  const ActorSet own = CountryOf(match.source);
  for (const std::uint32_t at : domain) {
    const auto found = scene_.others_at.find(at);
    if (found == scene_.others_at.end()) continue;
    for (const std::uint32_t other : found->second) {
      if (std::ranges::find(own, other) != own.end()) continue;
      match.target = {other};
      return;
    }
  }
}

/// People of whom nothing says whose they are: "demanded the release of the editors".
void ActFinder::TakeCitizens(const WordList& domain, Match& match) const {
  for (const std::uint32_t at : domain) {
    const auto found = scene_.citizen_at.find(at);
    if (found == scene_.citizen_at.end()) continue;
    // "threatened to shut the pipeline": no country threatens its own.
    const bool threat = match.pattern->cameo.starts_with("13") && Coded(match.source);
    if (threat && scene_.actors[match.source.front()].code == scene_.actors[found->second].code)
      continue;
    match.target = {found->second};
    return;
  }
}

/// "sent Chad a letter that asked it to", "issued a statement urging": whoever wrote it asks.
void ActFinder::TakeWriter(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 11> kWritten{
      "letter",     "statement",   "note",       "message", "resolution", "petition",
      "communique", "declaration", "memorandum", "cable",   "telegram"};
  for (const std::uint32_t text : verb.roles.subject) {
    const auto over = tree_.Rel(text) == "obj" ? tree_.Head(text) : std::nullopt;
    const Verb* made = over ? VerbAt(*over) : nullptr;
    if (made != nullptr && !made->passive && IsOneOf(tree_.Lemma(text), kWritten))
      match.source = Of(made->roles.subject);
  }
}

/// "Chad would strike back, a spokesman warned": he speaks for whoever will do it.
void ActFinder::TakeThreatener(const Verb& verb, Match& match) const {
  if (Coded(match.source) || verb.passive || !match.pattern->cameo.starts_with("13")) return;
  auto clause = tree_.Child(verb.at, "ccomp");
  if (!clause) clause = ToldAbove(verb);
  const Verb* told = clause ? VerbAt(*clause) : nullptr;
  const auto speaker = tree_.Child(verb.at, "nsubj");
  constexpr std::array<std::string_view, 5> kSpeakers{"spokesman", "spokeswoman", "spokesperson",
                                                      "official", "minister"};
  if (told == nullptr || !speaker || !IsOneOf(tree_.Lemma(*speaker), kSpeakers)) return;
  if (told->future || told->would) match.source = Of(told->roles.subject);
}

/// The nearest verb before with the same subject and an object of its own; null for none.
const Verb* ActFinder::ActBefore(const Verb& verb) const {
  const Verb* nearest = nullptr;
  for (const Verb& other : scene_.verbs) {
    if (other.at >= verb.at) break;
    if (other.roles.subject == verb.roles.subject && !other.roles.object.empty()) nearest = &other;
  }
  return nearest;
}

/// "pledged 200 officers to a mission in Chad", "offered Oslo as a venue": its own forces and
/// places are what a country offers.
void ActFinder::LeaveOwnForces(Match& match) const {
  if (!match.pattern->cameo.starts_with("03")) return;
  const ActorSet own = CountryOf(match.source);
  std::erase_if(match.target, [&](std::uint32_t actor) {
    const std::string& code = scene_.actors[actor].code;
    const bool force = IsArmed(code) && HoldsOffice(code);
    return (force || scene_.actors[actor].place) && std::ranges::find(own, actor) != own.end();
  });
}

/// "telephoned Ruiz to offer support": whoever is called.
std::optional<ActorSet> ActFinder::CalledBefore(const Verb& verb, const ActorSet& source) const {
  const auto over = verb.infinitive ? tree_.Head(verb.at) : std::nullopt;
  if (!over || !IsCalling(tree_.Lemma(*over))) return std::nullopt;
  ActorSet called = Of(tree_.RolesOf(*over).object);
  for (const std::uint32_t child : tree_.Children(*over)) {
    if (!Coded(called) && tree_.Rel(child).starts_with("obl") && tree_.Case(child) == "to")
      called = ActorsOf(scene_, child);
  }
  return Others(std::move(called), source);
}

/// "accused Ruiz and demanded his resignation", "telephoned Ruiz and pressed him": whom the verb
/// before has for its object.
std::optional<ActorSet> ActFinder::MeantByPronoun(const Verb& verb, const ActorSet& source) const {
  const auto before = tree_.Rel(verb.at) == "conj" ? tree_.Head(verb.at) : std::nullopt;
  // "seized ten men and threatened to try them", whatever that is parsed as joined to.
  const auto below = tree_.Child(verb.at, "xcomp");
  const auto them = below ? tree_.Child(*below, "obj") : std::nullopt;
  if (!before) return std::nullopt;
  const Verb* first = them ? ActBefore(verb) : VerbAt(*before);
  const bool pronoun =
      (them && tree_.Pos(*them) == "PRON") ||
      std::ranges::any_of(verb.roles.object, [&](std::uint32_t head) {
        return tree_.Pos(head) == "PRON" || (IsLeaving(tree_.Lemma(head)) && tree_.IsOwned(head));
      });
  if (!pronoun || first == nullptr) return std::nullopt;
  return Others(Of(first->roles.object), source);
}

/// Whom the verb has for its object; what is rejected is its owner's: "rejected the Chadian offer".
void ActFinder::TakeObject(const Verb& verb, Match& match) const {
  for (const std::uint32_t head : verb.roles.object) {
    if (scene_.ActorAt(head) && !tree_.IsOwned(head))
      match.target = Others(ActorsOf(scene_, head), match.source);
  }
  LeaveOwnForces(match);
  if (!Coded(match.target))
    match.target = CalledBefore(verb, match.source).value_or(std::move(match.target));
  if (!Coded(match.target))
    match.target = MeantByPronoun(verb, match.source).value_or(std::move(match.target));
  if (!Coded(match.target) && match.pattern->cameo.starts_with("12"))
    match.target = Others(Of(verb.roles.object), CountryOf(match.source));
}

/// "refused to dismiss him", in a text about another country: whom it concerns is at home.
bool ActFinder::ConcernsOwnPerson(const Verb& verb, const Match& match) const {
  const bool rejects = match.pattern->cameo.starts_with("12");
  if (!rejects || Coded(match.target) || UnnamedTarget(scene_, match).empty()) return false;
  const auto clause = tree_.Child(verb.at, "xcomp");
  const auto object = clause ? tree_.Child(*clause, "obj") : std::nullopt;
  if (!object) return false;
  if (tree_.Lemma(*object) == "he" || tree_.Lemma(*object) == "she") return true;
  const ActorSet own = CountryOf(match.source);
  return std::ranges::any_of(ActorsOf(scene_, *object), [&](std::uint32_t actor) {
    return scene_.actors[actor].person && std::ranges::find(own, actor) != own.end();
  });
}

/// "demanded that the government recall its envoy to Chad": who is to do it, be he one's own.
ActorSet ActFinder::AskedThat(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 2> kAsked{"02", "10"};
  const auto clause = tree_.Child(verb.at, "ccomp");
  if (!clause || verb.passive || !BeginsWithOneOf(match.pattern->cameo, kAsked)) return {};
  const auto subject = tree_.Child(*clause, "nsubj");
  const bool active = subject && tree_.Rel(*subject) == "nsubj" && !tree_.IsOwned(*subject) &&
                      tree_.Child(*clause, "obj") && !tree_.Child(*clause, "cop");
  return active ? Others(ActorsOf(scene_, *subject), match.source) : ActorSet{};
}

/// "urged its citizens to leave Chad", "ordered his minister to resign": what is asked of one's own
/// people is asked of no other side.
bool ActFinder::AsksOwnPeople(const ActTable::Trigger& trigger, const Verb* verb) const {
  if (verb == nullptr || (trigger.act != Act::kAppeal && trigger.act != Act::kDemand)) return false;
  const ActorSet own = CountryOf(Of(verb->roles.subject));
  return Coded(own) && std::ranges::any_of(verb->roles.object, [&](std::uint32_t head) {
           const auto owner = tree_.Child(head, "nmod:poss");
           if (!owner || tree_.Pos(*owner) != "PRON" || !IsOwnPeople(tree_.Lemma(head)))
             return false;
           const ActorSet whose = ActorsOf(scene_, *owner);
           return !Coded(whose) || std::ranges::all_of(whose, [&](std::uint32_t actor) {
             return std::ranges::find(own, actor) != own.end();
           });
         });
}

/// "In Lima, the foreign minister urged the parties to talk", in a text about Chad: no people of
/// where the speaker stands; "in Brussels the bloc urged all sides": nobody there.
void ActFinder::LeaveSeat(Match& match) const {
  if (match.source.empty() || match.target.empty()) return;
  const std::string& code = scene_.actors[match.source.front()].code;
  const bool body = code.starts_with("IGO");
  const auto of_seat = [&](std::uint32_t actor) {
    const Actor& other = scene_.actors[actor];
    const bool opens = other.place && other.words.begin <= scene_.words.begin + 2;
    const bool citizen = other.known == Actor::Known::kCitizen || opens;
    return body ? opens : citizen && other.code.substr(0, 3) == code.substr(0, 3);
  };
  Match without = match;
  std::erase_if(without.target, of_seat);
  if (without.target.empty() && !UnnamedTarget(scene_, without).empty()) match.target.clear();
}

/// "put a duty on Chadian sugar and threatened to stop a loan", "summoned the Chadian envoy and
/// demanded an inquiry into the death of its sailor": that is for whom the act before was done to.
/// An offer to bring others together is none to one's own country.
void ActFinder::LeaveOwn(const Verb* verb, Match& match) const {
  constexpr std::array<std::string_view, 3> kForOthers{"032", "036", "039"};
  const std::string& cameo = match.pattern->cameo;
  if (verb == nullptr || match.source.empty() || match.mutual) return;
  const ActorSet own = CountryOf(match.source);
  if (!Others(match.target, own).empty()) return;
  const auto governs = [&](std::uint32_t actor) {
    const std::string& code = scene_.actors[actor].code;
    return code.size() == 3 || HasRole(code, "GOV");
  };
  const bool offers = IsOneOf(cameo, kForOthers) && match.pattern->status != EventStatus::kPlanned;
  if (offers && std::ranges::all_of(match.source, governs) &&
      std::ranges::all_of(match.target, governs))
    match.target.clear();
  const auto act = tree_.Rel(verb->at) == "conj" ? tree_.Head(verb->at) : std::nullopt;
  const bool said = cameo.starts_with("13") || cameo.starts_with("10");
  if (!said || !act || *act > verb->at) return;
  const auto before = std::ranges::find(matches_, *act, &Match::trigger);
  if (before == matches_.end() || before->pattern->cameo < "10" || before->source != match.source)
    return;
  const ActorSet abroad = Others(before->target, own);
  if (!abroad.empty()) match.target = abroad;
}

/// Whom it is addressed to where that is not its object: the first of those told who is known.
void ActFinder::TakeNamed(std::uint32_t at, const Verb* verb, const WordList& domain,
                          Match& match) const {
  if (!Coded(match.target) && verb != nullptr) match.target = AskedThat(*verb, match);
  if (!Coded(match.target) && verb != nullptr && match.pattern->cameo.starts_with("12"))
    match.target = Others(DoersSummedUp(scene_, verb->at), CountryOf(match.source));
  if (!Coded(match.target)) match.target = Addressed(domain, match.source);
  if (!Coded(match.target) && verb == nullptr) match.target = RejectersOf(at, match.source);
  if (!Coded(match.target)) match.target = Named(domain, CountryOf(match.source));
  if (!Coded(match.target)) match.target = Named(SomebodyIn(domain), match.source);
  if (!Coded(match.target)) TakeOther(domain, match);
  if (!Coded(match.target)) TakeCitizens(domain, match);
  if (!Coded(match.target) && verb != nullptr && verb->passive)
    match.target = Others(Of(verb->roles.object), match.source);
}

void ActFinder::Sides(std::uint32_t at, const Verb* verb, const WordList& domain,
                      Match& match) const {
  match.source = verb != nullptr ? Of(verb->roles.subject) : OwnersOf(at, match);
  // "is prepared to", "is expected to": whoever stands as subject intends.
  const bool stative = match.pattern->status == EventStatus::kPlanned && verb != nullptr;
  const bool state = verb != nullptr && IsState(at) && IsAdjective(at);
  if (match.source.empty() && (stative || state)) match.source = Of(verb->roles.surface());
  if (verb != nullptr && !Coded(match.source)) TakeWriter(*verb, match);
  if (verb != nullptr) {
    TakeThreatener(*verb, match);
    TakeAsked(*verb, match);
    TakeObject(*verb, match);
  }
  TakeNamed(at, verb, domain, match);
  if (AgreeTogether(match)) match.target.clear();
  LeaveSeat(match);
  LeaveOwn(verb, match);
  SplitTogether(match);
}

/// "Peru and Chile agreed to meet", not "demanded that he leave": those joined, where nobody else
/// is named, do it with one another.
void ActFinder::SplitTogether(Match& match) const {
  const bool own = std::ranges::all_of(match.target, [&](std::uint32_t a) {
    const ActorSet set = CountryOf(match.source);
    return std::ranges::find(set, a) != set.end();
  });
  const bool together = !match.pattern->cameo.starts_with("10");
  if (own && together && match.source.size() > 1) {
    match.target.assign(match.source.begin() + 1, match.source.end());
    match.source.resize(1);
    match.mutual = true;
  }
}

/// "Peru and Chile agreed to let inspectors into Bolivia": with each other.
bool ActFinder::AgreeTogether(const Match& match) const {
  if (tree_.Lemma(match.trigger) != "agree" || match.source.size() < 2) return false;
  const std::string_view first = scene_.actors[match.source.front()].code;
  return first.size() >= 3 && std::ranges::any_of(match.source, [&](std::uint32_t actor) {
           const std::string& code = scene_.actors[actor].code;
           return code.size() >= 3 && !code.starts_with(first.substr(0, 3));
         });
}

Range ActFinder::ExtentOf(const Match& match, const WordList& domain) const {
  std::uint32_t begin = match.trigger;
  std::uint32_t end = match.trigger + 1;
  for (const std::uint32_t at : domain) end = std::max(end, at + 1);
  for (const ActorSet* side : {&match.source, &match.target}) {
    for (const std::uint32_t actor : *side) {
      begin = std::min(begin, scene_.actors[actor].words.begin);
      end = std::max(end, scene_.actors[actor].words.end);
    }
  }
  while (end > begin + 1 && view_.word(end - 1).Is(quotes::WordClass::kPunctuation)) --end;
  return {begin, end};
}

/// "wants to help": what one wants to do oneself is an intention, no appeal.
bool ActFinder::IsOwnWish(std::uint32_t at) const {
  constexpr std::array<std::string_view, 3> kWishes{"want", "wish", "seek"};
  if (!IsOneOf(tree_.Lemma(at), kWishes) || tree_.Child(at, "obj") || tree_.Child(at, "iobj"))
    return false;
  const auto own = tree_.Child(at, "xcomp");
  return own && !tree_.Child(*own, "nsubj") && !tree_.Child(*own, "aux:pass");
}

/// "insisted that he had won", "asked whether he had": no demand; "insisted that he leave" is one.
bool ActFinder::IsClaim(std::uint32_t at) const {
  constexpr std::array<std::string_view, 2> kBoth{"insist", "suggest"};
  // "insisted on visiting the town".
  const auto own = tree_.Child(at, "advcl");
  const auto on = own ? tree_.Child(*own, "mark") : std::nullopt;
  if (tree_.Lemma(at) == "insist" && on && tree_.Lemma(*on) == "on" && !tree_.Child(*own, "nsubj"))
    return true;
  const auto clause = tree_.Child(at, "ccomp");
  if (!clause) return false;
  if (tree_.Lemma(at) == "ask") {
    const auto mark = tree_.Child(*clause, "mark");
    return mark && (tree_.Lemma(*mark) == "whether" || tree_.Lemma(*mark) == "if");
  }
  const Verb* verb = VerbAt(*clause);
  // "assured him that all was well" promises nothing.
  const bool told = tree_.Child(at, "obj") || tree_.Child(at, "iobj");
  if (tree_.Lemma(at) == "assure")
    return !told || verb == nullptr || !(verb->future || verb->would);
  if (!IsOneOf(tree_.Lemma(at), kBoth)) return false;
  if (verb == nullptr) return tree_.Child(*clause, "cop").has_value();
  if (verb->must) return false;
  const auto helper = tree_.Child(*clause, "aux");
  return helper ? view_.word(*helper).form != "be"
                : view_.word(*clause).form != tree_.Lemma(*clause);
}

/// "expects Chad to free them": what others are to do is asked of them.
bool ActFinder::ExpectsOfOthers(const Verb& verb) const {
  const auto object = tree_.Child(verb.at, "obj");
  return verb.lemma == "expect" && !verb.passive && object && tree_.Child(verb.at, "xcomp") &&
         Coded(Others(ActorsOf(scene_, *object), CountryOf(Of(verb.roles.subject))));
}

/// "is not expected to sign": nobody refuses.
bool ActFinder::IsForecast(std::uint32_t at) const {
  constexpr std::array<std::string_view, 5> kForecasts{"expect", "likely", "due", "set",
                                                       "schedule"};
  return IsOneOf(tree_.Lemma(at), kForecasts);
}

/// "rejected the allegation that its ships had rammed a trawler": a denial, whatever is alleged;
/// and so is "dismissed the charge", whatever is said beside it.
bool ActFinder::IsDenial(const ActTable::Trigger& trigger, const Verb* verb) const {
  constexpr std::array<std::string_view, 7> kWords{
      "accusation", "allegation", "claim", "suggestion", "insinuation", "assertion", "charge"};
  if (trigger.act != Act::kReject || verb == nullptr) return false;
  const auto match = std::ranges::find(matches_, verb->at, &Match::trigger);
  const bool denied = match != matches_.end() && match->pattern->cameo == "016";
  return std::ranges::any_of(verb->roles.object, [&](std::uint32_t object) {
    const bool alone = denied && tree_.Child(object, "det") && tree_.Children(object).size() == 1;
    return IsOneOf(tree_.Lemma(object), kWords) &&
           (alone || tree_.Child(object, "acl") || tree_.Child(object, "ccomp"));
  });
}

/// "The growers rejected the chapter on fruit": people who reject a matter of politics, whosever it
/// is.
bool ActFinder::RejectsMatter(const Verb* verb, const Match& match) const {
  const bool rejects = match.pattern->id.starts_with("reject.");
  if (!rejects || verb == nullptr || match.source.empty()) return false;
  const Actor& who = scene_.actors[match.source.front()];
  const bool people = who.code.size() > 3;
  return std::ranges::any_of(verb->roles.object, [&](std::uint32_t object) {
    // "Chad rejected the idea": a state rejects what has been told.
    const auto determiner = tree_.Child(object, "det");
    const bool told = determiner && tree_.Lemma(*determiner) == "the" && !who.person && !who.place;
    return (people || told) && IsMatter(tree_.Lemma(object));
  });
}

/// The words below the trigger, and below what it is said to be done to.
WordList ActFinder::DomainOf(std::uint32_t at, const Verb* verb) const {
  WordList domain = tree_.Domain(at);
  for (const Verb& other : scene_.verbs) {
    if (verb == nullptr || other.at < at || !tree_.IsSpeakersAside(other.at)) continue;
    domain = Less(std::move(domain), tree_.Below(other.at));
  }
  if (verb == nullptr) {
    for (const std::uint32_t word : UtteredWith(at)) {
      if (word != at && std::ranges::find(domain, word) == domain.end()) domain.push_back(word);
    }
  }
  if (verb == nullptr || !verb->passive) return domain;
  for (const std::uint32_t head : verb->roles.object) {
    const WordList below = tree_.Below(head);
    domain.insert(domain.end(), below.begin(), below.end());
  }
  return domain;
}

/// "refused, saying Chad would go on talking": the reason given is not what is refused.
void ActFinder::LeaveReasons(const ActTable::Trigger& trigger, std::uint32_t at,
                             WordList& domain) const {
  constexpr std::array<std::string_view, 8> kSays{"say",     "add",  "argue", "insist",
                                                  "explain", "note", "warn",  "stress"};
  if (trigger.act != Act::kReject) return;
  for (const std::uint32_t child : tree_.Children(at)) {
    const bool aside = tree_.Rel(child) == "advcl" && child > at && !tree_.Child(child, "mark") &&
                       view_.word(child).form.ends_with("ing");
    if (aside && IsOneOf(tree_.Lemma(child), kSays))
      domain = Less(std::move(domain), tree_.Below(child));
  }
}

/// "renewed its call on Chad to free them", "issued a demand for": what is uttered stands at times
/// with the verb.
WordList ActFinder::UtteredWith(std::uint32_t noun) const {
  const auto head = tree_.Head(noun);
  if (!head || tree_.Rel(noun) != "obj" || !IsUttering(tree_.Lemma(*head))) return {};
  return tree_.Domain(*head);
}

/// "is not ready to talk", "would not hear of it", "has no intention of it": whose consent is
/// denied refuses.
bool ActFinder::Withholds(const ActTable::Trigger& trigger, std::uint32_t at,
                          const Verb* verb) const {
  constexpr std::array<std::string_view, 9> kConsent{"ready",    "willing",  "prepared",
                                                     "inclined", "disposed", "prepare",
                                                     "agree",    "consent",  "intend"};
  if (trigger.kind == 'd') return true;
  if (trigger.act != Act::kIntend) return false;
  if (verb != nullptr) return verb->negated && IsOneOf(tree_.Lemma(at), kConsent);
  const auto none = tree_.Child(at, "det");
  return none && tree_.Lemma(*none) == "no";
}

/// The pattern that the trigger makes of what it is about; null where it makes none.
const Pattern* ActFinder::Composed(const ActTable::Trigger& trigger, std::uint32_t at,
                                   const Verb* verb, std::string_view key) const {
  Act act = trigger.act;
  EventStatus status = trigger.status;
  // Who offers mediation would do it, who agrees to it has it done.
  constexpr std::array<std::string_view, 3> kOffers{"offer", "volunteer", "propose"};
  if (key == "mediation" && std::ranges::find(kOffers, tree_.Lemma(at)) != kOffers.end())
    key = "045";
  if (act == Act::kAppeal && IsOwnWish(at)) {
    act = Act::kIntend;
    status = EventStatus::kPlanned;
  }
  if (verb != nullptr && act == Act::kIntend && ExpectsOfOthers(*verb)) {
    act = Act::kAppeal;
    status = EventStatus::kOccurred;
  }
  if (verb != nullptr && verb->negated && trigger.kind != 'd') {
    if (act != Act::kIntend || IsForecast(at)) return nullptr;
    act = Act::kReject;
    status = EventStatus::kOccurred;
  }
  const auto none = verb == nullptr ? tree_.Child(at, "det") : std::nullopt;
  if (none && act == Act::kIntend && tree_.Lemma(*none) == "no") act = Act::kReject;
  const bool harmless = trigger.status == EventStatus::kOccurred && !trigger.strong && key < "14";
  if (act == Act::kThreaten && harmless) act = Act::kIntend;
  // "declined to criticise".
  if (act == Act::kReject && key.starts_with("11")) return nullptr;
  return acts_.Compose(act, key, status);
}

/// Whether a pattern knows by its words what is done at the trigger: "dismissed the cabinet", but
/// not "dismissed the measures as the work of a cabinet".
bool ActFinder::IsTold(std::uint32_t at) const {
  const auto match = std::ranges::find(matches_, at, &Match::trigger);
  const auto object = tree_.Child(at, "obj");
  const bool matter = object && IsMatter(tree_.Lemma(*object));
  return match != matches_.end() && match->pattern->words != nullptr && !match->target.empty() &&
         !(matter && match->pattern->cameo.starts_with("083"));
}

/// Whether a pattern reads the word as no comment: "refused to comment" rejects nothing.
bool ActFinder::IsComment(std::uint32_t at) const {
  const auto match = std::ranges::find(matches_, at, &Match::trigger);
  return match != matches_.end() && match->pattern->cameo == "011";
}

/// The verb that makes an act of its object: "renewed its call for Chad to withdraw", where the
/// clause is at times parsed as the verb's.
const Verb* ActFinder::MakingOf(std::uint32_t noun) const {
  constexpr std::array<std::string_view, 11> kMake{"make",  "renew", "repeat",   "reiterate",
                                                   "issue", "voice", "restate",  "launch",
                                                   "send",  "step",  "broadcast"};
  const auto head = tree_.Head(noun);
  const Verb* verb = head && tree_.Rel(noun) == "obj" ? VerbAt(*head) : nullptr;
  const bool makes = verb != nullptr && std::ranges::find(kMake, verb->lemma) != kMake.end();
  return makes ? verb : nullptr;
}

/// "Chad will close the port, it warned": the clause above the verb, which tells what it says will
/// be.
std::optional<std::uint32_t> ActFinder::ToldAbove(const Verb& verb) const {
  const auto above = tree_.Head(verb.at);
  // "Chad will close the port, Ruiz warned", at times parsed as a clause of circumstance.
  const bool loose = tree_.Rel(verb.at) == "advcl" && !tree_.Child(verb.at, "mark") &&
                     tree_.Child(verb.at, "nsubj");
  const bool beside = (tree_.Rel(verb.at) == "parataxis" || loose) && above && *above < verb.at;
  const Verb* told = beside ? VerbAt(*above) : nullptr;
  const bool own = tree_.Child(verb.at, "ccomp") || tree_.Child(verb.at, "xcomp");
  if (told == nullptr || own) return std::nullopt;
  const bool will = told->future || told->modal || (told->must && !Consumed(*above));
  return will ? above : std::nullopt;
}

/// The words of the clause, without those of the verb that says it.
WordList ActFinder::ClauseAbove(std::uint32_t clause, std::uint32_t verb) const {
  WordList words = tree_.Domain(clause);
  words.insert(words.begin(), clause);
  return Less(std::move(words), tree_.Below(verb));
}

/// "brushed aside a claim by Chad": what is rejected is the accusation, not to accuse.
bool ActFinder::TellsAccusation(const Verb* verb, const Content& content) const {
  return verb != nullptr && content.key.starts_with("11") &&
         std::ranges::find(verb->roles.object, content.at) != verb->roles.object.end();
}

/// What an act is about where it stands with the verb that makes the noun an act, or in the clause
/// above; `domain` becomes what was looked at there.
std::optional<ActFinder::Content> ActFinder::ContentElsewhere(std::uint32_t at, const Verb* verb,
                                                              WordList& domain) const {
  if (const Verb* over = MakingOf(at); verb == nullptr && over != nullptr) {
    domain = tree_.Domain(over->at);
    std::erase(domain, at);
    return ContentIn(MatterOf(domain));
  }
  const auto above = verb != nullptr ? ToldAbove(*verb) : std::nullopt;
  if (!above) return std::nullopt;
  domain = With(ClauseAbove(*above, at), domain);
  return ContentIn(MatterOf(domain));
}

void ActFinder::Take(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb) {
  if (IsClaim(at) || IsDenial(trigger, verb) || IsComment(at) || IsCallAt(at) || IsOwnOrder(at) ||
      AsksOwnPeople(trigger, verb) || OrdersDeed(trigger, verb))
    return;
  WordList domain = DomainOf(at, verb);
  LeaveReasons(trigger, at, domain);
  auto content = ContentIn(MatterOf(domain));
  if (!content) content = ContentElsewhere(at, verb, domain);
  if (content && trigger.act == Act::kReject && TellsAccusation(verb, *content)) content.reset();
  if (!content && !IsStrong(trigger, at, verb) && !ContentIn(domain)) return;
  if (!content && trigger.act == Act::kReject && IsTold(at)) return;
  const Pattern* pattern = Composed(trigger, at, verb, content ? content->key : "any");
  if (pattern == nullptr) return;
  Match match{.pattern = pattern, .trigger = at, .noun = verb == nullptr};
  if (verb != nullptr) match.verb = static_cast<std::uint32_t>(verb - scene_.verbs.data());
  match.settled = Withholds(trigger, at, verb);
  Sides(at, verb, domain, match);
  if (!Coded(match.source)) return;
  TakeContentTarget(content, match);
  match.at_home = verb != nullptr && ConcernsOwnPerson(*verb, match);
  if (!content && !match.at_home && !Coded(match.target) && !RejectsMatter(verb, match) &&
      UnnamedTarget(scene_, match).empty())
    return;
  match.extent = ExtentOf(match, domain);
  eaten_.push_back(at);
  const WordList matter = content ? MatterOf(domain) : domain;
  eaten_.insert(eaten_.end(), matter.begin(), matter.end());
  if (trigger.act == Act::kReject && verb != nullptr) SpareRejected(*verb, match.source);
  found_.push_back(std::move(match));
}

/// "asked Chad to see to it": whatever a side is asked to do, it is asked.
bool ActFinder::AsksToAct(const ActTable::Trigger& trigger, const Verb* verb) const {
  if (verb == nullptr || trigger.act != Act::kAppeal || verb->passive) return false;
  const auto clause = tree_.Child(verb->at, "xcomp");
  const auto mark = clause ? tree_.Child(*clause, "mark") : std::nullopt;
  if (!mark || tree_.Lemma(*mark) != "to" || tree_.Lemma(verb->at) != "ask") return false;
  const ActorSet own = CountryOf(Of(verb->roles.subject));
  return std::ranges::any_of(verb->roles.object, [&](std::uint32_t head) {
    const auto asked = scene_.ActorAt(head);
    if (!asked || std::ranges::find(own, *asked) != own.end()) return false;
    const Actor& who = scene_.actors[*asked];
    return HoldsOffice(who.code) || (who.code.size() == 3 && !who.person);
  });
}

/// "renewed its offer", "issued a threat": an act by its noun, whatever it is about.
bool ActFinder::IsUtteredAct(std::uint32_t at, const Verb* verb) const {
  constexpr std::array<std::string_view, 9> kActs{
      "offer", "demand", "ultimatum", "appeal", "pledge", "promise", "request", "plea", "threat"};
  const auto over = verb == nullptr && tree_.Rel(at) == "obj" ? tree_.Head(at) : std::nullopt;
  return over && IsUttering(tree_.Lemma(*over)) && IsOneOf(tree_.Lemma(at), kActs) &&
         tree_.TellsPast(*over);
}

/// Whether it is an event though nothing tells of what.
bool ActFinder::IsStrong(const ActTable::Trigger& trigger, std::uint32_t at,
                         const Verb* verb) const {
  return trigger.strong || AsksToAct(trigger, verb) || IsUtteredAct(at, verb);
}

/// "pledged to stand by Chad": whom the pattern knows that what is promised is for.
void ActFinder::TakeContentTarget(const std::optional<Content>& content, Match& match) const {
  if (!content || Coded(match.target) || match.mutual) return;
  const auto told = std::ranges::find(matches_, content->at, &Match::trigger);
  if (told == matches_.end() || Coded(Others(told->source, CountryOf(match.source)))) return;
  const ActorSet target = Others(told->target, CountryOf(match.source));
  if (Coded(target)) match.target = target;
}

/// "A Chadian plea for French help was turned down": whoever was asked refuses whoever asked.
void ActFinder::TakeAsked(const Verb& verb, Match& match) const {
  if (!verb.passive || !match.pattern->cameo.starts_with("12")) return;
  for (const std::uint32_t object : verb.roles.object) {
    const auto plea = std::ranges::find(found_, object, &Match::trigger);
    if (plea == found_.end() || !Coded(plea->source) || !Coded(plea->target)) continue;
    const bool asker = Others(match.source, CountryOf(plea->source)).empty();
    if (Coded(match.source) && !asker) continue;
    match.source = plea->target;
    match.target = plea->source;
  }
}

/// "brushed aside a Chadian plea": what is rejected is an act of its own where it is told whose.
void ActFinder::SpareRejected(const Verb& verb, const ActorSet& source) {
  const ActorSet own = CountryOf(source);
  for (const std::uint32_t object : verb.roles.object) {
    const bool owned = std::ranges::any_of(tree_.Children(object), [&](std::uint32_t child) {
      return IsOwner(child) && Coded(Others(ActorsOf(scene_, child), own));
    });
    if (owned) std::erase(eaten_, object);
  }
}

/// Whom an act is addressed to that is told as rejected: whoever rejects it.
ActorSet ActFinder::RejectersOf(std::uint32_t noun, const ActorSet& source) const {
  const auto head = tree_.Head(noun);
  const Verb* verb = head ? VerbAt(*head) : nullptr;
  const bool object = tree_.Rel(noun) == "obj" || tree_.Rel(noun) == "nsubj:pass";
  if (verb == nullptr || !object) return {};
  const bool rejects = std::ranges::any_of(
      acts_.Triggers(verb->lemma), [](const auto& trigger) { return trigger.act == Act::kReject; });
  return rejects ? Others(Of(verb->roles.subject), CountryOf(source)) : ActorSet{};
}

void ActFinder::TryWord(std::uint32_t at) {
  const std::string_view pos = tree_.Pos(at);
  if ((pos != "VERB" && pos != "NOUN" && pos != "ADJ") || Consumed(at)) return;
  const ActTable::Trigger* best = nullptr;
  const auto look = [&](const std::string& word, bool adjective) {
    for (const ActTable::Trigger& trigger : acts_.Triggers(word)) {
      const bool longer = best == nullptr || trigger.particle.size() > best->particle.size();
      if ((!adjective || trigger.kind == 'a') && Fits(trigger, at) && longer) best = &trigger;
    }
  };
  look(tree_.Lemma(at), false);
  if (best == nullptr && IsState(at)) look(view_.word(at).form, true);
  if (best != nullptr) Take(*best, at, VerbAt(at));
}

/// "Chad must withdraw, Niger said": a demand of the speaker, of whatever it is.
void ActFinder::TakeMust(const Verb& verb) {
  const Verb* told = verb.must ? &verb : VerbAt(*tree_.Head(verb.at));
  const Verb* saying = SayingOver(scene_, *told);
  if (saying == nullptr) return;
  WordList domain = tree_.Domain(verb.at);
  WordList matter = MatterOf(domain);
  matter.push_back(verb.at);
  const auto content = ContentIn(matter);
  const Pattern* pattern =
      acts_.Compose(Act::kDemand, content ? content->key : "any", EventStatus::kOccurred);
  Match act{.pattern = pattern, .trigger = verb.at};
  act.source = Of(saying->roles.subject);
  act.target = Others(Of(verb.roles.surface()), act.source);
  act.verb = static_cast<std::uint32_t>(saying - scene_.verbs.data());
  if (pattern == nullptr || !Coded(act.source) || !Coded(act.target)) return;
  act.extent = ExtentOf(act, domain);
  eaten_.push_back(verb.at);
  eaten_.insert(eaten_.end(), domain.begin(), domain.end());
  found_.push_back(std::move(act));
}

/// "Chad had to withdraw, Niger said", "Chad needs to": as good as "must"; not "would need to",
/// "had yet to".
bool ActFinder::IsObliged(const Verb& verb) const {
  const auto over =
      tree_.Rel(verb.at) == "xcomp" && verb.infinitive ? tree_.Head(verb.at) : std::nullopt;
  const Verb* need = over && *over < verb.at ? VerbAt(*over) : nullptr;
  if (need == nullptr || (need->lemma != "have" && need->lemma != "need")) return false;
  const bool open = need->negated || need->modal || need->future || tree_.Child(need->at, "obj");
  return !open && view_.word(*over + 1).form == "to" && SayingOver(scene_, *need) != nullptr;
}

/// "will come only if Chad pulls back", "will not talk until Chad does", "will leave unless Chad
/// does": whether the clause of the verb is what the main verb is made to depend on.
bool ActFinder::SetsCondition(const Verb& verb, const Verb& main) const {
  constexpr std::array<std::string_view, 4> kOnly{"if", "when", "once", "after"};
  constexpr std::array<std::string_view, 5> kLast{"stay", "remain", "continue", "last", "keep"};
  const auto mark = tree_.Child(verb.at, "mark");
  const bool will = main.future || main.modal;
  if (!mark || verb.negated || !will) return false;
  const std::string& form = view_.word(*mark).form;
  if (form == "unless") return true;
  if (form == "until" || form == "till")
    return main.negated || HasNoSide(scene_, main.at) || IsOneOf(main.lemma, kLast);
  const bool only = *mark > scene_.words.begin && view_.word(*mark - 1).form == "only";
  return (only || IsOnly(main.at)) && IsOneOf(form, kOnly);
}

/// "will only come if", "would only receive him in Lima".
bool ActFinder::IsOnly(std::uint32_t verb) const {
  return std::ranges::any_of(tree_.Children(verb), [&](std::uint32_t child) {
    return tree_.Rel(child) == "advmod" && child < verb && tree_.Lemma(child) == "only";
  });
}

/// "would lift the ban if Chad freed them": what is offered is the event, not in return for what.
bool ActFinder::IsInReturn(const Verb& verb, const Verb& main) const {
  const auto mark = tree_.Child(verb.at, "mark");
  const bool offers = (main.future || main.would) && !main.negated && !main.passive &&
                      Coded(Of(main.roles.subject));
  return mark && offers && (tree_.Lemma(*mark) == "if" || tree_.Lemma(*mark) == "once");
}

/// Who makes something depend on a condition: whoever is to do it, else who says so.
ActorSet ActFinder::SetterOf(const Verb& main) const {
  ActorSet doers = main.passive ? ActorSet{} : Of(main.roles.subject);
  const Verb* saying = Coded(doers) ? nullptr : SayingOver(scene_, main);
  return saying == nullptr ? doers : Of(saying->roles.subject);
}

/// Whether the clause asks for something: what is hostile is feared, not asked for ("will not shoot
/// unless Chad attacks").
bool ActFinder::IsAskedFor(const std::optional<Content>& content) {
  return !content || content->key < "09" || content->key > "3";
}

/// What is made a condition is demanded of whoever is to do it.
void ActFinder::TakeCondition(const Verb& verb) {
  const auto over = tree_.Rel(verb.at) == "advcl" ? tree_.Head(verb.at) : std::nullopt;
  const Verb* main = over ? VerbAt(*over) : nullptr;
  if (main == nullptr) return;
  if (!SetsCondition(verb, *main)) {
    if (IsInReturn(verb, *main)) eaten_.push_back(verb.at);
    return;
  }
  const WordList domain = tree_.Domain(verb.at);
  WordList matter = MatterOf(domain);
  matter.push_back(verb.at);
  const auto content = ContentIn(matter);
  Match act{.pattern = acts_.Compose(Act::kDemand, content ? content->key : "any", {}),
            .trigger = verb.at,
            .settled = true};
  act.source = SetterOf(*main);
  const ActorSet own = CountryOf(act.source);
  act.target = Others(Of(verb.roles.subject), own);
  if (!Coded(act.target) && verb.passive) act.target = Others(Of(main->roles.object), own);
  if (act.pattern == nullptr || !IsAskedFor(content) || !Coded(act.source) || !Coded(act.target))
    return;
  act.verb = static_cast<std::uint32_t>(&verb - scene_.verbs.data());
  act.extent = ExtentOf(act, domain);
  eaten_.push_back(verb.at);
  eaten_.insert(eaten_.end(), domain.begin(), domain.end());
  found_.push_back(std::move(act));
}

/// "said it would not sign"; "it could not come at a better time" refuses nothing.
bool ActFinder::IsWould(const Verb& verb) const {
  const bool told = tree_.Rel(verb.at) == "ccomp" ||
                    (verb.would && !verb.perfect && SayingOver(scene_, verb) != nullptr);
  return verb.modal && told && (!verb.negated || verb.would);
}

/// Whether nobody, or none of those named, did what the verb tells.
bool ActFinder::IsDeniedOf(const Verb& verb) const {
  constexpr std::array<std::string_view, 3> kNobody{"nobody", "none", "no-one"};
  return verb.negated || HasNoSide(scene_, verb.at) ||
         std::ranges::any_of(verb.roles.surface(), [&](std::uint32_t side) {
           return IsOneOf(tree_.Lemma(side), kNobody);
         });
}

/// The pattern of a denial.
const Pattern* ActFinder::Denial() const {
  const auto& denials = view_.patterns.Verbs("deny");
  const auto found = std::ranges::find(denials, std::string_view("016"), &Pattern::cameo);
  return found == denials.end() ? nullptr : &*found;
}

/// "Chad's army said it had not shelled the town": who tells that his own side has not done what is
/// hostile denies it.
void ActFinder::TakeDenial(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 5> kHostile{"15", "17", "18", "19", "20"};
  const bool open = verb.future || verb.modal || verb.infinitive;
  if (open || !IsDeniedOf(verb) || !BeginsWithOneOf(match.pattern->cameo, kHostile)) return;
  const Verb* saying = SayingOver(scene_, verb);
  if (saying == nullptr || saying->negated || saying->passive) return;
  const ActorSet speaker = Of(saying->roles.subject);
  const ActorSet own = CountryOf(speaker);
  const Pattern* denial = Denial();
  if (denial == nullptr || !Coded(speaker) || Coded(Others(match.source, own))) return;
  match.pattern = denial;
  match.source = speaker;
  match.target = Others(match.target, own);
  match.settled = true;
}

/// "will withdraw" tells an intention, "will not withdraw" a refusal.
void ActFinder::TakeMood(const Verb& verb, Match& match) const {
  if (!verb.future && !IsWould(verb)) return;
  // "will lift its ban": what ends is not threatened.
  const std::string_view over = match.noun ? view_.patterns.Governor(verb.lemma) : "";
  if (over == "drop" || over == "negated") return;
  const bool denied = verb.negated || HasNoSide(scene_, verb.at);
  const Act act = denied ? Act::kReject : Act::kIntend;
  const EventStatus status = denied ? EventStatus::kOccurred : EventStatus::kPlanned;
  const Pattern* pattern = acts_.Compose(act, match.pattern->cameo, status);
  if (pattern == nullptr || match.pattern->cameo.starts_with("01")) return;
  match.pattern = pattern;
  match.settled = true;
}

/// What "will" and "must" make of the patterns found.
void ActFinder::Moods() {
  for (Match& match : matches_) {
    if (!match.verb || Consumed(match.trigger)) continue;
    const Verb& verb = scene_.verbs[*match.verb];
    const bool hedged = (verb.future || verb.would) && IsOnly(verb.at);
    if (((verb.must || IsObliged(verb)) && !verb.negated) || hedged) {
      eaten_.push_back(match.trigger);
    } else {
      TakeMood(verb, match);
      TakeDenial(verb, match);
    }
  }
}

/// "Talks between Chad and Niger collapsed": what became of them is told, not the talks.
void ActFinder::LeaveWhatBecame() {
  for (const Match& match : matches_) {
    const auto head = match.noun ? tree_.Head(match.trigger) : std::nullopt;
    if (!head || !tree_.Rel(match.trigger).starts_with("nsubj")) continue;
    const auto over = std::ranges::find(matches_, *head, &Match::trigger);
    if (over == matches_.end() || over->frame == nullptr || !over->frame->pair_after) continue;
    if (over->pattern->cameo.substr(0, 2) != match.pattern->cameo.substr(0, 2))
      eaten_.push_back(match.trigger);
  }
}

}  // namespace

const std::vector<ActTable::Trigger>& ActTable::Triggers(const std::string& lemma) const {
  const auto found = triggers_.find(lemma);
  return found == triggers_.end() ? no_triggers_ : found->second;
}

const ActTable::TopicList& ActTable::Topics(const std::string& lemma) const {
  const auto found = topics_.find(lemma);
  return found == topics_.end() ? no_topics_ : found->second;
}

const Pattern* ActTable::Compose(Act act, std::string_view content, EventStatus status) const {
  for (std::string key(content); !key.empty(); key.pop_back()) {
    const auto row = rows_.find(key);
    if (row != rows_.end())
      return &(
          *row->second)[static_cast<std::size_t>(act)][status == EventStatus::kPlanned ? 1 : 0];
  }
  return nullptr;
}

const Pattern* ActTable::Answer(Act act, std::string_view asked, EventStatus status) const {
  // An offer to mediate is accepted as mediation.
  if (asked == "039" || asked == "028") return Compose(act, "mediation", status);
  const auto content = contents_.find(asked);
  if (content == contents_.end()) return nullptr;
  return Compose(act, content->second, status);
}

Result<void> ActTable::AddTopics(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("events/topics"));
  DATELINE_TRY(const tables::Column content, table->GetColumn("content"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("words"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    for (const std::string_view text : tables::Values(table->Cell(row, words))) {
      Topic topic{.parts = {}, .content = std::string(table->Cell(row, content))};
      for (const std::string_view part : base::Split(text, '+'))
        topic.parts.push_back(Alternatives(part));
      if (topic.parts.empty() || Compose(Act::kAppeal, topic.content, {}) == nullptr) {
        return Fail(ErrorCode::kMalformed, "no words, or a content that compose.tsv does not have",
                    "events/topics " + topic.content);
      }
      std::vector<std::string> firsts;
      for (const Topic::Phrase& phrase : topic.parts.front()) firsts.push_back(phrase.front());
      std::ranges::sort(firsts);
      firsts.erase(std::ranges::unique(firsts).begin(), firsts.end());
      const auto shared = std::make_shared<const Topic>(std::move(topic));
      for (const std::string& first : firsts) topics_[first].push_back(shared);
    }
  }
  return {};
}

Result<void> ActTable::AddTriggers(const tables::Tables& tables) {
  constexpr std::array<std::string_view, 5> kNames{"appeal", "intend", "demand", "reject",
                                                   "threaten"};
  DATELINE_TRY(const tables::Table* table, tables.Get("events/acts"));
  DATELINE_TRY(const tables::Column act, table->GetColumn("act"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  DATELINE_TRY(const tables::Column strong, table->GetColumn("strong"));
  DATELINE_TRY(const tables::Column status, table->GetColumn("status"));
  DATELINE_TRY(const tables::Column words, table->GetColumn("trigger"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const auto name = std::ranges::find(kNames, table->Cell(row, act));
    for (const std::string_view text : tables::Values(table->Cell(row, words))) {
      Topic::Phrase phrase = base::SplitPhrase(text);
      if (phrase.empty() || name == kNames.end()) continue;
      triggers_[phrase.front()].push_back(
          {.particle = {phrase.begin() + 1, phrase.end()},
           .act = static_cast<Act>(name - kNames.begin()),
           .kind = table->Cell(row, kind).front(),
           .strong = table->Cell(row, strong) == "1",
           .status = ParseEventStatus(table->Cell(row, status)).value_or(EventStatus::kOccurred)});
    }
  }
  return {};
}

Result<ActTable> ActTable::Load(const tables::Tables& tables) {
  constexpr std::array<const char*, 5> kColumns{"appeal", "intend", "demand", "reject", "threaten"};
  ActTable acts;
  DATELINE_TRY(const tables::Table* table, tables.Get("events/compose"));
  DATELINE_TRY(const tables::Column content, table->GetColumn("content"));
  for (std::uint32_t line = 0; line < table->row_count(); ++line) {
    auto row = std::make_shared<Row>();
    for (std::size_t act = 0; act < kColumns.size(); ++act) {
      DATELINE_TRY(const tables::Column column, table->GetColumn(kColumns[act]));
      for (std::size_t planned = 0; planned < 2; ++planned) {
        Pattern& pattern = (*row)[act][planned];
        pattern.cameo = table->Cell(line, column);
        pattern.id = std::string(kColumns[act]) + "." + std::string(table->Cell(line, content));
        if (planned == 1) pattern.status = EventStatus::kPlanned;
      }
    }
    for (const Act asked : {Act::kAppeal, Act::kIntend, Act::kDemand}) {
      acts.contents_.emplace((*row)[static_cast<std::size_t>(asked)][0].cameo,
                             table->Cell(line, content));
    }
    acts.rows_.emplace(table->Cell(line, content), std::move(row));
  }
  if (auto added = acts.AddTopics(tables); !added) return std::unexpected(added.error());
  if (auto added = acts.AddTriggers(tables); !added) return std::unexpected(added.error());
  return acts;
}

void FindActs(const StoryView& view, const Scene& scene, const ActTable& acts,
              std::vector<Match>& matches) {
  ActFinder(view, scene, acts, matches).Run();
}

}  // namespace dateline::events
