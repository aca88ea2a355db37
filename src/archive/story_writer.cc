#include "archive/story_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "record/event_rows.h"
#include "record/rows.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kKnownNames = 1U << 17U;

/// "INSERT INTO places VALUES(?,?,…)".
std::string Insert(std::string_view table, int columns) {
  std::string sql = fmt::format("INSERT INTO {} VALUES(?", table);
  for (int i = 1; i < columns; ++i) sql += ",?";
  return sql + ")";
}

std::optional<std::string_view> NonEmpty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::string> List(const std::vector<std::string>& items) {
  if (items.empty()) return std::nullopt;
  return record::Joined(items, [](const std::string& item) { return item; }, "; ");
}

std::optional<std::string> Written(const std::optional<DateTime>& date) {
  return date ? std::optional(FormatDateTime(*date)) : std::nullopt;
}

std::optional<std::string> Written(const std::optional<Date>& date) {
  return date ? std::optional(FormatDate(*date)) : std::nullopt;
}

std::optional<std::string> Words(const Story& story, const std::vector<Span>& spans) {
  if (spans.empty()) return std::nullopt;
  return record::Joined(spans, [&](Span span) { return std::string(span.of(story.text)); }, " … ");
}

/// From the first byte of all spans to the last.
Span Around(const std::vector<Span>& spans) {
  if (spans.empty()) return {};
  Span whole = spans.front();
  for (const Span span : spans) {
    whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
  }
  return whole;
}

