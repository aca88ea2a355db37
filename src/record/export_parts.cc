#include "record/export_parts.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "record/event_rows.h"

namespace dateline::record {
namespace {

constexpr std::array<RoleName, 37> kRoles = {
    {{"AGR", "Agricultural"},
     {"BUS", "Business"},
     {"COP", "Police"},
     {"CRM", "Criminals / Gangs"},
     {"CVL", "General Population / Civilian / Social"},
     {"DEV", "Development"},
     {"EDU", "Education"},
     {"ELI", "Elite"},
     {"ENV", "Environmental"},
     {"GOV", "Government"},
     {"HLH", "Health"},
     {"HRI", "Human Rights NGOs"},
     {"IGO", "International Government Organization"},
     {"IMG", "International Dissident"},
     {"INS", "Insurgents"},
     {"INT", "International"},
     {"IRC", "Red Cross"},
     {"JUD", "Judicial"},
     {"LAB", "Labor"},
     {"LEG", "Legislative / Parliamentary"},
     {"MED", "Media"},
     {"MIL", "Military"},
     {"MNC", "Multinational Corporation"},
     {"MOD", "Moderate"},
     {"NGM", "Non-Governmental Movement"},
     {"NGO", "Nongovernmental Organization (International)"},
     {"OPP", "Opposition"},
     {"PKO", "Peacekeepers"},
     {"PTY", "Parties"},
     {"RAD", "Radicals / Extremists / Fundamentalists"},
     {"REB", "Rebel"},
     {"REF", "Refugees / Displaced"},
     {"SEP", "Separatists"},
     {"SET", "Settlers"},
     {"SPY", "State Intelligence"},
     {"UAF", "Unidentified Forces"},
     {"UIS", "Unidentified State Actor"}}};
constexpr std::array<std::string_view, 12> kReligions = {"BUD", "CHR", "CTH", "DOX", "HIN", "JEW",
                                                         "MOS", "PRO", "SFI", "SHI", "SIK", "SUN"};

void TakePart(const std::string& part, bool first, const CodeNames& names, ActorParts& actor) {
  if (first && names.countries.contains(part)) {
    actor.country = part;
  } else if (RoleOf(part) != nullptr) {
    actor.roles.push_back(part);
  } else if (std::ranges::find(kReligions, part) != kReligions.end()) {
    actor.religions.push_back(part);
  } else if (actor.group.empty()) {
    actor.group = part;
  }
}

constexpr std::array<std::string_view, 4> kQuadNames = {
    "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Whether XML 1.0 can hold the character.
bool IsXml(utf8proc_int32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xFFFE && c != 0xFFFF;
}

}  // namespace

const RoleName* RoleOf(std::string_view code) {
  const auto role = std::ranges::find(kRoles, code, &RoleName::code);
  return role == kRoles.end() ? nullptr : &*role;
}

ActorParts ActorOf(const Story& story, const EventActor* side, const CodeNames& names) {
  ActorParts actor;
  if (side == nullptr) return actor;
  actor.code = side->actor;
  actor.name = NameOf(story, *side);
  actor.span = side->span;
  for (std::size_t at = 0; at + 3 <= actor.code.size(); at += 3) {
    TakePart(actor.code.substr(at, 3), at == 0, names, actor);
  }
  return actor;
}

std::string Looked(const CodeNames::Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? std::string() : found->second;
}

Location LocationOf(const Story& story, const Place& place) {
  return {.name = place.name,
          .printed = std::string(place.span.of(story.text)),
          .admin1 = place.admin1.value_or(""),
          .country = place.country.value_or(""),
          .lat = place.lat,
          .lon = place.lon,
          .geonameid = place.geonameid,
          .precision = place.precision};
}

Location LocationOf(const Story& story, const Event& event) {
  if (!event.place) return {};
  Location location;
  for (const Place& place : story.places) {
    if (place.name != event.place->name || place.lat != event.place->lat) continue;
    location = LocationOf(story, place);
    break;
  }
  location.name = event.place->name;
  location.country = event.place->country.value_or("");
  location.lat = event.place->lat;
  location.lon = event.place->lon;
  return location;
}

bool IsCity(const Location& location) {
  return location.precision == PlacePrecision::kCity ||
         location.precision == PlacePrecision::kPoint ||
         location.precision == PlacePrecision::kAdmin2;
}

int GeoType(const Location& location) {
  const bool us = location.country == "USA";
  if (IsCity(location)) return us ? 3 : 4;
  if (location.precision == PlacePrecision::kAdmin1) return us ? 2 : 5;
  return location.precision == PlacePrecision::kCountry ? 1 : 0;
}

std::string FullName(const Location& location, const CodeNames& names) {
  std::string full = location.name;
  if (GeoType(location) <= 1) return full;
  for (const std::string& part : {location.admin1, Looked(names.countries, location.country)}) {
    if (!part.empty() && part != location.name) full += ", " + part;
  }
  return full;
}

std::string Url(const Story& story) {
  if (story.article.url) return *story.article.url;
  if (story.source.url) return *story.source.url;
  return story.source.path.value_or("");
}

std::string Publisher(const Story& story) {
  if (story.article.publisher) return *story.article.publisher;
  const auto& agencies = story.article.source_organization;
  return agencies.empty() ? std::string() : agencies.front();
}

std::size_t SentenceNumber(const Story& story, std::uint32_t at) {
  for (std::size_t i = 0; i < story.sentences.size(); ++i) {
    const Span span = story.sentences[i].span;
    if (span.begin <= at && at < span.end) return i + 1;
  }
  return 0;
}

std::string Digits(const std::optional<Date>& date) {
  if (!date) return "";
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(date->ymd.year()),
                     static_cast<unsigned>(date->ymd.month()),
                     static_cast<unsigned>(date->ymd.day()));
}

bool IsWeb(std::string_view url) { return url.find("://") != std::string_view::npos; }

std::string SourceName(const Story& story) {
  std::string url = Url(story);
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return Publisher(story);
  std::string host = url.substr(scheme + 3);
  host.resize(std::min(host.size(), host.find_first_of("/?#:")));
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::size_t CharsBefore(std::string_view text, std::uint32_t at) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<Date> DateOf(const Story& story, const Event& event) {
  const auto& published = story.article.date_published;
  return event.date || !published ? event.date : std::optional(published->date);
}

std::string_view QuadName(int quad) {
  return quad >= 1 && quad <= 4 ? kQuadNames.at(static_cast<std::size_t>(quad - 1))
                                : std::string_view();
}

void AddMember(JsonWriter& json, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  json.Key(key);
  json.String(value);
}

std::string ForXml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    const auto taken = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(1, size));
    if (size <= 0) {
      out += kReplacement;
    } else if (IsXml(code)) {
      out += text.substr(0, taken);
    } else {
      out += ' ';
    }
    text.remove_prefix(taken);
  }
  return out;
}

}  // namespace dateline::record
