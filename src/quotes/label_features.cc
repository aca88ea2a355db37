#include <algorithm>

#include "quotes/feature_list.h"
#include "quotes/features.h"
#include "quotes/neighbours.h"

namespace dateline::quotes {
namespace {

std::uint32_t BranchKey(const Graph& graph, const Scene& scene, const Scene::Place& place) {
  const Node& branch = graph.nodes[place.branch];
  const std::uint32_t side = place.branch < scene.cue ? 1 : 2;
  return place.down == 0 ? Mix(77, place.up)
                         : Mix(Mix(branch.deprel, side), std::min<std::uint32_t>(place.up, 17));
}

}  // namespace

void WordFeatures(const Graph& graph, const CueLevels& levels, const Scene& scene, std::uint32_t at,
                  Features& out) {
  FeatureAdder add(out);
  const Scene::Place& place = scene.places[at - scene.window.begin];
  const Node& c = graph.nodes[scene.cue];
  const Node& n = graph.nodes[at];
  const Node& p1 = Before(graph, at, 1);
  const Node& n1 = After(graph, at, 1);
  const Node& branch = graph.nodes[place.branch];
  const Node& second = graph.nodes[place.second];
  const std::uint32_t key = BranchKey(graph, scene, place);
  const std::uint32_t side = at < scene.cue ? 1 : at > scene.cue ? 2 : 0;
  const std::uint32_t distance =
      Mix(side, Bucket(at < scene.cue ? scene.cue - at : at - scene.cue));
  const auto quote = static_cast<std::uint32_t>(n.quote);
  const auto cue_quote = static_cast<std::uint32_t>(c.quote);
  const std::uint32_t level = levels.words[at];
  add(100);
  add(101, c.lemma, side);
  add(102, key);
  add(103, key, c.lemma);
  add(104, key, c.upos, c.deprel);
  add(105, key, n.deprel, place.down);
  add(106, key, branch.lemma);
  add(107, n.lemma, side);
  add(108, n.form, c.lemma);
  add(109, n.upos, key);
  add(110, quote, cue_quote, side);
  add(111, quote, key);
  add(112, quote, c.lemma, side);
  add(113, distance);
  add(114, distance, c.lemma);
  add(115, distance, n.upos);
  add(116, distance, key);
  add(117, p1.form, n.form);
  add(118, n.form, n1.form);
  add(119, p1.upos, n.upos, n1.upos, side);
  add(120, place.path);
  add(121, place.path, c.lemma);
  add(122, place.between, side);
  add(123, place.between, quote, side);
  add(124, place.between, c.lemma, side);
  add(125, place.between, key);
  add(126, level, side, place.other);
  add(127, level, key);
  add(128, place.other, key, n.upos);
  add(129, n.mention, key);
  add(130, key, second.deprel, place.down > 1 ? 1 : 0);
  add(131, key, second.deprel, second.lemma);
  add(132, key, graph.nodes[branch.first].lemma);
  add(133, n.frame == c.frame ? 1 : 0, side, quote);
  add(134, n.shape, distance);
  add(135, c.feats, key);
  add(136, c.known, key);
  add(137, branch.upos, key);
  add(138, key, second.deprel, n.deprel);
  add(139, c.lemma, n.lemma);
  add(140, c.lemma, n.upos, side);
  add(141, n.form, key);
  add(142, quote, place.between, key);
  add(143, n.head == scene.cue ? 1 : 0, n.deprel, c.lemma);
  add(144, at == branch.first ? 1 : at == branch.last ? 2 : 0, key);
  add(145, place.frame, quote, side);
  add(146, place.frame, level);
  add(147, place.frame, n.upos, cue_quote);
  add(148, key, c.group);
  add(149, key, n.group);
  add(150, c.group, quote, side);
  add(151, c.group, n.deprel, key);
  add(152, n.group, side);
  add(153, n.broad, c.group, side);
  add(154, key, branch.group);
  add(155, key, second.deprel, second.group);
  add(156, distance, c.group);
  if (n.quotation != kNoNode) {
    const QuoteShape& shape = graph.quotations[n.quotation];
    add(157, shape.fine, key);
    add(158, shape.fine, distance);
    add(159, shape.coarse, c.group, side);
    add(160, shape.coarse, c.lemma, place.frame);
  }
}

namespace {

/// The greatest subtree that begins at `at`, as its head.
std::uint32_t OpenedAt(const Graph& graph, std::uint32_t at) {
  std::uint32_t top = at;
  while (graph.nodes[top].head != kNoNode && graph.nodes[graph.nodes[top].head].first == at) {
    top = graph.nodes[top].head;
  }
  return top;
}
/// The greatest subtree that ends at `at`.
std::uint32_t ClosedAt(const Graph& graph, std::uint32_t at) {
  std::uint32_t top = at;
  while (graph.nodes[top].head != kNoNode && graph.nodes[graph.nodes[top].head].last == at) {
    top = graph.nodes[top].head;
  }
  return top;
}
std::uint32_t PhraseKey(const Graph& graph, std::uint32_t head, std::uint32_t cue) {
  const Node& node = graph.nodes[head];
  return Mix(node.deprel, node.head == cue ? 1 : head == cue ? 2 : 0);
}

/// Where the head of a word stands: 1 before it, 2 behind it, 0 nowhere.
std::uint32_t HeadSide(const Node& node, std::uint32_t at) {
  if (node.head == kNoNode) return 0;
  return node.head < at ? 1 : 2;
}

/// How a word meets the one before it, as bits: 1 same branch, 2 it begins a branch, 4 the other
/// ends one.
std::uint32_t EdgesAt(const Graph& graph, const Scene& scene, std::uint32_t at) {
  const std::uint32_t branch = scene.places[at - scene.window.begin].branch;
  const std::uint32_t opens = at == graph.nodes[branch].first ? 2 : 0;
  if (at == scene.window.begin) return opens;
  const std::uint32_t before = scene.places[at - 1 - scene.window.begin].branch;
  const std::uint32_t closes = at - 1 == graph.nodes[before].last ? 4 : 0;
  return (before == branch ? 1U : 0U) | opens | closes;
}

std::uint32_t QuoteShapeAt(const Graph& graph, const Node& node) {
  return node.quotation == kNoNode ? 0 : graph.quotations[node.quotation].fine;
}

}  // namespace

void GapFeatures(const Graph& graph, const Scene& scene, std::uint32_t at, Features& out) {
  FeatureAdder add(out);
  const Scene::Place& here = scene.places[at - scene.window.begin];
  const bool first = at == scene.window.begin;
  const Scene::Place& before = first ? here : scene.places[at - 1 - scene.window.begin];
  const Node& n = graph.nodes[at];
  const Node& p = first ? kOutside : graph.nodes[at - 1];
  const Node& n1 = After(graph, at, 1);
  const Node& p2 = at >= 2 && !first ? Before(graph, at, 2) : kOutside;
  const Node& c = graph.nodes[scene.cue];
  const std::uint32_t key = BranchKey(graph, scene, here);
  const std::uint32_t last_key = first ? 0 : BranchKey(graph, scene, before);
  const std::uint32_t side = at <= scene.cue ? 1 : 2;
  const std::uint32_t quotes =
      static_cast<std::uint32_t>(p.quote) * 4U + static_cast<std::uint32_t>(n.quote);
  const std::uint32_t edges = EdgesAt(graph, scene, at);
  add(200, side, first ? 1 : 0);
  add(201, p.form, side);
  add(202, n.form, side);
  add(203, p.form, n.form);
  add(204, p.upos, n.upos, side);
  add(205, last_key, key);
  add(206, quotes, side);
  add(207, quotes, n.form);
  add(208, quotes, p.form);
  add(209, edges, side);
  add(210, edges, key);
  add(211, edges, last_key, p.form);
  add(212, edges, n.form, side);
  add(213, edges & 1U, n.deprel, p.deprel);
  add(214, c.lemma, side, p.form);
  add(215, c.lemma, side, n.form);
  add(216, c.lemma, key);
  add(217, n.form, n1.form);
  add(218, p2.form, p.form);
  add(219, here.between, side, p.upos);
  add(220, p.frame == n.frame ? 1 : 0, quotes, side);
  add(221, n.deprel, HeadSide(n, at), p.upos);
  add(222, key, n.form);
  add(223, last_key, p.form);
  add(224, n.upos, n1.upos, p.upos);
  const std::uint32_t opened = OpenedAt(graph, at);
  const std::uint32_t closed = first ? at : ClosedAt(graph, at - 1);
  const std::uint32_t opening = PhraseKey(graph, opened, scene.cue);
  const std::uint32_t closing = first ? 0 : PhraseKey(graph, closed, scene.cue);
  add(226, opening, side);
  add(227, closing, side);
  add(228, opening, closing);
  add(229, opening, p.form);
  add(230, closing, n.form);
  add(231, opening, c.lemma, side);
  add(232, closing, c.lemma, side);
  add(233, quotes, key, last_key);
  add(234, edges, c.lemma, side);
  add(235, c.group, key, edges);
  add(236, c.group, n.form, side);
  add(237, c.group, p.form, side);
  add(238, p.group, n.group);
  add(239, n.group, edges);
  add(240, c.group, opening, closing);
  if (p.frame != n.frame) add(241, before.frame, here.frame, quotes);
  if (quotes != 0) add(242, QuoteShapeAt(graph, p), QuoteShapeAt(graph, n), side);
  add(225, at <= scene.cue ? Bucket(scene.cue - at) : Bucket(at - scene.cue) + 16);
}

}  // namespace dateline::quotes
