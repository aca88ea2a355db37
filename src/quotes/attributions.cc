#include "quotes/attributions.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "quotes/attribution_model.h"
#include "quotes/cues.h"
#include "quotes/frames.h"
#include "quotes/graph.h"
#include "quotes/labeller.h"
#include "quotes/speakers.h"
#include "quotes/uncued.h"

// Idea. What can be learned is learned: which words are cues, and where their source and content
// stand (labeller.h, verdict.h). What is exact is a rule: which quotation marks belong together
// (quotation.h), whose an utterance is, and a quotation without a cue (uncued.h).

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr double kSigned = 0.9;  // confidence of a quotation with a signature
constexpr double kUtterance = 0.9;
constexpr double kGoesOn = 0.5;  // of one that goes on with the last speaker

class StoryFinder {
 public:
  StoryFinder(const Story& story, const Lexicon& lexicon, const AttributionModel& model)
      : lexicon_(lexicon),
        model_(model),
        reading_(ReadStory(story, lexicon)),
        taken_(story.tokens.size(), false) {}

  std::vector<Attribution> Run();

 private:
  void AddLearned();
  void AddUncued();
  void AddUtterances();
  [[nodiscard]] Attribution Make(std::span<const Range> content) const;
  void AddByBlock(Range range, std::vector<Span>& spans) const;
  [[nodiscard]] AttributionKind KindOf(std::span<const Range> content) const;
  [[nodiscard]] std::string LemmaOf(const Candidate& candidate) const;

  struct Turn {
    std::uint32_t end = 0;        // byte
    std::size_t attribution = 0;  // in found_
  };
  [[nodiscard]] std::vector<Turn> Turns() const;
  [[nodiscard]] bool IsNear(const Attribution& before, Span span) const;

  const Lexicon& lexicon_;
  const AttributionModel& model_;
  Reading reading_;
  std::vector<bool> taken_;  // words that are content
  std::vector<Attribution> found_{};
};

AttributionKind StoryFinder::KindOf(std::span<const Range> content) const {
  bool quoted = false;
  bool plain = false;
  for (const Range& range : content) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (reading_.word(at).Is(kPunctuation)) continue;
      (reading_.quotation_of[at] ? quoted : plain) = true;
    }
  }
  if (!quoted) return AttributionKind::kIndirect;
  return plain ? AttributionKind::kMixed : AttributionKind::kDirect;
}

Attribution StoryFinder::Make(std::span<const Range> content) const {
  Attribution made;
  made.kind = KindOf(content);
  for (const Range range : content) AddByBlock(range, made.content);
  return made;
}

/// The spans of a range, one for each paragraph that it reaches into.
void StoryFinder::AddByBlock(Range range, std::vector<Span>& spans) const {
  const Story& story = *reading_.story;
  const auto block = [&](std::uint32_t at) {
    return story.sentences[Raw(story.tokens[at].sentence)].block;
  };
  while (!range.empty()) {
    Range part{range.begin, range.begin + 1};
    while (part.end < range.end && block(part.end) == block(part.begin)) ++part.end;
    spans.push_back(reading_.SpanOf(part));
    range.begin = part.end;
  }
}

/// The lemma of the cue's head, or the table's cue of several words that begins there.
std::string StoryFinder::LemmaOf(const Candidate& candidate) const {
  const std::uint32_t at = candidate.head;
  const Token& token = reading_.story->tokens[at];
  const auto follows = [&](const Cue& cue) {
    for (std::uint32_t i = 0; i < cue.rest.size(); ++i) {
      const std::size_t next = std::size_t{at} + 1 + i;
      if (next >= reading_.words.words.size()) return false;
      if (reading_.words.words[next].form != cue.rest[i]) return false;
    }
    return !cue.rest.empty();
  };
  for (const Cue& cue : lexicon_.cues.Of(token.lemma, CueKind::kVerb)) {
    if (follows(cue)) return cue.lemma;
  }
  for (const Cue& cue : lexicon_.cues.Of(reading_.word(at).form, CueKind::kPreposition)) {
    if (follows(cue)) return cue.lemma;
  }
  return token.lemma.empty() ? reading_.word(at).form : token.lemma;
}

void StoryFinder::AddLearned() {
  const Graph graph = MakeGraph(reading_, lexicon_, model_.groups);
  for (const Candidate& candidate : FindCandidates(model_, reading_, graph)) {
    if (candidate.score < model_.verdict_threshold || candidate.content.empty()) continue;
    for (const Range range : candidate.content) {
      std::fill(taken_.begin() + range.begin, taken_.begin() + range.end, true);
    }
    Attribution made = Make(candidate.content);
    made.cue = {reading_.SpanOf(candidate.cue)};
    made.cue_lemma = LemmaOf(candidate);
    made.confidence = model_.Probability(candidate.score);
    if (!candidate.source.empty()) {
      made.source = {reading_.SpanOf(candidate.source.front())};
      made.entity = SpeakerOf(reading_, candidate.source.front());
    }
    found_.push_back(std::move(made));
  }
}

