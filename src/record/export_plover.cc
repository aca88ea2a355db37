// PLOVER's types: as rows of POLECAT, and as PLOVER's own JSON. An event with several actors stays
// one, since both forms hold lists. Statements (CAMEO 01) have no type in PLOVER and are left out.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "record/event_rows.h"
#include "record/export_forms.h"
#include "record/export_parts.h"
#include "record/json_writer.h"
#include "record/offsets.h"
#include "record/rows.h"

namespace dateline::record {
namespace {

using Strings = std::vector<std::string>;

/// What both forms say of an event.
struct PloverEvent {
  const Story& story;
  const Event& event;
  const ExportSource& source;
  const CodeNames& names;
  std::string id;
  std::optional<Date> date;
  Location location;
};

std::vector<PloverEvent> EventsOf(const Story& story, const ExportSource& source,
                                  const CodeNames& names) {
  std::vector<PloverEvent> events;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    const Event& event = story.events[i];
    if (!IsChosen(source.choice, i) || event.plover.empty()) continue;
    events.push_back({.story = story,
                      .event = event,
                      .source = source,
                      .names = names,
                      .id = fmt::format("{}_{}", source.number, i + 1),
                      .date = DateOf(story, event),
                      .location = LocationOf(story, event)});
  }
  return events;
}

std::string Day(const std::optional<Date>& date) {
  return date ? FormatDate({date->ymd, Date::Precision::kDay}) : std::string();
}

/// The title that the story gives to the actor.
std::string TitleOf(const Story& story, const EventActor& actor) {
  const Entity* entity = EntityAt(story, actor.entity);
  return entity == nullptr || entity->roles.empty() ? std::string() : entity->roles.front().title;
}

// ---- POLECAT

/// Several values of a cell.
std::string Listed(const Strings& items) {
  std::string out;
  for (const std::string& item : items) {
    if (item.empty()) continue;
    if (!out.empty()) out += "; ";
    out += item;
  }
  return out;
}

void AddUnlessThere(const std::string& item, Strings& items) {
  if (!item.empty() && std::ranges::find(items, item) == items.end()) items.push_back(item);
}

/// Name, country, COW, primary sector, sectors, title, words, Wikipedia id.
void AddPolecatSide(const PloverEvent& row, const std::vector<EventActor>& side, Strings& cells) {
  Strings names;
  Strings countries;
  Strings sectors;
  Strings titles;
  Strings words;
  for (const EventActor& each : side) {
    const ActorParts actor = ActorOf(row.story, &each, row.names);
    names.push_back(actor.name);
    AddUnlessThere(Looked(row.names.countries, actor.country), countries);
    for (const std::string& role : actor.roles) AddUnlessThere(role, sectors);
    AddUnlessThere(TitleOf(row.story, each), titles);
    words.emplace_back(each.span.of(row.story.text));
  }
  cells.insert(cells.end(),
               {Listed(names), Listed(countries), "", sectors.empty() ? "" : sectors.front(),
                Listed(sectors), Listed(titles), Listed(words), ""});
}

std::string NamesOf(const Story& story, EntityType type) {
  Strings names;
  for (const Entity& entity : story.entities) {
    if (entity.type == type) AddUnlessThere(entity.name, names);
  }
  return Listed(names);
}

std::string PlacesOf(const Story& story) {
  Strings names;
  for (const Place& place : story.places) AddUnlessThere(place.name, names);
  return Listed(names);
}

/// GeoNames' code for what the position is the middle of.
std::string FeatureOf(const Location& location) {
  if (!location.precision) return "";
  switch (*location.precision) {
    case PlacePrecision::kCity:
      return "PPL";
    case PlacePrecision::kAdmin1:
      return "ADM1";
    case PlacePrecision::kAdmin2:
      return "ADM2";
    case PlacePrecision::kCountry:
      return "PCLI";
    default:
      return "";
  }
}

void AddPolecatPlace(const PloverEvent& row, Strings& cells) {
  const Location& place = row.location;
  const bool city = place.precision == PlacePrecision::kCity;
  const bool district = place.precision == PlacePrecision::kAdmin2;
  const bool province = place.precision == PlacePrecision::kAdmin1;
  cells.insert(cells.end(),
               {place.name, city ? place.name : "", district ? place.name : "",
                province ? place.name : place.admin1, Looked(row.names.countries, place.country),
                Number(place.lat), Number(place.lon),
                place.geonameid ? fmt::format("{}", *place.geonameid) : "", place.printed,
                FeatureOf(place)});
}

Strings PolecatCells(const PloverEvent& row) {
  const Event& event = row.event;
  Strings cells = {row.id,
                   Day(row.date),
                   event.plover,
                   event.mode.value_or(""),
                   fmt::format("{}", event.goldstein),
                   std::string(QuadName(event.quad)),
                   Listed(event.contexts)};
  AddPolecatSide(row, event.source, cells);
  AddPolecatSide(row, event.target, cells);
  AddPolecatPlace(row, cells);
  const auto& published = row.story.article.date_published;
  cells.insert(cells.end(), {Publisher(row.story), published ? Day(published->date) : "",
                             NamesOf(row.story, EntityType::kPerson),
                             NamesOf(row.story, EntityType::kOrganization), PlacesOf(row.story),
                             row.story.article.in_language.value_or(""), ""});
  return cells;
}

// ---- PLOVER

void AddPloverList(JsonWriter& json, std::string_view key, const Strings& values) {
  if (values.empty()) return;
  json.Key(key);
  json.BeginArray();
  for (const std::string& value : values) json.String(value);
  json.EndArray();
}

void AddPloverActors(JsonWriter& json, std::string_view key, const PloverEvent& row,
                     const std::vector<EventActor>& side) {
  json.Key(key);
  json.BeginArray();
  for (const EventActor& each : side) {
    const ActorParts actor = ActorOf(row.story, &each, row.names);
    json.BeginObject();
    AddMember(json, "raw_text", each.span.of(row.story.text));
    AddMember(json, "entity_name", actor.name);
    AddMember(json, "wiki_description", "");
    AddMember(json, "country_name", Looked(row.names.countries, actor.country));
    AddMember(json, "sector_code", actor.roles.empty() ? "" : actor.roles.front());
    if (actor.roles.size() > 1) {
      AddPloverList(json, "other_sector_codes", {actor.roles.begin() + 1, actor.roles.end()});
    }
    AddMember(json, "actor_code", actor.code);
    json.EndObject();
  }
  json.EndArray();
}

/// How near a position is known, as PLOVER counts: 1 country … 5 below a city.
int ResolutionOf(PlacePrecision precision) {
  switch (precision) {
    case PlacePrecision::kCountry:
      return 1;
    case PlacePrecision::kAdmin1:
      return 2;
    case PlacePrecision::kAdmin2:
      return 3;
    case PlacePrecision::kCity:
      return 4;
    case PlacePrecision::kPoint:
      return 5;
    case PlacePrecision::kRegion:
      break;
  }
  return 0;
}

void AddPloverLocation(JsonWriter& json, const PloverEvent& row) {
  const Location& place = row.location;
  if (place.name.empty()) return;
  const auto number = [&](std::string_view key, std::optional<double> value) {
    if (!value) return;
    json.Key(key);
    json.Number(*value);
  };
  json.Key("event_loc");
  json.BeginObject();
  AddMember(json, "extracted_place", place.printed);
  AddMember(json, "resolved_place", place.name);
  if (place.geonameid) AddMember(json, "geonameid", fmt::format("{}", *place.geonameid));
  number("lat", place.lat);
  number("lon", place.lon);
  if (place.precision == PlacePrecision::kCity) AddMember(json, "city", place.name);
  if (place.precision == PlacePrecision::kAdmin2) AddMember(json, "district", place.name);
  AddMember(json, "province",
            place.precision == PlacePrecision::kAdmin1 ? place.name : place.admin1);
  AddMember(json, "country", Looked(row.names.countries, place.country));
  AddMember(json, "country_code", place.country);
  AddMember(json, "feature_code", FeatureOf(place));
  const int resolution = place.precision ? ResolutionOf(*place.precision) : 0;
  if (resolution > 0) number("resolution", resolution);
  json.EndObject();
}

/// The auxiliary modes, which say that something is not told as what happened.
std::string_view AuxiliaryOf(EventStatus status) {
  switch (status) {
    case EventStatus::kHistorical:
      return "historical";
    case EventStatus::kPlanned:
    case EventStatus::kOffered:
    case EventStatus::kThreatened:
      return "future";
    case EventStatus::kRequested:
    case EventStatus::kHypothetical:
    case EventStatus::kConditional:
      return "hypothetical";
    case EventStatus::kDenied:
    case EventStatus::kNegated:
      return "negation";
    default:
      return "";
  }
}

/// Killed, injured, arrested: the least that is told.
void AddSize(JsonWriter& json, const Event& event) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kKinds = {
      {{"killed", "dead"}, {"injured", "injured"}, {"arrested", "arrested"}}};
  const auto counts = [&](std::string_view of) {
    return std::ranges::find(event.counts, of, &EventCount::of);
  };
  const bool any = std::ranges::any_of(
      kKinds, [&](const auto& kind) { return counts(kind.first) != event.counts.end(); });
  if (!any) return;
  json.Key("size");
  json.BeginObject();
  for (const auto& [of, key] : kKinds) {
    const auto count = counts(of);
    if (count == event.counts.end()) continue;
    json.Key(key);
    json.Number(count->least);
  }
  json.EndObject();
}

