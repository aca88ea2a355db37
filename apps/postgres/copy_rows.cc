#include "postgres/copy_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "dateline/record.h"
#include "postgres/names.h"
#include "record/event_rows.h"
#include "record/rows.h"
#include "text/charsets.h"

namespace dateline::postgres {
namespace {

constexpr std::array<TableColumns, kTables> kColumns = {{
    {"runs", "run, started, program, tables, model, options"},
    {"contexts", "context, bytes"},
    {"inputs", "input, run, path, line, record, position, format, context, size, original"},
    {"stories",
     "story, input, run, rebuilt, number, published, published_day, published_at, modified, "
     "source_id, path, url, language, publisher, agencies, authors, section, keywords, dateline, "
     "location, description, correction, status, version, words"},
    {"texts", "story, headline, text"},
    {"records", "story, record, exact"},
    {"sentences", "story, sentence, start, \"end\""},
    {"entities", "story, entity, type, name, country, actor"},
    {"roles", "story, role, entity, title, \"of\", \"time\", start, \"end\""},
    {"mentions", "story, mention, entity, kind, start, \"end\""},
    {"times", "story, \"time\", type, value, mod, first_day, last_day, start, \"end\""},
    {"places",
     "story, place, name, country, admin1, lat, lon, geonameid, literal, precision, start, "
     "\"end\""},
    {"attributions",
     "story, attribution, kind, entity, source, cue, lemma, negated, modal, inside, confidence, "
     "start, \"end\""},
    {"said", "story, passage, attribution, part, start, \"end\""},
    {"events",
     "story, event, cameo, plover, mode, quad, goldstein, status, date, day, place, country, lat, "
     "lon, attribution, means, confidence, rule, trigger_start, trigger_end, start, \"end\""},
    {"event_actors", "story, event, side, number, entity, actor, name, start, \"end\""},
}};

using Text = std::optional<std::string>;

Text List(const std::vector<std::string>& items) {
  if (items.empty()) return std::nullopt;
  return record::Joined(items, [](const std::string& item) { return item; }, "; ");
}

/// As the server takes it: its calendar has no year 0.
Text DayOf(const Date& date) {
  const int year = static_cast<int>(date.ymd.year());
  if (year < 1 || !date.ymd.ok()) return std::nullopt;
  return FormatDate({.ymd = date.ymd, .precision = Date::Precision::kDay});
}
Text DayOf(const std::optional<Date>& date) { return date ? DayOf(*date) : std::nullopt; }

template <typename Index>
std::optional<std::size_t> NumberOf(const std::optional<Index>& index) {
  return index ? std::optional(Raw(*index) + 1) : std::nullopt;
}

Span Whole(const std::vector<Span>& spans) {
  Span whole = spans.empty() ? Span() : spans.front();
  for (const Span span : spans) {
    whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
  }
  return whole;
}

}  // namespace

const TableColumns& ColumnsOf(Table table) { return kColumns.at(static_cast<std::size_t>(table)); }

void CopyText::Put(std::string_view value) {
  const bool valid = text::IsValidUtf8(value);
  for (const char c : value) {
    switch (c) {
      case '\0':
        text_ += '\x1A';
        break;
      case '\t':
        text_ += "\\t";
        break;
      case '\n':
        text_ += "\\n";
        break;
      case '\r':
        text_ += "\\r";
        break;
      case '\\':
        text_ += "\\\\";
        break;
      default:
        if (valid || static_cast<unsigned char>(c) < 0x80) {
          text_ += c;
        } else {
          text_ += "\xEF\xBF\xBD";
        }
    }
  }
}

void CopyText::Put(AsBytes value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  text_ += "\\\\x";
  for (const char c : value.bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text_ += kDigits[byte >> 4U];
    text_ += kDigits[byte & 0xFU];
  }
}

void CopyText::Put(double value) { text_ += fmt::format("{}", value); }

bool WithoutNul(std::string& json) {
  constexpr std::string_view kNul = "u0000";
  bool any = false;
  for (std::size_t at = json.find('\\'); at != json.npos; at = json.find('\\', at + 2)) {
    if (std::string_view(json).substr(at + 1, kNul.size()) != kNul) continue;
    json.replace(at + 1, kNul.size(), "u001a");
    any = true;
  }
  return any;
}

std::optional<std::string> MomentOf(std::string_view text) {
  const auto read = ParseDateTime(text);
  if (!read || !read->time || !read->utc_offset || !DayOf(read->date)) return std::nullopt;
  return FormatDateTime(*read);
}

std::uint64_t CopyRows::rows() const {
  std::uint64_t sum = 0;
  for (const CopyText& table : tables_) sum += table.rows();
  return sum;
}

void CopyRows::Add(const Story& story, const StoryOwner& owner) {
  AddArticle(story, owner);
  AddRecord(story);
  std::size_t sentence = 0;
  for (const Sentence& each : story.sentences) {
    (*this)[Table::kSentences].Row(story.id, ++sentence, each.span.begin, each.span.end);
  }
  AddEntities(story);
  AddTimesAndPlaces(story);
  AddAttributions(story);
  AddEvents(story);
}

void CopyRows::AddArticle(const Story& story, const StoryOwner& owner) {
  const Article& article = story.article;
  const auto written = [](const std::optional<DateTime>& date) {
    return date ? Text(FormatDateTime(*date)) : std::nullopt;
  };
  const Text published = written(article.date_published);
  (*this)[Table::kStories].Row(
      story.id, owner.input, owner.run, owner.rebuilt, story.source.index, published,
      article.date_published ? DayOf(article.date_published->date) : std::nullopt,
      published ? MomentOf(*published) : std::nullopt, written(article.date_modified),
      story.source.id, story.source.path, article.url ? article.url : story.source.url,
      article.in_language, article.publisher, List(article.source_organization),
      List(article.author), article.article_section, List(article.keywords), article.dateline,
      article.location_created, article.description, article.correction,
      article.creative_work_status, article.version, article.word_count);
  (*this)[Table::kTexts].Row(story.id, article.headline, story.text);
}

/// A record from which something had to be taken is kept as it was, too, so that a pull brings back
/// the very story.
void CopyRows::AddRecord(const Story& story) {
  const std::string exact = WriteRecord(story, {.explain = true});
  std::string json = exact;
  const bool changed = WithoutNul(json);
  (*this)[Table::kRecords].Row(story.id, json,
                               changed ? std::optional(AsBytes{exact}) : std::nullopt);
}

void CopyRows::AddEntities(const Story& story) {
  std::size_t number = 0;
  std::size_t role_number = 0;
  std::size_t mention_number = 0;
  for (const Entity& entity : story.entities) {
    ++number;
    (*this)[Table::kEntities].Row(story.id, number, EntityTypeName(entity.type), entity.name,
                                  entity.country, entity.actor);
    for (const Role& role : entity.roles) {
      (*this)[Table::kRoles].Row(story.id, ++role_number, number, role.title, role.of, role.time,
                                 role.span.begin, role.span.end);
    }
    for (const Mention& mention : entity.mentions) {
      (*this)[Table::kMentions].Row(story.id, ++mention_number, number,
                                    MentionKindName(mention.kind), mention.span.begin,
                                    mention.span.end);
    }
  }
}

void CopyRows::AddTimesAndPlaces(const Story& story) {
  std::size_t time_number = 0;
  for (const Timex& time : story.times) {
    (*this)[Table::kTimes].Row(story.id, ++time_number, TimexTypeName(time.type), time.value,
                               time.mod, DayOf(time.first_day), DayOf(time.last_day),
                               time.span.begin, time.span.end);
  }
  std::size_t place_number = 0;
  for (const Place& place : story.places) {
    const auto precision =
        place.precision ? std::optional(PlacePrecisionName(*place.precision)) : std::nullopt;
    (*this)[Table::kPlaces].Row(story.id, ++place_number, place.name, place.country, place.admin1,
                                place.lat, place.lon, place.geonameid, place.literal, precision,
                                place.span.begin, place.span.end);
  }
}

void CopyRows::AddAttributions(const Story& story) {
  std::size_t number = 0;
  std::size_t passage = 0;
  for (const Attribution& each : story.attributions) {
    ++number;
    const auto words = [&](const std::vector<Span>& spans) {
      return spans.empty() ? std::nullopt : Text(record::TextOf(story, spans));
    };
    const Span whole = Whole(each.content);
    (*this)[Table::kAttributions].Row(
        story.id, number, AttributionKindName(each.kind), NumberOf(each.entity), words(each.source),
        words(each.cue), NonEmpty(each.cue_lemma), each.negated, each.modal, NumberOf(each.inside),
        each.confidence, whole.begin, whole.end);
    const auto say = [&](std::string_view part, const std::vector<Span>& spans) {
      for (const Span span : spans) {
        (*this)[Table::kSaid].Row(story.id, ++passage, number, part, span.begin, span.end);
      }
    };
    say("source", each.source);
    say("cue", each.cue);
    if (each.content.size() != 1) say("content", each.content);
    say("addressee", each.addressee);
    say("medium", each.medium);
  }
}

void CopyRows::AddEvents(const Story& story) {
  std::size_t number = 0;
  for (const Event& event : story.events) {
    ++number;
    const Span said = event.evidence.empty() ? event.trigger : event.evidence.front();
    const EventPlace place = event.place.value_or(EventPlace());
    (*this)[Table::kEvents].Row(
        story.id, number, event.cameo, event.plover, event.mode, event.quad, event.goldstein,
        EventStatusName(event.status), event.date ? Text(FormatDate(*event.date)) : std::nullopt,
        DayOf(event.date), event.place ? Text(place.name) : std::nullopt, place.country, place.lat,
        place.lon, NumberOf(event.attributed_to),
        event.means ? Text(event.means->kind) : std::nullopt, event.confidence, event.rule,
        event.trigger.begin, event.trigger.end, said.begin, said.end);
    const auto side = [&](std::string_view name, const std::vector<EventActor>& actors) {
      std::size_t place_of_side = 0;
      for (const EventActor& actor : actors) {
        (*this)[Table::kEventActors].Row(
            story.id, number, name, ++place_of_side, NumberOf(actor.entity), actor.actor,
            record::NameOf(story, actor), actor.span.begin, actor.span.end);
      }
    };
    side("source", event.source);
    side("target", event.target);
  }
}

}  // namespace dateline::postgres
