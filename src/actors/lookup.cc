#include "actors/lookup.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "base/edit_distance.h"

namespace dateline::actors {
namespace {

using tables::NamedTable;

constexpr std::size_t kMostNear = 8;

std::string_view CellOf(const NamedTable& table, std::uint32_t row, std::string_view column) {
  const auto found = table.columns.find(column);
  return found == table.columns.end() ? std::string_view{} : table.table->Cell(row, found->second);
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// How far a name is from what was asked; absent: too far. All words asked being words of the name
/// is near, the more so the fewer others it has.
std::optional<std::size_t> DistanceOf(const std::vector<std::string>& asked,
                                      const std::string& asked_text, std::string_view name) {
  const std::vector<std::string> words = tables::FoldPhrase(name);
  const bool all = std::ranges::all_of(asked, [&](const std::string& word) {
    return word.size() > 2 && std::ranges::find(words, word) != words.end();
  });
  if (all) return words.size() - asked.size();
  const std::string text = Joined(words);
  const std::size_t most = std::max<std::size_t>(1, asked_text.size() / 5);
  if (text.size() > asked_text.size() + most || asked_text.size() > text.size() + most)
    return std::nullopt;
  const std::size_t distance = base::EditDistance(asked_text, text);
  return distance <= most ? std::optional(distance) : std::nullopt;
}

/// The columns of a table that hold names, as its '#: phrases' says.
constexpr std::array<std::string_view, 6> kNameColumns{"name",  "variants", "abbreviations",
                                                       "alias", "role",     "plural"};

/// A user's dictionary first; among the others a person before a body, a country, a role.
struct Wanted {
  std::string_view table;
  std::string_view kind;
  Result<NamedTable> rows;
};

std::vector<Wanted> OpenAll(const tables::Tables& tables) {
  const auto offices = [&](std::string_view table) {
    return NamedTable::Open(
        tables, table,
        {"name", "variants", "country", "title", "actor", "from", "to", "note", "source"});
  };
  std::vector<Wanted> all;
  all.push_back({"actors/dictionary", "dictionary",
                 NamedTable::Open(tables, "actors/dictionary",
                                  {"name", "variants", "actor", "from", "to", "source"})});
  for (const std::string_view table : {"actors/leaders", "actors/office_holders"})
    all.push_back({table, "office", offices(table)});
  all.push_back({"actors/organizations", "organization",
                 NamedTable::Open(
                     tables, "actors/organizations",
                     {"name", "abbreviations", "variants", "country", "actor", "note", "source"})});
  all.push_back({"actors/country_aliases", "country",
                 NamedTable::Open(tables, "actors/country_aliases",
                                  {"alias", "kind", "country", "note", "source"})});
  all.push_back(
      {"actors/roles", "role",
       NamedTable::Open(tables, "actors/roles", {"role", "plural", "kind", "actor", "source"})});
  return all;
}

/// Rows that hold before rows of the past, the later past first, before rows to come.
bool StandsBefore(const KnownRow& a, const KnownRow& b) {
  if (a.standing != b.standing) {
    const auto rank = [](const KnownRow& row) {
      return row.standing == Standing::kHolds ? 0 : row.standing == Standing::kAfter ? 1 : 2;
    };
    return rank(a) < rank(b);
  }
  if (a.standing == Standing::kAfter) return a.to > b.to;
  // Of states that exist on the day, one that has ended since is meant: Moscow in 1985.
  const bool countries = a.kind == "country" && b.kind == "country";
  return countries && a.standing == Standing::kHolds && !a.to.empty() && b.to.empty();
}

void AddOnce(std::vector<std::string>& list, std::string_view item) {
  if (!item.empty() && std::ranges::find(list, item) == list.end()) list.emplace_back(item);
}

}  // namespace

Result<Lookup> Lookup::Load(const tables::Tables& tables) {
  Lookup lookup;
  lookup.tables_ = tables;
  DATELINE_TRY(lookup.world_, World::Load(tables));
  for (Wanted& wanted : OpenAll(tables)) {
    if (!wanted.rows) return std::unexpected(std::move(wanted.rows).error());
    lookup.sources_.push_back({wanted.table, wanted.kind, *std::move(wanted.rows)});
  }
  return lookup;
}

KnownRow Lookup::Read(const Source& source, std::uint32_t row, const std::string& day) const {
  const auto cell = [&](std::string_view column) { return CellOf(source.rows, row, column); };
  KnownRow known{.table = source.table,
                 .row = row + 1,
                 .name = cell("name"),
                 .kind = source.kind,
                 .title = cell("title"),
                 .country = cell("country"),
                 .from = cell("from"),
                 .to = cell("to"),
                 .note = cell("note"),
                 .source = cell("source"),
                 .code = std::string(cell("actor"))};
  if (known.kind == "country") {
    known.name = cell("alias");
    known.title = cell("kind");
    known.code = world_.CameoOf(known.country);
    std::tie(known.from, known.to) = world_.TermOf(known.country);
  } else if (known.kind == "role") {
    known.name = cell("role");
    known.title = cell("kind");
    known.code = known.code.substr(0, known.code.find('|'));
  }
  known.standing = StandingOn(day, known.from, known.to);
  if (known.kind == "office" && !day.empty())
    known.code = world_.CodeOnDay(known.country, known.code, known.standing);
  if (known.code == "---") known.code.clear();
  return known;
}

std::vector<KnownRow> Lookup::RowsOf(const Words& words, const std::string& day) const {
  std::vector<KnownRow> rows;
  for (const Source& source : sources_) {
    const auto match = source.rows.table->MatchPhrase(words);
    if (!match || match->length != words.size()) continue;
    std::vector<KnownRow> found;
    for (const std::uint32_t row : match->rows) found.push_back(Read(source, row, day));
    // Of a dictionary's rows one without dates holds only where no dated one does.
    if (source.kind == "dictionary") {
      std::ranges::stable_sort(found, {}, [](const KnownRow& row) {
        return row.from.empty() && row.to.empty() ? 1 : 0;
      });
    }
    rows.insert(rows.end(), found.begin(), found.end());
  }
  std::ranges::stable_sort(rows, StandsBefore);
  return rows;
}

/// "Ruritanian forces", "Ruritania's foreign ministry".
bool Lookup::Compose(const Words& words, const std::string& day, Answer& answer) const {
  for (std::size_t split = words.size() - 1; split > 0; --split) {
    const bool possessor = split + 1 < words.size() && words[split] == "'s";
    const Words land(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(split));
    const Words rest(words.begin() + static_cast<std::ptrdiff_t>(split + (possessor ? 1 : 0)),
                     words.end());
    const std::vector<KnownRow> countries = RowsOf(land, day);
    const std::vector<KnownRow> roles = RowsOf(rest, day);
    const auto country = std::ranges::find(countries, "country", &KnownRow::kind);
    const auto role = std::ranges::find(roles, "role", &KnownRow::kind);
    if (country == countries.end() || role == roles.end()) continue;
    answer.rows = {*country, *role};
    answer.code = role->code.starts_with("IGO") ? role->code : country->code + role->code;
    answer.composed = true;
    return true;
  }
  return false;
}

std::vector<std::string> Lookup::Near(std::string_view name) const {
  const std::vector<std::string> asked = tables::FoldPhrase(name);
  const std::string text = Joined(asked);
  std::map<std::string_view, std::size_t> distance_of;
  for (const Source& source : sources_) {
    for (std::uint32_t row = 0; row < source.rows.table->row_count(); ++row) {
      for (const std::string_view column : kNameColumns) {
        for (const std::string_view known : tables::Values(CellOf(source.rows, row, column))) {
          if (const auto distance = DistanceOf(asked, text, known))
            distance_of.emplace(known, *distance);
        }
      }
    }
  }
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  ranked.reserve(distance_of.size());
  for (const auto& [known, distance] : distance_of) ranked.emplace_back(distance, known);
  std::ranges::sort(ranked);
  std::vector<std::string> near;
  for (const auto& [distance, known] : ranked) {
    if (near.size() < kMostNear) AddOnce(near, known);
  }
  return near;
}

Answer Lookup::Find(std::string_view name, std::optional<Date> date) const {
  const std::string day = date ? FormatDate(*date) : std::string();
  const std::vector<std::string> folded = tables::FoldPhrase(name);
  Words words(folded.begin(), folded.end());
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  Answer answer;
  if (words.empty()) return answer;
  answer.rows = RowsOf(words, day);
  if (answer.rows.empty() && Compose(words, day, answer)) return answer;
  if (answer.rows.empty()) {
    answer.near = Near(name);
    return answer;
  }
  const KnownRow& first = answer.rows.front();
  if (!first.code.empty()) answer.code = first.code;
  for (const KnownRow& row : std::span(answer.rows).subspan(1)) {
    if (row.standing == Standing::kHolds && row.code != first.code)
      AddOnce(answer.others, row.code);
  }
  return answer;
}

}  // namespace dateline::actors
