#include "actors/dictionary.h"

#include <vector>

#include "actors/terms.h"

namespace dateline::actors {

using tables::NamedTable;

Result<Dictionary> Dictionary::Load(const tables::Tables& tables) {
  Dictionary dictionary;
  dictionary.tables_ = tables;
  DATELINE_TRY(dictionary.entries_,
               NamedTable::Open(tables, "actors/dictionary", {"actor", "from", "to"}));
  DATELINE_TRY(const NamedTable countries,
               NamedTable::Open(tables, "actors/countries", {"iso3", "cameo"}));
  // States that exist no more share letters with their heirs: those that stand for themselves win.
  for (std::uint32_t row = 0; row < countries.table->row_count(); ++row) {
    const std::string_view iso = countries.Cell(row, "iso3");
    dictionary.country_of_.insert_or_assign(iso, iso);
  }
  for (std::uint32_t row = 0; row < countries.table->row_count(); ++row) {
    dictionary.country_of_.try_emplace(countries.Cell(row, "cameo"), countries.Cell(row, "iso3"));
  }
  return dictionary;
}

std::optional<Listed> Dictionary::Choose(const tables::PhraseMatch& match,
                                         std::string_view day) const {
  std::optional<std::uint32_t> best;
  bool best_dated = false;
  for (const std::uint32_t row : match.rows) {
    const std::string_view from = entries_.Cell(row, "from");
    const std::string_view to = entries_.Cell(row, "to");
    const bool dated = !from.empty() || !to.empty();
    if (StandingOn(day, from, to) != Standing::kHolds) continue;
    if (best && (best_dated || !dated)) continue;  // the first of its kind holds
    best = row;
    best_dated = dated;
  }
  if (!best) return std::nullopt;
  Listed listed{.length = match.length, .actor = entries_.Cell(*best, "actor")};
  if (listed.actor == "---") listed.actor = {};
  const auto country = country_of_.find(listed.actor.substr(0, 3));
  if (country != country_of_.end()) listed.country = country->second;
  return listed;
}

std::optional<Listed> Dictionary::At(const names::Reading& reading, std::uint32_t at,
                                     std::uint32_t end, std::string_view day) const {
  const auto match = entries_.table->MatchPhrase(reading.folded(), at, end);
  return match ? Choose(*match, day) : std::nullopt;
}

std::optional<Listed> Dictionary::Named(std::string_view name, std::string_view day) const {
  if (empty()) return std::nullopt;
  const std::vector<std::string> phrase = tables::FoldPhrase(name);
  std::vector<std::string_view> words(phrase.begin(), phrase.end());
  if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
  const auto match = entries_.table->MatchPhrase(words);
  if (!match || match->length != words.size()) return std::nullopt;
  return Choose(*match, day);
}

}  // namespace dateline::actors
