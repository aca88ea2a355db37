// A Story as JSON, field by field in the order of docs/formats/story-record.md.
//
// Facts refer to each other in two ways. Entities and attributions have ids ("e1", "a1"), which
// come from their place in the Story and stay the same whatever is left out. Blocks, sentences and
// tokens are referred to by their place in the record's own lists; where OffsetUnit::kSource leaves
// some of them out, Kept knows the new places.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/record.h"
#include "record/event_rows.h"
#include "record/json_writer.h"
#include "record/offsets.h"
#include "record/quote_rows.h"

namespace dateline {
namespace {

using record::JsonWriter;
using record::Layout;
using record::Offsets;

/// Which items of a list are written, and at which place each then stands.
class Kept {
 public:
  template <typename Item, typename Test>
  Kept(const std::vector<Item>& items, Test&& keep) {
    places_.reserve(items.size());
    std::size_t next = 0;
    for (const Item& item : items) {
      places_.push_back(std::invoke(keep, item) ? std::optional(next++) : std::nullopt);
    }
  }

  /// Nothing for what is left out, and for an index past the end.
  [[nodiscard]] std::optional<std::size_t> Place(std::size_t index) const {
    return index < places_.size() ? places_[index] : std::nullopt;
  }
  [[nodiscard]] bool operator()(std::size_t index) const { return Place(index).has_value(); }

 private:
  std::vector<std::optional<std::size_t>> places_;
};

/// ISO 3166-1 alpha-3 by the CAMEO code of the country ("ROU" of "ROM"), of those the story names.
class SideCountries {
 public:
  explicit SideCountries(const Story& story) {
    for (const Entity& entity : story.entities) {
      const bool lies = entity.type == EntityType::kCountry || entity.type == EntityType::kPlace;
      if (!lies || !entity.country || !entity.actor) continue;
      if (entity.actor->size() == kCodeSize) countries_.emplace(*entity.actor, *entity.country);
    }
  }

  /// Empty where the code names no country.
  [[nodiscard]] std::string_view Of(std::string_view actor) const {
    const auto found = countries_.find(actor.substr(0, kCodeSize));
    return found == countries_.end() ? std::string_view{} : found->second;
  }

 private:
  static constexpr std::size_t kCodeSize = 3;
  std::map<std::string_view, std::string_view> countries_;
};

class RecordWriter {
 public:
  RecordWriter(const Story& story, const RecordOptions& options);
  std::string Write();
  std::string WriteLines(const Choice& choice);
  std::string WriteQuoteLines(const Choice& choice);

 private:
  void WriteStory();
  void WriteLine(const Event& event, std::size_t index);
  void WriteQuoteLine(const Attribution& attribution, std::size_t index);
  void Names(std::string_view key, const std::vector<EventActor>& side);
  // Fields. Those named Optional… or NonEmpty… write nothing for an absent or empty value.
  void Text(std::string_view key, std::string_view value);
  void TextOrNull(std::string_view key, const std::optional<std::string>& value);
  void NonEmptyText(std::string_view key, std::string_view value);
  void OptionalText(std::string_view key, const std::optional<std::string>& value);
  void OptionalDate(std::string_view key, const std::optional<DateTime>& value);
  void OptionalTexts(std::string_view key, const std::vector<std::string>& values);
  void OptionalNumber(std::string_view key, const std::optional<double>& value);
  void OptionalEntity(std::string_view key, const std::optional<EntityIndex>& entity);
  void Reference(std::string_view key, std::optional<std::size_t> place);
  template <typename Value>
  void Number(std::string_view key, Value value);
  void StartEnd(Span span);
  void Pair(Span span);
  void Pairs(std::string_view key, const std::vector<Span>& spans);
  /// A list of those items for which `keep` (of index) holds.
  template <typename Item, typename Keep, typename WriteItem>
  void List(std::string_view key, const std::vector<Item>& items, Keep keep, WriteItem write);
  template <typename Item>
  void SpannedList(std::string_view key, const std::vector<Item>& items,
                   void (RecordWriter::*write)(const Item&));

