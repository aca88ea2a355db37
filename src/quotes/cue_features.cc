#include "quotes/feature_list.h"
#include "quotes/features.h"
#include "quotes/neighbours.h"

namespace dateline::quotes {
namespace {

/// The nearest quotation on one side within the frame.
struct NearQuote {
  std::uint32_t steps = 20;  ///< words away; 12: further than that, 20: none
  std::uint32_t shape = 0;
};

template <typename Side>
NearQuote FindQuote(const Graph& graph, std::uint32_t at, Side side) {
  for (std::uint32_t i = 1; i < 12; ++i) {
    const Node& node = side(graph, at, i);
    if (&node == &kOutside) return {};
    if (node.quotation != kNoNode) return {i, graph.quotations[node.quotation].fine};
  }
  return {.steps = 12};
}

void AddQuotes(const Graph& graph, std::uint32_t at, FeatureAdder& add) {
  const Node& n = graph.nodes[at];
  const NearQuote before = FindQuote(graph, at, Before);
  const NearQuote after = FindQuote(graph, at, After);
  const std::uint32_t b = Bucket(before.steps);
  const std::uint32_t a = Bucket(after.steps);
  const auto quote = static_cast<std::uint32_t>(n.quote);
  const std::uint32_t known = n.known == 0 ? 0 : 1;
  add(21, quote);
  add(22, quote, n.lemma);
  add(23, b, a, n.upos);
  add(24, b, n.lemma);
  add(25, a, n.lemma);
  add(26, b, n.known, n.upos);
  add(27, a, n.known, n.upos);
  add(36, known, n.upos, b, a);
  add(70, before.shape, b, n.upos);
  add(71, after.shape, a, n.upos);
  add(72, before.shape, b, n.group);
  add(73, after.shape, a, n.group);
  add(74, before.shape, after.shape, known);
  if (n.quotation != kNoNode) add(75, graph.quotations[n.quotation].fine, n.upos);
  const FrameShape& frame = graph.frames[n.frame];
  add(76, frame.place, n.upos);
  add(77, frame.place, n.lemma);
  add(78, frame.beside, n.upos, n.known);
  add(79, frame.place, frame.beside);
}

void AddChildren(const Graph& graph, std::uint32_t at, FeatureAdder& add) {
  const Node& node = graph.nodes[at];
  std::uint32_t signature = 0;
  std::uint32_t content_like = 0;
  for (std::uint32_t k = graph.child_begin[at]; k < graph.child_begin[at + 1]; ++k) {
    const std::uint32_t c = graph.children[k];
    const Node& child = graph.nodes[c];
    const std::uint32_t side = c < at ? 1 : 2;
    add(40, child.deprel, side);
    add(41, child.deprel, node.lemma);
    add(42, child.deprel, child.lemma);
    add(43, child.deprel, child.upos, node.upos);
    add(44, child.deprel, child.mention);
    add(45, child.deprel, child.quote == QuotePlace::kOutside ? 0 : 1, side);
    add(52, child.deprel, child.group);
    add(53, child.deprel, child.broad, node.group);
    if (!child.punctuation()) signature = Mix(signature, Mix(child.deprel, side));
    if (child.clause) {
      content_like = Mix(content_like, child.deprel);
      const Node& first = graph.nodes[child.first];
      add(46, child.deprel, first.lemma);
      add(47, child.deprel, first.lemma, node.lemma);
      add(54, child.deprel, first.lemma, node.group);
    }
  }
  add(48, signature);
  add(49, signature, node.lemma);
  add(55, signature, node.group);
  add(50, content_like, node.lemma);
  add(51, content_like, node.upos, node.deprel);
  add(56, content_like, node.group, node.deprel);
}

void AddAncestors(const Graph& graph, std::uint32_t at, FeatureAdder& add) {
  const Node& node = graph.nodes[at];
  std::uint32_t up = node.head;
  std::uint32_t path = node.deprel;
  for (std::uint32_t step = 1; step <= 4 && up != kNoNode; ++step) {
    const Node& head = graph.nodes[up];
    add(60, step, head.lemma, path);
    add(61, step, path, head.upos);
    add(62, step, path, head.known);
    if (step == 1) {
      add(63, head.lemma, node.lemma);
      add(64, head.upos, node.deprel, node.lemma);
      add(65, head.deprel, node.deprel, node.upos);
      add(66, node.deprel, up < at ? 1 : 2, Bucket(up < at ? at - up : up - at));
      add(67, node.deprel, head.group, node.group);
    }
    path = Mix(path, head.deprel);
    up = head.head;
  }
}

}  // namespace

void CueFeatures(const Graph& graph, std::uint32_t at, Features& out) {
  FeatureAdder add(out);
  const Node& n = graph.nodes[at];
  const Node& p1 = Before(graph, at, 1);
  const Node& p2 = Before(graph, at, 2);
  const Node& n1 = After(graph, at, 1);
  const Node& n2 = After(graph, at, 2);
  add(0);
  add(1, n.lemma);
  add(2, n.form);
  add(3, n.lemma, n.upos);
  add(4, n.lemma, n.deprel);
  add(5, n.upos, n.deprel);
  add(6, n.suffix, n.upos);
  add(7, n.prefix, n.upos);
  add(8, p1.lemma, n.lemma);
  add(9, n.lemma, n1.lemma);
  add(10, p1.form);
  add(11, n1.form);
  add(12, p2.form, p1.form);
  add(13, n1.form, n2.form);
  add(14, p1.upos, n.upos, n1.upos);
  add(15, n.upos, n1.upos, n2.upos);
  add(16, p2.upos, p1.upos, n.upos);
  add(17, n.known, n.upos);
  add(18, n.known, n.upos, n.deprel);
  add(19, n.feats, n.upos);
  add(20, n.feats, n.lemma);
  add(28, n.shape, n.upos);
  add(29, p1.upos, n.lemma);
  add(30, n1.upos, n.lemma);
  add(31, n.known, n1.form);
  add(32, n.known, p1.form);
  add(33, n.mention, n.upos);
  add(34, p1.mention, n.upos, n.known);
  add(35, n.known == 0 ? 0 : 1, n.upos, n.deprel);
  add(80, n.group, n.upos);
  add(81, n.group, n.deprel, n.upos);
  add(82, n.broad, n.upos, n.feats);
  add(83, n.group, n1.form);
  add(84, n.group, p1.form);
  add(85, p1.group, n.group);
  add(86, n.group, n1.group);
  add(87, n.group, n1.upos, p1.upos);
  AddQuotes(graph, at, add);
  AddChildren(graph, at, add);
  AddAncestors(graph, at, add);
}

}  // namespace dateline::quotes
