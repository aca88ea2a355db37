#include <algorithm>
#include <array>

#include "events/aims.h"
#include "events/calls.h"
#include "events/matching.h"
#include "events/one_of.h"
#include "events/roles.h"

// Source and target of a verb: by the frame of the pattern, else whoever the sentence names.

namespace dateline::events {
namespace {

/// Roots of acts that stay at home unless the text names somebody else.
bool IsDomestic(std::string_view cameo) {
  constexpr std::array<std::string_view, 9> kCodes{"081", "082", "083", "091", "14",
                                                   "17",  "18",  "034", "104"};
  return BeginsWithOneOf(cameo, kCodes);
}

/// Places and vehicles where those are who are fought.
bool IsPost(std::string_view lemma) {
  static constexpr std::array<std::string_view, 39> kPosts{
      "camp",       "base",         "post",          "outpost",      "position", "hideout",
      "hide-out",   "lair",         "bastion",       "compound",     "village",  "town",
      "checkpoint", "building",     "station",       "convoy",       "barracks", "depot",
      "bunker",     "headquarters", "house",         "stronghold",   "vehicle",  "school",
      "hospital",   "market",       "farm",          "farmhouse",    "mosque",   "church",
      "district",   "suburb",       "neighbourhood", "neighborhood", "quarter",  "prison",
      "garrison",   "cave",         "palace"};
  return IsOneOf(lemma, kPosts);
}

/// The prepositions behind which the country stands that did what nobody is said to have done:
/// "arrested in Chad", "thrown out of Chad", "extradited from Chad", "summoned to the ministry";
/// "barred from Chad" as well.
std::vector<std::string> PlacesOfDoers(std::string_view cameo) {
  if (cameo.starts_with("174")) return {"from", "of", "in"};
  if (cameo.starts_with("063") || cameo == "161") return {"from"};
  if (cameo == "114") return {"to", "at"};
  constexpr std::array<std::string_view, 4> kCodes{"173", "175", "18", "19"};
  const bool fits = BeginsWithOneOf(cameo, kCodes);
  return fits ? std::vector<std::string>{"in", "at", "near", "outside", "inside"}
              : std::vector<std::string>{};
}

/// "a crowd outside the Chadian embassy": where they stand.
bool StandsOutside(const Scene& scene, std::uint32_t at) {
  constexpr std::array<std::string_view, 2> kWhere{"outside", "opposite"};
  const auto actor = scene.ActorAt(at);
  if (!actor || scene.actors[*actor].place) return false;
  const Range words = scene.actors[*actor].words;
  for (std::uint32_t word = words.begin; word < words.end; ++word) {
    const auto head = scene.tree.Head(word);
    if (IsOneOf(scene.tree.Case(word), kWhere)) return true;
    if (head && IsOneOf(scene.tree.Case(*head), kWhere)) return true;
  }
  return false;
}

/// Whether what is sent or withdrawn is the source's own; a truce moves nobody.
bool MovesOwn(std::string_view cameo) {
  const bool withdraws = cameo.starts_with("087") && cameo != "0871";
  return cameo == "074" || withdraws || cameo.starts_with("15");
}

/// "was closeted with the premier": nobody else has shut them in.
bool IsShutIn(const Verb& verb) {
  constexpr std::array<std::string_view, 4> kShut{"closet", "closeted", "ensconce", "holed"};
  return verb.passive && IsOneOf(verb.lemma, kShut);
}

}  // namespace

bool IsUttered(std::string_view cameo) {
  constexpr std::array<std::string_view, 5> kCodes{"02", "10", "11", "12", "13"};
  return BeginsWithOneOf(cameo, kCodes);
}

bool IsBlame(std::string_view cameo) {
  constexpr std::array<std::string_view, 3> kCodes{"110", "111", "112"};
  return BeginsWithOneOf(cameo, kCodes);
}

bool IsLocative(std::string_view preposition) {
  return preposition == "in" || preposition == "at" || preposition == "near";
}

bool IsOnly(const std::vector<std::string>& words, std::string_view word) {
  return words.size() == 1 && words.front() == word;
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
  erase_if(set, [&](std::uint32_t actor) { return SameAs(actor, others); });
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
    erase_if(out, [&](std::uint32_t actor) { return !known(actor); });
  return out;
}

/// Whether a clause, or more than two phrases, lie between the word and the domain's trigger: not
/// with whom one talks, but where he was born of whom one talks.
bool Matcher::IsFarBelow(std::uint32_t at, const WordList& domain) const {
  for (int up = 0; up < 3; ++up) {
    const auto head = tree_.Head(at);
    if (!head || std::ranges::find(domain, *head) == domain.end()) return false;
    const Relation rel = tree_.Rel(*head);
    if (rel.starts_with("acl") || rel == "ccomp" || rel == "advcl") return true;
    at = *head;
  }
  return true;
}

ActorSet Matcher::Governed(const WordList& domain, const std::vector<std::string>& prepositions,
                           const ActorSet& not_these) const {
  ActorSet fallback;
  bool only_scene = false;
  for (const std::uint32_t at : domain) {
    const Relation rel = tree_.Rel(at);
    if (!rel.starts_with("obl") && !rel.starts_with("nmod")) continue;
    if (std::ranges::find(prepositions, tree_.Case(at)) == prepositions.end()) continue;
    if (IsFarBelow(at, domain)) continue;
    ActorSet set = Without(ActorsOf(scene_, at), not_these);
    const ActorSet abroad = Foreign(set, not_these);
    // "In Lima, people rallied outside the Chilean embassy".
    const bool scene = tree_.OpensClause(at) && AreLands(set);
    if (!scene && !abroad.empty() && !scene_.actors[abroad.front()].code.empty()) return set;
    const bool better =
        fallback.empty() || scene_.actors[fallback.front()].code.empty() || (only_scene && !scene);
    if (!better || set.empty()) continue;
    fallback = std::move(set);
    only_scene = scene;
  }
  return fallback;
}

/// Actors of another country than the first of `source`.
ActorSet Matcher::Foreign(ActorSet set, const ActorSet& source) const {
  if (source.empty()) return set;
  const std::string country = scene_.actors[source.front()].code.substr(0, 3);
  erase_if(set, [&](std::uint32_t a) { return scene_.actors[a].code.starts_with(country); });
  return set;
}

/// Whoever is named in the domain; a place only when nobody else is.
ActorSet Matcher::AnyIn(const WordList& domain, const ActorSet& not_these) const {
  ActorSet place;
  for (const std::uint32_t at : domain) {
    const auto actor = scene_.ActorAt(at);
    if (!actor || scene_.actors[*actor].code.empty() || SameAs(*actor, not_these)) continue;
    const Relation rel = tree_.Rel(at);
    // "according to Chad".
    const std::string_view joint = tree_.Case(at);
    if (rel == "obl:tmod" || joint == "by" || joint == "according" || joint == "accord") continue;
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

/// Whose a thing is by where it comes from or who sent it: "shells fired from Chad", "a bomb
/// planted by rebels".
ActorSet Matcher::OriginOf(const WordList& heads) const {
  // "blamed on rebels by Chad" tells no origin.
  constexpr std::array<std::string_view, 8> kJudge{"blame",     "condemn",   "denounce", "claim",
                                                   "criticise", "criticize", "describe", "call"};
  for (const std::uint32_t head : heads) {
    for (const std::uint32_t child : tree_.Children(head)) {
      if (tree_.Rel(child) != "acl" || IsOneOf(tree_.Lemma(child), kJudge)) continue;
      ActorSet set = Governed(tree_.Domain(child), {"by", "from"}, {});
      if (!set.empty()) return set;
    }
  }
  return {};
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
  if (at == scene_.words.begin) return false;
  const std::string& before = view_.word(at - 1).form;
  if (form == "another") return before == "one";
  if (form != "other") return false;
  if (before == "each") return true;
  const auto verb = tree_.Head(at);
  const auto each = verb ? tree_.Child(*verb, "nsubj") : std::nullopt;
  return before == "the" && each && tree_.Lemma(*each) == "each";
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

/// The domain without what went before: "was freed after mediation by Oman".
WordList Matcher::WithoutAfter(WordList domain) const {
  WordList before;
  for (const std::uint32_t at : domain) {
    const std::string_view joint = tree_.Rel(at).starts_with("obl") ? tree_.Case(at) : "";
    if (joint != "after" && joint != "before" && joint != "despite" && joint != "since") continue;
    const WordList below = tree_.Below(at);
    before.insert(before.end(), below.begin(), below.end());
  }
  return Less(std::move(domain), before);
}

/// "In a White House statement, Ruiz condemned it", "hours after Chad's premier spoke, protests
/// broke out": the domain without the phrases before the subject that tell when and where; with
/// `places`, but for the places in them.
WordList Matcher::WithoutOpening(const Verb& verb, WordList domain, bool places) const {
  constexpr std::array<std::string_view, 9> kScenes{
      "in", "at", "after", "before", "during", "since", "with", "following", "amid"};
  const WordList& subject = verb.roles.surface();
  const std::uint32_t begin = subject.empty() ? 0 : std::min(subject.front(), verb.at);
  for (const std::uint32_t phrase : tree_.Children(verb.at)) {
    const bool opens = phrase < begin && tree_.Rel(phrase).starts_with("obl");
    if (!opens || !IsOneOf(tree_.Case(phrase), kScenes)) continue;
    const WordList below = tree_.Below(phrase);
    // "In Lima, Ana Ruiz, the minister, spoke", parsed as one phrase.
    if (std::ranges::find(below, subject.front()) != below.end()) continue;
    for (const std::uint32_t at : below) {
      const auto actor = scene_.ActorAt(at);
      if (!places || !actor || !scene_.actors[*actor].place) erase(domain, at);
    }
  }
  return domain;
}

/// Whether all are places or countries by their names alone.
bool Matcher::AreLands(const ActorSet& side) const {
  return !side.empty() && std::ranges::all_of(side, [&](std::uint32_t a) {
    const Actor& actor = scene_.actors[a];
    return actor.place || (actor.code.size() == 3 && !actor.person && !actor.body);
  });
}

/// "Troops stormed a hideout": a place where those are who are fought.
bool Matcher::ActsOnPost(const Verb& verb) const {
  return std::ranges::any_of(verb.roles.object,
                             [&](std::uint32_t head) { return IsPost(tree_.Lemma(head)); });
}

/// "killed two Chadian soldiers in Niger", "were arrested in Oman on charges of spying", "ambushed
/// a Chadian convoy in Niger": whoever it is done to, not where.
void Matcher::TakeVictims(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 3> kForce{"17", "18", "19"};
  const bool place = AreLands(match.target);
  if (!place || !BeginsWithOneOf(match.pattern->cameo, kForce)) return;
  // "fired two artillery shells at the town" does nothing to the artillery.
  WordList people = verb.roles.object;
  erase_if(people, [&](std::uint32_t head) {
    const bool name = scene_.ActorAt(head) && tree_.Pos(head) == "PROPN";
    return !name && !IsPost(tree_.Lemma(head)) && !view_.people.contains(tree_.Lemma(head));
  });
  ActorSet victims = Without(Of(people), match.source);
  const bool post = ActsOnPost(verb);
  erase_if(victims, [&](std::uint32_t a) {
    const Actor& actor = scene_.actors[a];
    // Of "a Chadian base in Niger" the adjective tells whose; of "an army base" nothing does.
    const bool told = actor.code.size() == 3 || actor.code.starts_with("IGO");
    const Relation rel = tree_.Rel(actor.words.begin);
    const bool owner = told && (rel == "amod" || rel == "compound" || rel == "nmod:poss");
    return post || actor.place ? !owner : false;
  });
  if (IsCoded(victims)) {
    match.target = std::move(victims);
  } else if (match.pattern->cameo.starts_with("17")) {
    // "shut Chadian-owned shops in Kuru": of what is at home, whose it is.
    const ActorSet owners = Foreign(Of(verb.roles.object), match.source);
    const bool home = Foreign(match.target, match.source).empty();
    if (home && IsCoded(owners) && AreLands(owners)) match.target = owners;
  }
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

/// The verb by which somebody is said to do what the noun names: "launched an attack", "claimed
/// responsibility for a raid".
std::optional<std::uint32_t> Matcher::DoingOf(std::uint32_t deed) const {
  constexpr std::array<std::string_view, 12> kDo{"carry",   "launch", "stage", "mount",
                                                 "plant",   "commit", "fire",  "detonate",
                                                 "conduct", "drop",   "lay",   "claim"};
  const auto over = tree_.Head(deed);
  if (!over) return std::nullopt;
  if (tree_.Rel(deed) == "obj" && IsOneOf(tree_.Lemma(*over), kDo)) return over;
  const bool claimed = tree_.Lemma(*over) == "responsibility" && tree_.Rel(*over) == "obj";
  return claimed && tree_.Case(deed) == "for" ? tree_.Head(*over) : std::nullopt;
}

/// "launched a raid that killed nine", "a raid staged by Chad killed nine": what is done by a raid
/// or a bomb is done by whoever is said beside it to send it.
ActorSet Matcher::SendersOf(const WordList& deeds) const {
  static constexpr std::array<std::string_view, 20> kDeeds{
      "raid",   "strike", "airstrike", "attack",    "shelling",    "bombing", "assault",
      "ambush", "blast",  "incursion", "offensive", "bombardment", "bomb",    "explosion",
      "mine",   "rocket", "missile",   "operation", "shooting",    "device"};
  for (const std::uint32_t deed : deeds) {
    if (!IsOneOf(tree_.Lemma(deed), kDeeds)) continue;
    ActorSet senders = OriginOf({deed});
    const auto doing = senders.empty() ? DoingOf(deed) : std::nullopt;
    if (doing) senders = Of(tree_.RolesOf(*doing).subject);
    if (IsCoded(senders)) return senders;
  }
  return {};
}

/// "The embassy bombings in Chad killed ten": of an attack that kills, whoever it is said to be by
/// or of, not where or on whom it was.
ActorSet Matcher::DoersOfAttack(std::uint32_t attack) const {
  ActorSet doers = BeforeNoun(attack);
  erase_if(doers, [&](std::uint32_t actor) {
    const std::string_view last = tree_.Lemma(scene_.actors[actor].words.end - 1);
    return scene_.actors[actor].place || last == "embassy" || last == "consulate";
  });
  return doers.empty() ? Governed(tree_.Domain(attack), {"by"}, {}) : doers;
}

/// "was criticized by some of his rivals": somebody is told to do it of whom nothing is known.
bool Matcher::IsBySomebodyUnknown(const Verb& verb, const Match& match) const {
  if (!verb.passive || !match.source.empty() || !IsBlame(match.pattern->cameo)) return false;
  return std::ranges::any_of(tree_.Children(verb.at), [&](std::uint32_t child) {
    const PartOfSpeech pos = tree_.Pos(child);
    return tree_.Rel(child).starts_with("obl") && tree_.Case(child) == "by" && !IsTime(child) &&
           (pos == "NOUN" || pos == "PROPN" || pos == "PRON" || pos == "DET");
  });
}

/// Who does what the verb tells: its subject, or whose the thing is that does it.
ActorSet Matcher::DoersOf(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                          const Match& match) const {
  constexpr std::array<std::string_view, 7> kAttacks{"bombing", "blast",    "explosion", "attack",
                                                     "raid",    "shelling", "airstrike"};
  const WordList& subject = verb.roles.subject;
  const bool attack = subject.size() == 1 && IsOneOf(tree_.Lemma(subject.front()), kAttacks);
  ActorSet doers = attack ? DoersOfAttack(subject.front()) : Of(subject);
  if (verb.passive && doers.empty()) doers = Governed(WithoutAfter(domain), {"by"}, {});
  if (doers.empty() && IsShutIn(verb)) doers = Of(verb.roles.object);
  if (doers.empty()) doers = OtherSide(verb.roles.subject);
  // "a ship chartered by the agency brought flour".
  const bool aid = match.pattern->cameo.starts_with("07");
  if (doers.empty() && (frame.words_before || aid)) doers = OriginOf(verb.roles.surface());
  constexpr std::array<std::string_view, 2> kForce{"18", "19"};
  if (!IsCoded(doers) && BeginsWithOneOf(match.pattern->cameo, kForce) && !verb.passive) {
    if (ActorSet senders = SendersOf(verb.roles.subject); !senders.empty()) doers = senders;
  }
  return doers;
}

/// "took Chad's part": whose the object is stands behind "of" or before it.
ActorSet Matcher::OwnerOfWord(const Verb& verb, const Match& match) const {
  for (const std::uint32_t object : verb.roles.object) {
    const auto owner = tree_.Child(object, "nmod:poss");
    if (!owner || WordsIn(*match.pattern, {object}) == 0) continue;
    ActorSet set = Foreign(Without(Of({*owner}), match.source), match.source);
    if (IsCoded(set)) return set;
  }
  return {};
}

/// The target behind the frame's prepositions, or whom it is done to where that is a place only;
/// not whoever presses for it: "withdrew under pressure from Chad".
void Matcher::TakeGoverned(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                           Match& match) const {
  if (frame.target) {
    WordList near = domain;
    erase_if(near, [&](std::uint32_t at) { return WatchesOver(scene_, at); });
    match.target = Governed(near, frame.prepositions, match.source);
  }
  if (match.target.empty() && frame.words && IsOnly(frame.prepositions, "of"))
    match.target = OwnerOfWord(verb, match);
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
    erase_if(objects, [&](std::uint32_t head) { return tree_.IsOwned(head); });
    match.target = Without(Of(objects.empty() ? verb.roles.object : objects), match.source);
    return true;
  }
  TakeGoverned(verb, frame, domain, match);
  // "talks brokered by Chad".
  const bool brokered = match.pattern->cameo == "045" && !match.source.empty();
  return !verb.passive || frame.words || brokered || IsShutIn(verb) ||
         match.pattern->cameo == kAnyAct;
}

/// The target that a noun points to: "rejected the accusation", "backed its neighbour".
void Matcher::TakeOther(const WordList& domain, Match& match) const {
  if (!match.target.empty() || match.source.empty()) return;
  // "denied Chadian claims" is about Chad.
  if (match.pattern->cameo.starts_with("016")) {
    WordList about = domain;
    erase_if(about, [&](std::uint32_t at) { return tree_.Rel(at) != "obj"; });
    match.target = Foreign(Without(Of(about), match.source), match.source);
    if (!match.target.empty()) return;
  }
  for (const std::uint32_t at : domain) {
    const auto found = scene_.others_at.find(at);
    if (found == scene_.others_at.end()) continue;
    // "lambasted her and asked for the envoy to be expelled": of another act.
    const bool guest = IsEnvoy(tree_.Lemma(at)) && !tree_.IsOwned(at);
    if (guest && tree_.Head(at) != match.trigger) continue;
    const ActorSet abroad = Foreign(found->second, match.source);
    if (!abroad.empty()) match.target = {abroad.front()};
    return;
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

/// "Chad declares an emergency, Niger offers troops": whether a clause with a subject of its own
/// lies between.
bool Matcher::IsInOtherClause(std::uint32_t at, std::uint32_t verb) const {
  for (std::optional<std::uint32_t> up = at; up && *up != verb; up = tree_.Head(*up)) {
    if (tree_.Pos(*up) == "VERB" && tree_.Child(*up, "nsubj")) return true;
  }
  return false;
}

/// "complained that Chad had lied", "renewed its charge that Chad had lied": whether the word is
/// the subject of what the verb tells.
bool Matcher::IsToldOf(std::uint32_t at, std::uint32_t verb) const {
  const Relation rel = tree_.Rel(at);
  // "said Chad's decision was an insult".
  const bool owner =
      rel == "nmod:poss" || rel == "amod" || (rel == "nmod" && tree_.Case(at) == "of");
  if (owner && tree_.Head(at)) at = *tree_.Head(at);
  const auto clause = tree_.Head(at);
  if (!clause || !tree_.Rel(at).starts_with("nsubj")) return false;
  // "told reporters that Chad had lied", where the clause hangs on the reporters.
  const bool whole = tree_.Rel(*clause) == "acl:relcl" && tree_.Child(*clause, "mark");
  if (tree_.Rel(*clause) != "ccomp" && tree_.Rel(*clause) != "acl" && !whole) return false;
  const auto over = tree_.Head(*clause);
  const bool object = over && (tree_.Rel(*over) == "obj" || (whole && tree_.Rel(*over) == "iobj"));
  const bool charge = object && tree_.Head(*over) == verb;
  return charge || (over == verb && tree_.Rel(*clause) == "ccomp");
}

/// Whether a name of the domain tells of something else than whom the act is for: where it stands,
/// or what is told below.
bool Matcher::LiesAside(std::uint32_t at, const Verb& verb, std::string_view cameo) const {
  const bool force = cameo.starts_with("18") || cameo.starts_with("19");
  const bool said = IsUttered(cameo) || cameo.starts_with("01");
  return (cameo.starts_with("172") && IsInOtherClause(at, verb.at)) ||
         (force && IsInRelative(at, verb.at)) || (said && SetsScene(scene_, at)) ||
         (IsDomestic(cameo) && StandsOutside(scene_, at)) || WatchesOver(scene_, at);
}

/// The words of the domain where a side may be named that no preposition of the frame leads to: not
/// below a clause where strangers are acted on or somebody is praised or blamed, nor in which land
/// it was that somebody was praised or blamed.
WordList Matcher::NamedNear(const Verb& verb, WordList domain, std::string_view cameo) const {
  const bool strangers = ActsOnStrangers(verb);
  constexpr std::array<std::string_view, 5> kOfWords{"11", "012", "013", "016", "019"};
  const bool words = (cameo.starts_with("05") && cameo < "055") || BeginsWithOneOf(cameo, kOfWords);
  // "denied that it had sent troops to Chad": against whom is told in what is denied.
  const bool denial = cameo.starts_with("016") && tree_.Rel(verb.at) != "acl:relcl";
  const WordList whole = domain;
  erase_if(domain, [&](std::uint32_t at) {
    const auto actor = scene_.ActorAt(at);
    if (!actor || LiesAside(at, verb, cameo)) return true;
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
  // "Chad denied that its troops had crossed the border": not to its own.
  const bool denial = cameo.starts_with("016") && AreLands(match.source);
  if (match.target.empty() && !denial) match.target = AnyIn(domain, match.source);
  if (match.target.empty() && !IsDomestic(cameo)) match.target = PatronOf(match.source);
  const bool meets = cameo.starts_with("04") && cameo != "045";
  const bool together = meets || cameo == "057" || cameo.starts_with("06");
  if (match.target.empty() && together && match.source.size() > 1) SplitPair(match.source, match);
  // "was signed in the presence of the presidents of Chad and Niger".
  const auto before = std::ranges::find_if(domain, [&](std::uint32_t at) {
    const auto over = tree_.Head(at);
    return over && tree_.Lemma(*over) == "presence" && tree_.Case(at) == "of";
  });
  if (cameo == "057" && match.source.empty() && before != domain.end())
    SplitPair(ActorsOf(scene_, *before), match);
}

/// "summoned the Chadian envoy and demanded an inquiry", "recalled its envoy to Chad and choked off
/// trade": what is said right behind an act, or broken off behind a hostile one, is meant for
/// whom the act was done to.
void Matcher::TakeTargetBefore(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 4> kSaid{"02", "10", "11", "13"};
  const bool said = BeginsWithOneOf(match.pattern->cameo, kSaid);
  // "shut Chadian shops and deported four men": of home are none who are sent out of it.
  const bool breaks =
      match.pattern->cameo.starts_with("16") || match.pattern->cameo.starts_with("174");
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

/// "freed ten rebels, a step that Chad hailed": whoever did that.
void Matcher::TakeSummedUp(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 4> kJudges{"05", "11", "12", "016"};
  if (!match.target.empty() || match.source.empty()) return;
  if (!BeginsWithOneOf(match.pattern->cameo, kJudges)) return;
  ActorSet doers = Foreign(DoersSummedUp(scene_, verb.at), match.source);
  if (IsCoded(doers)) match.target = std::move(doers);
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
  const auto over = tree_.Head(verb.at);
  if (!verb.infinitive || !over) return;
  if (!IsCalling(tree_.Lemma(*over)) && tree_.Lemma(*over) != "call") return;
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
  erase_if(without.target, [&](auto a) { return HasRole(scene_.actors[a].code, "JUD"); });
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

/// "A suicide bomber killed 12 people in Chad": an attack by whoever it was.
bool Matcher::IsByStrangers(const Verb& verb, std::string_view cameo) const {
  static constexpr std::array<std::string_view, 17> kWords{
      "bomber", "attacker", "assailant", "kidnapper", "sniper",  "hijacker",
      "bandit", "raider",   "robber",    "pirate",    "bomb",    "blast",
      "mine",   "grenade",  "device",    "explosion", "landmine"};
  if (!cameo.starts_with("18") && !cameo.starts_with("190")) return false;
  return std::ranges::any_of(verb.roles.subject, [&](std::uint32_t head) {
    return std::ranges::find(kWords, tree_.Lemma(head)) != kWords.end();
  });
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

/// "Chadian aid to Niger was cut", "Chad's ban on cattle from Niger has been lifted": whose the
/// thing is, and for whom.
void Matcher::TakeOwnerOfThing(const Verb& verb, Match& match) const {
  constexpr std::array<std::string_view, 3> kCodes{"07", "08", "16"};
  if (!match.source.empty() || !BeginsWithOneOf(match.pattern->cameo, kCodes)) return;
  for (const std::uint32_t thing : verb.roles.object) {
    const ActorSet owners = scene_.ActorAt(thing) ? ActorSet{} : OwnersOf(thing);
    if (!IsCoded(owners)) continue;
    ActorSet others =
        Foreign(Governed(tree_.Below(thing), {"to", "for", "on", "from"}, owners), owners);
    if (!IsCoded(others)) continue;
    match.source = owners;
    match.target = std::move(others);
    return;
  }
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
  constexpr std::array<std::string_view, 4> kBar{"bar", "ban", "exclude", "debar"};
  const std::vector<std::string> prepositions = IsOneOf(verb.lemma, kBar)
                                                    ? std::vector<std::string>{"from"}
                                                    : PlacesOfDoers(match.pattern->cameo);
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

/// "marched on City Hall", "were deployed at a plant in Kuru", "a blockade of the Old Bridge":
/// whatever that is, it is at home.
void Matcher::LeaveUnknownAtHome(Match& match) const {
  constexpr std::array<std::string_view, 2> kAtHome{"14", "15"};
  if (match.source.empty() || !BeginsWithOneOf(match.pattern->cameo, kAtHome)) return;
  erase_if(match.target, [&](auto actor) { return scene_.actors[actor].code.empty(); });
}

/// Whether the actor is what the source moves of its own forces: "sent two frigates".
bool Matcher::IsOwnForce(std::uint32_t actor, const Match& match) const {
  if (match.source.empty()) return false;
  const std::string country = scene_.actors[match.source.front()].code.substr(0, 3);
  const Actor& force = scene_.actors[actor];
  // "gave its army tanks".
  const bool moved =
      match.pattern->cameo.starts_with("15") || WordsIn(*match.pattern, {force.words.end - 1}) > 0;
  return country.size() == 3 && force.code.starts_with(country) && HasRole(force.code, "MIL") &&
         moved;
}

/// "sent two frigates to the area": what a country moves of its own forces is no side.
void Matcher::LeaveOwnForces(Match& match) const {
  constexpr std::array<std::string_view, 2> kMoves{"072", "15"};
  if (!BeginsWithOneOf(match.pattern->cameo, kMoves)) return;
  erase_if(match.target, [&](std::uint32_t actor) { return IsOwnForce(actor, match); });
}

/// "sent two frigates to the area": a country's own forces, sent to nobody, are no aid.
bool Matcher::SendsOwnForces(const Verb& verb, const Match& match) const {
  const ActorSet sent = Of(verb.roles.object);
  return match.target.empty() && match.pattern->cameo.starts_with("072") &&
         std::ranges::any_of(sent, [&](std::uint32_t actor) { return IsOwnForce(actor, match); });
}

/// Sides that the frame names no place for.
void Matcher::TakeFurtherSides(const Verb& verb, const PatternFrame& frame, const WordList& domain,
                               Match& match) const {
  TakeSummoned(verb, match);
  TakePlaceLeft(domain, match);
  TakeOther(domain, match);
  TakeTargetBefore(verb, match);
  TakeSummedUp(verb, match);
  TakeThankful(verb, match);
  if (IsOfOneCountry(match)) match.target = match.source;
  TakeCalled(verb, match);
  if (LeavesTargetOpen(frame, match)) {
    WordList wide = verb.passive ? With(domain, SubjectZone(verb)) : domain;
    // Whoever stands below the doer is none to whom it is done: "burnt by a crowd from Chad".
    for (const std::uint32_t head : verb.roles.subject) {
      for (const std::uint32_t at : tree_.Below(head)) erase(wide, at);
    }
    // "resigned after talks with Chad".
    if (match.pattern->cameo.starts_with("083")) wide = WithoutAfter(std::move(wide));
    if (match.pattern->cameo.starts_with("14") || match.pattern->cameo.starts_with("051"))
      wide = WithoutOpening(verb, std::move(wide), true);
    FallBack(NamedNear(verb, std::move(wide), match.pattern->cameo), match);
  }
  if (verb.passive) TakeOwnerOfThing(verb, match);
  if (verb.passive) TakePlaceAsSource(verb, domain, match);
  if (verb.passive) TakeSpeaker(verb, match);
  TakeSpeakersMen(verb, match);
  LeaveJudges(match);
  TakeCrowd(verb, match);
  TakeCitizens(verb, match);
  TakeHeld(verb, match);
  LeaveUnknownAtHome(match);
  LeaveOwnForces(match);
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

}  // namespace dateline::events
