/// Toponyms and what they stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline {

/// How exactly the position of a place is known: what `lat` and `lon` are the middle of.
enum class PlacePrecision : std::uint8_t {
  kPoint,   ///< a building, crossing, compound
  kCity,    ///< a city, town or village
  kAdmin2,  ///< a second-order division: a county
  kAdmin1,  ///< a first-order division: a state, province
  kCountry,
  kRegion,  ///< anything else: a continent, sea, river, mountain range
};
/// "point", "city", "admin2", "admin1", "country", "region".
std::string_view PlacePrecisionName(PlacePrecision precision);
std::optional<PlacePrecision> ParsePlacePrecision(std::string_view name);

/// Another place that the same words may mean.
struct PlaceAlternative {
  std::string name;
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3
  std::optional<std::string> admin1;
  std::optional<double> lat;  ///< degrees north, WGS 84
  std::optional<double> lon;  ///< degrees east
  std::optional<std::uint32_t> geonameid;
  double score = 0;  ///< share of the probability among all that the name may mean, in [0, 1]
  bool operator==(const PlaceAlternative&) const = default;
};

struct Place {
  Span span;
  std::string name;                    ///< the place's own name, not necessarily as printed
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3
  std::optional<std::string> admin1;
  std::optional<double> lat;  ///< degrees north, WGS 84
  std::optional<double> lon;  ///< degrees east
  std::optional<std::uint32_t> geonameid;
  bool literal = true;                        ///< false: a metonym ("Moscow denied") or modifier
  std::optional<PlacePrecision> precision{};  ///< absent for a place that no table has
  /// With ReadOptions::explain: this place's own share of the probability, and the next best.
  std::optional<double> score{};
  std::vector<PlaceAlternative> alternatives{};  ///< best first, at most five
  bool operator==(const Place&) const = default;
};

}  // namespace dateline
