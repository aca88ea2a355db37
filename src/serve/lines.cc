#include "serve/lines.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <utility>

namespace dateline::serve {

using record::JsonWriter;

void AddText(JsonWriter& json, std::string_view key, const std::optional<std::string>& text) {
  if (!text) return;
  json.Key(key);
  json.String(*text);
}

void AddNumber(JsonWriter& json, std::string_view key, std::uint64_t number) {
  json.Key(key);
  json.Number(number);
}

namespace {

void AddNumber(JsonWriter& json, std::string_view key, std::int64_t number) {
  serve::AddNumber(json, key, static_cast<std::uint64_t>(number));
}

void AddFields(const StoryCluster& cluster, JsonWriter& json) {
  AddNumber(json, "cluster", cluster.cluster);
  AddText(json, "title", cluster.title);
  serve::AddNumber(json, "stories", cluster.stories);
  serve::AddNumber(json, "copies", cluster.copies);
  serve::AddNumber(json, "outlets", cluster.outlets);
  AddText(json, "first_day", cluster.first_day);
  AddText(json, "last_day", cluster.last_day);
  json.Key("actors");
  json.BeginArray();
  for (const ClusterActor& actor : cluster.actors) {
    json.BeginObject(record::Layout::kInline);
    AddText(json, "name", actor.name);
    serve::AddNumber(json, "stories", actor.stories);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string HitLine(const SearchHit& hit) {
  JsonWriter json(false);
  json.BeginObject();
  AddNumber(json, "story", hit.story);
  AddText(json, "id", hit.id);
  AddText(json, "published", hit.published);
  AddText(json, "headline", hit.headline);
  AddText(json, "publisher", hit.publisher);
  AddText(json, "snippet", hit.snippet);
  json.Key("marks");
  json.BeginArray();
  for (const Span mark : hit.marks) {
    json.BeginArray(record::Layout::kInline);
    json.Number(std::uint64_t{mark.begin});
    json.Number(std::uint64_t{mark.end});
    json.EndArray();
  }
  json.EndArray();
  json.Key("score");
  json.Number(hit.score);
  json.EndObject();
  return json.Take();
}

std::string SameLine(const SameEvent& event) {
  JsonWriter json(false);
  json.BeginObject();
  json.Key("sightings");
  json.BeginArray();
  for (const SameEvent::Sighting& each : event.sightings) {
    json.BeginObject(record::Layout::kInline);
    AddNumber(json, "story", each.story);
    AddText(json, "event", fmt::format("v{}", each.number + 1));
    json.EndObject();
  }
  json.EndArray();
  serve::AddNumber(json, "stories", event.stories);
  serve::AddNumber(json, "sources", event.sources);
  AddText(json, "first_published", event.first_published);
  for (const auto& [name, values] :
       {std::pair("codes", &event.codes), std::pair("statuses", &event.statuses),
        std::pair("dates", &event.dates), std::pair("places", &event.places),
        std::pair("numbers", &event.numbers)}) {
    // Values are keys here, and may hold what JSON escapes.
    std::string object;
    for (const auto& [value, count] : *values) {
      JsonWriter key(false);
      key.String(value);
      object += fmt::format("{}{}:{}", object.empty() ? "" : ",", key.Take(), count);
    }
    json.Key(name);
    json.Raw("{" + object + "}");
  }
  json.EndObject();
  return json.Take();
}

std::string ClusterLine(const StoryCluster& cluster) {
  JsonWriter json(false);
  json.BeginObject();
  AddFields(cluster, json);
  json.EndObject();
  return json.Take();
}

std::string ClusterLine(const ClusterLife& life) {
  JsonWriter json(false);
  json.BeginObject();
  AddFields(life.cluster, json);
  json.Key("members");
  json.BeginArray();
  for (const ClusterStory& story : life.stories) {
    json.BeginObject(record::Layout::kInline);
    AddNumber(json, "story", story.story);
    AddText(json, "published", story.published);
    AddText(json, "headline", story.headline);
    AddText(json, "publisher", story.publisher);
    if (story.copy_of) AddNumber(json, "copy_of", *story.copy_of);
    json.EndObject();
  }
  json.EndArray();
  json.Key("changes");
  json.BeginArray();
  for (const ClusterChange& change : life.changes) {
    json.BeginObject(record::Layout::kInline);
    AddText(json, "kind", change.kind);
    AddNumber(json, "other", change.other);
    AddNumber(json, "story", change.story);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

static void AddConfidence(double confidence, JsonWriter& json) {
  json.Key("confidence");
  json.Number(confidence);
}

static void AddRole(const IdentityRole& role, JsonWriter& json) {
  json.BeginObject(record::Layout::kInline);
  AddText(json, "title", role.title);
  AddText(json, "of", role.of);
  AddText(json, "time", role.time);
  AddNumber(json, "stories", role.stories);
  AddText(json, "first_day", role.first_day);
  AddText(json, "last_day", role.last_day);
  json.EndObject();
}

static void AddEvidence(const IdentityEvidence& each, JsonWriter& json) {
  json.BeginObject(record::Layout::kInline);
  AddNumber(json, "story", static_cast<std::uint64_t>(each.story));
  AddText(json, "entity", fmt::format("e{}", each.entity + 1));
  AddText(json, "name", each.name);
  AddConfidence(each.confidence, json);
  AddText(json, "reason", each.reason);
  AddText(json, "published", each.published);
  if (!each.headline.empty()) AddText(json, "headline", each.headline);
  if (each.correction) AddNumber(json, "correction", static_cast<std::uint64_t>(*each.correction));
  json.EndObject();
}

/// The fields of the object begun.
static void AddIdentity(const Identity& identity, JsonWriter& json) {
  AddNumber(json, "identity", static_cast<std::uint64_t>(identity.identity));
  AddText(json, "type", identity.type);
  AddText(json, "name", identity.name);
  json.Key("aliases");
  json.BeginArray();
  for (const std::string& name : identity.aliases) json.String(name);
  json.EndArray();
  AddText(json, "country", identity.country);
  AddNumber(json, "stories", identity.stories);
  AddText(json, "first_day", identity.first_day);
  AddText(json, "last_day", identity.last_day);
  AddConfidence(identity.confidence, json);
}

std::string IdentityLine(const Identity& identity) {
  JsonWriter json(false);
  json.BeginObject();
  AddIdentity(identity, json);
  json.EndObject();
  return json.Take();
}

std::string IdentityLine(const IdentityLife& life) {
  JsonWriter json(false);
  json.BeginObject();
  AddIdentity(life.identity, json);
  json.Key("roles");
  json.BeginArray();
  for (const IdentityRole& role : life.roles) AddRole(role, json);
  json.EndArray();
  json.Key("evidence");
  json.BeginArray();
  for (const IdentityEvidence& each : life.evidence) AddEvidence(each, json);
  json.EndArray();
  json.EndObject();
  return json.Take();
}

std::string_view StateOf(const Correction& correction) {
  if (correction.undone) return "taken back";
  return correction.stale ? "stale" : "holds";
}

static bool IsOfEntity(const Correction& correction) {
  return correction.kind == Correction::Kind::kAnotherEntity ||
         correction.kind == Correction::Kind::kSameEntity;
}

record::Fields CorrectionFields(const Correction& correction) {
  const bool entity = IsOfEntity(correction);
  return {{"correction", fmt::format("{}", correction.number)},
          {"made", correction.made},
          {"kind", std::string(CorrectionKindName(correction.kind))},
          {"story", fmt::format("{}", correction.story)},
          {"fact", fmt::format("{}{}", entity ? 'e' : 'v', correction.fact + 1)},
          {"machine", correction.machine},
          {"value", entity ? fmt::format("{}", correction.identity) : correction.value},
          {"note", correction.note},
          {"state", std::string(StateOf(correction))},
          {"undone", correction.undone.value_or("")}};
}

std::string CorrectionLine(const Correction& correction) {
  JsonWriter json(false);
  json.BeginObject();
  for (const auto& [name, value] : CorrectionFields(correction)) {
    if (value.empty()) continue;
    if (name == "correction" || name == "story") {
      AddNumber(json, name, name == "story" ? correction.story : correction.number);
    } else {
      AddText(json, name, value);
    }
  }
  json.EndObject();
  return json.Take();
}

std::string Written(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string WithField(std::string object, std::string_view key, std::string_view value) {
  const auto end = object.rfind('}');
  if (end == object.npos) return object;
  const bool empty = object[end - 1] == '{';
  object.resize(end);
  return object + fmt::format("{}\"{}\":{}}}", empty ? "" : ",", key, value);
}

std::string WithFirst(std::string_view key, std::string_view value, std::string_view object) {
  if (!object.starts_with('{')) return std::string(object);
  const bool empty = object.size() > 1 && object[1] == '}';
  return fmt::format("{{\"{}\":{}{}{}", key, value, empty ? "" : ",", object.substr(1));
}

}  // namespace dateline::serve
