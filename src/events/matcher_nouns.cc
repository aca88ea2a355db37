#include <algorithm>
#include <array>

#include "events/matching.h"
#include "events/one_of.h"
#include "events/roles.h"

// Source and target of a noun that tells an act: "Peru's raid on Chile", "held talks with Oman".

namespace dateline::events {
namespace {

bool IsViolence(std::string_view cameo) {
  return cameo.starts_with("18") || cameo.starts_with("19") || cameo.starts_with("20");
}

}  // namespace

/// The actors that possess or modify the noun: "Peru's recent visit", "the Putin-Xi talks".
ActorSet Matcher::BeforeNoun(std::uint32_t at) const {
  WordList heads;
  for (const std::uint32_t child : tree_.Children(at)) {
    const Relation rel = tree_.Rel(child);
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

/// Whether the verb over the noun carries it out: "launched an attack"; "failed to mention the
/// attack" does not.
bool Matcher::IsDoneBy(const Match& match) const {
  static constexpr std::array<std::string_view, 26> kCarryOut{
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
    const Relation rel = tree_.Rel(*at);
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

/// "cited criticism of Chad", "shrugged off criticism of Chad": praise or blame that the subject of
/// the verb only tells of or meets with is somebody else's.
bool Matcher::IsOnlyToldOf(std::uint32_t noun, const Match& match) const {
  static constexpr std::array<std::string_view, 29> kTells{
      "cite",      "note",        "mention", "quote",     "recall", "describe",
      "discuss",   "acknowledge", "hear",    "read",      "report", "ignore",
      "reject",    "dismiss",     "deflect", "shrug",     "brush",  "weather",
      "survive",   "expect",      "fear",    "deny",      "invite", "resist",
      "withstand", "understand",  "counter", "reference", "follow"};
  constexpr std::array<std::string_view, 3> kCodes{"110", "111", "051"};
  return match.verb && tree_.Rel(noun) == "obj" && BeginsWithOneOf(match.pattern->cameo, kCodes) &&
         IsOneOf(scene_.verbs[*match.verb].lemma, kTells);
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
  if (IsNotOfSubject(at, match) || IsOnlyToldOf(at, match)) subject.clear();
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
  if (match.source.empty() && IsBrokenUp(scene_, at) && scene_.citizen_at.contains(at))
    match.source = {scene_.citizen_at.at(at)};
  if (frame.target && match.target.empty())
    match.target = Governed(domain, frame.prepositions, match.source);
  return true;
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

}  // namespace dateline::events
