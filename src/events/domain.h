/// Whether a sentence speaks of sport, games, films or markets, where the verbs of conflict and
/// cooperation are no political events: "Peru beat Chile 2-1", "shares were hit".
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "dateline/story.h"
#include "events/openers.h"
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

  /// What a sentence speaks of.
  struct Verdict {
    bool closed = false;      ///< its events are to be left out
    std::string_view domain;  ///< "sport", "market" … where closed
    int contest = 0;          ///< how much speaks of a contest
    int real = 0;             ///< how much speaks of the real thing: war, office, police
    std::string words;        ///< the phrases that weigh for it
  };
  /// For each sentence of the story, whose words `folded` are.
  [[nodiscard]] std::vector<Verdict> Judge(const Story& story, const tables::FoldedTokens& folded,
                                           const std::vector<quotes::Range>& sentences) const;

  static constexpr int kCloses = 3;

 private:
  /// What was found in a sentence.
  struct Reading {
    int score = 0;
    int scores = 0;  ///< "2-1"
    std::set<std::uint32_t> rows;
  };
  [[nodiscard]] Reading Read(const Story& story, const tables::FoldedTokens& folded,
                             quotes::Range sentence) const;
  [[nodiscard]] Verdict VerdictOf(const Reading& reading, int threshold) const;

  /// Closes a sentence that a discard is in.
  static void Close(Verdict& verdict);
  enum class Discard : std::uint8_t { kNone, kSentence, kStory };
  [[nodiscard]] Discard DiscardIn(const tables::FoldedTokens& folded, quotes::Range sentence) const;

  const tables::Table* table_ = nullptr;
  PhraseOpeners openers_;
  tables::NamedTable discards_;
  tables::Tables tables_;  ///< keeps the table alive
  std::vector<int> weights_;
  std::vector<std::string_view> domains_;
  std::vector<std::string_view> phrases_;  ///< the first of each row
};

}  // namespace dateline::events
