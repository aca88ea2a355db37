#include "quotes/clauses.h"

#include <algorithm>

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr std::uint32_t kReach = 25;
constexpr std::uint32_t kLongest = 2000;  // words of one content; keeps a frame without end linear

bool IsQuoted(const Reading& reading, std::uint32_t at) {
  return reading.quotation_of[at].has_value();
}

bool OpensQuestion(const Word& word) {
  return word.form == "whether" || word.form == "if" || word.form == "how" || word.form == "what" ||
         word.form == "why" || word.form == "when" || word.form == "where" || word.form == "who";
}

bool IsStop(const Word& word) {
  return word.form == "." || word.form == "?" || word.form == "!" || word.form == ";";
}

/// Whether the word cannot stand in a phrase that names a hearer.
bool EndsHearer(const Word& word, bool first) {
  if (word.form == "'s" || word.form == "'") return false;
  if (word.Is(kPunctuation | kPreposition | kAuxiliary | kModal | kTime)) return true;
  return !first && (word.Is(kPronoun) || (word.Is(kDeterminer) && !word.Is(kPossessive)));
}

/// End of the noun phrase that begins with `words`.
std::uint32_t EndOfHearer(const Reading& reading, Range frame, Range words) {
  std::uint32_t at = words.begin;
  while (at < words.end && !IsQuoted(reading, at)) {
    const Word& word = reading.word(at);
    if (EndsHearer(word, at == words.begin)) break;
    const bool plural = word.form.ends_with('s') && !word.Is(kPossessive | kDeterminer);
    const bool mention_ends =
        word.mention && (at + 1 >= frame.end || reading.word(at + 1).mention != word.mention);
    ++at;
    if (plural || (mention_ends && !reading.word(at < frame.end ? at : at - 1).Is(kPossessive)))
      break;
  }
  return at;
}

/// Skips the hearer: "[told] a news conference in Geneva [that]".
std::uint32_t SkipHearer(const Reading& reading, Range frame, std::uint32_t from) {
  if (from >= frame.end || IsQuoted(reading, from)) return from;
  if (reading.word(from).form == "that" || OpensQuestion(reading.word(from))) return from;
  const std::uint32_t limit = std::min(frame.end, from + 14);
  for (std::uint32_t at = from; at < limit; ++at) {
    const Word& word = reading.word(at);
    if (IsQuoted(reading, at) || IsStop(word)) break;
    if (word.form == "that" || word.form == ":" || OpensQuestion(word)) return at;
  }
  if (reading.word(from).Is(kObjective)) return from + 1;
  return EndOfHearer(reading, frame, {from, limit});
}

/// Skips "on Tuesday", "in a statement", "last week" after a cue: to "that" when one follows with
/// nothing but phrases before it, else past the time alone.
std::uint32_t SkipAdverbials(const Reading& reading, Range frame, std::uint32_t from) {
  const std::uint32_t limit = std::min(frame.end, from + 14);
  for (std::uint32_t at = from; at < limit; ++at) {
    const Word& word = reading.word(at);
    if (word.form == "that") return at;
    if (at == from && !word.Is(kPreposition | kTime | kAdverb | kPunctuation)) break;
    if (IsQuoted(reading, at) || word.form == ":") return at;
    if (IsStop(word) || word.Is(kAuxiliary | kModal) ||
        (word.Is(kPronoun) && !word.Is(kDeterminer)))
      break;
  }
  std::uint32_t at = from;
  while (at < limit) {
    const Word& word = reading.word(at);
    const bool before_time =
        word.Is(kPreposition) && at + 1 < limit && reading.word(at + 1).Is(kTime);
    if (!word.Is(kTime) && !before_time && !(at > from && word.Is(kNumber))) break;
    ++at;
  }
  return at;
}

/// Whether a clause without "that" may begin here.
bool OpensClause(const Reading& reading, Range frame, std::uint32_t at) {
  if (at + 2 >= frame.end) return false;
  const Word& word = reading.word(at);
  if (IsQuoted(reading, at)) return true;
  if (word.Is(kPronoun | kDeterminer | kPossessive | kNumber) || word.mention) return true;
  if (word.Is(kPunctuation | kPreposition | kConjunction | kAuxiliary)) return false;
  return !word.Is(kSubordinator) || word.form == "if" || word.form == "while" ||
         word.form == "although" || word.form == "when";
}

/// The quotation that begins at `at`: the word after its last.
std::uint32_t QuotationEnd(const Reading& reading, Range frame, std::uint32_t at) {
  const auto quotation = reading.quotation_of[at];
  while (at < frame.end && reading.quotation_of[at] == quotation) ++at;
  return at;
}

