#include "quotes/attributions.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "quotes/clauses.h"
#include "quotes/cues.h"
#include "quotes/frames.h"
#include "quotes/sources.h"
#include "text/unicode.h"

// Idea. Every frame (about a sentence) is read twice. First for cues that stand behind or inside
// what they introduce: "A," he said; A, he said, B; A, according to B. What they cover is taken.
// Then, from left to right, for cues that stand before their content: he said that A; he accused X
// of Y. A cue inside content already taken is passed over, so only the outermost speech is kept.
// Last, quotations that no cue claimed go to the speaker before them (or after, in the same
// paragraph): "A," he said. "B." is one attribution with two pieces of content.

namespace dateline::quotes {
namespace {

using enum WordClass;

/// An attribution in words instead of bytes.
struct Draft {
  Range source{};
  std::optional<EntityIndex> entity{};
  Range cue{};
  std::string lemma{};
  std::vector<Range> content{};
  std::uint32_t frame = 0;
  bool speech = false;  ///< its cue is one of speech, so a following quotation may be its own
  double confidence = 0;
};

class StoryFinder {
 public:
  StoryFinder(const Story& story, const Lexicon& lexicon)
      : lexicon_(lexicon),
        reading_(ReadStory(story, lexicon)),
        taken_(story.tokens.size(), false) {}

  std::vector<Attribution> Run();

 private:
  void ReadFrame(std::uint32_t index);
  bool TryBehind(const CueHit& hit);
  bool TryInverted(const CueHit& hit);
  bool TryAccording(const CueHit& hit);
  void TryBefore(const CueHit& hit);
  void AddBehind(const CueHit& hit, Range source, std::uint32_t left_end,
                 std::uint32_t right_begin);
  void AddBetween(Draft& draft, std::uint32_t right_begin, bool quoted_left);
  Range SourceOf(const CueHit& hit) const;
  std::optional<EntityIndex> EntityOfSource(Range source) const;
  std::optional<EntityIndex> LastPerson(std::uint32_t before) const;
  bool QuotedAt(std::uint32_t at) const {
    return frame_.Contains(at) && reading_.quotation_of[at].has_value();
  }
  bool CommaAt(std::uint32_t at) const {
    return frame_.Contains(at) && !QuotedAt(at) && reading_.word(at).form == ",";
  }
  bool StartsPhrase(std::uint32_t at) const;
  void Add(Draft draft);
  void ReadNameColon();
  void GiveLeft(bool no_cue);
  void LeaveBlock();
  bool StillOpen() const;
  std::optional<CueHit> HitNear(std::uint32_t begin, std::uint32_t reach) const;
  Draft* LastIn(BlockIndex block);
  Attribution ToAttribution(const Draft& draft) const;
  AttributionKind KindOf(const Draft& draft) const;

