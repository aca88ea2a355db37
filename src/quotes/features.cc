#include "quotes/features.h"

#include <algorithm>

#include "quotes/feature_adder.h"

namespace dateline::quotes {
namespace {

constexpr std::uint8_t kLikely = 2;  // level of a word that is rather a cue than not
const Node kOutside{};

/// The word `step` before, or nothing beyond the frame.
const Node& Before(const Graph& graph, std::uint32_t at, std::uint32_t step) {
  if (at < step || graph.nodes[at - step].frame != graph.nodes[at].frame) return kOutside;
  return graph.nodes[at - step];
}
const Node& After(const Graph& graph, std::uint32_t at, std::uint32_t step) {
  if (at + step >= graph.size() || graph.nodes[at + step].frame != graph.nodes[at].frame)
    return kOutside;
  return graph.nodes[at + step];
}

std::uint32_t Bucket(std::uint32_t n) {
  if (n < 5) return n;
  if (n < 8) return 5;
  if (n < 12) return 6;
  if (n < 20) return 7;
  if (n < 40) return 8;
  return 9;
}

/// How far the nearest quotation is on each side within the frame.
std::uint32_t QuoteBefore(const Graph& graph, std::uint32_t at) {
  for (std::uint32_t i = 1; i < 12; ++i) {
    const Node& node = Before(graph, at, i);
    if (&node == &kOutside) return 20;
    if (node.quote != QuotePlace::kOutside) return i;
  }
  return 12;
}
std::uint32_t QuoteAfter(const Graph& graph, std::uint32_t at) {
  for (std::uint32_t i = 1; i < 12; ++i) {
    const Node& node = After(graph, at, i);
    if (&node == &kOutside) return 20;
    if (node.quote != QuotePlace::kOutside) return i;
  }
  return 12;
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
    if ((child.shape & 4U) == 0) signature = Mix(signature, Mix(child.deprel, side));
    if (child.clause) {
      content_like = Mix(content_like, child.deprel);
      const Node& first = graph.nodes[child.first];
      add(46, child.deprel, first.lemma);
      add(47, child.deprel, first.lemma, node.lemma);
    }
  }
  add(48, signature);
  add(49, signature, node.lemma);
  add(50, content_like, node.lemma);
  add(51, content_like, node.upos, node.deprel);
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
  const std::uint32_t before = QuoteBefore(graph, at);
  const std::uint32_t after = QuoteAfter(graph, at);
  const auto quote = static_cast<std::uint32_t>(n.quote);
  add(21, quote);
  add(22, quote, n.lemma);
  add(23, Bucket(before), Bucket(after), n.upos);
  add(24, Bucket(before), n.lemma);
  add(25, Bucket(after), n.lemma);
  add(26, Bucket(before), n.known, n.upos);
  add(27, Bucket(after), n.known, n.upos);
  add(28, n.shape, n.upos);
  add(29, p1.upos, n.lemma);
  add(30, n1.upos, n.lemma);
  add(31, n.known, n1.form);
  add(32, n.known, p1.form);
  add(33, n.mention, n.upos);
  add(34, p1.mention, n.upos, n.known);
  add(35, n.known == 0 ? 0 : 1, n.upos, n.deprel);
  add(36, n.known == 0 ? 0 : 1, n.upos, Bucket(before), Bucket(after));
  AddChildren(graph, at, add);
  AddAncestors(graph, at, add);
}

namespace {

constexpr std::uint32_t kLongestWindow = 500;
// Words either way of the cue that are looked at; longer speech is followed by its marks.
constexpr std::uint32_t kReachBefore = 120;
constexpr std::uint32_t kReachAfter = 160;

bool EndsInColon(const Reading& reading, Range words) {
  return reading.word(words.end - 1).form == ":";
}

/// Whether nothing but quotation stands in a frame.
bool AllQuoted(const Reading& reading, Range words) {
  return reading.quotation_of[words.begin] && reading.quotation_of[words.end - 1] &&
         reading.quotation_of[words.begin] == reading.quotation_of[words.end - 1];
}

/// Whether what is said before frame `f` may go on in it.
bool GoesOn(const Reading& reading, std::uint32_t f) {
  const Frame& frame = reading.frames[f];
  const Frame& last = reading.frames[f - 1];
  if (frame.block == last.block) return reading.quotation_of[frame.words.begin].has_value();
  if (!reading.quotation_of[frame.words.begin]) return false;
  const auto open = reading.quotation_of[last.words.end - 1];
  return EndsInColon(reading, last.words) || (open && !reading.quotations[*open].closed) ||
         AllQuoted(reading, frame.words);
}

}  // namespace

Range WindowOf(const Reading& reading, const Graph& graph, std::uint32_t cue) {
  const std::uint32_t own = graph.nodes[cue].frame;
  const BlockIndex block = reading.frames[own].block;
  Range window = reading.frames[own].words;
  for (std::uint32_t f = own; f > 0 && reading.frames[f - 1].block == block; --f) {
    const Range words = reading.frames[f - 1].words;
    if (!reading.quotation_of[words.end - 1] || window.end - words.begin > kLongestWindow) break;
    window.begin = words.begin;
  }
  const auto size = static_cast<std::uint32_t>(reading.frames.size());
  const Range words = reading.frames[own].words;
  const bool quoted = std::any_of(reading.quotation_of.begin() + words.begin,
                                  reading.quotation_of.begin() + words.end,
                                  [](const auto& q) { return q.has_value(); });
  for (std::uint32_t f = own + 1; f < size; ++f) {
    std::uint32_t next = f;
    if (!GoesOn(reading, next)) {
      // A sentence between two quotations of one paragraph: "A," he said. He paused. "B."
      ++next;
      if (!quoted || next >= size || reading.frames[f].block != block ||
          reading.frames[next].block != block || !GoesOn(reading, next)) {
        break;
      }
    }
    if (reading.frames[next].words.end - window.begin > kLongestWindow) break;
    window.end = reading.frames[next].words.end;
    f = next;
  }
  return {std::max(window.begin, cue - std::min(cue, kReachBefore)),
          std::min(window.end, cue + kReachAfter)};
}

namespace {

std::uint8_t BitsOf(const Reading& reading, const Graph& graph,
                    std::span<const std::uint8_t> levels, std::uint32_t at) {
  const Node& node = graph.nodes[at];
  const std::string& form = reading.word(at).form;
  unsigned bits = 0;
  if (form == ",") bits |= 1U;
  if (node.quote == QuotePlace::kOpen || node.quote == QuotePlace::kClose) bits |= 2U;
  if (node.clause) bits |= 4U;
  if (levels[at] >= kLikely) bits |= 8U;
  if (form == "that") bits |= 16U;
  if (form == "." || form == "?" || form == "!" || form == ";" || form == ":") bits |= 32U;
  return static_cast<std::uint8_t>(bits);
}

void SetBetween(const Reading& reading, const Graph& graph, std::span<const std::uint8_t> levels,
                Scene& scene) {
  unsigned bits = 0;
  for (std::uint32_t at = scene.cue + 1; at < scene.window.end; ++at) {
    scene.places[at - scene.window.begin].between = static_cast<std::uint8_t>(bits);
    bits |= BitsOf(reading, graph, levels, at);
  }
  bits = 0;
  for (std::uint32_t at = scene.cue; at-- > scene.window.begin;) {
    scene.places[at - scene.window.begin].between = static_cast<std::uint8_t>(bits);
    bits |= BitsOf(reading, graph, levels, at);
  }
}

/// The path from the cue to `at`: up to the common head, then down.
void SetPath(const Graph& graph, std::span<const std::uint8_t> levels,
             std::span<const std::uint32_t> ups, Scene& scene, std::uint32_t at) {
  Scene::Place& place = scene.places[at - scene.window.begin];
  std::uint32_t down = 0;
  std::uint32_t branch = at;
  std::uint32_t second = at;
  std::uint32_t node = at;
  std::uint32_t path = 0;
  bool other = false;
  while (node != kNoNode) {
    const auto found = std::ranges::find(ups, node);
    if (found != ups.end()) {
      place.up = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(found - ups.begin(), 15));
      break;
    }
    if (levels[node] >= kLikely) other = true;
    second = branch;
    branch = node;
    path = down < 3 ? Mix(path, graph.nodes[node].deprel) : Mix(graph.nodes[node].deprel, 3);
    ++down;
    node = graph.nodes[node].head;
  }
  if (node == kNoNode) place.up = at < scene.cue ? 16 : 17;
  place.down = static_cast<std::uint8_t>(std::min<std::uint32_t>(down, 15));
  place.branch = branch;
  place.second = second;
  place.path = Mix(path, place.up);
  place.other = other ? 1 : 0;
}

}  // namespace

