#include "actors/world.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

namespace dateline::actors {
namespace {

using tables::NamedTable;

constexpr std::array<std::string_view, 2> kOfficeTables{"actors/leaders", "actors/office_holders"};
constexpr std::string_view kElite = "ELI";

struct NamedKind {
  std::string_view name;
  WordKind kind;
};
constexpr std::array<NamedKind, 26> kKinds{{
    {"he", WordKind::kHe},
    {"she", WordKind::kShe},
    {"it", WordKind::kIt},
    {"time", WordKind::kTime},
    {"time-behind", WordKind::kTimeBehind},
    {"abroad", WordKind::kAbroad},
    {"match", WordKind::kMatch},
    {"score-word", WordKind::kScoreWord},
    {"ballot", WordKind::kBallot},
    {"vessel", WordKind::kVessel},
    {"work", WordKind::kWork},
    {"business", WordKind::kBusiness},
    {"band", WordKind::kBand},
    {"event", WordKind::kEvent},
    {"union-seat", WordKind::kUnionSeat},
    {"diplomat", WordKind::kDiplomat},
    {"towards", WordKind::kTowards},
    {"world-seat", WordKind::kWorldSeat},
    {"calls-on", WordKind::kCallsOn},
    {"preposition", WordKind::kPreposition},
    {"family-first", WordKind::kFamilyFirst},
    {"state-body", WordKind::kStateBody},
    {"speech", WordKind::kSpeech},
    {"land", WordKind::kLand},
    {"male", WordKind::kMale},
    {"female", WordKind::kFemale},
}};

AliasKind KindOf(std::string_view cell) {
  if (cell == "name") return AliasKind::kName;
  if (cell == "capital") return AliasKind::kCapital;
  return cell == "seat" ? AliasKind::kSeat : AliasKind::kAdjective;
}

/// The day of the story as FormatDate writes it; empty when it has none.
std::string DayOf(const Story& story) {
  const Article& article = story.article;
  if (article.date_published) return FormatDate(article.date_published->date);
  return article.date_modified ? FormatDate(article.date_modified->date) : std::string();
}

/// One row of an office table, and how well it answers.
struct Candidate {
  const NamedTable* table = nullptr;
  std::uint32_t row = 0;
  Standing standing = Standing::kAfter;
  bool spoken = false;
  bool titled = false;

