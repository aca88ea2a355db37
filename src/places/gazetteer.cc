// Four tables name places: what the news calls countries (actors/country_aliases), cities that
// people edit (places/cities), regions by hand (places/regions), and the gazetteer proper with the
// divisions and small towns of the world. A name's candidates are all rows of all tables; which of
// them is meant is not decided here.
#include "places/gazetteer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

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

bool IsMainName(std::string_view name, Words words) {
  const std::vector<std::string> phrase = tables::FoldPhrase(name);
  return std::ranges::equal(phrase, words);
}

Candidate At(const NamedTable& source, std::uint32_t row) {
  return {.name = source.Cell(row, "name"),
          .lat = Read<double>(source.Cell(row, "lat")),
          .lon = Read<double>(source.Cell(row, "lon"))};
}

}  // namespace

PlacePrecision PrecisionOf(Kind kind) {
  switch (kind) {
    case Kind::kCountry:
      return PlacePrecision::kCountry;
    case Kind::kAdmin1:
      return PlacePrecision::kAdmin1;
    case Kind::kAdmin2:
      return PlacePrecision::kAdmin2;
    case Kind::kCity:
      return PlacePrecision::kCity;
    case Kind::kFacility:
      return PlacePrecision::kPoint;
    case Kind::kRegion:
      break;
  }
  return PlacePrecision::kRegion;
}

Place MakePlace(const Candidate& candidate) {
  Place place;
  place.precision = PrecisionOf(candidate.kind);
  place.name = candidate.name;
  if (!candidate.country.empty()) place.country = candidate.country;
  if (!candidate.admin1.empty()) place.admin1 = candidate.admin1;
  place.lat = candidate.lat;
  place.lon = candidate.lon;
  place.geonameid = candidate.geonameid;
  return place;
}

std::optional<double> Distance(const Candidate& one, const Candidate& other) {
  if (!one.lat || !one.lon || !other.lat || !other.lon) return std::nullopt;
  constexpr double kRadians = std::numbers::pi / 180;
  constexpr double kEarthDiameter = 2 * 6371.0;
  const double rise = std::sin((*other.lat - *one.lat) * kRadians / 2);
  const double turn = std::sin((*other.lon - *one.lon) * kRadians / 2);
  const double sum = (rise * rise) + (std::cos(*one.lat * kRadians) *
                                      std::cos(*other.lat * kRadians) * turn * turn);
  return kEarthDiameter * std::asin(std::min(1.0, std::sqrt(sum)));
}

Result<Gazetteer> Gazetteer::Load(const tables::Tables& tables, const tables::Tables& towns) {
  Gazetteer gazetteer;
  gazetteer.tables_ = tables;
  gazetteer.towns_tables_ = towns;
  DATELINE_TRY(gazetteer.aliases_,
               NamedTable::Open(tables, "actors/country_aliases", {"kind", "country", "city"}));
  DATELINE_TRY(gazetteer.countries_, NamedTable::Open(tables, "actors/countries",
                                                      {"iso3", "name", "capital", "lat", "lon",
                                                       "geonameid", "valid_to", "sovereign"}));
  DATELINE_TRY(gazetteer.cities_, NamedTable::Open(tables, "places/cities",
                                                   {"geonameid", "name", "lat", "lon", "country",
                                                    "admin1", "population"}));
  DATELINE_TRY(gazetteer.towns_, NamedTable::Open(towns, "places/gazetteer",
                                                  {"geonameid", "kind", "name", "lat", "lon",
                                                   "country", "admin1", "population"}));
  DATELINE_TRY(gazetteer.regions_, NamedTable::Open(tables, "places/regions",
                                                    {"name", "kind", "lat", "lon", "countries"}));
  DATELINE_TRY(gazetteer.shorts_, NamedTable::Open(tables, "places/abbreviations",
                                                   {"short", "use", "kind", "name", "country"}));
  for (std::uint32_t row = 0; row < gazetteer.shorts_.table->row_count(); ++row) {
    const std::vector<std::string> phrase =
        tables::FoldPhrase(gazetteer.shorts_.Cell(row, "short"));
    gazetteer.short_rows_.emplace(ShortKey(Views(phrase)), row);
  }
  return gazetteer;
}

/// The rows that the words name, all of them.
std::span<const std::uint32_t> Gazetteer::Rows(const NamedTable& source, Words words) {
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

std::vector<Candidate> Gazetteer::Find(Words words, ShortNames shorts) const {
  std::vector<Candidate> found;
  if (words.empty()) return found;
  AddCountry(words, found);
  AddTowns(words, found);
  AddShort(words, shorts, found);
  AddCities(words, found);
  AddSeats(words, found);
  AddRegions(words, found);
  return found;
}

bool Gazetteer::Knows(Words words) const {
  if (words.empty()) return false;
  if (!Rows(towns_, words).empty() || !Rows(cities_, words).empty() ||
      !Rows(regions_, words).empty())
    return true;
  const bool alias = std::ranges::any_of(Rows(aliases_, words), [&](std::uint32_t row) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    return kind != "adjective" && kind != "demonym" && kind != "people";
  });
  if (!alias && !short_rows_.contains(ShortKey(words))) return false;
  return !Find(words, ShortNames::kFree).empty();
}

