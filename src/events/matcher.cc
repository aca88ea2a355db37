#include "events/matcher.h"

#include <algorithm>
#include <string>

namespace dateline::events {
namespace {

using enum quotes::WordClass;

class Matcher {
 public:
  Matcher(const StoryView& view, const Scene& scene) : view_(view), scene_(scene) {}

  std::vector<Match> Run() {
    std::size_t verb = 0;
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) {
      while (verb < scene_.verbs.size() && scene_.verbs[verb].at < at) ++verb;
      if (verb < scene_.verbs.size() && scene_.verbs[verb].at == at) {
        TryVerb(static_cast<std::uint32_t>(verb));
      } else {
        TryNoun(at, verb);
      }
    }
    return std::move(found_);
  }

 private:
  void TryVerb(std::uint32_t index);
  void TryNoun(std::uint32_t at, std::size_t next_verb);
  std::size_t WordsOfVerb(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                          Range zone) const;
  bool TakeSides(const Verb& verb, const PatternFrame& frame, Range zone, Match& match) const;
  bool TakeSidesOfNoun(std::uint32_t at, const PatternFrame& frame, Range zone, Match& match) const;
  bool VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                 Match& match) const;
  bool NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                 Match& match) const;
  bool ParticleFollows(const Pattern& pattern, std::uint32_t at) const;
  std::size_t WordsIn(const Pattern& pattern, Range zone) const;
  static int Score(const PatternFrame& frame, const Match& match, std::size_t words);
  void Keep(const std::optional<Match>& best) {
    if (best) found_.push_back(*best);
  }
  bool PhraseAt(const std::vector<std::string>& phrase, std::uint32_t at, std::uint32_t end) const;
  ActorSet Governed(Range zone, const std::vector<std::string>& prepositions,
                    const ActorSet& not_these) const;
  ActorSet Direct(Range zone, const ActorSet& not_these) const;
  ActorSet WithJoined(std::uint32_t first, Range zone) const;
  std::uint32_t FirstIn(Range zone) const;
  ActorSet BeforeNoun(std::uint32_t at) const;
  bool SameAs(std::uint32_t actor, const ActorSet& others) const;
  bool Complete(const PatternFrame& frame, bool source_optional, const Match& match) const;
  bool SplitPair(ActorSet sides, Match& match) const;
  Range LeftZone(std::uint32_t at) const;
  Range ExtentOf(const Match& match, std::uint32_t begin, std::uint32_t end) const;

  const StoryView& view_;
  const Scene& scene_;
  std::vector<Match> found_;
};

bool Matcher::ParticleFollows(const Pattern& pattern, std::uint32_t at) const {
  for (std::uint32_t i = 0; i < pattern.particle.size(); ++i) {
    const std::uint32_t next = at + 1 + i;
    if (next >= scene_.words.end || view_.word(next).form != pattern.particle[i]) return false;
  }
  return true;
}

bool Matcher::PhraseAt(const std::vector<std::string>& phrase, std::uint32_t at,
                       std::uint32_t end) const {
  if (at + phrase.size() > end) return false;
  for (std::uint32_t i = 0; i < phrase.size(); ++i) {
    const std::string& form = view_.word(at + i).form;
    if (form != phrase[i] && view_.lemmas.NounLemma(form) != phrase[i] &&
        view_.lemmas.VerbLemma(form) != phrase[i])
      return false;
  }
  return true;
}

/// The length of the longest of the pattern's phrases in the zone; 0 when none stands there.
std::size_t Matcher::WordsIn(const Pattern& pattern, Range zone) const {
  std::size_t longest = 0;
  for (std::uint32_t at = zone.begin; at < zone.end; ++at) {
    for (const auto& phrase : pattern.words) {
      if (phrase.size() > longest && PhraseAt(phrase, at, zone.end)) longest = phrase.size();
    }
  }
  return longest;
}

