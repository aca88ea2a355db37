#include "events/answers.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <string_view>

#include "events/one_of.h"

// A verb of answer that has no object ("accepted at once"), or for its object or passive subject
// only the word for what is answered ("the invitation was accepted"), answers the latest appeal,
// offer or demand of the text, if that lies near and whoever answers was its target.

namespace dateline::events {
namespace {

std::optional<Act> AnswerOf(std::string_view lemma) {
  constexpr std::array<std::string_view, 5> kYes{"accept", "agree", "consent", "comply", "assent"};
  constexpr std::array<std::string_view, 6> kNo{"refuse", "decline", "reject",
                                                "spurn",  "rebuff",  "snub"};
  if (IsOneOf(lemma, kYes)) return Act::kIntend;
  if (IsOneOf(lemma, kNo)) return Act::kReject;
  return std::nullopt;
}

/// "said it would attend", "will send a delegation": an invitation is accepted.
bool IsComing(const Scene& scene, const Verb& verb) {
  constexpr std::array<std::string_view, 3> kCome{"attend", "come", "participate"};
  constexpr std::array<std::string_view, 6> kSent{"delegation", "delegate",   "envoy",
                                                  "minister",   "negotiator", "representative"};
  if (!verb.would && !verb.future) return false;
  if (IsOneOf(verb.lemma, kCome)) return true;
  return verb.lemma == "send" && std::ranges::any_of(verb.roles.object, [&](std::uint32_t object) {
           return IsOneOf(scene.tree.Lemma(object), kSent);
         });
}

/// Answers of several words: "said yes", "jumped at the offer", "were turned down".
std::optional<Act> AnswerOf(const StoryView& view, const Scene& scene, const Verb& verb) {
  if (const auto act = AnswerOf(verb.lemma)) return act;
  if (IsComing(scene, verb)) return Act::kIntend;
  if (verb.at + 1 >= scene.words.end) return std::nullopt;
  const std::string& next = view.word(verb.at + 1).form;
  constexpr std::array<std::string_view, 2> kSay{"say", "answer"};
  if (IsOneOf(verb.lemma, kSay) && next == "yes") return Act::kIntend;
  if (IsOneOf(verb.lemma, kSay) && next == "no") return Act::kReject;
  if ((verb.lemma == "jump" && next == "at") || (verb.lemma == "take" && next == "up"))
    return Act::kIntend;
  const bool turned = verb.lemma == "turn" && (next == "down" || next == "away");
  return turned ? std::optional(Act::kReject) : std::nullopt;
}

bool IsMatter(std::string_view lemma) {
  constexpr std::array<std::string_view, 10> kWords{"invitation", "offer",    "demand", "request",
                                                    "proposal",   "appeal",   "call",   "ultimatum",
                                                    "condition",  "mediation"};
  return IsOneOf(lemma, kWords);
}

/// Whether the verb stands alone, or with the word for what is answered; a clause or a further
/// object tells its own matter.
bool IsBare(const Scene& scene, const Verb& verb) {
  const Tree& tree = scene.tree;
  for (const Relation::Beginning rel : {Relation::Beginning("xcomp"), {"ccomp"}}) {
    const auto clause = tree.Child(verb.at, rel);
    if (!clause) continue;
    // What stands behind a semicolon is at times parsed as what is accepted.
    const auto mark = tree.Child(*clause, "punct");
    if (!mark || tree.Lemma(*mark) != ";") return false;
  }
  const auto& objects = verb.roles.object;
  if (objects.empty()) {
    return std::ranges::none_of(tree.Children(verb.at), [&](std::uint32_t child) {
      return tree.Rel(child).starts_with("obl") && scene.ActorAt(child);
    });
  }
  return std::ranges::all_of(objects, [&](std::uint32_t object) {
    const std::string_view lemma = tree.Lemma(object);
    const bool word = lemma == "yes" || lemma == "no";
    return word || (IsMatter(lemma) && !tree.Child(object, "acl"));
  });
}

bool IsOfCountry(const std::vector<EventActor>& side, const Scene& scene, const ActorSet& actors) {
  return std::ranges::any_of(actors, [&](std::uint32_t actor) {
    const std::string country = scene.actors[actor].code.substr(0, 3);
    return country.size() == 3 && std::ranges::any_of(side, [&](const EventActor& other) {
             return other.actor.starts_with(country);
           });
  });
}

/// Whether the event asks for a meeting.
bool IsInvitation(const Event& event) {
  return event.cameo == "026" || event.cameo == "028" || event.cameo == "036" ||
         event.cameo == "106";
}

ActorSet AllOf(const Scene& scene, const WordList& heads) {
  ActorSet out;
  for (const std::uint32_t head : heads) {
    const ActorSet set = ActorsOf(scene, head);
    out.insert(out.end(), set.begin(), set.end());
  }
  return out;
}

/// Whether the event asks, offers or demands something of somebody.
bool CanBeAnswered(const Event& event) {
  const std::string_view root = std::string_view(event.cameo).substr(0, 2);
  return root == "02" || root == "10" || root == "03";
}

/// The latest event that may be answered here.
const Event* Asked(const StoryView& view, const Scene& scene, const Verb& verb, const ActorSet& who,
                   const ActorSet& asker, const std::vector<Event>& before) {
  constexpr std::uint32_t kNear = 500;  ///< bytes
  const std::uint32_t here = view.word(verb.at).span.begin;
  for (const Event& event : std::views::reverse(before)) {
    if (event.trigger.begin + kNear < here) return nullptr;
    if (event.trigger.begin > here || !CanBeAnswered(event) || event.source.empty()) continue;
    if (!asker.empty() && !IsOfCountry(event.source, scene, asker)) continue;
    if (IsOfCountry(event.source, scene, who) && !IsOfCountry(event.target, scene, who)) continue;
    if (who.empty() ? !event.target.empty()
                    : event.target.empty() || IsOfCountry(event.target, scene, who))
      return &event;
  }
  return nullptr;
}

/// What the verb answers; null where it answers nothing.
const Event* AnsweredBy(const StoryView& view, const Scene& scene, const Verb& verb, Act act,
                        const ActorSet& who, const std::vector<Event>& before) {
  if (verb.negated || verb.infinitive || (who.empty() && !verb.passive)) return nullptr;
  const bool coming = IsComing(scene, verb);
  // "asked for talks and was rebuffed".
  const bool refused = verb.passive && act == Act::kReject;
  const ActorSet asker = refused ? AllOf(scene, verb.roles.object) : ActorSet{};
  if (!coming && asker.empty() && !IsBare(scene, verb)) return nullptr;
  const Event* asked = Asked(view, scene, verb, who, asker, before);
  return asked != nullptr && (!coming || IsInvitation(*asked)) ? asked : nullptr;
}

}  // namespace

std::vector<Answer> FindAnswers(const StoryView& view, const Scene& scene, const ActTable& acts,
                                const std::vector<Match>& matches,
                                const std::vector<Event>& before) {
  std::vector<Answer> answers;
  for (std::uint32_t i = 0; i < scene.verbs.size(); ++i) {
    const Verb& verb = scene.verbs[i];
    const std::optional<Act> act = AnswerOf(view, scene, verb);
    const bool taken = std::ranges::find(matches, verb.at, &Match::trigger) != matches.end();
    if (!act || taken) continue;
    const ActorSet who = AllOf(scene, verb.roles.subject);
    const Event* asked = AnsweredBy(view, scene, verb, *act, who, before);
    // "said it would accept".
    const bool reported = verb.would && scene.tree.Rel(verb.at) == "ccomp";
    const EventStatus status = reported ? EventStatus::kPlanned : EventStatus::kOccurred;
    const Pattern* pattern = asked != nullptr ? acts.Answer(*act, asked->cameo, status) : nullptr;
    if (pattern == nullptr) continue;
    answers.push_back({.match = {.pattern = pattern,
                                 .trigger = verb.at,
                                 .extent = {verb.group.begin, verb.at + 1},
                                 .source = who,
                                 .verb = i,
                                 .settled = reported},
                       .earlier = asked});
  }
  return answers;
}

}  // namespace dateline::events
