#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "events/one_of.h"
#include "events/scene.h"

// Which actors a noun phrase means is told by its head, else by what modifies the head: "French
// paper workers" are France's, "leaders of Chad" Chad's.

namespace dateline::events {
namespace {

/// "Chadian-backed rebels" are not Chad's.
bool IsBackedBy(const Tree& tree, std::uint32_t child) {
  constexpr std::array<std::string_view, 9> kWords{"back",  "link",   "fund", "support", "arm",
                                                   "train", "occupy", "hold", "finance"};
  return tree.Rel(child) == "amod" && IsOneOf(tree.Lemma(child), kWords) &&
         !tree.Children(child).empty();
}

/// Whether what stands below a noun tells whose it is: "of Chad", "Chad's", "Chadian".
bool TellsWhose(const Tree& tree, std::uint32_t child) {
  constexpr std::array<std::string_view, 9> kOwners{"of",     "from", "in", "at",    "for",
                                                    "within", "by",   "",   "across"};
  constexpr std::array<std::string_view, 5> kBeside{"amod", "compound", "nmod:poss", "appos",
                                                    "nmod:desc"};
  const Relation rel = tree.Rel(child);
  const bool tells = IsOneOf(rel, kBeside) || rel.starts_with("flat") ||
                     (rel == "nmod" && IsOneOf(tree.Case(child), kOwners));
  return tells && !IsBackedBy(tree, child);
}

/// What is joined to a modifier names a further actor: "leaders of Chad and Niger", "French and
/// Danish ships".
void TakeJoined(const Scene& scene, std::uint32_t modifier, ActorSet& out) {
  const Relation rel = scene.tree.Rel(modifier);
  if (rel == "appos" || rel.starts_with("flat")) return;
  const std::string country = scene.actors[out.back()].code.substr(0, 3);
  const auto other = [&](std::uint32_t at) {
    std::optional<std::uint32_t> inner;
    for (std::uint32_t i = 0; i < scene.actors.size(); ++i) {
      if (scene.actors[i].words.Contains(at) && !scene.actors[i].code.empty()) inner = i;
    }
    if (inner && scene.actors[*inner].code.substr(0, 3) != country) out.push_back(*inner);
  };
  if (!scene.tree.Child(modifier, "conj")) return;
  other(modifier);
  for (const std::uint32_t joined : scene.tree.Children(modifier)) {
    if (scene.tree.Rel(joined) == "conj") other(joined);
  }
}

/// "his counterpart in Lima" is not his country's.
bool IsOtherSideOf(const Tree& tree, std::uint32_t head, std::uint32_t child) {
  constexpr std::array<std::string_view, 5> kWords{"counterpart", "neighbour", "neighbor", "rival",
                                                   "foe"};
  return tree.Rel(child) == "nmod:poss" && IsOneOf(tree.Lemma(head), kWords);
}

/// "a Ruiz supporter", "Ruiz's brother", "his voters": whoever is with somebody does not do what he
/// does.
bool IsFollowerOf(const Scene& scene, std::uint32_t head, std::uint32_t child) {
  static constexpr std::array<std::string_view, 26> kFollowers{
      "supporter", "backer",   "fan",       "follower",  "voter",    "critic",  "opponent",
      "donor",     "loyalist", "surrogate", "staffer",   "relative", "brother", "sister",
      "son",       "daughter", "wife",      "husband",   "father",   "mother",  "lawyer",
      "attorney",  "friend",   "delegate",  "volunteer", "detractor"};
  const auto actor = scene.ActorAt(child);
  const bool named = scene.tree.Pos(child) == "PROPN" || scene.tree.Pos(child) == "PRON";
  return actor && scene.actors[*actor].person && named &&
         !scene.actors[*actor].words.Contains(head) && IsOneOf(scene.tree.Lemma(head), kFollowers);
}

/// "Chad, whose trawlers were seized": whose the noun is by the noun that its clause hangs on.
std::optional<std::uint32_t> OwnerBefore(const Tree& tree, std::uint32_t head) {
  const auto owner = tree.Child(head, "nmod:poss");
  if (!owner || tree.Lemma(*owner) != "whose") return std::nullopt;
  std::optional<std::uint32_t> at = head;
  for (int up = 0; up < 4 && at; ++up) {
    if (tree.Rel(*at) == "acl:relcl") return tree.Head(*at);
    at = tree.Head(*at);
  }
  return std::nullopt;
}

void TakeActors(const Scene& scene, std::uint32_t head, int depth, ActorSet& out);

void TakeOwner(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  const auto owner = OwnerBefore(scene.tree, head);
  if (owner && depth < 3) TakeActors(scene, *owner, depth + 3, out);
}

/// "a convoy carrying Chadian miners": what is done to it is done to them.
void TakeCarried(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  constexpr std::array<std::string_view, 4> kCarry{"carry", "transport", "ferry", "bring"};
  for (const std::uint32_t clause : scene.tree.Children(head)) {
    if (depth > 2 || scene.tree.Rel(clause) != "acl" || !IsOneOf(scene.tree.Lemma(clause), kCarry))
      continue;
    if (const auto load = scene.tree.Child(clause, "obj"))
      return TakeActors(scene, *load, depth + 2, out);
  }
}

/// The name of a person of known side that stands beside a noun for another.
std::optional<std::uint32_t> NameBeside(const Scene& scene, std::uint32_t head) {
  const Tree& tree = scene.tree;
  const auto own = scene.ActorAt(head);
  const auto name = tree.Pos(head) == "NOUN" && own ? tree.Child(head, "appos") : std::nullopt;
  const auto actor = name ? scene.ActorAt(*name) : std::nullopt;
  if (!actor || tree.Child(head, "conj")) return std::nullopt;
  const Actor& person = scene.actors[*actor];
  const bool other = person.entity != scene.actors[*own].entity;
  return person.person && other && person.code.size() > 3 ? name : std::nullopt;
}

/// Those joined to the noun: "Chad and Niger".
void TakeConjuncts(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  for (const std::uint32_t child : scene.tree.Children(head)) {
    const bool joined = scene.tree.Rel(child) == "conj" && scene.tree.Pos(child) != "VERB";
    if (joined && depth < 4) TakeActors(scene, child, depth + 1, out);
  }
}

/// "Tulsa, Oklahoma, police officer Ann Lee": the person told behind the town where she is from.
std::optional<std::uint32_t> PersonBehindTown(const Scene& scene, std::uint32_t head) {
  const auto town = scene.ActorAt(head);
  if (!town || !scene.actors[*town].place) return std::nullopt;
  bool comma = false;
  for (const std::uint32_t child : scene.tree.Children(head)) {
    const Relation rel = scene.tree.Rel(child);
    comma = comma || (rel != "conj" && scene.tree.Child(child, "punct"));
    const auto actor = scene.ActorAt(child);
    const bool joined = rel == "conj" && !scene.tree.Child(child, "cc");
    if (comma && joined && actor && scene.actors[*actor].person &&
        scene.actors[*actor].code.size() > 3)
      return child;
  }
  return std::nullopt;
}

/// Whether who the child is tells who the noun is.
bool TellsWho(const Scene& scene, std::uint32_t head, std::uint32_t child) {
  return TellsWhose(scene.tree, child) && !IsOtherSideOf(scene.tree, head, child) &&
         !IsFollowerOf(scene, head, child);
}

void TakeActors(const Scene& scene, std::uint32_t head, int depth, ActorSet& out) {
  const Tree& tree = scene.tree;
  const auto joint = std::ranges::find(scene.joint, head, [](const auto& j) { return j.first; });
  if (joint != scene.joint.end()) {
    out.insert(out.end(), joint->second.begin(), joint->second.end());
    return;
  }
  // "its foreign minister, Ana Ruiz": the name tells who it is.
  if (const auto name = NameBeside(scene, head)) return TakeActors(scene, *name, depth + 1, out);
  if (const auto name = PersonBehindTown(scene, head))
    return TakeActors(scene, *name, depth + 1, out);
  const auto own = scene.ActorAt(head);
  const auto add = [&](std::uint32_t actor) {
    if (std::ranges::find(out, actor) == out.end()) out.push_back(actor);
  };
  const std::size_t before = out.size();
  if (own && !scene.actors[*own].code.empty()) add(*own);
  for (const std::uint32_t child : tree.Children(head)) {
    if (depth > 3 || !TellsWho(scene, head, child)) continue;
    if (out.size() == before) {
      TakeActors(scene, child, depth + 1, out);
    } else if (own) {
      TakeJoined(scene, child, out);
    }
  }
  if (own && out.size() == before) add(*own);
  if (out.size() == before) TakeOwner(scene, head, depth, out);
  if (out.size() == before) TakeCarried(scene, head, depth, out);
  TakeConjuncts(scene, head, depth, out);
}

}  // namespace

ActorSet ActorsOf(const Scene& scene, std::uint32_t head) {
  ActorSet found;
  TakeActors(scene, head, 0, found);
  if (found.size() < 2) return found;
  // "Taoiseach (Prime Minister) Brian Cowen": of whom something is known goes before of whom not.
  const auto known = [&](std::uint32_t actor) { return !scene.actors[actor].code.empty(); };
  if (std::ranges::any_of(found, known))
    erase_if(found, [&](std::uint32_t actor) { return !known(actor); });
  // "his counterpart, Ana Ruiz": one, though named twice.
  ActorSet out;
  for (const std::uint32_t actor : found) {
    const auto& entity = scene.actors[actor].entity;
    const bool named = entity && std::ranges::any_of(out, [&](std::uint32_t other) {
                         return scene.actors[other].entity == entity;
                       });
    if (!named) out.push_back(actor);
  }
  return out;
}

}  // namespace dateline::events