bool Matcher::SameAs(std::uint32_t actor, const ActorSet& others) const {
  return std::ranges::any_of(others, [&](std::uint32_t other) {
    const Actor& a = scene_.actors[actor];
    const Actor& b = scene_.actors[other];
    return actor == other || (a.entity && a.entity == b.entity);
  });
}

/// The actor and those joined to it by "and" or a comma right after it.
ActorSet Matcher::WithJoined(std::uint32_t first, Range zone) const {
  ActorSet set{first};
  std::uint32_t at = scene_.actors[first].words.end;
  while (at + 1 < zone.end && set.size() < 6) {
    const std::string& form = view_.word(at).form;
    if (form != "and" && form != "," && form != "&") break;
    std::uint32_t next = at + 1;
    if (form == "," && view_.word(next).form == "and") ++next;
    if (next < zone.end && view_.word(next).Is(kDeterminer) && !scene_.ActorAt(next)) ++next;
    const auto actor = scene_.ActorAt(next);
    if (!actor || (form == "," && scene_.actors[*actor].code.substr(0, 3) ==
                                      scene_.actors[first].code.substr(0, 3)))
      break;
    set.push_back(*actor);
    at = scene_.actors[*actor].words.end;
  }
  return set;
}

/// The first actor that begins in the zone.
std::uint32_t Matcher::FirstIn(Range zone) const {
  const auto first = std::ranges::lower_bound(scene_.actors, zone.begin, {},
                                              [](const Actor& a) { return a.words.begin; });
  return static_cast<std::uint32_t>(first - scene_.actors.begin());
}

ActorSet Matcher::Governed(Range zone, const std::vector<std::string>& prepositions,
                           const ActorSet& not_these) const {
  for (std::uint32_t i = FirstIn(zone);
       i < scene_.actors.size() && scene_.actors[i].words.begin < zone.end; ++i) {
    const Actor& actor = scene_.actors[i];
    if (actor.words.end > zone.end || SameAs(i, not_these)) continue;
    if (std::ranges::find(prepositions, PrepositionOf(view_, scene_, actor, zone.begin)) !=
        prepositions.end())
      return WithJoined(i, zone);
  }
  return {};
}

ActorSet Matcher::Direct(Range zone, const ActorSet& not_these) const {
  for (std::uint32_t i = FirstIn(zone);
       i < scene_.actors.size() && scene_.actors[i].words.begin < zone.end; ++i) {
    const Actor& actor = scene_.actors[i];
    if (actor.words.end > zone.end || SameAs(i, not_these)) continue;
    const bool free = PrepositionOf(view_, scene_, actor, zone.begin).empty();
    if (!free) return {};
    return WithJoined(i, zone);
  }
  return {};
}

/// The actors that possess or modify the noun at `at`: "Peru's recent visit", "Putin and Xi's
/// talks".
ActorSet Matcher::BeforeNoun(std::uint32_t at) const {
  std::uint32_t i = at;
  while (i > scene_.words.begin && at - i < 5) {
    const Word& word = view_.word(i - 1);
    if (const auto actor = scene_.ActorAt(i - 1)) {
      ActorSet set{*actor};
      const std::uint32_t begin = scene_.actors[*actor].words.begin;
      if (begin >= scene_.words.begin + 2 && view_.word(begin - 1).form == "and") {
        if (const auto other = scene_.ActorAt(begin - 2)) set.insert(set.begin(), *other);
      }
      return set;
    }
    const bool so = word.form == "'s" || word.form == "'" || word.form == "-";
    if (!so && word.Is(kPunctuation | kPreposition | kDeterminer | kConjunction | kAuxiliary |
                       kModal | kSubordinator | kPronoun))
      return {};
    --i;
  }
  return {};
}

Range Matcher::LeftZone(std::uint32_t at) const {
  std::uint32_t begin = at;
  while (begin > scene_.words.begin && at - begin < 20) {
    const Word& word = view_.word(begin - 1);
    if (word.form == ";" || word.form == ":" || (word.Is(kSubordinator) && word.form != "that"))
      break;
    --begin;
  }
  return {begin, at};
}

