#include "archive/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "record/event_rows.h"

namespace dateline::archive {
namespace {

constexpr double kThousand = 1000;
constexpr std::string_view kGlue = "\n";

// ---------------------------------------------------------------------------- numbers as
// characters

void AppendCharacter(std::uint32_t number, std::string& out) {
  const std::uint32_t c = number + 1;  // below U+D800
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (c < 0x80) {
    out += byte(c);
  } else if (c < 0x800) {
    out += byte(0xC0U | (c >> 6U));
    out += byte(0x80U | (c & 0x3FU));
  } else {
    out += byte(0xE0U | (c >> 12U));
    out += byte(0x80U | ((c >> 6U) & 0x3FU));
    out += byte(0x80U | (c & 0x3FU));
  }
}

/// The number of the character at `at`, which moves on; nothing for what is none.
std::optional<std::uint32_t> TakeCharacter(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<std::uint8_t>(text[i])};
  };
  const std::uint32_t first = byte(at);
  std::size_t size = 1;
  std::uint32_t c = first;
  if (first >= 0xE0) {
    size = 3;
    c = first & 0x0FU;
  } else if (first >= 0xC0) {
    size = 2;
    c = first & 0x1FU;
  }
  if (first >= 0xF0 || (first >= 0x80 && first < 0xC0) || text.size() - at < size) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return std::nullopt;
    c = (c << 6U) | (byte(at + i) & 0x3FU);
  }
  at += size;
  constexpr std::array<std::uint32_t, 4> kLeast = {0, 1, 0x80, 0x800};  // of each size
  if (c < kLeast[size] || c > kNumberBase) return std::nullopt;
  return c - 1;
}

bool IsWide(const Facts& facts) {
  return std::ranges::any_of(facts.lists, [](const auto& list) {
    return std::ranges::any_of(list, [](std::uint32_t n) { return n >= kNumberBase; });
  });
}

// ----------------------------------------------------------------------------------------- packing

class Packer {
 public:
  Packer(const Story& story, Lookups& lookups) : story_(story), lookups_(lookups) {}

  Facts Pack() {
    PackBlocks();
    PackEntities();
    PackTimes();
    PackPlaces();
    for (const Attribution& attribution : story_.attributions) PackAttribution(attribution);
    for (const QuotedPhrase& quoted : story_.quoted_phrases) {
      Into(FactList::kQuoted);
      Put(lookups_.Code(QuotedKindName(quoted.kind)));
      PutSpan(quoted.span);
    }
    for (const Event& event : story_.events) PackEvent(event);
    for (const RelatedLink& link : story_.article.related_link) {
      Into(FactList::kLinks);
      PutSpan(link.span);
    }
    for (const Image& image : story_.article.image) {
      Into(FactList::kLinks);
      PutSpan(image.span);
    }
    PackExact();
    return std::move(facts_);
  }

 private:
  void Into(FactList list) { out_ = &facts_[list]; }
  void Put(std::uint32_t number) { out_->push_back(number); }
  void PutTwo(std::int64_t number) {
    Put(static_cast<std::uint32_t>(number % kNumberBase));
    Put(static_cast<std::uint32_t>(number / kNumberBase));
  }
  void PutSpan(Span span) {
    Put(span.begin);
    Put(span.size());
  }
  void PutTerm(const std::optional<std::string>& text) {
    PutTwo(text ? lookups_.terms.NumberOf(*text) : 0);
  }
  template <typename Index>
  void PutIndex(const std::optional<Index>& index) {
    Put(index ? static_cast<std::uint32_t>(Raw(*index)) + 1 : 0);
  }
  void PutConfidence(double confidence) {
    const double thousandths = std::round(std::clamp(confidence, 0.0, 1.0) * kThousand);
    Put(static_cast<std::uint32_t>(thousandths));
    if (thousandths / kThousand != confidence) exact_ = false;
  }

  void PackBlocks() {
    Into(FactList::kBlocks);
    for (const Block& block : story_.blocks) {
      Put(lookups_.Code(BlockKindName(block.kind)));
      PutSpan(block.span);
      PutTerm(block.speaker);
    }
    Into(FactList::kSentences);
    for (const Sentence& sentence : story_.sentences) PutSpan(sentence.span);
  }

