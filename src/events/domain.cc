#include "events/domain.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

#include "tables/folded_tokens.h"
#include "text/unicode.h"

namespace dateline::events {
namespace {

/// "26-7": two numbers of up to three digits around a hyphen without spaces, at word `at`.
bool IsScore(const Story& story, std::uint32_t at, quotes::Range sentence) {
  if (at + 2 >= sentence.end) return false;
  const auto& tokens = story.tokens;
  const auto form = [&](std::uint32_t i) { return FormOf(tokens[i], story.text); };
  const auto number = [&](std::uint32_t i) {
    return form(i).size() <= 3 && text::AllDigits(form(i));
  };
  const bool glued = tokens[at].span.end == tokens[at + 1].span.begin &&
                     tokens[at + 1].span.end == tokens[at + 2].span.begin;
  return glued && number(at) && number(at + 2) && (form(at + 1) == "-" || form(at + 1) == "–");
}

}  // namespace

Result<DomainGate> DomainGate::Load(const tables::Tables& tables) {
  DomainGate gate;
  gate.tables_ = tables;
  DATELINE_TRY(gate.table_, gate.tables_.Get("events/domains"));
  DATELINE_TRY(gate.discards_,
               tables::NamedTable::Open(gate.tables_, "actors/discards", {"scope"}));
  DATELINE_TRY(const auto weight, gate.table_->GetColumn("weight"));
  for (std::uint32_t row = 0; row < gate.table_->row_count(); ++row) {
    const std::string_view cell = gate.table_->Cell(row, weight);
    int value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    gate.weights_.push_back(value);
  }
  return gate;
}

int DomainGate::Score(const Story& story, const tables::FoldedTokens& folded,
                      quotes::Range sentence) const {
  std::set<std::uint32_t> rows;
  int score = 0;
  for (std::uint32_t at = sentence.begin; at < sentence.end;) {
    if (IsScore(story, at, sentence)) ++score;
    const auto match = table_->MatchPhrase(folded, at, sentence.end);
    if (match) rows.insert(match->rows.begin(), match->rows.end());
    at += match ? match->length : 1;
  }
  for (const std::uint32_t row : rows) score += weights_[row];
  return score;
}

DomainGate::Discard DomainGate::DiscardIn(const tables::FoldedTokens& folded,
                                          quotes::Range sentence) const {
  Discard found = Discard::kNone;
  if (discards_.table->row_count() == 0) return found;
  for (std::uint32_t at = sentence.begin; at < sentence.end; ++at) {
    const auto match = discards_.table->MatchPhrase(folded, at, sentence.end);
    if (!match) continue;
    if (discards_.Cell(match->rows.front(), "scope") == "story") return Discard::kStory;
    found = Discard::kSentence;
  }
  return found;
}

std::vector<bool> DomainGate::Closed(const Story& story,
                                     const std::vector<quotes::Range>& sentences) const {
  const tables::FoldedTokens folded(story.text, story.tokens);
  std::vector<int> scores;
  scores.reserve(sentences.size());
  for (const quotes::Range sentence : sentences) scores.push_back(Score(story, folded, sentence));
  const auto closed = std::ranges::count_if(scores, [](int score) { return score >= kCloses; });
  const bool most = 2 * static_cast<std::size_t>(closed) > sentences.size() && sentences.size() > 3;
  const int threshold = most ? kCloses - 1 : kCloses;
  std::vector<bool> out;
  out.reserve(scores.size());
  bool whole = false;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Discard discard = DiscardIn(folded, sentences[i]);
    whole |= discard == Discard::kStory;
    out.push_back(scores[i] >= threshold || discard != Discard::kNone);
  }
  if (whole) out.assign(out.size(), true);
  return out;
}

}  // namespace dateline::events
