#include "quotes/verdict.h"

#include <algorithm>
#include <cmath>

#include "quotes/feature_list.h"

namespace dateline::quotes {
namespace {

std::uint32_t Steps(double value, double step) {
  return static_cast<std::uint32_t>(
      static_cast<int>(std::floor(std::clamp(value, -20.0, 20.0) / step)) + 1000);
}

bool InQuotes(const Node& node) { return node.quote != QuotePlace::kOutside; }

/// The word of the ranges that stands highest in its tree.
std::uint32_t HeadOf(const Graph& graph, std::span<const Range> ranges) {
  std::uint32_t head = ranges.front().begin;
  for (const Range range : ranges) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      const Node& node = graph.nodes[at];
      if (!node.punctuation() && node.depth < graph.nodes[head].depth) head = at;
    }
  }
  return head;
}

std::uint32_t LengthOf(std::span<const Range> ranges) {
  std::uint32_t length = 0;
  for (const Range range : ranges) length += range.end - range.begin;
  return length;
}

bool Holds(std::span<const Range> ranges, std::uint32_t at) {
  return std::ranges::any_of(ranges, [&](Range range) { return range.Contains(at); });
}

std::uint32_t Shared(std::span<const Range> some, std::span<const Range> others) {
  std::uint32_t shared = 0;
  for (const Range a : some) {
    for (const Range b : others) {
      const std::uint32_t begin = std::max(a.begin, b.begin);
      const std::uint32_t end = std::min(a.end, b.end);
      if (begin < end) shared += end - begin;
    }
  }
  return shared;
}

/// The candidate being judged, and what several groups of features need of it.
struct Case {
  const Graph& graph;
  const Candidate& own;
  const Node& cue;
  std::uint32_t cue_step = 0;
  std::uint32_t quoted = 0;  ///< content: 0 none of it in quotation marks, 1 part, 2 all
};

std::uint32_t Quotedness(const Graph& graph, std::span<const Range> content) {
  std::uint32_t inside = 0;
  for (const Range range : content) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (InQuotes(graph.nodes[at])) ++inside;
    }
  }
  return inside == 0 ? 0 : inside == LengthOf(content) ? 2 : 1;
}

void AddContent(const Case& c, FeatureAdder& add) {
  const std::span<const Range> content = c.own.content;
  if (content.empty()) return;
  const std::uint32_t first = content.front().begin;
  const std::uint32_t length = LengthOf(content);
  const std::uint32_t side = first < c.own.head ? 1 : 2;
  const std::uint32_t head = HeadOf(c.graph, content);
  const Node& top = c.graph.nodes[head];
  add(310, std::min(length, 31U), side);
  add(311, c.quoted, side);
  add(312, c.quoted, c.cue.lemma);
  add(313, c.quoted, c.cue_step);
  add(314, c.quoted, c.cue.upos);
  add(315, c.graph.nodes[first].lemma, side);
  add(316, c.graph.nodes[first].upos, c.cue.lemma);
  add(317, c.graph.nodes[content.back().end - 1].lemma);
  add(318, top.clause ? 1 : 0, length > 3 ? 1 : 0, c.cue.lemma);
  add(319, top.clause ? 1 : 0, c.quoted, c.cue_step);
  add(320, top.deprel, c.cue.upos);
  add(321, top.deprel, c.cue.lemma);
  add(322, top.upos, top.head == c.own.head ? 1 : 0);
  add(323, top.lemma, c.cue.lemma);
  add(324, top.deprel, c.cue.known);
  add(325, std::min<std::uint32_t>(static_cast<std::uint32_t>(content.size()), 4U), c.quoted);
  add(326, side, std::min(length, 4U), c.cue.lemma);
  add(360, top.deprel, c.cue.group);
  add(361, top.group, c.cue.group);
  add(362, c.quoted, c.cue.group, side);
  add(363, top.clause ? 1 : 0, c.quoted, c.cue.group);
  add(364, c.graph.nodes[first].lemma, c.cue.group);
  const Node& opening = c.graph.nodes[first];
  if (opening.quotation != kNoNode) {
    add(365, c.graph.quotations[opening.quotation].fine, side);
    add(366, c.graph.quotations[opening.quotation].coarse, c.cue.group);
  }
  add(367, c.graph.frames[opening.frame].place, c.quoted);
}

void AddSource(const Case& c, FeatureAdder& add) {
  const std::span<const Range> source = c.own.source;
  if (source.empty()) return;
  const Node& top = c.graph.nodes[HeadOf(c.graph, source)];
  add(330, top.lemma);
  add(331, top.upos, top.deprel);
  add(332, top.mention, c.cue.upos);
  add(333, top.lemma, c.cue.lemma);
  add(334, top.mention, c.cue.lemma);
  add(335, source.front().begin < c.own.head ? 1 : 2, c.quoted);
  add(336, std::min(LengthOf(source), 9U));
  add(337, top.upos, c.cue_step);
  add(338, top.head == c.own.head ? 1 : 0, top.deprel);
  add(370, top.group, c.cue.group);
  add(371, top.group, top.mention);
  add(339, InQuotes(top) ? 1 : 0, InQuotes(c.cue) ? 1 : 0);
}

