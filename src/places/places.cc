// A place is a name that a table can locate: a country, its capital or a seat of its government, a
// city, a region. Whether it stands for itself or for a government is told by the words around it:
// a preposition of place, a verb of going or a noun of travel before it makes it literal ("in
// Moscow", "visited Moscow", "trip to Russia"); standing bare, as subject, possessor or beside
// another country, it is a metonym ("Moscow denied", "Beijing's proposals", "ties with Moscow").
#include "places/places.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "tables/folded_tokens.h"
#include "text/unicode.h"

namespace dateline::places {
namespace {

using names::Name;
using names::NameType;
using tables::Column;
using tables::FoldedTokens;
using tables::Table;

/// A table with the columns that are asked for.
struct Source {
  const Table* table = nullptr;
  std::map<std::string_view, Column, std::less<>> columns;

  [[nodiscard]] std::string_view Cell(std::uint32_t row, std::string_view column) const {
    return table->Cell(row, columns.find(column)->second);
  }
  [[nodiscard]] std::string_view CellOf(std::string_view key, std::string_view column) const {
    const std::array keys{key};
    const auto row = table->FindRow(keys);
    return row ? Cell(*row, column) : std::string_view();
  }
};

Result<Source> Open(const tables::Tables& tables, std::string_view name,
                    std::initializer_list<std::string_view> columns) {
  Source source;
  DATELINE_TRY(source.table, tables.Get(name));
  for (const std::string_view column : columns) {
    DATELINE_TRY(const Column found, source.table->GetColumn(column));
    source.columns.emplace(column, found);
  }
  return source;
}

std::optional<double> Number(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> Id(std::string_view cell) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::optional<std::string> Text(std::string_view cell) {
  if (cell.empty()) return std::nullopt;
  return std::string(cell);
}

}  // namespace

struct PlaceFinder::Impl {
  tables::Tables tables;
  Source aliases;
  Source countries;
  Source cities;
  Source regions;
  Source words;  ///< places/words: word, kind (locative, travel, direction)

  [[nodiscard]] bool Is(std::string_view word, std::string_view kind) const {
    const std::array key{word, kind};
    return words.table->FindRow(key).has_value();
  }
};

namespace {

class Reader {
 public:
  Reader(const PlaceFinder::Impl& know, const Story& story, const std::vector<Name>& names)
      : know_(know), story_(story), names_(names), folded_(story.text, story.tokens) {}

  std::vector<Place> Run() {
    for (const Name& name : names_) NoteCountry(name);
    std::vector<Place> places;
    for (const Name& name : names_) {
      if (name.type == NameType::kNorp || name.type == NameType::kPer) continue;
      std::optional<Place> place = Locate(name);
      if (!place) continue;
      place->span = {story_.tokens[Raw(name.first)].span.begin,
                     story_.tokens[Raw(name.last) - 1].span.end};
      place->literal = IsLiteral(name, places, place->country);
      places.push_back(std::move(*place));
    }
    return places;
  }

 private:
  [[nodiscard]] std::string_view Word(std::size_t i) const { return folded_[i]; }

  [[nodiscard]] std::size_t SentenceBegin(std::size_t i) const {
    while (i > 0 && story_.tokens[i - 1].sentence == story_.tokens[i].sentence) --i;
    return i;
  }

  [[nodiscard]] bool InSentence(std::size_t i, std::size_t with) const {
    return i < story_.tokens.size() && story_.tokens[i].sentence == story_.tokens[with].sentence;
  }

  template <typename Use>
  bool EachRow(const Source& source, const Name& name, const Use& use) const {
    const auto match = source.table->MatchPhrase(folded_, Raw(name.first), Raw(name.last));
    if (!match || match->length != Raw(name.last) - Raw(name.first)) return false;
    for (const std::uint32_t row : match->rows) use(row);
    return true;
  }

  /// Countries that the story speaks of; they decide between cities of one name.
  void NoteCountry(const Name& name) {
    EachRow(know_.aliases, name,
            [&](std::uint32_t row) { countries_.insert(know_.aliases.Cell(row, "country")); });
  }

