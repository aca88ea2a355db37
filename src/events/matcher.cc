#include "events/matcher.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "events/matching.h"
#include "events/one_of.h"
#include "events/trace.h"

// Walks the verbs and nouns of a sentence and lays over each the patterns that its words may fit.

namespace dateline::events {

std::vector<Match> Matcher::Run() {
  ReadWords();
  std::size_t verb = 0;
  for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
    while (verb < scene_.verbs.size() && scene_.verbs[verb].at < at) ++verb;
    if (verb < scene_.verbs.size() && scene_.verbs[verb].at == at) {
      TryVerb(static_cast<std::uint32_t>(verb));
    } else {
      TryNoun(at);
    }
  }
  AnswerAccusers();
  return std::move(found_);
}

std::vector<Match> Matcher::RunOpen(const Pattern& any, const TriggerFilter& wanted) {
  for (std::uint32_t i = 0; i < scene_.verbs.size(); ++i) {
    if (wanted(scene_.verbs[i].at)) TryOpenVerb(i, any);
  }
  for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
    if (IsOwnedNoun(at) && wanted(at)) TryOpenNoun(at, any);
  }
  std::ranges::stable_sort(found_, {}, &Match::trigger);
  return std::move(found_);
}

void Matcher::ReadWords() {
  for (const auto [form, lemma] : scene_.numbers) {
    words_.Add(form);
    words_.Add(lemma);
  }
}

/// The ranks of the patterns of whose words one begins in the zone.
template <typename Zone>
Matcher::Ranks Matcher::PhrasedIn(const Zone& zone) const {
  Ranks ranks(view_.patterns.size());
  const auto note = [&](WordId word) {
    for (const std::uint32_t rank : view_.patterns.WithPhraseFrom(word)) ranks[rank] = true;
  };
  for (const std::uint32_t at : zone) {
    const auto [form, lemma] = scene_.NumbersOf(at);
    note(form);
    if (lemma != form) note(lemma);
  }
  return ranks;
}

/// Whether the pattern can fit: none of whose words is near, or whose particle is not in the
/// sentence, cannot. To those who ask why one does not fit all are shown.
bool Matcher::MayFit(const TriggeredPattern& each, const Ranks& near) const {
  if (view_.trace != nullptr) return true;
  return (each.wordless || near[each.rank]) &&
         (each.particle.empty() || words_.MayHold(each.particle.front()));
}

/// The patterns that may fit. Their rows are fetched from memory side by side, before they are
/// looked at one by one.
Matcher::Candidates Matcher::FittingOf(const PatternList& list, const Ranks& near) const {
  Candidates fitting;
  for (const TriggeredPattern& each : list) {
    if (!MayFit(each, near)) continue;
    fitting.push_back(&each);
    __builtin_prefetch(&each.pattern->frames);
  }
  for (const TriggeredPattern* each : fitting) {
    __builtin_prefetch(each->pattern->frames.data());
    __builtin_prefetch(each->pattern->words.get());
  }
  return fitting;
}

/// Whether the particle is parted from its verb: "called the strike off", "sent them home", "pulled
/// its troops out of Chad".
bool Matcher::HangsBelow(std::string_view particle, std::uint32_t at) const {
  constexpr std::array<std::string_view, 5> kAdverbs{"home", "back", "away", "out", "off"};
  const bool adverb = std::ranges::find(kAdverbs, particle) != kAdverbs.end();
  return std::ranges::any_of(tree_.Children(at), [&](std::uint32_t child) {
    const Relation rel = tree_.Rel(child);
    if (child < at) return false;
    if (view_.word(child).form == particle)
      return rel == "compound:prt" || (adverb && rel == "advmod");
    return adverb && rel.starts_with("obl") && tree_.Case(child) == particle;
  });
}

/// The words of a phrasal trigger follow at once, or are children: "called the strike off".
bool Matcher::ParticleFollows(std::span<const WordId> particle, std::uint32_t at) const {
  for (std::uint32_t i = 0; i < particle.size(); ++i) {
    const std::uint32_t next = at + 1 + i;
    const bool follows = next < scene_.words.end && scene_.NumbersOf(next).form == particle[i];
    if (!follows && !HangsBelow(view_.patterns.words().TextOf(particle[i]), at)) return false;
  }
  return true;
}

