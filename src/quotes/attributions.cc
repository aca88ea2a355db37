#include "quotes/attributions.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "quotes/attribution_model.h"
#include "quotes/cues.h"
#include "quotes/finding.h"
#include "quotes/frames.h"
#include "quotes/graph.h"
#include "quotes/inner.h"
#include "quotes/labeller.h"
#include "quotes/manner.h"
#include "quotes/phrases.h"
#include "quotes/settle.h"
#include "quotes/speakers.h"
#include "quotes/transcripts.h"
#include "quotes/uncued.h"
#include "quotes/verdict.h"

// Idea. What can be learned is learned: which words are cues, and where their source and content
// stand (labeller.h, verdict.h). What is exact is a rule: which quotation marks belong together
// (quotation.h), that a quotation has one speaker (settle.h), whose an utterance is, and a
// quotation without a cue (uncued.h).
//
// Training shows the outermost attributions only. Those inside a content are looked for in the
// contents as if these were all there is (inner.h).

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr double kSigned = 0.9;      // confidence of a quotation with a signature
constexpr double kAnswered = 0.6;    // of an uncued one that follows somebody else's question
constexpr double kIntroduced = 0.4;  // of one that follows a sentence about somebody
constexpr float kInner = 0.1F;       // least score of an attribution inside another

/// What the finder has loaded.
struct Knowledge {
  Lexicon lexicon;
  MediaTable media;
  QuotedTable quoted;
  AttributionModel model;
};

class StoryFinder {
 public:
  StoryFinder(const Story& story, const Knowledge& knowledge)
      : known_(knowledge),
        reading_(ReadStory(story, knowledge.lexicon)),
        graph_(MakeGraph(reading_, knowledge.lexicon, knowledge.model.groups)),
        taken_(story.tokens.size(), false) {}

  void Run();
  [[nodiscard]] std::vector<Attribution> Attributions();
  [[nodiscard]] std::vector<QuotedPhrase> Phrases() { return std::move(phrases_); }
  [[nodiscard]] const std::shared_ptr<const Words>& words() const { return reading_.words; }

 private:
  void AddLearned(const std::vector<Candidate>& candidates);
  void AddInner();
  void DropOuterMarks(std::vector<Range>& content) const;
  void AddUncued();
  void AddWithoutSource(Range quoted, std::map<std::uint32_t, std::size_t>& turns);
  void AddTurns();
  [[nodiscard]] Finding FromCandidate(const Graph& graph, const Candidate& candidate) const;
  void Take(const std::vector<Range>& content);
  void AddByBlock(Range range, std::vector<Span>& spans) const;
  [[nodiscard]] AttributionKind KindOf(const Finding& finding) const;
  [[nodiscard]] std::string LemmaOf(const Candidate& candidate) const;
  [[nodiscard]] bool HasQuotation(const Finding& finding) const;
  [[nodiscard]] bool SameMarks(const Finding& before, Range quoted) const;
  [[nodiscard]] bool IsNear(const Finding& before, std::uint32_t at) const;
  [[nodiscard]] bool EndsInQuestion(const Finding& finding) const;

  const Story& story() const { return *reading_.story; }

  const Knowledge& known_;
  Reading reading_;
  Graph graph_;
  std::vector<bool> taken_;  // words that are content
  std::vector<Finding> found_{};
  std::vector<QuotedPhrase> phrases_{};
};

// ------------------------------------------------------------------------- words to attributions

AttributionKind StoryFinder::KindOf(const Finding& finding) const {
  bool quoted = false;
  bool plain = false;
  for (const Range& range : finding.content) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (reading_.word(at).Is(kPunctuation)) continue;
      (reading_.quotation_of[at] ? quoted : plain) = true;
    }
  }
  const SentenceIndex sentence = story().tokens[finding.content.front().begin].sentence;
  const bool turn = finding.head == kNoNode &&
                    IsTurn(story().blocks[Raw(story().sentences[Raw(sentence)].block)]);
  if (turn) return AttributionKind::kDirect;
  if (!quoted) return AttributionKind::kIndirect;
  return plain ? AttributionKind::kMixed : AttributionKind::kDirect;
}

