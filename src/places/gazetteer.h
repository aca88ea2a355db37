/// Where names lie: countries, capitals, seats of government, cities, regions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/place.h"
#include "dateline/result.h"
#include "tables/named_table.h"
#include "tables/tables.h"

namespace dateline::places {

/// How a name of the tables may be meant.
enum class Sense : std::uint8_t {
  kCountry,     ///< "Peru"
  kGovernment,  ///< a capital or seat of government: "Lima", "the Kremlin"
  kPlace,       ///< anything else
};

/// A place without its span, and how it is called.
struct Located {
  Place place{};
  Sense sense = Sense::kPlace;
  bool large = true;  ///< false for a town that is hardly meant where its country is not named
};

/// What helps to choose between places of one name.
struct Hints {
  std::string qualifier;                                  ///< folded name behind a comma: "texas"
  const std::set<std::string_view>* countries = nullptr;  ///< those the story speaks of
};

/// Immutable after Load; thread-safe.
class Gazetteer {
 public:
  static Result<Gazetteer> Load(const tables::Tables& tables);

  /// The place that just these folded words name; cities and regions only where `settled` is set.
  [[nodiscard]] std::optional<Located> Find(std::span<const std::string_view> words,
                                            const Hints& hints, bool settled = true) const;
  /// The country of an adjective or name ("Moroccan", "Peru").
  [[nodiscard]] std::optional<std::string_view> CountryOf(
      std::span<const std::string_view> words) const;
  [[nodiscard]] std::string_view CountryName(std::string_view country) const {
    return CountryCell(country, "name");
  }
  /// The capital of a country.
  [[nodiscard]] Place Capital(std::string_view country) const;

 private:
  [[nodiscard]] static std::span<const std::uint32_t> Rows(const tables::NamedTable& source,
                                                           std::span<const std::string_view> words);

  [[nodiscard]] std::string_view CountryCell(std::string_view country,
                                             std::string_view column) const;
  [[nodiscard]] int Rank(std::string_view country) const;
  [[nodiscard]] std::optional<Located> Alias(std::span<const std::string_view> words) const;
  [[nodiscard]] std::optional<Located> City(std::span<const std::string_view> words,
                                            const Hints& hints) const;
  [[nodiscard]] std::optional<Place> Region(std::span<const std::string_view> words,
                                            const Hints& hints) const;
  [[nodiscard]] Place Country(std::string_view country) const;
  [[nodiscard]] Place Seat(std::string_view country, std::string_view city) const;
  [[nodiscard]] Place FromCity(std::uint32_t row) const;

  tables::Tables tables_;  ///< keeps the tables alive
  tables::NamedTable aliases_;
  tables::NamedTable countries_;
  tables::NamedTable cities_;
  tables::NamedTable regions_;
};

}  // namespace dateline::places