/// With a particle a light verb is another verb: "left out" is not "left".
bool Matcher::IsOtherVerb(std::uint32_t at) const {
  static constexpr std::array<std::string_view, 18> kLight{
      "leave", "call", "take",  "give", "put",  "hold",  "make", "go",   "speak",
      "get",   "turn", "bring", "keep", "pull", "carry", "run",  "look", "set"};
  constexpr std::array<std::string_view, 6> kParticles{"out", "off", "up", "aside", "away", "over"};
  if (at + 1 >= scene_.words.end) return false;
  const std::string& next = view_.word(at + 1).form;
  // "seized on the remark".
  if ((next == "on" || next == "upon") && tree_.Lemma(at) == "seize") return true;
  // "gave over 500 tanks", "spoke over the phone": no part of the verb.
  return tree_.Head(at + 1) == at && IsOneOf(next, kParticles) && IsOneOf(tree_.Lemma(at), kLight);
}

/// Whether the phrase begins at the word; of one with "+" the first part, the others anywhere.
bool Matcher::PartsIn(std::span<const WordId> phrase, std::uint32_t at,
                      const WordList& zone) const {
  const auto plus = std::ranges::find(phrase, kPlus);
  const auto first = static_cast<std::size_t>(plus - phrase.begin());
  if (!scene_.Stands(phrase.first(first), at)) return false;
  if (plus == phrase.end()) return true;
  const auto rest = phrase.subspan(first + 1);
  return !rest.empty() && std::ranges::any_of(zone, [&](std::uint32_t word) {
    return word != at && PartsIn(rest, word, zone);
  });
}

/// The length of the longest of the pattern's phrases in the zone; 0 when none stands there.
std::size_t Matcher::WordsIn(const Pattern& pattern, const WordList& zone) const {
  std::size_t longest = 0;
  if (!pattern.words) return longest;
  for (const std::uint32_t at : zone) {
    const auto [form, lemma] = scene_.NumbersOf(at);
    for (const WordId first : {form, lemma}) {
      for (const std::span<const WordId> phrase : pattern.words->BeginningWith(first)) {
        if (phrase.size() > longest && PartsIn(phrase, at, zone) && !IsMonth(at))
          longest = phrase.size();
      }
      if (form == lemma) break;
    }
  }
  return longest;
}

/// The object that stands before its verb, with what is compounded with it: "a claim that she
/// dismissed".
WordList Matcher::ObjectsOutside(const Verb& verb, const WordList& domain) const {
  WordList zone;
  // "the plot that she claims he hatched" is no object of the claim.
  if (tree_.Rel(verb.at) != "acl:relcl" || tree_.Child(verb.at, "ccomp")) return zone;
  for (const std::uint32_t head : verb.roles.object) {
    if (std::ranges::find(domain, head) != domain.end()) continue;
    zone.push_back(head);
    for (const std::uint32_t child : tree_.Children(head)) {
      if (tree_.Rel(child) == "compound" || tree_.Rel(child) == "amod") zone.push_back(child);
    }
  }
  return zone;
}

WordList Matcher::SubjectZone(const Verb& verb) const {
  WordList zone;
  for (const std::uint32_t head : verb.roles.surface()) {
    const WordList below = tree_.Below(head);
    zone.insert(zone.end(), below.begin(), below.end());
  }
  return zone;
}

/// The domain without what is only cited beside what is said: "called her a hero, citing her work
/// after the attack".
WordList Matcher::WithoutCited(const Verb& verb, WordList domain) const {
  constexpr std::array<std::string_view, 6> kCites{"cite",   "note",   "mention",
                                                   "recall", "invoke", "quote"};
  for (const std::uint32_t clause : domain) {
    const bool cites = clause > verb.at && tree_.Rel(clause) == "advcl" &&
                       IsOneOf(tree_.Lemma(clause), kCites) && !tree_.Child(clause, "nsubj");
    if (cites) return Less(std::move(domain), tree_.Below(clause));
  }
  return domain;
}

