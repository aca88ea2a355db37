#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "events/one_of.h"
#include "events/scene_parts.h"

// The verbs of a sentence, with their helpers and roles.

namespace dateline::events {
namespace {

using enum quotes::WordClass;

bool IsBe(std::string_view form) {
  constexpr std::array<std::string_view, 10> kForms{"be",   "is",    "are", "was", "were",
                                                    "been", "being", "am",  "'re", "get"};
  return IsOneOf(form, kForms);
}
bool IsHave(std::string_view form) {
  return form == "has" || form == "have" || form == "had" || form == "having" || form == "'ve";
}

/// What a word of the verb group says of the verb.
void TakeHelper(const Word& word, Verb& verb) {
  const bool will =
      word.form == "will" || word.form == "'ll" || word.form == "shall" || word.form == "wo";
  verb.negated |= word.Is(kNegation);
  verb.future |= will;
  verb.modal |= word.Is(kModal) && !will;
  verb.would |= word.form == "would";
  verb.must |= word.form == "must" || word.form == "should";
  verb.perfect |= IsHave(word.form);
  verb.past_perfect |= word.form == "had" || word.form == "'d";
}

/// The auxiliaries, negation and mark of a verb; those of the verb it is joined to where it has
/// none of its own ("will fly and meet", but not "would send them but refused to come").
bool TakeHelpers(const StoryView& view, const Tree& tree, std::uint32_t at, Verb& verb) {
  bool be = false;
  bool own = false;
  for (const std::uint32_t child : tree.Children(at)) {
    const Relation rel = tree.Rel(child);
    const Word& word = view.word(child);
    const bool negation = rel == "advmod" && word.Is(kNegation);
    const bool helper = rel.starts_with("aux") || rel == "cop" || rel == "mark" || negation;
    own |= rel.starts_with("nsubj") || rel.starts_with("aux");
    if (!helper || (rel == "mark" && word.form != "to")) continue;
    verb.infinitive |= rel == "mark";
    be |= IsBe(word.form);
    TakeHelper(word, verb);
    // "said he'd support Ruiz".
    if (word.form == "'d" && tree.Feature(at, "VerbForm=Inf")) verb.modal = verb.would = true;
    if (child < verb.at) verb.group.begin = std::min(verb.group.begin, child);
  }
  const auto head = tree.Head(at);
  const bool shared = !own && !verb.infinitive && !tree.TellsPast(at);
  if (shared && head && tree.Rel(at) == "conj" && *head < at && tree.Pos(*head) == "VERB" &&
      !tree.IsJoinedAskew(at))
    be |= TakeHelpers(view, tree, *head, verb);
  return be;
}

/// "is to visit", "is due to visit", "are expected to meet".
bool IsScheduled(const StoryView& view, const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 6> kWords{"due",      "set",    "scheduled",
                                                   "expected", "poised", "about"};
  if (at < tree.range().begin + 2 || view.word(at - 1).form != "to") return false;
  const std::string& before = view.word(at - 2).form;
  const bool is_to = before == "is" || before == "are" || before == "'s" || before == "'re";
  return is_to || IsOneOf(before, kWords);
}

Verb ReadVerb(const StoryView& view, const Tree& tree, std::uint32_t at) {
  Verb verb{.at = at,
            .lemma = std::string(tree.Lemma(at)),
            .group = {at, at + 1},
            .roles = tree.RolesOf(at)};
  if (tree.Pos(at) == "VERB" && view.patterns.Verbs(verb.lemma).empty())
    verb.lemma = view.lemmas.VerbLemma(view.word(at).form);
  verb.ing = view.word(at).form.ends_with("ing");
  const bool be = TakeHelpers(view, tree, at, verb);
  verb.group.begin = std::max(verb.group.begin, tree.range().begin);
  verb.passive = verb.roles.passive;
  verb.progressive = verb.ing && be;
  verb.future |= IsScheduled(view, tree, at);
  // "He should have insisted" blames; it demands nothing.
  verb.must &= !verb.perfect;
  return verb;
}

/// "after meeting the premier", where the tagger reads a noun and the parser a clause.
bool IsGerund(const Tree& tree, std::uint32_t at) {
  const Relation rel = tree.Rel(at);
  return tree.Pos(at) == "NOUN" && tree.Child(at, "mark") && tree.Child(at, "obj") &&
         (rel == "advcl" || rel == "acl" || rel == "xcomp" || rel == "ccomp");
}

/// An adjective that stands where a verb stands, with a subject: "Oman is ready to talk".
bool IsPredicate(const Tree& tree, std::uint32_t at) {
  return tree.Pos(at) == "VERB" || IsGerund(tree, at) ||
         (tree.Pos(at) == "ADJ" && (tree.Child(at, "nsubj") || tree.Child(at, "cop")));
}

/// "Soldiers went through districts that oppose him, shooting boys": a participle that is parsed
/// into a relative clause about a thing has the subject of the verb over that.
void TakeSubjectOver(const Scene& scene, Verb& verb) {
  const Tree& tree = scene.tree;
  const auto clause = tree.Head(verb.at);
  if (!verb.ing || tree.Rel(verb.at) != "advcl" || tree.Child(verb.at, "mark") || !clause ||
      tree.Rel(*clause) != "acl:relcl")
    return;
  const auto known = [&](std::uint32_t head) { return !ActorsOf(scene, head).empty(); };
  if (std::ranges::any_of(verb.roles.subject, known)) return;
  std::optional<std::uint32_t> over = tree.Head(*clause);
  while (over && tree.Pos(*over) != "VERB") over = tree.Head(*over);
  if (over) verb.roles.subject = tree.RolesOf(*over).surface();
}

}  // namespace

void ReadVerbs(const StoryView& view, Scene& scene) {
  constexpr std::size_t kUsual = 8;
  scene.verbs.reserve(kUsual);
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!IsPredicate(scene.tree, at)) continue;
    scene.verbs.push_back(ReadVerb(view, scene.tree, at));
    TakeSubjectOver(scene, scene.verbs.back());
  }
}

}  // namespace dateline::events
