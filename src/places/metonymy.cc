#include "places/metonymy.h"

#include <array>

#include "text/unicode.h"

namespace dateline::places {

using names::Reading;
using names::TokenRange;

Result<Metonymy> Metonymy::Load(const tables::Tables& tables) {
  Metonymy metonymy;
  metonymy.tables_ = tables;
  DATELINE_TRY(metonymy.words_, tables.Get("places/words"));
  return metonymy;
}

bool Metonymy::Is(std::string_view folded, std::string_view kind) const {
  const std::array key{folded, kind};
  return words_->FindRow(key).has_value();
}

/// Steps back over "the", directions ("northern") and, behind a preposition of place, one adjective
/// ("in neighbouring India").
std::uint32_t Metonymy::SkipModifiers(const Reading& reading, std::uint32_t begin,
                                      std::uint32_t first) const {
  std::uint32_t at = first;
  while (at > begin && (reading.Folded(at - 1) == "the" || Is(reading.Folded(at - 1), "direction")))
    --at;
  if (at < begin + 2) return at;
  const std::string_view word = reading.Folded(at - 1);
  const bool adjective = !reading[at - 1].capital && text::HasLetter(word) &&
                         !reading.Is(at - 1, names::kCommon) && !word.ends_with("ing");
  const bool neighbour = word.starts_with("neighb");
  if ((adjective || neighbour) && !Is(word, "travel") && Is(reading.Folded(at - 2), "locative"))
    --at;
  return at;
}

/// Whether a word of going or of a place's part ("trip", "flew", "capital") stands shortly before.
bool Metonymy::TravelBefore(const Reading& reading, std::uint32_t begin, std::uint32_t at) const {
  constexpr std::uint32_t kReach = 5;
  for (std::uint32_t back = 1; back <= kReach && at >= begin + back; ++back) {
    if (Is(reading.Folded(at - back), "travel")) return true;
  }
  return false;
}

/// "a Madrid judge": a town before a noun says where, not who.
bool Metonymy::Modifies(const Reading& reading, TokenRange name, std::uint32_t end) const {
  if (name.last >= end || name.first == 0) return false;
  const std::string_view before = reading.Folded(name.first - 1);
  const names::Word& behind = reading[name.last];
  if (before != "a" && before != "an") return false;
  return !behind.capital && text::HasLetter(behind.form) && !reading.Is(name.last, names::kCommon);
}

bool Metonymy::IsLiteral(const Reading& reading, TokenRange name, Sense sense, bool joined) const {
  const TokenRange sentence = reading.sentences()[reading.SentenceOf(name.first)];
  const bool possessor = name.last < sentence.last &&
                         (reading.Folded(name.last) == "'s" || reading.Folded(name.last) == "'");
  if (sense == Sense::kPlace)
    return name.last >= sentence.last || !Is(reading.Folded(name.last), "speech");
  if (sense == Sense::kGovernment && name.first > sentence.first &&
      Modifies(reading, name, sentence.last))
    return true;
  if (sense == Sense::kGovernment && name.last < sentence.last && !reading[name.last].capital &&
      reading.Is(name.last, names::kPlaceWord))
    return true;  // "Vienna airport"
  const std::uint32_t at = SkipModifiers(reading, sentence.first, name.first);
  if (at == sentence.first) return false;
  const std::string_view word = reading.Folded(at - 1);
  if (Is(word, "locative")) return !possessor || word == "in" || word == "at";
  if (possessor) return false;
  if (Is(word, "travel")) return true;  // "visited Moscow"
  if (word == "of" && at > sentence.first + 1 && Is(reading.Folded(at - 2), "envoy")) return false;
  if (word == "to" || word == "from" || word == "for" || word == "of")
    return TravelBefore(reading, sentence.first, at - 1);
  if (word == "and" || word == "," || word == "or") return joined;
  return false;
}

}  // namespace dateline::places