/// ""Chad will regret it," Ruiz said": the words of the clause that a verb of speech behind it
/// tells; none where it tells one of its own.
WordList Matcher::ToldAbove(const Verb& verb) const {
  static constexpr std::array<std::string_view, 14> kSays{
      "say",   "tell", "add",    "insist",   "declare", "state",    "warn",
      "reply", "vow",  "retort", "maintain", "stress",  "announce", "allege"};
  const auto clause = tree_.Head(verb.at);
  const bool own = tree_.Child(verb.at, "ccomp") || tree_.Child(verb.at, "xcomp");
  if (!clause || *clause > verb.at || own || !IsOneOf(verb.lemma, kSays) ||
      !IsToldBehind(tree_, verb.at, *clause))
    return {};
  return Less(tree_.Below(*clause), tree_.Below(verb.at));
}

VerbZones Matcher::ZonesOf(const Verb& verb) const {
  VerbZones zones{.domain = tree_.Domain(verb.at), .outside = {}, .around = {}};
  const WordList told = ToldAbove(verb);
  zones.begin = told.empty() ? verb.group.begin : std::ranges::min(told);
  // ""This is an outrage," Ruiz said".
  const auto quoted = tree_.Child(verb.at, "ccomp");
  if (quoted && *quoted < verb.at)
    zones.begin = std::min(zones.begin, std::ranges::min(tree_.Below(*quoted)));
  zones.domain.insert(zones.domain.end(), told.begin(), told.end());
  zones.outside = ObjectsOutside(verb, zones.domain);
  zones.around = With(With(zones.domain, zones.outside), SubjectZone(verb));
  return zones;
}

/// Where the pattern looks for its words and sides: what opens the clause or is cited in it is not
/// blamed.
const WordList& Matcher::DomainFor(const Pattern& pattern, const Verb& verb,
                                   VerbZones& zones) const {
  if (!IsBlame(pattern.cameo)) return zones.domain;
  if (!zones.behind) zones.behind = WithoutCited(verb, WithoutOpening(verb, zones.domain, false));
  return *zones.behind;
}

/// How many of the pattern's words stand with the verb, where the frame looks for them.
std::size_t Matcher::WordsAround(const Verb& verb, const Pattern& pattern,
                                 const PatternFrame& frame, VerbZones& zones) const {
  if (!zones.words) {
    zones.words = WordsIn(pattern, DomainFor(pattern, verb, zones));
    if (zones.words == 0) zones.words = WordsIn(pattern, zones.outside);
  }
  std::size_t words = *zones.words;
  if (words == 0 && (verb.passive || frame.words_before || frame.reciprocal))
    words = WordsIn(pattern, zones.around);
  return words;
}

/// "since March" tells no march.
bool Matcher::IsTime(std::uint32_t at) const {
  const Span word = view_.word(at).span;
  const auto& times = view_.story.times;
  const auto next = std::ranges::upper_bound(times, word.begin, {},
                                             [](const Timex& time) { return time.span.begin; });
  return next != times.begin() && std::prev(next)->span.Contains(word);
}

/// "held a vote on March 18" holds no march.
bool Matcher::IsMonth(std::uint32_t at) const { return tree_.Pos(at) == "PROPN" && IsTime(at); }

/// Whether the clause has the form the frame asks for, whoever the actors are.
bool Matcher::HasForm(const Verb& verb, const PatternFrame& frame) const {
  const auto is_self = [&](std::uint32_t head) { return tree_.Lemma(head).ends_with("self"); };
  if (!frame.words && std::ranges::any_of(verb.roles.object, is_self)) return Refuse("reflexive");
  if (frame.no_object && !verb.roles.object.empty()) return Refuse("has-object");
  if (frame.no_complement && (tree_.Child(verb.at, "xcomp") || tree_.Child(verb.at, "ccomp")))
    return Refuse("has-complement");
  if (frame.denied && !IsDenied(verb)) return Refuse("not-denied");
  return true;
}