// ---- countries

void Gazetteer::AddCountry(Words words, std::vector<Candidate>& found) const {
  std::optional<std::string_view> best;
  for (const std::uint32_t row : Rows(aliases_, words)) {
    if (aliases_.Cell(row, "kind") != "name") continue;
    const std::string_view country = aliases_.Cell(row, "country");
    if (!best || Rank(country) > Rank(*best)) best = country;
  }
  if (best) found.push_back(Country(*best));
}

Candidate Gazetteer::Country(std::string_view country) const {
  const std::array key{country};
  const auto row = countries_.table->FindRow(key);
  if (!row) return {.kind = Kind::kCountry, .sense = Sense::kCountry};
  Candidate candidate = At(countries_, *row);
  candidate.kind = Kind::kCountry;
  candidate.sense = Sense::kCountry;
  candidate.country = countries_.Cell(*row, "iso3");
  candidate.geonameid = Read<std::uint32_t>(countries_.Cell(*row, "geonameid"));
  candidate.main_name = true;
  return candidate;
}

std::optional<Candidate> Gazetteer::FindAdjective(Words words) const {
  std::optional<std::string_view> best;
  for (const std::uint32_t row : Rows(aliases_, words)) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    if (kind != "adjective" && kind != "demonym") continue;
    const std::string_view country = aliases_.Cell(row, "country");
    if (!best || Rank(country) > Rank(*best)) best = country;
  }
  if (!best) return std::nullopt;
  return Country(*best);
}

std::optional<std::string_view> Gazetteer::CountryOf(Words words) const {
  std::optional<std::string_view> best;
  for (const std::uint32_t row : Rows(aliases_, words)) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    const std::string_view country = aliases_.Cell(row, "country");
    if (kind == "capital" || kind == "seat" || kind == "people") continue;
    if (!best || Rank(country) > Rank(*best)) best = country;
  }
  return best;
}

// ---- capitals and seats

Candidate Gazetteer::Capital(std::string_view country) const {
  return Seat(country, CountryCell(country, "capital"));
}

/// The city in which a government sits; the country where no table has the city.
Candidate Gazetteer::Seat(std::string_view country, std::string_view city) const {
  auto found = CityIn(city, {.country = country, .admin1 = {}});
  Candidate seat = found ? *found : Country(country);
  seat.sense = Sense::kGovernment;
  seat.name = city;
  return seat;
}

/// A capital among the candidates is marked as the seat of a government; a seat that is no city
/// ("the Kremlin") is added. A town that was the capital once, or of a state of the past, is a town
/// like others.
void Gazetteer::AddSeats(Words words, std::vector<Candidate>& found) const {
  for (const std::uint32_t row : Rows(aliases_, words)) {
    const std::string_view kind = aliases_.Cell(row, "kind");
    if (kind != "capital" && kind != "seat") continue;
    const std::string_view country = aliases_.Cell(row, "country");
    if (!CountryCell(country, "valid_to").empty()) continue;
    const Candidate now = Capital(country);
    const Candidate seat = Seat(country, aliases_.Cell(row, "city"));
    const auto known = std::ranges::find_if(found, [&](const Candidate& c) {
      return c.kind == Kind::kCity && c.geonameid && c.geonameid == seat.geonameid;
    });
    const auto town = std::ranges::find_if(found, [&](const Candidate& c) {
      return c.kind == Kind::kCity && c.country == country && c.population >= 100000;
    });
    if (known != found.end()) {
      if (kind != "seat" && seat.geonameid != now.geonameid) continue;
      known->sense = Sense::kGovernment;
      known->name = seat.name;
    } else if (kind == "seat" || town == found.end()) {
      found.push_back(seat);
      found.back().main_name = true;
    }
  }
}

// ---- cities

Candidate Gazetteer::FromCity(std::uint32_t row) const {
  Candidate candidate = At(cities_, row);
  candidate.country = cities_.Cell(row, "country");
  candidate.admin1 = cities_.Cell(row, "admin1");
  candidate.population = Read<double>(cities_.Cell(row, "population")).value_or(0);
  candidate.geonameid = Read<std::uint32_t>(cities_.Cell(row, "geonameid"));
  return candidate;
}

