#include "record/quote_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "dateline/record.h"
#include "record/rows.h"

namespace dateline {
namespace record {
namespace {

const Sentence* SentenceAt(const Story& story, std::uint32_t at) {
  const auto after = std::ranges::upper_bound(story.sentences, at, {},
                                              [](const Sentence& s) { return s.span.begin; });
  if (after == story.sentences.begin() || (after - 1)->span.end <= at) return nullptr;
  return &*(after - 1);
}

/// Where it is told that something is said.
std::uint32_t PlaceOf(const Story& story, const Attribution& attribution) {
  if (!attribution.cue.empty() && !IsLabelled(story, attribution))
    return attribution.cue.front().begin;
  return attribution.content.empty() ? 0 : attribution.content.front().begin;
}

/// A day named in the sentence of the cue and not in what is said: "said on Monday".
std::optional<std::string> DayBesideCue(const Story& story, const Attribution& attribution) {
  const Sentence* sentence = SentenceAt(story, PlaceOf(story, attribution));
  if (sentence == nullptr || attribution.cue.empty()) return std::nullopt;
  constexpr std::size_t kDay = std::string_view("2031-05-04").size();
  for (const Timex& time : story.times) {
    const bool said = std::ranges::any_of(attribution.content,
                                          [&](Span span) { return span.Overlaps(time.span); });
    if (said || !sentence->span.Contains(time.span) || time.type != TimexType::kDate) continue;
    if (time.value.size() == kDay && ParseDate(time.value)) return time.value;
  }
  return std::nullopt;
}

void AddSpeaker(const Story& story, const Attribution& attribution, QuoteWords& words) {
  words.source = TextOf(story, attribution.source);
  words.speaker = words.source;
  const Entity* entity = EntityAt(story, attribution.entity);
  if (entity == nullptr) return;
  words.speaker = entity->name;
  if (!entity->roles.empty()) words.role = entity->roles.front().title;
  words.country = entity->country.value_or("");
  words.actor = entity->actor.value_or("");
}

}  // namespace

QuoteWords WordsOf(const Story& story, const Attribution& attribution) {
  QuoteWords words;
  AddSpeaker(story, attribution, words);
  words.cue = TextOf(story, attribution.cue);
  words.quote = TextOf(story, attribution.content);
  const auto& published = story.article.date_published;
  words.date = published ? FormatDate(published->date) : std::string();
  if (const auto day = DayBesideCue(story, attribution)) words.date = *day;
  if (const Sentence* sentence = SentenceAt(story, PlaceOf(story, attribution))) {
    words.sentence = sentence->span.of(story.text);
  }
  return words;
}

}  // namespace record

namespace {

using record::Fields;

std::string Id(std::optional<AttributionIndex> index) {
  return index ? fmt::format("a{}", Raw(*index) + 1) : std::string();
}

Fields RowOf(const Story& story, const Attribution& attribution, std::size_t index) {
  const record::QuoteWords words = record::WordsOf(story, attribution);
  const auto text = [&](const std::vector<Span>& spans) {
    return record::Joined(spans, [&](Span span) { return std::string(span.of(story.text)); });
  };
  const auto& published = story.article.date_published;
  const bool empty = attribution.content.empty();
  return {
      {"story", story.source.id.value_or(story.id)},
      {"path", story.source.path.value_or("")},
      {"headline", story.article.headline.value_or("")},
      {"published", published ? FormatDateTime(*published) : ""},
      {"attribution", fmt::format("a{}", index + 1)},
      {"inside", Id(attribution.inside)},
      {"speaker", words.speaker},
      {"role", words.role},
      {"country", words.country},
      {"actor", words.actor},
      {"source", words.source},
      {"kind", std::string(AttributionKindName(attribution.kind))},
      {"cue", words.cue},
      {"lemma", attribution.cue_lemma},
      {"negated", attribution.negated ? "true" : ""},
      {"modal", attribution.modal.value_or("")},
      {"addressee", text(attribution.addressee)},
      {"medium", text(attribution.medium)},
      {"quote", words.quote},
      {"date", words.date},
      {"sentence", words.sentence},
      {"start", empty ? "" : fmt::format("{}", attribution.content.front().begin)},
      {"end", empty ? "" : fmt::format("{}", attribution.content.back().end)},
      {"confidence", fmt::format("{}", attribution.confidence)},
  };
}

}  // namespace

std::vector<record::Fields> record::QuoteFields(const Story& story, const Choice& choice) {
  std::vector<Fields> rows;
  for (std::size_t i = 0; i < story.attributions.size(); ++i) {
    if (IsChosen(choice, i)) rows.push_back(RowOf(story, story.attributions[i], i));
  }
  return rows;
}

record::Fields record::QuoteFieldNames() { return RowOf(Story{}, Attribution{}, 0); }

std::string QuoteRowHeader() { return record::HeaderRow(RowOf(Story{}, Attribution{}, 0)); }

std::string WriteQuoteRows(const Story& story, const Choice& choice) {
  std::string out;
  for (std::size_t i = 0; i < story.attributions.size(); ++i) {
    if (IsChosen(choice, i)) out += record::Row(RowOf(story, story.attributions[i], i));
  }
  return out;
}

}  // namespace dateline