/// "did not lift the ban until May": it did so then.
bool Matcher::IsDelayed(const Verb& verb) const {
  const auto helper = tree_.Child(verb.at, "aux");
  if (!helper || view_.word(*helper).form != "did") return false;
  return std::ranges::any_of(tree_.Children(verb.at), [&](std::uint32_t child) {
    const auto mark = tree_.Child(child, "mark");
    const std::string_view joint = mark ? std::string_view(tree_.Lemma(*mark)) : tree_.Case(child);
    return child > verb.at && (joint == "until" || joint == "till");
  });
}

/// "did not answer", "gave no reason", "nobody answered".
bool Matcher::IsDenied(const Verb& verb) const {
  constexpr std::array<std::string_view, 5> kNone{"no", "none", "neither", "nothing", "nobody"};
  const auto none = [&](std::uint32_t at) { return IsOneOf(view_.word(at).form, kNone); };
  if (verb.negated) return !IsDelayed(verb);
  for (const std::uint32_t side : tree_.Children(verb.at)) {
    if (!tree_.Rel(side).starts_with("nsubj") && tree_.Rel(side) != "obj") continue;
    if (none(side) || std::ranges::any_of(tree_.Children(side), none)) return true;
  }
  return false;
}

Range Matcher::ExtentOf(const Match& match, const WordList& domain, std::uint32_t begin) const {
  std::uint32_t end = match.trigger + 1;
  for (const std::uint32_t at : domain) end = std::max(end, at + 1);
  for (const ActorSet* side : {&match.source, &match.target}) {
    for (const std::uint32_t actor : *side) {
      begin = std::min(begin, scene_.actors[actor].words.begin);
      end = std::max(end, scene_.actors[actor].words.end);
    }
  }
  begin = std::min(begin, match.trigger);
  while (end > begin + 1 && view_.word(end - 1).Is(quotes::WordClass::kPunctuation)) --end;
  return {begin, end};
}

/// Of the patterns that fit one trigger the fullest wins: longer trigger, mutual sides, a target,
/// longer words.
int Matcher::Score(const PatternFrame& frame, const Match& match, std::size_t words) {
  int score = 6 * static_cast<int>(match.particles);
  score += 2 * static_cast<int>(std::min<std::size_t>(words, 3));
  if (frame.words && words > 0) score += frame.words_before ? 3 : 2;
  if (frame.reciprocal) score += 2;
  // "The premier and his envoy held talks with Peru" are no talks between the two.
  const bool mutual = std::ranges::any_of(match.pattern->frames, &PatternFrame::reciprocal);
  const bool with = IsOnly(frame.prepositions, "with");
  if (mutual && with && !frame.target_optional && !match.target.empty()) score += 3;
  if (!match.target.empty()) score += 3;
  if (!match.source.empty()) score += 1;
  return score;
}

void Matcher::NoteRefusal(const Match& match, const PatternFrame* frame) const {
  if (view_.trace == nullptr) return;
  AddNote(view_, scene_,
          {.trigger = match.trigger,
           .pattern = match.pattern,
           .frame = frame,
           .source = &match.source,
           .target = &match.target},
          Candidate::Verdict::kRefused, why_);
}

/// Keeps the fuller of two matches at one trigger.
void Matcher::Fit(Match match, const PatternFrame& frame, std::optional<Match>& best) {
  why_ = "outscored";
  match.frame = &frame;
  if (best && match.score <= best->score) return NoteRefusal(match, &frame);
  if (best) NoteRefusal(*best, best->frame);
  best = std::move(match);
}

