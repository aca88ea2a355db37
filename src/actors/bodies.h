/// Country and code of a body that is named.
///
///   "[U.S. House of Representatives]"      that of the tables behind a country's name
///   "[Democratic Party]"                   in a story of Kenya: Kenya's
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "actors/cast.h"
#include "actors/homelands.h"
#include "actors/spoken.h"
#include "actors/story_reader.h"
#include "actors/world.h"
#include "names/reading.h"

namespace dateline::actors {

/// Reads names of bodies in the sentence at hand. Keeps references to what the walk over the story
/// fills; must not outlive it.
class Bodies : private StoryReader {
 public:
  /// What the walk has found so far.
  struct Walk {
    Cast& cast;
    const SpokenCountries& spoken;
    Homelands& homelands;
    const names::TokenRange& sentence;  ///< that is read
  };

  Bodies(const World& world, const names::Reading& reading, const Walk& walk)
      : StoryReader(reading),
        world_(world),
        cast_(walk.cast),
        spoken_(walk.spoken),
        homelands_(walk.homelands),
        sentence_(walk.sentence) {}

  /// "the Garment Workers' Front (GWF)".
  [[nodiscard]] std::optional<Cast::Index> FindByInitials(names::TokenRange range) const;
  /// Country and code as the tables know them.
  void SetKnown(const KnownBody& known, names::TokenRange range, Entity& entity) const;
  /// Country and code of a body: those of the tables (`known`), else what its name and what stands
  /// around tell.
  void SetBody(Cast::Index index, names::TokenRange range, const std::optional<KnownBody>& known);

 private:
  /// "Islamist Hamas"; whose body "Turkish Red Crescent" is its adjective tells.
  [[nodiscard]] std::optional<KnownBody> BodyBehindAdjective(names::TokenRange range) const;
  /// "Democratic Party" in a story of Kenya that does not speak of the United States, or in a
  /// sentence that speaks of Kenya alone.
  void MoveHome(Entity& body, names::TokenRange range) const;
  /// "U.S. House of Representatives": a known body of the country that its name opens with.
  [[nodiscard]] std::optional<KnownBody> BodyBehindCountry(names::TokenRange range) const;
  /// The code of a body of several countries, by the role that its name tells: of states, of
  /// business or of people.
  static std::string AbroadCode(std::string_view role);

  const World& world_;
  Cast& cast_;
  const SpokenCountries& spoken_;
  Homelands& homelands_;
  const names::TokenRange& sentence_;
};

}  // namespace dateline::actors
