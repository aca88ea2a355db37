// A record read back into a Story.
//
// The JSON becomes simdjson's DOM; Value walks it and knows its way from the root, so that an error
// can name its place ("events[2].trigger"). The first error wins and ends the reading; until then
// the readers below simply fill fields, each of the types of the record having an overload of Read.
// Unknown fields are passed over: additions keep version 1.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/record.h"

namespace dateline {
namespace {

using simdjson::dom::element;

/// What all values of one record share.
struct Reading {
  std::string_view text;                                         ///< that spans point into
  std::map<std::string, std::size_t, std::less<>> entities;      ///< places in Story by id
  std::map<std::string, std::size_t, std::less<>> attributions;  ///< likewise
  std::size_t blocks = 0;
  std::size_t sentences = 0;
  std::size_t tokens = 0;
  std::optional<Error> error;
};

/// A value of the record, or its absence. Keeps a pointer to the value it was taken from, which
/// must outlive it.
class Value {
 public:
  Value(Reading& reading, element root) : reading_(&reading), json_(root) {}

  [[nodiscard]] bool there() const { return json_.has_value(); }
  [[nodiscard]] Reading& reading() const { return *reading_; }
  [[nodiscard]] const std::optional<element>& json() const { return json_; }

  /// The field `key`; absent when there is none and when it is null.
  [[nodiscard]] Value Get(std::string_view key) const {
    Value field(*reading_, this, key, 0);
    simdjson::dom::object object;
    element found;
    if (!json_ || json_->get(object) != simdjson::SUCCESS) return field;
    if (object.at_key(key).get(found) == simdjson::SUCCESS && !found.is_null()) field.json_ = found;
    return field;
  }

  /// Calls `visit` with each item of a list; an absent list has none.
  template <typename Visit>
  void Each(Visit visit) const {
    if (!json_) return;
    simdjson::dom::array items;
    if (json_->get(items) != simdjson::SUCCESS) return Reject("want a list");
    std::size_t index = 0;
    for (const element item : items) {
      if (reading_->error) return;
      Value value(*reading_, this, {}, index++);
      value.json_ = item;
      visit(value);
    }
  }

  /// Notes an error at this value, unless one was noted before.
  void Reject(std::string message) const {
    if (!reading_->error) {
      reading_->error = Error{ErrorCode::kMalformed, std::move(message), Where()};
    }
  }

 private:
  Value(Reading& reading, const Value* up, std::string_view key, std::size_t index)
      : reading_(&reading), up_(up), key_(key), index_(index) {}

  [[nodiscard]] std::string Where() const {
    if (up_ == nullptr) return "";
    const std::string above = up_->Where();
    if (key_.empty()) return fmt::format("{}[{}]", above, index_);
    return above.empty() ? std::string(key_) : fmt::format("{}.{}", above, key_);
  }

