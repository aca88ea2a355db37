#include "places/home.h"

#include <array>
#include <string>

#include "text/unicode.h"

namespace dateline::places {
namespace {

/// "www.example.co.uk" of "https://www.example.co.uk/a?b"; a text without slashes is taken whole.
std::string_view HostOf(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#:"));
}

}  // namespace

Result<Outlets> Outlets::Load(const tables::Tables& tables) {
  Outlets outlets;
  outlets.tables_ = tables;
  DATELINE_TRY(outlets.outlets_,
               tables::NamedTable::Open(tables, "places/outlets", {"city", "admin1", "country"}));
  return outlets;
}

std::optional<Candidate> Outlets::Known(std::string_view outlet, const Gazetteer& gazetteer) const {
  const std::array key{outlet};
  const auto row = outlets_.table->FindRow(key);
  if (!row) return std::nullopt;
  const std::string_view country = outlets_.Cell(*row, "country");
  const std::string_view city = outlets_.Cell(*row, "city");
  if (city.empty()) return gazetteer.Country(country);
  return gazetteer.CityIn(city, {.country = country, .admin1 = outlets_.Cell(*row, "admin1")});
}

/// The host, then what is left of it without its first parts; then the country of its last.
std::optional<Candidate> Outlets::ByAddress(std::string_view host,
                                            const Gazetteer& gazetteer) const {
  for (std::string_view rest = host; rest.find('.') != std::string_view::npos;
       rest.remove_prefix(rest.find('.') + 1)) {
    if (auto home = Known(rest, gazetteer)) return home;
  }
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return Known(host.substr(dot), gazetteer);
}

std::optional<Candidate> Outlets::HomeOf(const Story& story, const Gazetteer& gazetteer) const {
  for (const auto* url : {&story.article.url, &story.source.url}) {
    if (!*url) continue;
    if (auto home = ByAddress(text::ToLower(HostOf(**url)), gazetteer)) return home;
  }
  if (!story.article.publisher) return std::nullopt;
  const std::string folded = text::Fold(*story.article.publisher);
  const std::string_view name = folded;
  return Known(name.starts_with("the ") ? name.substr(4) : name, gazetteer);
}

}  // namespace dateline::places
