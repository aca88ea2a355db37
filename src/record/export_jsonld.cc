// schema.org in JSON-LD: a NewsArticle with those whom it mentions, what they say (Quotation) and
// the events it tells (Event).
#include <fmt/format.h>

#include <functional>

#include "record/event_rows.h"
#include "record/export_forms.h"
#include "record/export_parts.h"
#include "record/json_writer.h"
#include "record/rows.h"

namespace dateline::record {
namespace {

/// Writes one article.
class ArticleWriter {
 public:
  ArticleWriter(const Story& story, const ExportSource& source, const CodeNames& names)
      : story_(story), source_(source), names_(names), json_(false) {}

  std::string Write() {
    const auto& article = story_.article;
    json_.BeginObject();
    Text("@type", "NewsArticle");
    Text("@id", "urn:dateline:" + story_.id);
    Text("headline", article.headline);
    Text("alternativeHeadline", article.alternative_headline);
    Text("description", article.description);
    People("author", article.author);
    People("contributor", article.contributor);
    People("editor", article.editor);
    Moment("datePublished", article.date_published);
    Moment("dateModified", article.date_modified);
    Text("dateline", article.dateline);
    if (article.location_created) Named("locationCreated", "Place", *article.location_created);
    Text("articleSection", article.article_section);
    Texts("keywords", article.keywords);
    if (article.publisher) Named("publisher", "Organization", *article.publisher);
    Sources(article.source_organization);
    Text("correction", article.correction);
    Text("creativeWorkStatus", article.creative_work_status);
    Text("version", article.version);
    Text("url", article.url ? article.url : story_.source.url);
    Text("inLanguage", article.in_language);
    if (article.word_count) {
      json_.Key("wordCount");
      json_.Number(std::uint64_t{*article.word_count});
    }
    Text("articleBody", Body());
    Mentions();
    Quotations();
    Events();
    json_.EndObject();
    return json_.Take();
  }

 private:
  void Text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    json_.Key(key);
    json_.String(value);
  }
  void Text(std::string_view key, const std::optional<std::string>& value) {
    if (value) Text(key, std::string_view(*value));
  }
  void Text(std::string_view key, const std::string& value) { Text(key, std::string_view(value)); }
  void Text(std::string_view key, const char* value) { Text(key, std::string_view(value)); }

  void Moment(std::string_view key, const std::optional<DateTime>& value) {
    if (value) Text(key, FormatDateTime(*value));
  }

  void Texts(std::string_view key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    json_.Key(key);
    json_.BeginArray();
    for (const std::string& value : values) json_.String(value);
    json_.EndArray();
  }

  void BeginThing(std::string_view type, std::string_view name) {
    json_.BeginObject();
    Text("@type", type);
    Text("name", name);
  }

  void Named(std::string_view key, std::string_view type, std::string_view name) {
    json_.Key(key);
    BeginThing(type, name);
    json_.EndObject();
  }

  void NamedList(std::string_view key, std::string_view type,
                 const std::vector<std::string>& names) {
    if (names.empty()) return;
    json_.Key(key);
    json_.BeginArray();
    for (const std::string& name : names) {
      BeginThing(type, name);
      json_.EndObject();
    }
    json_.EndArray();
  }
  void People(std::string_view key, const std::vector<std::string>& names) {
    NamedList(key, "Person", names);
  }
  void Sources(const std::vector<std::string>& names) {
    NamedList("sourceOrganization", "Organization", names);
  }

  /// The body's blocks, an empty line between them.
  [[nodiscard]] std::string Body() const {
    std::string body;
    for (const Block& block : story_.blocks) {
      if (!IsBody(block.kind)) continue;
      if (!body.empty()) body += "\n\n";
      body += block.span.of(story_.text);
    }
    return body;
  }

  static std::string_view TypeOf(EntityType type) {
    switch (type) {
      case EntityType::kPerson:
        return "Person";
      case EntityType::kOrganization:
      case EntityType::kGroup:
        return "Organization";
      case EntityType::kCountry:
        return "Country";
      case EntityType::kPlace:
      case EntityType::kFacility:
        return "Place";
      case EntityType::kWork:
        return "CreativeWork";
      case EntityType::kEvent:
        return "Event";
      case EntityType::kOther:
        break;
    }
    return "Thing";
  }

