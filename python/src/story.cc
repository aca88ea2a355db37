// Story and everything found in it, as Python classes with read-only attributes.
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bind.h"
#include "dateline/arrow.h"
#include "dateline/record.h"
#include "story_data.h"

// Lists of facts are not turned into lists by nanobind's opaque types: each is a Python list.

namespace dateline::python {
namespace {

using nb::literals::operator""_a;
using Names = std::vector<std::string>;
using OptionalName = std::optional<std::string>;

constexpr const char* kStart = "Index of the first character in the story's text.";
constexpr const char* kEnd = "Index behind the last character.";
constexpr const char* kText = "The words of the story.";

/// The span of a fact that has several: its first to its last.
Span Around(const std::vector<Span>& spans) {
  if (spans.empty()) return {};
  return {spans.front().begin, spans.back().end};
}

Span SpanOf(const Piece& piece) { return piece.span; }
template <typename T>
Span SpanOf(const Fact<T>& fact) {
  return fact->span;
}
Span SpanOf(const Fact<Entity>& fact) { return fact->mentions.front().span; }
Span SpanOf(const Fact<Attribution>& fact) { return Around(fact->content); }
Span SpanOf(const Fact<Event>& fact) { return fact->evidence.front(); }

std::vector<Piece> PiecesOf(const StoryPointer& of, const std::vector<Span>& spans) {
  std::vector<Piece> pieces;
  pieces.reserve(spans.size());
  for (const Span span : spans) pieces.push_back({of, span});
  return pieces;
}

std::optional<Fact<Entity>> EntityOf(const StoryPointer& of,
                                     const std::optional<EntityIndex>& index) {
  const auto& entities = of->story().entities;
  if (!index || Raw(*index) >= entities.size()) return std::nullopt;
  return Fact<Entity>{of, &entities[Raw(*index)]};
}

std::optional<Fact<Attribution>> AttributionOf(const StoryPointer& of,
                                               const std::optional<AttributionIndex>& index) {
  const auto& attributions = of->story().attributions;
  if (!index || Raw(*index) >= attributions.size()) return std::nullopt;
  return Fact<Attribution>{of, &attributions[Raw(*index)]};
}

/// The id that the story record gives it: "e1".
template <typename T>
std::string IdOf(char letter, const Fact<T>& fact, const std::vector<T>& all) {
  return letter + std::to_string(fact.value - all.data() + 1);
}

/// "<Time '2031-05' 'May'>": the class, then words that tell it.
std::string Shown(std::string_view type, std::string_view what, std::string_view words) {
  std::string cut(words.substr(0, 60));
  while (cut.size() < words.size() && !cut.empty() &&
         (static_cast<unsigned char>(words[cut.size()]) & 0xC0U) == 0x80U)
    cut.pop_back();
  if (cut.size() < words.size()) cut += "…";
  return "<" + std::string(type) + " " + std::string(what) + (what.empty() ? "" : " ") + "'" + cut +
         "'>";
}

std::optional<std::string> Iso(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}
std::optional<std::string> Iso(const std::optional<DateTime>& date) {
  if (!date) return std::nullopt;
  return FormatDateTime(*date);
}

/// A class of facts with .start, .end, .text, .story, == and hash.
template <typename Held>
nb::class_<Held> SpannedClass(nb::module_& module, const char* name, const char* doc) {
  nb::class_<Held> type(module, name, doc);
  type.def_prop_ro(
      "start", [](const Held& held) { return held.of->Chars(SpanOf(held).begin); }, kStart);
  type.def_prop_ro("end", [](const Held& held) { return held.of->Chars(SpanOf(held).end); }, kEnd);
  type.def_prop_ro("text", [](const Held& held) { return held.of->Words(SpanOf(held)); }, kText);
  type.def_prop_ro("story", [](const Held& held) { return held.of; }, "The story it is found in.");
  return type;
}

template <typename T>
nb::class_<Fact<T>> FactClass(nb::module_& module, const char* name, const char* doc) {
  auto type = SpannedClass<Fact<T>>(module, name, doc);
  type.def(
      "__eq__",
      [](const Fact<T>& one, nb::handle other) {
        Fact<T> same;
        return nb::try_cast<Fact<T>>(other, same) && one == same;
      },
      "other"_a.none());
  type.def("__hash__",
           [](const Fact<T>& one) { return reinterpret_cast<std::intptr_t>(one.value); });
  return type;
}

/// A read-only attribute that is a member of the value.
template <typename T, typename R>
auto Member(R T::* member) {
  return [member](const Fact<T>& fact) -> const R& { return (*fact).*member; };
}

void BindParts(nb::module_& module) {
  SpannedClass<Piece>(module, "Span", "A stretch of the story's text.")
      .def("__repr__", [](const Piece& p) { return Shown("Span", "", p.of->Words(p.span)); });

  FactClass<Block>(module, "Block", "A piece of the text of one kind: headline, paragraph …")
      .def_prop_ro("kind", [](const Fact<Block>& b) { return BlockKindName(b->kind); })
      .def_prop_ro("speaker", Member(&Block::speaker), "Of an utterance.")
      .def("__repr__", [](const Fact<Block>& b) {
        return Shown("Block", BlockKindName(b->kind), b.of->Words(b->span));
      });

  FactClass<Sentence>(module, "Sentence", "A sentence of the prose.")
      .def_prop_ro("block",
                   [](const Fact<Sentence>& s) {
                     return Fact<Block>{s.of, &s.of->story().blocks.at(Raw(s->block))};
                   })
      .def("__repr__",
           [](const Fact<Sentence>& s) { return Shown("Sentence", "", s.of->Words(s->span)); });

  FactClass<Token>(module, "Token", "A word, after Universal Dependencies.")
      .def_prop_ro("form", [](const Fact<Token>& t) { return FormOf(*t, t.of->story().text); })
      .def_prop_ro("lemma", Member(&Token::lemma))
      .def_prop_ro("upos", Member(&Token::upos))
      .def_prop_ro("feats", Member(&Token::feats))
      .def_prop_ro("deprel", Member(&Token::deprel))
      .def_prop_ro("ner", Member(&Token::ner), "BIO tag: 'B-PER'; empty outside names.")
      .def_prop_ro("sentence",
                   [](const Fact<Token>& t) {
                     return Fact<Sentence>{t.of, &t.of->story().sentences.at(Raw(t->sentence))};
                   })
      .def_prop_ro(
          "index", [](const Fact<Token>& t) { return t.value - t.of->story().tokens.data(); },
          "Its place in Story.tokens.")
      .def_prop_ro(
          "head",
          [](const Fact<Token>& t) -> std::optional<Fact<Token>> {
            if (!t->head) return std::nullopt;
            return Fact<Token>{t.of, &t.of->story().tokens.at(Raw(*t->head))};
          },
          "What it depends on; None at the root.")
      .def("__repr__",
           [](const Fact<Token>& t) { return Shown("Token", t->upos, t.of->Words(t->span)); });
}

void BindEntity(nb::module_& module) {
  FactClass<Mention>(module, "Mention", "One place that means an entity.")
      .def_prop_ro(
          "kind", [](const Fact<Mention>& m) { return MentionKindName(m->kind); },
          "'name', 'nominal' or 'pronoun'.")
      .def("__repr__", [](const Fact<Mention>& m) {
        return Shown("Mention", MentionKindName(m->kind), m.of->Words(m->span));
      });

  FactClass<Role>(module, "Role", "An office or position.")
      .def_prop_ro("title", Member(&Role::title))
      .def_prop_ro("of", Member(&Role::of), "A country (ISO 3166-1 alpha-3) or an organisation.")
      .def_prop_ro("time", Member(&Role::time), "'former', 'acting' … where printed.")
      .def("__repr__",
           [](const Fact<Role>& r) { return Shown("Role", r->of.value_or(""), r->title); });

  FactClass<Entity>(
      module, "Entity",
      "Somebody or something that is named; start, end and text are of the first mention.")
      .def_prop_ro("id", [](const Fact<Entity>& e) { return IdOf('e', e, e.of->story().entities); })
      .def_prop_ro(
          "type", [](const Fact<Entity>& e) { return EntityTypeName(e->type); },
          "'person', 'organization', 'country', 'place', 'group' …")
      .def_prop_ro("name", Member(&Entity::name), "The fullest name in the story.")
      .def_prop_ro("country", Member(&Entity::country), "ISO 3166-1 alpha-3.")
      .def_prop_ro("actor", Member(&Entity::actor), "CAMEO actor code on the story's date.")
      .def_prop_ro("known_as", Member(&Entity::known_as),
                   "The name under which the tables have it, the same in every story.")
      .def_prop_ro("roles", [](const Fact<Entity>& e) { return FactsOf(e.of, e->roles); })
      .def_prop_ro("mentions", [](const Fact<Entity>& e) { return FactsOf(e.of, e->mentions); })
      .def("__repr__",
           [](const Fact<Entity>& e) { return Shown("Entity", EntityTypeName(e->type), e->name); });
}

void BindTimesAndPlaces(nb::module_& module) {
  FactClass<Timex>(module, "Time", "A time expression, after TimeML.")
      .def_prop_ro(
          "type", [](const Fact<Timex>& t) { return TimexTypeName(t->type); },
          "'DATE', 'TIME', 'DURATION' or 'SET'.")
      .def_prop_ro("value", Member(&Timex::value), "TIMEX3 value: '2031-05'.")
      .def_prop_ro("mod", Member(&Timex::mod))
      .def_prop_ro("first_day", [](const Fact<Timex>& t) { return Iso(t->first_day); })
      .def_prop_ro("last_day", [](const Fact<Timex>& t) { return Iso(t->last_day); })
      .def("__repr__",
           [](const Fact<Timex>& t) { return Shown("Time", t->value, t.of->Words(t->span)); });

  FactClass<Place>(module, "Place", "A toponym and what it stands for.")
      .def_prop_ro("name", Member(&Place::name))
      .def_prop_ro("country", Member(&Place::country), "ISO 3166-1 alpha-3.")
      .def_prop_ro("admin1", Member(&Place::admin1))
      .def_prop_ro("lat", Member(&Place::lat), "Degrees north, WGS 84.")
      .def_prop_ro("lon", Member(&Place::lon), "Degrees east.")
      .def_prop_ro("geonameid", Member(&Place::geonameid))
      .def_prop_ro("literal", Member(&Place::literal), "False: stands for a government or team.")
      .def_prop_ro("precision",
                   [](const Fact<Place>& p) -> std::optional<std::string> {
                     if (!p->precision) return std::nullopt;
                     return std::string(PlacePrecisionName(*p->precision));
                   })
      .def("__repr__",
           [](const Fact<Place>& p) { return Shown("Place", p->country.value_or(""), p->name); });
}

OptionalName SpeakerOf(const Fact<Attribution>& quote) {
  if (const auto entity = EntityOf(quote.of, quote->entity)) return (*entity)->name;
  if (quote->source.empty()) return std::nullopt;
  return std::string(quote.of->Words(Around(quote->source)));
}

void BindQuote(nb::module_& module) {
  FactClass<Attribution>(
      module, "Quote",
      "Who said what; start, end and text are of what was said, from first to last.")
      .def_prop_ro(
          "id", [](const Fact<Attribution>& q) { return IdOf('a', q, q.of->story().attributions); })
      .def_prop_ro(
          "kind", [](const Fact<Attribution>& q) { return AttributionKindName(q->kind); },
          "'direct', 'mixed' or 'indirect'.")
      .def_prop_ro("speaker", SpeakerOf, "The entity's name, else the words of the story.")
      .def_prop_ro("entity", [](const Fact<Attribution>& q) { return EntityOf(q.of, q->entity); })
      .def_prop_ro("source", [](const Fact<Attribution>& q) { return PiecesOf(q.of, q->source); })
      .def_prop_ro("cue", [](const Fact<Attribution>& q) { return PiecesOf(q.of, q->cue); })
      .def_prop_ro("cue_lemma", Member(&Attribution::cue_lemma))
      .def_prop_ro("content", [](const Fact<Attribution>& q) { return PiecesOf(q.of, q->content); })
      .def_prop_ro("addressee",
                   [](const Fact<Attribution>& q) { return PiecesOf(q.of, q->addressee); })
      .def_prop_ro("medium", [](const Fact<Attribution>& q) { return PiecesOf(q.of, q->medium); })
      .def_prop_ro("negated", Member(&Attribution::negated))
      .def_prop_ro("modal", Member(&Attribution::modal))
      .def_prop_ro(
          "inside", [](const Fact<Attribution>& q) { return AttributionOf(q.of, q->inside); },
          "The quote in which this one stands.")
      .def_prop_ro("confidence", Member(&Attribution::confidence), "A probability.")
      .def("__repr__", [](const Fact<Attribution>& q) {
        return Shown("Quote", SpeakerOf(q).value_or("?") + ":", q.of->Words(SpanOf(q)));
      });

  FactClass<QuotedPhrase>(module, "QuotedPhrase", "Words in quotation marks that nobody says.")
      .def_prop_ro("kind", [](const Fact<QuotedPhrase>& q) { return QuotedKindName(q->kind); })
      .def("__repr__", [](const Fact<QuotedPhrase>& q) {
        return Shown("QuotedPhrase", QuotedKindName(q->kind), q.of->Words(q->span));
      });
}

std::string ActorName(const Fact<EventActor>& actor) {
  if (const auto entity = EntityOf(actor.of, actor->entity)) return (*entity)->name;
  return std::string(actor.of->Words(actor->span));
}

void BindEventParts(nb::module_& module) {
  FactClass<EventActor>(module, "Actor", "One side of an event, where the text names it.")
      .def_prop_ro("entity", [](const Fact<EventActor>& a) { return EntityOf(a.of, a->entity); })
      .def_prop_ro("name", ActorName, "The entity's name, else the words of the story.")
      .def_prop_ro("code", Member(&EventActor::actor), "CAMEO actor code; empty: none known.")
      .def("__repr__",
           [](const Fact<EventActor>& a) { return Shown("Actor", a->actor, ActorName(a)); });

  FactClass<EventCount>(module, "Count", "A number that belongs to an event.")
      .def_prop_ro("of", Member(&EventCount::of), "'killed', 'arrested', 'amount' …")
      .def_prop_ro("least", Member(&EventCount::least))
      .def_prop_ro("most", Member(&EventCount::most), "None: no upper bound is stated.")
      .def_prop_ro("unit", Member(&EventCount::unit))
      .def("__repr__",
           [](const Fact<EventCount>& c) { return Shown("Count", c->of, c.of->Words(c->span)); });

  FactClass<EventMeans>(module, "Means", "With what it was done.")
      .def_prop_ro("kind", Member(&EventMeans::kind))
      .def("__repr__",
           [](const Fact<EventMeans>& m) { return Shown("Means", m->kind, m.of->Words(m->span)); });

  nb::class_<Fact<EventPlace>>(module, "EventPlace", "Where an event took place.")
      .def_prop_ro("name", Member(&EventPlace::name))
      .def_prop_ro("country", Member(&EventPlace::country))
      .def_prop_ro("lat", Member(&EventPlace::lat))
      .def_prop_ro("lon", Member(&EventPlace::lon))
      .def("__repr__", [](const Fact<EventPlace>& p) {
        return Shown("EventPlace", p->country.value_or(""), p->name);
      });
}

template <typename T>
std::optional<Fact<T>> Inner(const StoryPointer& of, const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return Fact<T>{of, &*value};
}

std::optional<std::string> FromName(const std::optional<Origin>& origin) {
  if (!origin) return std::nullopt;
  return std::string(OriginName(*origin));
}

std::string ShowSide(const Fact<Event>& event, const std::vector<EventActor>& side) {
  std::string out;
  for (const EventActor& actor : side) {
    if (!out.empty()) out += ", ";
    out += ActorName({event.of, &actor});
  }
  return out.empty() ? "?" : out;
}

std::string ShowEvent(const Fact<Event>& event) {
  return Shown(
      "Event",
      event->cameo + " " + ShowSide(event, event->source) + " → " + ShowSide(event, event->target),
      event.of->Words(event->trigger));
}

void BindEvent(nb::module_& module) {
  using E = Fact<Event>;
  FactClass<Event>(module, "Event",
                   "Who did what to whom; start, end and text are of the first evidence.")
      .def_prop_ro("id", [](const E& e) { return IdOf('v', e, e.of->story().events); })
      .def_prop_ro("cameo", Member(&Event::cameo), "CAMEO code with its leading zero: '042'.")
      .def_prop_ro("plover", Member(&Event::plover), "PLOVER event type: 'CONSULT'.")
      .def_prop_ro("mode", Member(&Event::mode), "PLOVER mode.")
      .def_prop_ro("contexts", Member(&Event::contexts), "PLOVER contexts.")
      .def_prop_ro("ontology", Member(&Event::ontology), "Of codes that are not CAMEO's.")
      .def_prop_ro("quad", Member(&Event::quad),
                   "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict.")
      .def_prop_ro("goldstein", Member(&Event::goldstein), "-10 to 10.")
      .def_prop_ro("trigger", [](const E& e) { return Piece{e.of, e->trigger}; })
      .def_prop_ro(
          "evidence", [](const E& e) { return PiecesOf(e.of, e->evidence); },
          "Every place that states it.")
      .def_prop_ro(
          "source", [](const E& e) { return FactsOf(e.of, e->source); }, "Who.")
      .def_prop_ro(
          "target", [](const E& e) { return FactsOf(e.of, e->target); }, "Whom.")
      .def_prop_ro(
          "date", [](const E& e) { return Iso(e->date); }, "ISO 8601, as precise as known.")
      .def_prop_ro("date_from", [](const E& e) { return FromName(e->date_from); })
      .def_prop_ro("place", [](const E& e) { return Inner(e.of, e->place); })
      .def_prop_ro("place_from", [](const E& e) { return FromName(e->place_from); })
      .def_prop_ro("counts", [](const E& e) { return FactsOf(e.of, e->counts); })
      .def_prop_ro("means", [](const E& e) { return Inner(e.of, e->means); })
      .def_prop_ro(
          "status", [](const E& e) { return EventStatusName(e->status); },
          "'occurred', 'planned', 'denied' …")
      .def_prop_ro(
          "attributed_to", [](const E& e) { return AttributionOf(e.of, e->attributed_to); },
          "The quote that tells it.")
      .def_prop_ro("confidence", Member(&Event::confidence), "A probability.")
      .def_prop_ro("rule", Member(&Event::rule), "The pattern that made it.")
      .def("__repr__", ShowEvent);
}

/// What a story's page says of itself.
struct Page {
  StoryPointer of;
  [[nodiscard]] const Article& article() const { return of->story().article; }
};

template <typename R>
auto Said(R Article::* member) {
  return [member](const Page& page) -> const R& { return page.article().*member; };
}

void BindArticle(nb::module_& module) {
  nb::class_<Page>(module, "Article", "What the page says of itself, in schema.org's words.")
      .def_prop_ro("headline", Said(&Article::headline))
      .def_prop_ro("alternative_headline", Said(&Article::alternative_headline))
      .def_prop_ro("description", Said(&Article::description), "The standfirst.")
      .def_prop_ro("author", Said(&Article::author))
      .def_prop_ro("contributor", Said(&Article::contributor))
      .def_prop_ro("editor", Said(&Article::editor))
      .def_prop_ro("date_published", [](const Page& p) { return Iso(p.article().date_published); })
      .def_prop_ro("date_modified", [](const Page& p) { return Iso(p.article().date_modified); })
      .def_prop_ro("embargoed", [](const Page& p) { return Iso(p.article().embargoed); })
      .def_prop_ro("date_text", Said(&Article::date_text))
      .def_prop_ro("dateline", Said(&Article::dateline))
      .def_prop_ro("location_created", Said(&Article::location_created))
      .def_prop_ro("article_section", Said(&Article::article_section))
      .def_prop_ro("keywords", Said(&Article::keywords))
      .def_prop_ro("publisher", Said(&Article::publisher))
      .def_prop_ro("source_organization", Said(&Article::source_organization))
      .def_prop_ro("correction", Said(&Article::correction))
      .def_prop_ro("creative_work_status", Said(&Article::creative_work_status))
      .def_prop_ro("version", Said(&Article::version))
      .def_prop_ro("url", Said(&Article::url))
      .def_prop_ro("in_language", Said(&Article::in_language))
      .def_prop_ro("word_count", Said(&Article::word_count))
      .def("__repr__", [](const Page& p) {
        return Shown("Article", Iso(p.article().date_published).value_or(""),
                     p.article().headline.value_or(""));
      });
}

OffsetUnit UnitNamed(std::string_view name) {
  if (name == "chars") return OffsetUnit::kChars;
  if (name == "bytes") return OffsetUnit::kBytes;
  if (name == "utf16") return OffsetUnit::kUtf16;
  if (name == "source") return OffsetUnit::kSource;
  Raise({ErrorCode::kInvalidArgument,
         "offsets '" + std::string(name) + "' is none of chars, bytes, utf16, source", ""});
}

std::string ToJson(const StoryPointer& data, std::string_view offsets, bool tokens, bool indent) {
  const RecordOptions options{.tokens = tokens, .indent = indent, .offsets = UnitNamed(offsets)};
  const nb::gil_scoped_release unlocked;
  return WriteRecord(data->story(), options);
}

template <typename T>
auto ListOf(std::vector<T> Story::* member) {
  return [member](const StoryPointer& data) { return FactsOf(data, data->story().*member); };
}

std::string ShowStory(const StoryPointer& data) {
  const Story& story = data->story();
  return Shown("Story", Iso(story.article.date_published).value_or(story.id.substr(0, 8)),
               story.article.headline.value_or(story.text));
}

void BindStoryItself(nb::module_& module) {
  const auto source = [](auto get) {
    return [get](const StoryPointer& data) { return get(data->story().source); };
  };
  nb::class_<StoryData>(module, "Story",
                        "One story with everything found in it. Indices count characters of text.")
      .def_prop_ro("text", [](const StoryPointer& d) { return std::string_view(d->story().text); })
      .def_prop_ro(
          "id", [](const StoryPointer& d) { return d->story().id; },
          "32 hex digits: a hash of the story's bytes.")
      .def_prop_ro("source_id", source([](const Source& s) { return s.id; }), "The caller's own.")
      .def_prop_ro("path", source([](const Source& s) { return s.path; }))
      .def_prop_ro("url", source([](const Source& s) { return s.url; }))
      .def_prop_ro("format", source([](const Source& s) { return s.format; }))
      .def_prop_ro("index", source([](const Source& s) { return s.index; }),
                   "Which story of its input, from 0.")
      .def_prop_ro("article", [](const StoryPointer& d) { return Page{d}; })
      .def_prop_ro("headline", [](const StoryPointer& d) { return d->story().article.headline; })
      .def_prop_ro(
          "published", [](const StoryPointer& d) { return Iso(d->story().article.date_published); },
          "ISO 8601, as precise as printed.")
      .def_prop_ro("blocks", ListOf(&Story::blocks))
      .def_prop_ro("sentences", ListOf(&Story::sentences))
      .def_prop_ro("tokens", ListOf(&Story::tokens))
      .def_prop_ro("entities", ListOf(&Story::entities), "Who and what is named.")
      .def_prop_ro("times", ListOf(&Story::times))
      .def_prop_ro("places", ListOf(&Story::places))
      .def_prop_ro("quotes", ListOf(&Story::attributions), "Who said what.")
      .def_prop_ro("quoted_phrases", ListOf(&Story::quoted_phrases))
      .def_prop_ro("events", ListOf(&Story::events), "Who did what to whom.")
      .def("to_json", ToJson, "offsets"_a = "chars", "tokens"_a = false, "indent"_a = false,
           "The story record. `offsets`: 'chars', 'bytes', 'utf16' or 'source'.")
      .def(
          "to_dict",
          [](const StoryPointer& d, std::string_view offsets, bool tokens) {
            return nb::module_::import_("json").attr("loads")(ToJson(d, offsets, tokens, false));
          },
          "offsets"_a = "chars", "tokens"_a = false,
          nb::sig("def to_dict(self, offsets: str = 'chars', tokens: bool = False) -> dict[str, "
                  "typing.Any]"),
          "The story record as Python values.")
      .def(
          "_repr_html_",
          [](const nb::handle& self) {
            return nb::module_::import_("dateline._html").attr("story_html")(self);
          },
          nb::sig("def _repr_html_(self) -> str"))
      .def(
          "__eq__",
          [](const StoryPointer& one, nb::handle other) {
            StoryPointer same;
            return nb::try_cast<StoryPointer>(other, same) && one->story() == same->story();
          },
          "other"_a.none())
      .def("__hash__",
           [](const StoryPointer& d) { return std::hash<std::string>()(d->story().id); })
      .def("__repr__", ShowStory);
}

// ------------------------------------------------------------------------------------- columns

template <typename Node>
void ReleaseCapsule(PyObject* capsule, const char* name) {
  auto* node = static_cast<Node*>(PyCapsule_GetPointer(capsule, name));
  if (node == nullptr) return;
  if (node->release != nullptr) node->release(node);
  delete node;
}

nb::object SchemaCapsule(ArrowSchema* schema) {
  return nb::steal(PyCapsule_New(schema, "arrow_schema", [](PyObject* capsule) {
    ReleaseCapsule<ArrowSchema>(capsule, "arrow_schema");
  }));
}

nb::object ArrayCapsule(ArrowArray* array) {
  return nb::steal(PyCapsule_New(array, "arrow_array", [](PyObject* capsule) {
    ReleaseCapsule<ArrowArray>(capsule, "arrow_array");
  }));
}

/// Stories waiting to be taken as columns.
struct Columns {
  std::vector<StoryPointer> stories;  ///< null: a row without anything
  ColumnOptions options;
};

void Fill(const Columns& columns, ArrowSchema* schema, ArrowArray* array) {
  const nb::gil_scoped_release unlocked;
  StoryColumns rows(columns.options);
  for (const StoryPointer& data : columns.stories) {
    if (!data) {
      rows.AddNull();
    } else if (auto added = rows.Add(data->story()); !added) {
      const nb::gil_scoped_acquire locked;
      Raise(added.error());
    }
  }
  rows.Finish(schema, array);
}

void BindColumns(nb::module_& module) {
  nb::class_<Columns>(
      module, "Columns",
      "Stories as Arrow columns, for everything that takes the Arrow PyCapsule interface.")
      .def(
          "__init__",
          [](Columns* self, const std::vector<std::optional<StoryPointer>>& stories,
             std::string_view offsets, bool tokens) {
            new (self) Columns{{}, {.offsets = UnitNamed(offsets), .tokens = tokens}};
            for (const auto& story : stories) self->stories.push_back(story.value_or(nullptr));
          },
          "stories"_a, "offsets"_a = "chars", "tokens"_a = false,
          "A story that is None gives a row that is null.")
      .def("__len__", [](const Columns& columns) { return columns.stories.size(); })
      .def("__arrow_c_schema__",
           [](const Columns& columns) {
             auto schema = std::make_unique<ArrowSchema>();
             StoryColumns(columns.options).Finish(schema.get(), nullptr);
             return SchemaCapsule(schema.release());
           })
      .def(
          "__arrow_c_array__",
          [](const Columns& columns, nb::handle) {
            auto schema = std::make_unique<ArrowSchema>();
            auto array = std::make_unique<ArrowArray>();
            Fill(columns, schema.get(), array.get());
            return nb::make_tuple(SchemaCapsule(schema.release()), ArrayCapsule(array.release()));
          },
          "requested_schema"_a = nb::none(),
          nb::sig("def __arrow_c_array__(self, requested_schema: object | None = None) -> "
                  "tuple[typing.Any, typing.Any]"));
}

}  // namespace

void BindStory(nb::module_& module) {
  // Declared first, so that signatures name the classes.
  BindParts(module);
  BindEntity(module);
  BindTimesAndPlaces(module);
  BindQuote(module);
  BindEventParts(module);
  BindEvent(module);
  BindArticle(module);
  BindStoryItself(module);
  BindColumns(module);
}

}  // namespace dateline::python
