#include "events/scene.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

// Subjects are found in one walk from left to right. Actors that no preposition governs wait as
// candidates until a verb comes and takes them; a verb without candidates keeps the subject of the
// verb before it ("met and agreed"), except in a relative clause, whose subject is the actor before
// the pronoun and which ends with the next comma. A name between commas does not replace the one it
// explains. A verb that opens a sentence ("Meeting in Oslo, …") gets the subject of the clause
// after.

namespace dateline::events {
namespace {

using enum quotes::WordClass;

bool IsBe(std::string_view form) {
  constexpr std::array<std::string_view, 10> kForms{"be",   "is",    "are", "was", "were",
                                                    "been", "being", "am",  "'re", "get"};
  return std::ranges::find(kForms, form) != kForms.end();
}
bool IsHave(std::string_view form) {
  return form == "has" || form == "have" || form == "had" || form == "having" || form == "'ve";
}

// ---- actors

void AddEntityActors(const StoryView& view, Scene& scene) {
  std::uint32_t at = scene.words.begin;
  const auto& mentions = view.words.mentions;
  const std::uint32_t begin = view.word(at).span.begin;
  const std::uint32_t end = view.word(scene.words.end - 1).span.end;
  auto first =
      std::ranges::lower_bound(mentions, begin, {}, [](const auto& m) { return m.span.begin; });
  for (; first != mentions.end() && first->span.begin < end; ++first) {
    while (at < scene.words.end && view.word(at).span.end <= first->span.begin) ++at;
    std::uint32_t last = at;
    while (last < scene.words.end && view.word(last).span.begin < first->span.end) ++last;
    if (last == at) continue;
    const Entity& entity = view.story.entities[Raw(first->entity)];
    if (entity.type == EntityType::kWork || entity.type == EntityType::kEvent) continue;
    Actor actor{.words = {at, last},
                .entity = first->entity,
                .code = entity.actor.value_or(entity.country.value_or(""))};
    const bool ends_so = view.word(last - 1).Is(kPossessive);
    const bool next_so =
        last < scene.words.end && (view.word(last).form == "'s" || view.word(last).form == "'");
    actor.possessive = ends_so || next_so;
    actor.place = entity.type == EntityType::kPlace || entity.type == EntityType::kFacility;
    scene.actors.push_back(std::move(actor));
  }
}

void AddPlaceActors(const StoryView& view, Scene& scene) {
  const std::uint32_t begin = view.word(scene.words.begin).span.begin;
  const std::uint32_t end = view.word(scene.words.end - 1).span.end;
  auto place = std::ranges::lower_bound(view.story.places, begin, {},
                                        [](const Place& p) { return p.span.begin; });
  for (; place != view.story.places.end() && place->span.begin < end; ++place) {
    if (!place->country) continue;
    const auto covers = [&](const Actor& a) {
      return !a.code.empty() && view.word(a.words.begin).span.begin <= place->span.begin &&
             place->span.end <= view.word(a.words.end - 1).span.end;
    };
    if (std::ranges::any_of(scene.actors, covers)) continue;
    const auto first = std::ranges::lower_bound(view.words.words, place->span.begin, {},
                                                [](const Word& w) { return w.span.begin; });
    const auto at = static_cast<std::uint32_t>(first - view.words.words.begin());
    std::uint32_t last = at;
    while (last < scene.words.end && view.word(last).span.begin < place->span.end) ++last;
    if (last > at)
      scene.actors.push_back(
          {.words = {at, last}, .entity = std::nullopt, .code = *place->country, .place = true});
  }
}

void ReadActors(const StoryView& view, Scene& scene) {
  AddEntityActors(view, scene);
  AddPlaceActors(view, scene);
  std::ranges::stable_sort(scene.actors, [](const Actor& a, const Actor& b) {
    return std::pair(a.words.begin, b.words.end) < std::pair(b.words.begin, a.words.end);
  });
  scene.actor_at.assign(scene.words.end - scene.words.begin, std::nullopt);
  for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
    for (std::uint32_t at = scene.actors[i].words.begin; at < scene.actors[i].words.end; ++at) {
      auto& slot = scene.actor_at[at - scene.words.begin];
      if (!slot) slot = i;
    }
  }
}

// ---- verbs

/// Whether a word that the tagger took for an adjective stands as a verb does: a past form between
/// an actor and what it acts on ("Gunmen ambushed soldiers").
bool StandsAsVerb(const StoryView& view, const Scene& scene, std::uint32_t at,
                  const std::string& lemma) {
  if (at == scene.words.begin || at + 1 >= scene.words.end) return false;
  const auto before = scene.ActorAt(at - 1);
  return before && !scene.actors[*before].possessive && view.word(at).form != lemma &&
         !view.word(at).form.ends_with("ing");
}

/// Whether the word is a verb that the patterns know, or a past form that they may.
bool IsVerb(const StoryView& view, const Scene& scene, std::uint32_t at, const std::string& lemma) {
  const Token& token = view.story.tokens[at];
  const bool adjective = token.upos == "ADJ" || token.deprel == "amod";
  if ((token.upos != "VERB" && !adjective) || scene.ActorAt(at)) return false;
  if (adjective && !StandsAsVerb(view, scene, at, lemma)) return false;
  const std::string& form = view.word(at).form;
  const bool past = form.size() > 4 && form.ends_with("ed");
  return past || !view.patterns.Verbs(lemma).empty() || !view.patterns.Governor(lemma).empty();
}

/// Whether a word before a verb can belong to it: "will not have been".
bool MayStandInGroup(const Word& word) {
  return word.Is(kAuxiliary | kModal | kNegation | kAdverb) || word.form.ends_with("ly") ||
         word.form == "to";
}

/// What a word of the verb group says of the verb.
void TakeHelper(const Word& word, Verb& verb) {
  const bool will =
      word.form == "will" || word.form == "'ll" || word.form == "shall" || word.form == "wo";
  verb.negated |= word.Is(kNegation);
  verb.future |= will;
  verb.modal |= word.Is(kModal) && !will;
  verb.perfect |= IsHave(word.form);
  verb.past_perfect |= word.form == "had" || word.form == "'d";
}

/// Takes the words before the verb into its group; whether a form of "be" is among them.
bool TakeHelpers(const StoryView& view, const Scene& scene, std::uint32_t at, Verb& verb) {
  bool be = false;
  for (std::uint32_t i = at; i > scene.words.begin && at - i < 7; --i) {
    const Word& word = view.word(i - 1);
    if (!MayStandInGroup(word)) break;
    if (word.form == "'s" && scene.ActorAt(i - 1)) break;
    const bool to = word.form == "to";
    if (to) verb.infinitive = i == at || be || verb.perfect;
    if (to && !verb.infinitive) break;
    be |= IsBe(word.form);
    TakeHelper(word, verb);
    verb.group.begin = i - 1;
    if (to) break;
  }
  return be;
}

Verb ReadVerb(const StoryView& view, const Scene& scene, std::uint32_t at, std::string lemma) {
  Verb verb{.at = at, .lemma = std::move(lemma), .group = {at, at + 1}, .subject = {}};
  const std::string& form = view.word(at).form;
  verb.ing = form.ends_with("ing");
  const bool past = form != verb.lemma && !verb.ing && !form.ends_with('s');
  const bool be = TakeHelpers(view, scene, at, verb);
  verb.passive = past && be;
  verb.progressive = verb.ing && be;
  const bool by = at + 1 < scene.words.end && view.word(at + 1).form == "by";
  const bool participle = form.ends_with('d') || form.ends_with('n') || form.ends_with('t');
  if (past && participle && by && !verb.perfect) verb.passive = true;
  return verb;
}

// ---- subjects

class SubjectWalk {
 public:
  SubjectWalk(const StoryView& view, Scene& scene) : view_(view), scene_(scene) {}

