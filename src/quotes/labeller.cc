#include "quotes/labeller.h"

#include <algorithm>
#include <cmath>

#include "quotes/extents.h"
#include "quotes/verdict.h"

namespace dateline::quotes {
namespace {

constexpr float kImpossible = -1e4F;

double LogSum(const std::array<double, kLabels>& values) {
  const double greatest = *std::ranges::max_element(values);
  double sum = 0;
  for (const double value : values) sum += std::exp(value - greatest);
  return greatest + std::log(sum);
}

using Row = std::array<float, kLabels>;
using Steps = std::array<std::uint8_t, kLabels>;

/// The best labels of a scored scene, and how far the best way stands above all others together.
struct Decoding {
  std::vector<Label> labels;
  double doubt = 0;  ///< -log of the best way's share
};

/// One step of Viterbi's and of the forward algorithm.
void Step(const Row& word, const std::array<float, kLabels * kLabels>& gap, Row& best,
          std::array<double, kLabels>& sums, Steps& back) {
  Row next{};
  std::array<double, kLabels> totals{};
  for (std::size_t to = 0; to < kLabels; ++to) {
    std::array<double, kLabels> ways{};
    std::size_t from = 0;
    for (std::size_t k = 0; k < kLabels; ++k) {
      ways[k] = sums[k] + static_cast<double>(gap[k * kLabels + to]);
      if (best[k] + gap[k * kLabels + to] > best[from] + gap[from * kLabels + to]) from = k;
    }
    next[to] = best[from] + gap[from * kLabels + to] + word[to];
    back[to] = static_cast<std::uint8_t>(from);
    totals[to] = LogSum(ways) + static_cast<double>(word[to]);
  }
  best = next;
  sums = totals;
}

Decoding Decode(const LabelScratch& scratch) {
  const std::size_t size = scratch.words.size();
  std::vector<Steps> back(size);
  Row best{};
  std::array<double, kLabels> sums{};
  for (std::size_t to = 0; to < kLabels; ++to) {
    best[to] = scratch.words[0][to] + scratch.gaps[0][to];
    sums[to] = static_cast<double>(best[to]);
  }
  for (std::size_t i = 1; i < size; ++i) {
    Step(scratch.words[i], scratch.gaps[i], best, sums, back[i]);
  }
  auto at = static_cast<std::size_t>(std::ranges::max_element(best) - best.begin());
  Decoding out{.labels = std::vector<Label>(size),
               .doubt = LogSum(sums) - static_cast<double>(best[at])};
  for (std::size_t i = size; i-- > 0;) {
    out.labels[i] = static_cast<Label>(at);
    at = back[i][at];
  }
  return out;
}

std::vector<Range> RunsOf(const std::vector<Label>& labels, Label label, std::uint32_t begin) {
  std::vector<Range> runs;
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != label) continue;
    if (runs.empty() || runs.back().end != begin + i) runs.push_back({begin + i, begin + i});
    ++runs.back().end;
  }
  return runs;
}

bool HasWord(const Graph& graph, Range range) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    if (!graph.nodes[at].punctuation()) return true;
  }
  return false;
}

/// Content that reaches an end of the window within a quotation goes on to the quotation's end.
void FollowMarks(const Graph& graph, Range window, std::vector<Range>& content) {
  if (content.empty()) return;
  std::uint32_t& begin = content.front().begin;
  std::uint32_t& end = content.back().end;
  const auto same = [&](std::uint32_t one, std::uint32_t other) {
    return graph.nodes[one].quotation != kNoNode &&
           graph.nodes[one].quotation == graph.nodes[other].quotation;
  };
  if (begin == window.begin) {
    while (begin > 0 && same(begin, begin - 1)) --begin;
  }
  if (end == window.end) {
    while (end < graph.size() && same(end - 1, end)) ++end;
  }
}

/// Speech whose paragraphs open with a mark each is one speech: content that begins with one of
/// them begins with the first, and content that reaches the end of one reaches the end of the last.
void FollowParagraphs(const Reading& reading, std::vector<Range>& content) {
  if (content.empty()) return;
  const auto count = static_cast<std::uint32_t>(reading.quotations.size());
  if (const auto q = reading.quotation_of[content.front().begin];
      q && reading.quoted[*q].begin == content.front().begin) {
    content.front().begin = reading.quoted[reading.chain[*q]].begin;
  }
  auto q = reading.quotation_of[content.back().end - 1];
  if (!q || reading.quoted[*q].end != content.back().end) return;
  while (*q + 1 < count && reading.chain[*q + 1] == reading.chain[*q]) ++*q;
  content.back().end = reading.quoted[*q].end;
}

bool AllQuoted(const Graph& graph, Range range) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    if (graph.nodes[at].quote == QuotePlace::kOutside) return false;
  }
  return true;
}
bool NoneQuoted(const Graph& graph, Range range) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    if (graph.nodes[at].quote != QuotePlace::kOutside) return false;
  }
  return true;
}

/// "A," he said when asked. "B.": what stands outside the marks after the cue of a quotation is
/// about the speaking.
void DropAsides(const Graph& graph, Candidate& found) {
  if (found.content.empty() || !AllQuoted(graph, found.content.front())) return;
  std::erase_if(found.content,
                [&](Range run) { return run.begin > found.head && NoneQuoted(graph, run); });
}

