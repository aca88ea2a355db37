#include "quotes/graph.h"

#include <algorithm>

namespace dateline::quotes {
namespace {

using enum WordClass;

/// What the table of cues says of a word, as bits: its kinds, and how it takes its content.
std::uint32_t KnownAs(const CueTable& cues, const Token& token, const Word& word) {
  std::uint32_t bits = 0;
  for (const Cue& cue : cues.Of(token.lemma, CueKind::kVerb)) {
    if (!cue.rest.empty()) {
      bits |= 1U;
      continue;
    }
    std::uint32_t bit = 1;
    for (const bool flag : {true, cue.quote, cue.that, cue.bare, cue.post, cue.wh, cue.hearer,
                            cue.to, cue.object_to, cue.noun}) {
      bit <<= 1U;
      if (flag) bits |= bit;
    }
  }
  if (!cues.Of(token.lemma, CueKind::kNoun).empty()) bits |= 1U << 12U;
  if (!cues.Of(word.form, CueKind::kPreposition).empty()) bits |= 1U << 13U;
  if (!cues.Of(word.form, CueKind::kAdverb).empty()) bits |= 1U << 14U;
  return bits;
}

std::uint32_t VerbFeats(std::string_view feats) {
  std::uint32_t hash = 0;
  for (const std::string_view name : {"Tense=", "VerbForm=", "Voice=", "Mood="}) {
    const std::size_t at = feats.find(name);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = feats.substr(at);
    hash = Mix(hash, HashOf(rest.substr(0, rest.find('|'))));
  }
  return hash;
}

std::uint8_t ShapeBits(const Word& word) {
  return static_cast<std::uint8_t>((word.Is(kCapital) ? 1U : 0U) | (word.Is(kNumber) ? 2U : 0U) |
                                   (word.Is(kPunctuation) ? 4U : 0U));
}

std::uint8_t MentionOf(const Reading& reading, const Word& word) {
  if (!word.mention) return 0;
  const MentionRef& mention = reading.words->mentions[*word.mention];
  const EntityType type = reading.story->entities[Raw(mention.entity)].type;
  return static_cast<std::uint8_t>(1U + static_cast<unsigned>(mention.kind) * 16U +
                                   static_cast<unsigned>(type));
}

Node MakeNode(const Reading& reading, const Lexicon& lexicon, const WordGroups& groups,
              std::uint32_t at) {
  const Token& token = reading.story->tokens[at];
  const Word& word = reading.word(at);
  const std::string_view form = word.form;
  Node node;
  node.form = HashOf(form);
  node.lemma = HashOf(token.lemma);
  node.upos = HashOf(token.upos);
  node.deprel = HashOf(token.deprel);
  node.feats = VerbFeats(token.feats);
  node.prefix = HashOf(form.substr(0, std::min<std::size_t>(form.size(), 4)));
  node.suffix = HashOf(form.substr(form.size() - std::min<std::size_t>(form.size(), 3)));
  if (token.head) node.head = static_cast<std::uint32_t>(*token.head);
  node.known = KnownAs(lexicon.cues, token, word);
  node.group = groups.Of(node.form);
  if (node.group == 0) node.group = groups.Of(node.lemma);
  node.broad = groups.BroadOf(node.group);
  node.mention = MentionOf(reading, word);
  node.shape = ShapeBits(word);
  node.clause = token.upos == "VERB" || token.deprel == "root" || token.deprel == "ccomp" ||
                token.deprel == "parataxis" || token.deprel == "advcl";
  return node;
}

void LinkChildren(Graph& graph) {
  graph.child_begin.assign(graph.nodes.size() + 1, 0);
  for (const Node& node : graph.nodes) {
    if (node.head != kNoNode) ++graph.child_begin[node.head + 1];
  }
  for (std::size_t i = 1; i < graph.child_begin.size(); ++i) {
    graph.child_begin[i] += graph.child_begin[i - 1];
  }
  graph.children.resize(graph.child_begin.back());
  std::vector<std::uint32_t> next(graph.child_begin.begin(), graph.child_begin.end() - 1);
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    if (graph.nodes[at].head != kNoNode) graph.children[next[graph.nodes[at].head]++] = at;
  }
}

/// Depths and subtree edges. Every word hands its edges up its path; sentences are at most 256
/// words, so a path is short.
void MeasureTrees(Graph& graph) {
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    std::uint16_t depth = 0;
    for (std::uint32_t up = graph.nodes[at].head; up != kNoNode && depth < 256;
         up = graph.nodes[up].head) {
      ++depth;
      graph.nodes[up].first = std::min(graph.nodes[up].first, at);
      graph.nodes[up].last = std::max(graph.nodes[up].last, at);
    }
    graph.nodes[at].depth = depth;
  }
}

/// What a quotation ends with: 1 a comma, 2 a stop, 3 a question or exclamation, 0 a word.
std::uint32_t EndingOf(std::string_view inner) {
  const std::size_t last = inner.find_last_not_of(" \n");
  if (last == std::string_view::npos) return 0;
  if (inner[last] == ',') return 1;
  if (inner[last] == '.') return 2;
  return inner[last] == '?' || inner[last] == '!' ? 3 : 0;
}

/// The words of a quotation without its marks: how many, and how many begin with a capital.
struct Census {
  std::uint32_t words = 0;
  std::uint32_t capitals = 0;
  std::uint32_t first = kNoNode;
};

std::uint32_t LengthClass(std::uint32_t words) {
  if (words < 4) return words;
  if (words < 7) return 4;
  return words < 13 ? 5 : 6;
}

