#include "events/acts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "events/acting.h"
#include "events/calls.h"
#include "events/matters.h"
#include "events/one_of.h"
#include "events/roles.h"
#include "events/trace.h"

namespace dateline::events {

bool IsUttering(std::string_view lemma) {
  static constexpr std::array<std::string_view, 20> kUtter{
      "renew",  "repeat", "reiterate", "restate",   "issue",   "voice",  "send",
      "convey", "press",  "echo",      "launch",    "address", "signal", "express",
      "make",   "extend", "radio",     "broadcast", "raise",   "lodge"};
  return IsOneOf(lemma, kUtter);
}

void ActFinder::Run() {
  for (const Verb& verb : scene_.verbs) {
    if ((verb.must || IsObliged(verb)) && !verb.negated && !Consumed(verb.at)) TakeMust(verb);
    TakeCondition(verb);
  }
  for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
    if (!scene_.ActorAt(at)) TryWord(at);
  }
  for (const Verb& verb : scene_.verbs) TakeWill(verb);
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

void ActFinder::NoteConsumed(const Match& match) const {
  AddNote(view_, scene_,
          {.trigger = match.trigger,
           .pattern = match.pattern,
           .frame = match.frame,
           .source = &match.source,
           .target = &match.target},
          Candidate::Verdict::kRejected, "part-of-an-act");
}

/// "called on the president": a visit, where nothing is asked of him.
bool ActFinder::IsCallAt(std::uint32_t at) const {
  const bool calls = tree_.Lemma(at) == "call" && tree_.Pos(at) == "VERB";
  if (!calls || at + 1 >= scene_.words.end) return false;
  const std::string& next = view_.word(at + 1).form;
  if (next != "on" && next != "upon") return false;
  return std::ranges::none_of(tree_.Below(at), [&](std::uint32_t word) {
    const Relation rel = tree_.Rel(word);
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
  constexpr std::array<std::string_view, 16> kForces{
      "frigate", "warship",  "destroyer", "corvette", "submarine", "carrier",
      "fleet",   "flotilla", "cutter",    "warplane", "squadron",  "battalion",
      "brigade", "division", "regiment",  "vessel"};
  const auto object = tree_.Child(at, "obj");
  if (!object) return false;
  const std::string_view lemma = tree_.Lemma(*object);
  if (tree_.IsOwned(*object)) return IsOneOf(lemma, kOwn) || IsOneOf(lemma, kForces);
  // "ordered a frigate to sail": its own, where nothing says whose.
  const ActorSet own = CountryOf(Of(tree_.RolesOf(at).subject));
  const ActorSet ordered = ActorsOf(scene_, *object);
  return IsOneOf(lemma, kForces) && std::ranges::all_of(ordered, [&](std::uint32_t actor) {
           return std::ranges::find(own, actor) != own.end();
         });
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
  const PartOfSpeech pos = tree_.Pos(at);
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

/// "is not ready to talk", "would not hear of it", "has no intention of it": whose consent is
/// denied refuses.
bool ActFinder::Withholds(const ActTable::Trigger& trigger, std::uint32_t at,
                          const Verb* verb) const {
  constexpr std::array<std::string_view, 10> kConsent{"ready",    "willing", "prepared", "inclined",
                                                      "disposed", "prepare", "agree",    "consent",
                                                      "intend",   "plan"};
  if (trigger.kind == 'd') return true;
  if (trigger.act != Act::kIntend) return false;
  if (verb != nullptr) return verb->negated && IsOneOf(tree_.Lemma(at), kConsent);
  return IsDeniedNoun(at);
}

/// Whether the word is no act of speech about something, or another than the trigger's.
bool ActFinder::IsOtherAct(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb) {
  return IsClaim(at) || IsDenial(trigger, verb) || IsComment(at) || IsCallAt(at) ||
         IsOwnOrder(at) || AsksOwnPeople(trigger, verb) || OrdersDeed(trigger, verb);
}

/// What is asked or promised at home has nobody abroad for a target.
void ActFinder::TakeHome(const Verb& verb, const std::optional<Content>& content,
                         Match& match) const {
  match.at_home = ConcernsOwnPerson(verb, match) || LeavesOffice(content, match);
  if (!PromisesAtHome(verb, match)) return;
  match.at_home = true;
  match.target.clear();
}

void ActFinder::Take(const ActTable::Trigger& trigger, std::uint32_t at, const Verb* verb) {
  if (IsOtherAct(trigger, at, verb)) return;
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
  if (verb != nullptr) TakeHome(*verb, content, match);
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
    if (!asked || own.empty() || std::ranges::find(own, *asked) != own.end()) return false;
    const Actor& who = scene_.actors[*asked];
    // "telephoned Ruiz and asked him not to go": of a state by a state.
    const bool abroad = who.code.size() >= 3 && HoldsOffice(scene_.actors[own.front()].code);
    return HoldsOffice(who.code) || (who.code.size() == 3 && (!who.person || abroad));
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

/// "brushed aside a Chadian plea": what is rejected is an act of its own where it is told whose.
void ActFinder::SpareRejected(const Verb& verb, const ActorSet& source) {
  const ActorSet own = CountryOf(source);
  for (const std::uint32_t object : verb.roles.object) {
    const bool owned = std::ranges::any_of(tree_.Children(object), [&](std::uint32_t child) {
      return IsOwner(child) && Coded(Others(ActorsOf(scene_, child), own));
    });
    if (owned) erase(eaten_, object);
  }
}

void ActFinder::TryWord(std::uint32_t at) {
  const PartOfSpeech pos = tree_.Pos(at);
  if ((pos != "VERB" && pos != "NOUN" && pos != "ADJ") || Consumed(at)) return;
  const ActTable::Trigger* best = nullptr;
  const auto look = [&](std::string_view word, bool adjective) {
    for (const ActTable::Trigger& trigger : acts_.Triggers(word)) {
      const bool longer = best == nullptr || trigger.particle.size() > best->particle.size();
      if ((!adjective || trigger.kind == 'a') && Fits(trigger, at) && longer) best = &trigger;
    }
  };
  look(tree_.Lemma(at), false);
  if (best == nullptr && IsState(at)) look(view_.word(at).form, true);
  if (best != nullptr) Take(*best, at, VerbAt(at));
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

void FindActs(const StoryView& view, const Scene& scene, const ActTable& acts,
              std::vector<Match>& matches) {
  ActFinder(view, scene, acts, matches).Run();
}

}  // namespace dateline::events
