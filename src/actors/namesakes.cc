#include "actors/namesakes.h"

#include <string_view>

#include "text/unicode.h"

namespace dateline::actors {

using names::TokenRange;

bool Namesakes::IsMatch(TokenRange sentence) const {
  bool verb = false;
  bool score = false;
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    const std::string_view word = Folded(i);
    if (world_.Is(word, WordKind::kBallot)) return false;
    verb = verb || (world_.Is(word, WordKind::kMatch) && story_.tokens[i].upos == "VERB");
    score = score || IsScore(i, sentence.last) || IsScoreWord(i, sentence.last);
  }
  return verb && score;
}

bool Namesakes::IsScore(std::uint32_t at, std::uint32_t end) const {
  const auto points = [](std::string_view form) {
    return !form.empty() && form.size() <= 3 &&
           form.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::string_view form = reading_[at].form;
  const std::size_t dash = form.find('-');
  if (dash != std::string_view::npos && dash > 0)
    return points(form.substr(0, dash)) && points(form.substr(dash + 1));
  return at + 2 < end && points(form) &&
         (reading_[at + 1].form == "-" || reading_[at + 1].form == "–") &&
         points(reading_[at + 2].form);
}

bool Namesakes::IsScoreWord(std::uint32_t at, std::uint32_t end) const {
  return world_.Is(Folded(at), WordKind::kScoreWord) &&
         (at + 1 >= end || story_.tokens[at + 1].upos != "NOUN");
}

bool Namesakes::IsVesselName(TokenRange range) const {
  constexpr std::uint32_t kWords = 4;
  for (std::uint32_t i = range.first; i > sentence_.first && i + kWords > range.first; --i) {
    const std::string_view word = Folded(i - 1);
    if (world_.Is(word, WordKind::kVessel)) return true;
    if (!reading_[i - 1].capital && word != "of" && word != "\"" && word != "“") return false;
  }
  return false;
}

bool Namesakes::IsQuote(std::uint32_t i) const {
  const std::string_view form = reading_[i].form;
  return form == "\"" || form == "“" || form == "”" || form == "``" || form == "''" ||
         form == "'" || form == "‘" || form == "’";
}

bool Namesakes::IsTitleOfWork(TokenRange range) const {
  if (range.first < sentence_.first + 2 || range.last >= sentence_.last) return false;
  if (!IsQuote(range.first - 1) || !IsQuote(range.last)) return false;
  return world_.Is(Folded(range.first - 2), WordKind::kWork);
}

std::optional<TokenRange> Namesakes::QuotedTitle(TokenRange name) const {
  constexpr std::uint32_t kWords = 5;
  TokenRange title = name;
  const auto part = [this](std::uint32_t i) {
    return text::HasLetter(reading_[i].form) &&
           (reading_[i].capital || reading_[i].form.size() < 4);
  };
  while (title.first > sentence_.first && part(title.first - 1)) --title.first;
  while (title.last < sentence_.last && part(title.last)) ++title.last;
  const bool quoted = title.first > sentence_.first && title.last < sentence_.last &&
                      IsQuote(title.first - 1) && IsQuote(title.last);
  if (!quoted || !reading_[title.first].capital || title.size() > kWords || title == name)
    return std::nullopt;
  return title;
}

}  // namespace dateline::actors
