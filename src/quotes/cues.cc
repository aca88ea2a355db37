#include "quotes/cues.h"

#include <algorithm>
#include <utility>

#include "base/split.h"

namespace dateline::quotes {
namespace {

struct Pattern {
  std::string_view name;
  bool Cue::* flag;
};
constexpr Pattern kPatterns[] = {
    {"quote", &Cue::quote}, {"that", &Cue::that},
    {"bare", &Cue::bare},   {"post", &Cue::post},
    {"wh", &Cue::wh},       {"addr", &Cue::hearer},
    {"to", &Cue::to},       {"obj-to", &Cue::object_to},
    {"np", &Cue::noun},     {"refuse", &Cue::refusal},
};

CueKind KindOf(std::string_view name) {
  if (name == "noun") return CueKind::kNoun;
  if (name == "preposition") return CueKind::kPreposition;
  if (name == "adverb") return CueKind::kAdverb;
  return CueKind::kVerb;
}

Cue MakeCue(std::string_view lemma, std::string_view kind, std::string_view patterns) {
  Cue cue{.lemma = std::string(lemma), .kind = KindOf(kind)};
  cue.rest = base::SplitPhrase(lemma);
  for (const std::string_view pattern : tables::Values(patterns)) {
    const auto* const known = std::ranges::find(kPatterns, pattern, &Pattern::name);
    if (known != std::end(kPatterns)) {
      cue.*(known->flag) = true;
    } else {
      cue.prepositions.emplace_back(pattern);
    }
  }
  return cue;
}

}  // namespace

Result<CueTable> CueTable::Load(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* table, tables.Get("quotes/cues"));
  DATELINE_TRY(const tables::Column lemma, table->GetColumn("lemma"));
  DATELINE_TRY(const tables::Column kind, table->GetColumn("kind"));
  DATELINE_TRY(const tables::Column patterns, table->GetColumn("patterns"));
  CueTable cues;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    Cue cue = MakeCue(table->Cell(row, lemma), table->Cell(row, kind), table->Cell(row, patterns));
    if (cue.rest.empty()) continue;
    const std::string first = cue.rest.front();
    cue.rest.erase(cue.rest.begin());
    std::vector<Cue>& list = cues.cues_[static_cast<std::size_t>(cue.kind)][first];
    list.push_back(std::move(cue));
    std::ranges::stable_sort(
        list, [](const Cue& a, const Cue& b) { return a.rest.size() > b.rest.size(); });
  }
  return cues;
}

const std::vector<Cue>& CueTable::Of(std::string_view lemma, CueKind kind) const {
  const auto& map = cues_[static_cast<std::size_t>(kind)];
  const auto found = map.find(lemma);
  return found == map.end() ? none_ : found->second;
}

}  // namespace dateline::quotes
