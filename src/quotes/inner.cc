#include "quotes/inner.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace dateline::quotes {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFFU;

/// By word: the piece of content it stands in, kNowhere outside all.
std::vector<std::uint32_t> PiecesOf(std::size_t words, const std::vector<Finding>& found) {
  std::vector<std::uint32_t> pieces(words, kNowhere);
  std::uint32_t next = 0;
  for (const Finding& finding : found) {
    for (const Range range : finding.content) {
      std::fill(pieces.begin() + range.begin, pieces.begin() + range.end, next++);
    }
  }
  return pieces;
}

std::vector<Quotation> OneDeeper(std::vector<Quotation> quotations) {
  std::erase_if(quotations, [](const Quotation& q) { return q.depth != 1; });
  return quotations;
}

/// Sentences, parted where a content begins or ends.
void CutFrames(const Story& story, const std::vector<std::uint32_t>& pieces, Reading& reading) {
  for (std::uint32_t at = 0; at < pieces.size(); ++at) {
    const SentenceIndex sentence = story.tokens[at].sentence;
    const bool same =
        at > 0 && pieces[at] == pieces[at - 1] && story.tokens[at - 1].sentence == sentence;
    if (same) {
      ++reading.frames.back().words.end;
    } else {
      reading.frames.push_back({{at, at + 1}, story.sentences[Raw(sentence)].block});
    }
  }
}

/// Words whose head stands elsewhere are heads of their own.
void CutTrees(const std::vector<std::uint32_t>& pieces, Graph& graph) {
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    Node& node = graph.nodes[at];
    if (node.head == kNoNode || pieces[node.head] == pieces[at]) continue;
    node.head = kNoNode;
    node.deprel = HashOf("root");
  }
}

}  // namespace

InnerStory ReadContents(const Reading& reading, Graph graph, const std::vector<Finding>& found) {
  const Story& story = *reading.story;
  const auto pieces = PiecesOf(graph.size(), found);
  InnerStory inner{.reading = {.story = &story, .words = reading.words},
                   .graph = std::move(graph),
                   .within = std::vector<bool>(pieces.size())};
  for (std::size_t at = 0; at < pieces.size(); ++at) inner.within[at] = pieces[at] != kNowhere;
  inner.reading.quotations = OneDeeper(PairQuotations(story.text, story.blocks));
  PlaceQuotations(inner.reading);
  CutFrames(story, pieces, inner.reading);
  CutTrees(pieces, inner.graph);
  ArrangeGraph(inner.reading, inner.graph);
  return inner;
}

}  // namespace dateline::quotes