  void PackEntities() {
    std::uint32_t at = 0;
    for (const Entity& entity : story_.entities) {
      ++at;
      Into(FactList::kEntities);
      Put(lookups_.Code(EntityTypeName(entity.type)));
      PutTwo(lookups_.names.NumberOf(entity.name));
      Put(lookups_.CodeOrNone(entity.country));
      Put(lookups_.CodeOrNone(entity.actor));
      if (entity.known_as) {
        Into(FactList::kKnown);
        Put(at);
        PutTerm(entity.known_as);
      }
      Into(FactList::kRoles);
      for (const Role& role : entity.roles) {
        Put(at);
        PutTerm(role.title);
        PutTerm(role.of);
        Put(lookups_.CodeOrNone(role.time));
        PutSpan(role.span);
      }
      Into(FactList::kMentions);
      for (const Mention& mention : entity.mentions) {
        Put(at);
        Put(lookups_.Code(MentionKindName(mention.kind)));
        PutSpan(mention.span);
      }
    }
  }

  void PackTimes() {
    Into(FactList::kTimes);
    const auto day = [](const std::optional<Date>& date) {
      return CellOf(date ? std::optional(FormatDate(*date)) : std::nullopt);
    };
    for (const Timex& time : story_.times) {
      PutTwo(lookups_.time_values.NumberOf({time.value, std::string(TimexTypeName(time.type)),
                                            CellOf(time.mod), day(time.first_day),
                                            day(time.last_day)}));
      PutSpan(time.span);
    }
  }

  void PackPlaces() {
    Into(FactList::kPlaces);
    for (const Place& place : story_.places) {
      const auto id = place.geonameid ? std::optional(static_cast<std::int64_t>(*place.geonameid))
                                      : std::nullopt;
      const auto precision = place.precision
                                 ? std::optional(std::string(PlacePrecisionName(*place.precision)))
                                 : std::nullopt;
      PutTwo(lookups_.spots.NumberOf({lookups_.names.NumberOf(place.name), CellOf(place.country),
                                      CellOf(place.admin1), CellOf(place.lat), CellOf(place.lon),
                                      CellOf(id), CellOf(precision)}));
      Put(place.literal ? 1 : 0);
      PutSpan(place.span);
    }
  }

  void PackSaid(std::uint32_t part, const std::vector<Span>& spans) {
    Into(FactList::kSaid);
    for (const Span span : spans) {
      Put(attribution_);
      Put(part);
      PutSpan(span);
    }
  }

  void PackAttribution(const Attribution& attribution) {
    ++attribution_;
    Into(FactList::kAttributions);
    Put(lookups_.Code(AttributionKindName(attribution.kind)));
    PutIndex(attribution.entity);
    Put(attribution.cue_lemma.empty() ? 0 : lookups_.Code(attribution.cue_lemma));
    Put(attribution.negated ? 1 : 0);
    Put(lookups_.CodeOrNone(attribution.modal));
    PutIndex(attribution.inside);
    PutConfidence(attribution.confidence);
    Span whole = attribution.content.empty() ? Span() : attribution.content.front();
    for (const Span span : attribution.content) {
      whole = {std::min(whole.begin, span.begin), std::max(whole.end, span.end)};
    }
    PutSpan(whole);
    std::string cue;
    for (const Span span : attribution.cue) {
      if (!cue.empty()) cue += " … ";
      cue += span.of(story_.text);
    }
    PutTerm(attribution.cue.empty() ? std::nullopt : std::optional(cue));
    PackSaid(0, attribution.source);
    PackSaid(1, attribution.cue);
    if (attribution.content.size() != 1) PackSaid(2, attribution.content);
    PackSaid(3, attribution.addressee);
    PackSaid(4, attribution.medium);
  }

  std::int64_t KindOf(const Event& event) {
    std::string contexts;
    for (const std::string& context : event.contexts) {
      if (!contexts.empty()) contexts += kGlue;
      contexts += context;
    }
    const auto origin = [](const std::optional<Origin>& from) {
      return CellOf(from ? std::optional(std::string(OriginName(*from))) : std::nullopt);
    };
    const auto text = [](const std::string& value) {
      return CellOf(value.empty() ? std::nullopt : std::optional(value));
    };
    return lookups_.kinds.NumberOf({event.cameo, event.plover, CellOf(event.mode),
                                    std::int64_t{event.quad}, event.goldstein, event.rule,
                                    text(event.ontology), text(contexts), origin(event.date_from),
                                    origin(event.place_from)});
  }

