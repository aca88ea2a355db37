#include "record/event_rows.h"

#include <fmt/format.h>

#include <string>

#include "dateline/record.h"
#include "record/rows.h"

namespace dateline {
namespace record {

std::string_view NameOf(const Story& story, const EventActor& actor) {
  const Entity* entity = EntityAt(story, actor.entity);
  return entity != nullptr ? std::string_view(entity->name) : actor.span.of(story.text);
}

}  // namespace record

namespace {

using record::Fields;
using record::Joined;
using record::Number;

std::string Counted(const EventCount& count) {
  std::string text = fmt::format("{} {}", count.of, count.least);
  if (!count.most) text += "+";
  if (count.most && *count.most != count.least) text += fmt::format("-{}", *count.most);
  return count.unit.empty() ? text : text + " " + count.unit;
}

void AddStory(const Story& story, Fields& fields) {
  const auto& published = story.article.date_published;
  fields.emplace_back("story", story.source.id.value_or(story.id));
  fields.emplace_back("path", story.source.path.value_or(""));
  fields.emplace_back("headline", story.article.headline.value_or(""));
  fields.emplace_back("published", published ? FormatDateTime(*published) : "");
}

void AddSides(const Story& story, const Event& event, Fields& fields) {
  const auto code = [](const EventActor& actor) { return actor.actor; };
  const auto name = [&](const EventActor& actor) {
    return std::string(record::NameOf(story, actor));
  };
  fields.emplace_back("source", Joined(event.source, code));
  fields.emplace_back("source_name", Joined(event.source, name));
  fields.emplace_back("target", Joined(event.target, code));
  fields.emplace_back("target_name", Joined(event.target, name));
}

void AddCode(const Event& event, Fields& fields) {
  fields.emplace_back("cameo", event.cameo);
  fields.emplace_back("plover", event.plover);
  fields.emplace_back("mode", event.mode.value_or(""));
  fields.emplace_back("contexts", Joined(event.contexts, [](const std::string& c) { return c; }));
  fields.emplace_back("quad", event.quad > 0 ? fmt::format("{}", event.quad) : "");
  fields.emplace_back("goldstein", fmt::format("{}", event.goldstein));
}

void AddCircumstances(const Story& story, const Event& event, Fields& fields) {
  const EventPlace none;
  const EventPlace& place = event.place ? *event.place : none;
  const auto from = [](const std::optional<Origin>& origin) {
    return origin ? std::string(OriginName(*origin)) : std::string();
  };
  fields.emplace_back("date", event.date ? FormatDate(*event.date) : "");
  fields.emplace_back("date_from", from(event.date_from));
  fields.emplace_back("place", place.name);
  fields.emplace_back("country", place.country.value_or(""));
  fields.emplace_back("lat", Number(place.lat));
  fields.emplace_back("lon", Number(place.lon));
  fields.emplace_back("place_from", from(event.place_from));
  fields.emplace_back("counts", Joined(event.counts, Counted));
  fields.emplace_back("means", event.means ? event.means->kind : "");
  fields.emplace_back("status", EventStatusName(event.status));
  std::string speaker;
  if (event.attributed_to && Raw(*event.attributed_to) < story.attributions.size()) {
    const Attribution& attribution = story.attributions[Raw(*event.attributed_to)];
    const Entity* entity = record::EntityAt(story, attribution.entity);
    speaker = entity != nullptr ? entity->name : Joined(attribution.source, [&](Span span) {
      return std::string(span.of(story.text));
    });
  }
  fields.emplace_back("attributed_to", speaker);
}

Fields RowOf(const Story& story, const Event& event, std::size_t index) {
  Fields fields;
  AddStory(story, fields);
  fields.emplace_back("event", fmt::format("v{}", index + 1));
  AddCode(event, fields);
  AddSides(story, event, fields);
  AddCircumstances(story, event, fields);
  fields.emplace_back("confidence", fmt::format("{}", event.confidence));
  fields.emplace_back("rule", event.rule);
  fields.emplace_back("ontology", event.ontology);
  fields.emplace_back("evidence", Joined(event.evidence, [&](Span span) {
                        return std::string(span.of(story.text));
                      }));
  return fields;
}

}  // namespace

std::string EventRowHeader() { return record::HeaderRow(RowOf(Story{}, Event{}, 0)); }

std::string WriteEventRows(const Story& story, const Choice& choice) {
  std::string out;
  for (std::size_t i = 0; i < story.events.size(); ++i) {
    if (IsChosen(choice, i)) out += record::Row(RowOf(story, story.events[i], i));
  }
  return out;
}

}  // namespace dateline