  // Parts of the record.
  void WriteSource();
  void WriteArticle();
  void WriteRelatedLink(const RelatedLink& link);
  void WriteImage(const Image& image);
  void WriteBlock(const Block& block);
  void WriteSentence(const Sentence& sentence);
  void WriteToken(const Token& token);
  void WriteEntity(const Entity& entity, std::size_t index);
  void WriteRole(const Role& role);
  void WriteMention(const Mention& mention);
  void WriteTime(const Timex& time);
  template <typename AnyPlace>
  void WriteWhere(const AnyPlace& place);
  void WritePlace(const Place& place);
  void WriteAttribution(const Attribution& attribution, std::size_t index);
  void WriteAttributionFields(const Attribution& attribution, std::size_t index);
  void WriteManner(const Attribution& attribution);
  void WriteNested(std::size_t outer);
  void WriteQuotedPhrase(const QuotedPhrase& phrase);
  /// Whether it and all in whose content it stands are written.
  [[nodiscard]] bool IsWritten(std::size_t attribution) const;
  void WriteEvent(const Event& event, std::size_t index);
  void WriteEventCode(const Event& event);
  void WriteEvidence(const Event& event);
  void WriteActors(std::string_view key, const std::vector<EventActor>& actors);
  void WriteEventPlace(const EventPlace& place);
  void WriteCircumstances(const Event& event);
  void WriteCount(const EventCount& count);
  void WriteCandidate(const Candidate& candidate);
  void WriteTopic(const Topic& topic);