  void PackEvent(const Event& event) {
    ++event_;
    Into(FactList::kEvents);
    Put(static_cast<std::uint32_t>(KindOf(event)));
    Put(lookups_.Code(EventStatusName(event.status)));
    PutTerm(event.date ? std::optional(FormatDate(*event.date)) : std::nullopt);
    PutTwo(event.place ? SpotOf(*event.place) : 0);
    PutIndex(event.attributed_to);
    Put(event.means ? lookups_.Code(event.means->kind) : 0);
    PutConfidence(event.confidence);
    PutSpan(event.trigger);
    PutSpan(event.evidence.empty() ? event.trigger : event.evidence.front());
    PutSpan(event.means ? event.means->span : Span());
    Into(FactList::kEvidence);
    for (std::size_t i = 1; i < event.evidence.size(); ++i) {
      Put(event_);
      PutSpan(event.evidence[i]);
    }
    PackSide(0, event.source);
    PackSide(1, event.target);
    PackCounts(event.counts);
  }

  std::int64_t SpotOf(const EventPlace& place) {
    return lookups_.spots.NumberOf({lookups_.names.NumberOf(place.name), CellOf(place.country),
                                    Cell(), CellOf(place.lat), CellOf(place.lon), Cell(), Cell()});
  }

  void PackSide(std::uint32_t side, const std::vector<EventActor>& actors) {
    Into(FactList::kActors);
    for (const EventActor& actor : actors) {
      Put(event_);
      Put(side);
      PutIndex(actor.entity);
      Put(actor.actor.empty() ? 0 : lookups_.Code(actor.actor));
      PutTwo(actor.entity ? 0 : lookups_.names.NumberOf(record::NameOf(story_, actor)));
      PutSpan(actor.span);
    }
  }

  void PackCounts(const std::vector<EventCount>& counts) {
    Into(FactList::kCounts);
    for (const EventCount& count : counts) {
      Put(event_);
      Put(lookups_.Code(count.of));
      PutTerm(fmt::format("{}", count.least));
      PutTerm(count.most ? std::optional(fmt::format("{}", *count.most)) : std::nullopt);
      Put(count.unit.empty() ? 0 : lookups_.Code(count.unit));
      PutSpan(count.span);
    }
  }

  void PackExact() {
    if (exact_) return;
    for (const Attribution& attribution : story_.attributions) {
      facts_.exact.push_back(attribution.confidence);
    }
    for (const Event& event : story_.events) facts_.exact.push_back(event.confidence);
  }

  const Story& story_;
  Lookups& lookups_;
  Facts facts_;
  std::vector<std::uint32_t>* out_ = nullptr;
  std::uint32_t attribution_ = 0;
  std::uint32_t event_ = 0;
  bool exact_ = true;
};

// --------------------------------------------------------------------------------------- unpacking

class Unpacker {
 public:
  Unpacker(const Facts& facts, Lookups& lookups, Story& story)
      : facts_(facts), lookups_(lookups), story_(story) {}

  Result<void> Unpack() {
    Each(FactList::kBlocks, [this] { TakeBlock(); });
    Each(FactList::kSentences, [this] { TakeSentence(); });
    Each(FactList::kEntities, [this] { TakeEntity(); });
    Each(FactList::kKnown, [this] { TakeKnown(); });
    Each(FactList::kRoles, [this] { TakeRole(); });
    Each(FactList::kMentions, [this] { TakeMention(); });
    Each(FactList::kTimes, [this] { TakeTime(); });
    Each(FactList::kPlaces, [this] { TakePlace(); });
    Each(FactList::kAttributions, [this] { TakeAttribution(); });
    Each(FactList::kSaid, [this] { TakeSaid(); });
    for (std::size_t i = 0; i < wholes_.size(); ++i) {
      auto& content = story_.attributions[i].content;
      if (content.empty() && !wholes_[i].empty()) content.push_back(wholes_[i]);
    }
    Each(FactList::kQuoted, [this] { TakeQuoted(); });
    Each(FactList::kEvents, [this] { TakeEvent(); });
    Each(FactList::kEvidence, [this] { TakeEvidence(); });
    Each(FactList::kActors, [this] { TakeActor(); });
    Each(FactList::kCounts, [this] { TakeCount(); });
    TakeLinks();
    TakeExact();
    if (sound_) return {};
    return Fail(ErrorCode::kMalformed, "what is stored of its facts is damaged");
  }