  [[nodiscard]] std::string_view Cell(std::string_view column) const {
    return table->Cell(row, column);
  }
  /// A term that holds, then a country spoken of, then the title told, then the past before the
  /// future, the past that ended later and the nearer future.
  [[nodiscard]] bool Beats(const Candidate& other) const {
    const auto rank = [](const Candidate& c) {
      return (c.standing == Standing::kHolds ? 8 : 0) + (c.spoken ? 4 : 0) + (c.titled ? 2 : 0) +
             (c.standing == Standing::kAfter ? 1 : 0);
    };
    if (rank(*this) != rank(other)) return rank(*this) > rank(other);
    const bool past = standing != Standing::kBefore;
    const std::string_view day = standing == Standing::kAfter ? "to" : "from";
    const std::string_view mine = Cell(day);
    const std::string_view theirs = other.Cell(day);
    return past ? mine > theirs : mine < theirs;
  }
};

int YearOf(std::string_view date) {
  int year = 0;
  const std::string_view digits = date.substr(0, 4);
  std::from_chars(digits.begin(), digits.end(), year);
  return year;
}

/// Whether the term lies within ten years of the day; without a day it does.
bool IsNear(std::string_view day, std::string_view from, std::string_view to) {
  constexpr int kYears = 10;
  if (day.empty()) return true;
  const int year = YearOf(day);
  return YearOf(from) <= year + kYears && (to.empty() || YearOf(to) >= year - kYears);
}

/// "John F. Kerry" is John Kerry.
std::vector<std::string_view> WithoutInitials(std::span<const std::string_view> words) {
  std::vector<std::string_view> kept{words.front()};
  for (const std::string_view word : words.subspan(1)) {
    const bool initial = word == "." || word.size() == 1 || (word.size() == 2 && word[1] == '.');
    if (!initial) kept.push_back(word);
  }
  return kept;
}

bool IsTitled(std::string_view title, std::span<const std::string> titles) {
  const auto words = tables::FoldPhrase(title);
  return !words.empty() && std::ranges::find(titles, words.back()) != titles.end();
}

}  // namespace

Result<void> World::AddKinds(const tables::Tables& tables) {
  DATELINE_TRY(const NamedTable words, NamedTable::Open(tables, "actors/words", {"word", "kind"}));
  for (std::uint32_t row = 0; row < words.table->row_count(); ++row) {
    const auto kind = std::ranges::find(kKinds, words.Cell(row, "kind"), &NamedKind::name);
    if (kind == kKinds.end()) continue;
    kinds_[std::string(words.Cell(row, "word"))] |= static_cast<std::uint32_t>(kind->kind);
  }
  return {};
}

Result<World> World::Load(const tables::Tables& tables) {
  World world;
  world.tables_ = tables;
  DATELINE_TRY(world.aliases_,
               NamedTable::Open(tables, "actors/country_aliases", {"kind", "country"}));
  DATELINE_TRY(world.countries_,
               NamedTable::Open(tables, "actors/countries",
                                {"name", "cameo", "valid_from", "valid_to", "sovereign"}));
  if (auto added = world.AddKinds(tables); !added) return std::unexpected(added.error());
  for (std::size_t i = 0; i < kOfficeTables.size(); ++i) {
    DATELINE_TRY(world.offices_[i],
                 NamedTable::Open(tables, kOfficeTables[i],
                                  {"name", "variants", "country", "actor", "from", "to", "title"}));
    world.IndexSurnames(i);
    world.AddPeople(i);
  }
  DATELINE_TRY(world.sole_names_, NamedTable::Open(tables, "actors/sole_names", {"name"}));
  world.people_.Settle();
  DATELINE_TRY(world.national_, NamedTable::Open(tables, "actors/national", {"country"}));
  DATELINE_TRY(world.regions_, NamedTable::Open(tables, "places/regions", {"kind", "countries"}));
  DATELINE_TRY(world.islands_, NamedTable::Open(tables, "actors/islands", {}));
  DATELINE_TRY(world.shared_, NamedTable::Open(tables, "actors/shared", {}));
  DATELINE_TRY(world.organizations_, NamedTable::Open(tables, "actors/organizations",
                                                      {"name", "kind", "country", "actor"}));
  DATELINE_TRY(world.roles_,
               NamedTable::Open(tables, "actors/roles", {"role", "plural", "kind", "actor"}));
  DATELINE_TRY(world.given_names_, NamedTable::Open(tables, "coreference/words", {}));
  DATELINE_TRY(world.body_words_, NamedTable::Open(tables, "actors/organization_words", {"actor"}));
  DATELINE_TRY(world.cities_, NamedTable::Open(tables, "places/cities", {"country", "population"}));
  return world;
}

std::string_view World::CountryCell(std::string_view country, std::string_view column) const {
  const std::array key{country};
  const auto row = countries_.table->FindRow(key);
  return row ? countries_.Cell(*row, column) : std::string_view{};
}

bool World::Exists(std::string_view country, std::string_view day) const {
  const auto [from, to] = TermOf(country);
  return StandingOn(day, from, to) == Standing::kHolds;
}
std::pair<std::string_view, std::string_view> World::TermOf(std::string_view country) const {
  return {CountryCell(country, "valid_from"), CountryCell(country, "valid_to")};
}
bool World::Sovereign(std::string_view country) const {
  return CountryCell(country, "sovereign").empty();
}
std::string_view World::NameOf(std::string_view country) const {
  return CountryCell(country, "name");
}

std::string World::CameoOf(std::string_view country) const {
  const std::string_view cameo = CountryCell(country, "cameo");
  return std::string(cameo.empty() ? country : cameo);
}

bool World::IsGivenName(std::string_view folded, std::string_view kind) const {
  const std::array key{folded, kind};
  return given_names_.table->FindRow(key).has_value();
}

bool World::FamilyFirst(std::string_view country) const {
  return Is(country, WordKind::kFamilyFirst);
}

std::string_view World::CodeOfWord(std::string_view folded) const {
  const std::array key{folded};
  const auto row = body_words_.table->FindRow(key);
  return row ? body_words_.Cell(*row, "actor") : std::string_view{};
}

int World::RankOf(std::string_view country, std::string_view day) const {
  // Of states that exist on the day, one that has ended since is meant: Moscow in 1985.
  const int existing = IsHistoric(country) ? 8 : 4;
  return (Exists(country, day) ? existing : 0) + (Sovereign(country) ? 2 : 0);
}

std::optional<Alias> World::AliasAt(const names::Reading& reading, std::uint32_t at,
                                    std::uint32_t end) const {
  if (!reading[at].capital) return std::nullopt;
  auto match = aliases_.table->MatchPhrase(reading.folded(), at, end);
  if (!match && reading.Folded(at).starts_with("ex-")) {  // "ex-Soviet"
    const std::array word{reading.Folded(at).substr(3)};
    match = aliases_.table->MatchPhrase(word);
  }
  if (!match) return std::nullopt;
  std::optional<Alias> best;
  int best_rank = -1;
  const std::string day = match->rows.size() > 1 ? DayOf(reading.story()) : std::string();
  for (const std::uint32_t row : match->rows) {
    const std::string_view country = aliases_.Cell(row, "country");
    const std::string_view kind = aliases_.Cell(row, "kind");
    const bool minority = kind == "people" && match->rows.size() > 1;
    if (minority && !IsNamedMost(reading, country, match->rows)) continue;
    const int rank = RankOf(country, day) + (minority ? 16 : 0);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = Alias{.kind = KindOf(kind),
                 .country = country,
                 .length = match->length,
                 .people = (kind == "demonym" || kind == "people") &&
                           reading.Folded(at + match->length - 1).ends_with('s'),
                 .part = kind == "people"};
  }
  if (best && reading.Folded(at) == "us" && !reading[at].upper) return std::nullopt;
  return best;
}

bool World::IsNamedMost(const names::Reading& reading, std::string_view country,
                        std::span<const std::uint32_t> rows) const {
  std::map<std::string_view, int> named;
  for (std::uint32_t at = 0; at < reading.size(); ++at) {
    const auto match = reading[at].capital
                           ? aliases_.table->MatchPhrase(reading.folded(), at, reading.size())
                           : std::nullopt;
    if (!match) continue;
    const std::string_view kind = aliases_.Cell(match->rows.front(), "kind");
    if (kind == "name" || kind == "capital") ++named[aliases_.Cell(match->rows.front(), "country")];
  }
  return std::ranges::all_of(rows, [&](std::uint32_t row) {
    const std::string_view other = aliases_.Cell(row, "country");
    return other == country || named[other] < named[country];
  });
}

std::optional<Alias> World::AliasBefore(const names::Reading& reading, std::uint32_t first,
                                        std::uint32_t last) const {
  constexpr std::uint32_t kLongest = 5;
  for (std::uint32_t length = std::min(kLongest, last + 1 - first); length > 0; --length) {
    const std::uint32_t at = last + 1 - length;
    const auto alias = AliasAt(reading, at, last + 1);
    if (alias && alias->length == length) return alias;
  }
  return std::nullopt;
}

std::string World::CodeOnDay(std::string_view country, std::string_view actor,
                             Standing standing) const {
  if (standing == Standing::kHolds) return std::string(actor);
  if (NameOf(country).empty())
    return {};  // an organisation's: the table does not tell of whose land
  return CameoOf(country) + std::string(standing == Standing::kAfter ? kElite : "");
}

std::optional<Office> World::OfficeOf(std::string_view name, std::optional<Date> date,
                                      std::span<const std::string_view> countries,
                                      std::span<const std::string> titles) const {
  const auto phrase = tables::FoldPhrase(name);
  const std::vector<std::string_view> words(phrase.begin(), phrase.end());
  auto office = OfficeOfWords(words, date, countries, titles);
  if (office || words.size() < 3) return office;
  return OfficeOfWords(WithoutInitials(words), date, countries, titles);
}

std::optional<Office> World::OfficeOfWords(std::span<const std::string_view> words,
                                           std::optional<Date> date,
                                           std::span<const std::string_view> countries,
                                           std::span<const std::string> titles) const {
  const std::string day = date ? FormatDate(*date) : std::string();
  std::optional<Candidate> best;
  for (const NamedTable& table : offices_) {
    const auto match = table.table->MatchPhrase(words);
    if (!match || match->length != words.size()) continue;
    for (const std::uint32_t row : match->rows) {
      const std::string_view country = table.Cell(row, "country");
      const std::string_view from = table.Cell(row, "from");
      const std::string_view to = table.Cell(row, "to");
      const Candidate found{.table = &table,
                            .row = row,
                            .standing = StandingOn(day, from, to),
                            .spoken = std::ranges::find(countries, country) != countries.end(),
                            .titled = IsTitled(table.Cell(row, "title"), titles)};
      const bool held = found.spoken && found.standing == Standing::kHolds;
      const bool called = found.titled && IsNear(day, from, to);
      if (words.size() == 1 && !held && !called) continue;
      if (!best || found.Beats(*best)) best = found;
    }
  }
  if (!best) return std::nullopt;
  const std::string_view country = best->Cell("country");
  const Standing standing = day.empty() ? Standing::kHolds : best->standing;
  return Office{.name = best->Cell("name"),
                .known_as = people_.KnownAs(country, best->Cell("name")),
                .country = country,
                .actor = CodeOnDay(country, best->Cell("actor"), standing),
                .title = best->Cell("title")};
}

void World::AddPeople(std::size_t table) {
  const NamedTable& offices = offices_.at(table);
  for (std::uint32_t row = 0; row < offices.table->row_count(); ++row) {
    people_.Add(offices.Cell(row, "country"), offices.Cell(row, "name"),
                offices.Cell(row, "variants"));
  }
}

void World::IndexSurnames(std::size_t table) {
  const NamedTable& offices = offices_.at(table);
  for (std::uint32_t row = 0; row < offices.table->row_count(); ++row) {
    const std::string_view name = offices.Cell(row, "name");
    const std::size_t first = name.find(' ');
    if (first == std::string_view::npos) continue;
    const std::string_view surname = FamilyFirst(offices.Cell(row, "country"))
                                         ? name.substr(0, first)
                                         : name.substr(name.rfind(' ') + 1);
    surnames_[tables::FoldPhraseToken(surname)].push_back({.table = table, .row = row});
  }
}

std::optional<Office> World::LeaderOf(const std::string& surname, std::optional<Date> date) const {
  const auto found = surnames_.find(surname);
  if (found == surnames_.end() || !date) return std::nullopt;
  const std::string day = FormatDate(*date);
  std::optional<Holder> leader;
  std::string_view name;  // as the tables know them
  for (const Holder& holder : found->second) {
    const NamedTable& table = offices_.at(holder.table);
    if (StandingOn(day, table.Cell(holder.row, "from"), table.Cell(holder.row, "to")) !=
        Standing::kHolds)
      continue;
    const std::string_view own =
        people_.KnownAs(table.Cell(holder.row, "country"), table.Cell(holder.row, "name"));
    if (!name.empty() && name != own) return std::nullopt;
    name = own;
    const bool state = Sovereign(table.Cell(holder.row, "country"));
    if (holder.table == 0 && state && !leader) leader = holder;
  }
  if (!leader) return std::nullopt;
  return OfficeAt(offices_.at(leader->table), leader->row);
}

Office World::OfficeAt(const NamedTable& table, std::uint32_t row) const {
  const std::string_view name = table.Cell(row, "name");
  const std::string_view country = table.Cell(row, "country");
  return {.name = name,
          .known_as = people_.KnownAs(country, name),
          .country = country,
          .actor = std::string(table.Cell(row, "actor")),
          .title = table.Cell(row, "title")};
}

std::optional<Office> World::HeldBy(std::string_view name, const std::string& day) const {
  const auto folded = tables::FoldPhrase(name);
  const std::vector<std::string_view> phrase(folded.begin(), folded.end());
  for (const NamedTable& table : offices_) {
    const auto match = table.table->MatchPhrase(phrase);
    if (!match) continue;
    for (const std::uint32_t row : match->rows) {
      if (table.Cell(row, "name") != name) continue;
      if (StandingOn(day, table.Cell(row, "from"), table.Cell(row, "to")) != Standing::kHolds)
        continue;
      return OfficeAt(table, row);
    }
  }
  return std::nullopt;
}

std::optional<Office> World::CalledAlone(std::span<const std::string> words,
                                         std::optional<Date> date) const {
  if (!date) return std::nullopt;
  const std::vector<std::string_view> phrase(words.begin(), words.end());
  const auto match = sole_names_.table->MatchPhrase(phrase);
  if (!match || match->length != words.size()) return std::nullopt;
  const std::string day = FormatDate(*date);
  std::optional<Office> found;
  for (const std::uint32_t row : match->rows) {
    auto office = HeldBy(sole_names_.Cell(row, "name"), day);
    if (office && found && office->country != found->country) return std::nullopt;
    if (office && !found) found = std::move(office);
  }
  return found;
}

std::optional<std::string_view> World::NationalOf(const names::Reading& reading,
                                                  names::TokenRange range) const {
  const auto match = national_.table->MatchPhrase(reading.folded(), range.first, range.last);
  if (!match || match->length != range.size()) return std::nullopt;
  return national_.Cell(match->rows.front(), "country");
}

std::optional<KnownBody> World::BodyNamed(const names::Reading& reading,
                                          names::TokenRange range) const {
  const auto match = organizations_.table->MatchPhrase(reading.folded(), range.first, range.last);
  if (!match || match->length != range.size()) return std::nullopt;
  const std::uint32_t row = match->rows.front();
  KnownBody body{.name = organizations_.Cell(row, "name"),
                 .country = std::nullopt,
                 .actor = organizations_.Cell(row, "actor")};
  const std::string_view country = organizations_.Cell(row, "country");
  if (!NameOf(country).empty()) body.country = country;
  body.alone = match->rows.size() == 1;
  const auto shared = shared_.table->MatchPhrase(reading.folded(), range.first, range.last);
  body.shared = shared && shared->length == range.size();
  return body;
}

std::optional<KnownBody> World::BodyCalled(std::string_view name) const {
  const std::array key{name};
  const auto row = organizations_.table->FindRow(key);
  if (!row) return std::nullopt;
  return KnownBody{.name = organizations_.Cell(*row, "name"),
                   .country = std::nullopt,
                   .actor = organizations_.Cell(*row, "actor")};
}

std::optional<KnownBody> World::BodyAt(const names::Reading& reading,
                                       names::TokenRange range) const {
  const auto match = organizations_.table->MatchPhrase(reading.folded(), range.first, range.last);
  return match ? BodyNamed(reading, {range.first, range.first + match->length}) : std::nullopt;
}

std::optional<Group> World::GroupAt(const names::Reading& reading, std::uint32_t at,
                                    std::uint32_t end) const {
  const auto match = roles_.table->MatchPhrase(reading.folded(), at, end);
  if (!match) return std::nullopt;
  const std::string_view last = reading.Folded(at + match->length - 1);
  // The last row counts: a user's come behind those of dateline.
  for (const std::uint32_t row : match->rows | std::views::reverse) {
    const bool group = roles_.Cell(row, "kind") == "group";
    const std::string_view role = roles_.Cell(row, "role");
    const bool plural =
        (last.ends_with('s') && !role.ends_with('s')) || last.ends_with("men") || last == "people";
    if (!group && !plural) continue;
    const std::string_view actor = roles_.Cell(row, "actor");
    return Group{.length = match->length,
                 .actor = actor.substr(0, actor.find('|')),
                 .body = group && Is(last, WordKind::kStateBody)};
  }
  return std::nullopt;
}

bool World::IsLandOf(std::string_view noun, std::string_view country) const {
  if (!Is(noun, WordKind::kLand)) return false;
  const std::array key{country};
  return noun != "island" || islands_.table->FindRow(key).has_value();
}

std::optional<std::string_view> World::CountryOfProvince(const names::Reading& reading,
                                                         std::uint32_t at,
                                                         std::uint32_t end) const {
  const auto match = regions_.table->MatchPhrase(reading.folded(), at, end);
  if (!match) return std::nullopt;
  const std::uint32_t row = match->rows.front();
  const std::string_view countries = regions_.Cell(row, "countries");
  const bool one = countries.find('|') == std::string_view::npos && !countries.empty();
  const std::string_view kind = regions_.Cell(row, "kind");
  const bool land = kind == "admin1" || (kind == "territory" && !reading[at].upper);
  return one && land ? std::optional(countries) : std::nullopt;
}

std::optional<Town> World::TownAt(const names::Reading& reading, std::uint32_t at,
                                  std::uint32_t end, std::string_view home) const {
  constexpr int kLarge = 300000;
  if (!reading[at].capital) return std::nullopt;
  const auto province = CountryOfProvince(reading, at, end);
  if (province && *province == home) return Town{.country = home, .province = true};
  const auto match = cities_.table->MatchPhrase(reading.folded(), at, end);
  std::optional<Town> best;
  int most = -1;
  for (const std::uint32_t row : match ? match->rows : decltype(match->rows){}) {
    const std::string_view country = cities_.Cell(row, "country");
    if (!home.empty() && country == home) return Town{.country = country};
    const std::string_view cell = cities_.Cell(row, "population");
    int population = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), population);
    if (population <= most) continue;
    most = population;
    best = Town{.country = country, .large = population >= kLarge};
  }
  return province ? Town{.country = *province, .province = true} : best;
}

}  // namespace dateline::actors
