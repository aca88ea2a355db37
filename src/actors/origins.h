/// Of which country a person is by what stands beside the name.
///
///   "[Ana Ruiz] of Spain", "[Paolo Ferraris], 54, a restorer from Turin"
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "actors/cast.h"
#include "actors/homelands.h"
#include "actors/phrases.h"
#include "actors/spoken.h"
#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/reading.h"

namespace dateline::actors {

/// Reads what stands beside a name in the sentence at hand. Keeps references to what the walk over
/// the story fills; must not outlive it.
class Origins : private StoryReader {
 public:
  /// What the walk has found so far.
  struct Walk {
    const Phrases& phrases;
    const Cast& cast;
    const SpokenCountries& spoken;
    const Homelands& homelands;
    const names::TokenRange& sentence;  ///< that is read
    /// By token: who it was last read as.
    const std::vector<std::optional<Cast::Index>>& entity_of;
  };

  Origins(const World& world, const names::Reading& reading, std::optional<Date> date,
          const Walk& walk)
      : StoryReader(reading),
        world_(world),
        date_(date),
        phrases_(walk.phrases),
        cast_(walk.cast),
        spoken_(walk.spoken),
        homelands_(walk.homelands),
        sentence_(walk.sentence),
        entity_of_(walk.entity_of) {}

  /// Whom the tables know by a full name speaks for the country from the first: the government
  /// that he accuses is rather its.
  void TakeOffice(Member& member, names::TokenRange range, const TitlePhrase* phrase) const;
  /// "Ana Ruiz of Spain", "Mayor Lindgren of Malmo": tells a country that is only guessed so far.
  void TakeHome(Member& member, std::uint32_t behind);
  /// "the Chadian consul, named as Ali Saleh": of whom the name is told.
  void TakeNamed(Member& member, std::uint32_t at) const;
  /// "Paolo Ferraris, 54, a restorer from Turin": before any verb.
  void TakeOrigin(Member& member, std::uint32_t behind);

 private:
  /// "a Norwegian", "the Norwegian who heads the mission": no adjective of a noun behind.
  [[nodiscard]] std::optional<std::string_view> CompatriotsAt(std::uint32_t at) const;

  const World& world_;
  std::optional<Date> date_;
  const Phrases& phrases_;
  const Cast& cast_;
  const SpokenCountries& spoken_;
  const Homelands& homelands_;
  const names::TokenRange& sentence_;
  const std::vector<std::optional<Cast::Index>>& entity_of_;
};

}  // namespace dateline::actors