/// Characters of the passage in the story's text.
void AddTextInfo(JsonWriter& json, const PloverEvent& row, const Offsets& offsets) {
  const Span chars = *offsets.Convert(row.event.evidence.front());
  json.Key("text_info");
  json.BeginObject();
  json.Key("sequence");
  json.Number(std::uint64_t{SentenceNumber(row.story, row.event.trigger.begin)});
  json.Key("start");
  json.Number(std::uint64_t{chars.begin});
  json.Key("end");
  json.Number(std::uint64_t{chars.end});
  json.EndObject();
}

void AddCitation(JsonWriter& json, const PloverEvent& row) {
  const Story& story = row.story;
  json.Key("cite_info");
  json.BeginObject();
  const std::string url = Url(story);
  AddMember(json, IsWeb(url) ? "url" : "citation", url);
  AddMember(json, "title", story.article.headline.value_or(""));
  AddMember(json, "language", story.article.in_language.value_or(""));
  AddMember(json, "publication", Publisher(story));
  AddMember(json, "coder", "dateline");
  json.EndObject();
}

std::string PloverLine(const PloverEvent& row, const Offsets& offsets) {
  const Event& event = row.event;
  JsonWriter json(false);
  json.BeginObject();
  AddMember(json, "id", row.id);
  json.Key("date");
  json.String(Day(row.date));
  AddPloverActors(json, "actor", row, event.source);
  AddPloverActors(json, "recipient", row, event.target);
  AddPloverList(json, "event", {event.plover});
  Strings modes;
  if (event.mode) modes.push_back(*event.mode);
  const std::string_view auxiliary = AuxiliaryOf(event.status);
  if (!auxiliary.empty()) modes.emplace_back(auxiliary);
  AddPloverList(json, "mode", modes);
  AddPloverList(json, "context", event.contexts);
  AddMember(json, "quad_code", QuadName(event.quad));
  json.Key("event_scale");
  json.Number(event.goldstein);
  AddPloverLocation(json, row);
  Strings passages;
  for (const Span span : event.evidence) passages.emplace_back(span.of(row.story.text));
  AddPloverList(json, "event_text", passages);
  if (!event.evidence.empty()) AddTextInfo(json, row, offsets);
  AddSize(json, event);
  AddCitation(json, row);
  AddMember(json, "coder", "dateline");
  if (row.source.added.size() >= 8) {
    const std::string& added = row.source.added;
    AddMember(json, "coded_date",
              added.substr(0, 4) + "-" + added.substr(4, 2) + "-" + added.substr(6, 2));
  }
  AddMember(json, "comment", "CAMEO " + event.cameo);
  json.EndObject();
  return json.Take() + "\n";
}

}  // namespace

