/// Whom a pronoun or a description may mean by the chains of coreference and its sentence.
///
///   "[He] said", "[the company]"      what their chain named last
///   "After [his] return, President Mesa …"      what it names next
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "actors/cast.h"
#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/reading.h"

namespace dateline::actors {

/// The references of a story by head, and the entities that the walk has read so far at those of
/// their chain. Keeps references to what the walk fills; must not outlive it.
class Chains : private StoryReader {
 public:
  /// What the walk has found so far.
  struct Walk {
    const Cast& cast;
    const names::TokenRange& sentence;  ///< that is read
    /// By token: who it was last read as.
    const std::vector<std::optional<Cast::Index>>& entity_of;
  };

  Chains(const World& world, const names::Reading& reading, const Walk& walk);

  /// The reference with that head, or null.
  [[nodiscard]] const Reference* ReferenceAt(std::uint32_t head) const {
    return reference_of_[head];
  }
  /// "I", "me", "my".
  [[nodiscard]] bool IsFirstPerson(std::uint32_t i) const;
  /// "we", "us", "our": of a body that speaks it is the body.
  [[nodiscard]] bool IsWe(std::uint32_t i) const;
  /// That which "he" or "she" tells.
  [[nodiscard]] Gender GenderOf(std::uint32_t pronoun) const;
  /// "Dahl told him": who acts, where the pronoun is the object of the act and not "himself".
  [[nodiscard]] std::optional<Cast::Index> ActorBeside(std::uint32_t pronoun) const;
  /// "Chad said it would": the body or country that speaks, where the pronoun is the subject of
  /// what it says.
  [[nodiscard]] std::optional<Cast::Index> BodySaying(std::uint32_t pronoun) const;
  /// "She backed Chad when it invaded": the body or country that a person acts on, where the
  /// pronoun is the subject of a clause beside.
  [[nodiscard]] std::optional<Cast::Index> BodyActedOn(std::uint32_t pronoun) const;
  /// The entity that the pronoun's chain of coreference named last before it.
  [[nodiscard]] std::optional<Cast::Index> NamedInChain(std::uint32_t pronoun, Gender gender) const;
  /// The entity that the pronoun's chain names next, once the walk is over.
  [[nodiscard]] std::optional<Cast::Index> NextInChain(std::uint32_t pronoun, Gender gender) const;
  /// True where the chain opens with the pronoun and a name follows in its sentence: "After his
  /// return, President Mesa …".
  [[nodiscard]] bool NamedLater(std::uint32_t pronoun, Gender gender) const;
  /// "In his speech, President Mesa …": before any person of the story, the next in the sentence.
  [[nodiscard]] std::optional<Cast::Index> NamedNext(std::uint32_t pronoun, Gender gender) const;
  /// "said boxer Yoel Diaz": the name hangs on the noun.
  [[nodiscard]] std::optional<Cast::Index> SpeakerAt(std::uint32_t head) const;
  /// "the kingdom" is a country, "the company" none.
  [[nodiscard]] bool MayDescribe(std::uint32_t head, const Member& member) const;
  /// "the company", "this group", "the Russian leader".
  [[nodiscard]] bool IsDefinite(const Reference& reference) const;
  /// "It was the worst …": means nothing before.
  [[nodiscard]] bool IsExpletive(std::uint32_t i) const;

 private:
  /// The heads of the chain that the head is of; null: none.
  [[nodiscard]] const std::vector<std::size_t>* ChainOf(std::uint32_t head) const;
  /// The entity read at a head; the adjective in "Chinese minister" is not the minister.
  [[nodiscard]] std::optional<Cast::Index> MeantAt(std::size_t head) const;
  /// "he" is a person of no other gender, "it" none.
  [[nodiscard]] bool MayMean(std::uint32_t pronoun, Gender gender, const Member& member) const;

  const World& world_;
  const Cast& cast_;
  const names::TokenRange& sentence_;
  const std::vector<std::optional<Cast::Index>>& entity_of_;
  std::vector<const Reference*> reference_of_;      ///< by head token; null: none
  std::vector<std::vector<std::size_t>> chains_{};  ///< head tokens in order of the references
};

}  // namespace dateline::actors
