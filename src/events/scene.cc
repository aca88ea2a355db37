#include "events/scene.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

// Actors are mentions of entities and places with a country; which of them a noun phrase means is
// told by its head, else by what modifies the head: "French paper workers" are France's, "leaders
// of Chad" Chad's.

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

/// Nationalities that no entity covers: "Greek tanker".
void AddNationActors(const StoryView& view, Scene& scene) {
  const std::size_t known = scene.actors.size();
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (!view.word(at).Is(kCapital)) continue;
    const auto covers = [&](const Actor& a) {
      return !a.code.empty() && a.words.Contains(at) && a.words.end - a.words.begin < 3;
    };
    const auto end = scene.actors.begin() + static_cast<std::ptrdiff_t>(known);
    if (std::any_of(scene.actors.begin(), end, covers)) continue;
    const bool two = at + 1 < scene.words.end;
    const std::string pair = two ? view.word(at).form + " " + view.word(at + 1).form : "";
    auto found = view.nations.find(pair);
    const std::uint32_t length = found != view.nations.end() ? 2 : 1;
    if (length == 1) found = view.nations.find(view.word(at).form);
    if (found == view.nations.end()) continue;
    scene.actors.push_back(
        {.words = {at, at + length}, .entity = std::nullopt, .code = found->second});
    at += length - 1;
  }
}

void ReadActors(const StoryView& view, Scene& scene) {
  AddEntityActors(view, scene);
  AddPlaceActors(view, scene);
  AddNationActors(view, scene);
  std::ranges::stable_sort(scene.actors, [](const Actor& a, const Actor& b) {
    return std::pair(a.words.begin, b.words.end) < std::pair(b.words.begin, a.words.end);
  });
  scene.actor_at.assign(scene.words.end - scene.words.begin, std::nullopt);
  for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
    for (std::uint32_t at = scene.actors[i].words.begin; at < scene.actors[i].words.end; ++at) {
      auto& slot = scene.actor_at[at - scene.words.begin];
      if (!slot || scene.actors[*slot].code.empty()) slot = i;
    }
  }
}

/// Whether what stands below a noun tells whose it is: "of Chad", "Chad's", "Chadian".
bool TellsWhose(const Tree& tree, std::uint32_t child) {
  constexpr std::array<std::string_view, 7> kOwners{"of", "from", "in", "at", "for", "within", ""};
  const std::string_view rel = tree.Rel(child);
  if (rel == "amod" || rel == "compound" || rel == "nmod:poss" || rel.starts_with("flat") ||
      rel == "appos" || rel == "nmod:desc")
    return true;
  return rel == "nmod" && std::ranges::find(kOwners, tree.Case(child)) != kOwners.end();
}

/// What is joined to a modifier names a further actor: "leaders of Chad and Niger", "French and
/// Danish ships".
void TakeJoined(const Scene& scene, std::uint32_t modifier, ActorSet& out) {
  const std::string_view rel = scene.tree.Rel(modifier);
  if (rel == "appos" || rel.starts_with("flat")) return;
  const std::string country = scene.actors[out.back()].code.substr(0, 3);
  const auto other = [&](std::uint32_t at) {
    std::optional<std::uint32_t> inner;
    for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
      if (scene.actors[i].words.Contains(at) && !scene.actors[i].code.empty()) inner = i;
    }
    if (inner && scene.actors[*inner].code.substr(0, 3) != country) out.push_back(*inner);
  };
  const auto joined = scene.tree.Child(modifier, "conj");
  if (!joined) return;
  other(modifier);
  other(*joined);
}

void TakeActors(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  const Tree& tree = scene.tree;
  const auto own = scene.ActorAt(head);
  const auto add = [&](std::uint32_t actor) {
    if (std::ranges::find(out, actor) == out.end()) out.push_back(actor);
  };
  const std::size_t before = out.size();
  if (own && !scene.actors[*own].code.empty()) add(*own);
  for (const std::uint32_t child : tree.Children(head)) {
    if (depth > 3 || !TellsWhose(tree, child)) continue;
    if (out.size() == before) {
      TakeActors(scene, child, depth + 1, out);
    } else if (own) {
      TakeJoined(scene, child, out);
    }
  }
  if (own && out.size() == before) add(*own);
  for (const std::uint32_t child : tree.Children(head)) {
    const bool joined = tree.Rel(child) == "conj" && tree.Pos(child) != "VERB";
    if (joined && depth < 4) TakeActors(scene, child, depth + 1, out);
  }
}

// ---- verbs

/// What a word of the verb group says of the verb.
void TakeHelper(const Word& word, Verb& verb) {
  const bool will =
      word.form == "will" || word.form == "'ll" || word.form == "shall" || word.form == "wo";
  verb.negated |= word.Is(kNegation);
  verb.future |= will;
  verb.modal |= word.Is(kModal) && !will;
  verb.must |= word.form == "must" || word.form == "should";
  verb.perfect |= IsHave(word.form);
  verb.past_perfect |= word.form == "had" || word.form == "'d";
}