/// The spans of a range, one for each paragraph that it reaches into.
void StoryFinder::AddByBlock(Range range, std::vector<Span>& spans) const {
  const auto block = [&](std::uint32_t at) {
    return story().sentences[Raw(story().tokens[at].sentence)].block;
  };
  while (!range.empty()) {
    Range part{range.begin, range.begin + 1};
    while (part.end < range.end && block(part.end) == block(part.begin)) ++part.end;
    spans.push_back(reading_.SpanOf(part));
    range.begin = part.end;
  }
}

std::vector<Attribution> StoryFinder::Attributions() {
  std::vector<Attribution> made;
  made.reserve(found_.size());
  for (Finding& finding : found_) {
    Attribution& one = made.emplace_back(std::move(finding.made));
    one.kind = KindOf(finding);
    for (const Range range : finding.content) AddByBlock(range, one.content);
  }
  return made;
}

// --------------------------------------------------------------------------------------- learned

/// The lemma of the cue's head, or the table's cue of several words that begins there.
std::string StoryFinder::LemmaOf(const Candidate& candidate) const {
  const std::uint32_t at = candidate.head;
  const Token& token = story().tokens[at];
  const auto follows = [&](const Cue& cue) {
    for (std::uint32_t i = 0; i < cue.rest.size(); ++i) {
      const std::size_t next = std::size_t{at} + 1 + i;
      if (next >= reading_.words->words.size()) return false;
      if (reading_.words->words[next].form != cue.rest[i]) return false;
    }
    return !cue.rest.empty();
  };
  for (const Cue& cue : known_.lexicon.cues.Of(token.lemma, CueKind::kVerb)) {
    if (follows(cue)) return cue.lemma;
  }
  for (const Cue& cue : known_.lexicon.cues.Of(reading_.word(at).form, CueKind::kPreposition)) {
    if (follows(cue)) return cue.lemma;
  }
  return token.lemma.empty() ? reading_.word(at).form : token.lemma;
}

Finding StoryFinder::FromCandidate(const Graph& graph, const Candidate& candidate) const {
  Finding finding{.head = candidate.head,
                  .cue = candidate.cue,
                  .source = candidate.source,
                  .content = candidate.content,
                  .score = candidate.score};
  finding.made.cue = {reading_.SpanOf(candidate.cue)};
  finding.made.cue_lemma = LemmaOf(candidate);
  finding.made.confidence = known_.model.Probability(candidate.score);
  if (!candidate.source.empty()) {
    finding.made.source = {reading_.SpanOf(candidate.source.front())};
    finding.made.entity = SpeakerOf(reading_, candidate.source.front());
  }
  SetManner(reading_, graph, known_.lexicon.cues, known_.media, finding);
  return finding;
}

void StoryFinder::Take(const std::vector<Range>& content) {
  for (const Range range : content) {
    std::fill(taken_.begin() + range.begin, taken_.begin() + range.end, true);
  }
}

void StoryFinder::AddLearned(const std::vector<Candidate>& candidates) {
  for (const Candidate& candidate : candidates) {
    if (candidate.score < known_.model.verdict_threshold || candidate.content.empty()) continue;
    found_.push_back(FromCandidate(graph_, candidate));
  }
  ShareQuotations(reading_, graph_, found_);
  for (const Finding& finding : found_) Take(finding.content);
  ContinueQuotations(reading_, graph_, taken_, found_);
  for (const Finding& finding : found_) Take(finding.content);
}

