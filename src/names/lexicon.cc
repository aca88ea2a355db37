#include "names/lexicon.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dateline::names {
namespace {

constexpr std::array<std::pair<std::string_view, WordFlags>, 12> kKinds{{
    {"honorific", kHonorific},
    {"particle", kParticle},
    {"locative", kLocative},
    {"organization", kOrgWord},
    {"company", kOrgWord},
    {"location", kPlaceWord},
    {"facility", kPlaceWord | kFacilityWord},
    {"group", kGroup},
    {"calendar", kCommon | kTimeWord},
    {"function", kCommon},
    {"modifier", kModifier},
    {"head", kHead},
}};

}  // namespace

Result<Lexicon> Lexicon::Load(const tables::Tables& tables) {
  Lexicon lexicon;
  if (auto added = lexicon.AddWords(tables); !added) return std::unexpected(added.error());
  if (auto added = lexicon.AddGivenNames(tables); !added) return std::unexpected(added.error());
  return lexicon;
}

Result<void> Lexicon::AddWords(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("names/words"));
  DATELINE_TRY(const auto word, rows->GetColumn("word"));
  DATELINE_TRY(const auto kind, rows->GetColumn("kind"));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    const auto* const known = std::ranges::find(kKinds, rows->Cell(row, kind),
                                                &std::pair<std::string_view, WordFlags>::first);
    if (known == kKinds.end()) continue;
    words_[tables::FoldPhraseToken(rows->Cell(row, word))] |= known->second;
  }
  return {};
}

Result<void> Lexicon::AddGivenNames(const tables::Tables& tables) {
  DATELINE_TRY(const tables::Table* rows, tables.Get("names/given_names"));
  DATELINE_TRY(const auto name, rows->GetColumn("name"));
  for (std::uint32_t row = 0; row < rows->row_count(); ++row) {
    WordFlags& flags = words_[tables::FoldPhraseToken(rows->Cell(row, name))];
    if ((flags & (kCommon | kOrgWord | kPlaceWord)) == 0) flags |= kGiven;
  }
  return {};
}

WordFlags Lexicon::Flags(std::string_view folded) const {
  const auto found = words_.find(folded);
  return found == words_.end() ? 0 : found->second;
}

}  // namespace dateline::names