Range Matcher::ExtentOf(const Match& match, std::uint32_t begin, std::uint32_t end) const {
  for (const std::uint32_t actor : match.source)
    begin = std::min(begin, scene_.actors[actor].words.begin);
  for (const std::uint32_t actor : match.target)
    end = std::max(end, scene_.actors[actor].words.end);
  for (const std::uint32_t actor : match.target)
    begin = std::min(begin, scene_.actors[actor].words.begin);
  for (const std::uint32_t actor : match.source)
    end = std::max(end, scene_.actors[actor].words.end);
  while (end > begin + 1 && view_.word(end - 1).Is(kPunctuation)) --end;
  return {begin, end};
}

/// Two sides or more: the first acts, the others are acted on.
bool Matcher::SplitPair(ActorSet sides, Match& match) const {
  if (sides.size() < 2) return false;
  match.source = {sides.front()};
  match.target.assign(sides.begin() + 1, sides.end());
  return true;
}

/// Whether every required side is there, and one side at least has a code.
bool Matcher::Complete(const PatternFrame& frame, bool source_optional, const Match& match) const {
  if (match.source.empty() && !source_optional) return false;
  if (frame.target && match.target.empty() && !frame.target_optional) return false;
  const auto coded = [&](std::uint32_t actor) { return !scene_.actors[actor].code.empty(); };
  return std::ranges::any_of(match.source, coded) || std::ranges::any_of(match.target, coded);
}

/// Of the patterns that fit one trigger the fullest wins: longer trigger, mutual sides, a target,
/// longer words.
int Matcher::Score(const PatternFrame& frame, const Match& match, std::size_t words) {
  int score = 6 * static_cast<int>(match.pattern->particle.size());
  score += 2 * static_cast<int>(std::min<std::size_t>(words, 3));
  if (frame.reciprocal) score += 4;
  if (!match.target.empty()) score += 3;
  if (!match.source.empty()) score += 1;
  return score;
}

/// How many of the pattern's words stand where the frame wants them.
std::size_t Matcher::WordsOfVerb(const Verb& verb, const Pattern& pattern,
                                 const PatternFrame& frame, Range zone) const {
  const bool turned = verb.passive;
  const bool left = frame.words_before || (turned && !frame.target_direct);
  const std::size_t words = WordsIn(pattern, left ? LeftZone(verb.at) : zone);
  return words == 0 && turned ? WordsIn(pattern, LeftZone(verb.at)) : words;
}

/// Fills source and target by the frame; false when the frame cannot be.
bool Matcher::TakeSides(const Verb& verb, const PatternFrame& frame, Range zone,
                        Match& match) const {
  if (frame.reciprocal) return !verb.passive && SplitPair(verb.subject, match);
  const bool turned = verb.passive && (frame.target_direct || frame.words);
  match.source = turned ? Governed(zone, {"by"}, {}) : verb.subject;
  if (frame.target_direct) {
    if (turned) {
      match.target = verb.subject;
    } else if (frame.target) {
      match.target = Direct(zone, match.source);
    }
  } else if (frame.target) {
    match.target = Governed(zone, frame.prepositions, match.source);
  }
  return true;
}

bool Matcher::VerbFrame(const Verb& verb, const Pattern& pattern, const PatternFrame& frame,
                        Match& match) const {
  const auto after = verb.at + 1 + static_cast<std::uint32_t>(pattern.particle.size());
  const Range zone = ZoneAfter(view_, scene_, after);
  match.source.clear();
  match.target.clear();
  const bool turned = verb.passive && (frame.target_direct || frame.words);
  const std::size_t words = frame.words ? WordsOfVerb(verb, pattern, frame, zone) : 0;
  if (frame.words && words == 0) return false;
  if (verb.passive && !turned && !frame.target_direct && !frame.prepositions.empty()) return false;
  if (!TakeSides(verb, frame, zone, match)) return false;
  const bool reversed = turned && !frame.reciprocal;
  const bool source_optional = reversed ? frame.target_direct : frame.source_optional;
  if (!Complete(frame, source_optional, match)) return false;
  match.extent = ExtentOf(match, verb.group.begin, std::max(zone.end, after));
  match.score = Score(frame, match, words);
  return true;
}