  [[nodiscard]] std::optional<Place> Locate(const Name& name) const {
    if (auto place = Alias(name)) return place;
    if (auto place = City(name)) return place;
    return Region(name);
  }

  /// A country's name, its capital or a seat of its government.
  [[nodiscard]] std::optional<Place> Alias(const Name& name) const {
    std::optional<Place> best;
    bool best_seen = false;
    EachRow(know_.aliases, name, [&](std::uint32_t row) {
      const std::string_view kind = know_.aliases.Cell(row, "kind");
      if (kind == "adjective" || kind == "demonym") return;
      const std::string_view iso = know_.aliases.Cell(row, "country");
      const bool current = know_.countries.CellOf(iso, "valid_to").empty();
      const bool sovereign = know_.countries.CellOf(iso, "sovereign").empty();
      if (best && !(current && sovereign && !best_seen)) return;
      best = kind == "name" ? Country(iso) : Capital(iso, know_.aliases.Cell(row, "city"));
      best_seen = current && sovereign;
    });
    return best;
  }

  [[nodiscard]] Place Country(std::string_view iso) const {
    Place place;
    place.name = know_.countries.CellOf(iso, "name");
    place.country = std::string(iso);
    place.lat = Number(know_.countries.CellOf(iso, "lat"));
    place.lon = Number(know_.countries.CellOf(iso, "lon"));
    place.geonameid = Id(know_.countries.CellOf(iso, "geonameid"));
    return place;
  }

  /// The city in which a government sits.
  [[nodiscard]] Place Capital(std::string_view iso, std::string_view city) const {
    std::optional<Place> found;
    const auto phrase = tables::FoldPhrase(city);
    const std::vector<std::string_view> words(phrase.begin(), phrase.end());
    if (const auto match = know_.cities.table->MatchPhrase(words)) {
      double most = -1;
      for (const std::uint32_t row : match->rows) {
        const double population = Number(know_.cities.Cell(row, "population")).value_or(0);
        if (know_.cities.Cell(row, "country") != iso || population <= most) continue;
        most = population;
        found = FromCity(row);
      }
    }
    if (found) {
      found->name = city;
      return *found;
    }
    Place place = Country(iso);
    place.name = city;
    return place;
  }

  [[nodiscard]] Place FromCity(std::uint32_t row) const {
    Place place;
    place.name = know_.cities.Cell(row, "name");
    place.country = Text(know_.cities.Cell(row, "country"));
    place.admin1 = Text(know_.cities.Cell(row, "admin1"));
    place.lat = Number(know_.cities.Cell(row, "lat"));
    place.lon = Number(know_.cities.Cell(row, "lon"));
    place.geonameid = Id(know_.cities.Cell(row, "geonameid"));
    return place;
  }

  /// The city that the story most likely means: named with its region or country behind a comma,
  /// else in a country of the story, else the largest.
  [[nodiscard]] std::optional<Place> City(const Name& name) const {
    std::optional<Place> best;
    double best_score = -1;
    const std::string qualifier = Qualifier(name);
    EachRow(know_.cities, name, [&](std::uint32_t row) {
      double score = Number(know_.cities.Cell(row, "population")).value_or(0);
      const std::string_view iso = know_.cities.Cell(row, "country");
      if (countries_.contains(iso)) score += 1e8;
      if (!qualifier.empty() && (text::Fold(know_.cities.Cell(row, "admin1")) == qualifier ||
                                 text::Fold(know_.countries.CellOf(iso, "name")) == qualifier)) {
        score += 1e10;
      }
      if (score <= best_score) return;
      best_score = score;
      best = FromCity(row);
    });
    return best;
  }

