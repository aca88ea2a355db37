// An event of dateline has any number of actors on either side; a row of these forms has one of
// each. So an event becomes a row for each pair, and a row is what is numbered: story 7's third row
// is 70002. Every form is a list of cells in the order of its columns.
#include "dateline/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "record/event_rows.h"
#include "record/rows.h"

namespace dateline {
namespace {

using Cells = std::vector<std::string>;

constexpr std::int64_t kRowsOfStory = 10000;  // numbers that are a story's own

constexpr std::array<std::string_view, 5> kFormNames = {"gdelt1", "gdelt2", "gdelt2-mentions",
                                                        "icews", "phoenix"};

// ---- actor codes

/// CAMEO codes of roles and of kinds of organisations, with ICEWS's word for the sector.
struct RoleName {
  std::string_view code;
  std::string_view sector;
};
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

const RoleName* RoleOf(std::string_view code) {
  const auto role = std::ranges::find(kRoles, code, &RoleName::code);
  return role == kRoles.end() ? nullptr : &*role;
}

/// An actor code by its parts of three letters.
struct Actor {
  std::string code;
  std::string name;
  std::string country;
  std::string group;  ///< a known organisation: UNO, NAT
  std::vector<std::string> religions;
  std::vector<std::string> roles;
  std::optional<Span> span;
};

void TakePart(const std::string& part, bool first, const CodeNames& names, Actor& actor) {
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

Actor ActorOf(const Story& story, const EventActor* side, const CodeNames& names) {
  Actor actor;
  if (side == nullptr) return actor;
  actor.code = side->actor;
  actor.name = record::NameOf(story, *side);
  actor.span = side->span;
  for (std::size_t at = 0; at + 3 <= actor.code.size(); at += 3) {
    TakePart(actor.code.substr(at, 3), at == 0, names, actor);
  }
  return actor;
}

std::string At(const std::vector<std::string>& items, std::size_t at) {
  return at < items.size() ? items[at] : std::string();
}

// ---- cells

std::string Looked(const CodeNames::Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? std::string() : found->second;
}

std::string Upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string Line(const Cells& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty() || &cell != cells.data()) line += '\t';
    for (const char c : cell) line += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  }
  return line + "\n";
}

/// Where an event was, as far as the story's places tell more than the event.
struct Location {
  std::string name;
  std::string admin1;
  std::string country;
  std::optional<double> lat;
  std::optional<double> lon;
  std::optional<PlacePrecision> precision;
};

Location LocationOf(const Story& story, const Event& event) {
  Location location;
  if (!event.place) return location;
  location.name = event.place->name;
  location.country = event.place->country.value_or("");
  location.lat = event.place->lat;
  location.lon = event.place->lon;
  for (const Place& place : story.places) {
    if (place.name != event.place->name || place.lat != event.place->lat) continue;
    location.admin1 = place.admin1.value_or("");
    location.precision = place.precision;
    break;
  }
  return location;
}

bool IsCity(const Location& location) {
  return location.precision == PlacePrecision::kCity ||
         location.precision == PlacePrecision::kPoint ||
         location.precision == PlacePrecision::kAdmin2;
}

/// What the rows of one event have in common.
struct EventRow {
  const Story& story;
  const Event& event;
  const ExportSource& source;
  const CodeNames& names;
  Location location;
  std::optional<Date> date;  ///< the event's, else the story's
  Actor one;
  Actor other;
  std::int64_t id = 0;
};

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

/// The sentence that holds the byte, from 1; 0 where none does.
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

std::string Root(const Event& event) { return event.cameo.substr(0, 2); }
std::string Base(const Event& event) { return event.cameo.substr(0, 3); }

// ---- GDELT

/// Months count from 0 here, so that the year's last day stays below the next year.
std::string FractionDate(const Date& date) {
  const unsigned days =
      (static_cast<unsigned>(date.ymd.month()) - 1) * 30 + static_cast<unsigned>(date.ymd.day());
  return fmt::format("{:.4f}", static_cast<int>(date.ymd.year()) + days / 365.0);
}

void AddGdeltActor(const Actor& actor, Cells& cells) {
  cells.insert(cells.end(), {actor.code, Upper(actor.name), actor.country, actor.group, "",
                             At(actor.religions, 0), At(actor.religions, 1), At(actor.roles, 0),
                             At(actor.roles, 1), At(actor.roles, 2)});
}

/// 1 country, 2 US state, 3 US city, 4 world city, 5 world ADM1; 0 none.
int GeoType(const Location& location) {
  const bool us = location.country == "USA";
  if (IsCity(location)) return us ? 3 : 4;
  if (location.precision == PlacePrecision::kAdmin1) return us ? 2 : 5;
  return location.precision == PlacePrecision::kCountry ? 1 : 0;
}

void AddGdeltPlace(const Location& location, const CodeNames& names, bool second, Cells& cells) {
  const int type = GeoType(location);
  const std::string fips = Looked(names.fips, location.country);
  std::string full = location.name;
  for (const std::string& part : {location.admin1, Looked(names.countries, location.country)}) {
    if (type > 1 && !part.empty() && part != location.name) full += ", " + part;
  }
  cells.insert(cells.end(), {fmt::format("{}", type), full, fips, fips});
  if (second) cells.emplace_back();
  cells.insert(cells.end(), {record::Number(location.lat), record::Number(location.lon),
                             type == 1 ? fips : std::string()});
}

/// Whether the event stands in the headline or the first paragraph.
bool IsRoot(const Story& story, const Event& event) {
  for (const Block& block : story.blocks) {
    const bool lead = IsBody(block.kind);
    if (!lead && block.kind != BlockKind::kHeadline) continue;
    for (const Span evidence : event.evidence) {
      if (block.span.Overlaps(evidence)) return true;
    }
    if (lead) return false;
  }
  return false;
}

Cells GdeltCells(const EventRow& row, bool second) {
  const Event& event = row.event;
  const std::string day = Digits(row.date);
  Cells cells = {fmt::format("{}", row.id), day,
                 day.substr(0, std::min<std::size_t>(6, day.size())),
                 day.substr(0, std::min<std::size_t>(4, day.size())),
                 row.date ? FractionDate(*row.date) : std::string()};
  AddGdeltActor(row.one, cells);
  AddGdeltActor(row.other, cells);
  cells.insert(cells.end(), {IsRoot(row.story, event) ? "1" : "0", event.cameo, Base(event),
                             Root(event), event.quad > 0 ? fmt::format("{}", event.quad) : "",
                             fmt::format("{}", event.goldstein),
                             fmt::format("{}", event.evidence.size()), "1", "1", ""});
  AddGdeltPlace({}, row.names, second, cells);
  AddGdeltPlace({}, row.names, second, cells);
  AddGdeltPlace(row.location, row.names, second, cells);
  cells.push_back(second ? row.source.added : row.source.added.substr(0, 8));
  cells.push_back(Url(row.story));
  return cells;
}

/// Characters before the byte.
std::size_t CharsBefore(std::string_view text, std::uint32_t at) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string CharOffset(const Story& story, const std::optional<Span>& span) {
  return span ? fmt::format("{}", CharsBefore(story.text, span->begin)) : "-1";
}

/// "https://www.example.org/a" is from "example.org".
std::string SourceName(const Story& story) {
  std::string url = Url(story);
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return Publisher(story);
  std::string host = url.substr(scheme + 3);
  host.resize(std::min(host.size(), host.find_first_of("/?#:")));
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::string MentionLines(const EventRow& row) {
  std::string lines;
  const Story& story = row.story;
  const bool web = Url(story).find("://") != std::string::npos;
  for (const Span evidence : row.event.evidence) {
    const bool first = evidence.Contains(row.event.trigger);
    const Span action = first ? row.event.trigger : evidence;
    const auto actor = [&](const Actor& side) {
      const bool here = side.span && evidence.Contains(*side.span);
      return CharOffset(story, here ? side.span : std::nullopt);
    };
    lines += Line(
        {fmt::format("{}", row.id), row.source.added, row.source.added, web ? "1" : "2",
         SourceName(story), Url(story), fmt::format("{}", SentenceNumber(story, evidence.begin)),
         actor(row.one), actor(row.other), CharOffset(story, action), "1",
         fmt::format("{:.0f}", std::round(row.event.confidence * 100)),
         fmt::format("{}", CharsBefore(story.text, static_cast<std::uint32_t>(story.text.size()))),
         "", "", ""});
  }
  return lines;
}

// ---- ICEWS

std::string Sectors(const Actor& actor) {
  return record::Joined(
      actor.roles, [](const std::string& code) { return std::string(RoleOf(code)->sector); }, ",");
}

Cells IcewsCells(const EventRow& row) {
  const Location& place = row.location;
  const Event& event = row.event;
  return {fmt::format("{}", row.id),
          row.date ? FormatDate({row.date->ymd, Date::Precision::kDay}) : "",
          row.one.name,
          Sectors(row.one),
          Looked(row.names.countries, row.one.country),
          Looked(row.names.events, event.cameo),
          event.cameo,
          fmt::format("{:.1f}", event.goldstein),
          row.other.name,
          Sectors(row.other),
          Looked(row.names.countries, row.other.country),
          fmt::format("{}", row.source.number),
          fmt::format("{}", SentenceNumber(row.story, event.trigger.begin)),
          Publisher(row.story),
          IsCity(place) ? place.name : "",
          "",
          place.precision == PlacePrecision::kAdmin1 ? place.name : place.admin1,
          Looked(row.names.countries, place.country),
          record::Number(place.lat),
          record::Number(place.lon)};
}

// ---- Phoenix

/// 0 statements, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
std::string PentaClass(const Event& event) {
  if (event.cameo < "03") return "0";
  return event.quad > 0 ? fmt::format("{}", event.quad) : "";
}

void AddPhoenixActor(const Actor& actor, Cells& cells) {
  std::string rest;
  for (std::size_t i = 1; i < actor.roles.size(); ++i) rest += actor.roles[i];
  for (const std::string& religion : actor.religions) rest += religion;
  cells.insert(cells.end(), {actor.code, actor.country.empty() ? actor.group : actor.country,
                             At(actor.roles, 0), rest});
}

Cells PhoenixCells(const EventRow& row) {
  const std::string day = Digits(row.date);
  const Event& event = row.event;
  const auto part = [&](std::size_t at, std::size_t size) {
    return day.empty() ? std::string() : day.substr(at, size);
  };
  Cells cells = {fmt::format("{}", row.id), day, part(0, 4), part(4, 2), part(6, 2)};
  AddPhoenixActor(row.one, cells);
  AddPhoenixActor(row.other, cells);
  const auto same = [](const std::string& text) { return text; };
  cells.insert(
      cells.end(),
      {event.cameo, Root(event), PentaClass(event), fmt::format("{}", event.goldstein),
       record::Joined(event.contexts, same, ";"), record::Number(row.location.lat),
       record::Number(row.location.lon), row.location.name, row.location.admin1,
       row.location.country,
       fmt::format("{}_{}", row.source.number, SentenceNumber(row.story, event.trigger.begin)),
       Url(row.story), Publisher(row.story)});
  return cells;
}

std::string RowText(const EventRow& row, ExportForm form) {
  switch (form) {
    case ExportForm::kGdelt1:
      return Line(GdeltCells(row, false));
    case ExportForm::kGdelt2:
      return Line(GdeltCells(row, true));
    case ExportForm::kGdeltMentions:
      return MentionLines(row);
    case ExportForm::kIcews:
      return Line(IcewsCells(row));
    case ExportForm::kPhoenix:
      return Line(PhoenixCells(row));
  }
  return {};
}

/// The actors of a side; one that is nobody where the story names none.
std::vector<const EventActor*> Side(const std::vector<EventActor>& actors) {
  std::vector<const EventActor*> side;
  for (const EventActor& actor : actors) side.push_back(&actor);
  if (side.empty()) side.push_back(nullptr);
  return side;
}

}  // namespace

std::string_view ExportFormName(ExportForm form) {
  return kFormNames.at(static_cast<std::size_t>(form));
}

std::optional<ExportForm> ParseExportForm(std::string_view name) {
  const auto found = std::ranges::find(kFormNames, name);
  if (found == kFormNames.end()) return std::nullopt;
  return static_cast<ExportForm>(found - kFormNames.begin());
}

std::string ExportHeader(ExportForm form) {
  if (form != ExportForm::kIcews) return "";
  return Line({"Event ID",        "Event Date",     "Source Name",    "Source Sectors",
               "Source Country",  "Event Text",     "CAMEO Code",     "Intensity",
               "Target Name",     "Target Sectors", "Target Country", "Story ID",
               "Sentence Number", "Publisher",      "City",           "District",
               "Province",        "Country",        "Latitude",       "Longitude"});
}

std::string WriteExport(const Story& story, const ExportSource& source, const CodeNames& names,
                        ExportForm form) {
  std::string lines;
  std::int64_t count = 0;
  const auto& published = story.article.date_published;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    const Event& event = story.events[i];
    for (const EventActor* one : Side(event.source)) {
      for (const EventActor* other : Side(event.target)) {
        const std::int64_t id = source.number * kRowsOfStory + count;
        if (++count > kRowsOfStory) return lines;
        if (!IsChosen(source.choice, i)) continue;
        const EventRow row{
            .story = story,
            .event = event,
            .source = source,
            .names = names,
            .location = LocationOf(story, event),
            .date = event.date || !published ? event.date : std::optional(published->date),
            .one = ActorOf(story, one, names),
            .other = ActorOf(story, other, names),
            .id = id};
        lines += RowText(row, form);
      }
    }
  }
  return lines;
}

}  // namespace dateline