/// The marks around the outer content, and a comma before the last of them, belong to it.
void StoryFinder::DropOuterMarks(std::vector<Range>& content) const {
  const auto is_outer = [&](std::uint32_t at) {
    const QuotePlace place = PlaceOf(reading_, at);
    return place == QuotePlace::kOpen || place == QuotePlace::kClose;
  };
  for (Range& range : content) {
    while (!range.empty() && is_outer(range.begin)) ++range.begin;
    bool cut = false;
    while (!range.empty() && is_outer(range.end - 1)) cut = true, --range.end;
    while (cut && !range.empty() && reading_.word(range.end - 1).Is(kPunctuation)) --range.end;
  }
  std::erase_if(content, [](Range range) { return range.empty(); });
}

/// Those who say something in what is said: found in the contents alone. The last step: it takes
/// the graph apart.
void StoryFinder::AddInner() {
  if (found_.empty()) return;
  const InnerStory inner = ReadContents(reading_, std::move(graph_), found_);
  std::vector<std::size_t> outer_of(inner.within.size(), found_.size());
  for (std::size_t i = 0; i < found_.size(); ++i) {
    for (const Range range : found_[i].content) {
      std::fill(outer_of.begin() + range.begin, outer_of.begin() + range.end, i);
    }
  }
  auto candidates = FindCandidates(known_.model, inner.reading, inner.graph, &inner.within);
  std::ranges::stable_sort(candidates, std::greater{}, &Candidate::score);
  std::vector<bool> cued(
      inner.within.size());  // "has threatened" is one cue, whichever is its head
  for (const Finding& finding : found_)
    std::fill(cued.begin() + finding.cue.begin, cued.begin() + finding.cue.end, true);
  for (Candidate& candidate : candidates) {
    if (cued[candidate.head]) continue;
    DropOuterMarks(candidate.content);
    if (candidate.score < kInner || candidate.content.empty()) continue;
    const std::vector<Range>& content = found_[outer_of[candidate.head]].content;
    if (!HoldsAll(content, candidate.content) || !HoldsAll(content, candidate.source)) continue;
    std::fill(cued.begin() + candidate.cue.begin, cued.begin() + candidate.cue.end, true);
    found_.push_back(FromCandidate(inner.graph, candidate));
  }
}

// --------------------------------------------------------------------------------------- uncued

bool StoryFinder::HasQuotation(const Finding& finding) const {
  return std::ranges::any_of(finding.content, [&](Range range) {
    return std::any_of(reading_.quotation_of.begin() + range.begin,
                       reading_.quotation_of.begin() + range.end,
                       [](const auto& quotation) { return quotation.has_value(); });
  });
}

/// Whether both open with single marks or both with double ones; sub-headings often do otherwise.
bool StoryFinder::SameMarks(const Finding& before, Range quoted) const {
  const auto single = [&](std::uint32_t q) {
    const Quotation& quotation = reading_.quotations[q];
    const std::string_view mark =
        Span{quotation.outer.begin, quotation.inner.begin}.of(story().text);
    return mark == "'" || mark == "‘";
  };
  const auto q = reading_.quotation_of[before.content.back().end - 1];
  return !q || single(*q) == single(*reading_.quotation_of[quoted.begin]);
}

/// Whether the word stands in the block of the finding's last content or in the next one.
bool StoryFinder::IsNear(const Finding& before, std::uint32_t at) const {
  const auto block_of = [&](std::uint32_t word) {
    return Raw(story().sentences[Raw(story().tokens[word].sentence)].block);
  };
  return block_of(at) - block_of(before.content.back().begin) <= 1;
}

bool StoryFinder::EndsInQuestion(const Finding& finding) const {
  const Range last = finding.content.back();
  for (std::uint32_t at = last.end; at > last.begin && at + 3 > last.end; --at) {
    if (reading_.word(at - 1).form == "?") return true;
  }
  return false;
}

