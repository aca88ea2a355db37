#include "near.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/ascii.h"
#include "engine/resources.h"
#include "messages.h"
#include "tables/tables.h"

namespace dateline::cli {
namespace {

constexpr double kFarthest = 20038;  // km, half around the earth

std::unexpected<Error> Complain(std::string_view text) {
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is not a place and a distance; write Moscow,50km or "
                          "Moscow,RUS,50km or 55.75,37.62,50km",
                          text),
              "--near");
}

std::optional<double> Number(std::string_view text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> Parts(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    parts.push_back(base::Trim(text.substr(at, comma - at)));
    at = comma + 1;
  }
  return parts;
}

std::optional<double> Distance(std::string_view text) {
  if (!text.ends_with("km")) return std::nullopt;
  const auto km = Number(base::Trim(text.substr(0, text.size() - 2)));
  return km && *km > 0 && *km <= kFarthest ? km : std::nullopt;
}

/// Places with a position, the best known first.
std::vector<places::Candidate> Find(const places::Gazetteer& gazetteer, std::string_view name,
                                    std::string_view country) {
  const std::vector<std::string> folded = tables::FoldPhrase(name);
  const std::vector<std::string_view> words(folded.begin(), folded.end());
  auto found = gazetteer.Find(words, places::ShortNames::kFree);
  std::erase_if(found, [&](const places::Candidate& place) {
    return !place.lat || !place.lon || (!country.empty() && place.country != country);
  });
  std::ranges::stable_sort(found, std::greater(), [](const places::Candidate& place) {
    return std::tuple(place.population, place.kind == places::Kind::kCity, place.main_name);
  });
  return found;
}

Result<Near> Named(const places::Gazetteer& gazetteer, std::string_view name,
                   std::string_view country, double km) {
  const auto found = Find(gazetteer, name, country);
  if (found.empty()) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("no place is called '{}'; give its position: 55.75,37.62,50km", name),
                "--near");
  }
  const places::Candidate& best = found.front();
  const auto other = std::ranges::find_if(found, [&](const places::Candidate& place) {
    return !place.country.empty() && place.country != best.country;
  });
  if (other != found.end()) {
    Say(fmt::format("near {} in {} ({:.2f}, {:.2f}); for another write {},{},{}km", best.name,
                    best.country, *best.lat, *best.lon, name, other->country, km));
  }
  return Near{*best.lat, *best.lon, km};
}

}  // namespace

Result<Near> FindNear(std::string_view text) {
  PlaceFinder finder;
  return finder.Find(text);
}

Result<Near> PlaceFinder::Find(std::string_view text) {
  const auto parts = Parts(text);
  if (parts.size() < 2 || parts.size() > 3) return Complain(text);
  const auto km = Distance(parts.back());
  if (!km || parts.front().empty()) return Complain(text);
  const auto lat = Number(parts.front());
  if (!lat) {
    const std::lock_guard lock(mutex_);
    if (!gazetteer_) {
      DATELINE_TRY(auto loaded, engine::LoadGazetteer({.tables = {}, .model = {}, .overlays = {}}));
      gazetteer_ = std::make_unique<const places::Gazetteer>(std::move(loaded));
    }
    return Named(*gazetteer_, parts.front(), parts.size() == 3 ? parts[1] : "", *km);
  }
  const auto lon = parts.size() == 3 ? Number(parts[1]) : std::nullopt;
  const bool real = lon && *lat >= -90 && *lat <= 90 && *lon >= -180 && *lon <= 180;
  if (!real) return Complain(text);
  return Near{*lat, *lon, *km};
}

}  // namespace dateline::cli