  const Lexicon& lexicon_;
  Reading reading_;
  std::vector<bool> taken_;    // words that are content
  std::vector<Draft> drafts_;  // in order of their frames
  Range frame_;
  std::uint32_t frame_index_ = 0;
  std::uint32_t left_bound_ = 0;  // content of a cue behind it begins no earlier
  std::vector<CueHit> hits_;
  Range last_source_;
  std::optional<Draft> colon_;          // a cue with a colon at its paragraph's end
  std::vector<Range> waiting_;          // quotations of this block before its first cue
  std::optional<EntityIndex> speaker_;  // of the last direct or mixed speech
};

void StoryFinder::Add(Draft draft) {
  for (Range& range : draft.content) {
    std::fill(taken_.begin() + range.begin, taken_.begin() + range.end, true);
  }
  draft.frame = frame_index_;
  if (!draft.entity) draft.entity = EntityOfSource(draft.source);
  if (!draft.source.empty()) last_source_ = draft.source;
  drafts_.push_back(std::move(draft));
}

std::optional<EntityIndex> StoryFinder::EntityOfSource(Range source) const {
  if (source.empty()) return std::nullopt;
  if (source.end - source.begin == 1 && reading_.word(source.begin).Is(kRelative)) {
    return AntecedentOf(reading_, frame_, source.begin);
  }
  const auto entity = EntityOf(reading_, source);
  const std::string& form = reading_.word(source.begin).form;
  const bool person = source.end - source.begin == 1 && (form == "he" || form == "she");
  const auto is_person = [&](EntityIndex index) {
    return reading_.story->entities[Raw(index)].type == EntityType::kPerson;
  };
  if (!person || (entity && is_person(*entity))) return entity;
  return LastPerson(source.begin);
}

/// Whom "he" means when the mentions do not tell: the first person of the nearest sentence before
/// that names one outside quotations.
std::optional<EntityIndex> StoryFinder::LastPerson(std::uint32_t before) const {
  for (std::uint32_t i = frame_index_ + 1; i > 0 && frame_index_ + 1 - i < 8; --i) {
    const Range words = reading_.frames[i - 1].words;
    const std::uint32_t limit = std::min({words.end, before, words.begin + 200});
    for (std::uint32_t at = words.begin; at < limit; ++at) {
      const auto mention = reading_.word(at).mention;
      if (!mention || reading_.quotation_of[at]) continue;
      const MentionRef& ref = reading_.words.mentions[*mention];
      const Entity& entity = reading_.story->entities[Raw(ref.entity)];
      if (ref.kind == MentionKind::kName && entity.type == EntityType::kPerson) return ref.entity;
    }
  }
  return std::nullopt;
}

bool StoryFinder::StartsPhrase(std::uint32_t at) const {
  if (!frame_.Contains(at) || QuotedAt(at)) return false;
  const Word& word = reading_.word(at);
  if (word.mention || word.Is(kCapital)) return !word.Is(kTime);
  if (word.form == "that" || word.Is(kPreposition | kPunctuation | kSubordinator | kTime | kAdverb))
    return false;
  return word.Is(kPronoun | kDeterminer | kPossessive | kNumber) || word.form.ends_with('s') ||
         at > frame_.begin;
}

/// Content on the left of a cue and its source: up to `left_end`, perhaps going on at
/// `right_begin`.
void StoryFinder::AddBehind(const CueHit& hit, Range source, std::uint32_t left_end,
                            std::uint32_t right_begin) {
  Range left = Trim(reading_, {left_bound_, left_end});
  while (!left.empty() && !QuotedAt(left.begin) && reading_.word(left.begin).Is(kOpener) &&
         reading_.word(left.begin).form != "now")
    ++left.begin;
  left = Trim(reading_, left);
  if (left.empty()) return;
  Draft draft{.source = source,
              .cue = hit.words,
              .lemma = hit.cue->lemma,
              .content = {left},
              .speech = true,
              .confidence = 0.9};
  if (!QuotedAt(left.end - 1)) draft.confidence = 0.75;
  AddBetween(draft, right_begin, QuotedAt(left.end - 1));
  left_bound_ = std::max(draft.content.back().end, right_begin);
  Add(std::move(draft));
}

/// "A, he said, B": what follows the second comma goes on.
void StoryFinder::AddBetween(Draft& draft, std::uint32_t right_begin, bool quoted_left) {
  const std::uint32_t next = right_begin + (CommaAt(right_begin) ? 1 : 0);
  const bool quoted_right = QuotedAt(next);
  if (next == right_begin && !quoted_right) return;
  if (!quoted_right && (quoted_left || next + 2 >= frame_.end)) return;
  if (!quoted_right && HitNear(next, 1)) return;
  const Range right = Trim(reading_, {next, ContentEnd(reading_, frame_, hits_, next)});
  if (right.empty()) return;
  // A quotation with a cue of its own behind it is not the rest of this one.
  const auto own = quoted_right ? HitNear(right.end, 4) : std::nullopt;
  if (own && own->cue->post) return;
  draft.content.push_back(right);
}

/// `"A," said Ann Lee` and `A, said Ann Lee`.
bool StoryFinder::TryInverted(const CueHit& hit) {
  const std::uint32_t begin = hit.words.begin;
  if (begin == frame_.begin || begin != hit.head || !hit.finite || !StartsPhrase(hit.words.end))
    return false;
  const bool quoted =
      QuotedAt(begin - 1) || (CommaAt(begin - 1) && begin >= 2 && QuotedAt(begin - 2));
  if (!quoted && !CommaAt(begin - 1)) return false;
  if (!quoted && hit.cue->lemma != "say") return false;
  const Range source = PhraseAfter(reading_, lexicon_, frame_, hit.words.end);
  if (source.empty()) return false;
  AddBehind(hit, source, begin, source.end);
  return true;
}

/// `"A," he said`, `A, the mayor said on Monday.`, `A, he said, B.`
bool StoryFinder::TryBehind(const CueHit& hit) {
  if (hit.cue->kind != CueKind::kVerb || !(hit.cue->post || hit.cue->quote) || hit.passive)
    return false;
  if (TryInverted(hit)) return true;
  if (!hit.finite) return false;
  const Range source = SubjectBefore(reading_, lexicon_, frame_, hit.words.begin);
  if (source.empty() || source.begin == frame_.begin) return false;
  const std::uint32_t left = source.begin - 1;
  const bool quoted =
      QuotedAt(left) || (CommaAt(left) && left > frame_.begin && QuotedAt(left - 1));
  if (quoted && hit.cue->post) {
    const auto own = ContentAfter(reading_, frame_, hits_, hit, hit.words.end);
    if (own && own->content.begin < frame_.end && reading_.word(own->content.begin).form == "that")
      return false;
    AddBehind(hit, source, source.begin, hit.words.end);
    return true;
  }
  const bool pause = CommaAt(left) || reading_.word(left).form == "-" ||
                     reading_.word(left).form == "–" || reading_.word(left).form == "--";
  const bool between = CommaAt(hit.words.end) && left > left_bound_;
  if (!pause || !hit.cue->post || (left < left_bound_ + 3 && !between)) return false;
  if (!NothingFollows(reading_, frame_, hit, hit.words.end)) return false;
  AddBehind(hit, source, left, hit.words.end);
  return true;
}

/// "According to A, B" and "B, according to A".
bool StoryFinder::TryAccording(const CueHit& hit) {
  if (hit.cue->kind != CueKind::kPreposition) return false;
  Range source = PhraseAfter(reading_, lexicon_, frame_, hit.words.end);
  if (source.empty()) return false;
  if (hit.words.begin <= left_bound_ + 1 && !CommaAt(source.end)) {
    // In front, what follows the comma is the content, not an apposition.
    for (std::uint32_t at = source.begin; at < source.end; ++at) {
      if (CommaAt(at)) source.end = at;
    }
  }
  Draft draft{.source = source,
              .cue = hit.words,
              .lemma = hit.cue->lemma,
              .speech = true,
              .confidence = 0.9};
  const Range left = Trim(reading_, {left_bound_, hit.words.begin});
  if (left.end > left.begin + 2) draft.content.push_back(left);
  if (draft.content.empty() || CommaAt(source.end)) {
    const Range right = Trim(
        reading_,
        {source.end, ContentEnd(reading_, frame_, hits_, std::min(source.end, frame_.end - 1))});
    if (right.end > right.begin + 2) draft.content.push_back(right);
  }
  if (draft.content.empty()) return false;
  left_bound_ = source.end;
  Add(std::move(draft));
  return true;
}

Range StoryFinder::SourceOf(const CueHit& hit) const {
  if (hit.cue->kind == CueKind::kNoun) {
    const std::uint32_t at = hit.words.begin;
    if (at > frame_.begin && reading_.word(at - 1).form == "'s" && at > frame_.begin + 1)
      return SubjectBefore(reading_, lexicon_, frame_, at - 1);
    if (at > frame_.begin && reading_.word(at - 1).Is(kPossessive)) return {at - 1, at};
    return {};
  }
  if (hit.passive) return {};
  const std::uint32_t begin = hit.words.begin;
  if (begin == frame_.begin) return {};
  const Word& before = reading_.word(begin - 1);
  const bool joined = before.form == "and" || before.form == "but" || before.form == "to" ||
                      before.Is(kPreposition) || (before.form == "," && !hit.finite);
  if (before.form == "as") return SubjectBefore(reading_, lexicon_, frame_, begin - 1);
  if (joined || !hit.finite) {
    if (!last_source_.empty()) return last_source_;
    const Range first = PhraseAfter(reading_, lexicon_, frame_, frame_.begin);
    return first.end <= begin ? first : Range{};
  }
  const Range subject = SubjectBefore(reading_, lexicon_, frame_, begin);
  return subject.empty() && before.form == "," ? last_source_ : subject;
}

/// "He said that A", "he accused X of Y", "the claim that A".
void StoryFinder::TryBefore(const CueHit& hit) {
  Range source = SourceOf(hit);
  std::uint32_t from = hit.words.end;
  auto right = ContentAfter(reading_, frame_, hits_, hit, from);
  if (!right) {
    if (!source.empty()) last_source_ = source;
    if (frame_.end > from && reading_.word(frame_.end - 1).form == ":" && hit.cue->quote) {
      colon_ = Draft{.source = source,
                     .entity = EntityOfSource(source),
                     .cue = hit.words,
                     .lemma = hit.cue->lemma,
                     .frame = frame_index_,
                     .speech = true,
                     .confidence = 0.8};
    }
    return;
  }
  const bool quoted = QuotedAt(right->content.begin);
  if (source.empty() && !quoted && hit.cue->kind == CueKind::kVerb && !hit.passive) return;
  if (taken_[right->content.begin]) return;
  Add({.source = source,
       .cue = right->cue,
       .lemma = hit.cue->lemma,
       .content = {right->content},
       .speech = hit.cue->quote,
       .confidence = quoted ? 0.9 : 0.7});
}

/// `LEE: "No deal"`: a name with a colon.
void StoryFinder::ReadNameColon() {
  const std::uint32_t limit = std::min(frame_.end, frame_.begin + 8);
  for (std::uint32_t at = frame_.begin; at < limit && !QuotedAt(at); ++at) {
    if (reading_.word(at).form != ":") continue;
    const Range source{frame_.begin, at};
    if (source.empty() || at + 1 >= frame_.end) return;
    const auto kind = reading_.story->blocks[Raw(reading_.frames[frame_index_].block)].kind;
    const auto entity = EntityOf(reading_, source);
    const bool headline = kind == BlockKind::kHeadline && entity.has_value();
    if (!headline && !(QuotedAt(at + 1) && reading_.word(frame_.begin).Is(kCapital))) return;
    const Range content = Trim(reading_, {at + 1, ContentEnd(reading_, frame_, hits_, at + 1)});
    if (content.empty()) return;
    Add({.source = source,
         .entity = entity,
         .cue = {at, at + 1},
         .lemma = ":",
         .content = {content},
         .speech = true,
         .confidence = 0.7});
    return;
  }
}

void StoryFinder::ReadFrame(std::uint32_t index) {
  frame_index_ = index;
  frame_ = reading_.frames[index].words;
  left_bound_ = frame_.begin;
  last_source_ = {};
  hits_.clear();
  for (std::uint32_t at = frame_.begin; at < frame_.end; ++at) {
    if (const auto hit = CueAt(reading_, lexicon_, frame_, at)) hits_.push_back(*hit);
  }
  const std::size_t first_draft = drafts_.size();
  std::vector<std::optional<Range>> behind(
      hits_.size());  // the sources of those behind their content
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    if (!taken_[hits_[i].head] && (TryAccording(hits_[i]) || TryBehind(hits_[i])))
      behind[i] = last_source_;
  }
  last_source_ = {};
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    if (behind[i]) {
      last_source_ = *behind[i];
    } else if (!taken_[hits_[i].head]) {
      TryBefore(hits_[i]);
    }
  }
  if (drafts_.size() == first_draft) ReadNameColon();
  GiveLeft(drafts_.size() == first_draft);
}

