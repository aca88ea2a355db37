#include "quotes/speakers.h"

#include <algorithm>

#include "text/unicode.h"

namespace dateline::quotes {
namespace {

using enum WordClass;

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

std::optional<EntityIndex> EntityOf(const Reading& reading, Range phrase) {
  std::optional<EntityIndex> best;
  int best_rank = 0;
  std::optional<std::uint32_t> last;
  for (std::uint32_t at = phrase.begin; at < phrase.end; ++at) {
    const auto mention = reading.word(at).mention;
    if (!mention || mention == last) continue;
    last = mention;
    const MentionRef& ref = reading.words->mentions[*mention];
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
      return reading.words->mentions[*mention].entity;
  }
  return std::nullopt;
}

/// The frame that holds the word.
std::uint32_t FrameOf(const Reading& reading, std::uint32_t at) {
  const auto after = std::ranges::upper_bound(reading.frames, at, {},
                                              [](const Frame& frame) { return frame.words.begin; });
  return static_cast<std::uint32_t>(after - reading.frames.begin()) - 1;
}

/// The first person of the nearest frame before `at` that names one outside quotations.
std::optional<EntityIndex> LastPerson(const Reading& reading, std::uint32_t at) {
  const std::uint32_t own = FrameOf(reading, at);
  for (std::uint32_t i = own + 1; i > 0 && own + 1 - i < 8; --i) {
    const Range words = reading.frames[i - 1].words;
    const std::uint32_t limit = std::min({words.end, at, words.begin + 200});
    for (std::uint32_t w = words.begin; w < limit; ++w) {
      const auto mention = reading.word(w).mention;
      if (!mention || reading.quotation_of[w]) continue;
      const MentionRef& ref = reading.words->mentions[*mention];
      const Entity& entity = reading.story->entities[Raw(ref.entity)];
      if (ref.kind == MentionKind::kName && entity.type == EntityType::kPerson) return ref.entity;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<EntityIndex> SpeakerOf(const Reading& reading, Range source) {
  if (source.empty()) return std::nullopt;
  const bool single = source.end - source.begin == 1;
  if (single && reading.word(source.begin).Is(kRelative)) {
    const Frame& frame = reading.frames[FrameOf(reading, source.begin)];
    return AntecedentOf(reading, frame.words, source.begin);
  }
  const auto entity = EntityOf(reading, source);
  const std::string& form = reading.word(source.begin).form;
  if (!single || (form != "he" && form != "she")) return entity;
  if (entity && reading.story->entities[Raw(*entity)].type == EntityType::kPerson) return entity;
  return LastPerson(reading, source.begin);
}

std::optional<Range> SubjectBefore(const Reading& reading, const Graph& graph, std::uint32_t at) {
  const std::uint32_t own = FrameOf(reading, at);
  if (own == 0) return std::nullopt;
  const Frame& frame = reading.frames[own - 1];
  if (Raw(reading.frames[own].block) - Raw(frame.block) > 1) return std::nullopt;
  for (std::uint32_t w = frame.words.begin; w < frame.words.end; ++w) {
    const Node& node = graph.nodes[w];
    const bool subject = reading.story->tokens[w].deprel.starts_with("nsubj") &&
                         node.head != kNoNode && graph.nodes[node.head].depth == 0;
    const auto mention = reading.word(w).mention;
    if (!subject || !mention || node.quotation != kNoNode) continue;
    const MentionRef& ref = reading.words->mentions[*mention];
    if (reading.story->entities[Raw(ref.entity)].type != EntityType::kPerson) continue;
    return Range{node.first, node.last + 1};
  }
  return std::nullopt;
}

std::optional<EntityIndex> EntityNamed(const Story& story, std::string_view name) {
  const std::string folded = text::ToLower(name);
  for (std::size_t i = 0; i < story.entities.size(); ++i) {
    const std::string own = text::ToLower(story.entities[i].name);
    if (own == folded || own.ends_with(" " + folded) || folded.ends_with(" " + own))
      return static_cast<EntityIndex>(i);
  }
  return std::nullopt;
}

}  // namespace dateline::quotes
