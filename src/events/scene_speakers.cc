#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "events/one_of.h"
#include "events/scene_parts.h"

// Pronouns that mean whoever speaks: "Chad said it would", "our embassy".

namespace dateline::events {
namespace {

/// Whether the speaker may be the pronoun: a person "he" or "she", anybody else "it" or "they".
bool MayBe(const StoryView& view, const Scene& scene, std::uint32_t speaker,
           std::uint32_t pronoun) {
  constexpr std::array<std::string_view, 4> kPerson{"he", "she", "his", "her"};
  constexpr std::array<std::string_view, 4> kBody{"they", "it", "their", "its"};
  const std::string& form = view.word(pronoun).form;
  const auto actor = scene.ActorAt(speaker);
  const bool office = !actor && view.people.contains(scene.tree.Lemma(speaker));
  const bool person = actor ? scene.actors[*actor].person : office;
  return person ? IsOneOf(form, kPerson) : actor && IsOneOf(form, kBody);
}

/// "Chad's premier said his country would": the own side of whoever speaks.
bool IsOwnSide(std::string_view lemma) {
  static constexpr std::array<std::string_view, 13> kSides{
      "country", "government", "nation", "army",  "ministry", "side",   "administration",
      "cabinet", "troops",     "force",  "state", "party",    "soldier"};
  return IsOneOf(lemma, kSides);
}

/// The clause in which a pronoun that means whoever speaks may stand: as its subject, or as the
/// owner of a side in it.
std::optional<std::uint32_t> ClauseOfPronoun(const Tree& tree, std::uint32_t at) {
  constexpr int kSteps = 4;
  if (tree.Rel(at).starts_with("nsubj")) return tree.Head(at);
  auto up = tree.Head(at);
  if (!up || tree.Rel(at) != "nmod:poss" || !IsOwnSide(tree.Lemma(*up))) return std::nullopt;
  for (int i = 0; up && i < kSteps && tree.Pos(*up) != "VERB"; ++i) up = tree.Head(*up);
  return up;
}

/// Whoever tells the clause in which a pronoun stands that may mean him; empty for none.
ActorSet SpeakersFor(const StoryView& view, const Scene& scene, std::uint32_t pronoun) {
  const Tree& tree = scene.tree;
  const auto clause = ClauseOfPronoun(tree, pronoun);
  const auto saying = clause ? SayingAround(tree, *clause) : std::nullopt;
  const auto speaker = saying ? tree.Child(*saying, "nsubj") : std::nullopt;
  if (!speaker || *speaker == pronoun || !MayBe(view, scene, *speaker, pronoun)) return {};
  ActorSet said = ActorsOf(scene, *speaker);
  if (said.empty() || scene.actors[said.front()].code.empty()) return {};
  return said;
}

/// Whoever says the quoted words in which the span stands, if the tables know him.
const Entity* QuotedSpeaker(const Story& story, Span span, std::uint32_t& index) {
  constexpr std::size_t kMost = 16;  ///< contents nest; a few steps back reach them all
  const auto end =
      std::ranges::upper_bound(story.attributions, span.begin, {},
                               [](const Attribution& a) { return a.content.front().begin; });
  std::size_t steps = 0;
  for (auto at = end; at != story.attributions.begin() && steps < kMost; ++steps) {
    --at;
    if (at->kind == AttributionKind::kIndirect || !at->entity) continue;
    const bool inside =
        std::ranges::any_of(at->content, [&](Span content) { return content.Contains(span); });
    const Entity& entity = story.entities[Raw(*at->entity)];
    if (!inside || (!entity.actor && !entity.country)) continue;
    index = static_cast<std::uint32_t>(Raw(*at->entity));
    return &entity;
  }
  return nullptr;
}

/// Whether the words of the scene in the spans name an office of state: "Chad's foreign minister".
bool NameOffice(const StoryView& view, const Scene& scene, const std::vector<Span>& spans) {
  static constexpr std::array<std::string_view, 24> kOffices{
      "president", "minister",   "premier",  "chancellor", "leader",   "spokesman",
      "secretary", "ambassador", "envoy",    "official",   "diplomat", "spokeswoman",
      "king",      "queen",      "emperor",  "sultan",     "emir",     "general",
      "commander", "governor",   "lawmaker", "senator",    "chief",    "taoiseach"};
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const Span word = view.word(at).span;
    const auto holds = [&](Span span) { return span.Contains(word); };
    if (IsOneOf(scene.tree.Lemma(at), kOffices) && std::ranges::any_of(spans, holds)) return true;
  }
  return false;
}

/// "We condemn the raid," Chad's minister said: the country of whoever says the quoted words in
/// which the span stands, where only his office is told; null for none.
const Actor* QuotedOffice(const StoryView& view, const Scene& scene, Span span) {
  constexpr std::ptrdiff_t kMost = 16;  ///< contents nest; a few steps back reach them all
  const auto& all = view.story.attributions;
  const auto end = std::ranges::upper_bound(
      all, span.begin, {}, [](const Attribution& a) { return a.content.front().begin; });
  const auto holds = [](Span part) { return [part](Span whole) { return whole.Contains(part); }; };
  for (auto said = end - std::min(kMost, end - all.begin()); said != end; ++said) {
    const bool quoted = said->kind != AttributionKind::kIndirect && !said->entity;
    if (!quoted || std::ranges::none_of(said->content, holds(span))) continue;
    if (!NameOffice(view, scene, said->source)) continue;
    const auto by = std::ranges::find_if(scene.actors, [&](const Actor& actor) {
      return actor.code.size() >= 3 &&
             std::ranges::any_of(said->source, holds(view.word(actor.words.begin).span));
    });
    if (by != scene.actors.end()) return &*by;
  }
  return nullptr;
}

}  // namespace

