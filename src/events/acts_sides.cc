#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/acting.h"
#include "events/aims.h"
#include "events/calls.h"
#include "events/matters.h"
#include "events/one_of.h"
#include "events/roles.h"

namespace dateline::events {
namespace {

/// "its citizens", "his ministers": whom a government tells what to do.
bool IsOwnPeople(std::string_view lemma) {
  static constexpr std::array<std::string_view, 28> kPeople{
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

}  // namespace

ActorSet ActFinder::Of(const WordList& heads) const {
  ActorSet out;
  for (const std::uint32_t head : heads) {
    const ActorSet set = ActorsOf(scene_, head);
    out.insert(out.end(), set.begin(), set.end());
  }
  return out;
}

ActorSet ActFinder::Others(ActorSet set, const ActorSet& source) const {
  erase_if(set, [&](std::uint32_t a) {
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
    const Relation rel = tree_.Rel(at);
    if (!rel.starts_with("obl") && !rel.starts_with("nmod")) continue;
    if (!IsOneOf(tree_.Case(at), kTo)) continue;
    ActorSet set = Others(ActorsOf(scene_, at), source);
    // "threatened to stop loans, in reply to a tariff on Chadian steel": no country addresses its
    // own. "Willing to guard Chad with its soldiers": the means.
    const bool means = tree_.Case(at) == "with";
    erase_if(set, [&](std::uint32_t actor) {
      const Actor& other = scene_.actors[actor];
      const bool state = other.code.size() == 3 && !other.person;
      const bool force = means && IsArmed(other.code) && HoldsOffice(other.code);
      return (state || force) && std::ranges::find(own, actor) != own.end();
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
        tree_.Case(at) == "according" || tree_.Case(at) == "accord")
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
  erase_if(domain, [&](std::uint32_t at) {
    const auto actor = scene_.ActorAt(at);
    const Relation rel = tree_.Rel(at);
    const bool bare = actor && scene_.actors[*actor].code.size() == 3 &&
                      (scene_.actors[*actor].place || rel == "nmod:poss" || rel == "amod");
    return bare;
  });
  return domain;
}

/// Whether what stands below a noun tells whose act it is.
bool ActFinder::IsOwner(std::uint32_t child) const {
  const Relation rel = tree_.Rel(child);
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
/// places are what a country offers, and so are "monitors" of no country.
void ActFinder::LeaveOwnForces(Match& match) const {
  constexpr std::array<std::string_view, 3> kSent{"monitor", "observer", "peacekeeper"};
  const std::string_view cameo = match.pattern->cameo;
  if (!cameo.starts_with("03") && !cameo.starts_with("122")) return;
  const ActorSet own = CountryOf(match.source);
  erase_if(match.target, [&](std::uint32_t actor) {
    const std::string& code = scene_.actors[actor].code;
    const bool force = IsArmed(code) && HoldsOffice(code);
    const std::uint32_t head = scene_.actors[actor].words.end - 1;
    if (code.starts_with("IGO") && IsOneOf(tree_.Lemma(head), kSent)) return true;
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

/// "refused to step down", "agreed to resign": who leaves an office, or stays in it, does so at
/// home.
bool ActFinder::LeavesOffice(const std::optional<Content>& content, const Match& match) const {
  constexpr std::array<std::string_view, 2> kOwn{"12", "034"};
  return content && content->key == "0831" && !Coded(match.target) &&
         BeginsWithOneOf(match.pattern->cameo, kOwn);
}

/// "The farm minister promised aid to the growers": whose office is of what a country has within
/// promises it to those at home.
bool ActFinder::PromisesAtHome(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 16> kWithin{
      "economy", "agriculture", "farm",     "health",     "education", "labour",
      "labor",   "transport",   "industry", "housing",    "energy",    "fisheries",
      "welfare", "social",      "finance",  "environment"};
  const ActorSet own = CountryOf(match.source);
  const bool abroad = std::ranges::any_of(match.target, [&](std::uint32_t actor) {
    const bool citizen = scene_.actors[actor].known == Actor::Known::kCitizen;
    return !citizen && std::ranges::find(own, actor) == own.end();
  });
  if (!match.pattern->cameo.starts_with("03") || abroad) return false;
  return std::ranges::any_of(verb.roles.subject, [&](std::uint32_t head) {
    return tree_.Lemma(head) == "minister" &&
           std::ranges::any_of(tree_.Children(head), [&](std::uint32_t child) {
             return IsOneOf(view_.word(child).form, kWithin);
           });
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
  erase_if(without.target, of_seat);
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
  const bool said =
      (cameo.starts_with("13") && !cameo.starts_with("133")) || cameo.starts_with("10");
  if (!said || !act || *act > verb->at) return;
  const auto before = std::ranges::find(matches_, *act, &Match::trigger);
  if (before == matches_.end() || before->pattern->cameo < "10" || before->source != match.source)
    return;
  const ActorSet abroad = Others(before->target, own);
  if (!abroad.empty()) match.target = abroad;
}

/// "threatened to shut the port unless Chad opened the road": whoever is to do what would avert it.
ActorSet ActFinder::MayAvert(const Verb& verb, const Match& match) const {
  constexpr std::array<std::string_view, 5> kUnless{"unless", "if", "until", "till", "should"};
  if (!match.pattern->cameo.starts_with("13")) return {};
  for (const std::uint32_t clause : tree_.Below(verb.at)) {
    const auto mark = tree_.Rel(clause) == "advcl" ? tree_.Child(clause, "mark") : std::nullopt;
    if (!mark || clause < verb.at || !IsOneOf(tree_.Lemma(*mark), kUnless)) continue;
    const Verb* done = VerbAt(clause);
    if (done == nullptr) continue;
    ActorSet doers = Others(Of(done->roles.subject), match.source);
    if (Coded(doers)) return doers;
  }
  return {};
}

/// Whom it is addressed to where that is not its object: the first of those told who is known.
void ActFinder::TakeNamed(std::uint32_t at, const Verb* verb, const WordList& domain,
                          Match& match) const {
  if (!Coded(match.target) && verb != nullptr) match.target = AskedThat(*verb, match);
  if (!Coded(match.target) && verb != nullptr && match.pattern->cameo.starts_with("12"))
    match.target = Others(DoersSummedUp(scene_, verb->at), CountryOf(match.source));
  if (!Coded(match.target)) match.target = Addressed(domain, match.source);
  if (!Coded(match.target) && verb != nullptr) match.target = MayAvert(*verb, match);
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
    match.source = {match.source.front()};
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

}  // namespace dateline::events