/// Whether an object and `link` stand here: "[urged] both sides to leave", "[saw] the park as a
/// gift".
bool ObjectAnd(const Reading& reading, Range frame, std::uint32_t from, std::string_view link) {
  const std::uint32_t limit = std::min(frame.end, from + 10);
  for (std::uint32_t at = from; at < limit; ++at) {
    const Word& word = reading.word(at);
    if (word.Is(kPunctuation) || word.Is(kAuxiliary | kModal)) return false;
    if (word.form == link) return at > from;
  }
  return false;
}

/// "[quoted] Lee as saying": Lee says it.
bool AsSaying(const Reading& reading, Range frame, std::uint32_t from) {
  const std::uint32_t limit = std::min(frame.end, from + 12);
  for (std::uint32_t at = from; at + 1 < limit; ++at) {
    if (reading.word(at).form == "as") return reading.word(at + 1).form.ends_with("ing");
  }
  return false;
}

struct Opening {
  std::uint32_t content = 0;
  std::uint32_t cue_end = 0;
};

std::optional<Opening> NounContent(const Reading& reading, Range frame, const Cue& cue,
                                   std::uint32_t from) {
  const Word& word = reading.word(from);
  for (const std::string& preposition : cue.prepositions) {
    if (preposition == "as" && ObjectAnd(reading, frame, from, "as")) return Opening{from, from};
    if (word.form == preposition && from + 1 < frame.end) return Opening{from + 1, from + 1};
  }
  if (cue.to && word.form == "to") return Opening{from, from};
  if (cue.object_to && ObjectAnd(reading, frame, from, "to")) return Opening{from, from};
  if (!cue.noun || word.Is(kPunctuation | kConjunction)) return std::nullopt;
  if (AsSaying(reading, frame, from)) return std::nullopt;
  if (word.Is(kPreposition) && cue.rest.empty()) return std::nullopt;
  if (word.Is(kAdverb | kTime) && !word.mention) return std::nullopt;
  return Opening{from, from};
}

/// Whether a quotation looks like the name of a work: "The Old Man and the Sea".
bool LooksLikeTitle(const Reading& reading, Range frame, std::uint32_t begin) {
  const std::uint32_t end = QuotationEnd(reading, frame, begin);
  std::uint32_t words = 0;
  std::uint32_t capitals = 0;
  for (std::uint32_t at = begin; at < end; ++at) {
    const Word& word = reading.word(at);
    if (word.form == "." || word.form == "!" || word.form == "?" || word.form == ",") return false;
    if (word.Is(kPunctuation | kPreposition | kConjunction | kDeterminer)) continue;
    ++words;
    if (word.Is(kCapital)) ++capitals;
  }
  return words >= 2 && capitals == words;
}

/// A quotation, perhaps after a comma, a colon or the hearer.
std::optional<Opening> QuotedContent(const Reading& reading, Range frame, std::uint32_t from) {
  std::uint32_t at = from;
  if (at < frame.end && (reading.word(at).form == "," || reading.word(at).form == ":")) ++at;
  if (at < frame.end && at == from && IsQuoted(reading, at) && LooksLikeTitle(reading, frame, at)) {
    return std::nullopt;
  }
  if (at < frame.end && IsQuoted(reading, at))
    return Opening{at, reading.word(from).form == ":" ? at : from};
  return std::nullopt;
}

namespace {

/// The content that the word at `at` opens, by what the cue takes; `from` stands behind the cue.
std::optional<Opening> OpenAt(const Reading& reading, Range frame, const Cue& cue,
                              std::uint32_t from, std::uint32_t at) {
  const Word& word = reading.word(at);
  if (cue.that && word.form == "that") return Opening{at, from};
  if (cue.wh && OpensQuestion(word)) return Opening{at, from};
  if (cue.object_to && ObjectAnd(reading, frame, from, "to")) return Opening{from, from};
  if (cue.to && word.form == "to") return Opening{at, from};
  if (cue.bare && OpensClause(reading, frame, at)) return Opening{at, from};
  return NounContent(reading, frame, cue, from);
}

}  // namespace

std::optional<Opening> Open(const Reading& reading, Range frame, const Cue& cue,
                            std::uint32_t from) {
  if (from >= frame.end) return std::nullopt;
  if (cue.quote) {
    if (const auto quoted = QuotedContent(reading, frame, from)) return quoted;
  }
  std::uint32_t at = from;
  if (cue.hearer && !reading.word(at).Is(kPreposition)) at = SkipHearer(reading, frame, at);
  if (cue.that || cue.bare || cue.quote) at = SkipAdverbials(reading, frame, at);
  if (at >= frame.end) return std::nullopt;
  if (cue.quote && at != from) {
    if (const auto quoted = QuotedContent(reading, frame, at))
      return Opening{quoted->content, from};
  }
  if (reading.word(at).form == ":") {
    if (at + 1 >= frame.end) return std::nullopt;
    return Opening{at + 1, at == from ? at + 1 : from};
  }
  return OpenAt(reading, frame, cue, from, at);
}

