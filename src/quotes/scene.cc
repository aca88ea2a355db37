// Where the source and content of a cue are looked for, and how the tree leads there.
#include <algorithm>

#include "quotes/features.h"

namespace dateline::quotes {
namespace {

constexpr std::uint8_t kLikely = 2;  // level of a word that is rather a cue than not

}  // namespace

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

std::uint8_t BitsOf(const Reading& reading, const Graph& graph, const CueLevels& levels,
                    std::uint32_t at) {
  const Node& node = graph.nodes[at];
  const std::string& form = reading.word(at).form;
  unsigned bits = 0;
  if (form == ",") bits |= 1U;
  if (node.quote == QuotePlace::kOpen || node.quote == QuotePlace::kClose) bits |= 2U;
  if (node.clause) bits |= 4U;
  if (levels.words[at] >= kLikely) bits |= 8U;
  if (form == "that") bits |= 16U;
  if (form == "." || form == "?" || form == "!" || form == ";" || form == ":") bits |= 32U;
  return static_cast<std::uint8_t>(bits);
}

void SetBetween(const Reading& reading, const Graph& graph, const CueLevels& levels, Scene& scene) {
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
void SetPath(const Graph& graph, const CueLevels& levels, std::span<const std::uint32_t> ups,
             Scene& scene, std::uint32_t at) {
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
    if (levels.words[node] >= kLikely) other = true;
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

namespace {

/// How a frame of the window stands to the cue's own.
std::uint32_t FrameKey(const Reading& reading, const Graph& graph, const CueLevels& levels,
                       std::uint32_t own, std::uint32_t f) {
  if (f == own) return 1;
  const FrameShape& shape = graph.frames[f];
  const bool same_block = reading.frames[f].block == reading.frames[own].block;
  const std::uint32_t side = f < own ? 0 : same_block ? 1 : 2;
  const std::uint32_t apart = std::min(f < own ? own - f : f - own, 3U);
  const bool open_before = f > 0 && graph.frames[f - 1].stays_open;
  return Mix(side * 4U + apart, (shape.all_quoted ? 1U : 0U) | (open_before ? 2U : 0U) |
                                    (shape.stays_open ? 4U : 0U) | (levels.frames[f] * 8U));
}

void SetFrames(const Reading& reading, const Graph& graph, const CueLevels& levels, Scene& scene) {
  std::uint32_t frame = kNoNode;
  std::uint32_t key = 0;
  for (std::uint32_t at = scene.window.begin; at < scene.window.end; ++at) {
    if (graph.nodes[at].frame != frame) {
      frame = graph.nodes[at].frame;
      key = FrameKey(reading, graph, levels, graph.nodes[scene.cue].frame, frame);
    }
    scene.places[at - scene.window.begin].frame = key;
  }
}

}  // namespace

void SetScene(const Reading& reading, const Graph& graph, const CueLevels& levels,
              std::uint32_t cue, Scene& scene) {
  scene.cue = cue;
  scene.window = WindowOf(reading, graph, cue);
  scene.places.assign(scene.window.end - scene.window.begin, {});
  SetBetween(reading, graph, levels, scene);
  SetFrames(reading, graph, levels, scene);
  std::vector<std::uint32_t> ups;
  for (std::uint32_t up = cue; up != kNoNode && ups.size() < 256; up = graph.nodes[up].head) {
    ups.push_back(up);
  }
  for (std::uint32_t at = scene.window.begin; at < scene.window.end; ++at) {
    SetPath(graph, levels, ups, scene, at);
  }
}

}  // namespace dateline::quotes
