/// What a name may mean: countries, capitals, seats of government, divisions, cities, regions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/place.h"
#include "dateline/result.h"
#include "tables/named_table.h"
#include "tables/tables.h"

namespace dateline::places {

enum class Kind : std::uint8_t { kCountry, kAdmin1, kAdmin2, kCity, kRegion, kFacility };

/// How a name may be meant.
enum class Sense : std::uint8_t {
  kCountry,     ///< "Peru"
  kGovernment,  ///< a capital or seat of government: "Lima", "the Kremlin"
  kPlace,       ///< anything else
};

/// A state or one of its first-order divisions.
struct Area {
  std::string_view country{};  ///< ISO 3166-1 alpha-3
  std::string_view admin1{};   ///< empty: the whole country
  bool operator==(const Area&) const = default;
};

/// One place that a name may mean. Views live as long as the gazetteer.
struct Candidate {
  Kind kind = Kind::kCity;
  Sense sense = Sense::kPlace;
  std::string_view name{};
  std::string_view country{};  ///< empty where a region lies in several
  std::string_view admin1{};   ///< of an admin1 its own name
  std::optional<double> lat{};
  std::optional<double> lon{};
  std::optional<std::uint32_t> geonameid{};
  double population = 0;   ///< 0: not known
  bool main_name = false;  ///< called so by its own name, not by another spelling
};

PlacePrecision PrecisionOf(Kind kind);
/// The place of a candidate, without span.
Place MakePlace(const Candidate& candidate);
/// Kilometres between two candidates; absent where one has no position.
std::optional<double> Distance(const Candidate& one, const Candidate& other);

/// How a table of short names is read: "behind" only behind a town's comma.
enum class ShortNames : std::uint8_t { kNone, kFree, kAll };

using Words = std::span<const std::string_view>;

inline std::vector<std::string_view> Views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

/// Immutable after Load; thread-safe.
class Gazetteer {
 public:
  /// `towns` holds the table "places/gazetteer".
  static Result<Gazetteer> Load(const tables::Tables& tables, const tables::Tables& towns);

  /// All places that just these folded words name, in a fixed order.
  [[nodiscard]] std::vector<Candidate> Find(Words words, ShortNames shorts) const;
  /// Whether Find gives anything with ShortNames::kFree, told without reading the places.
  [[nodiscard]] bool Knows(Words words) const;
  /// The country of an adjective or demonym ("Moroccan", "Peruvians").
  [[nodiscard]] std::optional<Candidate> FindAdjective(Words words) const;
  /// The states and divisions that just these words name: "texas", "ky.", "peru".
  [[nodiscard]] std::vector<Area> Areas(Words words) const;
  /// The country of an adjective or name ("Moroccan", "Peru").
  [[nodiscard]] std::optional<std::string_view> CountryOf(Words words) const;
  /// The capital of a country; the country itself where no table has the city.
  [[nodiscard]] Candidate Capital(std::string_view country) const;
  [[nodiscard]] Candidate Country(std::string_view country) const;
  /// A city by name in an area; the largest.
  [[nodiscard]] std::optional<Candidate> CityIn(std::string_view city, const Area& area) const;

 private:
  [[nodiscard]] static std::span<const std::uint32_t> Rows(const tables::NamedTable& source,
                                                           Words words);
  [[nodiscard]] std::string_view CountryCell(std::string_view country,
                                             std::string_view column) const;
  [[nodiscard]] int Rank(std::string_view country) const;
  void AddCities(Words words, std::vector<Candidate>& found) const;
  void AddTowns(Words words, std::vector<Candidate>& found) const;
  [[nodiscard]] static std::string ShortKey(Words words);
  void AddShort(Words words, ShortNames shorts, std::vector<Candidate>& found) const;
  void AddRegions(Words words, std::vector<Candidate>& found) const;
  void AddCountry(Words words, std::vector<Candidate>& found) const;
  void AddSeats(Words words, std::vector<Candidate>& found) const;
  [[nodiscard]] Candidate FromTown(std::uint32_t row) const;
  [[nodiscard]] Candidate FromCity(std::uint32_t row) const;
  [[nodiscard]] std::optional<Candidate> Admin1(std::string_view name,
                                                std::string_view country) const;
  [[nodiscard]] Candidate Seat(std::string_view country, std::string_view city) const;

  tables::Tables tables_;  ///< keeps the tables alive
  tables::Tables towns_tables_;
  tables::NamedTable aliases_;
  tables::NamedTable countries_;
  tables::NamedTable cities_;
  tables::NamedTable towns_;
  tables::NamedTable regions_;
  tables::NamedTable shorts_;
  std::multimap<std::string, std::uint32_t> short_rows_;  ///< by their letters
};

}  // namespace dateline::places
