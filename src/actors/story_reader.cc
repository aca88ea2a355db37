#include "actors/story_reader.h"

#include <algorithm>

namespace dateline::actors {

using names::TokenRange;

std::string StoryReader::TextOf(TokenRange range) const {
  std::string text(reading_.SpanOf(range).of(story_.text));
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::optional<std::uint32_t> StoryReader::HeadOf(std::uint32_t at) const {
  const auto& head = story_.tokens[at].head;
  return head ? std::optional(static_cast<std::uint32_t>(Raw(*head))) : std::nullopt;
}

std::optional<std::uint32_t> StoryReader::SubjectAt(std::uint32_t verb) const {
  std::uint32_t first = verb;
  while (first > 0 && story_.tokens[first - 1].sentence == story_.tokens[verb].sentence) --first;
  for (std::uint32_t i = first; i < verb; ++i) {
    if (HeadOf(i) == verb && story_.tokens[i].deprel == "nsubj") return i;
  }
  const auto over = story_.tokens[verb].deprel == "conj" ? HeadOf(verb) : std::nullopt;
  return over && *over < verb ? SubjectAt(*over) : std::nullopt;
}

const Place* StoryReader::PlaceAt(TokenRange range) const {
  const Span span = reading_.SpanOf(range);
  const auto place = std::ranges::lower_bound(story_.places, span, {}, &Place::span);
  return place != story_.places.end() && place->span == span ? &*place : nullptr;
}

std::vector<Place>::const_iterator StoryReader::PlaceFrom(std::uint32_t at) const {
  return std::ranges::lower_bound(story_.places, reading_.SpanOf({at, at + 1}).begin, {},
                                  [](const Place& place) { return place.span.begin; });
}

bool StoryReader::IsPersonal(std::uint32_t i) const {
  const Token& token = story_.tokens[i];
  return token.upos == "PRON" && (token.feats.find("PronType=Prs") != std::string::npos ||
                                  token.feats.find("PronType=Emp") != std::string::npos);
}

}  // namespace dateline::actors
