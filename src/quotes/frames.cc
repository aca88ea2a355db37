#include "quotes/frames.h"

#include <algorithm>

namespace dateline::quotes {
namespace {

using enum WordClass;

bool EndsWith(std::string_view form, std::string_view ending) {
  return form.size() > ending.size() + 1 && form.ends_with(ending);
}

std::vector<Quotation> Outermost(std::vector<Quotation> quotations) {
  std::erase_if(quotations, [](const Quotation& q) { return q.depth != 0; });
  return quotations;
}

void PlaceQuotations(Reading& reading) {
  reading.quotation_of.assign(reading.words.words.size(), std::nullopt);
  std::uint32_t at = 0;
  for (std::uint32_t q = 0; q < reading.quotations.size(); ++q) {
    const Span outer = reading.quotations[q].outer;
    while (at < reading.words.words.size() && reading.word(at).span.end <= outer.begin) ++at;
    while (at < reading.words.words.size() && reading.word(at).span.begin < outer.end) {
      reading.quotation_of[at++] = q;
    }
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
    const auto hit = CueAt(reading, lexicon, next, at);
    if (hit && hit->cue->post) return true;
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

enum class VerbForm : std::uint8_t { kBase, kThird, kIng, kPast };

VerbForm FormOfVerb(std::string_view form, std::string_view lemma) {
  if (form == lemma) return VerbForm::kBase;
  if (form.ends_with("ing")) return VerbForm::kIng;
  if (form.ends_with('s')) return VerbForm::kThird;
  return VerbForm::kPast;
}

/// Whether the word before leaves room for a verb of this form: "the report" is a noun.
bool MayFollow(const Word& before, VerbForm form) {
  const bool subject = before.Is(kPronoun | kRelative) || before.mention.has_value();
  const bool determiner =
      before.Is(kDeterminer | kPossessive) && !before.Is(kPronoun) && before.form != "'s";
  if (determiner && !before.mention) return false;
  if (before.form == "'s") return false;
  if (before.Is(kPreposition) && before.form != "to" && form != VerbForm::kIng) return false;
  switch (form) {
    case VerbForm::kBase:
      return subject || before.Is(kAuxiliary | kModal | kAdverb | kNegation) ||
             before.form == "to" || EndsWith(before.form, "s") || EndsWith(before.form, "ly") ||
             before.form == "people";
    case VerbForm::kThird:
      return !before.Is(kNumber | kAuxiliary | kModal) &&
             (before.mention || !EndsWith(before.form, "ed"));
    case VerbForm::kIng:
    case VerbForm::kPast:
      return true;
  }
  return true;
}

bool TagAllowsVerb(const Token& token) {
  return token.upos.empty() || token.upos == "VERB" || token.upos == "AUX" || token.upos == "X";
}

const Cue* MatchRest(const Reading& reading, const std::vector<Cue>& cues, Range frame,
                     std::uint32_t at) {
  for (const Cue& cue : cues) {
    if (at + cue.rest.size() >= frame.end && !cue.rest.empty()) continue;
    bool all = true;
    for (std::uint32_t i = 0; all && i < cue.rest.size(); ++i) {
      all = reading.word(at + 1 + i).form == cue.rest[i];
    }
    if (all) return &cue;
  }
  return nullptr;
}

/// Extends a verb to the left over its auxiliaries, negation and adverbs: "has not yet said".
std::uint32_t GroupBegin(const Reading& reading, Range frame, std::uint32_t at) {
  std::uint32_t begin = at;
  for (std::uint32_t i = at; i > frame.begin && at - i < 6; --i) {
    const Word& before = reading.word(i - 1);
    const bool adverb = before.Is(kAdverb) || EndsWith(before.form, "ly");
    const bool auxiliary =
        before.Is(kAuxiliary | kModal | kNegation) && !(before.form == "'s" && before.mention);
    if ((!auxiliary && !adverb) || reading.quotation_of[i - 1] || before.Is(kTime)) break;
    if (!before.Is(kOpener) || auxiliary || i - 1 > frame.begin) begin = i - 1;
  }
  return begin;
}

std::optional<CueHit> VerbAt(const Reading& reading, const Lexicon& lexicon, Range frame,
                             std::uint32_t at) {
  const Word& word = reading.word(at);
  if (word.Is(kPreposition | kAuxiliary | kModal | kPronoun | kPunctuation) ||
      !TagAllowsVerb(reading.story->tokens[at])) {
    return std::nullopt;
  }
  const std::string lemma = lexicon.lemmas.VerbLemma(word.form);
  const Cue* cue = MatchRest(reading, lexicon.cues.Of(lemma, CueKind::kVerb), frame, at);
  if (cue == nullptr) return std::nullopt;
  const VerbForm form = FormOfVerb(word.form, lemma);
  if (at > frame.begin && !MayFollow(reading.word(at - 1), form)) return std::nullopt;
  if (at == frame.begin && form == VerbForm::kBase) return std::nullopt;
  CueHit hit{.words = {GroupBegin(reading, frame, at),
                       at + 1 + static_cast<std::uint32_t>(cue->rest.size())},
             .head = at,
             .cue = cue};
  bool be = false;
  bool other = false;
  for (std::uint32_t i = hit.words.begin; i < at; ++i) {
    const std::string& f = reading.word(i).form;
    be |= f == "is" || f == "are" || f == "was" || f == "were" || f == "been" || f == "being" ||
          f == "be";
    other |= reading.word(i).Is(kAuxiliary | kModal);
  }
  hit.passive = be && form == VerbForm::kPast;
  const bool infinitive = form == VerbForm::kBase && hit.words.begin > frame.begin &&
                          reading.word(hit.words.begin - 1).form == "to";
  hit.finite = (form != VerbForm::kIng || other) && !infinitive;
  return hit;
}

/// A noun that opens content needs what opens it: "claim that", "plan to".
std::optional<CueHit> NounAt(const Reading& reading, const Lexicon& lexicon, Range frame,
                             std::uint32_t at) {
  if (at + 1 >= frame.end || reading.word(at).Is(kPunctuation)) return std::nullopt;
  const std::vector<Cue>& cues =
      lexicon.cues.Of(lexicon.lemmas.NounLemma(reading.word(at).form), CueKind::kNoun);
  if (cues.empty()) return std::nullopt;
  const std::string& next = reading.word(at + 1).form;
  const Cue& cue = cues.front();
  const bool possessed = at > frame.begin && reading.word(at - 1).Is(kPossessive);
  const bool opens =
      possessed && std::ranges::find(cue.prepositions, next) != cue.prepositions.end();
  if (!(next == "that" && cue.that) && !(next == "to" && cue.to) && !opens) return std::nullopt;
  return CueHit{.words = {at, at + 1}, .head = at, .cue = &cues.front()};
}

std::optional<CueHit> PrepositionAt(const Reading& reading, const Lexicon& lexicon, Range frame,
                                    std::uint32_t at) {
  const Cue* cue =
      MatchRest(reading, lexicon.cues.Of(reading.word(at).form, CueKind::kPreposition), frame, at);
  if (cue == nullptr) return std::nullopt;
  return CueHit{
      .words = {at, at + 1 + static_cast<std::uint32_t>(cue->rest.size())}, .head = at, .cue = cue};
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

std::optional<CueHit> CueAt(const Reading& reading, const Lexicon& lexicon, Range frame,
                            std::uint32_t at) {
  if (reading.quotation_of[at]) return std::nullopt;
  if (auto hit = PrepositionAt(reading, lexicon, frame, at)) return hit;
  if (auto hit = VerbAt(reading, lexicon, frame, at)) return hit;
  return NounAt(reading, lexicon, frame, at);
}

Reading ReadStory(const Story& story, const Lexicon& lexicon) {
  Reading reading{.story = &story, .words = ReadWords(story, lexicon.classes)};
  reading.quotations = Outermost(PairQuotations(story.text, story.blocks));
  PlaceQuotations(reading);
  CutFrames(reading, lexicon);
  return reading;
}

}  // namespace dateline::quotes
