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
  DATELINE_TRY(gate.openers_, PhraseOpeners::Load(*gate.table_, "phrase"));
  DATELINE_TRY(gate.discards_,
               tables::NamedTable::Open(gate.tables_, "actors/discards", {"scope"}));
  DATELINE_TRY(const auto weight, gate.table_->GetColumn("weight"));
  DATELINE_TRY(const auto domain, gate.table_->GetColumn("domain"));
  DATELINE_TRY(const auto phrase, gate.table_->GetColumn("phrase"));
  for (std::uint32_t row = 0; row < gate.table_->row_count(); ++row) {
    const std::string_view cell = gate.table_->Cell(row, weight);
    int value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    gate.weights_.push_back(value);
    gate.domains_.push_back(gate.table_->Cell(row, domain));
    const std::string_view phrases = gate.table_->Cell(row, phrase);
    gate.phrases_.push_back(phrases.substr(0, phrases.find('|')));
  }
  return gate;
}

DomainGate::Reading DomainGate::Read(const Story& story, const tables::FoldedTokens& folded,
                                     quotes::Range sentence) const {
  Reading reading;
  for (std::uint32_t at = sentence.begin; at < sentence.end;) {
    if (IsScore(story, at, sentence)) ++reading.scores;
    const auto match =
        openers_.MayOpen(folded, at) ? table_->MatchPhrase(folded, at, sentence.end) : std::nullopt;
    if (match) reading.rows.insert(match->rows.begin(), match->rows.end());
    at += match ? match->length : 1;
  }
  reading.score = reading.scores;
  for (const std::uint32_t row : reading.rows) reading.score += weights_[row];
  return reading;
}

void DomainGate::Close(Verdict& verdict) {
  verdict.closed = true;
  verdict.domain = "discard";
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

DomainGate::Verdict DomainGate::VerdictOf(const Reading& reading, int threshold) const {
  Verdict verdict;
  verdict.closed = reading.score >= threshold;
  verdict.contest = reading.scores;
  int most = 0;
  for (const std::uint32_t row : reading.rows) {
    if (weights_[row] <= 0) {
      verdict.real -= weights_[row];
      continue;
    }
    verdict.contest += domains_[row] == "sport" || domains_[row] == "game" ? weights_[row] : 0;
    verdict.words += (verdict.words.empty() ? "" : ", ") + std::string(phrases_[row]);
    if (weights_[row] > most) {
      most = weights_[row];
      verdict.domain = domains_[row];
    }
  }
  return verdict;
}

std::vector<DomainGate::Verdict> DomainGate::Judge(
    const Story& story, const tables::FoldedTokens& folded,
    const std::vector<quotes::Range>& sentences) const {
  std::vector<Reading> readings;
  readings.reserve(sentences.size());
  for (const quotes::Range sentence : sentences) readings.push_back(Read(story, folded, sentence));
  const auto closed =
      std::ranges::count_if(readings, [](const Reading& r) { return r.score >= kCloses; });
  const bool most = 2 * static_cast<std::size_t>(closed) > sentences.size() && sentences.size() > 3;
  std::vector<Verdict> out;
  out.reserve(readings.size());
  bool whole = false;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    out.push_back(VerdictOf(readings[i], most ? kCloses - 1 : kCloses));
    const Discard discard = DiscardIn(folded, sentences[i]);
    if (discard != Discard::kNone) Close(out.back());
    whole |= discard == Discard::kStory;
  }
  if (whole) std::ranges::for_each(out, Close);
  return out;
}

}  // namespace dateline::events
