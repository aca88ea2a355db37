/// Which place each name of a story means.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "places/gazetteer.h"
#include "places/toponym.h"
#include "tables/tables.h"

namespace dateline::places {

/// What speaks for a candidate; the weights are rows of data/places/weights.tsv.
enum class Feature : std::uint8_t {
  kCountry,
  kAdmin1,
  kAdmin2,
  kRegion,
  kPopulation,     ///< of a city: log10 of its inhabitants, 0 to 7
  kNoPopulation,   ///< a city of unknown size
  kMainName,       ///< called by its own name
  kCapital,        ///< seat of a government
  kQualified,      ///< lies in the area behind the comma
  kNotQualified,   ///< there is such an area, elsewhere
  kCityCue,        ///< "the city of" a city
  kCountyCue,      ///< "County" behind the name of a second-order division
  kStateCue,       ///< "state" behind the name of a first-order one
  kHomeNear,       ///< nearness to the outlet's home, 0 to 1
  kHomeAdmin1,     ///< in the home's division
  kHomeCountry,    ///< in the home's country
  kForeign,        ///< a country or region other than the home's
  kDatelineNear,   ///< nearness to the dateline's place, 0 to 1
  kDatelineSeat,   ///< a seat of government, alone in a dateline
  kSpokenCountry,  ///< in a country that the story names
  kSpokenAdmin1,   ///< in a division that the story names
  kNear,           ///< nearness to the nearest other place of the story, 0 to 1
  kAdmin1Share,    ///< share of the story's other places in the same division
  kCountryShare,   ///< share of the story's other places in the same country
  kAround,         ///< share of the mentions that stand where the country is spoken of
  kToldShare,      ///< share of the names of countries that are its, less where they are few
  kCount
};
inline constexpr std::size_t kFeatureCount = static_cast<std::size_t>(Feature::kCount);
using Features = std::array<double, kFeatureCount>;
/// As printed in the table: "spokenCountry".
std::string_view FeatureName(Feature feature);

/// A candidate with what spoke for it; the best stands first.
struct Ranked {
  Candidate candidate{};
  Features features{};
  bool alone = true;    ///< neither outlet nor another place tells where the story is
  double evidence = 0;  ///< weighted sum of the features
  double score = 0;     ///< share of the probability among the candidates of the name, 0 to 1
};

/// The candidates of each toponym, in the order of the toponyms.
using Ranking = std::vector<std::vector<Ranked>>;

/// Immutable after Load; thread-safe.
class Ranker {
 public:
  static Result<Ranker> Load(const tables::Tables& tables);
  /// All mentions of one name mean one place, unless their qualifiers differ. `home` may be absent.
  [[nodiscard]] Ranking Rank(const Gazetteer& gazetteer, const std::vector<Toponym>& toponyms,
                             const std::optional<Candidate>& home) const;

  /// Whether so much speaks for the best candidate that the words mean it, and not something that
  /// no table has.
  [[nodiscard]] bool IsEnough(const Ranked& best, const Toponym& toponym) const;

 private:
  Features weights_{};
  std::array<double, kStandings> enough_{};  ///< evidence wanted, by standing
};

}  // namespace dateline::places