  const Story& story_;
  const RecordOptions& options_;
  Offsets offsets_;
  Kept blocks_;
  Kept sentences_;
  Kept tokens_;
  Kept entities_;
  Kept attributions_;
  SideCountries countries_;
  std::vector<std::vector<std::size_t>> nested_;  ///< the attributions inside each
  JsonWriter json_;
};

bool HasAny(const Offsets& offsets, const std::vector<Span>& spans) {
  for (const Span span : spans) {
    if (offsets.Has(span)) return true;
  }
  return spans.empty();
}

bool HasAny(const Offsets& offsets, const std::vector<Mention>& mentions) {
  for (const Mention& mention : mentions) {
    if (offsets.Has(mention.span)) return true;
  }
  return mentions.empty();
}

/// Whether it stands in the content of an earlier one; one that names a later one does not.
bool IsNested(const std::vector<Attribution>& all, std::size_t index) {
  return all[index].inside && Raw(*all[index].inside) < index;
}

/// For each attribution those that stand in its content.
std::vector<std::vector<std::size_t>> NestedIn(const std::vector<Attribution>& all) {
  std::vector<std::vector<std::size_t>> nested(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (IsNested(all, i)) nested[Raw(*all[i].inside)].push_back(i);
  }
  return nested;
}

RecordWriter::RecordWriter(const Story& story, const RecordOptions& options)
    : story_(story),
      options_(options),
      offsets_(story, options.offsets),
      blocks_(story.blocks, [this](const Block& b) { return offsets_.Has(b.span); }),
      sentences_(
          story.sentences,
          [this](const Sentence& s) { return offsets_.Has(s.span) && blocks_(Raw(s.block)); }),
      tokens_(
          story.tokens,
          [this](const Token& t) { return offsets_.Has(t.span) && sentences_(Raw(t.sentence)); }),
      entities_(story.entities, [this](const Entity& e) { return HasAny(offsets_, e.mentions); }),
      attributions_(story.attributions,
                    [this](const Attribution& a) { return HasAny(offsets_, a.content); }),
      countries_(story),
      nested_(NestedIn(story.attributions)),
      json_(options.indent) {}

// ---------------------------------------------------------------------------------------- fields

void RecordWriter::Text(std::string_view key, std::string_view value) {
  json_.Key(key);
  json_.String(value);
}

void RecordWriter::TextOrNull(std::string_view key, const std::optional<std::string>& value) {
  if (value) return Text(key, *value);
  json_.Key(key);
  json_.Null();
}

void RecordWriter::NonEmptyText(std::string_view key, std::string_view value) {
  if (!value.empty()) Text(key, value);
}

void RecordWriter::OptionalText(std::string_view key, const std::optional<std::string>& value) {
  if (value) Text(key, *value);
}

void RecordWriter::OptionalDate(std::string_view key, const std::optional<DateTime>& value) {
  if (value) Text(key, FormatDateTime(*value));
}

void RecordWriter::OptionalTexts(std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json_.Key(key);
  json_.BeginArray(Layout::kInline);
  for (const std::string& value : values) json_.String(value);
  json_.EndArray();
}

template <typename Value>
void RecordWriter::Number(std::string_view key, Value value) {
  json_.Key(key);
  json_.Number(value);
}

void RecordWriter::OptionalNumber(std::string_view key, const std::optional<double>& value) {
  if (value) Number(key, *value);
}

void RecordWriter::OptionalEntity(std::string_view key, const std::optional<EntityIndex>& entity) {
  if (!entity || !entities_(Raw(*entity))) return;
  json_.Key(key);
  json_.Id('e', Raw(*entity) + 1);
}

void RecordWriter::Reference(std::string_view key, std::optional<std::size_t> place) {
  if (place) Number(key, std::uint64_t{*place});
}

void RecordWriter::StartEnd(Span span) {
  const auto converted = offsets_.Convert(span);
  if (!converted) return;
  Number("start", std::uint64_t{converted->begin});
  Number("end", std::uint64_t{converted->end});
}

void RecordWriter::Pair(Span span) {
  json_.BeginArray(Layout::kInline);
  json_.Number(std::uint64_t{span.begin});
  json_.Number(std::uint64_t{span.end});
  json_.EndArray();
}

void RecordWriter::Pairs(std::string_view key, const std::vector<Span>& spans) {
  json_.Key(key);
  json_.BeginArray(Layout::kInline);
  for (const Span span : spans) {
    if (const auto converted = offsets_.Convert(span)) Pair(*converted);
  }
  json_.EndArray();
}

template <typename Item, typename Keep, typename WriteItem>
void RecordWriter::List(std::string_view key, const std::vector<Item>& items, Keep keep,
                        WriteItem write) {
  json_.Key(key);
  json_.BeginArray();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (keep(i)) write(items[i], i);
  }
  json_.EndArray();
}

template <typename Item>
void RecordWriter::SpannedList(std::string_view key, const std::vector<Item>& items,
                               void (RecordWriter::*write)(const Item&)) {
  const auto keep = [&](std::size_t i) { return offsets_.Has(items[i].span); };
  List(key, items, keep, [&](const Item& item, std::size_t) {
    json_.BeginObject(Layout::kInline);
    (this->*write)(item);
    json_.EndObject();
  });
}

// ----------------------------------------------------------------------------------------- parts

std::string RecordWriter::Write() {
  json_.Reserve(story_.text.size() * (options_.tokens ? 30 : 4) + 1024);
  json_.BeginObject();
  Number("dateline", std::uint64_t{1});
  Text("id", story_.id);
  WriteSource();
  WriteArticle();
  Text("text", story_.text);
  SpannedList("blocks", story_.blocks, &RecordWriter::WriteBlock);
  const auto in_line = [this](auto write) {
    return [this, write](const auto& item, std::size_t) {
      json_.BeginObject(Layout::kInline);
      (this->*write)(item);
      json_.EndObject();
    };
  };
  List("sentences", story_.sentences, std::cref(sentences_), in_line(&RecordWriter::WriteSentence));
  if (options_.tokens) {
    List("tokens", story_.tokens, std::cref(tokens_), in_line(&RecordWriter::WriteToken));
  }
  List("entities", story_.entities, std::cref(entities_),
       [this](const Entity& e, std::size_t i) { WriteEntity(e, i); });
  SpannedList("times", story_.times, &RecordWriter::WriteTime);
  SpannedList("places", story_.places, &RecordWriter::WritePlace);
  List(
      "attributions", story_.attributions,
      [this](std::size_t i) { return attributions_(i) && !IsNested(story_.attributions, i); },
      [this](const Attribution& a, std::size_t i) { WriteAttribution(a, i); });
  if (!story_.quoted_phrases.empty()) {
    SpannedList("quotedPhrases", story_.quoted_phrases, &RecordWriter::WriteQuotedPhrase);
  }
  List(
      "events", story_.events,
      [this](std::size_t i) { return HasAny(offsets_, story_.events[i].evidence); },
      [this](const Event& e, std::size_t i) { WriteEvent(e, i); });
  List(
      "topics", story_.topics, [](std::size_t) { return true; },
      in_line(&RecordWriter::WriteTopic));
  if (options_.explain && !story_.candidates.empty()) {
    List(
        "candidates", story_.candidates,
        [this](std::size_t i) { return offsets_.Has(story_.candidates[i].trigger); },
        [this](const Candidate& c, std::size_t) { WriteCandidate(c); });
  }
  json_.EndObject();
  return json_.Take();
}

std::string RecordWriter::WriteLines(const Choice& choice) {
  std::string out;
  for (std::size_t i = 0; i < story_.events.size(); ++i) {
    if (!IsChosen(choice, i) || !HasAny(offsets_, story_.events[i].evidence)) continue;
    WriteLine(story_.events[i], i);
    out += json_.Take() + "\n";
  }
  return out;
}

/// Which story a line is of.
void RecordWriter::WriteStory() {
  Text("story", story_.source.id.value_or(story_.id));
  OptionalText("path", story_.source.path);
  OptionalText("url", story_.source.url);
  OptionalText("headline", story_.article.headline);
  OptionalDate("published", story_.article.date_published);
}

std::string RecordWriter::WriteQuoteLines(const Choice& choice) {
  std::string out;
  for (std::size_t i = 0; i < story_.attributions.size(); ++i) {
    if (!IsChosen(choice, i) || !IsWritten(i)) continue;
    WriteQuoteLine(story_.attributions[i], i);
    out += json_.Take() + "\n";
  }
  return out;
}

void RecordWriter::WriteQuoteLine(const Attribution& attribution, std::size_t index) {
  const record::QuoteWords words = record::WordsOf(story_, attribution);
  json_.BeginObject();
  WriteStory();
  NonEmptyText("speaker", words.speaker);
  NonEmptyText("role", words.role);
  NonEmptyText("country", words.country);
  NonEmptyText("actor", words.actor);
  Text("kind", AttributionKindName(attribution.kind));
  NonEmptyText("cue", words.cue);
  Text("quote", words.quote);
  NonEmptyText("date", words.date);
  Text("sentence", words.sentence);
  json_.Key("attribution");
  json_.BeginObject();
  WriteAttributionFields(attribution, index);
  if (IsNested(story_.attributions, index)) {
    json_.Key("inside");
    json_.Id('a', Raw(*attribution.inside) + 1);
  }
  json_.EndObject();
  json_.EndObject();
}

void RecordWriter::WriteLine(const Event& event, std::size_t index) {
  json_.BeginObject();
  WriteStory();
  Names("source", event.source);
  Names("target", event.target);
  json_.Key("text");
  json_.BeginArray(Layout::kInline);
  for (const Span span : event.evidence) json_.String(span.of(story_.text));
  json_.EndArray();
  json_.Key("event");
  WriteEvent(event, index);
  json_.EndObject();
}

void RecordWriter::Names(std::string_view key, const std::vector<EventActor>& side) {
  json_.Key(key);
  json_.BeginArray(Layout::kInline);
  for (const EventActor& actor : side) json_.String(record::NameOf(story_, actor));
  json_.EndArray();
}

void RecordWriter::WriteSource() {
  const Source& source = story_.source;
  json_.Key("source");
  json_.BeginObject();
  TextOrNull("id", source.id);
  TextOrNull("path", source.path);
  TextOrNull("url", source.url);
  Text("format", source.format);
  Text("encoding", source.encoding);
  Number("index", std::uint64_t{source.index});
  if (source.replaced > 0) Number("replaced", std::uint64_t{source.replaced});
  json_.EndObject();
}

void RecordWriter::WriteArticle() {
  const Article& article = story_.article;
  json_.Key("article");
  json_.BeginObject();
  OptionalText("headline", article.headline);
  OptionalText("alternativeHeadline", article.alternative_headline);
  OptionalText("description", article.description);
  OptionalTexts("author", article.author);
  OptionalTexts("contributor", article.contributor);
  OptionalTexts("editor", article.editor);
  OptionalDate("datePublished", article.date_published);
  OptionalDate("dateModified", article.date_modified);
  OptionalText("dateText", article.date_text);
  OptionalText("dateline", article.dateline);
  OptionalText("locationCreated", article.location_created);
  OptionalText("articleSection", article.article_section);
  OptionalTexts("keywords", article.keywords);
  OptionalText("publisher", article.publisher);
  OptionalTexts("sourceOrganization", article.source_organization);
  OptionalText("correction", article.correction);
  OptionalDate("embargoed", article.embargoed);
  OptionalText("creativeWorkStatus", article.creative_work_status);
  OptionalText("version", article.version);
  OptionalText("url", article.url);
  OptionalText("inLanguage", article.in_language);
  if (article.word_count) Number("wordCount", std::uint64_t{*article.word_count});
  const auto always = [](std::size_t) { return true; };
  if (!article.related_link.empty()) {
    List("relatedLink", article.related_link, always,
         [this](const RelatedLink& link, std::size_t) { WriteRelatedLink(link); });
  }
  if (!article.image.empty()) {
    List("image", article.image, always,
         [this](const Image& image, std::size_t) { WriteImage(image); });
  }
  json_.EndObject();
}

void RecordWriter::WriteRelatedLink(const RelatedLink& link) {
  json_.BeginObject(Layout::kInline);
  OptionalText("label", link.label);
  Text("headline", link.headline);
  OptionalText("url", link.url);
  StartEnd(link.span);
  json_.EndObject();
}

void RecordWriter::WriteImage(const Image& image) {
  json_.BeginObject(Layout::kInline);
  OptionalText("caption", image.caption);
  OptionalText("creditText", image.credit_text);
  StartEnd(image.span);
  json_.EndObject();
}

void RecordWriter::WriteBlock(const Block& block) {
  Text("kind", BlockKindName(block.kind));
  StartEnd(block.span);
  OptionalText("speaker", block.speaker);
}

void RecordWriter::WriteSentence(const Sentence& sentence) {
  StartEnd(sentence.span);
  Reference("block", blocks_.Place(Raw(sentence.block)));
}

void RecordWriter::WriteToken(const Token& token) {
  StartEnd(token.span);
  Reference("sentence", sentences_.Place(Raw(token.sentence)));
  OptionalText("form", token.form);
  if (token.continues) {
    json_.Key("continues");
    json_.Bool(true);
  }
  NonEmptyText("lemma", token.lemma);
  NonEmptyText("upos", token.upos);
  NonEmptyText("feats", token.feats);
  if (token.head) Reference("head", tokens_.Place(Raw(*token.head)));
  NonEmptyText("deprel", token.deprel);
  NonEmptyText("ner", token.ner);
}

void RecordWriter::WriteEntity(const Entity& entity, std::size_t index) {
  json_.BeginObject();
  json_.Key("id");
  json_.Id('e', index + 1);
  Text("type", EntityTypeName(entity.type));
  Text("name", entity.name);
  OptionalText("country", entity.country);
  OptionalText("actor", entity.actor);
  OptionalText("knownAs", entity.known_as);
  SpannedList("roles", entity.roles, &RecordWriter::WriteRole);
  SpannedList("mentions", entity.mentions, &RecordWriter::WriteMention);
  json_.EndObject();
}

void RecordWriter::WriteRole(const Role& role) {
  Text("title", role.title);
  OptionalText("of", role.of);
  OptionalText("time", role.time);
  StartEnd(role.span);
}

void RecordWriter::WriteMention(const Mention& mention) {
  StartEnd(mention.span);
  Text("kind", MentionKindName(mention.kind));
}

void RecordWriter::WriteTime(const Timex& time) {
  StartEnd(time.span);
  Text("type", TimexTypeName(time.type));
  Text("value", time.value);
  TextOrNull("mod", time.mod);
  if (time.first_day) Text("firstDay", FormatDate(*time.first_day));
  if (time.last_day) Text("lastDay", FormatDate(*time.last_day));
  if (!options_.explain || !time.alternative) return;
  json_.Key("alternative");
  json_.BeginObject(Layout::kInline);
  Text("value", time.alternative->value);
  Number("probability", time.alternative->probability);
  json_.EndObject();
}

/// What a place and an alternative have in common.
template <typename AnyPlace>
void RecordWriter::WriteWhere(const AnyPlace& place) {
  Text("name", place.name);
  OptionalText("country", place.country);
  OptionalText("admin1", place.admin1);
  OptionalNumber("lat", place.lat);
  OptionalNumber("lon", place.lon);
  if (place.geonameid) Number("geonameid", std::uint64_t{*place.geonameid});
}

void RecordWriter::WritePlace(const Place& place) {
  StartEnd(place.span);
  WriteWhere(place);
  if (place.precision) Text("precision", PlacePrecisionName(*place.precision));
  json_.Key("literal");
  json_.Bool(place.literal);
  if (!options_.explain || !place.score) return;
  Number("score", *place.score);
  json_.Key("alternatives");
  json_.BeginArray();
  for (const PlaceAlternative& alternative : place.alternatives) {
    json_.BeginObject(Layout::kInline);
    WriteWhere(alternative);
    Number("score", alternative.score);
    json_.EndObject();
  }
  json_.EndArray();
}

void RecordWriter::WriteAttribution(const Attribution& attribution, std::size_t index) {
  json_.BeginObject();
  WriteAttributionFields(attribution, index);
  WriteNested(index);
  json_.EndObject();
}

void RecordWriter::WriteAttributionFields(const Attribution& attribution, std::size_t index) {
  json_.Key("id");
  json_.Id('a', index + 1);
  Text("kind", AttributionKindName(attribution.kind));
  json_.Key("source");
  json_.BeginObject(Layout::kInline);
  Pairs("spans", attribution.source);
  OptionalEntity("entity", attribution.entity);
  json_.EndObject();
  json_.Key("cue");
  json_.BeginObject(Layout::kInline);
  Pairs("spans", attribution.cue);
  NonEmptyText("lemma", attribution.cue_lemma);
  json_.EndObject();
  json_.Key("content");
  json_.BeginObject(Layout::kInline);
  Pairs("spans", attribution.content);
  json_.EndObject();
  WriteManner(attribution);
  Number("confidence", attribution.confidence);
}

void RecordWriter::WriteManner(const Attribution& attribution) {
  if (!attribution.addressee.empty()) Pairs("addressee", attribution.addressee);
  if (!attribution.medium.empty()) Pairs("medium", attribution.medium);
  if (attribution.negated) {
    json_.Key("negated");
    json_.Bool(true);
  }
  OptionalText("modal", attribution.modal);
}

void RecordWriter::WriteNested(std::size_t outer) {
  const auto written = [&](std::size_t i) { return attributions_(i); };
  if (std::ranges::none_of(nested_[outer], written)) return;
  json_.Key("nested");
  json_.BeginArray();
  for (const std::size_t i : nested_[outer]) {
    if (written(i)) WriteAttribution(story_.attributions[i], i);
  }
  json_.EndArray();
}

void RecordWriter::WriteQuotedPhrase(const QuotedPhrase& phrase) {
  Text("kind", QuotedKindName(phrase.kind));
  StartEnd(phrase.span);
}

bool RecordWriter::IsWritten(std::size_t attribution) const {
  while (attributions_(attribution) && IsNested(story_.attributions, attribution)) {
    attribution = Raw(*story_.attributions[attribution].inside);
  }
  return attributions_(attribution);
}

void RecordWriter::WriteEvent(const Event& event, std::size_t index) {
  json_.BeginObject();
  json_.Key("id");
  json_.Id('v', index + 1);
  WriteEventCode(event);
  WriteEvidence(event);
  WriteActors("source", event.source);
  WriteActors("target", event.target);
  WriteCircumstances(event);
  Text("status", EventStatusName(event.status));
  json_.Key("attributedTo");
  if (event.attributed_to && IsWritten(Raw(*event.attributed_to))) {
    json_.Id('a', Raw(*event.attributed_to) + 1);
  } else {
    json_.Null();
  }
  Number("confidence", event.confidence);
  NonEmptyText("rule", event.rule);
  json_.EndObject();
}

void RecordWriter::WriteCircumstances(const Event& event) {
  if (event.date) Text("date", FormatDate(*event.date));
  if (event.date_from) Text("dateFrom", OriginName(*event.date_from));
  if (event.place) WriteEventPlace(*event.place);
  if (event.place_from) Text("placeFrom", OriginName(*event.place_from));
  if (!event.counts.empty()) SpannedList("counts", event.counts, &RecordWriter::WriteCount);
  if (event.means) {
    json_.Key("means");
    json_.BeginObject(Layout::kInline);
    Text("kind", event.means->kind);
    StartEnd(event.means->span);
    json_.EndObject();
  }
}

void RecordWriter::WriteCount(const EventCount& count) {
  Text("of", count.of);
  Number("least", count.least);
  OptionalNumber("most", count.most);
  NonEmptyText("unit", count.unit);
  StartEnd(count.span);
}

void RecordWriter::WriteCandidate(const Candidate& candidate) {
  json_.BeginObject();
  Text("verdict", VerdictName(candidate.verdict));
  NonEmptyText("reason", candidate.reason);
  NonEmptyText("detail", candidate.detail);
  Text("rule", candidate.rule);
  NonEmptyText("frame", candidate.frame);
  NonEmptyText("cameo", candidate.cameo);
  if (const auto trigger = offsets_.Convert(candidate.trigger)) {
    json_.Key("trigger");
    Pair(*trigger);
  }
  WriteActors("source", candidate.source);
  WriteActors("target", candidate.target);
  if (!candidate.features.empty()) {
    json_.Key("features");
    json_.BeginArray();
    for (const std::string& feature : candidate.features) json_.String(feature);
    json_.EndArray();
  }
  json_.EndObject();
}

void RecordWriter::WriteEventCode(const Event& event) {
  NonEmptyText("cameo", event.cameo);
  NonEmptyText("plover", event.plover);
  OptionalText("mode", event.mode);
  OptionalTexts("contexts", event.contexts);
  NonEmptyText("ontology", event.ontology);
  if (event.quad > 0) Number("quad", static_cast<std::uint64_t>(event.quad));
  Number("goldstein", event.goldstein);
}

void RecordWriter::WriteEvidence(const Event& event) {
  if (const auto trigger = offsets_.Convert(event.trigger)) {
    json_.Key("trigger");
    Pair(*trigger);
  }
  json_.Key("evidence");
  json_.BeginArray(Layout::kInline);
  for (const Span span : event.evidence) {
    if (!offsets_.Has(span)) continue;
    json_.BeginObject();
    StartEnd(span);
    json_.EndObject();
  }
  json_.EndArray();
}

void RecordWriter::WriteActors(std::string_view key, const std::vector<EventActor>& actors) {
  List(
      key, actors, [](std::size_t) { return true; },
      [this](const EventActor& actor, std::size_t) {
        json_.BeginObject(Layout::kInline);
        OptionalEntity("entity", actor.entity);
        NonEmptyText("actor", actor.actor);
        NonEmptyText("country", countries_.Of(actor.actor));
        StartEnd(actor.span);
        json_.EndObject();
      });
}

void RecordWriter::WriteEventPlace(const EventPlace& place) {
  json_.Key("place");
  json_.BeginObject(Layout::kInline);
  Text("name", place.name);
  OptionalText("country", place.country);
  OptionalNumber("lat", place.lat);
  OptionalNumber("lon", place.lon);
  json_.EndObject();
}

void RecordWriter::WriteTopic(const Topic& topic) {
  Text("name", topic.name);
  Number("confidence", topic.confidence);
}

}  // namespace

std::string WriteEventLines(const Story& story, const RecordOptions& options,
                            const Choice& choice) {
  return RecordWriter(story, options).WriteLines(choice);
}

std::string WriteQuoteLines(const Story& story, const RecordOptions& options,
                            const Choice& choice) {
  return RecordWriter(story, options).WriteQuoteLines(choice);
}

std::string WriteRecord(const Story& story, const RecordOptions& options) {
  return RecordWriter(story, options).Write();
}

}  // namespace dateline