/// Indices in the record count from 1.
template <typename Index>
std::optional<std::int64_t> Number(const std::optional<Index>& index) {
  return index ? std::optional(static_cast<std::int64_t>(Raw(*index)) + 1) : std::nullopt;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::string BytesOfHex(std::string_view hex) {
  constexpr std::size_t kDigits = 32;
  std::string bytes;
  if (hex.size() != kDigits) return bytes;
  for (std::size_t i = 0; i < kDigits; i += 2) {
    const int high = DigitOf(hex[i]);
    const int low = DigitOf(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

Names::Names(Database& database)
    : database_(database),
      find_(database, "SELECT name FROM names WHERE text = ?"),
      insert_(database, "INSERT INTO names(text) VALUES(?)"),
      index_(database, "INSERT INTO name_search(rowid, text) VALUES(?, ?)") {}

std::int64_t Names::NumberOf(std::string_view name) {
  const std::string key(name);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  std::int64_t number = 0;
  find_.Start(key);
  if (find_.Step()) number = find_.Number(0);
  find_.Reset();
  if (number == 0) {
    insert_.Run(key);
    number = database_.LastId();
    index_.Run(number, key);
  }
  if (known_.size() >= kKnownNames) known_.clear();
  known_.emplace(key, number);
  return number;
}

StoryWriter::StoryWriter(Database& database)
    : database_(database),
      names_(database),
      story_(database, Insert("stories", 23) + " ON CONFLICT(hash) DO NOTHING"),
      text_(database, Insert("texts", 3)),
      index_(database, "INSERT INTO search(rowid, headline, text) VALUES(?, ?, ?)"),
      record_(database, Insert("records", 2)),
      sentence_(database, Insert("sentences", 4)),
      entity_(database, Insert("entities", 6)),
      role_(database, Insert("roles", 8)),
      mention_(database, Insert("mentions", 6)),
      time_(database, Insert("times", 9)),
      place_(database, Insert("places", 12)),
      attribution_(database, Insert("attributions", 13)),
      event_(database, Insert("events", 21)),
      actor_(database, Insert("event_actors", 9)) {}

std::int64_t StoryWriter::Write(const ArchiveItem& item, std::int64_t input, std::int64_t run) {
  const Story& story = item.story;
  const std::int64_t number = WriteStory(story, input, run);
  if (number == 0) return 0;
  WriteText(number, story);
  record_.Run(number, Blob{item.record});
  std::int64_t at = 0;
  for (const Sentence& sentence : story.sentences) {
    sentence_.Run(number, ++at, sentence.span.begin, sentence.span.end);
  }
  WriteEntities(number, story);
  WriteTimes(number, story);
  WritePlaces(number, story);
  WriteAttributions(number, story);
  WriteEvents(number, story);
  return number;
}

std::int64_t StoryWriter::WriteStory(const Story& story, std::int64_t input, std::int64_t run) {
  const Article& article = story.article;
  const std::string hash = BytesOfHex(story.id);
  const auto& url = article.url ? article.url : story.source.url;
  story_.Run(nullptr, Blob{hash}, input, run, story.source.index, Written(article.date_published),
             Written(article.date_modified), story.source.id, story.source.path, url,
             article.in_language, article.publisher, List(article.source_organization),
             List(article.author), article.article_section, List(article.keywords),
             article.dateline, article.location_created, article.description, article.correction,
             article.creative_work_status, article.version, article.word_count);
  return database_.Changes() == 0 ? 0 : database_.LastId();
}

void StoryWriter::WriteText(std::int64_t number, const Story& story) {
  text_.Run(number, story.article.headline, story.text);
  index_.Run(number, story.article.headline, story.text);
}

void StoryWriter::WriteEntities(std::int64_t number, const Story& story) {
  std::int64_t at = 0;
  std::int64_t role_at = 0;
  std::int64_t mention_at = 0;
  for (const Entity& entity : story.entities) {
    entity_.Run(number, ++at, EntityTypeName(entity.type), names_.NumberOf(entity.name),
                entity.country, entity.actor);
    for (const Role& role : entity.roles) {
      role_.Run(number, ++role_at, at, role.title, role.of, role.time, role.span.begin,
                role.span.end);
    }
    for (const Mention& mention : entity.mentions) {
      mention_.Run(number, ++mention_at, at, MentionKindName(mention.kind), mention.span.begin,
                   mention.span.end);
    }
  }
}

void StoryWriter::WriteTimes(std::int64_t number, const Story& story) {
  std::int64_t at = 0;
  for (const Timex& time : story.times) {
    time_.Run(number, ++at, TimexTypeName(time.type), time.value, time.mod, Written(time.first_day),
              Written(time.last_day), time.span.begin, time.span.end);
  }
}

void StoryWriter::WritePlaces(std::int64_t number, const Story& story) {
  std::int64_t at = 0;
  for (const Place& place : story.places) {
    const auto precision =
        place.precision ? std::optional(PlacePrecisionName(*place.precision)) : std::nullopt;
    place_.Run(number, ++at, names_.NumberOf(place.name), place.country, place.admin1, place.lat,
               place.lon, place.geonameid, place.literal, precision, place.span.begin,
               place.span.end);
  }
}

void StoryWriter::WriteAttributions(std::int64_t number, const Story& story) {
  std::int64_t at = 0;
  for (const Attribution& attribution : story.attributions) {
    const Span whole = Around(attribution.content);
    attribution_.Run(number, ++at, AttributionKindName(attribution.kind),
                     Number(attribution.entity), Words(story, attribution.source),
                     Words(story, attribution.cue), NonEmpty(attribution.cue_lemma),
                     attribution.negated, attribution.modal, Number(attribution.inside),
                     attribution.confidence, whole.begin, whole.end);
  }
}

void StoryWriter::WriteEvents(std::int64_t number, const Story& story) {
  std::int64_t at = 0;
  for (const Event& event : story.events) WriteEvent(number, ++at, story, event);
}

void StoryWriter::WriteEvent(std::int64_t number, std::int64_t at, const Story& story,
                             const Event& event) {
  const EventPlace none;
  const EventPlace& place = event.place ? *event.place : none;
  const auto name =
      event.place ? std::optional(names_.NumberOf(place.name)) : std::optional<std::int64_t>();
  const auto means = event.means ? std::optional(event.means->kind) : std::nullopt;
  const Span evidence = event.evidence.empty() ? event.trigger : event.evidence.front();
  event_.Run(number, at, event.cameo, event.plover, event.mode, event.quad, event.goldstein,
             EventStatusName(event.status), Written(event.date), name, place.country, place.lat,
             place.lon, Number(event.attributed_to), means, event.confidence, event.rule,
             event.trigger.begin, event.trigger.end, evidence.begin, evidence.end);
  WriteSide(number, at, "source", story, event.source);
  WriteSide(number, at, "target", story, event.target);
}

void StoryWriter::WriteSide(std::int64_t number, std::int64_t at, std::string_view side,
                            const Story& story, const std::vector<EventActor>& actors) {
  std::int64_t place = 0;
  for (const EventActor& actor : actors) {
    actor_.Run(number, at, side, ++place, Number(actor.entity), actor.actor,
               names_.NumberOf(record::NameOf(story, actor)), actor.span.begin, actor.span.end);
  }
}

}  // namespace dateline::archive
