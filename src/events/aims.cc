#include "events/aims.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

#include "events/one_of.h"
#include "events/roles.h"

// The object of the verb is a noun for what was done or said: "the expulsions", "the claim", "the
// idea". The latest event of the story that such a noun can name is what is meant, and whoever did
// that is the target. Of a claim that no event tells, the latest speaker is whoever uttered it.

namespace dateline::events {
namespace {

constexpr std::uint32_t kDeedFar = 4000;  ///< bytes back to what was done
constexpr std::uint32_t kSaidNear = 700;  ///< … to what was said

std::string_view CountryIn(std::string_view code) { return code.substr(0, 3); }

/// Whether nobody is named whom the event is aimed at.
bool LeavesOpen(const Scene& scene, const Match& match) {
  return std::ranges::all_of(match.target, [&](std::uint32_t actor) {
    return scene.actors[actor].known == Actor::Known::kOther;
  });
}

/// Of a judgement, what is judged.
bool IsJudgement(std::string_view cameo) {
  constexpr std::array<std::string_view, 2> kCodes{"111", "051"};
  return BeginsWithOneOf(cameo, kCodes);
}

bool IsAccusation(std::string_view lemma) {
  constexpr std::array<std::string_view, 16> kWords{
      "accusation", "charge",  "claim",   "allegation", "suggestion", "assertion",
      "report",     "version", "account", "message",    "statement",  "remark",
      "comment",    "figure",  "toll",    "estimate"};
  return IsOneOf(lemma, kWords);
}

bool IsProposal(std::string_view lemma) {
  constexpr std::array<std::string_view, 15> kWords{
      "idea",    "proposal",   "offer",     "plan",      "suggestion", "call", "appeal",  "demand",
      "request", "invitation", "condition", "ultimatum", "initiative", "plea", "deadline"};
  return IsOneOf(lemma, kWords);
}

/// Any deed of a state: "the decision", "the move".
bool IsDecision(std::string_view lemma) {
  constexpr std::array<std::string_view, 5> kWords{"decision", "move", "step", "action", "measure"};
  return IsOneOf(lemma, kWords);
}

/// What a state does to another in peace: "rejected the sanctions".
bool IsSanction(std::string_view lemma) {
  constexpr std::array<std::string_view, 8> kWords{"sanction", "embargo", "ban",     "tariff",
                                                   "measure",  "curb",    "boycott", "restriction"};
  return IsOneOf(lemma, kWords);
}

/// Whether the phrase points back, and says not itself whose or what: "the claim", "the strikes".
bool PointsBack(const Scene& scene, std::uint32_t noun) {
  const Tree& tree = scene.tree;
  const auto determiner = tree.Child(noun, "det");
  constexpr std::array<std::string_view, 5> kPointing{"the", "this", "that", "these", "those"};
  if (!determiner || !IsOneOf(tree.Lemma(*determiner), kPointing)) return false;
  return std::ranges::none_of(tree.Children(noun), [&](std::uint32_t child) {
    const std::string_view rel = tree.Rel(child);
    return rel == "nmod:poss" || scene.ActorAt(child) || rel == "acl:relcl";
  });
}

/// "expelled two envoys, a move that": a noun beside the clause, for all that it tells.
bool SumsUp(const Scene& scene, std::uint32_t noun) {
  constexpr std::array<std::string_view, 14> kSums{
      "move",    "decision", "verdict", "step",   "ruling",    "action",   "act",
      "gesture", "measure",  "policy",  "remark", "statement", "sentence", "tactic"};
  const Tree& tree = scene.tree;
  const auto determiner = tree.Child(noun, "det");
  return tree.Rel(noun) == "appos" && determiner && tree.Lemma(*determiner) == "a" &&
         IsOneOf(tree.Lemma(noun), kSums);
}

/// Whether the doer is on the side of whoever speaks.
bool IsOwn(const EventActor& doer, const Event& event) {
  return std::ranges::any_of(event.source, [&](const EventActor& own) {
    const bool bare = doer.actor.size() == 3 || own.actor.size() == 3;
    const bool home = CountryIn(doer.actor) == CountryIn(own.actor);
    return doer.actor == own.actor || (doer.entity && doer.entity == own.entity) ||
           (bare && home && IsJudgement(event.cameo));
  });
}

/// The latest event before the word that may be meant, and that somebody else did.
template <typename Meant>
const Event* Latest(std::span<const Event> before, std::uint32_t here, std::uint32_t far,
                    const Event& event, const Meant& meant) {
  for (const Event& earlier : std::views::reverse(before)) {
    if (earlier.trigger.begin + far < here || earlier.trigger.begin >= here) continue;
    if (earlier.source.empty() || IsOwn(earlier.source.front(), event)) continue;
    if (earlier.source.front().actor.size() >= 3 && meant(earlier)) return &earlier;
  }
  return nullptr;
}

/// Whether the code is of what a state does, not says.
bool IsDeed(std::string_view cameo) {
  constexpr std::array<std::string_view, 6> kRoots{"06", "07", "08", "15", "16", "17"};
  return BeginsWithOneOf(cameo, kRoots);
}

/// Whether the noun may name what the event tells: by the patterns of the noun, or as one word with
/// its trigger ("seized", "the seizure"). Diplomats are expelled as well.
bool Names(const StoryView& view, const std::string& noun, const Event& event) {
  constexpr std::size_t kStem = 4;
  const std::string_view root = std::string_view(event.cameo).substr(0, 2);
  if ((noun == "expulsion" || IsSanction(noun)) && root == "16") return true;
  if (IsDecision(noun)) return IsDeed(event.cameo);
  if ((noun == "transfer" || noun == "handover") && root == "06") return true;
  const std::string_view word = event.trigger.of(view.story.text);
  if (noun.size() > kStem && word.starts_with(std::string_view(noun).substr(0, kStem))) return true;
  // Of violence and of refusals any kind may be meant, of other acts the one that the noun tells.
  constexpr std::array<std::string_view, 4> kWide{"12", "18", "19", "20"};
  const std::string_view code =
      std::string_view(event.cameo).substr(0, IsOneOf(root, kWide) ? 2 : 3);
  return std::ranges::any_of(view.patterns.Nouns(noun), [&](const Pattern& pattern) {
    return pattern.cameo.starts_with(code);
  });
}

/// The event that the noun names: "the expulsions" for what expelled.
const Event* DeedNamed(const StoryView& view, const std::string& noun, std::uint32_t here,
                       const Event& event, std::span<const Event> before) {
  return Latest(before, here, kDeedFar, event,
                [&](const Event& earlier) { return Names(view, noun, earlier); });
}

/// Who is told to have said something last before the word, and is not the event's source.
std::optional<EventActor> SpeakerBefore(const Story& story, std::uint32_t here,
                                        const Event& event) {
  const EventActor& own = event.source.front();
  for (const Attribution& told : std::views::reverse(story.attributions)) {
    if (told.content.front().begin >= here || !told.entity || told.source.empty()) continue;
    if (told.source.front().begin >= here) continue;
    if (told.content.front().begin + kSaidNear < here) return std::nullopt;
    const Entity& entity = story.entities[Raw(*told.entity)];
    const std::string code = entity.actor.value_or(entity.country.value_or(""));
    const bool press = HasRole(code, "MED");
    if (told.entity == own.entity || code.size() < 3 || code == own.actor || press) continue;
    return EventActor{.entity = told.entity, .actor = code, .span = told.source.front()};
  }
  return std::nullopt;
}

/// Who uttered the claim that is denied.
std::optional<EventActor> Accuser(const StoryView& view, std::uint32_t here, const Event& event,
                                  std::span<const Event> before) {
  const std::string& own = event.source.front().actor;
  const Event* accusing = Latest(before, here, kSaidNear, event, [&](const Event& earlier) {
    return earlier.cameo.starts_with("11") && SameCountry(earlier.target, own);
  });
  if (accusing != nullptr) return accusing->source.front();
  return SpeakerBefore(view.story, here, event);
}

/// The roots of what the noun may name; of what no noun names, appeals and demands.
bool MayBePut(std::string_view noun, std::string_view cameo) {
  constexpr std::array<std::string_view, 3> kOffers{"offer", "invitation", "initiative"};
  constexpr std::array<std::string_view, 4> kAny{"idea", "proposal", "plan", "suggestion"};
  const bool asks = cameo.starts_with("02") || cameo.starts_with("10");
  const bool offers = cameo.starts_with("03") || cameo.starts_with("028");
  if (IsOneOf(noun, kOffers)) return offers;
  return asks || (offers && IsOneOf(noun, kAny));
}

/// Who proposed, asked or demanded what is refused, of whoever refuses it rather than of others.
/// `noun` is empty where no noun names it: then only of whoever refuses.
std::optional<EventActor> Proponent(const Story& story, std::uint32_t here, std::string_view noun,
                                    const Event& event, std::span<const Event> before) {
  const std::string& own = event.source.front().actor;
  const auto put = [&](const Event& earlier) {
    // Who agreed to an offer made none.
    const std::string_view word = earlier.trigger.of(story.text);
    return MayBePut(noun, earlier.cameo) && !word.starts_with("agree") &&
           !word.starts_with("accept");
  };
  const Event* asking = Latest(before, here, kSaidNear, event, [&](const Event& earlier) {
    return put(earlier) && SameCountry(earlier.target, own);
  });
  if (asking == nullptr && !noun.empty()) asking = Latest(before, here, kSaidNear, event, put);
  return asking == nullptr ? std::nullopt : std::optional(asking->source.front());
}

std::optional<EventActor> TargetOf(const StoryView& view, const std::string& noun,
                                   std::uint32_t here, const Event& event,
                                   std::span<const Event> before) {
  if (IsJudgement(event.cameo)) {
    const Event* deed = DeedNamed(view, noun, here, event, before);
    return deed == nullptr ? std::nullopt : std::optional(deed->source.front());
  }
  if (IsAccusation(noun)) return Accuser(view, here, event, before);
  if (IsSanction(noun) && event.cameo.starts_with("12")) {
    const std::string_view home = CountryIn(event.source.front().actor);
    const Event* deed = Latest(before, here, kDeedFar, event, [&](const Event& earlier) {
      return CountryIn(earlier.source.front().actor) != home && Names(view, noun, earlier);
    });
    return deed == nullptr ? std::nullopt : std::optional(deed->source.front());
  }
  return IsProposal(noun) ? Proponent(view.story, here, noun, event, before) : std::nullopt;
}

/// The nouns for what is judged, denied or refused: of a rebuke that a deed drew, the deed.
const std::vector<std::uint32_t>& Nouns(const Scene& scene, const Match& match) {
  const Roles& roles = scene.verbs[*match.verb].roles;
  return match.noun ? roles.subject : roles.object;
}

/// Whether what is done or said without a word to whom may be aimed at those with whom the other
/// act is: what is hostile where that is or yields, a demand where anything is, a pact or an offer
/// where that is friendly.
bool GoesWith(std::string_view cameo, std::string_view other) {
  constexpr std::array<std::string_view, 4> kHostile{"11", "12", "13", "16"};
  constexpr std::array<std::string_view, 4> kFriendly{"03", "057", "06", "07"};
  constexpr std::array<std::string_view, 2> kAsked{"02", "10"};
  const bool quarrel = (other >= "10" || other.starts_with("08")) && !other.starts_with("14");
  if (BeginsWithOneOf(cameo, kHostile)) return quarrel;
  if (BeginsWithOneOf(cameo, kAsked)) return quarrel || BeginsWithOneOf(other, kAsked);
  return BeginsWithOneOf(cameo, kFriendly) && other >= "02" && other < "09";
}

/// The clause that clauses joined to it or told beside it hang on.
std::uint32_t ClauseOver(const Tree& tree, std::uint32_t verb) {
  constexpr std::array<std::string_view, 4> kBeside{"conj", "advcl", "parataxis", "xcomp"};
  while (const auto head = tree.Head(verb)) {
    if (!IsOneOf(tree.Rel(verb), kBeside) || *head == verb) break;
    verb = *head;
  }
  return verb;
}

/// The country of all of them; "" where they are of several, or of none that is known.
std::string_view OneCountry(const Scene& scene, const ActorSet& side) {
  std::string_view found;
  for (const std::uint32_t actor : side) {
    const std::string_view country = CountryIn(scene.actors[actor].code);
    if (country.size() < 3 || (!found.empty() && country != found)) return {};
    found = country;
  }
  return found;
}

/// Whether the sentence names a country that is neither of the two.
bool NamesThird(const Scene& scene, std::string_view one, std::string_view two) {
  return std::ranges::any_of(scene.actors, [&](const Actor& actor) {
    const std::string_view country = CountryIn(actor.code);
    return country.size() == 3 && country != one && country != two &&
           actor.known != Actor::Known::kCitizen;
  });
}

/// Whether the match is an act of one country that names nobody to whom it is done.
bool IsAimless(const Scene& scene, const Match& match) {
  return match.verb && !match.noun && match.target.empty() && !match.of_deed && !match.at_home &&
         !match.of_other && !match.mutual && !scene.verbs[*match.verb].passive &&
         !OneCountry(scene, match.source).empty();
}

/// With whom the other act is, of a match of `own`; empty where that is not between `own` and one
/// other country.
ActorSet OtherSideOf(const Scene& scene, const Match& other, std::string_view own) {
  const std::string_view source = OneCountry(scene, other.source);
  const std::string_view target = OneCountry(scene, other.target);
  if (source.empty() || target.empty() || source == target) return {};
  if (source == own) return other.target;
  return target == own ? other.source : ActorSet{};
}

/// With whom the match's country is in what is told beside it; empty where that is not one country.
ActorSet SideBeside(const Scene& scene, const std::vector<Match>& matches, const Match& match) {
  const std::string_view own = OneCountry(scene, match.source);
  const std::uint32_t clause = ClauseOver(scene.tree, match.trigger);
  ActorSet found;
  for (const Match& other : matches) {
    if (!other.verb || !GoesWith(match.pattern->cameo, other.pattern->cameo)) continue;
    if (ClauseOver(scene.tree, scene.verbs[*other.verb].at) != clause) continue;
    ActorSet side = OtherSideOf(scene, other, own);
    if (side.empty()) continue;
    if (!found.empty() && OneCountry(scene, side) != OneCountry(scene, found)) return {};
    if (found.empty()) found = std::move(side);
  }
  const bool third = !found.empty() && NamesThird(scene, own, OneCountry(scene, found));
  return third ? ActorSet{} : found;
}

/// Whom the nouns of the match point back to: "condemned the raid", "rejected the charge".
std::optional<EventActor> AimOfNouns(const StoryView& view, const Scene& scene, const Match& match,
                                     const Event& event, std::span<const Event> before) {
  const std::uint32_t here = view.word(match.trigger).span.begin;
  const std::uint32_t sentence = here - view.word(scene.words.begin).span.begin;
  const std::vector<std::uint32_t> nouns = Nouns(scene, match);
  std::optional<EventActor> target;
  for (const std::uint32_t noun : nouns) {
    if (!IsJudgement(event.cameo) || !SumsUp(scene, noun)) continue;
    const Event* told = Latest(before, here, sentence, event, [](const Event&) { return true; });
    if (told != nullptr) target = told->source.front();
  }
  for (const std::uint32_t noun : nouns) {
    if (!target && PointsBack(scene, noun))
      target = TargetOf(view, scene.tree.Lemma(noun), here, event, before);
  }
  return target;
}

/// "It demanded an apology", said right after the country fell out with another: that one.
std::optional<EventActor> SideBefore(const Scene& scene, std::uint32_t here, const Event& event,
                                     std::span<const Event> before) {
  constexpr std::uint32_t kNext = 300;
  const std::string_view own = CountryIn(event.source.front().actor);
  for (const Event& earlier : before | std::views::reverse) {
    if (earlier.trigger.begin + kNext < here || earlier.trigger.begin >= here) break;
    if (earlier.source.empty() || earlier.target.empty()) continue;
    const bool acts = CountryIn(earlier.source.front().actor) == own;
    if (!acts && CountryIn(earlier.target.front().actor) != own) continue;
    const EventActor& side = acts ? earlier.target.front() : earlier.source.front();
    const std::string_view country = CountryIn(side.actor);
    const bool fits = GoesWith(event.cameo, earlier.cameo) && country.size() == 3 &&
                      country != own && !NamesThird(scene, own, country);
    return fits ? std::optional(side) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void AimBeside(const Scene& scene, std::vector<Match>& matches) {
  for (Match& match : matches) {
    if (IsAimless(scene, match)) match.target = SideBeside(scene, matches, match);
  }
}

bool MayBeAimed(const Match& match) { return match.verb && (!match.noun || match.of_deed); }

std::optional<EventActor> AimedAt(const StoryView& view, const Scene& scene, const Match& match,
                                  const Event& event, std::span<const Event> before) {
  constexpr std::array<std::string_view, 6> kAimed{"111", "051", "016", "12", "014", "036"};
  if (!MayBeAimed(match) || event.source.empty() || !LeavesOpen(scene, match)) return std::nullopt;
  const std::uint32_t here = view.word(match.trigger).span.begin;
  const auto beside = [&] {
    const bool aimless = event.target.empty() && IsAimless(scene, match);
    return aimless ? SideBefore(scene, here, event, before) : std::nullopt;
  };
  if (!BeginsWithOneOf(event.cameo, kAimed) || event.rule.starts_with("051.endorse"))
    return beside();
  std::optional<EventActor> target = AimOfNouns(view, scene, match, event, before);
  if (!target && match.target.empty() && event.rule.starts_with("reject."))
    target = Proponent(view.story, here, {}, event, before);
  return target ? target : beside();
}

}  // namespace dateline::events
