#include "events/circumstances.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "events/calls.h"
#include "events/one_of.h"

namespace dateline::events {
namespace {

using enum quotes::WordClass;

Span SpanOf(const StoryView& view, Range range) {
  return {view.word(range.begin).span.begin, view.word(range.end - 1).span.end};
}

bool IsBeForm(std::string_view form) {
  return form == "is" || form == "are" || form == "was" || form == "were" || form == "be" ||
         form == "been" || form == "'re";
}

/// The name under which the table may know the word with its particle or in the passive: "call
/// off", "be said"; empty when it has neither.
std::string LongNameOf(const StoryView& view, const Scene& scene, std::uint32_t at) {
  for (const std::uint32_t child : scene.tree.Children(at)) {
    if (scene.tree.Rel(child) == "compound:prt")
      return view.lemmas.VerbLemma(view.word(at).form) + " " + view.word(child).form;
    if (scene.tree.Rel(child) == "aux:pass") return "be " + view.word(at).form;
  }
  return {};
}

/// "planned" …; "drop" for what is no event of its own; empty when the word governs nothing.
std::string_view GovernorAt(const StoryView& view, const Scene& scene, std::uint32_t at) {
  const std::string_view named = view.patterns.Governor(LongNameOf(view, scene, at));
  if (!named.empty()) return named;
  const std::string& form = view.word(at).form;
  const std::string_view verb = view.patterns.Governor(view.lemmas.VerbLemma(form));
  return verb.empty() ? view.patterns.Governor(view.lemmas.NounLemma(form)) : verb;
}

/// A word over the trigger and what it makes of it.
struct Governing {
  std::string_view name;
  std::uint32_t at = 0;
};

/// The word over the trigger in the tree that gives it a status: "plans to visit", "refused talks".
Governing GovernorOf(const StoryView& view, const Scene& scene, std::uint32_t trigger) {
  std::uint32_t at = trigger;
  for (int up = 0; up < 3; ++up) {
    const Relation rel = scene.tree.Rel(at);
    const auto head = scene.tree.Head(at);
    if (!head || rel.starts_with("nsubj") || rel == "parataxis" || rel == "acl:relcl") break;
    if (scene.tree.OpensClause(at) || scene.tree.TellsWhatWas(at)) break;
    if (rel != "conj") {
      const std::string_view found = GovernorAt(view, scene, *head);
      if (!found.empty()) return {found, *head};
    }
    at = *head;
    if (scene.tree.Pos(at) == "VERB" && rel != "conj") break;
  }
  return {};
}

/// The adjective or adverb below the trigger that gives it a status: "a planned visit", "nearly
/// signed".
Governing ModifierOf(const StoryView& view, const Scene& scene, std::uint32_t trigger) {
  for (const std::uint32_t child : scene.tree.Children(trigger)) {
    const Relation rel = scene.tree.Rel(child);
    if (rel != "amod" && rel != "advmod" && rel != "det" && rel != "compound") continue;
    const std::string_view found = view.patterns.Modifier(view.word(child).form);
    if (!found.empty()) return {found, child};
  }
  return {};
}

Standing StandingNamed(const StoryView& view, const Governing& governing) {
  Standing standing{.status = std::nullopt, .reason = "governed"};
  standing.word = view.word(governing.at).form;
  if (governing.name != "drop")
    standing.status = ParseEventStatus(governing.name).value_or(EventStatus::kOccurred);
  return standing;
}

/// "provided that", "in case", "on condition that", at the last word.
bool EndsCondition(const StoryView& view, const Scene& scene, std::uint32_t at) {
  if (at <= scene.words.begin) return false;
  const std::string& form = view.word(at).form;
  const std::string& before = view.word(at - 1).form;
  if (form == "case") return before == "in";
  return form == "that" && (before == "provided" || before == "condition" || before == "event");
}

/// What a condition makes of the clause that begins at `begin`.
std::optional<EventStatus> ConditionBefore(const StoryView& view, const Scene& scene,
                                           std::uint32_t begin) {
  for (std::uint32_t at = begin; at > scene.words.begin && begin - at < 10; --at) {
    const std::string& form = view.word(at - 1).form;
    if (form == "if" || form == "unless" || EndsCondition(view, scene, at - 1))
      return EventStatus::kConditional;
    if (form == "whether" || form == "would" || form == "could") return EventStatus::kHypothetical;
    if (form == "," || form == ";" || form == "that" || form == "but") return std::nullopt;
  }
  return std::nullopt;
}

/// Whether a clause with "if" or "unless" hangs on the verb: "would sign if Chad withdrew".
bool HangsOnCondition(const StoryView& view, const Scene& scene, std::uint32_t verb) {
  return std::ranges::any_of(scene.tree.Children(verb), [&](std::uint32_t child) {
    if (scene.tree.Rel(child) != "advcl") return false;
    const auto mark = scene.tree.Child(child, "mark");
    return mark && (view.word(*mark).form == "if" || view.word(*mark).form == "unless");
  });
}

/// "is to visit", "was to be signed".
bool IsToBe(const StoryView& view, const Scene& scene, const Verb& verb) {
  const std::uint32_t begin = verb.group.begin;
  if (begin + 1 < scene.words.end && IsBeForm(view.word(begin).form) &&
      view.word(begin + 1).form == "to")
    return true;
  return begin > scene.words.begin && view.word(begin).form == "to" &&
         IsBeForm(view.word(begin - 1).form);
}

/// "without meeting".
bool IsWithout(const StoryView& view, const Scene& scene, std::uint32_t verb) {
  const auto mark = scene.tree.Child(verb, "mark");
  return mark && view.word(*mark).form == "without";
}

/// What a clause with "that" is told as: "denied that", "reports that", "feared that".
Governing TellingOf(const StoryView& view, const Scene& scene, std::uint32_t verb) {
  const Relation rel = scene.tree.Rel(verb);
  if (rel != "ccomp" && rel != "acl" && rel != "acl:relcl") return {};
  const bool content = rel == "ccomp" || scene.tree.Child(verb, "mark").has_value();
  const Governing governing = content ? GovernorOf(view, scene, verb) : Governing{};
  const bool tells = governing.name == "denied" || governing.name == "claimed" ||
                     governing.name == "hypothetical" || governing.name == "negated";
  return tells ? governing : Governing{};
}

/// "They do not want to think that we blame them", "I hope that he says we were right": what is
/// only wished, or denied, to be thought or said makes hypothetical what is thought or said there.
bool IsSaidInThought(const StoryView& view, const Scene& scene, std::uint32_t verb) {
  constexpr std::array<std::string_view, 7> kThinks{"think",   "believe", "imagine", "suppose",
                                                    "pretend", "feel",    "say"};
  const auto over = scene.tree.Head(verb);
  if (!over || scene.tree.Rel(verb) != "ccomp" || !IsOneOf(scene.tree.Lemma(*over), kThinks))
    return false;
  const auto thinks = std::ranges::find(scene.verbs, *over, &Verb::at);
  if (thinks == scene.verbs.end()) return false;
  return (thinks->negated && thinks->lemma != "say") ||
         GovernorOf(view, scene, *over).name == "hypothetical";
}

/// "Say Chad demanded a toll": what a sentence opens by asking to suppose.
bool IsSupposed(const Scene& scene, std::uint32_t verb) {
  constexpr std::array<std::string_view, 6> kSuppose{"say",    "suppose", "imagine",
                                                     "assume", "picture", "pretend"};
  const std::uint32_t first = scene.words.begin;
  const Tree& tree = scene.tree;
  return tree.Rel(verb) == "ccomp" && tree.Head(verb) == first && tree.Rel(first) == "root" &&
         IsOneOf(tree.Lemma(first), kSuppose) && !tree.Child(first, "nsubj");
}

/// "went on to charge him".
bool IsGoneOnTo(const StoryView& view, const Scene& scene, std::uint32_t verb) {
  const auto over = scene.tree.Head(verb);
  return over && scene.tree.Lemma(*over) == "go" && *over + 2 < verb &&
         view.word(*over + 1).form == "on" && view.word(*over + 2).form == "to";
}

/// "sent an envoy to urge", "used a speech to condemn": whether the verb's object carries what is
/// said.
bool CarriesWord(const Tree& tree, std::uint32_t verb) {
  constexpr std::array<std::string_view, 12> kSent{"envoy",    "emissary", "letter",     "message",
                                                   "note",     "minister", "delegation", "telegram",
                                                   "diplomat", "mission",  "ambassador", "cable"};
  constexpr std::array<std::string_view, 12> kUsed{"speech", "address", "visit",     "interview",
                                                   "rally",  "sermon",  "broadcast", "platform",
                                                   "summit", "debate",  "floor",     "stage"};
  const auto object = tree.Child(verb, "obj");
  if (!object) return false;
  const std::string_view lemma = tree.Lemma(verb);
  if (lemma == "send" || lemma == "dispatch") return IsOneOf(tree.Lemma(*object), kSent);
  return (lemma == "use" || lemma == "take") && IsOneOf(tree.Lemma(*object), kUsed);
}

/// "telephoned the premier to thank him", "wrote to Chad to protest": what is said to whoever is
/// called is said.
bool IsSaidInCall(const Scene& scene, std::uint32_t verb) {
  static constexpr std::array<std::string_view, 24> kSays{
      "thank",   "congratulate", "protest",   "complain", "offer",   "condemn",
      "warn",    "urge",         "demand",    "ask",      "press",   "appeal",
      "request", "plead",        "reject",    "accuse",   "call",    "denounce",
      "blame",   "criticise",    "criticize", "praise",   "propose", "invite"};
  const Tree& tree = scene.tree;
  const Relation rel = tree.Rel(verb);
  auto over = tree.Head(verb);
  // The infinitive is at times parsed below the object: "used a speech to condemn".
  const bool below = rel == "acl" && over && tree.Rel(*over) == "obj";
  if (below) over = tree.Head(*over);
  if (!over || *over > verb || !(below || rel == "advcl" || rel == "xcomp")) return false;
  const bool calls = IsCalling(tree.Lemma(*over)) || CarriesWord(tree, *over);
  return calls && tree.TellsPast(*over) && IsOneOf(tree.Lemma(verb), kSays);
}

/// "became the first leader to visit Chad", "was the latest to sign": whoever is first did it.
bool IsFirstTo(const Scene& scene, std::uint32_t verb) {
  constexpr std::array<std::string_view, 8> kOrder{"first", "second", "third", "fourth",
                                                   "last",  "latest", "late",  "only"};
  const Tree& tree = scene.tree;
  auto noun = tree.Head(verb);
  // The infinitive is at times parsed beside the noun.
  if (noun && tree.Rel(verb) == "xcomp") noun = tree.Child(*noun, "xcomp");
  if (!noun || *noun >= verb || (noun == tree.Head(verb) && !tree.Rel(verb).starts_with("acl")))
    return false;
  const bool first = IsOneOf(tree.Lemma(*noun), kOrder) ||
                     std::ranges::any_of(tree.Children(*noun), [&](std::uint32_t child) {
                       return child < *noun && IsOneOf(tree.Lemma(child), kOrder);
                     });
  const auto become = tree.Head(*noun);
  const bool became = become && tree.Lemma(*become) == "become" && tree.TellsPast(*become);
  const auto be = tree.Child(*noun, "cop");
  const bool was = be && tree.Feature(*be, "VerbForm=Fin") && !tree.Child(*noun, "aux");
  return first && (became || was);
}

Standing VerbStanding(const StoryView& view, const Scene& scene, const Verb& verb,
                      EventStatus base);

/// What is still to come, or only may: "will force", "could help", "is to send".
bool IsAhead(const std::optional<EventStatus>& status) {
  using enum EventStatus;
  return status == kPlanned || status == kHypothetical || status == kConditional;
}

/// The verb at the word, where what it tells has not happened yet; what it says of that.
std::optional<EventStatus> AheadAt(const StoryView& view, const Scene& scene, std::uint32_t at) {
  const auto over = std::ranges::find(scene.verbs, at, &Verb::at);
  if (over == scene.verbs.end()) return std::nullopt;
  const Standing standing = VerbStanding(view, scene, *over, EventStatus::kOccurred);
  return IsAhead(standing.status) ? standing.status : std::nullopt;
}

/// Whether the sentence as a whole is told in the past.
bool IsToldInPast(const Tree& tree, std::uint32_t at) {
  constexpr int kDeepest = 12;
  for (int up = 0; up < kDeepest; ++up) {
    const auto head = tree.Head(at);
    if (!head) break;
    at = *head;
  }
  return !tree.Head(at) && tree.TellsPast(at);
}

/// "Norway will lift its ban once Chad frees them", "meant to hold out until Chad leaves", "hinted
/// that he would speak after Chad votes": the present in a clause of time below what is to come.
std::optional<EventStatus> StandingInTime(const Scene& scene, const Verb& verb) {
  constexpr std::array<std::string_view, 3> kUntil{"until", "till", "once"};
  constexpr std::array<std::string_view, 2> kOrder{"before", "after"};
  const Tree& tree = scene.tree;
  const auto head = tree.Rel(verb.at) == "advcl" ? tree.Head(verb.at) : std::nullopt;
  auto mark = tree.Child(verb.at, "mark");
  if (!mark) mark = tree.Child(verb.at, "advmod");
  const std::uint32_t tensed = tree.Child(verb.at, "aux").value_or(verb.at);
  const bool present = tree.Feature(tensed, "Tense=Pres") && tree.Feature(tensed, "VerbForm=Fin");
  if (!head || !mark || !present) return std::nullopt;
  const bool until = IsOneOf(tree.Lemma(*mark), kUntil);
  const bool order = until || IsOneOf(tree.Lemma(*mark), kOrder);
  if (!order && tree.Lemma(*mark) != "when") return std::nullopt;
  const auto over = std::ranges::find(scene.verbs, *head, &Verb::at);
  const bool ahead =
      over != scene.verbs.end() && (over->future || over->modal || over->infinitive || over->must);
  if (!ahead && !(order && IsToldInPast(tree, verb.at))) return std::nullopt;
  return until ? EventStatus::kConditional : EventStatus::kPlanned;
}

Standing InfinitiveStanding(const StoryView& view, const Scene& scene, const Verb& verb) {
  if (IsToBe(view, scene, verb) || scene.tree.IsPlanOfHeadline(verb.at)) {
    // "If Chad were to shell the port".
    const auto condition = ConditionBefore(view, scene, verb.group.begin);
    return {.status = condition == EventStatus::kConditional ? condition : EventStatus::kPlanned};
  }
  if (IsFirstTo(scene, verb.at)) return {.status = EventStatus::kOccurred};
  const Governing governing = GovernorOf(view, scene, verb.at);
  if (governing.name.empty() && (IsGoneOnTo(view, scene, verb.at) || IsSaidInCall(scene, verb.at)))
    return {.status = EventStatus::kOccurred};
  if (governing.name.empty()) return {.status = std::nullopt, .reason = "infinitive"};
  // "imposed sanctions to force him to resign": he was to be forced.
  const auto over = std::ranges::find(scene.verbs, governing.at, &Verb::at);
  if (governing.name == "occurred" && over != scene.verbs.end() && over->infinitive &&
      over->at != verb.at)
    return InfinitiveStanding(view, scene, *over);
  // "The law will force him to resign": he has not.
  if (governing.name == "occurred" && view.word(governing.at).form != "said") {
    if (const auto ahead = AheadAt(view, scene, governing.at)) return {.status = ahead};
  }
  return StandingNamed(view, governing);
}

/// "Had the bridge held, Halvik would have sent lorries to the camp": it did not hold, nor did he.
bool IsCounterfactual(const Scene& scene, const Verb& verb) {
  const Tree& tree = scene.tree;
  const Relation rel = tree.Rel(verb.at);
  if (verb.would && verb.perfect && rel != "ccomp" && !rel.starts_with("acl")) return true;
  const auto subject = tree.Child(verb.at, "nsubj");
  const auto helper = tree.Child(verb.at, "aux");
  // Not "rarely had Chad".
  const auto adverb = tree.Child(verb.at, "advmod");
  const bool turned = verb.past_perfect && subject && helper && *helper < *subject &&
                      !(adverb && *adverb < *helper);
  return turned && tree.Lemma(scene.words.end - 1) != "?";
}

/// "will help by sending troops", "would rule alone, jailing his rivals": as the verb it goes with,
/// if that is still to come; "after accusing Chad" tells what was, and "has tried to win, accusing
/// his rival" what he did to win.
std::optional<EventStatus> StandingWith(const StoryView& view, const Scene& scene, const Verb& verb,
                                        std::uint32_t head) {
  constexpr std::array<std::string_view, 5> kMeans{"by", "in", "on", "through", "via"};
  const auto mark = scene.tree.Child(verb.at, "mark");
  const auto over = std::ranges::find(scene.verbs, head, &Verb::at);
  const bool tense = over != scene.verbs.end() && (over->future || over->modal);
  const bool with = mark ? IsOneOf(scene.tree.Lemma(*mark), kMeans) : tense;
  return with ? AheadAt(view, scene, head) : std::nullopt;
}

/// "resisted him, shooting at his guards", "avoided condemning it": as the verb over it.
Standing ParticipleStanding(const StoryView& view, const Scene& scene, const Verb& verb,
                            EventStatus base) {
  const Governing governing = GovernorOf(view, scene, verb.at);
  const bool beside = scene.tree.Rel(verb.at) == "advcl" && governing.at < verb.at &&
                      !scene.tree.Child(verb.at, "mark");
  // "failed to agree, each blaming the other": with a subject of its own it is no part of that.
  const bool apart = beside && scene.tree.Child(verb.at, "nsubj");
  const bool free = governing.name.empty() || apart || (beside && governing.name == "drop");
  // "will help by sending troops", "would rule alone, jailing his rivals": as the verb it goes
  // with.
  const auto head = scene.tree.Rel(verb.at) == "advcl" ? scene.tree.Head(verb.at) : std::nullopt;
  if (head && !apart && !verb.perfect && (free || governing.name == "occurred")) {
    if (const auto ahead = StandingWith(view, scene, verb, *head)) return {.status = ahead};
  }
  return free ? Standing{.status = base} : StandingNamed(view, governing);
}

Standing VerbStanding(const StoryView& view, const Scene& scene, const Verb& verb,
                      EventStatus base) {
  if (verb.negated || IsCounterfactual(scene, verb) || IsWithout(view, scene, verb.at) ||
      HasNoSide(scene, verb.at))
    return {.status = EventStatus::kNegated};
  if (verb.infinitive) return InfinitiveStanding(view, scene, verb);
  if (verb.future) {
    return {.status = HangsOnCondition(view, scene, verb.at) ? EventStatus::kConditional
                                                             : EventStatus::kPlanned};
  }
  if (verb.modal) {
    return {.status = HangsOnCondition(view, scene, verb.at) ? EventStatus::kConditional
                                                             : EventStatus::kHypothetical};
  }
  if (const auto condition = ConditionBefore(view, scene, verb.group.begin))
    return {.status = condition};
  if (const Governing telling = TellingOf(view, scene, verb.at); !telling.name.empty())
    return StandingNamed(view, telling);
  if (const auto in_time = StandingInTime(scene, verb)) return {.status = in_time};
  if (IsSupposed(scene, verb.at) || IsSaidInThought(view, scene, verb.at))
    return {.status = EventStatus::kHypothetical};
  if (verb.ing && !verb.progressive) return ParticipleStanding(view, scene, verb, base);
  if (verb.progressive && base == EventStatus::kOccurred) return {.status = EventStatus::kOngoing};
  return {.status = base};
}

/// What the verb makes of the noun that is its subject: "the talks continue", "the visit was
/// cancelled".
Governing PredicateOf(const StoryView& view, const Scene& scene, std::uint32_t noun) {
  const Relation rel = scene.tree.Rel(noun);
  const auto head = scene.tree.Head(noun);
  if (!head || !rel.starts_with("nsubj")) return {};
  const std::string_view name = GovernorAt(view, scene, *head);
  const bool passive = rel == "nsubj:pass";
  const bool tells = name == "ongoing" || (passive && name != "drop" && name != "occurred");
  return tells ? Governing{name, *head} : Governing{};
}

/// "blocked the start of talks", "delayed the opening of talks": they have not begun.
bool IsKeptFromStarting(const Scene& scene, std::uint32_t noun) {
  constexpr std::array<std::string_view, 8> kStarts{"start",      "launch",  "opening", "beginning",
                                                    "resumption", "holding", "onset",   "restart"};
  constexpr std::array<std::string_view, 11> kBlocks{"block", "delay",    "veto",  "prevent",
                                                     "bar",   "postpone", "stall", "oppose",
                                                     "avert", "obstruct", "hinder"};
  const Tree& tree = scene.tree;
  const auto start =
      tree.Rel(noun) == "nmod" && tree.Case(noun) == "of" ? tree.Head(noun) : std::nullopt;
  if (!start || !IsOneOf(tree.Lemma(*start), kStarts)) return false;
  const auto verb = tree.Rel(*start) == "obj" || tree.Rel(*start) == "nsubj:pass"
                        ? tree.Head(*start)
                        : std::nullopt;
  return verb && IsOneOf(tree.Lemma(*verb), kBlocks);
}

/// A noun stands as its verb does: "will hold talks", "refused talks".
Standing NounStanding(const StoryView& view, const Scene& scene, const Match& match) {
  const bool none = match.trigger > scene.words.begin && view.word(match.trigger - 1).form == "no";
  if (none || IsKeptFromStarting(scene, match.trigger)) return {.status = EventStatus::kNegated};
  const Governing governing = GovernorOf(view, scene, match.trigger);
  if (!governing.name.empty()) {
    Standing standing = StandingNamed(view, governing);
    if (standing.status != EventStatus::kOccurred) return standing;
  }
  const Governing predicate = PredicateOf(view, scene, match.trigger);
  if (!predicate.name.empty() && !predicate.name.starts_with("occ"))
    return StandingNamed(view, predicate);
  // "did not condemn Chad's invasion": whose act it was is told as known.
  const bool known = scene.tree.Child(match.trigger, "nmod:poss") &&
                     !scene.tree.Rel(match.trigger).starts_with("nsubj");
  if (!match.verb || known) return {.status = match.pattern->status};
  return VerbStanding(view, scene, scene.verbs[*match.verb], match.pattern->status);
}

std::uint32_t Distance(Span a, Span b) {
  return a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin;
}

/// The literal place in `within` that is nearest to `trigger`.
const Place* NearestPlace(const StoryView& view, Span within, Span trigger) {
  const Place* best = nullptr;
  const auto& places = view.story.places;
  auto place = std::ranges::lower_bound(places, within.begin, {},
                                        [](const Place& p) { return p.span.begin; });
  for (; place != places.end() && place->span.begin < within.end; ++place) {
    if (!place->literal) continue;
    if (best == nullptr || Distance(place->span, trigger) < Distance(best->span, trigger))
      best = &*place;
  }
  return best;
}

/// The place that the story's dateline names; null when it has none.
const Place* DatelinePlace(const Story& story) {
  const auto block = std::ranges::find(story.blocks, BlockKind::kDateline, &Block::kind);
  if (block == story.blocks.end()) return nullptr;
  const auto place = std::ranges::find_if(
      story.places, [&](const Place& p) { return block->span.Contains(p.span); });
  return place == story.places.end() ? nullptr : &*place;
}

bool InCountryOf(const Place& place, const Scene& scene, const Match& match) {
  const auto at_home = [&](std::uint32_t actor) {
    return place.country && scene.actors[actor].code.starts_with(*place.country);
  };
  return std::ranges::any_of(match.source, at_home) || std::ranges::any_of(match.target, at_home);
}

EventPlace AsEventPlace(const Place& place) {
  return {.name = place.name, .country = place.country, .lat = place.lat, .lon = place.lon};
}

}  // namespace

bool HasNoSide(const Scene& scene, std::uint32_t verb) {
  return std::ranges::any_of(scene.tree.Children(verb), [&](std::uint32_t side) {
    const Relation rel = scene.tree.Rel(side);
    if (!rel.starts_with("nsubj") && rel != "obj") return false;
    return std::ranges::any_of(scene.tree.Children(side), [&](std::uint32_t child) {
      const std::string_view form = scene.tree.Lemma(child);
      return (form == "no" || form == "neither") && child < side;
    });
  });
}

Standing StandingOf(const StoryView& view, const Scene& scene, const Match& match) {
  if (match.settled || match.ordered) return {.status = match.pattern->status};
  Standing standing =
      match.noun ? NounStanding(view, scene, match)
                 : VerbStanding(view, scene, scene.verbs[*match.verb], match.pattern->status);
  const bool open =
      standing.status == EventStatus::kOccurred || standing.status == EventStatus::kOngoing;
  const Governing modifier = open ? ModifierOf(view, scene, match.trigger) : Governing{};
  return modifier.name.empty() ? standing : StandingNamed(view, modifier);
}

std::optional<AttributionIndex> AttributionOver(const Story& story, Span span) {
  std::optional<AttributionIndex> best;
  std::uint32_t best_size = 0;
  const auto end =
      std::ranges::upper_bound(story.attributions, span.begin, {},
                               [](const Attribution& a) { return a.content.front().begin; });
  // Contents are sorted by begin and nest; a few steps back reach the innermost.
  std::size_t steps = 0;
  for (auto at = end; at != story.attributions.begin() && steps < 16; ++steps) {
    --at;
    const bool inside =
        std::ranges::any_of(at->content, [&](Span content) { return content.Contains(span); });
    const std::uint32_t size = at->content.back().end - at->content.front().begin;
    if (!inside || (best && size >= best_size)) continue;
    best = static_cast<AttributionIndex>(at - story.attributions.begin());
    best_size = size;
  }
  return best;
}

std::optional<PlacedFrom> PlaceOf(const StoryView& view, const Scene& scene, const Match& match) {
  const Span trigger = view.word(match.trigger).span;
  for (const auto& [within, from] : {std::pair{SpanOf(view, match.extent), Origin::kClause},
                                     std::pair{SpanOf(view, scene.words), Origin::kSentence}}) {
    if (const Place* place = NearestPlace(view, within, trigger))
      return PlacedFrom{AsEventPlace(*place), from};
  }
  const Place* place = DatelinePlace(view.story);
  if (place == nullptr || !InCountryOf(*place, scene, match)) return std::nullopt;
  return PlacedFrom{AsEventPlace(*place), Origin::kStory};
}

}  // namespace dateline::events