  void Run() {
    for (std::uint32_t at = scene_.words.begin; at < scene_.words.end; ++at) Step(at);
  }

 private:
  void Step(std::uint32_t at) {
    const auto actor = scene_.ActorAt(at);
    if (actor && scene_.actors[*actor].words.begin == at) TakeActor(*actor);
    if (actor) return;
    const Word& word = view_.word(at);
    if (word.form == ",") return Comma(at);
    if (word.Is(kAuxiliary | kModal) && word.form != "'s") return;
    const std::string lemma = view_.lemmas.VerbLemma(word.form);
    if (IsVerb(view_, scene_, at, lemma)) return TakeVerb(at, lemma);
    if (word.Is(kRelative) && word.form != "that") return Relative(at);
    if (word.form == "that" && at > scene_.words.begin && scene_.ActorAt(at - 1) && !verb_seen_)
      return Relative(at);
    if (word.Is(kSubordinator) || word.form == ";" || word.form == ":" || word.form == "--" ||
        word.form == "–" || word.form == "—" || word.form == "-")
      return Boundary();
    if (word.Is(kConjunction) && verb_seen_) Boundary();
  }

  void TakeActor(std::uint32_t index) {
    const Actor& actor = scene_.actors[index];
    last_actor_ = index;
    if (verb_seen_ && PrepositionOf(view_, scene_, actor, clause_begin_).empty()) object_ = index;
    if (verb_seen_ || locked_ || actor.place) return;
    if (!PrepositionOf(view_, scene_, actor, clause_begin_).empty()) return;
    const bool joined = actor.words.begin > scene_.words.begin &&
                        (view_.word(actor.words.begin - 1).form == "and" ||
                         view_.word(actor.words.begin - 1).form == ",");
    if (!joined && !candidates_.empty() && !AfterAnd(actor.words.begin)) {
      if (scene_.actors[candidates_.back()].possessive ||
          actor.code.empty() == scene_.actors[candidates_.back()].code.empty())
        candidates_.pop_back();
      else
        return;
    }
    candidates_.push_back(index);
  }

