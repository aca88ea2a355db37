/// What the ranker looks at: a phrase alone, and a phrase beside an earlier one with its chain.
#pragma once

#include <cstdint>
#include <vector>

#include "coreference/mentions.h"
#include "coreference/ranker.h"
#include "coreference/word_classes.h"
#include "dateline/story.h"

namespace dateline::coreference {

/// Hashed features; the ranker takes their low bits.
using Features = std::vector<std::uint32_t>;

/// What the features of a phrase are made of, computed once. Words are hashes of their lower case.
struct Facts {
  std::uint32_t type = 0;    ///< the pronoun itself; what name; a common noun
  std::uint32_t coarse = 0;  ///< name, noun, pronoun
  std::uint32_t lemma = 0;   ///< of the head
  std::uint32_t form = 0;
  std::uint32_t prefix = 0;  ///< first four letters of the head: "Russia", "Russian"
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t before = 0;
  std::uint32_t after = 0;
  std::uint32_t whole = 0;  ///< all words without determiner and possessive mark
  std::uint32_t word_class = 0;
  std::uint32_t role = 0;  ///< relation to the governor
  std::uint32_t governor = 0;
  std::uint32_t governor_at = 0;  ///< token; the head itself at a root
  std::uint32_t block = 0;
  std::uint32_t block_kind = 0;
  std::uint32_t acronym = 0;           ///< of the initials, when there are three or more
  std::uint32_t copula_subject = ~0U;  ///< head token of the subject that it is said to be
  bool apposition = false;
  bool clause = false;  ///< "it" beside a clause: may be expletive
  bool upper = false;
  bool speaker = false;                    ///< subject of a verb of saying
  std::vector<std::uint32_t> modifiers{};  ///< content words but the head, sorted
  std::vector<std::uint32_t> name{};       ///< words of the name at its head, in order
};

/// A chain as far as it has been read.
struct ChainState {
  std::uint32_t newest = 0;  ///< phrase
  Gender gender = Gender::kUnknown;
  Number number = Number::kUnknown;
  NameClass name = NameClass::kNone;
  bool named = false;
  bool animate = false;
  std::uint32_t spoke = 0;  ///< sentence + 1 where it last spoke; 0: nowhere
  std::uint32_t acted = 0;  ///< sentence + 1 where it was last a subject
};

/// The phrases of a story with their facts. Keeps views of the story.
struct Scene {
  Phrases found;
  std::vector<Facts> facts;
};

Scene MakeScene(const Story& story, const Words& words, const WordClasses& classes);

/// Features of opening a chain with the phrase. `seen`: an earlier phrase has its words (bit 0),
/// its head (bit 1).
void AddOpening(const Scene& scene, std::uint32_t phrase, std::uint32_t seen, Features& features);
/// Features of joining the chain of an earlier phrase.
void AddLink(const Scene& scene, std::uint32_t phrase, std::uint32_t earlier,
             const ChainState& chain, Features& features);
/// The sum of the weights of those features, without a list of them.
std::int32_t ScoreLink(const Ranker& ranker, const Scene& scene, std::uint32_t phrase,
                       std::uint32_t earlier, const ChainState& chain);
/// Adds the phrase to what is known of its chain.
void Extend(ChainState& chain, const Scene& scene, std::uint32_t phrase);

}  // namespace dateline::coreference