bool Matcher::VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                        VerbZones& zones, Match& match) const {
  const WordList& domain = DomainFor(pattern, verb, zones);
  match.source.clear();
  match.target.clear();
  match.mutual = false;
  match.each_other = false;
  match.settled = frame.denied;
  if (!HasForm(verb, frame)) return false;
  if (pattern.cameo == "192" && TakesNumber(verb)) return Refuse("no-target");
  // "called the strike a crime", "called the raid a breach of the truce" call none.
  const bool calls = pattern.cameo.starts_with("14") || pattern.cameo.starts_with("0871");
  if (verb.lemma == "call" && calls && tree_.Child(verb.at, "xcomp"))
    return Refuse("has-complement");
  const std::size_t words = frame.words ? WordsAround(verb, pattern, frame, zones) : 0;
  if (frame.words && words == 0) return Refuse("no-word");
  if (!TakeSides(verb, frame, domain, match)) return Refuse("no-sides");
  TakeFurtherSides(verb, frame, domain, match);
  if (IsBySomebodyUnknown(verb, match)) return Refuse("no-source");
  // "Chad protested" complains; it does not march.
  if (verb.lemma == "protest" && pattern.cameo.starts_with("14") && AreStates(match.source))
    return Refuse("a-state");
  if (SendsOwnForces(verb, match)) return Refuse("no-target");
  const bool source_optional =
      verb.passive || frame.source_optional || IsByStrangers(verb, pattern.cameo);
  TakeStanding(verb, frame, domain, match);
  if (!Complete(frame, source_optional, match.at_home || ActsOnSomebody(verb), match)) return false;
  match.extent = ExtentOf(match, domain, zones.begin);
  match.score = Score(frame, match, words);
  return TouchesSomebody(verb, frame, match) || Refuse("no-target");
}

void Matcher::TryVerb(std::uint32_t index) {
  const Verb& verb = scene_.verbs[index];
  const PatternList& list = view_.patterns.VerbList(view_.patterns.words().Of(verb.lemma));
  if (list.empty()) return;
  VerbZones zones = ZonesOf(verb);
  const Ranks near = PhrasedIn(zones.around);
  const bool other = IsOtherVerb(verb.at);
  std::optional<Match> best;
  for (const TriggeredPattern* each : FittingOf(list, near)) {
    const bool bare = each->particle.empty();
    if (bare ? other : !ParticleFollows(each->particle, verb.at)) continue;
    const Pattern& pattern = *each->pattern;
    Match match{.pattern = &pattern, .trigger = verb.at, .verb = index};
    match.particles = each->particle.size();
    zones.words.reset();
    for (const PatternFrame& frame : pattern.frames) {
      if (frame.noun) continue;
      if (VerbFrame(verb, pattern, frame, zones, match)) {
        Fit(match, frame, best);
      } else {
        NoteRefusal(match, &frame);
      }
    }
  }
  if (best) found_.push_back(*best);
}

/// Whether the word may name an act. "the offensive" is at times read as an adjective.
bool Matcher::IsNominal(std::uint32_t at) const {
  const PartOfSpeech pos = tree_.Pos(at);
  const Relation rel = tree_.Rel(at);
  const bool adjective =
      pos == "ADJ" && (rel.starts_with("nsubj") || rel == "obj" || rel == "nmod");
  return (pos == "NOUN" || pos == "PROPN" || pos == "VERB" || adjective) && !scene_.ActorAt(at);
}

/// "was in Lima for talks with Chad": the phrase right behind the noun belongs to it, though it is
/// at times parsed as its head's.
WordList Matcher::DomainOfNoun(std::uint32_t at) const {
  WordList domain = tree_.Domain(at);
  if (at + 1 >= scene_.words.end || tree_.Rel(at + 1) != "case") return domain;
  const auto phrase = tree_.Head(at + 1);
  const bool beside = phrase && *phrase > at && tree_.Head(*phrase) == tree_.Head(at);
  if (!beside || !tree_.Head(at) || IsLocative(view_.word(at + 1).form)) return domain;
  const WordList below = tree_.Below(*phrase);
  domain.insert(domain.end(), below.begin(), below.end());
  return domain;
}

bool Matcher::NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                        const WordList& domain, Match& match) const {
  match.source.clear();
  match.target.clear();
  match.mutual = false;
  match.each_other = false;
  match.of_deed = false;
  WordList zone = domain;
  if (frame.words_before) {
    for (std::uint32_t i = scene_.words.begin; i < at; ++i) zone.push_back(i);
  }
  const std::size_t words = frame.words ? WordsIn(pattern, zone) : 0;
  if (frame.words && words == 0) return Refuse("no-word");
  if (!TakeSidesOfNoun(at, frame, domain, match)) return Refuse("no-sides");
  if (match.target.empty() && pattern.cameo.starts_with("112")) {
    TakeAccused(at, match);
    TakeDenier(at, match);
  }
  LeaveUnknownAtHome(match);
  if (!Complete(frame, frame.source_optional, false, match)) return false;
  match.at_home = match.target.empty() && !match.source.empty() && ActsAtHome({at});
  match.extent = ExtentOf(match, domain, at);
  match.score = Score(frame, match, words);
  return true;
}

