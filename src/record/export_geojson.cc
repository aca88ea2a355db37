// GeoJSON (RFC 7946): a point for each event whose position is known.
#include <fmt/format.h>

#include "record/event_rows.h"
#include "record/export_forms.h"
#include "record/export_parts.h"
#include "record/json_writer.h"
#include "record/rows.h"

namespace dateline::record {
namespace {

void AddNamedSide(JsonWriter& json, const Story& story, std::string_view key,
                  std::string_view name_key, const std::vector<EventActor>& side) {
  AddMember(json, key, Joined(side, [](const EventActor& actor) { return actor.actor; }));
  AddMember(json, name_key, Joined(side, [&](const EventActor& actor) {
              return std::string(NameOf(story, actor));
            }));
}

void AddProperties(JsonWriter& json, const Story& story, const Event& event,
                   const Location& location) {
  json.Key("properties");
  json.BeginObject();
  AddMember(json, "date", event.date ? FormatDate(*event.date) : "");
  AddMember(json, "cameo", event.cameo);
  AddMember(json, "plover", event.plover);
  AddMember(json, "mode", event.mode.value_or(""));
  if (event.quad > 0) {
    json.Key("quad");
    json.Number(static_cast<std::uint64_t>(event.quad));
  }
  json.Key("goldstein");
  json.Number(event.goldstein);
  AddMember(json, "status", EventStatusName(event.status));
  AddNamedSide(json, story, "source", "source_name", event.source);
  AddNamedSide(json, story, "target", "target_name", event.target);
  AddMember(json, "place", location.name);
  AddMember(json, "admin1", location.admin1);
  AddMember(json, "country", location.country);
  AddMember(json, "precision", location.precision ? PlacePrecisionName(*location.precision) : "");
  json.Key("confidence");
  json.Number(event.confidence);
  const auto& published = story.article.date_published;
  AddMember(json, "published", published ? FormatDateTime(*published) : "");
  AddMember(json, "headline", story.article.headline.value_or(""));
  AddMember(json, "url", Url(story));
  if (!event.evidence.empty()) AddMember(json, "evidence", event.evidence.front().of(story.text));
  json.EndObject();
}

}  // namespace

std::string WriteGeoJson(const Story& story, const ExportSource& source) {
  std::string features;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    const Event& event = story.events[i];
    const Location location = LocationOf(story, event);
    if (!IsChosen(source.choice, i) || !location.lat || !location.lon) continue;
    JsonWriter json(false);
    json.BeginObject();
    AddMember(json, "type", "Feature");
    AddMember(json, "id", fmt::format("{}_{}", source.number, i + 1));
    json.Key("geometry");
    json.BeginObject();
    AddMember(json, "type", "Point");
    json.Key("coordinates");
    json.BeginArray();
    json.Number(*location.lon);
    json.Number(*location.lat);
    json.EndArray();
    json.EndObject();
    AddProperties(json, story, event, location);
    json.EndObject();
    if (!features.empty()) features += ",\n";
    features += json.Take();
  }
  return features;
}

}  // namespace dateline::record
