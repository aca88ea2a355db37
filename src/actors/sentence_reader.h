/// What the walk over a story has found so far, seen from the sentence that it reads.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "actors/cast.h"
#include "actors/phrases.h"
#include "actors/spoken.h"
#include "actors/story_reader.h"
#include "actors/world.h"

namespace dateline::actors {

/// Refers to what the walk fills.
struct Walk {
  const Phrases& phrases;
  const Cast& cast;
  const SpokenCountries& spoken;
  const names::TokenRange& sentence;  ///< that is read
  /// By token: who it was last read as.
  const std::vector<std::optional<Cast::Index>>& entity_of;
};

/// Base of the classes that look around in that sentence. Keeps references; must not outlive the
/// walk.
class SentenceReader : protected StoryReader {
 protected:
  SentenceReader(const World& world, const names::Reading& reading, std::optional<Date> date,
                 const Walk& walk)
      : StoryReader(reading),
        world_(world),
        date_(date),
        phrases_(walk.phrases),
        cast_(walk.cast),
        spoken_(walk.spoken),
        sentence_(walk.sentence),
        entity_of_(walk.entity_of) {}

  const World& world_;
  std::optional<Date> date_;
  const Phrases& phrases_;
  const Cast& cast_;
  const SpokenCountries& spoken_;
  const names::TokenRange& sentence_;
  const std::vector<std::optional<Cast::Index>>& entity_of_;
};

}  // namespace dateline::actors