 private:
  template <typename Take>
  void Each(FactList list, Take take) {
    const auto& numbers = facts_[list];
    const std::size_t fields = kFactLayouts[static_cast<std::size_t>(list)].fields;
    for (std::size_t at = 0; sound_ && at + fields <= numbers.size(); at += fields) {
      next_ = numbers.data() + at;
      take();
    }
  }
  void Reject() { sound_ = false; }

  std::uint32_t Number() { return *next_++; }
  std::int64_t Two() {
    const std::int64_t low = Number();
    return low + std::int64_t{kNumberBase} * Number();
  }
  Span TakeSpan() {
    const std::uint32_t begin = Number();
    const std::uint32_t size = Number();
    if (std::uint64_t{begin} + size > story_.text.size()) {
      Reject();
      return {};
    }
    return {begin, begin + size};
  }
  std::optional<std::string> Code() {
    const std::uint32_t code = Number();
    return code == 0 ? std::nullopt : std::optional(lookups_.CodeText(code));
  }
  std::string CodeOrEmpty() { return Code().value_or(""); }
  std::optional<std::string> Term() {
    const std::int64_t term = Two();
    return term == 0 ? std::nullopt : TextOf(lookups_.terms.RowOf(term)[0]);
  }
  double Real() {
    const std::string text = Term().value_or("");
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  template <typename Enum>
  Enum Name(std::optional<Enum> (*parse)(std::string_view)) {
    const auto value = parse(CodeOrEmpty());
    if (!value) Reject();
    return value.value_or(Enum{});
  }
  template <typename Index, typename Item>
  std::optional<Index> IndexIn(const std::vector<Item>& items) {
    const std::uint32_t number = Number();
    if (number > items.size()) Reject();
    return number == 0 || number > items.size() ? std::nullopt : std::optional(Index{number - 1});
  }
  /// The item that the next number counts from 1; the first where it is past the end.
  template <typename Item>
  Item* ItemOf(std::vector<Item>& items) {
    const std::uint32_t number = Number();
    if (number >= 1 && number <= items.size()) return &items[number - 1];
    Reject();
    return nullptr;
  }
  static std::optional<Date> DayOf(const Cell& cell) {
    const auto text = TextOf(cell);
    if (!text) return std::nullopt;
    const auto date = ParseDate(*text);
    return date ? std::optional(*date) : std::nullopt;
  }

  void TakeBlock() {
    Block& block = story_.blocks.emplace_back();
    block.kind = Name(&ParseBlockKind);
    block.span = TakeSpan();
    block.speaker = Term();
  }
  void TakeSentence() {
    const Span span = TakeSpan();
    while (block_ + 1 < story_.blocks.size() && story_.blocks[block_].span.end < span.end) ++block_;
    story_.sentences.push_back({span, BlockIndex{static_cast<std::uint32_t>(block_)}});
  }
  void TakeEntity() {
    Entity& entity = story_.entities.emplace_back();
    entity.type = Name(&ParseEntityType);
    entity.name = lookups_.NameText(Two());
    entity.country = Code();
    entity.actor = Code();
  }
  void TakeKnown() {
    Entity* entity = ItemOf(story_.entities);
    if (entity != nullptr) entity->known_as = Term();
  }
  void TakeRole() {
    Entity* entity = ItemOf(story_.entities);
    if (entity == nullptr) return;
    Role& role = entity->roles.emplace_back();
    role.title = Term().value_or("");
    role.of = Term();
    role.time = Code();
    role.span = TakeSpan();
  }
  void TakeMention() {
    Entity* entity = ItemOf(story_.entities);
    if (entity == nullptr) return;
    Mention& mention = entity->mentions.emplace_back();
    mention.kind = Name(&ParseMentionKind);
    mention.span = TakeSpan();
  }
  void TakeTime() {
    const Row& row = lookups_.time_values.RowOf(Two());
    Timex& time = story_.times.emplace_back();
    time.value = TextOf(row[0]).value_or("");
    const auto type = ParseTimexType(TextOf(row[1]).value_or(""));
    if (!type) return Reject();
    time.type = *type;
    time.mod = TextOf(row[2]);
    time.first_day = DayOf(row[3]);
    time.last_day = DayOf(row[4]);
    time.span = TakeSpan();
  }
  void TakePlace() {
    const Row row = lookups_.spots.RowOf(Two());
    Place& place = story_.places.emplace_back();
    place.name = lookups_.NameText(NumberOf(row[0]));
    place.country = TextOf(row[1]);
    place.admin1 = TextOf(row[2]);
    place.lat = RealOf(row[3]);
    place.lon = RealOf(row[4]);
    if (const std::int64_t id = NumberOf(row[5]); id != 0) {
      place.geonameid = static_cast<std::uint32_t>(id);
    }
    if (const auto precision = TextOf(row[6])) place.precision = ParsePlacePrecision(*precision);
    place.literal = Number() != 0;
    place.span = TakeSpan();
  }
  void TakeAttribution() {
    Attribution& attribution = story_.attributions.emplace_back();
    attribution.kind = Name(&ParseAttributionKind);
    attribution.entity = IndexIn<EntityIndex>(story_.entities);
    attribution.cue_lemma = CodeOrEmpty();
    attribution.negated = Number() != 0;
    attribution.modal = Code();
    attribution.inside = IndexIn<AttributionIndex>(story_.attributions);
    attribution.confidence = Number() / kThousand;
    wholes_.push_back(TakeSpan());
  }
  void TakeSaid() {
    Attribution* attribution = ItemOf(story_.attributions);
    if (attribution == nullptr) return;
    const std::array<std::vector<Span>*, 5> parts = {&attribution->source, &attribution->cue,
                                                     &attribution->content, &attribution->addressee,
                                                     &attribution->medium};
    const std::uint32_t part = Number();
    if (part >= parts.size()) return Reject();
    parts[part]->push_back(TakeSpan());
  }
  void TakeQuoted() {
    QuotedPhrase& quoted = story_.quoted_phrases.emplace_back();
    quoted.kind = Name(&ParseQuotedKind);
    quoted.span = TakeSpan();
  }

  void TakeKind(const Row& row, Event& event) {
    event.cameo = TextOf(row[0]).value_or("");
    event.plover = TextOf(row[1]).value_or("");
    event.mode = TextOf(row[2]);
    event.quad = static_cast<int>(archive::NumberOf(row[3]));
    event.goldstein = RealOf(row[4]).value_or(0);
    event.rule = TextOf(row[5]).value_or("");
    event.ontology = TextOf(row[6]).value_or("");
    if (const auto contexts = TextOf(row[7])) {
      for (std::size_t at = 0; at <= contexts->size();) {
        const std::size_t end = std::min(contexts->find(kGlue, at), contexts->size());
        event.contexts.push_back(contexts->substr(at, end - at));
        at = end + 1;
      }
    }
    if (const auto from = TextOf(row[8])) event.date_from = ParseOrigin(*from);
    if (const auto from = TextOf(row[9])) event.place_from = ParseOrigin(*from);
  }
  void TakeEvent() {
    Event& event = story_.events.emplace_back();
    TakeKind(lookups_.kinds.RowOf(Number()), event);
    event.status = Name(&ParseEventStatus);
    if (const auto date = Term()) event.date = DayOf(*date);
    if (const std::int64_t spot = Two(); spot != 0) {
      const Row row = lookups_.spots.RowOf(spot);
      event.place = EventPlace{lookups_.NameText(NumberOf(row[0])), TextOf(row[1]), RealOf(row[3]),
                               RealOf(row[4])};
    }
    event.attributed_to = IndexIn<AttributionIndex>(story_.attributions);
    const auto means = Code();
    event.confidence = Number() / kThousand;
    event.trigger = TakeSpan();
    event.evidence = {TakeSpan()};
    const Span span = TakeSpan();
    if (means) event.means = EventMeans{*means, span};
  }
  void TakeEvidence() {
    Event* event = ItemOf(story_.events);
    if (event != nullptr) event->evidence.push_back(TakeSpan());
  }
  void TakeActor() {
    Event* event = ItemOf(story_.events);
    if (event == nullptr) return;
    EventActor& actor = (Number() == 0 ? event->source : event->target).emplace_back();
    actor.entity = IndexIn<EntityIndex>(story_.entities);
    actor.actor = CodeOrEmpty();
    Two();
    actor.span = TakeSpan();
  }
  void TakeCount() {
    Event* event = ItemOf(story_.events);
    if (event == nullptr) return;
    EventCount& count = event->counts.emplace_back();
    count.of = CodeOrEmpty();
    count.least = Real();
    const std::uint32_t* before = next_;
    if (Two() != 0) {
      next_ = before;
      count.most = Real();
    }
    count.unit = CodeOrEmpty();
    count.span = TakeSpan();
  }
  void TakeLinks() {
    std::vector<Span> spans;
    Each(FactList::kLinks, [&] { spans.push_back(TakeSpan()); });
    Article& article = story_.article;
    if (spans.size() != article.related_link.size() + article.image.size()) return Reject();
    std::size_t at = 0;
    for (RelatedLink& link : article.related_link) link.span = spans[at++];
    for (Image& image : article.image) image.span = spans[at++];
  }
  void TakeExact() {
    if (facts_.exact.empty()) return;
    if (facts_.exact.size() != story_.attributions.size() + story_.events.size()) return Reject();
    std::size_t at = 0;
    for (Attribution& attribution : story_.attributions) {
      attribution.confidence = facts_.exact[at++];
    }
    for (Event& event : story_.events) event.confidence = facts_.exact[at++];
  }

  const Facts& facts_;
  Lookups& lookups_;
  Story& story_;
  const std::uint32_t* next_ = nullptr;
  std::vector<Span> wholes_;
  std::size_t block_ = 0;
  bool sound_ = true;
};

// --------------------------------------------------------------------------------------
// renumbering

/// Which numbers of each list are of a table: C `codes`, K `kinds`, and with two fields T `terms`,
/// N `names`, S `spots`, V `time_values`; "." is a number that stands for itself.
constexpr std::array<std::string_view, kFactLists> kReferences = {
    {"C..T", "..", "CNCC", ".TTC..", ".C..", "V..", "S...", "C.C.C....T", "....", "C..",
     "KCTS.C.......", "...", "...CN..", ".CTTC..", "..", ".T"}};

/// Numbers of one table in another; what is not there is 0.
using Mapping = std::vector<std::int64_t>;

class Renumbering {
 public:
  Renumbering(Lookups& from, Lookups& to)
      : codes_(to.codes.NumbersOf(from.codes)),
        terms_(to.terms.NumbersOf(from.terms)),
        names_(to.names.NumbersOf(from.names)),
        kinds_(to.kinds.NumbersOf(from.kinds)),
        time_values_(to.time_values.NumbersOf(from.time_values)) {
    spots_.push_back(0);
    for (std::int64_t number = 1, size = from.spots.size(); number <= size; ++number) {
      Row row = from.spots.RowOf(number);
      row[0] = names_[static_cast<std::size_t>(NumberOf(row[0]))];
      spots_.push_back(to.spots.NumberOf(row));
    }
  }