  /// Whether "and" joins the phrase at `at` to the candidate before it.
  bool AfterAnd(std::uint32_t at) const {
    for (std::uint32_t i = at; i > scene_.actors[candidates_.back()].words.end; --i) {
      if (view_.word(i - 1).form == "and") return true;
    }
    return false;
  }

  void TakeVerb(std::uint32_t at, const std::string& lemma) {
    Verb verb = ReadVerb(view_, scene_, at, lemma);
    if (!candidates_.empty()) {
      subject_ = candidates_;
      for (const std::size_t waiting : waiting_) scene_.verbs[waiting].subject = subject_;
      waiting_.clear();
    }
    verb.subject = subject_;
    if (Controlled(verb)) verb.subject = {*object_};
    object_.reset();
    if (subject_.empty()) waiting_.push_back(scene_.verbs.size());
    candidates_.clear();
    locked_ = false;
    verb_seen_ = !view_.TakesClause(lemma);
    clause_begin_ = at + 1;
    scene_.verbs.push_back(std::move(verb));
  }

  /// Whether the verb's subject is the object of the one before: "urged Chad to withdraw", "accused
  /// Chad of shelling".
  bool Controlled(const Verb& verb) const {
    if (!object_ || scene_.verbs.empty() || verb.group.begin == 0) return false;
    if (verb.infinitive) return true;
    const std::string& before = view_.word(verb.group.begin - 1).form;
    return verb.ing && !verb.progressive && (before == "of" || before == "from" || before == "for");
  }

  void Comma(std::uint32_t at) {
    if (relative_ && verb_seen_) {
      subject_ = saved_subject_;
      candidates_ = saved_candidates_;
      locked_ = !candidates_.empty();
      relative_ = false;
      verb_seen_ = false;
    } else if (!verb_seen_) {
      locked_ = !candidates_.empty() && !ListGoesOn(at);
    } else {
      Boundary();
    }
    clause_begin_ = at + 1;
  }

  /// "France, Italy and Spain met": a comma of a list, not of an apposition.
  bool ListGoesOn(std::uint32_t comma) const {
    const auto next = scene_.ActorAt(comma + 1);
    if (!next) return false;
    const std::uint32_t after = scene_.actors[*next].words.end;
    return after < scene_.words.end &&
           (view_.word(after).form == "and" || view_.word(after).form == ",") &&
           scene_.ActorAt(after + 1).has_value();
  }