std::vector<Census> TakeCensus(const Reading& reading, const Graph& graph) {
  std::vector<Census> census(reading.quotations.size());
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.nodes[at];
    if (node.quotation == kNoNode) continue;
    Census& own = census[node.quotation];
    if (own.first == kNoNode) own.first = at;
    if (node.punctuation()) continue;
    ++own.words;
    if ((node.shape & 1U) != 0) ++own.capitals;
  }
  return census;
}

/// How many of the words begin with a capital: none, up to half, more, all.
std::uint32_t CapitalClass(const Census& census) {
  if (census.capitals == 0) return 0;
  if (2 * census.capitals <= census.words) return 1;
  return census.capitals < census.words ? 2 : 3;
}

QuoteShape ShapeOf(const Reading& reading, const Graph& graph, const Quotation& quotation,
                   const Census& census) {
  if (census.first == kNoNode) return {};
  const std::uint32_t ending = EndingOf(quotation.inner.of(reading.text()));
  const bool opens =
      census.first == 0 || graph.nodes[census.first - 1].frame != graph.nodes[census.first].frame;
  QuoteShape shape;
  shape.coarse = Mix(ending + 1, LengthClass(census.words) / 2);
  shape.fine = Mix(Mix(ending + 1, LengthClass(census.words)),
                   CapitalClass(census) * 4U + (opens ? 2U : 0U) + (quotation.closed ? 1U : 0U));
  return shape;
}

void ShapeQuotations(const Reading& reading, Graph& graph) {
  const std::vector<Census> census = TakeCensus(reading, graph);
  for (std::size_t q = 0; q < census.size(); ++q) {
    graph.quotations.push_back(ShapeOf(reading, graph, reading.quotations[q], census[q]));
  }
}

std::uint32_t BlockClass(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeadline:
    case BlockKind::kSubheading:
      return 1;
    case BlockKind::kParagraph:
      return 2;
    case BlockKind::kDescription:
      return 3;
    default:
      return 4;
  }
}

FrameShape ShapeOf(const Reading& reading, std::size_t f) {
  const Frame& frame = reading.frames[f];
  const auto first = reading.quotation_of[frame.words.begin];
  const auto last = reading.quotation_of[frame.words.end - 1];
  const bool opens = f == 0 || reading.frames[f - 1].block != frame.block;
  FrameShape shape;
  shape.all_quoted = first && first == last;
  shape.stays_open = last && !reading.quotations[*last].closed;
  shape.place = Mix(BlockClass(reading.story->blocks[Raw(frame.block)].kind),
                    (opens ? 1U : 0U) | (first ? 2U : 0U) | (last ? 4U : 0U) |
                        (shape.all_quoted ? 8U : 0U) | (shape.stays_open ? 16U : 0U));
  return shape;
}

/// What the frames before and behind a frame are, as bits: three of each.
std::uint32_t NeighboursOf(const Reading& reading, const std::vector<FrameShape>& shapes,
                           std::size_t f) {
  const auto in_block_of_next = [&](std::size_t at) {
    return reading.frames[at].block == reading.frames[at + 1].block;
  };
  std::uint32_t bits = 0;
  if (f > 0) {
    const FrameShape& before = shapes[f - 1];
    bits |= (before.all_quoted ? 1U : 0U) | (before.stays_open ? 2U : 0U) |
            (in_block_of_next(f - 1) ? 4U : 0U);
  }
  if (f + 1 < shapes.size()) {
    const bool begins_quoted = reading.quotation_of[reading.frames[f + 1].words.begin].has_value();
    bits |= (shapes[f + 1].all_quoted ? 8U : 0U) | (begins_quoted ? 16U : 0U) |
            (in_block_of_next(f) ? 32U : 0U);
  }
  return bits;
}

void ShapeFrames(const Reading& reading, Graph& graph) {
  for (std::size_t f = 0; f < reading.frames.size(); ++f) {
    graph.frames.push_back(ShapeOf(reading, f));
  }
  for (std::size_t f = 0; f < graph.frames.size(); ++f) {
    graph.frames[f].beside = Mix(NeighboursOf(reading, graph.frames, f), 5);
  }
}

}  // namespace

std::uint32_t HashOf(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

QuotePlace PlaceOf(const Reading& reading, std::uint32_t at) {
  const auto quotation = reading.quotation_of[at];
  if (!quotation) return QuotePlace::kOutside;
  const Span span = reading.word(at).span;
  const Quotation& q = reading.quotations[*quotation];
  if (span.end <= q.inner.begin) return QuotePlace::kOpen;
  return span.begin >= q.inner.end ? QuotePlace::kClose : QuotePlace::kInside;
}

void ArrangeGraph(const Reading& reading, Graph& graph) {
  graph.quotations.clear();
  graph.frames.clear();
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    Node& node = graph.nodes[at];
    node.quotation = reading.quotation_of[at].value_or(kNoNode);
    node.quote = PlaceOf(reading, at);
    node.first = node.last = at;
  }
  for (std::uint32_t f = 0; f < reading.frames.size(); ++f) {
    const Range words = reading.frames[f].words;
    for (std::uint32_t at = words.begin; at < words.end; ++at) graph.nodes[at].frame = f;
  }
  ShapeQuotations(reading, graph);
  ShapeFrames(reading, graph);
  LinkChildren(graph);
  MeasureTrees(graph);
}

Graph MakeGraph(const Reading& reading, const Lexicon& lexicon, const WordGroups& groups) {
  Graph graph;
  graph.nodes.reserve(reading.words->words.size());
  for (std::uint32_t at = 0; at < reading.words->words.size(); ++at) {
    graph.nodes.push_back(MakeNode(reading, lexicon, groups, at));
  }
  ArrangeGraph(reading, graph);
  return graph;
}

}  // namespace dateline::quotes