void AddSpeakers(const StoryView& view, Scene& scene) {
  const Tree& tree = scene.tree;
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const bool they = tree.Lemma(at) == "they" && tree.Rel(at) == "nsubj";
    const auto known = scene.ActorAt(at);
    if (tree.Pos(at) != "PRON" || (known && !they)) continue;
    const ActorSet said = SpeakersFor(view, scene, at);
    const bool both = they && said.size() > 1;
    const bool one = !said.empty() && !known;
    if (!one && !(both && scene.actors[*known].entity == scene.actors[said.front()].entity))
      continue;
    scene.actor_at[at - scene.words.begin] = said.front();
    if (both) scene.joint.emplace_back(at, said);
  }
}

void AddQuoted(const StoryView& view, Scene& scene) {
  constexpr std::array<std::string_view, 4> kWords{"we", "i", "our", "us"};
  for (std::uint32_t at = scene.words.begin; at < scene.words.end; ++at) {
    const std::string& form = view.word(at).form;
    if (!IsOneOf(form, kWords) || scene.tree.Pos(at) != "PRON") continue;
    const auto known = scene.ActorAt(at);
    if (known && !scene.actors[*known].code.empty()) continue;
    std::uint32_t index = 0;
    const Entity* speaker = QuotedSpeaker(view.story, view.word(at).span, index);
    if (speaker == nullptr) {
      const Actor* office = QuotedOffice(view, scene, view.word(at).span);
      if (office != nullptr)
        scene.actor_at[at - scene.words.begin] =
            static_cast<std::uint32_t>(office - scene.actors.data());
      continue;
    }
    scene.actor_at[at - scene.words.begin] = static_cast<std::uint32_t>(scene.actors.size());
    scene.actors.push_back({.words = {at, at + 1},
                            .entity = static_cast<EntityIndex>(index),
                            .code = speaker->actor.value_or(speaker->country.value_or("")),
                            .person = speaker->type == EntityType::kPerson});
  }
}

}  // namespace dateline::events