  /// What stands behind "Paris, ": the folded name there.
  [[nodiscard]] std::string Qualifier(const Name& name) const {
    const std::size_t comma = Raw(name.last);
    if (!InSentence(comma + 1, Raw(name.first)) || Word(comma) != ",") return {};
    const auto next = std::ranges::find(names_, static_cast<TokenIndex>(comma + 1), &Name::first);
    if (next == names_.end()) return {};
    return text::Fold(MakeSpan(story_.tokens[Raw(next->first)].span.begin,
                               story_.tokens[Raw(next->last) - 1].span.end)
                          .of(story_.text));
  }

  [[nodiscard]] std::optional<Place> Region(const Name& name) const {
    std::optional<Place> found;
    EachRow(know_.regions, name, [&](std::uint32_t row) {
      if (found) return;
      found.emplace();
      found->name = know_.regions.Cell(row, "name");
      const auto countries = tables::Values(know_.regions.Cell(row, "countries"));
      if (countries.size() == 1) found->country = std::string(countries.front());
      found->lat = Number(know_.regions.Cell(row, "lat"));
      found->lon = Number(know_.regions.Cell(row, "lon"));
    });
    return found;
  }

  [[nodiscard]] bool IsLiteral(const Name& name, const std::vector<Place>& before,
                               const std::optional<std::string>& country) const {
    const std::size_t first = Raw(name.first);
    const std::size_t begin = SentenceBegin(first);
    // "Tbilisi, Georgia": the second goes with the first.
    if (first >= begin + 2 && Word(first - 1) == "," && !before.empty() && before.back().literal &&
        before.back().span.end == story_.tokens[first - 1].span.begin &&
        before.back().country == country) {
      return true;
    }
    std::size_t at = first;
    while (at > begin && (Word(at - 1) == "the" || know_.Is(Word(at - 1), "direction"))) --at;
    if (at == begin) return false;
    const std::string_view word = Word(at - 1);
    const std::size_t behind = Raw(name.last);
    const bool possessor =
        InSentence(behind, first) && (Word(behind) == "'s" || Word(behind) == "'");
    if (know_.Is(word, "locative")) return !possessor || word == "in" || word == "at";
    if (possessor) return false;
    if (know_.Is(word, "travel")) return true;  // "visited Moscow"
    if (word == "to" || word == "from" || word == "for" || word == "of")
      return TravelBefore(begin, at - 1);
    if (word == "and" || word == "," || word == "or") return JoinedToLiteral(before, at - 1);
    return false;
  }

  /// Whether a word of going or of a place's part ("trip", "flew", "capital") stands shortly
  /// before.
  [[nodiscard]] bool TravelBefore(std::size_t begin, std::size_t at) const {
    for (std::size_t back = 1; back <= 5 && at >= begin + back; ++back) {
      if (know_.Is(Word(at - back), "travel")) return true;
    }
    return false;
  }

  /// "in Moscow and Beijing".
  [[nodiscard]] bool JoinedToLiteral(const std::vector<Place>& before, std::size_t joint) const {
    return !before.empty() && before.back().literal && joint > 0 &&
           before.back().span.end == story_.tokens[joint - 1].span.end;
  }

  const PlaceFinder::Impl& know_;
  const Story& story_;
  const std::vector<Name>& names_;
  FoldedTokens folded_;
  std::set<std::string_view> countries_;
};

}  // namespace

Result<PlaceFinder> PlaceFinder::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  impl->tables = tables;
  DATELINE_TRY(impl->aliases, Open(tables, "actors/country_aliases", {"kind", "country", "city"}));
  DATELINE_TRY(impl->countries, Open(tables, "actors/countries",
                                     {"name", "lat", "lon", "geonameid", "valid_to", "sovereign"}));
  DATELINE_TRY(impl->cities,
               Open(tables, "places/cities",
                    {"geonameid", "name", "lat", "lon", "country", "admin1", "population"}));
  DATELINE_TRY(impl->regions, Open(tables, "places/regions", {"name", "lat", "lon", "countries"}));
  DATELINE_TRY(impl->words, Open(tables, "places/words", {}));
  PlaceFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Place> PlaceFinder::Find(const Story& story, const std::vector<Name>& names) const {
  return Reader(*impl_, story, names).Run();
}

}  // namespace dateline::places
