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
  static constexpr std::array<std::string_view, 22> kWords{
      "accusation", "charge",  "claim",    "allegation", "suggestion", "assertion",
      "report",     "version", "account",  "message",    "statement",  "remark",
      "comment",    "figure",  "toll",     "estimate",   "insult",     "criticism",
      "complaint",  "rebuke",  "reproach", "warning"};
  return IsOneOf(lemma, kWords);
}

bool IsProposal(std::string_view lemma) {
  static constexpr std::array<std::string_view, 21> kWords{
      "idea",   "proposal", "offer",   "plan",       "suggestion", "call",      "appeal",
      "demand", "request",  "plea",    "invitation", "condition",  "ultimatum", "initiative",
      "draft",  "deadline", "formula", "blueprint",  "compromise", "overture",  "treaty"};
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

/// What is put on another country and taken off again: "lifted the curbs", "reopened the border".
bool IsBar(std::string_view lemma) {
  constexpr std::array<std::string_view, 12> kWords{
      "border", "frontier", "crossing", "airspace", "blockade", "quota",
      "duty",   "siege",    "relation", "tie",      "link",     "checkpoint"};
  return IsSanction(lemma) || IsOneOf(lemma, kWords);
}

/// Whether the phrase points back, and says not itself whose or what: "the claim", "the strikes".
bool PointsBack(const Scene& scene, std::uint32_t noun) {
  const Tree& tree = scene.tree;
  const auto determiner = tree.Child(noun, "det");
  constexpr std::array<std::string_view, 5> kPointing{"the", "this", "that", "these", "those"};
  if (!determiner || !IsOneOf(tree.Lemma(*determiner), kPointing)) return false;
  return std::ranges::none_of(tree.Children(noun), [&](std::uint32_t child) {
    const Relation rel = tree.Rel(child);
    return rel == "nmod:poss" || scene.ActorAt(child) || rel == "acl:relcl";
  });
}

/// "expelled two envoys, a move that": a noun beside the clause, for all that it tells.
bool SumsUp(const Tree& tree, std::uint32_t noun) {
  static constexpr std::array<std::string_view, 36> kSums{
      "move",       "decision",  "verdict",    "step",       "ruling",     "action",
      "act",        "gesture",   "measure",    "policy",     "remark",     "sentence",
      "tactic",     "statement", "offer",      "idea",       "proposal",   "plan",
      "demand",     "call",      "suggestion", "claim",      "charge",     "accusation",
      "allegation", "threat",    "request",    "invitation", "appeal",     "ploy",
      "promise",    "pledge",    "approach",   "response",   "initiative", "gambit"};
  constexpr std::array<std::string_view, 3> kBeside{"appos", "parataxis", "conj"};
  const auto determiner = tree.Child(noun, "det");
  if (!determiner || tree.Lemma(*determiner) != "a" || !IsOneOf(tree.Lemma(noun), kSums))
    return false;
  // At times parsed as an object: "offered to sell gas, an offer that".
  const auto comma = tree.Child(noun, "punct");
  return IsOneOf(tree.Rel(noun), kBeside) || (comma && *comma < *determiner);
}

/// The word that stands for the clause before where the verb judges that: the noun, or the verb
/// itself with "which" for object or behind "in what".
std::optional<std::uint32_t> SummingUp(const Tree& tree, std::uint32_t verb) {
  const auto head = tree.Head(verb);
  if (!head) return std::nullopt;
  const Relation rel = tree.Rel(verb);
  if (rel.starts_with("acl")) return SumsUp(tree, *head) ? head : std::nullopt;
  if (rel != "advcl" && rel != "parataxis") return std::nullopt;
  const bool stands = std::ranges::any_of(tree.Children(verb), [&](std::uint32_t child) {
    if (tree.Lemma(child) == "which") return tree.Rel(child) == "obj" && child < verb;
    return tree.Lemma(child) == "what" && tree.Case(child) == "in";
  });
  return stands ? std::optional(verb) : std::nullopt;
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
bool Names(const StoryView& view, std::string_view noun, const Event& event) {
  constexpr std::size_t kStem = 4;
  const std::string_view root = std::string_view(event.cameo).substr(0, 2);
  if (noun == "expulsion") return event.cameo.starts_with("161") || event.cameo.starts_with("174");
  if (IsSanction(noun) && root == "16") return true;
  if (IsDecision(noun)) return IsDeed(event.cameo);
  if ((noun == "transfer" || noun == "handover") && root == "06") return true;
  const std::string_view word = event.trigger.of(view.story.text);
  if (noun.size() > kStem && word.starts_with(noun.substr(0, kStem))) return true;
  // Of violence and of refusals any kind may be meant, of other acts the one that the noun tells.
  constexpr std::array<std::string_view, 4> kWide{"12", "18", "19", "20"};
  const std::string_view code =
      std::string_view(event.cameo).substr(0, IsOneOf(root, kWide) ? 2 : 3);
  return std::ranges::any_of(view.patterns.Nouns(noun), [&](const Pattern& pattern) {
    return pattern.cameo.starts_with(code);
  });
}

/// The event that the noun names: "the expulsions" for what expelled.
const Event* DeedNamed(const StoryView& view, std::string_view noun, std::uint32_t here,
                       const Event& event, std::span<const Event> before) {
  return Latest(before, here, kDeedFar, event,
                [&](const Event& earlier) { return Names(view, noun, earlier); });
}

std::string CodeOf(const Entity& entity) {
  return entity.actor.value_or(entity.country.value_or(""));
}

/// Who is told to have said something last before the word, and is not the event's source; at home
/// where no table knows him ("witnesses said").
std::optional<EventActor> SpeakerBefore(const Story& story, std::uint32_t here,
                                        const Event& event) {
  const EventActor& own = event.source.front();
  for (const Attribution& told : std::views::reverse(story.attributions)) {
    if (told.content.front().begin >= here || told.source.empty()) continue;
    if (told.source.front().begin >= here) continue;
    if (told.content.front().begin + kSaidNear < here) return std::nullopt;
    const std::string code = told.entity ? CodeOf(story.entities[Raw(*told.entity)]) : "";
    const bool press = HasRole(code, "MED");
    if ((told.entity && told.entity == own.entity) || code == own.actor || press) continue;
    if (code.size() < 3 && own.actor.size() <= 3) continue;
    if (code.size() < 3)
      return EventActor{.entity = std::nullopt, .actor = own.actor.substr(0, 3), .span = own.span};
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

std::optional<EventActor> TargetOf(const StoryView& view, std::string_view noun, std::uint32_t here,
                                   const Event& event, std::span<const Event> before) {
  if (IsJudgement(event.cameo)) {
    const Event* deed = DeedNamed(view, noun, here, event, before);
    if (deed != nullptr) return deed->source.front();
    return IsProposal(noun) ? Proponent(view.story, here, noun, event, before) : std::nullopt;
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

/// What is judged by saying what it is: the subject of "it was an insult" in "said it was an
/// insult".
WordList SaidOf(const Scene& scene, std::uint32_t saying) {
  const Tree& tree = scene.tree;
  auto clause = tree.Child(saying, "ccomp");
  const auto above = tree.Head(saying);
  if (!clause && above && *above < saying && IsToldBehind(tree, saying, *above)) clause = above;
  const auto subject = clause ? tree.Child(*clause, "nsubj") : std::nullopt;
  return subject ? WordList{*subject} : WordList{};
}

/// The nouns for what is judged, denied or refused: of a rebuke that a deed drew, the deed.
WordList Nouns(const Scene& scene, const Match& match) {
  if (IsJudgedBySaying(match)) return SaidOf(scene, match.trigger);
  const Roles& roles = scene.verbs[*match.verb].roles;
  return match.noun ? roles.subject : roles.object;
}

/// "this", "that", "it": whatever was told last.
bool IsPointer(const Scene& scene, std::uint32_t word) {
  constexpr std::array<std::string_view, 3> kWords{"this", "that", "it"};
  return scene.tree.Pos(word) == "PRON" && IsOneOf(scene.tree.Lemma(word), kWords);
}

/// Whether what is done or said without a word to whom may be aimed at those with whom the other
/// act is: what is hostile where that is or yields, a demand where anything is, a pact or an offer
/// where that is friendly.
bool GoesWith(std::string_view cameo, std::string_view other) {
  constexpr std::array<std::string_view, 5> kHostile{"11", "12", "13", "15", "16"};
  constexpr std::array<std::string_view, 4> kFriendly{"03", "057", "06", "07"};
  constexpr std::array<std::string_view, 2> kAsked{"02", "10"};
  // A strike or a march is threatened at home.
  if (cameo.starts_with("133")) return false;
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
    const bool named = actor.known == Actor::Known::kNamed || actor.known == Actor::Known::kJoint;
    return named && country.size() == 3 && country != one && country != two;
  });
}

/// "Chad moved its troops to the border", "demanded that they be freed": a state does to its own
/// what is aimed at others.
bool TurnsOnItself(const Scene& scene, const Match& match) {
  constexpr std::array<std::string_view, 2> kCodes{"10", "15"};
  if (match.source.size() != 1 || !BeginsWithOneOf(match.pattern->cameo, kCodes)) return false;
  const std::string& own = scene.actors[match.source.front()].code;
  const bool pronoun = std::ranges::all_of(match.target, [&](std::uint32_t actor) {
    return scene.tree.Pos(scene.actors[actor].words.begin) == "PRON";
  });
  const bool moves = match.pattern->cameo.starts_with("15");
  const bool speaks = own.size() == 3 || (pronoun && HoldsOffice(own));
  return speaks && (moves || pronoun) && OneCountry(scene, match.target) == CountryIn(own);
}

/// Whether the match is an act of one country that names nobody to whom it is done.
bool IsAimless(const Scene& scene, const Match& match) {
  const bool open = match.target.empty() || TurnsOnItself(scene, match);
  return match.verb && !match.noun && open && !match.of_deed && !match.at_home && !match.of_other &&
         !match.mutual && !scene.verbs[*match.verb].passive &&
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

/// Whom only a state abroad holds without a word by whom: servants of a state and its plain people,
/// not those whom their own state may hold.
bool IsHeldAbroadOnly(std::string_view code) {
  constexpr std::array<std::string_view, 6> kRoles{"MIL", "COP", "GOV", "CVL", "AGR", "BUS"};
  return code.size() == 3 || std::ranges::any_of(kRoles, [&](std::string_view role) {
           return code.substr(3).starts_with(role);
         });
}

/// "Chad recalled its envoy to Niger over two Chadian policemen who were arrested", "after a
/// Chadian trader was jailed": by whoever their own state blames or breaks with in the sentence;
/// empty for none.
ActorSet CaptorsBeside(const Scene& scene, const std::vector<Match>& matches, const Match& match) {
  constexpr std::array<std::string_view, 4> kHeld{"173", "181", "172", "116"};
  constexpr std::array<std::string_view, 4> kBlame{"10", "11", "13", "16"};
  const std::string_view own = OneCountry(scene, match.target);
  if (!match.source.empty() || own.empty() || !BeginsWithOneOf(match.pattern->cameo, kHeld) ||
      !IsHeldAbroadOnly(scene.actors[match.target.front()].code))
    return {};
  for (const Match& other : matches) {
    if (!BeginsWithOneOf(other.pattern->cameo, kBlame)) continue;
    const std::string_view foe = OneCountry(scene, other.target);
    if (OneCountry(scene, other.source) != own || foe.empty() || foe == own) continue;
    if (NamesThird(scene, own, foe)) return {};
    // Not by the envoys whom it expels, but by their state.
    const auto state = std::ranges::find(scene.actors, foe, &Actor::code);
    if (state == scene.actors.end()) return other.target;
    return {static_cast<std::uint32_t>(state - scene.actors.begin())};
  }
  return {};
}

/// The subject of the sentence before, a state or its servant of another country: whatever the noun
/// calls what he did.
std::optional<EventActor> DoerBefore(const StoryView& view, const Scene& scene,
                                     const Event& event) {
  if (!scene.doer_before) return std::nullopt;
  const Actor& doer = *scene.doer_before;
  const bool state = doer.code.size() == 3 || HoldsOffice(doer.code);
  if (!state || SameCountry(event.source, CountryIn(doer.code))) return std::nullopt;
  const Span words{view.word(doer.words.begin).span.begin, view.word(doer.words.end - 1).span.end};
  return EventActor{.entity = doer.entity, .actor = doer.code, .span = words};
}

/// Whom the nouns of the match point back to: "condemned the raid", "rejected the charge".
std::optional<EventActor> AimOfNouns(const StoryView& view, const Scene& scene, const Match& match,
                                     const Event& event, std::span<const Event> before) {
  const std::uint32_t here = view.word(match.trigger).span.begin;
  const WordList nouns = Nouns(scene, match);
  std::optional<EventActor> target;
  for (const std::uint32_t noun : nouns) {
    if (target || !IsJudgedBySaying(match) || !IsPointer(scene, noun)) continue;
    const bool blames = event.cameo.starts_with("11");
    const Event* told = Latest(before, here, kSaidNear, event, [&](const Event& earlier) {
      return blames ? earlier.cameo >= "10" : earlier.cameo < "10";
    });
    if (told != nullptr) target = told->source.front();
  }
  for (const std::uint32_t noun : nouns) {
    if (target || !PointsBack(scene, noun)) continue;
    const std::string_view lemma = scene.tree.Lemma(noun);
    target = TargetOf(view, lemma, here, event, before);
    const bool put = IsProposal(lemma) && event.cameo.starts_with("12");
    const bool judged = match.of_deed && IsJudgement(event.cameo);
    if (!target && event.target.empty() && (put || judged)) target = DoerBefore(view, scene, event);
  }
  return target;
}

/// "apologised for the attack": the other country that its own people last did harm to.
std::optional<EventActor> HarmedBefore(const Event& event, std::uint32_t here,
                                       std::span<const Event> before) {
  constexpr std::array<std::string_view, 6> kHarm{"14", "15", "17", "18", "19", "20"};
  const std::string_view own = CountryIn(event.source.front().actor);
  for (const Event& earlier : before | std::views::reverse) {
    if (earlier.trigger.begin + kDeedFar < here || earlier.trigger.begin >= here) continue;
    if (!BeginsWithOneOf(earlier.cameo, kHarm) || earlier.target.empty()) continue;
    if (SameCountry(earlier.source, own) && !SameCountry(earlier.target, own))
      return earlier.target.front();
  }
  return std::nullopt;
}

/// Who put forward what the event backs or accepts: "the offer", "the idea".
std::optional<EventActor> TakenUp(const StoryView& view, const Scene& scene, const Match& match,
                                  const Event& event, std::span<const Event> before) {
  const std::uint32_t here = view.word(match.trigger).span.begin;
  for (const std::uint32_t noun : Nouns(scene, match)) {
    const std::string_view lemma = scene.tree.Lemma(noun);
    if (!IsProposal(lemma) || !PointsBack(scene, noun)) continue;
    if (auto put = Proponent(view.story, here, lemma, event, before)) return put;
  }
  return std::nullopt;
}

/// Whether the actor stands with the object of the verb, or behind a word that tells against whom:
/// "lifted the ban on Chad", but not "after talks in Chad".
bool IsAgainst(const Tree& tree, const Match& match, const Actor& actor) {
  constexpr std::array<std::string_view, 6> kAgainst{"on", "against", "for", "to", "from", "with"};
  std::uint32_t at = actor.words.begin;
  while (const auto head = tree.Head(at)) {
    if (*head == match.trigger) break;
    at = *head;
  }
  return tree.Rel(at) == "obj" || IsOneOf(tree.Case(at), kAgainst);
}

/// "lifted the curbs", "reopened its border": the other country that its own hostile act was
/// against, where no more than places are named beside.
std::optional<EventActor> BarredBefore(const Scene& scene, const Match& match, const Event& event,
                                       std::uint32_t here, std::span<const Event> before) {
  constexpr std::array<std::string_view, 4> kCodes{"081", "085", "16", "1244"};
  if (!BeginsWithOneOf(event.cameo, kCodes) || match.noun) return std::nullopt;
  const bool told = std::ranges::any_of(match.target, [&](std::uint32_t actor) {
    const Actor& other = scene.actors[actor];
    return other.known != Actor::Known::kOther && IsAgainst(scene.tree, match, other);
  });
  const bool bar = std::ranges::any_of(Nouns(scene, match), [&](std::uint32_t noun) {
    const bool back = PointsBack(scene, noun) || scene.tree.IsOwned(noun);
    return back && IsBar(scene.tree.Lemma(noun));
  });
  if (told || !bar) return std::nullopt;
  const std::string_view own = CountryIn(event.source.front().actor);
  for (const Event& earlier : before | std::views::reverse) {
    if (earlier.trigger.begin + kDeedFar < here || earlier.trigger.begin >= here) continue;
    if (!earlier.cameo.starts_with("16") || !SameCountry(earlier.source, own)) continue;
    if (earlier.target.empty() || SameCountry(earlier.target, own)) continue;
    return earlier.target.front();
  }
  return std::nullopt;
}

/// "It demanded an apology", said right after the country fell out with another: that one.
std::optional<EventActor> SideBefore(const Scene& scene, std::uint32_t here, const Event& event,
                                     std::span<const Event> before) {
  constexpr std::uint32_t kNext = 300;
  const std::string_view own = CountryIn(event.source.front().actor);
  for (const Event& earlier : before | std::views::reverse) {
    if (earlier.trigger.begin + kNext < here || earlier.trigger.begin >= here) break;
    if (earlier.source.empty()) continue;
    const bool acts = CountryIn(earlier.source.front().actor) == own;
    if (acts && earlier.target.empty()) continue;
    // "Chad moved two brigades to the border. Niger warned it would shoot."
    const bool aimless = earlier.target.empty() && earlier.cameo.starts_with("15");
    if (!acts && !aimless && !SameCountry(earlier.target, own)) continue;
    const EventActor& side = acts ? earlier.target.front() : earlier.source.front();
    const std::string_view country = CountryIn(side.actor);
    const bool fits = GoesWith(event.cameo, earlier.cameo) && country.size() == 3 &&
                      country != own && !NamesThird(scene, own, country);
    return fits ? std::optional(side) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<EventActor> HolderBefore(const Event& event, std::span<const Event> before) {
  constexpr std::array<std::string_view, 4> kTaken{"173", "181", "172", "192"};
  if (!event.cameo.starts_with("084") || !event.source.empty() || event.target.empty())
    return std::nullopt;
  const std::string_view held = CountryIn(event.target.front().actor);
  const std::uint32_t here = event.trigger.begin;
  for (const Event& earlier : before | std::views::reverse) {
    if (earlier.trigger.begin + kDeedFar < here || earlier.trigger.begin >= here) continue;
    if (!BeginsWithOneOf(earlier.cameo, kTaken) || earlier.source.empty()) continue;
    if (held.size() == 3 && SameCountry(earlier.target, held)) return earlier.source.front();
  }
  return std::nullopt;
}

ActorSet DoersSummedUp(const Scene& scene, std::uint32_t verb) {
  const Tree& tree = scene.tree;
  const auto sum = SummingUp(tree, verb);
  // What is said is said by whoever all the clauses above are told of, what is done by the nearest.
  const bool said = sum && (IsAccusation(tree.Lemma(*sum)) || IsProposal(tree.Lemma(*sum)));
  std::optional<std::uint32_t> clause;
  for (auto at = sum ? tree.Head(*sum) : sum; at && (said || !clause); at = tree.Head(*at)) {
    if (tree.Pos(*at) == "VERB") clause = at;
  }
  if (!clause) return {};
  for (const std::uint32_t subject : tree.RolesOf(*clause).subject) {
    ActorSet doers = ActorsOf(scene, subject);
    if (!doers.empty()) return doers;
  }
  return {};
}

void AimBeside(const Scene& scene, std::vector<Match>& matches) {
  for (Match& match : matches) {
    if (ActorSet captors = CaptorsBeside(scene, matches, match); !captors.empty())
      match.source = std::move(captors);
    if (!IsAimless(scene, match)) continue;
    ActorSet side = SideBeside(scene, matches, match);
    if (!side.empty()) match.target = std::move(side);
  }
}

bool MayBeAimed(const Match& match) { return match.verb && (!match.noun || match.of_deed); }

std::optional<EventActor> AimedAt(const StoryView& view, const Scene& scene, const Match& match,
                                  const Event& event, std::span<const Event> before) {
  constexpr std::array<std::string_view, 6> kAimed{"111", "051", "016", "12", "014", "036"};
  if (!MayBeAimed(match) || event.source.empty()) return std::nullopt;
  const std::uint32_t here = view.word(match.trigger).span.begin;
  if (auto barred = BarredBefore(scene, match, event, here, before)) return barred;
  const bool itself = TurnsOnItself(scene, match);
  if (!itself && !LeavesOpen(scene, match)) return std::nullopt;
  const auto beside = [&] {
    const bool aimless = (event.target.empty() || itself) && IsAimless(scene, match);
    return aimless ? SideBefore(scene, here, event, before) : std::nullopt;
  };
  if (event.cameo.starts_with("055") && event.target.empty())
    return HarmedBefore(event, here, before);
  // "accepted the offer", "backed the idea"; but "backed the government" without a word whose.
  const bool takes_up =
      event.rule.starts_with("051.endorse") || event.rule.starts_with("030.accept");
  if (takes_up) {
    const auto put = TakenUp(view, scene, match, event, before);
    return put ? put : beside();
  }
  if (!BeginsWithOneOf(event.cameo, kAimed)) return beside();
  std::optional<EventActor> target = AimOfNouns(view, scene, match, event, before);
  if (!target && match.target.empty() && !match.at_home && event.rule.starts_with("reject."))
    target = Proponent(view.story, here, {}, event, before);
  return target ? target : beside();
}

}  // namespace dateline::events