void Matcher::TryNoun(std::uint32_t at) {
  if (!IsNominal(at)) return;
  const PatternList& list = view_.patterns.NounList(scene_.NumbersOf(at).lemma);
  if (list.empty() || IsTime(at)) return;
  const WordList domain = DomainOfNoun(at);
  if (near_.empty()) near_ = PhrasedIn(std::views::iota(scene_.words.begin, scene_.words.end));
  std::optional<Match> best;
  for (const TriggeredPattern* each : FittingOf(list, near_)) {
    if (!ParticleFollows(each->particle, at)) continue;
    const Pattern& pattern = *each->pattern;
    Match match{.pattern = &pattern, .trigger = at, .noun = true};
    match.particles = each->particle.size();
    for (const PatternFrame& frame : pattern.frames) {
      if (!frame.noun) continue;
      if (NounFrame(at, pattern, frame, domain, match)) {
        Fit(match, frame, best);
      } else {
        NoteRefusal(match, &frame);
      }
    }
  }
  if (best) found_.push_back(*best);
}

/// The verb with whatever sides it has.
void Matcher::TryOpenVerb(std::uint32_t index, const Pattern& any) {
  const Verb& verb = scene_.verbs[index];
  if (verb.roles.subject.empty() && verb.roles.object.empty()) return;
  VerbZones zones = ZonesOf(verb);
  std::optional<Match> best;
  Match match{.pattern = &any, .trigger = verb.at, .verb = index};
  for (const PatternFrame& frame : any.frames) {
    if (!frame.noun && VerbFrame(verb, any, frame, zones, match)) Fit(match, frame, best);
    if (best && !best->target.empty()) break;
  }
  if (best) found_.push_back(*std::move(best));
}

/// "Peru's scolding of Chile".
bool Matcher::IsOwnedNoun(std::uint32_t at) const {
  if (tree_.Pos(at) != "NOUN" || scene_.ActorAt(at)) return false;
  return std::ranges::any_of(tree_.Children(at), [&](std::uint32_t child) {
    const Relation rel = tree_.Rel(child);
    return (rel == "nmod:poss" || rel == "amod") && scene_.ActorAt(child);
  });
}

/// A noun between two sides.
void Matcher::TryOpenNoun(std::uint32_t at, const Pattern& any) {
  const WordList domain = tree_.Domain(at);
  std::optional<Match> best;
  Match match{.pattern = &any, .trigger = at, .noun = true};
  for (const PatternFrame& frame : any.frames) {
    if (frame.noun && NounFrame(at, any, frame, domain, match) && !match.target.empty())
      Fit(match, frame, best);
  }
  if (best) found_.push_back(*std::move(best));
}

/// A denial answers who accuses the denier in the same sentence.
void Matcher::AnswerAccusers() {
  const auto country = [&](const ActorSet& side) {
    return side.empty() ? std::string() : scene_.actors[side.front()].code.substr(0, 3);
  };
  for (Match& denial : found_) {
    if (!denial.pattern->cameo.starts_with("016") || !denial.target.empty()) continue;
    for (const Match& other : found_) {
      const bool accuses = other.pattern->cameo.starts_with("11") && !other.source.empty();
      if (accuses && country(other.target) == country(denial.source)) denial.target = other.source;
    }
  }
}

std::vector<Match> MatchScene(const StoryView& view, const Scene& scene) {
  return Matcher(view, scene).Run();
}

std::vector<Match> MatchOpen(const StoryView& view, const Scene& scene, const Pattern& any,
                             const TriggerFilter& wanted) {
  StoryView silent = view;
  silent.trace = nullptr;
  return Matcher(silent, scene).RunOpen(any, wanted);
}

}  // namespace dateline::events