  void Apply(std::string_view references, std::vector<std::uint32_t>& list) const {
    std::size_t at = 0;
    while (at < list.size()) {
      for (const char reference : references) Apply(reference, list, at);
    }
  }

 private:
  void Apply(char reference, std::vector<std::uint32_t>& list, std::size_t& at) const {
    const Mapping* mapping = MappingFor(reference);
    if (mapping == nullptr) {
      ++at;
    } else if (reference == 'C' || reference == 'K') {
      list[at] = static_cast<std::uint32_t>((*mapping)[list[at]]);
      ++at;
    } else {
      const std::int64_t number = (*mapping)[list[at] + std::size_t{kNumberBase} * list[at + 1]];
      list[at] = static_cast<std::uint32_t>(number % kNumberBase);
      list[at + 1] = static_cast<std::uint32_t>(number / kNumberBase);
      at += 2;
    }
  }

  [[nodiscard]] const Mapping* MappingFor(char reference) const {
    switch (reference) {
      case 'C':
        return &codes_;
      case 'K':
        return &kinds_;
      case 'T':
        return &terms_;
      case 'N':
        return &names_;
      case 'S':
        return &spots_;
      case 'V':
        return &time_values_;
      default:
        return nullptr;
    }
  }

  Mapping codes_;
  Mapping terms_;
  Mapping names_;
  Mapping kinds_;
  Mapping time_values_;
  Mapping spots_;
};

}  // namespace