/// The auxiliaries, negation and mark of a verb; those of the verb it is joined to where it has
/// none of its own ("will fly and meet").
bool TakeHelpers(const StoryView& view, const Tree& tree, std::uint32_t at, Verb& verb) {
  bool be = false;
  bool own = false;
  for (const std::uint32_t child : tree.Children(at)) {
    const std::string_view rel = tree.Rel(child);
    const Word& word = view.word(child);
    const bool negation = rel == "advmod" && word.Is(kNegation);
    const bool helper = rel.starts_with("aux") || rel == "cop" || rel == "mark" || negation;
    own |= rel.starts_with("nsubj") || rel.starts_with("aux");
    if (!helper || (rel == "mark" && word.form != "to")) continue;
    verb.infinitive |= rel == "mark";
    be |= IsBe(word.form);
    TakeHelper(word, verb);
    if (child < verb.at) verb.group.begin = std::min(verb.group.begin, child);
  }
  const auto head = tree.Head(at);
  if (!own && !verb.infinitive && head && tree.Rel(at) == "conj" && *head < at &&
      tree.Pos(*head) == "VERB")
    be |= TakeHelpers(view, tree, *head, verb);
  return be;
}

/// "is due to visit", "are expected to meet".
bool IsScheduled(const StoryView& view, const Tree& tree, std::uint32_t at) {
  constexpr std::array<std::string_view, 6> kWords{"due",      "set",    "scheduled",
                                                   "expected", "poised", "about"};
  if (at < tree.range().begin + 2 || view.word(at - 1).form != "to") return false;
  return std::ranges::find(kWords, view.word(at - 2).form) != kWords.end();
}

Verb ReadVerb(const StoryView& view, const Tree& tree, std::uint32_t at) {
  Verb verb{.at = at, .lemma = tree.Lemma(at), .group = {at, at + 1}, .roles = tree.RolesOf(at)};
  if (tree.Pos(at) == "VERB" && view.patterns.Verbs(verb.lemma).empty())
    verb.lemma = view.lemmas.VerbLemma(view.word(at).form);
  verb.ing = view.word(at).form.ends_with("ing");
  const bool be = TakeHelpers(view, tree, at, verb);
  verb.group.begin = std::max(verb.group.begin, tree.range().begin);
  verb.passive = verb.roles.passive;
  verb.progressive = verb.ing && be;
  verb.future |= IsScheduled(view, tree, at);
  return verb;
}

/// An adjective that stands where a verb stands, with a subject: "Oman is ready to talk".
bool IsPredicate(const Tree& tree, std::uint32_t at) {
  return tree.Pos(at) == "VERB" ||
         (tree.Pos(at) == "ADJ" && (tree.Child(at, "nsubj") || tree.Child(at, "cop")));
}

void ReadVerbs(const StoryView& view, Scene& scene) {
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    if (IsPredicate(scene.tree, at)) scene.verbs.push_back(ReadVerb(view, scene.tree, at));
  }
}

}  // namespace

ActorSet ActorsOf(const Scene& scene, std::uint32_t head) {
  ActorSet out;
  TakeActors(scene, head, 0, out);
  return out;
}

Result<Nations> LoadNations(const tables::Tables& tables) {
  Nations nations;
  DATELINE_TRY(const tables::Table* table, tables.Get("actors/country_aliases"));
  DATELINE_TRY(const tables::Column alias, table->GetColumn("alias"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  DATELINE_TRY(const tables::Column country, table->GetColumn("country"));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    const std::string_view is = table->Cell(row, kind);
    if (is != "adjective" && is != "demonym") continue;
    std::string name(table->Cell(row, alias));
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    nations.emplace(std::move(name), table->Cell(row, country));
  }
  return nations;
}

Result<People> LoadPeople(const tables::Tables& tables) {
  People people;
  DATELINE_TRY(const tables::Table* table, tables.Get("actors/roles"));
  for (const char* name : {"role", "plural"}) {
    const auto column = table->GetColumn(name);
    if (!column) continue;
    for (std::uint32_t row = 0; row < table->row_count(); ++row) {
      for (const std::string_view title : tables::Values(table->Cell(row, *column)))
        people.emplace(title.substr(title.rfind(' ') == title.npos ? 0 : title.rfind(' ') + 1));
    }
  }
  return people;
}

Scene ReadScene(const StoryView& view, Range range) {
  Scene scene{.words = range,
              .tree = Tree(view.story, range, view.lemmas),
              .actors = {},
              .actor_at = {},
              .verbs = {}};
  ReadActors(view, scene);
  ReadVerbs(view, scene);
  return scene;
}

}  // namespace dateline::events