/// A source is one phrase: the longest, which is nearly always the only one.
void KeepLongest(std::vector<Range>& runs) {
  const auto longest = std::ranges::max_element(
      runs, {}, [](const Range& range) { return range.end - range.begin; });
  if (runs.size() > 1) runs = {*longest};
}

}  // namespace

void ScoreScene(const AttributionModel& model, const Graph& graph, const CueLevels& levels,
                LabelScratch& scratch) {
  const Range window = scratch.scene.window;
  scratch.words.resize(window.end - window.begin);
  scratch.gaps.resize(window.end - window.begin);
  for (std::uint32_t at = window.begin; at < window.end; ++at) {
    Row& word = scratch.words[at - window.begin];
    WordFeatures(graph, levels, scratch.scene, at, scratch.features);
    model.word.Score(scratch.features.all(), word);
    GapFeatures(graph, scratch.scene, at, scratch.features);
    model.gap.Score(scratch.features.all(), scratch.gaps[at - window.begin]);
    if (at != scratch.scene.cue) continue;
    for (std::size_t k = 0; k < kLabels; ++k) {
      if (static_cast<Label>(k) != Label::kCue) word[k] = kImpossible;
    }
  }
}

namespace {

constexpr float kNoCue = -10;

/// Heads of cues are verbs, adjectives, and nouns, adverbs and prepositions that the table of cues
/// knows; of marks only the colon and dashes. Asking the model about these alone, a third of the
/// words, loses one cue of a hundred.
bool MayBeCue(const Node& node) {
  static const std::array<std::uint32_t, 4> open{HashOf("VERB"), HashOf("AUX"), HashOf("ADJ"),
                                                 HashOf("X")};
  static const std::array<std::uint32_t, 6> marks{HashOf(":"), HashOf("-"), HashOf("--"),
                                                  HashOf("–"), HashOf("—"), HashOf("―")};
  if (node.punctuation()) return std::ranges::find(marks, node.form) != marks.end();
  static const std::uint32_t name = HashOf("PROPN");
  if (node.known != 0) return node.upos != name;
  return std::ranges::find(open, node.upos) != open.end();
}

}  // namespace

std::vector<float> CueScores(const AttributionModel& model, const Graph& graph,
                             const std::vector<bool>* within) {
  std::vector<float> scores(graph.size(), kNoCue);
  Features features;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    if ((within != nullptr && !(*within)[at]) || !MayBeCue(graph.nodes[at])) continue;
    CueFeatures(graph, at, features);
    model.cue.Score(features.all(), std::span(&scores[at], 1));
  }
  return scores;
}

CueLevels LevelsOf(const Graph& graph, std::span<const float> scores) {
  constexpr std::array<float, 4> kSteps{-1.1F, -0.4F, 0.0F, 1.1F};
  constexpr std::uint8_t kLikely = 2;
  CueLevels levels;
  levels.words.reserve(scores.size());
  levels.frames.assign(graph.frames.size(), 0);
  for (std::uint32_t at = 0; at < scores.size(); ++at) {
    const auto* const step = std::ranges::upper_bound(kSteps, scores[at]);
    levels.words.push_back(static_cast<std::uint8_t>(step - kSteps.begin()));
    const Node& node = graph.nodes[at];
    if (levels.words.back() >= kLikely && node.quote == QuotePlace::kOutside) {
      levels.frames[node.frame] = 1;
    }
  }
  return levels;
}

Candidate LabelAround(const AttributionModel& model, const Reading& reading, const Graph& graph,
                      const CueLevels& levels, std::uint32_t cue, LabelScratch& scratch) {
  SetScene(reading, graph, levels, cue, scratch.scene);
  ScoreScene(model, graph, levels, scratch);
  const Decoding decoding = Decode(scratch);
  const std::uint32_t begin = scratch.scene.window.begin;
  Candidate found{.head = cue, .doubt = decoding.doubt};
  for (const Range run : RunsOf(decoding.labels, Label::kCue, begin)) {
    if (run.Contains(cue)) found.cue = run;
  }
  found.source = RunsOf(decoding.labels, Label::kSource, begin);
  KeepLongest(found.source);
  found.content = RunsOf(decoding.labels, Label::kContent, begin);
  DropAsides(graph, found);
  FollowMarks(graph, scratch.scene.window, found.content);
  FollowParagraphs(reading, found.content);
  std::erase_if(found.content, [&](Range run) { return !HasWord(graph, run); });
  MendExtents(reading, graph, found);
  return found;
}

std::vector<Candidate> FindCandidates(const AttributionModel& model, const Reading& reading,
                                      const Graph& graph, const std::vector<bool>* within) {
  const std::vector<float> scores = CueScores(model, graph, within);
  const CueLevels levels = LevelsOf(graph, scores);
  std::vector<Candidate> found;
  LabelScratch scratch;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    if (scores[at] < model.cue_threshold) continue;
    found.push_back(LabelAround(model, reading, graph, levels, at, scratch));
    found.back().cue_score = scores[at];
  }
  JudgeAll(model, graph, found);
  return found;
}

}  // namespace dateline::quotes