std::size_t Facts::Longest() const {
  std::size_t longest = 0;
  for (std::size_t i = 0; i < kFactLists; ++i) {
    longest = std::max(longest, lists[i].size() / kFactLayouts[i].fields);
  }
  return longest;
}

FactRow RowOf(const Facts& facts) {
  FactRow row;
  row.wide = IsWide(facts);
  for (std::size_t i = 0; i < kFactLists; ++i) {
    row.lists[i].reserve(facts.lists[i].size() * 3 / 2);
    for (const std::uint32_t number : facts.lists[i]) {
      AppendCharacter(number % kNumberBase, row.lists[i]);
      if (row.wide) AppendCharacter(number / kNumberBase, row.lists[i]);
    }
  }
  const auto bytes = std::as_bytes(std::span(facts.exact));
  row.exact.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return row;
}

std::optional<Facts> FactsOf(const FactRow& row) {
  Facts facts;
  for (std::size_t i = 0; i < kFactLists; ++i) {
    const std::string& text = row.lists[i];
    auto& list = facts.lists[i];
    list.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
      const auto low = TakeCharacter(text, at);
      std::optional<std::uint32_t> high = 0;
      if (row.wide) high = at < text.size() ? TakeCharacter(text, at) : std::nullopt;
      if (!low || !high) return std::nullopt;
      list.push_back(*low + *high * kNumberBase);
    }
    if (list.size() % kFactLayouts[i].fields != 0) return std::nullopt;
  }
  facts.exact.resize(row.exact.size() / sizeof(double));
  if (!facts.exact.empty())
    std::memcpy(facts.exact.data(), row.exact.data(), facts.exact.size() * sizeof(double));
  return facts;
}