  Reading* reading_;
  const Value* up_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
  std::optional<element> json_;
};

// --------------------------------------------------------------------------------- plain values

/// Reads a value that simdjson knows; an absent one leaves `out` as it is.
template <typename T>
void ReadBasic(const Value& value, T& out, std::string_view want) {
  const std::optional<element>& json = value.json();
  if (json && json->get(out) != simdjson::SUCCESS) {
    value.Reject(fmt::format("want {}", want));
  }
}

void Read(const Value& value, double& out) { ReadBasic(value, out, "a number"); }
void Read(const Value& value, bool& out) { ReadBasic(value, out, "true or false"); }

void Read(const Value& value, std::uint32_t& out) {
  std::uint64_t number = out;
  ReadBasic(value, number, "a whole number, not below 0");
  if (number > std::numeric_limits<std::uint32_t>::max())
    return value.Reject("number is too large");
  out = static_cast<std::uint32_t>(number);
}

/// The text of a value; empty when it is absent. Views live as long as the parser.
std::string_view TextOf(const Value& value) {
  std::string_view text;
  ReadBasic(value, text, "a text");
  // An escape of half a surrogate pair is valid JSON and no character.
  if (!simdjson::validate_utf8(text)) value.Reject("text is not valid UTF-8");
  return text;
}

void Read(const Value& value, std::string& out) { out = TextOf(value); }

template <typename T>
void Read(const Value& value, std::optional<T>& out) {
  if (value.there()) Read(value, out.emplace());
}

template <typename T>
void Read(const Value& value, std::vector<T>& out) {
  value.Each([&](const Value& item) { Read(item, out.emplace_back()); });
}

/// Reads the name of an enumerator; the name must be there.
template <typename Enum>
void ReadName(const Value& value, std::optional<Enum> (*parse)(std::string_view), Enum& out) {
  const std::string_view name = TextOf(value);
  if (const auto known = parse(name)) {
    out = *known;
  } else {
    value.Reject(fmt::format("'{}' is no known name", name));
  }
}

template <typename Enum>
void ReadNameIfThere(const Value& value, std::optional<Enum> (*parse)(std::string_view),
                     std::optional<Enum>& out) {
  if (value.there()) ReadName(value, parse, out.emplace());
}

template <typename T>
void ReadParsed(const Value& value, Result<T> (*parse)(std::string_view), std::optional<T>& out) {
  if (!value.there()) return;
  auto parsed = parse(TextOf(value));
  if (!parsed) return value.Reject(parsed.error().message);
  out = *parsed;
}

void Read(const Value& value, std::optional<Date>& out) { ReadParsed(value, &ParseDate, out); }
void Read(const Value& value, std::optional<DateTime>& out) {
  ReadParsed(value, &ParseDateTime, out);
}

// --------------------------------------------------------------------------- spans and references

bool IsBoundary(std::string_view text, std::uint32_t offset) {
  return offset >= text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
}

void CheckSpan(const Value& value, Span span) {
  const std::string_view text = value.reading().text;
  if (span.begin > span.end || span.end > text.size()) {
    value.Reject(fmt::format("span [{}, {}) does not lie in the text of {} bytes", span.begin,
                             span.end, text.size()));
  } else if (!IsBoundary(text, span.begin) || !IsBoundary(text, span.end)) {
    value.Reject(fmt::format("span [{}, {}) cuts a character", span.begin, span.end));
  }
}

/// Reads "start" and "end" of an object.
void ReadStartEnd(const Value& object, Span& out) {
  Read(object.Get("start"), out.begin);
  Read(object.Get("end"), out.end);
  CheckSpan(object, out);
}

/// Likewise, where both must be there.
void ReadSpan(const Value& object, Span& out) {
  if (!object.Get("start").there() || !object.Get("end").there()) {
    return object.Reject("want 'start' and 'end'");
  }
  ReadStartEnd(object, out);
}

/// Reads a pair [start, end].
void Read(const Value& pair, Span& out) {
  std::size_t count = 0;
  pair.Each([&](const Value& item) {
    std::uint32_t offset = 0;
    Read(item, offset);
    if (count == 0) out.begin = offset;
    if (count == 1) out.end = offset;
    ++count;
  });
  if (pair.there() && count != 2) return pair.Reject("want a pair [start, end]");
  CheckSpan(pair, out);
}

/// Reads a place in one of the record's lists of `count` items.
template <typename Index>
void ReadIndex(const Value& value, std::size_t count, Index& out) {
  std::uint32_t index = 0;
  if (!value.there()) return value.Reject("is missing");
  Read(value, index);
  if (index >= count) return value.Reject(fmt::format("{} is past the end of the list", index));
  out = Index{index};
}

template <typename Index>
void ReadId(const Value& value, const std::map<std::string, std::size_t, std::less<>>& known,
            std::optional<Index>& out) {
  if (!value.there()) return;
  const std::string_view id = TextOf(value);
  const auto found = known.find(id);
  if (found == known.end()) return value.Reject(fmt::format("nothing has the id '{}'", id));
  out = Index{static_cast<std::uint32_t>(found->second)};
}

/// The places of a list's items by their ids, so that what refers to them may come first.
std::map<std::string, std::size_t, std::less<>> PlacesById(const Value& list) {
  std::map<std::string, std::size_t, std::less<>> places;
  list.Each([&](const Value& item) {
    const Value id = item.Get("id");
    if (!id.there()) return id.Reject("is missing");
    const std::size_t place = places.size();
    if (!places.emplace(TextOf(id), place).second) id.Reject("another item has this id");
  });
  return places;
}

/// Likewise for attributions, each before those nested in it.
void AddAttributions(const Value& list, std::map<std::string, std::size_t, std::less<>>& places) {
  list.Each([&](const Value& item) {
    const Value id = item.Get("id");
    if (!id.there()) return id.Reject("is missing");
    const std::size_t place = places.size();
    if (!places.emplace(TextOf(id), place).second) id.Reject("another item has this id");
    AddAttributions(item.Get("nested"), places);
  });
}

std::size_t Count(const Value& list) {
  std::size_t count = 0;
  list.Each([&](const Value&) { ++count; });
  return count;
}

// ------------------------------------------------------------------------------ parts of a record

void Read(const Value& value, Source& out) {
  Read(value.Get("id"), out.id);
  Read(value.Get("path"), out.path);
  Read(value.Get("url"), out.url);
  Read(value.Get("format"), out.format);
  Read(value.Get("encoding"), out.encoding);
  Read(value.Get("index"), out.index);
  Read(value.Get("replaced"), out.replaced);
}

void Read(const Value& value, RelatedLink& out) {
  Read(value.Get("label"), out.label);
  Read(value.Get("headline"), out.headline);
  Read(value.Get("url"), out.url);
  ReadStartEnd(value, out.span);
}

void Read(const Value& value, Image& out) {
  Read(value.Get("caption"), out.caption);
  Read(value.Get("creditText"), out.credit_text);
  ReadStartEnd(value, out.span);
}

void Read(const Value& value, Article& out) {
  Read(value.Get("headline"), out.headline);
  Read(value.Get("alternativeHeadline"), out.alternative_headline);
  Read(value.Get("description"), out.description);
  Read(value.Get("author"), out.author);
  Read(value.Get("contributor"), out.contributor);
  Read(value.Get("editor"), out.editor);
  Read(value.Get("datePublished"), out.date_published);
  Read(value.Get("dateModified"), out.date_modified);
  Read(value.Get("dateText"), out.date_text);
  Read(value.Get("dateline"), out.dateline);
  Read(value.Get("locationCreated"), out.location_created);
  Read(value.Get("articleSection"), out.article_section);
  Read(value.Get("keywords"), out.keywords);
  Read(value.Get("publisher"), out.publisher);
  Read(value.Get("sourceOrganization"), out.source_organization);
  Read(value.Get("correction"), out.correction);
  Read(value.Get("embargoed"), out.embargoed);
  Read(value.Get("creativeWorkStatus"), out.creative_work_status);
  Read(value.Get("version"), out.version);
  Read(value.Get("url"), out.url);
  Read(value.Get("inLanguage"), out.in_language);
  Read(value.Get("wordCount"), out.word_count);
  Read(value.Get("relatedLink"), out.related_link);
  Read(value.Get("image"), out.image);
}

void Read(const Value& value, Block& out) {
  ReadName(value.Get("kind"), &ParseBlockKind, out.kind);
  ReadSpan(value, out.span);
  Read(value.Get("speaker"), out.speaker);
}

void Read(const Value& value, Sentence& out) {
  ReadSpan(value, out.span);
  ReadIndex(value.Get("block"), value.reading().blocks, out.block);
}

void Read(const Value& value, Token& out) {
  ReadSpan(value, out.span);
  ReadIndex(value.Get("sentence"), value.reading().sentences, out.sentence);
  Read(value.Get("form"), out.form);
  Read(value.Get("continues"), out.continues);
  Read(value.Get("lemma"), out.lemma);
  Read(value.Get("upos"), out.upos);
  Read(value.Get("feats"), out.feats);
  if (const Value head = value.Get("head"); head.there()) {
    ReadIndex(head, value.reading().tokens, out.head.emplace());
  }
  Read(value.Get("deprel"), out.deprel);
  Read(value.Get("ner"), out.ner);
}

void Read(const Value& value, Role& out) {
  Read(value.Get("title"), out.title);
  Read(value.Get("of"), out.of);
  Read(value.Get("time"), out.time);
  ReadSpan(value, out.span);
}

void Read(const Value& value, Mention& out) {
  ReadSpan(value, out.span);
  ReadName(value.Get("kind"), &ParseMentionKind, out.kind);
}

void Read(const Value& value, Entity& out) {
  ReadName(value.Get("type"), &ParseEntityType, out.type);
  Read(value.Get("name"), out.name);
  Read(value.Get("country"), out.country);
  Read(value.Get("actor"), out.actor);
  Read(value.Get("knownAs"), out.known_as);
  Read(value.Get("roles"), out.roles);
  Read(value.Get("mentions"), out.mentions);
}

void Read(const Value& value, TimexAlternative& out) {
  Read(value.Get("value"), out.value);
  Read(value.Get("probability"), out.probability);
}

void Read(const Value& value, Timex& out) {
  ReadSpan(value, out.span);
  ReadName(value.Get("type"), &ParseTimexType, out.type);
  Read(value.Get("value"), out.value);
  Read(value.Get("mod"), out.mod);
  Read(value.Get("firstDay"), out.first_day);
  Read(value.Get("lastDay"), out.last_day);
  Read(value.Get("alternative"), out.alternative);
}

/// What a place and an alternative have in common.
template <typename AnyPlace>
void ReadWhere(const Value& value, AnyPlace& out) {
  Read(value.Get("name"), out.name);
  Read(value.Get("country"), out.country);
  Read(value.Get("admin1"), out.admin1);
  Read(value.Get("lat"), out.lat);
  Read(value.Get("lon"), out.lon);
  Read(value.Get("geonameid"), out.geonameid);
}

void Read(const Value& value, PlaceAlternative& out) {
  ReadWhere(value, out);
  Read(value.Get("score"), out.score);
}

void Read(const Value& value, Place& out) {
  ReadSpan(value, out.span);
  ReadWhere(value, out);
  ReadNameIfThere(value.Get("precision"), &ParsePlacePrecision, out.precision);
  Read(value.Get("literal"), out.literal);
  Read(value.Get("score"), out.score);
  Read(value.Get("alternatives"), out.alternatives);
}

void Read(const Value& value, Attribution& out) {
  ReadName(value.Get("kind"), &ParseAttributionKind, out.kind);
  const Value source = value.Get("source");
  Read(source.Get("spans"), out.source);
  ReadId(source.Get("entity"), value.reading().entities, out.entity);
  const Value cue = value.Get("cue");
  Read(cue.Get("spans"), out.cue);
  Read(cue.Get("lemma"), out.cue_lemma);
  Read(value.Get("content").Get("spans"), out.content);
  Read(value.Get("addressee"), out.addressee);
  Read(value.Get("medium"), out.medium);
  Read(value.Get("negated"), out.negated);
  Read(value.Get("modal"), out.modal);
  Read(value.Get("confidence"), out.confidence);
}

/// Attributions in the order of the record, each before those nested in it.
void ReadNested(const Value& list, std::optional<AttributionIndex> inside,
                std::vector<Attribution>& out) {
  list.Each([&](const Value& item) {
    const AttributionIndex own{static_cast<std::uint32_t>(out.size())};
    Read(item, out.emplace_back());
    out[Raw(own)].inside = inside;
    ReadNested(item.Get("nested"), own, out);
  });
}

/// Orders attributions as a Story has them: by content, the longer first.
std::pair<std::uint32_t, std::uint32_t> ContentKey(const Attribution& attribution) {
  if (attribution.content.empty()) return {0, 0};
  return {attribution.content.front().begin, ~attribution.content.back().end};
}

/// Nested ones go where they stand among all, as in a Story.
void ReadAttributions(const Value& list, std::vector<Attribution>& out) {
  std::vector<Attribution> found;
  ReadNested(list, std::nullopt, found);
  if (list.reading().error) return;
  std::vector<std::size_t> order(found.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (std::ranges::any_of(found, [](const Attribution& a) { return a.inside.has_value(); })) {
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ContentKey(found[i]); });
  }
  std::vector<std::uint32_t> place(found.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<std::uint32_t>(i);
  for (const std::size_t from : order) {
    Attribution& attribution = out.emplace_back(std::move(found[from]));
    if (attribution.inside) attribution.inside = AttributionIndex{place[Raw(*attribution.inside)]};
  }
  for (auto& [id, index] : list.reading().attributions) index = place[index];
}

void Read(const Value& value, QuotedPhrase& out) {
  ReadName(value.Get("kind"), &ParseQuotedKind, out.kind);
  ReadSpan(value, out.span);
}

void Read(const Value& value, EventActor& out) {
  ReadId(value.Get("entity"), value.reading().entities, out.entity);
  Read(value.Get("actor"), out.actor);
  ReadStartEnd(value, out.span);
}

void Read(const Value& value, EventPlace& out) {
  Read(value.Get("name"), out.name);
  Read(value.Get("country"), out.country);
  Read(value.Get("lat"), out.lat);
  Read(value.Get("lon"), out.lon);
}

void Read(const Value& value, EventCount& out) {
  Read(value.Get("of"), out.of);
  Read(value.Get("least"), out.least);
  Read(value.Get("most"), out.most);
  Read(value.Get("unit"), out.unit);
  ReadStartEnd(value, out.span);
}

void Read(const Value& value, Candidate& out) {
  ReadName(value.Get("verdict"), &ParseVerdict, out.verdict);
  Read(value.Get("reason"), out.reason);
  Read(value.Get("detail"), out.detail);
  Read(value.Get("rule"), out.rule);
  Read(value.Get("frame"), out.frame);
  Read(value.Get("cameo"), out.cameo);
  Read(value.Get("trigger"), out.trigger);
  Read(value.Get("source"), out.source);
  Read(value.Get("target"), out.target);
  Read(value.Get("features"), out.features);
}

/// Where and when an event was, how many, and by what means.
void ReadCircumstances(const Value& value, Event& out) {
  Read(value.Get("date"), out.date);
  if (value.Get("dateFrom").there())
    ReadName(value.Get("dateFrom"), &ParseOrigin, out.date_from.emplace());
  Read(value.Get("place"), out.place);
  if (value.Get("placeFrom").there())
    ReadName(value.Get("placeFrom"), &ParseOrigin, out.place_from.emplace());
  Read(value.Get("counts"), out.counts);
  if (const Value means = value.Get("means"); means.there()) {
    EventMeans& read = out.means.emplace();
    Read(means.Get("kind"), read.kind);
    ReadStartEnd(means, read.span);
  }
}

void Read(const Value& value, Event& out) {
  Read(value.Get("cameo"), out.cameo);
  Read(value.Get("plover"), out.plover);
  Read(value.Get("mode"), out.mode);
  std::uint32_t quad = 0;
  Read(value.Get("quad"), quad);
  if (quad > 4) value.Get("quad").Reject("want 1 to 4");
  out.quad = static_cast<int>(quad);
  Read(value.Get("goldstein"), out.goldstein);
  Read(value.Get("trigger"), out.trigger);
  value.Get("evidence").Each([&](const Value& item) {
    ReadSpan(item, out.evidence.emplace_back());
  });
  Read(value.Get("source"), out.source);
  Read(value.Get("target"), out.target);
  ReadCircumstances(value, out);
  Read(value.Get("contexts"), out.contexts);
  Read(value.Get("ontology"), out.ontology);
  ReadName(value.Get("status"), &ParseEventStatus, out.status);
  ReadId(value.Get("attributedTo"), value.reading().attributions, out.attributed_to);
  Read(value.Get("confidence"), out.confidence);
  Read(value.Get("rule"), out.rule);
}

void Read(const Value& value, Topic& out) {
  Read(value.Get("name"), out.name);
  Read(value.Get("confidence"), out.confidence);
}

/// The text, and what fields refer to wherever they stand.
void ReadGround(const Value& root, Story& out) {
  if (!root.Get("text").there()) return root.Get("text").Reject("is missing");
  Read(root.Get("text"), out.text);
  Reading& reading = root.reading();
  reading.text = out.text;
  reading.blocks = Count(root.Get("blocks"));
  reading.sentences = Count(root.Get("sentences"));
  reading.tokens = Count(root.Get("tokens"));
  reading.entities = PlacesById(root.Get("entities"));
  AddAttributions(root.Get("attributions"), reading.attributions);
}

void ReadFacts(const Value& root, Story& out) {
  Read(root.Get("id"), out.id);
  Read(root.Get("source"), out.source);
  Read(root.Get("article"), out.article);
  Read(root.Get("blocks"), out.blocks);
  Read(root.Get("sentences"), out.sentences);
  Read(root.Get("tokens"), out.tokens);
  Read(root.Get("entities"), out.entities);
  Read(root.Get("times"), out.times);
  Read(root.Get("places"), out.places);
  ReadAttributions(root.Get("attributions"), out.attributions);
  if (root.reading().error) return;
  Read(root.Get("quotedPhrases"), out.quoted_phrases);
  Read(root.Get("events"), out.events);
  Read(root.Get("topics"), out.topics);
  Read(root.Get("candidates"), out.candidates);
}

}  // namespace

Result<Story> ReadRecord(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root)) {
    return Fail(ErrorCode::kMalformed, fmt::format("no JSON: {}", simdjson::error_message(error)));
  }
  Reading reading;
  const Value record(reading, root);
  std::uint32_t version = 0;
  Read(record.Get("dateline"), version);
  if (!reading.error && version != 1) {
    return Fail(
        ErrorCode::kUnsupported,
        fmt::format("version {} of the story record; this program reads version 1", version),
        "dateline");
  }
  Story story;
  ReadGround(record, story);
  if (!reading.error) ReadFacts(record, story);
  if (reading.error) return std::unexpected(std::move(*reading.error));
  return story;
}

}  // namespace dateline