Candidate Gazetteer::FromTown(std::uint32_t row) const {
  Candidate candidate = At(towns_, row);
  const std::string_view kind = towns_.Cell(row, "kind");
  if (kind != "city") candidate.kind = kind == "admin1" ? Kind::kAdmin1 : Kind::kAdmin2;
  candidate.country = towns_.Cell(row, "country");
  candidate.admin1 = towns_.Cell(row, "admin1");
  candidate.population = Read<double>(towns_.Cell(row, "population")).value_or(0);
  candidate.geonameid = Read<std::uint32_t>(towns_.Cell(row, "geonameid"));
  return candidate;
}

void Gazetteer::AddCities(Words words, std::vector<Candidate>& found) const {
  for (const std::uint32_t row : Rows(cities_, words)) {
    found.push_back(FromCity(row));
    found.back().main_name = IsMainName(found.back().name, words);
  }
}

std::optional<Candidate> Gazetteer::CityIn(std::string_view city, const Area& area) const {
  const std::vector<std::string> phrase = tables::FoldPhrase(city);
  const std::vector<std::string_view> words = Views(phrase);
  std::vector<Candidate> found;
  AddCities(words, found);
  AddTowns(words, found);
  std::optional<Candidate> best;
  for (const Candidate& candidate : found) {
    if (candidate.kind != Kind::kCity || candidate.country != area.country) continue;
    if (!area.admin1.empty() && candidate.admin1 != area.admin1) continue;
    if (!best || candidate.population > best->population) best = candidate;
  }
  return best;
}

// ---- divisions and small towns

void Gazetteer::AddTowns(Words words, std::vector<Candidate>& found) const {
  for (const std::uint32_t row : Rows(towns_, words)) {
    found.push_back(FromTown(row));
    found.back().main_name = IsMainName(found.back().name, words);
  }
}

std::optional<Candidate> Gazetteer::Admin1(std::string_view name, std::string_view country) const {
  const std::vector<std::string> phrase = tables::FoldPhrase(name);
  for (const std::uint32_t row : Rows(towns_, Views(phrase))) {
    if (towns_.Cell(row, "kind") == "admin1" && towns_.Cell(row, "country") == country)
      return FromTown(row);
  }
  return std::nullopt;
}

/// "W. Va." and "W.Va" alike: letters and digits.
std::string Gazetteer::ShortKey(Words words) {
  std::string key;
  for (const std::string_view word : words) {
    for (const char c : word) {
      if (c != '.') key += c;
    }
  }
  return key;
}

void Gazetteer::AddShort(Words words, ShortNames shorts, std::vector<Candidate>& found) const {
  constexpr std::size_t kLongest = 4;
  if (shorts == ShortNames::kNone || words.size() > kLongest) return;
  const auto [begin, end] = short_rows_.equal_range(ShortKey(words));
  for (auto entry = begin; entry != end; ++entry) {
    const std::uint32_t row = entry->second;
    if (shorts == ShortNames::kFree && shorts_.Cell(row, "use") == "behind") continue;
    const std::string_view name = shorts_.Cell(row, "name");
    const std::string_view country = shorts_.Cell(row, "country");
    auto place = shorts_.Cell(row, "kind") == "city"
                     ? CityIn(name, {.country = country, .admin1 = {}})
                     : Admin1(name, country);
    if (!place) continue;
    place->main_name = true;
    found.push_back(*place);
  }
}

std::vector<Area> Gazetteer::Areas(Words words) const {
  std::vector<Candidate> found;
  AddCountry(words, found);
  AddTowns(words, found);
  AddShort(words, ShortNames::kAll, found);
  std::vector<Area> areas;
  for (const Candidate& candidate : found) {
    const bool whole = candidate.kind == Kind::kCountry;
    if (!whole && candidate.kind != Kind::kAdmin1) continue;
    areas.push_back({candidate.country, whole ? std::string_view{} : candidate.admin1});
  }
  return areas;
}

// ---- regions

void Gazetteer::AddRegions(Words words, std::vector<Candidate>& found) const {
  for (const std::uint32_t row : Rows(regions_, words)) {
    const std::string_view kind = regions_.Cell(row, "kind");
    const bool division = kind == "admin1";
    const std::string_view countries = regions_.Cell(row, "countries");
    const bool known = std::ranges::any_of(found, [&](const Candidate& c) {
      return division && c.kind == Kind::kAdmin1 && c.country == countries;
    });
    if (known) continue;
    Candidate candidate = At(regions_, row);
    candidate.kind = division             ? Kind::kAdmin1
                     : kind == "facility" ? Kind::kFacility
                                          : Kind::kRegion;
    if (tables::Values(countries).size() == 1) candidate.country = countries;
    if (division) candidate.admin1 = candidate.name;
    candidate.main_name = true;
    found.push_back(candidate);
  }
}

}  // namespace dateline::places
