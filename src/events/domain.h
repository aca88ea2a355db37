/// Whether a sentence speaks of sport, games, films or markets, where the verbs of conflict and
/// cooperation are no political events: "Peru beat Chile 2-1", "shares were hit".
#pragma once

#include <cstdint>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "quotes/frames.h"
#include "tables/named_table.h"
#include "tables/tables.h"

namespace dateline::events {

/// Immutable after Load; thread-safe.
///
/// The weights of the phrases of data/events/domains that stand in a sentence are added, each row
/// once; a score such as "26-7" adds one. Words of violence, police and politics weigh against it,
/// so that a bomb at a stadium stays a bomb. At kCloses the sentence is left out; in a story whose
/// sentences are mostly of that kind, one less is enough. A phrase of a user's actors/discards
/// leaves out its sentence, or every sentence of the story.
class DomainGate {
 public:
  static Result<DomainGate> Load(const tables::Tables& tables);

  /// For each sentence of the story, whether its events are to be left out.
  [[nodiscard]] std::vector<bool> Closed(const Story& story,
                                         const std::vector<quotes::Range>& sentences) const;

  static constexpr int kCloses = 3;

 private:
  [[nodiscard]] int Score(const Story& story, const tables::FoldedTokens& folded,
                          quotes::Range sentence) const;

  enum class Discard : std::uint8_t { kNone, kSentence, kStory };
  [[nodiscard]] Discard DiscardIn(const tables::FoldedTokens& folded, quotes::Range sentence) const;

  const tables::Table* table_ = nullptr;
  tables::NamedTable discards_;
  tables::Tables tables_;  ///< keeps the table alive
  std::vector<int> weights_;
};

}  // namespace dateline::events