const CueHit* HitAt(std::span<const CueHit> hits, std::uint32_t head) {
  const auto found = std::ranges::lower_bound(hits, head, {}, &CueHit::head);
  return found != hits.end() && found->head == head ? &*found : nullptr;
}

/// Where a cue that is joined to the one before cuts its content off: before "and", before the
/// comma.
std::optional<std::uint32_t> CutBy(const Reading& reading, const CueHit& hit, std::uint32_t begin,
                                   bool phrase) {
  if (hit.words.begin <= begin + 1) return std::nullopt;
  const std::uint32_t left = hit.words.begin - 1;
  const Word& before = reading.word(left);
  if (hit.cue->kind == CueKind::kPreposition) return hit.words.begin;
  if (hit.cue->kind != CueKind::kVerb || !(phrase || hit.cue->quote || hit.cue->that))
    return std::nullopt;
  if (before.form == ",") return !hit.finite || hit.cue->quote ? std::optional(left) : std::nullopt;
  if ((before.form == "and" || before.form == "but") && hit.finite && !hit.passive &&
      (phrase || hit.cue->quote)) {
    return left > begin && reading.word(left - 1).form == "," ? left - 1 : left;
  }
  return std::nullopt;
}

/// Whether speech that ends with its quotation ends there: "… ," or a full stop inside or after it.
bool EndsWithQuotation(const Reading& reading, Range frame, std::uint32_t begin,
                       std::uint32_t end) {
  if (end >= frame.end) return true;
  const std::string_view inner =
      reading.quotations[*reading.quotation_of[begin]].inner.of(reading.text());
  const bool pause =
      inner.ends_with(',') || inner.ends_with('.') || inner.ends_with('?') || inner.ends_with('!');
  if (pause) return true;
  const Word& next = reading.word(end);
  return IsStop(next) || next.form == "," || next.Is(kConjunction) || next.Is(kSubordinator);
}

}  // namespace

Range Trim(const Reading& reading, Range range) {
  const auto drop = [&](std::uint32_t at) {
    const Word& word = reading.word(at);
    return !reading.quotation_of[at] && word.Is(kPunctuation) && word.form != "$" &&
           word.form != "(" && word.form != ")" && word.form != "%" && word.form != "'";
  };
  while (!range.empty() && drop(range.end - 1)) --range.end;
  while (!range.empty() && drop(range.begin)) ++range.begin;
  return range;
}

std::uint32_t ContentEnd(const Reading& reading, Range frame, std::span<const CueHit> hits,
                         std::uint32_t begin, bool phrase) {
  const std::uint32_t limit = std::min(frame.end, begin + kLongest);
  std::uint32_t at = begin;
  if (IsQuoted(reading, begin)) {
    at = QuotationEnd(reading, frame, begin);
    if (EndsWithQuotation(reading, frame, begin, at)) return at;
  }
  for (; at < limit; ++at) {
    if (IsQuoted(reading, at)) continue;
    if (const CueHit* hit = HitAt(hits, at)) {
      if (const auto cut = CutBy(reading, *hit, begin, phrase)) return *cut;
    }
    const Word& word = reading.word(at);
    const bool but = word.form == "," && at + 1 < limit && reading.word(at + 1).form == "but";
    if (word.form == ";" || but) return at;
  }
  return limit;
}

std::optional<RightContent> ContentAfter(const Reading& reading, Range frame,
                                         std::span<const CueHit> hits, const CueHit& hit,
                                         std::uint32_t from) {
  const auto opening = Open(reading, frame, *hit.cue, from);
  if (!opening || opening->content >= frame.end) return std::nullopt;
  const Word& first = reading.word(opening->content);
  const bool clause = first.form == "that" || OpensQuestion(first) || hit.cue->bare;
  const Range content = Trim(
      reading, {opening->content, ContentEnd(reading, frame, hits, opening->content, !clause)});
  if (content.empty()) return std::nullopt;
  RightContent right{.cue = hit.words, .content = content};
  if (from == hit.words.end) right.cue.end = std::max(right.cue.end, opening->cue_end);
  return right;
}

bool NothingFollows(const Reading& reading, Range frame, const CueHit& hit, std::uint32_t from) {
  if (from >= frame.end) return true;
  const Word& first = reading.word(from);
  if (first.Is(kPunctuation)) return !IsQuoted(reading, from) && first.form != ":";
  if (!first.Is(kPreposition | kTime | kAdverb | kSubordinator) && !hit.cue->hearer) return false;
  if (first.form == "that" || first.form == "whether") return false;
  const std::uint32_t limit = std::min(frame.end, from + kReach);
  for (std::uint32_t at = from; at < limit; ++at) {
    const Word& word = reading.word(at);
    if (IsQuoted(reading, at) || word.form == "that" || word.form == ":") return false;
    if (word.Is(kPunctuation) && word.form != "'") return true;
  }
  return true;
}

}  // namespace dateline::quotes