void SetScene(const Reading& reading, const Graph& graph, std::span<const std::uint8_t> levels,
              std::uint32_t cue, Scene& scene) {
  scene.cue = cue;
  scene.window = WindowOf(reading, graph, cue);
  scene.places.assign(scene.window.end - scene.window.begin, {});
  SetBetween(reading, graph, levels, scene);
  std::vector<std::uint32_t> ups;
  for (std::uint32_t up = cue; up != kNoNode && ups.size() < 256; up = graph.nodes[up].head) {
    ups.push_back(up);
  }
  for (std::uint32_t at = scene.window.begin; at < scene.window.end; ++at) {
    SetPath(graph, levels, ups, scene, at);
  }
}

namespace {

std::uint32_t BranchKey(const Graph& graph, const Scene& scene, const Scene::Place& place) {
  const Node& branch = graph.nodes[place.branch];
  const std::uint32_t side = place.branch < scene.cue ? 1 : 2;
  return place.down == 0 ? Mix(77, place.up)
                         : Mix(Mix(branch.deprel, side), std::min<std::uint32_t>(place.up, 17));
}

}  // namespace

void WordFeatures(const Graph& graph, std::span<const std::uint8_t> levels, const Scene& scene,
                  std::uint32_t at, Features& out) {
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
  const std::uint32_t level = levels[at];
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
  const bool same = !first && before.branch == here.branch;
  const bool opens = at == graph.nodes[here.branch].first;
  const bool closes = !first && at - 1 == graph.nodes[before.branch].last;
  const std::uint32_t edges = (same ? 1U : 0U) | (opens ? 2U : 0U) | (closes ? 4U : 0U);
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
  add(213, same ? 1 : 0, n.deprel, p.deprel);
  add(214, c.lemma, side, p.form);
  add(215, c.lemma, side, n.form);
  add(216, c.lemma, key);
  add(217, n.form, n1.form);
  add(218, p2.form, p.form);
  add(219, here.between, side, p.upos);
  add(220, p.frame == n.frame ? 1 : 0, quotes, side);
  add(221, n.deprel, n.head == kNoNode ? 0 : n.head < at ? 1 : 2, p.upos);
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
  add(225, at <= scene.cue ? Bucket(scene.cue - at) : Bucket(at - scene.cue) + 16);
}

}  // namespace dateline::quotes
