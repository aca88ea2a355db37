#include "names/known.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/unicode.h"

namespace dateline::names {

Result<void> KnownNames::AddSource(const tables::Tables& tables, std::string_view table,
                                   std::span<const std::string_view> names, KnownKind kind) {
  Source source{.kind = kind};
  DATELINE_TRY(source.table, tables.Get(table));
  for (const std::string_view name : names) {
    DATELINE_TRY(const auto column, source.table->GetColumn(name));
    source.names.push_back(column);
  }
  sources_.push_back(std::move(source));
  return {};
}

Result<KnownNames> KnownNames::Load(const tables::Tables& tables) {
  struct Wanted {
    std::string_view table;
    std::array<std::string_view, 3> names;
    std::size_t count;
    KnownKind kind;
  };
  constexpr std::array<Wanted, 7> kWanted{{
      {"actors/country_aliases", {"alias", "", ""}, 1, KnownKind::kCountry},
      {"actors/organizations", {"name", "abbreviations", "variants"}, 3, KnownKind::kOrganization},
      {"places/regions", {"name", "names", ""}, 2, KnownKind::kRegion},
      {"actors/sole_names", {"alone", "", ""}, 1, KnownKind::kCalled},
      {"actors/leaders", {"name", "variants", ""}, 2, KnownKind::kLeader},
      {"actors/office_holders", {"name", "variants", ""}, 2, KnownKind::kLeader},
      {"places/cities", {"name", "alternates", ""}, 2, KnownKind::kCity},
  }};
  KnownNames known;
  known.tables_ = tables;
  for (const Wanted& wanted : kWanted) {
    const auto names = std::span(wanted.names).first(wanted.count);
    if (auto added = known.AddSource(tables, wanted.table, names, wanted.kind); !added) {
      return std::unexpected(added.error());
    }
  }
  DATELINE_TRY(known.alias_kind_, known.sources_.front().table->GetColumn("kind"));
  DATELINE_TRY(known.population_, known.sources_.back().table->GetColumn("population"));
  return known;
}

NameType KnownNames::TypeOf(KnownKind kind) {
  switch (kind) {
    case KnownKind::kAdjective:
      return NameType::kNorp;
    case KnownKind::kOrganization:
      return NameType::kOrg;
    case KnownKind::kLeader:
    case KnownKind::kCalled:
      return NameType::kPer;
    default:
      return NameType::kLoc;
  }
}

bool KnownNames::IsLargeCity(const Known& city) const {
  constexpr int kLarge = 400000;
  for (const std::uint32_t row : city.rows) {
    const std::string_view cell = sources_.back().table->Cell(row, population_);
    int population = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), population);
    if (population >= kLarge) return true;
  }
  return false;
}

KnownKind KnownNames::KindOfAlias(std::span<const std::uint32_t> rows) const {
  KnownKind kind = KnownKind::kAdjective;
  for (const std::uint32_t row : rows) {
    const std::string_view cell = sources_.front().table->Cell(row, alias_kind_);
    if (cell == "name") return KnownKind::kCountry;
    if (cell == "capital") kind = KnownKind::kCapital;
    if (cell == "seat" && kind != KnownKind::kCapital) kind = KnownKind::kSeat;
  }
  return kind;
}

namespace {

/// Whether `word` is written as the table's `value` or may be written otherwise.
bool IsWordAs(std::string_view value, const Word& word, std::string_view folded) {
  if (value.size() > word.form.size() + 8) return false;
  if (value == word.form) return true;
  const bool abbreviation = text::IsAllUpper(value) && value.size() <= 6;
  if (abbreviation || (word.upper && word.form.size() <= 3)) return false;
  return tables::FoldPhraseToken(value) == folded;
}

}  // namespace

/// One word must be written as the table does: an abbreviation in capitals, a name not in small
/// letters. Several words need a capital at both ends.
bool KnownNames::WrittenSo(const Reading& reading, TokenRange range, const Source& source,
                           std::span<const std::uint32_t> rows) const {
  if (range.size() > 1)
    return reading[range.last - 1].capital || text::HasDigit(reading[range.last - 1].form);
  const Word& word = reading[range.first];
  const std::string_view folded = reading.Folded(range.first);
  for (const std::uint32_t row : rows) {
    for (const tables::Column column : source.names) {
      const auto values = tables::Values(source.table->Cell(row, column));
      const auto written = [&](std::string_view value) { return IsWordAs(value, word, folded); };
      if (std::ranges::any_of(values, written)) return true;
    }
  }
  return false;
}

std::optional<Known> KnownNames::At(const Reading& reading, std::uint32_t at,
                                    std::uint32_t end) const {
  if (!reading[at].capital) return std::nullopt;
  std::optional<Known> best;
  for (const Source& source : sources_) {
    const auto match = source.table->MatchPhrase(reading.folded(), at, end);
    if (!match || (best && match->length <= best->length)) continue;
    const TokenRange range{at, at + match->length};
    if (range.size() == 1 && source.kind == KnownKind::kCity && reading.Is(at, kCommon | kHead))
      continue;
    const bool holder = source.kind == KnownKind::kLeader || source.kind == KnownKind::kCalled;
    if (range.size() == 1 && holder && reading.Is(at, kCommon | kGiven | kHead)) continue;
    if (!WrittenSo(reading, range, source, match->rows)) continue;
    best = Known{.kind = source.kind, .length = match->length, .rows = match->rows};
    if (source.kind == KnownKind::kCountry) best->kind = KindOfAlias(match->rows);
  }
  return best;
}

}  // namespace dateline::names