const std::vector<std::string>& PolecatColumns() {
  static const std::vector<std::string> columns = {"Event ID",
                                                   "Event Date",
                                                   "Event Type",
                                                   "Event Mode",
                                                   "Intensity",
                                                   "Quad Code",
                                                   "Contexts",
                                                   "Actor Name",
                                                   "Actor Country",
                                                   "Actor COW",
                                                   "Primary Actor Sector",
                                                   "Actor Sectors",
                                                   "Actor Title",
                                                   "Actor Name Raw",
                                                   "Wikipedia Actor ID",
                                                   "Recipient Name",
                                                   "Recipient Country",
                                                   "Recipient COW",
                                                   "Primary Recipient Sector",
                                                   "Recipient Sectors",
                                                   "Recipient Title",
                                                   "Recipient Name Raw",
                                                   "Wikipedia Recipient ID",
                                                   "Placename",
                                                   "City",
                                                   "District",
                                                   "Province",
                                                   "Country",
                                                   "Latitude",
                                                   "Longitude",
                                                   "GeoNames ID",
                                                   "Raw Placename",
                                                   "Feature Type",
                                                   "Source",
                                                   "Publication Date",
                                                   "Story People",
                                                   "Story Organizations",
                                                   "Story Locations",
                                                   "Language",
                                                   "Version"};
  return columns;
}

std::string WritePolecat(const Story& story, const ExportSource& source, const CodeNames& names) {
  std::string lines;
  for (const PloverEvent& row : EventsOf(story, source, names)) {
    Fields cells;
    for (std::string& cell : PolecatCells(row)) {
      cells.emplace_back("", cell.empty() ? "None" : std::move(cell));
    }
    lines += Row(cells, RowForm::kTsv);
  }
  return lines;
}

std::string WritePlover(const Story& story, const ExportSource& source, const CodeNames& names) {
  std::string lines;
  const Offsets offsets(story, OffsetUnit::kChars);
  for (const PloverEvent& row : EventsOf(story, source, names)) lines += PloverLine(row, offsets);
  return lines;
}

}  // namespace dateline::record