void AddCue(const Case& c, FeatureAdder& add) {
  std::uint32_t words = 0;
  for (std::uint32_t at = c.own.cue.begin; at < c.own.cue.end; ++at) {
    words = Mix(words, c.graph.nodes[at].lemma);
    add(341, c.graph.nodes[at].lemma);
  }
  const std::uint32_t source = c.own.source.empty() ? 0 : 1;
  const std::uint32_t content = c.own.content.empty() ? 0 : 1;
  const std::uint32_t doubt = Steps(std::log(1e-6 + std::max(c.own.doubt, 0.0)), 0.4);
  add(300);
  add(301, c.cue_step);
  add(302, doubt);
  add(303, c.cue_step, doubt);
  add(304, source, content);
  add(305, c.cue_step, source, content);
  add(306, c.cue.lemma);
  add(307, c.cue.lemma, source, content);
  add(308, c.cue.upos, c.cue.deprel, source);
  add(342, words);
  add(343, std::min(c.own.cue.end - c.own.cue.begin, 7U), c.cue.upos);
  add(344, c.cue.feats, c.cue.upos, source);
  add(345, InQuotes(c.cue) ? 1 : 0, c.cue_step);
  add(346, c.cue.known, c.quoted, source);
  add(347, doubt, c.quoted);
  add(380, c.cue.group, c.cue.upos);
  add(381, c.cue.group, source, content);
  add(382, c.cue.group, c.cue_step);
  add(383, c.graph.frames[c.cue.frame].place, c.cue.upos);
  add(384, c.graph.frames[c.cue.frame].beside, c.quoted);
}

/// The best scores of the other candidates that stand around, inside, or upon the same content.
struct Others {
  float around = -20;
  float inside = -20;
  float upon = -20;
};

constexpr std::uint32_t kFar = 600;          // words
constexpr std::size_t kMostNeighbours = 64;  // looked at on each side

void Look(const Candidate& own, const Candidate& other, Others& others) {
  if (other.content.empty()) return;
  if (Holds(other.content, own.head)) others.around = std::max(others.around, other.cue_score);
  if (Holds(own.content, other.head)) others.inside = std::max(others.inside, other.cue_score);
  const std::uint32_t both = LengthOf(own.content) + LengthOf(other.content);
  if (4 * Shared(own.content, other.content) > both) {
    others.upon = std::max(others.upon, other.cue_score);
  }
}

Others LookAround(std::span<const Candidate> all, std::size_t index) {
  Others others;
  const Candidate& own = all[index];
  const std::size_t begin = index - std::min(index, kMostNeighbours);
  const std::size_t end = std::min(all.size(), index + kMostNeighbours);
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint32_t apart = std::max(all[i].head, own.head) - std::min(all[i].head, own.head);
    if (i != index && apart < kFar) Look(own, all[i], others);
  }
  return others;
}

void AddOthers(const Case& c, const Others& others, FeatureAdder& add) {
  const std::uint32_t around = Steps(others.around, 1);
  const std::uint32_t inside = Steps(others.inside, 1);
  const std::uint32_t upon = Steps(others.upon, 1);
  add(350, around);
  add(351, around, c.cue_step);
  add(352, inside);
  add(353, inside, c.cue_step);
  add(354, upon);
  add(355, upon, c.cue_step);
  add(356, Steps(others.upon, 2), Steps(others.around, 2), c.quoted);
  add(357, others.around > 0 ? 1 : 0, c.cue.lemma);
  add(358, others.around > c.own.cue_score ? 1 : 0, others.upon > c.own.cue_score ? 1 : 0,
      others.inside > c.own.cue_score ? 1 : 0);
}

}  // namespace

void VerdictFeatures(const Graph& graph, std::span<const Candidate> all, std::size_t index,
                     Features& out) {
  const Candidate& own = all[index];
  const Case c{.graph = graph,
               .own = own,
               .cue = graph.nodes[own.head],
               .cue_step = Steps(own.cue_score, 0.5),
               .quoted = Quotedness(graph, own.content)};
  FeatureAdder add(out);
  AddCue(c, add);
  AddContent(c, add);
  AddSource(c, add);
  AddOthers(c, LookAround(all, index), add);
}

void JudgeAll(const AttributionModel& model, const Graph& graph, std::vector<Candidate>& all) {
  Features features;
  for (std::size_t i = 0; i < all.size(); ++i) {
    VerdictFeatures(graph, all, i, features);
    model.verdict.Score(features.all(), std::span(&all[i].score, 1));
  }
}

}  // namespace dateline::quotes
