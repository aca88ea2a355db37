#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "events/acting.h"
#include "events/calls.h"
#include "events/matters.h"
#include "events/one_of.h"

namespace dateline::events {

const Verb* ActFinder::VerbAt(std::uint32_t at) const {
  const auto found = std::ranges::lower_bound(scene_.verbs, at, {}, &Verb::at);
  return found != scene_.verbs.end() && found->at == at ? &*found : nullptr;
}

/// The words of the topic that begins at the word; 0 when it does not.
std::size_t ActFinder::TopicAt(const ActTable::Topic& topic, std::uint32_t at,
                               const WordList& domain) const {
  constexpr std::uint32_t kApart = 12;
  std::size_t total = scene_.LongestAt(topic.parts.front(), at);
  if (total == 0) return 0;
  for (std::size_t part = 1; part < topic.parts.size(); ++part) {
    std::size_t best = 0;
    for (const std::uint32_t word : domain) {
      const std::uint32_t apart = word > at ? word - at : at - word;
      if (word != at && apart <= kApart)
        best = std::max(best, scene_.LongestAt(topic.parts[part], word));
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
  const Relation rel = tree_.Rel(at);
  if (rel == "acl:relcl") return true;
  // "offered a review, a gesture dismissed by the union": what others did with it.
  if (rel == "acl" && tree_.Child(at, "obl:agent") && tree_.Rel(*tree_.Head(at)) == "appos")
    return true;
  const bool phrase = rel.starts_with("obl") || rel.starts_with("nmod");
  if (tree_.OpensClause(at)) return true;
  // "agreed to the cut in return for a loan".
  const bool back = tree_.Lemma(at) == "return" || tree_.Lemma(at) == "exchange";
  if (phrase && back && tree_.Case(at) == "in") return true;
  const auto mark = rel == "advcl" ? tree_.Child(at, "mark") : std::nullopt;
  const std::string_view joint =
      phrase ? tree_.Case(at) : (mark ? std::string_view(tree_.Lemma(*mark)) : "");
  constexpr std::array<std::string_view, 4> kAsides{"when", "while", "because", "as"};
  return IsOneOf(joint, kBeside) || (mark && tree_.TellsPast(at) && IsOneOf(joint, kAsides));
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

/// The topic that begins with the verb and goes on below it: "send+monitor".
std::optional<ActFinder::Content> ActFinder::ToldBy(const Verb& verb,
                                                    const WordList& domain) const {
  std::optional<Content> best;
  for (const auto& topic : acts_.Topics(verb.lemma)) {
    const std::size_t length = TopicAt(*topic, verb.at, domain);
    if (length > 1 && (!best || length > best->length))
      best = Content{topic->content, verb.at, length};
  }
  return best;
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

/// "no plan".
bool ActFinder::IsDeniedNoun(std::uint32_t at) const {
  const auto none = tree_.Child(at, "det");
  return none && tree_.Lemma(*none) == "no";
}

/// "no longer opposes it".
bool ActFinder::IsNoLonger(std::uint32_t at) const {
  const auto longer = tree_.Child(at, "advmod");
  return longer && tree_.Lemma(*longer) == "long" && *longer > scene_.words.begin &&
         view_.word(*longer - 1).form == "no";
}

/// What "not", "no" and "no longer" make of an act; absent where they make none of it: "will no
/// longer oppose it" gives in, "does not plan to" refuses.
std::optional<Act> ActFinder::Turned(const ActTable::Trigger& trigger, std::uint32_t at,
                                     const Verb* verb, Act act) const {
  const bool intends = act == Act::kIntend;
  if (verb == nullptr) return intends && IsDeniedNoun(at) ? Act::kReject : act;
  if (IsNoLonger(at)) {
    if (intends) return Act::kReject;
    return act == Act::kReject ? std::optional(Act::kIntend) : std::nullopt;
  }
  if (!verb->negated || trigger.kind == 'd') return act;
  return intends && !IsForecast(at) ? std::optional(Act::kReject) : std::nullopt;
}

/// The pattern that the trigger makes of what it is about; null where it makes none.
const Pattern* ActFinder::Composed(const ActTable::Trigger& trigger, std::uint32_t at,
                                   const Verb* verb, std::string_view key) const {
  Act act = trigger.act;
  EventStatus status = trigger.status;
  // Who offers mediation would do it, who agrees to it has it done.
  constexpr std::array<std::string_view, 3> kOffers{"offer", "volunteer", "propose"};
  if (key == "mediation" && IsOneOf(tree_.Lemma(at), kOffers)) key = "045";
  if (act == Act::kAppeal && IsOwnWish(at)) {
    act = Act::kIntend;
    status = EventStatus::kPlanned;
  }
  if (verb != nullptr && act == Act::kIntend && ExpectsOfOthers(*verb)) {
    act = Act::kAppeal;
    status = EventStatus::kOccurred;
  }
  const auto turned = Turned(trigger, at, verb, act);
  if (!turned) return nullptr;
  if (verb != nullptr && *turned != act) status = EventStatus::kOccurred;
  act = *turned;
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
    erase(domain, at);
    return ContentIn(MatterOf(domain));
  }
  const auto above = verb != nullptr ? ToldAbove(*verb) : std::nullopt;
  if (!above) return std::nullopt;
  domain = With(ClauseAbove(*above, at), domain);
  return ContentIn(MatterOf(domain));
}

}  // namespace dateline::events
