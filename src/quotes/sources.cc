#include "quotes/sources.h"

#include <algorithm>

namespace dateline::quotes {
namespace {

using enum WordClass;

constexpr std::uint32_t kReach = 30;

bool IsComma(const Word& word) { return word.form == ","; }
bool IsDash(const Word& word) {
  return word.form == "-" || word.form == "--" || word.form == "–" || word.form == "—";
}

/// A word that can hardly stand inside a subject.
bool EndsClause(const Reading& reading, const Lexicon& lexicon, Range frame, std::uint32_t at) {
  const Word& word = reading.word(at);
  if (word.mention && !word.Is(kPronoun)) return false;
  if (reading.quotation_of[at] || IsComma(word) || IsDash(word)) return true;
  if (word.form == "." || word.form == "'" || word.form == "'s" || word.form == "&") return false;
  if (word.Is(kPunctuation) && word.form != "$" && word.form != "(" && word.form != ")")
    return true;
  if (word.Is(kAuxiliary | kModal | kNegation)) return true;
  if (word.Is(kSubordinator | kRelative) && !word.Is(kPreposition)) return true;
  if (word.form == "but" || word.form == "or") return true;
  return CueAt(reading, lexicon, frame, at).has_value();
}

/// "and" joins two subjects only when no clause stands before it.
bool JoinsSubjects(const Reading& reading, const Lexicon& lexicon, Range frame, std::uint32_t at) {
  if (at == frame.begin || IsComma(reading.word(at - 1))) return false;
  for (std::uint32_t i = at; i > frame.begin && at - i < 8; --i) {
    const Word& word = reading.word(i - 1);
    if (IsComma(word) || word.Is(kSubordinator | kRelative)) break;
    const bool past = word.form.size() > 4 && word.form.ends_with("ed") && !word.mention;
    if (past || word.Is(kObjective) || EndsClause(reading, lexicon, frame, i - 1)) return false;
  }
  return true;
}

/// Skips words that open a sentence without belonging to its subject.
std::uint32_t SkipOpeners(const Reading& reading, std::uint32_t begin, std::uint32_t end) {
  while (begin < end && (reading.word(begin).Is(kOpener) || reading.word(begin).form == "and"))
    ++begin;
  return begin;
}

/// A phrase cannot begin with a preposition: "In a statement Lee [said]" keeps what the last
/// mention covers, "On Monday the mayor [said]" what follows the time.
std::uint32_t SkipPreposition(const Reading& reading, std::uint32_t begin, std::uint32_t end) {
  if (begin >= end || !reading.word(begin).Is(kPreposition) || reading.word(begin).mention)
    return begin;
  if (const auto mention = reading.word(end - 1).mention) {
    const Span span = reading.words.mentions[*mention].span;
    std::uint32_t at = end - 1;
    while (at > begin && reading.word(at - 1).span.begin >= span.begin) --at;
    return at;
  }
  for (std::uint32_t at = end; at > begin + 1; --at) {
    if (reading.word(at - 1).Is(kDeterminer | kPronoun)) return at - 1;
    if (reading.word(at - 1).Is(kTime)) return at;
  }
  return begin + 1;
}

/// The start of the phrase that ends at `end`, without appositions.
std::uint32_t PlainBegin(const Reading& reading, const Lexicon& lexicon, Range frame,
                         std::uint32_t end) {
  std::uint32_t begin = end;
  while (begin > frame.begin && end - begin < kReach) {
    const std::uint32_t at = begin - 1;
    const Word& word = reading.word(at);
    if (begin == end && (word.Is(kPronoun) && !word.Is(kDeterminer))) return at;
    if (EndsClause(reading, lexicon, frame, at)) break;
    if (word.form == "and" && !JoinsSubjects(reading, lexicon, frame, at)) break;
    begin = at;
  }
  return SkipPreposition(reading, SkipOpeners(reading, begin, end), end);
}

bool OpensApposition(const Word& word) {
  return word.Is(kDeterminer | kPossessive | kNumber) || word.form == "who" ||
         word.form == "whose" || !word.Is(kCapital) || word.mention.has_value();
}

/// The comma that opens the parenthesis closed by the one at `close`; `close` itself when none
/// does.
std::uint32_t MatchingComma(const Reading& reading, Range frame, std::uint32_t close) {
  const std::uint32_t limit = close > frame.begin + kReach ? close - kReach : frame.begin;
  for (std::uint32_t at = close; at > limit + 1; --at) {
    const Word& word = reading.word(at - 1);
    if (reading.quotation_of[at - 1]) return close;
    if (IsComma(word)) return at == close ? close : at - 1;
  }
  return close;
}

Range WithApposition(const Reading& reading, const Lexicon& lexicon, Range frame,
                     std::uint32_t comma) {
  const std::uint32_t open = MatchingComma(reading, frame, comma);
  if (open == comma || open == frame.begin || !OpensApposition(reading.word(open + 1))) return {};
  const std::uint32_t begin = PlainBegin(reading, lexicon, frame, open);
  if (begin >= open) return {};
  return {begin, comma};
}

bool StopsPhrase(const Reading& reading, const Lexicon& lexicon, Range frame, std::uint32_t at,
                 std::uint32_t begin) {
  const Word& word = reading.word(at);
  if (word.mention && at > begin && word.mention == reading.word(at - 1).mention && !IsComma(word))
    return false;
  if (word.Is(kTime) && !word.mention) return true;
  if (word.Is(kPreposition) && !word.mention)
    return word.form != "of" && word.form != "for" && word.form != "from" && word.form != "with" &&
           !(word.form == "at" && !reading.word(at - 1).Is(kCapital));
  if (at > begin && word.Is(kPronoun) && !word.Is(kDeterminer)) return true;
  if (word.Is(kAdverb) && !word.mention) return true;
  return EndsClause(reading, lexicon, frame, at);
}

/// Where the apposition after the comma at `comma` ends; `comma` when there is none.
std::uint32_t AppositionEnd(const Reading& reading, Range frame, std::uint32_t comma) {
  if (comma + 1 >= frame.end || !IsComma(reading.word(comma))) return comma;
  const Word& first = reading.word(comma + 1);
  const bool opens = first.Is(kDeterminer | kNumber | kPossessive) || first.form == "who" ||
                     first.form == "whose" || first.form == "president" ||
                     first.form == "chairman" || first.form == "spokesman" ||
                     first.form == "spokeswoman" || first.form == "director";
  if (!opens || reading.quotation_of[comma + 1]) return comma;
  for (std::uint32_t at = comma + 1; at < frame.end && at < comma + kReach; ++at) {
    const Word& word = reading.word(at);
    if (reading.quotation_of[at]) return comma;
    if (IsComma(word) || word.form == "." || word.form == ":" || word.form == ";" || IsDash(word))
      return at;
  }
  return comma;
}

}  // namespace

Range SubjectBefore(const Reading& reading, const Lexicon& lexicon, Range frame,
                    std::uint32_t end) {
  if (end <= frame.begin || reading.quotation_of[end - 1]) return {};
  const Word& last = reading.word(end - 1);
  if (last.Is(kRelative) && last.form != "that") return {end - 1, end};
  if (IsComma(last)) return WithApposition(reading, lexicon, frame, end - 1);
  if (last.form == ")") {
    for (std::uint32_t at = end - 1; at > frame.begin && end - at < 8; --at) {
      if (reading.word(at - 1).form == "(")
        return {PlainBegin(reading, lexicon, frame, at - 1), end};
    }
  }
  const std::uint32_t begin = PlainBegin(reading, lexicon, frame, end);
  if (begin >= end || reading.word(end - 1).Is(kPreposition)) return {};
  // "the chairman of the board, Ann Lee [said]": a name between commas takes what it stands by.
  return {begin, end};
}

Range PhraseAfter(const Reading& reading, const Lexicon& lexicon, Range frame,
                  std::uint32_t begin) {
  std::uint32_t end = begin;
  while (end < frame.end && end - begin < kReach &&
         !StopsPhrase(reading, lexicon, frame, end, begin))
    ++end;
  if (end == begin && begin < frame.end && reading.word(begin).Is(kPronoun) &&
      !reading.quotation_of[begin])
    return {begin, begin + 1};
  while (end > begin && reading.word(end - 1).Is(kPunctuation | kConjunction)) --end;
  if (end == begin) return {};
  const std::uint32_t apposition = AppositionEnd(reading, frame, end);
  return {begin, std::max(end, apposition)};
}

namespace {

/// How well the mention that begins at `at` can be what the phrase is about: 0 not at all.
int RankIn(const Reading& reading, Range phrase, std::uint32_t at, const MentionRef& ref) {
  std::uint32_t after = at;
  while (after < phrase.end && reading.word(after).span.begin < ref.span.end) ++after;
  const Word* next = after < phrase.end ? &reading.word(after) : nullptr;
  const bool possessor = next != nullptr && (next->form == "'s" || next->form == "'");
  const bool possessive = reading.word(at).Is(kPossessive) && after == at + 1 && next != nullptr;
  const bool inside = at > phrase.begin && reading.word(at - 1).Is(kPreposition) &&
                      ref.span.begin > reading.SpanOf(phrase).begin;
  if (possessor || possessive || inside) return 0;
  const bool modifier =
      next != nullptr && !next->Is(kPunctuation | kPreposition | kRelative | kConjunction);
  const bool person = reading.story->entities[Raw(ref.entity)].type == EntityType::kPerson;
  return (modifier ? 1 : 4) + (person ? 1 : 0);
}

}  // namespace

std::optional<EntityIndex> EntityOf(const Reading& reading, Range phrase) {
  std::optional<EntityIndex> best;
  int best_rank = 0;
  std::optional<std::uint32_t> last;
  for (std::uint32_t at = phrase.begin; at < phrase.end; ++at) {
    const auto mention = reading.word(at).mention;
    if (!mention || mention == last) continue;
    last = mention;
    const MentionRef& ref = reading.words.mentions[*mention];
    const int rank = RankIn(reading, phrase, at, ref);
    if (rank > best_rank) {
      best_rank = rank;
      best = ref.entity;
    }
  }
  return best;
}

std::optional<EntityIndex> AntecedentOf(const Reading& reading, Range frame, std::uint32_t at) {
  for (std::uint32_t i = at; i > frame.begin && at - i < 3; --i) {
    if (const auto mention = reading.word(i - 1).mention)
      return reading.words.mentions[*mention].entity;
  }
  return std::nullopt;
}

}  // namespace dateline::quotes