  void Relative(std::uint32_t at) {
    saved_subject_ = subject_;
    saved_candidates_ = verb_seen_ ? ActorSet{} : candidates_;
    relative_ = true;
    candidates_.clear();
    if (last_actor_) candidates_.push_back(*last_actor_);
    locked_ = !candidates_.empty();
    verb_seen_ = false;
    clause_begin_ = at + 1;
  }

  void Boundary() {
    candidates_.clear();
    locked_ = false;
    verb_seen_ = false;
  }

  const StoryView& view_;
  Scene& scene_;
  ActorSet subject_;
  ActorSet candidates_;
  ActorSet saved_subject_;
  ActorSet saved_candidates_;
  std::vector<std::size_t> waiting_;
  std::optional<std::uint32_t> last_actor_;
  std::optional<std::uint32_t> object_;  // of the last verb
  std::uint32_t clause_begin_ = 0;
  bool verb_seen_ = false;
  bool locked_ = false;
  bool relative_ = false;
};

}  // namespace

namespace {

/// "to crush the rebels", "of shelling the town": what follows such a verb is its object.
bool VerbAfterPreposition(const StoryView& view, std::uint32_t at) {
  const std::string& next = view.word(at + 1).form;
  const bool to = view.word(at).form == "to";
  if (!to && !(view.word(at).Is(kPreposition) && next.ends_with("ing"))) return false;
  const std::string lemma = view.lemmas.VerbLemma(next);
  return (!to || lemma == next) &&
         (!view.patterns.Verbs(lemma).empty() || !view.patterns.Governor(lemma).empty());
}

/// Whether a word cannot stand between a preposition and its noun.
bool PartsPhrase(const Word& word) {
  if (word.Is(kPunctuation)) {
    return word.form != "'" && word.form != "\"" && word.form != "“" && word.form != ",";
  }
  return word.Is(kAuxiliary | kModal | kSubordinator | kRelative | kPronoun) &&
         !word.Is(kDeterminer | kPossessive);
}

}  // namespace

std::string PrepositionOf(const StoryView& view, const Scene& scene, const Actor& actor,
                          std::uint32_t from) {
  const std::uint32_t floor = std::max(from, scene.words.begin);
  for (std::uint32_t at = actor.words.begin; at > floor && actor.words.begin - at < 8; --at) {
    const Word& word = view.word(at - 1);
    if (at < actor.words.begin && VerbAfterPreposition(view, at - 1)) return "";
    if (word.Is(kPreposition)) return word.form;
    if (PartsPhrase(word)) return "";
    const auto other = scene.ActorAt(at - 1);
    const std::string& next = view.word(at).form;
    const bool joined =
        next == "and" || word.form == "and" || (at < actor.words.begin && next == ",");
    if (other && !scene.actors[*other].possessive && !joined) return "";
  }
  return "";
}

Range ZoneAfter(const StoryView& view, const Scene& scene, std::uint32_t from) {
  std::uint32_t at = from;
  for (; at < scene.words.end && at < from + 30; ++at) {
    const Word& word = view.word(at);
    if (scene.ActorAt(at)) continue;
    if (word.form == ";" || word.form == ":" || word.form == "--" || word.form == "—" ||
        word.form == "–" || word.form == "-")
      break;
    if (word.form == "because" || word.form == "while" || word.form == "whereas" ||
        word.form == "when" || word.form == "although" || word.form == "though" ||
        word.form == "but" || word.form == "after" || word.form == "before" ||
        word.form == "since" || word.form == "until" || word.form == "unless" || word.form == "if")
      break;
    if (word.Is(kRelative) && word.form != "that") break;
    if (word.form == ",") {
      const bool goes_on = at + 1 < scene.words.end &&
                           (scene.ActorAt(at + 1).has_value() || view.word(at + 1).form == "and");
      if (!goes_on) break;
    }
  }
  return {from, at};
}

Scene ReadScene(const StoryView& view, Range range) {
  Scene scene{.words = range, .actors = {}, .actor_at = {}, .verbs = {}};
  ReadActors(view, scene);
  SubjectWalk(view, scene).Run();
  return scene;
}

}  // namespace dateline::events
