#include "serve/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/resources.h"
#include "tables/tables.h"

namespace dateline::serve {
namespace {

using tables::Table;
using tables::Tables;

/// Adds `value` of each row under the name in `key`.
Result<void> Fill(const Tables& all, std::string_view name, std::string_view key,
                  std::string_view value, CodeNames::Map& map) {
  DATELINE_TRY(const Table* table, all.Get(name));
  DATELINE_TRY(const auto key_column, table->GetColumn(key));
  DATELINE_TRY(const auto value_column, table->GetColumn(value));
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    map.emplace(table->Cell(row, key_column), table->Cell(row, value_column));
  }
  return {};
}

Result<std::vector<CameoCode>> LoadCameo(const Tables& all) {
  DATELINE_TRY(const Table* table, all.Get("events/cameo"));
  DATELINE_TRY(const auto code, table->GetColumn("code"));
  DATELINE_TRY(const auto name, table->GetColumn("name"));
  DATELINE_TRY(const auto plover, table->GetColumn("plover"));
  DATELINE_TRY(const auto quad, table->GetColumn("quad"));
  DATELINE_TRY(const auto goldstein, table->GetColumn("goldstein"));
  std::vector<CameoCode> codes;
  for (std::uint32_t row = 0; row < table->row_count(); ++row) {
    CameoCode& each = codes.emplace_back();
    each.code = table->Cell(row, code);
    each.name = table->Cell(row, name);
    each.plover = table->Cell(row, plover);
    each.quad = table->Cell(row, quad).front() - '0';
    const std::string_view score = table->Cell(row, goldstein);
    std::from_chars(score.data(), score.data() + score.size(), each.goldstein);
  }
  std::ranges::sort(codes, {}, &CameoCode::code);
  return codes;
}

}  // namespace

const CameoCode* Codes::Find(std::string_view code) const {
  const auto found = std::ranges::lower_bound(cameo, code, {}, &CameoCode::code);
  return found == cameo.end() || found->code != code ? nullptr : &*found;
}

Result<Codes> LoadCodes() {
  DATELINE_TRY(const Tables all, engine::LoadTables({.tables = {}, .model = {}, .overlays = {}}));
  Codes codes;
  DATELINE_TRY(codes.cameo, LoadCameo(all));
  CodeNames& names = codes.names;
  for (const CameoCode& each : codes.cameo) names.events.emplace(each.code, each.name);
  for (const auto& filled : {Fill(all, "actors/countries", "iso3", "name", names.countries),
                             Fill(all, "actors/countries", "cameo", "name", names.countries),
                             Fill(all, "places/fips", "iso3", "fips", names.fips)}) {
    if (!filled) return std::unexpected(filled.error());
  }
  return codes;
}

Result<void> GiveCode(const Codes& codes, const std::string& code, Correction& correction) {
  const CameoCode* known = codes.Find(code);
  if (known == nullptr) {
    return Fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no CAMEO code", code));
  }
  correction.kind = Correction::Kind::kCode;
  correction.value = known->code;
  correction.plover = known->plover;
  correction.quad = known->quad;
  correction.goldstein = known->goldstein;
  return {};
}

/// The place of fact "v2", where the letter of its kind is "v".
static std::optional<std::uint32_t> PlaceOf(std::string_view fact, char letter) {
  std::uint32_t number = 0;
  if (!fact.starts_with(letter)) return std::nullopt;
  const char* end = fact.data() + fact.size();
  const auto [stop, error] = std::from_chars(fact.data() + 1, end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number - 1;
}

Result<std::uint32_t> ParseEventName(std::string_view fact) {
  if (const auto place = PlaceOf(fact, 'v')) return *place;
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is no event; name it as 'dateline story' does: v1", fact));
}

Result<std::uint32_t> ParseEntityName(std::string_view fact) {
  if (const auto place = PlaceOf(fact, 'e')) return *place;
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is no entity; name it as 'dateline who' does: e1", fact));
}

}  // namespace dateline::serve
