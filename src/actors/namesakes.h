/// Names that look like those of countries, places or people and are none.
///
///   "[Ghana] beat Togo 3-1", "the ferry [Pride of Panama]", "the film '[Brazil]'"
#pragma once

#include <cstdint>
#include <optional>

#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/reading.h"

namespace dateline::actors {

/// What a sentence tells of teams, vessels and titles of works. Keeps references to the tables and
/// to the sentence that is read; must not outlive them.
class Namesakes : private StoryReader {
 public:
  Namesakes(const World& world, const names::Reading& reading, const names::TokenRange& sentence)
      : StoryReader(reading), world_(world), sentence_(sentence) {}

  /// "beat … 3-1", "lost … in the cup": who plays are teams.
  [[nodiscard]] bool IsMatch(names::TokenRange sentence) const;
  /// "the ferry Pride of Panama".
  [[nodiscard]] bool IsVesselName(names::TokenRange range) const;
  /// "the film 'Brazil'": the name by itself in quotation marks, a work named before.
  [[nodiscard]] bool IsTitleOfWork(names::TokenRange range) const;
  /// 'Goodbye Berlin' in quotation marks: capitalised words around the name, none behind them that
  /// would end a sentence.
  [[nodiscard]] std::optional<names::TokenRange> QuotedTitle(names::TokenRange name) const;

 private:
  /// "3-1".
  [[nodiscard]] bool IsScore(std::uint32_t at, std::uint32_t end) const;
  /// "cup", "semi-final"; no adjective ("the final battle").
  [[nodiscard]] bool IsScoreWord(std::uint32_t at, std::uint32_t end) const;
  /// A quotation mark.
  [[nodiscard]] bool IsQuote(std::uint32_t i) const;

  const World& world_;
  const names::TokenRange& sentence_;  ///< that is read
};

}  // namespace dateline::actors
