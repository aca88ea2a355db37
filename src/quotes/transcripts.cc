#include "quotes/transcripts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "quotes/speakers.h"

namespace dateline::quotes {
namespace {

constexpr double kNamed = 0.9;     // confidence of a turn with a name
constexpr double kLettered = 0.6;  // of one with a letter, whose speaker is guessed

bool IsLettered(const Block& block) {
  return block.kind == BlockKind::kQuestion || block.kind == BlockKind::kAnswer;
}

Range WordsOf(const Reading& reading, Span span) {
  const auto& words = reading.words->words;
  const auto begin =
      std::ranges::lower_bound(words, span.begin, {}, [](const Word& w) { return w.span.begin; });
  const auto end =
      std::ranges::lower_bound(words, span.end, {}, [](const Word& w) { return w.span.begin; });
  return {static_cast<std::uint32_t>(begin - words.begin()),
          static_cast<std::uint32_t>(end - words.begin())};
}

/// Whom an interview is with: the person that is named most before its first question.
std::optional<EntityIndex> Interviewee(const Story& story) {
  const auto question = std::ranges::find(story.blocks, BlockKind::kQuestion, &Block::kind);
  if (question == story.blocks.end()) return std::nullopt;
  std::optional<EntityIndex> best;
  std::ptrdiff_t most = 0;
  for (std::size_t i = 0; i < story.entities.size(); ++i) {
    if (story.entities[i].type != EntityType::kPerson) continue;
    const auto count = std::ranges::count_if(story.entities[i].mentions, [&](const Mention& m) {
      return m.span.end <= question->span.begin && m.kind == MentionKind::kName;
    });
    if (count > most) {
      most = count;
      best = static_cast<EntityIndex>(i);
    }
  }
  return best;
}

/// What stands between two blocks is the label of the second: its speaker and a colon.
void SetLabel(std::string_view text, const Block& block, Finding& finding) {
  if (block.span.begin == 0) return;
  const std::size_t line = text.find_last_of('\n', block.span.begin - 1) + 1;
  const std::size_t colon = text.find(':', line);
  if (colon >= block.span.begin || colon <= line) return;
  finding.made.source = {MakeSpan(line, colon)};
  finding.made.cue = {MakeSpan(colon, colon + 1)};
  finding.made.cue_lemma.push_back(':');
}

Finding FromTurn(const Story& story, const Block& block, Range words) {
  Finding finding{.content = {words}};
  finding.made.confidence = block.speaker ? kNamed : kLettered;
  if (block.speaker) finding.made.entity = EntityNamed(story, *block.speaker);
  if (block.kind == BlockKind::kAnswer) finding.made.entity = Interviewee(story);
  SetLabel(story.text, block, finding);
  return finding;
}

bool SameSpeaker(const Block& one, const Block& other) {
  return one.speaker == other.speaker && one.kind == other.kind;
}

/// Turns of one voice alone are none.
bool IsTranscript(const Story& story) {
  std::set<std::string_view> voices;
  for (const Block& block : story.blocks) {
    if (!IsTurn(block)) continue;
    const std::string_view letter = block.kind == BlockKind::kQuestion ? "Q" : "A";
    voices.insert(block.speaker ? std::string_view(*block.speaker) : letter);
  }
  return voices.size() > 1;
}

}  // namespace

bool IsTurn(const Block& block) {
  return IsLettered(block) || (block.kind == BlockKind::kUtterance && block.speaker.has_value());
}

std::vector<Finding> FindTurns(const Reading& reading) {
  const Story& story = *reading.story;
  std::vector<Finding> turns;
  if (!IsTranscript(story)) return turns;
  const Block* last = nullptr;
  for (const Block& block : story.blocks) {
    const Range words = WordsOf(reading, block.span);
    if (IsTurn(block) && !words.empty()) {
      Finding turn = FromTurn(story, block, words);
      const bool goes_on = turn.made.source.empty() && last != nullptr && SameSpeaker(*last, block);
      if (goes_on) {
        turns.back().content.push_back(words);
      } else {
        turns.push_back(std::move(turn));
      }
    }
    last = IsTurn(block) ? &block : nullptr;
  }
  return turns;
}

}  // namespace dateline::quotes
