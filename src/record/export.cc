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
#include "record/export_forms.h"
#include "record/export_parts.h"
#include "record/rows.h"

namespace dateline {
namespace {

using Cells = std::vector<std::string>;
using record::CharsBefore;
using record::Digits;
using record::FullName;
using record::GeoType;
using record::IsCity;
using record::Location;
using record::LocationOf;
using record::Looked;
using record::Number;
using record::Publisher;
using record::RoleOf;
using record::SentenceNumber;
using record::SourceName;
using record::Url;
using Actor = record::ActorParts;

constexpr std::int64_t kRowsOfStory = 10000;  // numbers that are a story's own

constexpr std::array<std::string_view, 15> kFormNames = {
    "gdelt1", "gdelt2",  "gdelt2-mentions", "icews",   "phoenix",
    "gkg2",   "polecat", "plover",          "geojson", "json-ld",
    "brat",   "conllu",  "timeml",          "gexf",    "graphml"};

std::string At(const std::vector<std::string>& items, std::size_t at) {
  return at < items.size() ? items[at] : std::string();
}

// ---- cells

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

void AddGdeltPlace(const Location& location, const CodeNames& names, bool second, Cells& cells) {
  const int type = GeoType(location);
  const std::string fips = Looked(names.fips, location.country);
  cells.insert(cells.end(), {fmt::format("{}", type), FullName(location, names), fips, fips});
  if (second) cells.emplace_back();
  cells.insert(cells.end(),
               {Number(location.lat), Number(location.lon), type == 1 ? fips : std::string()});
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

std::string CharOffset(const Story& story, const std::optional<Span>& span) {
  return span ? fmt::format("{}", CharsBefore(story.text, span->begin)) : "-1";
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
          Number(place.lat),
          Number(place.lon)};
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
       record::Joined(event.contexts, same, ";"), Number(row.location.lat),
       Number(row.location.lon), row.location.name, row.location.admin1, row.location.country,
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
    default:
      return {};  // of stories or of all events together
  }
}

/// The actors of a side; one that is nobody where the story names none.
std::vector<const EventActor*> Side(const std::vector<EventActor>& actors) {
  std::vector<const EventActor*> side;
  side.reserve(std::max<std::size_t>(actors.size(), 1));
  for (const EventActor& actor : actors) side.push_back(&actor);
  if (side.empty()) side.push_back(nullptr);
  return side;
}

/// A row for each pair of a source and a target of each event.
std::string WriteRows(const Story& story, const ExportSource& source, const CodeNames& names,
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
            .one = record::ActorOf(story, one, names),
            .other = record::ActorOf(story, other, names),
            .id = id};
        lines += RowText(row, form);
      }
    }
  }
  return lines;
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
  if (form == ExportForm::kPolecat) return Line(record::PolecatColumns());
  if (form == ExportForm::kGeoJson)
    return R"({"type":"FeatureCollection","features":[)"
           "\n";
  if (form == ExportForm::kJsonLd)
    return R"({"@context":"https://schema.org","@graph":[)"
           "\n";
  if (form != ExportForm::kIcews) return "";
  return Line({"Event ID",        "Event Date",     "Source Name",    "Source Sectors",
               "Source Country",  "Event Text",     "CAMEO Code",     "Intensity",
               "Target Name",     "Target Sectors", "Target Country", "Story ID",
               "Sentence Number", "Publisher",      "City",           "District",
               "Province",        "Country",        "Latitude",       "Longitude"});
}

std::string ExportFooter(ExportForm form) {
  return form == ExportForm::kGeoJson || form == ExportForm::kJsonLd ? "\n]}\n" : "";
}

std::string_view ExportSeparator(ExportForm form) {
  return form == ExportForm::kGeoJson || form == ExportForm::kJsonLd ? ",\n" : "";
}

ExportUnit UnitOf(ExportForm form) {
  switch (form) {
    case ExportForm::kGkg2:
    case ExportForm::kJsonLd:
    case ExportForm::kBrat:
    case ExportForm::kConllu:
    case ExportForm::kTimeMl:
      return ExportUnit::kStories;
    case ExportForm::kGexf:
    case ExportForm::kGraphMl:
      return ExportUnit::kNetwork;
    default:
      return ExportUnit::kEvents;
  }
}

std::string WriteExport(const Story& story, const ExportSource& source, const CodeNames& names,
                        ExportForm form) {
  switch (form) {
    case ExportForm::kGkg2:
      return record::WriteGkg(story, source, names);
    case ExportForm::kPolecat:
      return record::WritePolecat(story, source, names);
    case ExportForm::kPlover:
      return record::WritePlover(story, source, names);
    case ExportForm::kGeoJson:
      return record::WriteGeoJson(story, source);
    case ExportForm::kJsonLd:
      return record::WriteJsonLd(story, source, names);
    case ExportForm::kBrat:
      return record::WriteBrat(story, source);
    case ExportForm::kConllu:
      return WriteConllu(story);
    case ExportForm::kTimeMl:
      return record::WriteTimeMl(story);
    default:
      return WriteRows(story, source, names, form);
  }
}

}  // namespace dateline