Draft* StoryFinder::LastIn(BlockIndex block) {
  for (std::size_t i = drafts_.size(); i-- > 0;) {
    if (reading_.frames[drafts_[i].frame].block != block) return nullptr;
    if (drafts_[i].speech) return &drafts_[i];
  }
  return nullptr;
}

std::optional<EntityIndex> EntityNamed(const Story& story, std::string_view name) {
  const std::string folded = text::ToLower(name);
  for (std::size_t i = 0; i < story.entities.size(); ++i) {
    const std::string own = text::ToLower(story.entities[i].name);
    if (own == folded || own.ends_with(" " + folded) || folded.ends_with(" " + own))
      return static_cast<EntityIndex>(i);
  }
  return std::nullopt;
}

/// The first cue that begins within `reach` words from `begin`.
std::optional<CueHit> StoryFinder::HitNear(std::uint32_t begin, std::uint32_t reach) const {
  const auto found =
      std::ranges::lower_bound(hits_, begin, {}, [](const CueHit& hit) { return hit.words.begin; });
  if (found == hits_.end() || found->words.begin > begin + reach) return std::nullopt;
  return *found;
}

/// A frame that opens with a quotation no cue claimed: the rest of what was said before it in the
/// paragraph, of a cue with a colon, or the beginning of what a later cue of the paragraph claims.
void StoryFinder::GiveLeft(bool no_cue) {
  const BlockIndex block = reading_.frames[frame_index_].block;
  if (!no_cue) {
    Draft& first = drafts_.back();
    if (!waiting_.empty() && first.speech && QuotedAt(first.content.front().begin)) {
      first.content.insert(first.content.begin(), waiting_.begin(), waiting_.end());
      waiting_.clear();
    }
    if (QuotedAt(first.content.front().begin)) speaker_ = first.entity;
    return;
  }
  const BlockKind kind = reading_.story->blocks[Raw(block)].kind;
  if (kind == BlockKind::kSubheading || kind == BlockKind::kHeadline) return;
  if (!QuotedAt(frame_.begin) || taken_[frame_.begin]) return;
  const Range content =
      Trim(reading_, {frame_.begin, ContentEnd(reading_, frame_, hits_, frame_.begin)});
  if (content.end < content.begin + 3) return;
  if (Draft* last = LastIn(block)) {
    last->content.push_back(content);
  } else if (colon_) {
    colon_->content = {content};
    const std::uint32_t here = frame_index_;
    Add(*colon_);
    drafts_.back().frame = here;
    speaker_ = colon_->entity;
  } else {
    waiting_.push_back(content);
    return;
  }
  colon_.reset();
  std::fill(taken_.begin() + content.begin, taken_.begin() + content.end, true);
}