/// The last attribution with quotation marks that ends before each byte, in the order of the text.
std::vector<StoryFinder::Turn> StoryFinder::Turns() const {
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (found_[i].kind != AttributionKind::kIndirect) {
      turns.push_back({found_[i].content.back().end, i});
    }
  }
  std::ranges::stable_sort(turns, {}, &Turn::end);
  return turns;
}

/// Whether the span begins in the block of the attribution's last content or in the next one.
bool StoryFinder::IsNear(const Attribution& before, Span span) const {
  const std::vector<Block>& blocks = reading_.story->blocks;
  const auto block_of = [&](std::uint32_t at) {
    return std::ranges::upper_bound(blocks, at, {}, [](const Block& b) { return b.span.begin; }) -
           blocks.begin();
  };
  return block_of(span.begin) - block_of(before.content.back().begin) <= 1;
}

void StoryFinder::AddUncued() {
  const std::vector<Turn> turns = Turns();
  for (const Uncued& one : FindUncued(reading_, taken_)) {
    Attribution made = Make(std::span(&one.content, 1));
    if (!one.source.empty()) {
      made.source = {reading_.SpanOf(one.source)};
      made.entity = SpeakerOf(reading_, one.source);
      made.cue = {reading_.SpanOf(one.cue)};
      made.cue_lemma = reading_.word(one.cue.begin).form;
      made.confidence = kSigned;
      found_.push_back(std::move(made));
      continue;
    }
    const auto after = std::ranges::upper_bound(turns, made.content.front().begin, {}, &Turn::end);
    if (after == turns.begin()) continue;
    Attribution& before = found_[(after - 1)->attribution];
    if (IsNear(before, made.content.front())) {
      before.content.insert(before.content.end(), made.content.begin(), made.content.end());
      continue;
    }
    made.entity = before.entity;
    made.confidence = kGoesOn;
    found_.push_back(std::move(made));
  }
}

/// A speaker's turn in a transcript is his speech as a whole.
void StoryFinder::AddUtterances() {
  for (const Block& block : reading_.story->blocks) {
    if (block.kind != BlockKind::kUtterance || !block.speaker || block.span.empty()) continue;
    Attribution turn;
    turn.kind = AttributionKind::kDirect;
    turn.entity = EntityNamed(*reading_.story, *block.speaker);
    turn.content = {block.span};
    turn.confidence = kUtterance;
    found_.push_back(std::move(turn));
  }
}

Span Hull(const Attribution& a) { return {a.content.front().begin, a.content.back().end}; }

/// Sorts by content; of two that cross, the more certain one stays.
void Settle(std::vector<Attribution>& found) {
  std::ranges::stable_sort(found, [](const Attribution& a, const Attribution& b) {
    return std::pair(Hull(a).begin, Hull(b).end) < std::pair(Hull(b).begin, Hull(a).end);
  });
  std::vector<bool> dropped(found.size(), false);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < found.size(); ++i) {
    while (!open.empty() && Hull(found[open.back()]).end <= Hull(found[i]).begin) open.pop_back();
    while (!open.empty() && !dropped[i] && Hull(found[i]).end > Hull(found[open.back()]).end) {
      if (found[open.back()].confidence >= found[i].confidence) {
        dropped[i] = true;
      } else {
        dropped[open.back()] = true;
        open.pop_back();
      }
    }
    if (!dropped[i]) open.push_back(i);
  }
  std::size_t i = 0;
  std::erase_if(found, [&](const Attribution&) { return dropped[i++]; });
}

std::vector<Attribution> StoryFinder::Run() {
  AddLearned();
  AddUncued();
  AddUtterances();
  Settle(found_);
  return std::move(found_);
}

}  // namespace

struct AttributionFinder::Impl {
  Lexicon lexicon;
  AttributionModel model;
};

Result<AttributionFinder> AttributionFinder::Load(const tables::Tables& tables,
                                                  const std::filesystem::path& model) {
  DATELINE_TRY(WordClasses classes, WordClasses::Load(tables));
  DATELINE_TRY(CueTable cues, CueTable::Load(tables));
  DATELINE_TRY(AttributionModel learned, AttributionModel::Load(model));
  AttributionFinder finder;
  finder.impl_ =
      std::make_shared<const Impl>(Impl{{std::move(classes), std::move(cues)}, std::move(learned)});
  return finder;
}

std::vector<Attribution> AttributionFinder::Find(const Story& story) const {
  return StoryFinder(story, impl_->lexicon, impl_->model).Run();
}

}  // namespace dateline::quotes