  void EntityThing(const Entity& entity, std::size_t number) {
    BeginThing(TypeOf(entity.type), entity.name);
    Text("@id", fmt::format("urn:dateline:{}#e{}", story_.id, number));
    if (entity.type == EntityType::kPerson) {
      if (!entity.roles.empty()) Text("jobTitle", entity.roles.front().title);
      const std::string country =
          entity.country ? Looked(names_.countries, *entity.country) : std::string();
      if (!country.empty()) Named("nationality", "Country", country);
    }
    json_.EndObject();
  }

  void Mentions() {
    if (story_.entities.empty()) return;
    json_.Key("mentions");
    json_.BeginArray();
    for (std::size_t i = 0; i < story_.entities.size(); ++i) {
      EntityThing(story_.entities[i], i + 1);
    }
    json_.EndArray();
  }

  /// A reference to an entity, else a thing with the words of the story.
  void Reference(std::optional<EntityIndex> entity, std::string_view words) {
    if (EntityAt(story_, entity) == nullptr) {
      BeginThing("Thing", words);
      json_.EndObject();
      return;
    }
    json_.BeginObject();
    Text("@id", fmt::format("urn:dateline:{}#e{}", story_.id, Raw(*entity) + 1));
    json_.EndObject();
  }

  void Quotations() {
    bool begun = false;
    for (const Attribution& attribution : story_.attributions) {
      if (attribution.kind != AttributionKind::kDirect || attribution.content.empty()) continue;
      if (!begun) {
        json_.Key("hasPart");
        json_.BeginArray();
        begun = true;
      }
      json_.BeginObject();
      Text("@type", "Quotation");
      Text("text", TextOf(story_, attribution.content));
      const std::string speaker = TextOf(story_, attribution.source);
      if (attribution.entity || !speaker.empty()) {
        json_.Key("spokenByCharacter");
        Reference(attribution.entity, speaker);
      }
      json_.EndObject();
    }
    if (begun) json_.EndArray();
  }

  void Side(std::string_view key, const std::vector<EventActor>& side) {
    if (side.empty()) return;
    json_.Key(key);
    json_.BeginArray();
    for (const EventActor& actor : side) Reference(actor.entity, actor.span.of(story_.text));
    json_.EndArray();
  }

  void Code(std::string_view scheme, std::string_view value) {
    if (value.empty()) return;
    json_.BeginObject();
    Text("@type", "PropertyValue");
    Text("propertyID", scheme);
    Text("value", value);
    json_.EndObject();
  }

  void Where(const Event& event) {
    const Location location = LocationOf(story_, event);
    if (location.name.empty()) return;
    json_.Key("location");
    BeginThing("Place", location.name);
    if (location.lat && location.lon) {
      json_.Key("geo");
      json_.BeginObject();
      Text("@type", "GeoCoordinates");
      json_.Key("latitude");
      json_.Number(*location.lat);
      json_.Key("longitude");
      json_.Number(*location.lon);
      json_.EndObject();
    }
    if (!location.country.empty()) {
      json_.Key("address");
      json_.BeginObject();
      Text("@type", "PostalAddress");
      Text("addressRegion", location.admin1);
      Text("addressCountry", location.country);
      json_.EndObject();
    }
    json_.EndObject();
  }

  void OneEvent(const Event& event, std::size_t number) {
    const std::string name = Looked(names_.events, event.cameo);
    BeginThing("Event", name.empty() ? event.cameo : name);
    Text("@id", fmt::format("urn:dateline:{}#v{}", story_.id, number));
    if (event.date) Text("startDate", FormatDate(*event.date));
    Where(event);
    Side("organizer", event.source);
    Side("about", event.target);
    if (!event.evidence.empty()) Text("description", event.evidence.front().of(story_.text));
    json_.Key("identifier");
    json_.BeginArray();
    Code("CAMEO", event.cameo);
    Code("PLOVER", event.plover);
    Code("dateline status", EventStatusName(event.status));
    json_.EndArray();
    json_.EndObject();
  }

  void Events() {
    bool begun = false;
    for (std::size_t i = 0; i < story_.events.size(); ++i) {
      if (!IsChosen(source_.choice, i)) continue;
      if (!begun) {
        json_.Key("about");
        json_.BeginArray();
        begun = true;
      }
      OneEvent(story_.events[i], i + 1);
    }
    if (begun) json_.EndArray();
  }

  const Story& story_;
  const ExportSource& source_;
  const CodeNames& names_;
  JsonWriter json_;
};

}  // namespace

std::string WriteJsonLd(const Story& story, const ExportSource& source, const CodeNames& names) {
  return ArticleWriter(story, source, names).Write();
}

}  // namespace dateline::record