/// Whether the last speech was never closed, so that the next paragraph opens it again.
bool StoryFinder::StillOpen() const {
  if (drafts_.empty() || drafts_.back().content.empty()) return false;
  const auto quotation = reading_.quotation_of[drafts_.back().content.back().end - 1];
  return quotation && !reading_.quotations[*quotation].closed;
}

/// At the end of a block, quotations still waiting go to who spoke last.
void StoryFinder::LeaveBlock() {
  if (waiting_.empty()) return;
  if (StillOpen()) {
    std::vector<Range>& content = drafts_.back().content;
    content.insert(content.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
  } else {
    Add({.entity = speaker_, .content = std::move(waiting_), .speech = true, .confidence = 0.5});
    waiting_.clear();
  }
}

AttributionKind StoryFinder::KindOf(const Draft& draft) const {
  bool quoted = false;
  bool plain = false;
  for (const Range& range : draft.content) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (reading_.word(at).Is(kPunctuation)) continue;
      (reading_.quotation_of[at] ? quoted : plain) = true;
    }
  }
  if (!quoted) return AttributionKind::kIndirect;
  return plain ? AttributionKind::kMixed : AttributionKind::kDirect;
}

Attribution StoryFinder::ToAttribution(const Draft& draft) const {
  Attribution attribution;
  attribution.kind = KindOf(draft);
  attribution.entity = draft.entity;
  attribution.cue_lemma = draft.lemma;
  attribution.confidence = draft.confidence;
  if (!draft.source.empty()) attribution.source = {reading_.SpanOf(draft.source)};
  if (!draft.cue.empty()) attribution.cue = {reading_.SpanOf(draft.cue)};
  for (const Range& range : draft.content) attribution.content.push_back(reading_.SpanOf(range));
  std::ranges::sort(attribution.content);
  return attribution;
}