/// Whose is a quotation that nobody claims: of who asked before, if the last one answered or asked;
/// else of the last speaker, whose speech goes on; else of whom the sentence before is about.
void StoryFinder::AddWithoutSource(Range quoted, std::map<std::uint32_t, std::size_t>& turns) {
  Finding finding{.content = {quoted}};
  auto last = turns.upper_bound(quoted.begin);
  if (last != turns.begin()) {
    const std::size_t index = (--last)->second;
    if (!SameMarks(found_[index], quoted)) return;
    if (IsNear(found_[index], quoted.begin)) {
      const bool turn = last != turns.begin() && EndsInQuestion(found_[index]);
      const std::size_t other = turn ? std::prev(last)->second : index;
      if (!turn || found_[other].made.entity == found_[index].made.entity ||
          !found_[other].made.entity) {
        found_[index].content.push_back(quoted);
        turns[quoted.end] = index;
        return;
      }
      finding.made.entity = found_[other].made.entity;
      finding.made.confidence = kAnswered;
    }
  }
  if (!finding.made.entity) {
    const auto subject = SubjectBefore(reading_, graph_, quoted.begin);
    if (!subject) return;
    finding.made.source = {reading_.SpanOf(*subject)};
    finding.made.entity = SpeakerOf(reading_, *subject);
    finding.made.confidence = kIntroduced;
  }
  turns[quoted.end] = found_.size();
  found_.push_back(std::move(finding));
}

void StoryFinder::AddUncued() {
  std::map<std::uint32_t, std::size_t> turns;  // by the end of the content
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (HasQuotation(found_[i])) turns[found_[i].content.back().end] = i;
  }
  for (const Uncued& one : FindUncued(reading_, taken_)) {
    Take({one.content});
    if (one.source.empty()) {
      AddWithoutSource(one.content, turns);
      continue;
    }
    Finding finding{.cue = one.cue, .source = {one.source}, .content = {one.content}};
    finding.made.source = {reading_.SpanOf(one.source)};
    finding.made.entity = SpeakerOf(reading_, one.source);
    finding.made.cue = {reading_.SpanOf(one.cue)};
    finding.made.cue_lemma = reading_.word(one.cue.begin).form;
    finding.made.confidence = kSigned;
    turns[one.content.end] = found_.size();
    found_.push_back(std::move(finding));
  }
}

// ----------------------------------------------------------------------------------- transcripts

void StoryFinder::AddTurns() {
  for (Finding& turn : FindTurns(reading_)) {
    Take(turn.content);
    found_.push_back(std::move(turn));
  }
}

void StoryFinder::Run() {
  AddLearned(FindCandidates(known_.model, reading_, graph_));
  AddUncued();
  AddTurns();
  phrases_ = FindQuotedPhrases(reading_, graph_, known_.quoted, taken_);
  AddInner();
  SortAndNest(found_);
}

}  // namespace

struct AttributionFinder::Impl {
  Knowledge knowledge;
};

Result<AttributionFinder> AttributionFinder::Load(const tables::Tables& tables,
                                                  const std::filesystem::path& model) {
  DATELINE_TRY(WordClasses classes, WordClasses::Load(tables));
  DATELINE_TRY(CueTable cues, CueTable::Load(tables));
  DATELINE_TRY(MediaTable media, MediaTable::Load(tables));
  DATELINE_TRY(QuotedTable quoted, QuotedTable::Load(tables));
  DATELINE_TRY(AttributionModel learned, AttributionModel::Load(model));
  AttributionFinder finder;
  finder.impl_ =
      std::make_shared<const Impl>(Impl{{.lexicon = {std::move(classes), std::move(cues)},
                                         .media = std::move(media),
                                         .quoted = std::move(quoted),
                                         .model = std::move(learned)}});
  return finder;
}

std::vector<Attribution> AttributionFinder::Find(const Story& story) const {
  StoryFinder finder(story, impl_->knowledge);
  finder.Run();
  return finder.Attributions();
}

std::shared_ptr<const Words> AttributionFinder::Annotate(Story& story) const {
  StoryFinder finder(story, impl_->knowledge);
  finder.Run();
  story.attributions = finder.Attributions();
  story.quoted_phrases = finder.Phrases();
  return finder.words();
}

}  // namespace dateline::quotes