std::string TextOfNumbers(std::span<const std::uint32_t> numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) AppendCharacter(number, text);
  return text;
}

std::optional<std::vector<std::uint32_t>> NumbersOfText(std::string_view text) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t at = 0; at < text.size();) {
    const auto number = TakeCharacter(text, at);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

Lookups::Lookups(Database& database)
    : codes(database, {.table = "codes", .number = "code", .columns = {"text"}}),
      terms(database, {.table = "terms", .number = "term", .columns = {"text"}}),
      names(database, {.table = "names", .number = "name", .columns = {"text"}}),
      spots(database,
            {.table = "spots",
             .number = "spot",
             .columns = {"name", "country", "admin1", "lat", "lon", "geonameid", "precision"}}),
      kinds(database, {.table = "kinds",
                       .number = "kind",
                       .columns = {"cameo", "plover", "mode", "quad", "goldstein", "rule",
                                   "ontology", "contexts", "date_from", "place_from"}}),
      time_values(database, {.table = "time_values",
                             .number = "time_value",
                             .columns = {"value", "type", "mod", "first_day", "last_day"}}),
      index_name(std::in_place, database, "INSERT INTO name_search(rowid, text) VALUES(?, ?)") {
  names.OnAdded([this](std::int64_t number, const Row& row) {
    index_name->Run(number, TextOf(row[0]).value_or(""));
  });
}

Lookups::Lookups() : codes(1), terms(1), names(1), spots(7), kinds(10), time_values(5) {}

void Lookups::Forget() {
  for (Interned* table : {&codes, &terms, &names, &spots, &kinds, &time_values}) table->Forget();
}

std::uint32_t Lookups::Code(std::string_view text) {
  return static_cast<std::uint32_t>(codes.NumberOf(text));
}

std::uint32_t Lookups::CodeOrNone(const std::optional<std::string>& text) {
  return text ? Code(std::string_view(*text)) : 0;
}

std::string Lookups::CodeText(std::int64_t code) {
  return TextOf(codes.RowOf(code)[0]).value_or("");
}

std::string Lookups::NameText(std::int64_t name) {
  return TextOf(names.RowOf(name)[0]).value_or("");
}

Facts PackFacts(const Story& story, Lookups& lookups) { return Packer(story, lookups).Pack(); }

void Renumber(Lookups& from, Lookups& to, Facts& facts) {
  const Renumbering numbers(from, to);
  for (std::size_t i = 0; i < kFactLists; ++i) numbers.Apply(kReferences[i], facts.lists[i]);
}

Result<void> UnpackFacts(const Facts& facts, Lookups& lookups, Story& story) {
  return Unpacker(facts, lookups, story).Unpack();
}

}  // namespace dateline::archive