/// A speaker's turn in a transcript is his speech as a whole.
void AddUtterances(const Story& story, std::vector<Attribution>& found) {
  for (const Block& block : story.blocks) {
    if (block.kind != BlockKind::kUtterance || !block.speaker || block.span.empty()) continue;
    Attribution turn;
    turn.kind = AttributionKind::kDirect;
    turn.entity = EntityNamed(story, *block.speaker);
    turn.content = {block.span};
    turn.confidence = 0.9;
    found.push_back(std::move(turn));
  }
}

Span Hull(const Attribution& a) { return {a.content.front().begin, a.content.back().end}; }

/// Sorts by content and drops what crosses an earlier one.
void Settle(std::vector<Attribution>& found) {
  std::ranges::stable_sort(found, [](const Attribution& a, const Attribution& b) {
    return std::pair(Hull(a).begin, Hull(b).end) < std::pair(Hull(b).begin, Hull(a).end);
  });
  std::vector<std::uint32_t> ends;
  std::erase_if(found, [&](const Attribution& a) {
    while (!ends.empty() && ends.back() <= Hull(a).begin) ends.pop_back();
    if (!ends.empty() && Hull(a).end > ends.back()) return true;
    ends.push_back(Hull(a).end);
    return false;
  });
}

std::vector<Attribution> StoryFinder::Run() {
  for (std::uint32_t i = 0; i < reading_.frames.size(); ++i) {
    if (i > 0 && reading_.frames[i].block != reading_.frames[i - 1].block) LeaveBlock();
    ReadFrame(i);
  }
  LeaveBlock();
  std::vector<Attribution> found;
  found.reserve(drafts_.size());
  for (const Draft& draft : drafts_) found.push_back(ToAttribution(draft));
  AddUtterances(*reading_.story, found);
  Settle(found);
  return found;
}

}  // namespace

struct AttributionFinder::Impl {
  Lexicon lexicon;
};

Result<AttributionFinder> AttributionFinder::Load(const tables::Tables& tables) {
  DATELINE_TRY(WordClasses classes, WordClasses::Load(tables));
  DATELINE_TRY(CueTable cues, CueTable::Load(tables));
  DATELINE_TRY(syntax::Lemmas lemmas, syntax::Lemmas::Load(tables));
  AttributionFinder finder;
  finder.impl_ =
      std::make_shared<const Impl>(Impl{{std::move(classes), std::move(cues), std::move(lemmas)}});
  return finder;
}

std::vector<Attribution> AttributionFinder::Find(const Story& story) const {
  return StoryFinder(story, impl_->lexicon).Run();
}

}  // namespace dateline::quotes
