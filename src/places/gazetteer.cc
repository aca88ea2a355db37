#include "places/gazetteer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/unicode.h"

namespace dateline::places {
namespace {

using tables::NamedTable;

template <typename Number>
std::optional<Number> Read(std::string_view cell) {
  Number value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::optional<std::string> Text(std::string_view cell) {
  if (cell.empty()) return std::nullopt;
  return std::string(cell);
}

std::vector<std::string_view> Views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

}  // namespace

Result<Gazetteer> Gazetteer::Load(const tables::Tables& tables) {
  Gazetteer gazetteer;
  gazetteer.tables_ = tables;
  DATELINE_TRY(gazetteer.aliases_,
               NamedTable::Open(tables, "actors/country_aliases", {"kind", "country", "city"}));
  DATELINE_TRY(gazetteer.countries_, NamedTable::Open(tables, "actors/countries",
                                                      {"name", "capital", "lat", "lon", "geonameid",
                                                       "valid_to", "sovereign"}));
  DATELINE_TRY(gazetteer.cities_, NamedTable::Open(tables, "places/cities",
                                                   {"geonameid", "name", "lat", "lon", "country",
                                                    "admin1", "population"}));
  DATELINE_TRY(gazetteer.regions_,
               NamedTable::Open(tables, "places/regions", {"name", "lat", "lon", "countries"}));
  return gazetteer;
}

/// The rows that the words name, all of them.
std::span<const std::uint32_t> Gazetteer::Rows(const NamedTable& source,
                                               std::span<const std::string_view> words) {
  const auto match = source.table->MatchPhrase(words);
  if (!match || match->length != words.size()) return {};
  return match->rows;
}

std::string_view Gazetteer::CountryCell(std::string_view country, std::string_view column) const {
  const std::array key{country};
  const auto row = countries_.table->FindRow(key);
  return row ? countries_.Cell(*row, column) : std::string_view{};
}

/// States of today before those of the past, sovereign ones before territories.
int Gazetteer::Rank(std::string_view country) const {
  return (CountryCell(country, "valid_to").empty() ? 2 : 0) +
         (CountryCell(country, "sovereign").empty() ? 1 : 0);
}

std::optional<Located> Gazetteer::Find(std::span<const std::string_view> words, const Hints& hints,
                                       bool settled) const {
  if (words.empty()) return std::nullopt;
  auto alias = Alias(words);
  // "Paris, Texas" is no capital.
  if (alias && (alias->sense == Sense::kCountry || hints.qualifier.empty() || !settled))
    return alias;
  if (!settled) return std::nullopt;
  if (auto city = City(words, hints)) {
    const bool same = alias && alias->place.country == city->place.country;
    return same ? alias : std::move(city);
  }
  if (alias) return alias;
  if (auto region = Region(words, hints)) return Located{.place = std::move(*region)};
  return std::nullopt;
}

std::optional<std::string_view> Gazetteer::CountryOf(
    std::span<const std::string_view> words) const {
  std::optional<std::string_view> best;
  int best_rank = -1;
  for (const std::uint32_t row : Rows(aliases_, words)) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    const std::string_view country = aliases_.Cell(row, "country");
    if (kind == "capital" || kind == "seat" || Rank(country) <= best_rank) continue;
    best = country;
    best_rank = Rank(country);
  }
  return best;
}

Place Gazetteer::Capital(std::string_view country) const {
  return Seat(country, CountryCell(country, "capital"));
}

std::optional<Located> Gazetteer::Alias(std::span<const std::string_view> words) const {
  std::optional<std::uint32_t> best;
  int best_rank = -1;
  for (const std::uint32_t row : Rows(aliases_, words)) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    if (kind == "adjective" || kind == "demonym") continue;
    const int rank = Rank(aliases_.Cell(row, "country"));
    if (rank <= best_rank) continue;
    best = row;
    best_rank = rank;
  }
  if (!best) return std::nullopt;
  const std::string_view country = aliases_.Cell(*best, "country");
  const std::string_view kind = aliases_.Cell(*best, "kind");
  if (kind == "name") return Located{.place = Country(country), .sense = Sense::kCountry};
  if (kind == "seat")
    return Located{.place = Seat(country, aliases_.Cell(*best, "city")),
                   .sense = Sense::kGovernment};
  // A town that is the capital no longer is a town like others.
  const std::string_view capital = CountryCell(country, "capital");
  const std::vector<std::string> phrase = tables::FoldPhrase(capital);
  const bool now = std::ranges::equal(phrase, words);
  const std::set<std::string_view> own{country};
  auto city = City(words, {.qualifier = {}, .countries = &own});
  if (city && city->place.country != country) city.reset();
  if (now || !city)
    return Located{.place = Seat(country, aliases_.Cell(*best, "city")),
                   .sense = Sense::kGovernment};
  const bool seat = city->place.geonameid == Seat(country, capital).geonameid;
  return Located{.place = std::move(city->place),
                 .sense = seat ? Sense::kGovernment : Sense::kPlace};
}