void Matcher::TryVerb(std::uint32_t index) {
  const Verb& verb = scene_.verbs[index];
  std::optional<Match> best;
  for (const Pattern& pattern : view_.patterns.Verbs(verb.lemma)) {
    if (!ParticleFollows(pattern, verb.at)) continue;
    Match match{.pattern = &pattern,
                .trigger = verb.at,
                .extent = {},
                .source = {},
                .target = {},
                .verb = index};
    for (const PatternFrame& frame : pattern.frames) {
      if (frame.noun || !VerbFrame(verb, pattern, frame, match)) continue;
      if (!best || match.score > best->score) best = match;
    }
  }
  Keep(best);
}

/// Fills source and target of a noun by the frame; false when the frame cannot be.
bool Matcher::TakeSidesOfNoun(std::uint32_t at, const PatternFrame& frame, Range zone,
                              Match& match) const {
  const ActorSet before = BeforeNoun(at);
  const bool agent = match.verb && !scene_.verbs[*match.verb].passive;
  const ActorSet subject = agent ? scene_.verbs[*match.verb].subject : ActorSet{};
  if (frame.reciprocal) {
    if (frame.pair_after) return SplitPair(Governed(zone, {"between"}, {}), match);
    return SplitPair(before.size() > 1 ? before : subject, match);
  }
  if (frame.target_before) {
    match.target = before;
    match.source = subject;
    return match.target.empty() || !SameAs(match.target.front(), match.source);
  }
  match.source = before;
  if (match.source.empty()) match.source = Governed(zone, {"by"}, {});
  const bool of = frame.target && frame.prepositions == std::vector<std::string>{"of"};
  if (match.source.empty() && !of) match.source = subject;
  if (frame.target) match.target = Governed(zone, frame.prepositions, match.source);
  return true;
}

bool Matcher::NounFrame(std::uint32_t at, const Pattern& pattern, const PatternFrame& frame,
                        Match& match) const {
  const auto after = at + 1 + static_cast<std::uint32_t>(pattern.particle.size());
  const Range zone = ZoneAfter(view_, scene_, after);
  match.source.clear();
  match.target.clear();
  const std::size_t words =
      frame.words ? WordsIn(pattern, frame.words_before ? LeftZone(at) : zone) : 0;
  if (frame.words && words == 0) return false;
  if (!TakeSidesOfNoun(at, frame, zone, match)) return false;
  if (!Complete(frame, frame.source_optional, match)) return false;
  match.extent = ExtentOf(match, at, std::max(after, std::min(zone.end, after + 12)));
  match.score = Score(frame, match, words);
  return true;
}

void Matcher::TryNoun(std::uint32_t at, std::size_t next_verb) {
  const Word& word = view_.word(at);
  if (word.Is(kPunctuation | kPreposition | kDeterminer | kPronoun | kAuxiliary) ||
      scene_.ActorAt(at))
    return;
  std::optional<Match> best;
  const auto& patterns = view_.patterns.Nouns(view_.lemmas.NounLemma(word.form));
  for (const Pattern& pattern : patterns) {
    if (!ParticleFollows(pattern, at)) continue;
    Match match{.pattern = &pattern,
                .trigger = at,
                .extent = {},
                .source = {},
                .target = {},
                .verb = std::nullopt,
                .noun = true};
    if (next_verb > 0 && at - scene_.verbs[next_verb - 1].at < 14)
      match.verb = static_cast<std::uint32_t>(next_verb - 1);
    for (const PatternFrame& frame : pattern.frames) {
      if (!frame.noun || !NounFrame(at, pattern, frame, match)) continue;
      if (!best || match.score > best->score) best = match;
    }
  }
  Keep(best);
}

}  // namespace

std::vector<Match> MatchScene(const StoryView& view, const Scene& scene) {
  return Matcher(view, scene).Run();
}

}  // namespace dateline::events
