#include "quotes/frames.h"

#include <algorithm>

namespace dateline::quotes {
namespace {

using enum WordClass;

std::vector<Quotation> Outermost(std::vector<Quotation> quotations) {
  std::erase_if(quotations, [](const Quotation& q) { return q.depth != 0; });
  return quotations;
}

void PlaceMarks(Reading& reading) {
  reading.quotation_of.assign(reading.words->words.size(), std::nullopt);
  std::uint32_t at = 0;
  for (std::uint32_t q = 0; q < reading.quotations.size(); ++q) {
    const Span outer = reading.quotations[q].outer;
    while (at < reading.words->words.size() && reading.word(at).span.end <= outer.begin) ++at;
    Range words{at, at};
    while (at < reading.words->words.size() && reading.word(at).span.begin < outer.end) {
      reading.quotation_of[at++] = q;
    }
    words.end = at;
    reading.quoted.push_back(words);
  }
}

/// Whether quotation `q` opens its paragraph, the one before ran to the end of the last paragraph
/// without closing, and nothing stands between: long speech is printed so.
bool GoesOnFromBefore(const Reading& reading, std::uint32_t q) {
  if (q == 0) return false;
  const Quotation& last = reading.quotations[q - 1];
  const Range words = reading.quoted[q];
  return !last.closed && Raw(last.block) != Raw(reading.quotations[q].block) && !words.empty() &&
         reading.quoted[q - 1].end == words.begin;
}

void ChainQuotations(Reading& reading) {
  for (std::uint32_t q = 0; q < reading.quotations.size(); ++q) {
    reading.chain.push_back(GoesOnFromBefore(reading, q) ? reading.chain[q - 1] : q);
  }
}

/// The last character inside a quotation, ' ' when it is empty.
char LastInside(const Reading& reading, const Quotation& quotation) {
  const std::string_view inner = quotation.inner.of(reading.text());
  const std::size_t last = inner.find_last_not_of(" \n");
  return last == std::string_view::npos ? ' ' : inner[last];
}

/// Whether the sentence that begins at `at` is what is left of the one before: `he asked` after
/// "A?".
bool Continues(const Reading& reading, const Lexicon& lexicon, Range next) {
  if (next.empty() || next.begin == 0) return false;
  const auto quotation = reading.quotation_of[next.begin - 1];
  if (!quotation || reading.quotation_of[next.begin]) return false;
  if (LastInside(reading, reading.quotations[*quotation]) == '.') return false;
  const std::uint32_t limit = std::min(next.end, next.begin + 6);
  for (std::uint32_t at = next.begin; at < limit; ++at) {
    const auto& cues = lexicon.cues.Of(reading.story->tokens[at].lemma, CueKind::kVerb);
    if (std::ranges::any_of(cues, &Cue::post)) return true;
  }
  return false;
}

void CutFrames(Reading& reading, const Lexicon& lexicon) {
  const std::vector<Range> sentences = SentenceRanges(*reading.story);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const Range next = sentences[i];
    if (next.empty()) continue;
    const BlockIndex block = reading.story->sentences[i].block;
    const bool same_block = !reading.frames.empty() && reading.frames.back().block == block;
    const bool inside = same_block && reading.quotation_of[next.begin] &&
                        reading.quotation_of[next.begin] == reading.quotation_of[next.begin - 1];
    if (inside || (same_block && Continues(reading, lexicon, next))) {
      reading.frames.back().words.end = next.end;
    } else {
      reading.frames.push_back({next, block});
    }
  }
}

}  // namespace

std::vector<Range> SentenceRanges(const Story& story) {
  std::vector<Range> ranges(story.sentences.size());
  for (std::uint32_t at = 0; at < story.tokens.size(); ++at) {
    Range& range = ranges[Raw(story.tokens[at].sentence)];
    if (range.end == 0) range.begin = at;
    range.end = at + 1;
  }
  return ranges;
}

void PlaceQuotations(Reading& reading) {
  PlaceMarks(reading);
  ChainQuotations(reading);
}

Reading ReadStory(const Story& story, const Lexicon& lexicon) {
  Reading reading{.story = &story,
                  .words = std::make_shared<const Words>(ReadWords(story, lexicon.classes))};
  reading.quotations = Outermost(PairQuotations(story.text, story.blocks));
  PlaceQuotations(reading);
  CutFrames(reading, lexicon);
  return reading;
}

}  // namespace dateline::quotes
