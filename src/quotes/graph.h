/// The words of a story as the learned part looks at them: what can be known of a word hashed once,
/// its tree both ways, the quotation it stands in.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "quotes/frames.h"
#include "quotes/word_groups.h"

namespace dateline::quotes {

/// Mixes a value into a hash. The feature numbers of a model file depend on it.
constexpr std::uint32_t Mix(std::uint32_t hash, std::uint32_t value) {
  const std::uint64_t product =
      (static_cast<std::uint64_t>(hash) << 32U | value) * 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(product >> 32U) ^ static_cast<std::uint32_t>(product >> 7U);
}
/// FNV-1a of the bytes.
std::uint32_t HashOf(std::string_view text);

inline constexpr std::uint32_t kNoNode = 0xFFFFFFFFU;

enum class QuotePlace : std::uint8_t { kOutside, kOpen, kInside, kClose };

/// One word. Hashes are never compared with strings, only with each other.
struct Node {
  std::uint32_t form = 0;  ///< lower case
  std::uint32_t lemma = 0;
  std::uint32_t upos = 0;
  std::uint32_t deprel = 0;
  std::uint32_t feats = 0;  ///< Tense, VerbForm, Voice
  std::uint32_t prefix = 0;
  std::uint32_t suffix = 0;
  std::uint32_t head = kNoNode;
  std::uint32_t first = 0;  ///< the first word of its subtree
  std::uint32_t last = 0;   ///< the last
  std::uint32_t frame = 0;
  std::uint32_t quotation = kNoNode;
  std::uint32_t known = 0;  ///< what the table of cues says of it, as bits; 0: nothing
  std::uint16_t group = 0;  ///< of words used alike; 0: none
  std::uint8_t broad = 0;   ///< the group of that group
  std::uint16_t depth = 0;
  QuotePlace quote = QuotePlace::kOutside;
  std::uint8_t mention = 0;  ///< 0 none, else kind and type of the mention it stands in
  std::uint8_t shape = 0;    ///< bits: capital, number, punctuation
  bool clause = false;       ///< a verb, or a predicate

  [[nodiscard]] bool punctuation() const { return (shape & 4U) != 0; }
};

/// What a quotation looks like, as hashes.
struct QuoteShape {
  std::uint32_t coarse = 0;  ///< how long, and what it ends with
  std::uint32_t fine = 0;    ///< capitals too, whether it is closed, whether it opens its frame
};

/// What a frame looks like among its neighbours, and what quotations do in it.
struct FrameShape {
  std::uint32_t place = 0;   ///< a hash: block, first of it or not, quotations at its edges
  std::uint32_t beside = 0;  ///< a hash: what the frames before and behind are
  bool all_quoted = false;   ///< nothing but one quotation
  bool stays_open = false;   ///< ends inside a quotation that is never closed
};

/// All words of a story, in step with Story::tokens, and the words that hang from each.
struct Graph {
  std::vector<Node> nodes;
  std::vector<QuoteShape> quotations;      ///< in step with Reading::quotations
  std::vector<FrameShape> frames;          ///< in step with Reading::frames
  std::vector<std::uint32_t> child_begin;  ///< into `children`, one more than nodes
  std::vector<std::uint32_t> children;     ///< in the order of the text

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes.size()); }
};

/// How the word stands to the marks of the reading's quotations.
QuotePlace PlaceOf(const Reading& reading, std::uint32_t at);

/// Fills all but the words of a graph from what they say of themselves and the reading: quotations,
/// frames, children, depths.
void ArrangeGraph(const Reading& reading, Graph& graph);

Graph MakeGraph(const Reading& reading, const Lexicon& lexicon, const WordGroups& groups);

}  // namespace dateline::quotes
