#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/acting.h"
#include "events/calls.h"
#include "events/circumstances.h"
#include "events/matters.h"
#include "events/one_of.h"

namespace dateline::events {

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
  // "only if the fishermen are freed": by whoever the text is about.
  const bool open = verb.passive && content && !UnnamedTarget(scene_, act).empty();
  const bool aimed = Coded(act.target) || open;
  if (act.pattern == nullptr || !IsAskedFor(content) || !Coded(act.source) || !aimed) return;
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

/// "Chad will send monitors", "is to send them": what a topic is told by, verb and object, is
/// intended, or refused, where no pattern knows the verb.
void ActFinder::TakeWill(const Verb& verb) {
  const bool hedged = IsOnly(verb.at) || tree_.Rel(verb.at) == "acl:relcl";
  const bool will = verb.future || (verb.would && IsWould(verb));
  if (!will || verb.passive || hedged || Consumed(verb.at)) return;
  const auto at_verb = [&](const Match& match) { return match.trigger == verb.at; };
  if (std::ranges::any_of(matches_, at_verb) || std::ranges::any_of(found_, at_verb)) return;
  const WordList domain = tree_.Domain(verb.at);
  const auto content = ToldBy(verb, MatterOf(domain));
  const bool denied = IsDeniedOf(verb);
  // "will fly home", "will send a delegation" if asked: whom one will meet is told by patterns.
  if (!content || (!denied && content->key.starts_with("04"))) return;
  Match match{.pattern = acts_.Compose(denied ? Act::kReject : Act::kIntend, content->key,
                                       denied ? EventStatus::kOccurred : EventStatus::kPlanned),
              .trigger = verb.at,
              .settled = true};
  if (match.pattern == nullptr) return;
  match.verb = static_cast<std::uint32_t>(&verb - scene_.verbs.data());
  Sides(verb.at, &verb, domain, match);
  // "will build a school": at home, where the text tells of nobody else.
  const bool aids = content->key.starts_with("07");
  const bool at_home = aids && !Coded(match.target) && UnnamedTarget(scene_, match).empty();
  if (!Coded(match.source) || at_home) return;
  match.extent = ExtentOf(match, domain);
  eaten_.push_back(verb.at);
  eaten_.insert(eaten_.end(), domain.begin(), domain.end());
  found_.push_back(std::move(match));
}

/// "is not expected to sign": nobody says it will.
bool ActFinder::IsUnlikely(const Verb& verb) const {
  const auto head = tree_.Rel(verb.at) == "xcomp" ? tree_.Head(verb.at) : std::nullopt;
  const Verb* over = head ? VerbAt(*head) : nullptr;
  return verb.future && over != nullptr && over->negated && IsForecast(*head);
}

/// What "will" and "must" make of the patterns found.
void ActFinder::Moods() {
  for (Match& match : matches_) {
    if (!match.verb || Consumed(match.trigger)) continue;
    const Verb& verb = scene_.verbs[*match.verb];
    const bool hedged = (verb.future || verb.would) && IsOnly(verb.at);
    const bool demanded = (verb.must || IsObliged(verb)) && !verb.negated;
    if (demanded || hedged || IsUnlikely(verb)) {
      eaten_.push_back(match.trigger);
    } else {
      TakeMood(verb, match);
      TakeDenial(verb, match);
    }
  }
}

}  // namespace dateline::events