Place Gazetteer::Country(std::string_view country) const {
  Place place;
  place.name = CountryCell(country, "name");
  place.country = std::string(country);
  place.lat = Read<double>(CountryCell(country, "lat"));
  place.lon = Read<double>(CountryCell(country, "lon"));
  place.geonameid = Read<std::uint32_t>(CountryCell(country, "geonameid"));
  return place;
}

/// The city in which a government sits; the country where no table has the city.
Place Gazetteer::Seat(std::string_view country, std::string_view city) const {
  const std::vector<std::string> phrase = tables::FoldPhrase(city);
  const std::set<std::string_view> own{country};
  auto found = City(Views(phrase), {.qualifier = {}, .countries = &own});
  Place place =
      found && found->place.country == country ? std::move(found->place) : Country(country);
  place.name = city;
  return place;
}

Place Gazetteer::FromCity(std::uint32_t row) const {
  Place place;
  place.name = cities_.Cell(row, "name");
  place.country = Text(cities_.Cell(row, "country"));
  place.admin1 = Text(cities_.Cell(row, "admin1"));
  place.lat = Read<double>(cities_.Cell(row, "lat"));
  place.lon = Read<double>(cities_.Cell(row, "lon"));
  place.geonameid = Read<std::uint32_t>(cities_.Cell(row, "geonameid"));
  return place;
}

/// The city that the story most likely means: in the region or country named behind a comma, else
/// in a country of the story, else the largest.
std::optional<Located> Gazetteer::City(std::span<const std::string_view> words,
                                       const Hints& hints) const {
  constexpr double kSpoken = 1e8;
  constexpr double kQualified = 1e10;
  std::optional<std::uint32_t> best;
  double best_score = -1;
  for (const std::uint32_t row : Rows(cities_, words)) {
    double score = Read<double>(cities_.Cell(row, "population")).value_or(0);
    const std::string_view country = cities_.Cell(row, "country");
    if (hints.countries != nullptr && hints.countries->contains(country)) score += kSpoken;
    if (!hints.qualifier.empty() && (text::Fold(cities_.Cell(row, "admin1")) == hints.qualifier ||
                                     text::Fold(CountryCell(country, "name")) == hints.qualifier)) {
      score += kQualified;
    }
    if (score <= best_score) continue;
    best_score = score;
    best = row;
  }
  if (!best) return std::nullopt;
  constexpr double kLarge = 500000;
  const bool large = best_score >= kQualified ||
                     Read<double>(cities_.Cell(*best, "population")).value_or(0) >= kLarge;
  return Located{.place = FromCity(*best), .sense = Sense::kPlace, .large = large};
}

std::optional<Place> Gazetteer::Region(std::span<const std::string_view> words,
                                       const Hints& hints) const {
  std::optional<std::uint32_t> best;
  for (const std::uint32_t row : Rows(regions_, words)) {
    const std::string_view country = regions_.Cell(row, "countries");
    const bool spoken = hints.countries != nullptr && hints.countries->contains(country);
    if (!best || spoken) best = row;
  }
  if (!best) return std::nullopt;
  Place place;
  place.name = regions_.Cell(*best, "name");
  const auto countries = tables::Values(regions_.Cell(*best, "countries"));
  if (countries.size() == 1) place.country = std::string(countries.front());
  place.lat = Read<double>(regions_.Cell(*best, "lat"));
  place.lon = Read<double>(regions_.Cell(*best, "lon"));
  return place;
}

}  // namespace dateline::places
