#include "quotes/extents.h"

#include <algorithm>
#include <array>
#include <optional>

namespace dateline::quotes {
namespace {

constexpr std::uint32_t kLongestOpening = 11;  // words before an interruption
constexpr std::uint32_t kLongestObject = 6;    // words between cue and content
constexpr std::uint32_t kWidestJoint = 3;      // words between object and content: ", saying,"
constexpr std::uint32_t kFarthestSubject = 3;  // steps up from the cue

bool IsQuoted(const Node& node) { return node.quote != QuotePlace::kOutside; }

/// Whether a quotation stands at an edge of what is said.
bool HasQuotation(const Graph& graph, const Candidate& found) {
  return std::ranges::any_of(found.content, [&](Range run) {
    return IsQuoted(graph.nodes[run.begin]) || IsQuoted(graph.nodes[run.end - 1]);
  });
}

void Join(std::vector<Range>& ranges) {
  std::ranges::sort(ranges, {}, &Range::begin);
  std::size_t kept = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[kept].end) {
      ranges[kept].end = std::max(ranges[kept].end, ranges[i].end);
    } else {
      ranges[++kept] = ranges[i];
    }
  }
  if (!ranges.empty()) ranges.resize(kept + 1);
}

void CompleteQuotations(const Reading& reading, const Graph& graph, Candidate& found) {
  for (Range& range : found.content) {
    for (const std::uint32_t edge : {range.begin, range.end - 1}) {
      const std::uint32_t q = graph.nodes[edge].quotation;
      if (q == kNoNode || q == graph.nodes[found.head].quotation) continue;
      const Range quoted = reading.quoted[q];
      if (!reading.quotations[q].closed) continue;
      if (!range.Contains(quoted.begin) && !range.Contains(quoted.end - 1)) continue;
      range = {std::min(range.begin, quoted.begin), std::max(range.end, quoted.end)};
    }
  }
  Join(found.content);
}

/// Source and cue where nothing but they stand between two commas.
std::optional<Range> InterruptionOf(const Reading& reading, const Candidate& found) {
  if (found.source.size() != 1 || found.content.empty()) return std::nullopt;
  const Range source = found.source.front();
  const Range both{std::min(source.begin, found.cue.begin), std::max(source.end, found.cue.end)};
  const std::uint32_t words = (source.end - source.begin) + (found.cue.end - found.cue.begin);
  const bool fits = both.end - both.begin <= words + 1 && both.begin > 0 &&
                    both.end < reading.quotation_of.size();
  if (!fits || reading.word(both.begin - 1).form != "," || reading.word(both.end).form != ",") {
    return std::nullopt;
  }
  return both;
}

void FollowInterruption(const Reading& reading, const Graph& graph, Candidate& found) {
  const auto interruption = InterruptionOf(reading, found);
  if (!interruption || found.content.front().begin != interruption->end + 1) return;
  if (IsQuoted(graph.nodes[found.content.front().begin])) return;
  Range before = reading.frames[graph.nodes[found.head].frame].words;
  before.end = interruption->begin - 1;
  static const std::uint32_t conjunction = HashOf("CCONJ");
  if (before.begin < before.end && graph.nodes[before.begin].upos == conjunction) ++before.begin;
  if (before.empty() || before.end - before.begin > kLongestOpening) return;
  if (std::any_of(graph.nodes.begin() + before.begin, graph.nodes.begin() + before.end,
                  [](const Node& n) { return IsQuoted(n) || n.punctuation(); })) {
    return;
  }
  found.content.insert(found.content.begin(), before);
}

void DropObject(const Graph& graph, Candidate& found) {
  if (found.content.size() < 2) return;
  const Range first = found.content.front();
  if (first.begin < found.cue.end || first.end - first.begin > kLongestObject) return;
  if (found.content[1].begin > first.end + kWidestJoint) return;
  if (IsQuoted(graph.nodes[first.begin]) || IsQuoted(graph.nodes[first.end - 1])) return;
  found.content.erase(found.content.begin());
}

/// The subject of a word, if there is one outside quotations.
std::optional<Range> SubjectOf(const Graph& graph, std::uint32_t at) {
  static const std::array<std::uint32_t, 2> subjects{HashOf("nsubj"), HashOf("nsubj:pass")};
  for (std::uint32_t k = graph.child_begin[at]; k < graph.child_begin[at + 1]; ++k) {
    const Node& child = graph.nodes[graph.children[k]];
    if (std::ranges::find(subjects, child.deprel) == subjects.end()) continue;
    if (IsQuoted(graph.nodes[child.first]) || IsQuoted(graph.nodes[child.last])) continue;
    return Range{child.first, child.last + 1};
  }
  return std::nullopt;
}

bool Overlaps(const Candidate& found, Range range) {
  const auto crosses = [&](Range other) {
    return other.begin < range.end && range.begin < other.end;
  };
  return crosses(found.cue) || std::ranges::any_of(found.content, crosses);
}

void ShareSubject(const Graph& graph, Candidate& found) {
  static const std::array<std::uint32_t, 3> sharing{HashOf("conj"), HashOf("advcl"),
                                                    HashOf("xcomp")};
  if (!found.source.empty() || found.content.empty()) return;
  if (!HasQuotation(graph, found)) return;
  std::uint32_t at = found.head;
  for (std::uint32_t step = 0; step < kFarthestSubject; ++step) {
    const Node& node = graph.nodes[at];
    if (node.head == kNoNode || std::ranges::find(sharing, node.deprel) == sharing.end()) return;
    at = node.head;
    const auto subject = SubjectOf(graph, at);
    if (!subject) continue;
    if (!Overlaps(found, *subject)) found.source = {*subject};
    return;
  }
}

}  // namespace

void MendExtents(const Reading& reading, const Graph& graph, Candidate& found) {
  CompleteQuotations(reading, graph, found);
  FollowInterruption(reading, graph, found);
  DropObject(graph, found);
  ShareSubject(graph, found);
}

}  // namespace dateline::quotes
