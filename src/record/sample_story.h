/// Stories for the tests and benchmarks of this folder: one with every field, and random ones.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/story.h"

namespace dateline::record {

/// The span of `part` in `text`. REQUIRES: it stands there.
inline Span Find(std::string_view text, std::string_view part) {
  const auto at = text.find(part);
  assert(at != std::string_view::npos);
  return MakeSpan(at, at + part.size());
}

/// Fills FullStory's article.
inline Article FullArticle(std::string_view text) {
  Article article;
  article.headline = "Norland’s envoy can’t meet Sud";
  article.alternative_headline = "Envoy stays away";
  article.description = "No talks.";
  article.author = {"Ann Lee", "Bo Ray"};
  article.contributor = {"Cy Fox"};
  article.editor = {"Di Moss"};
  article.date_published = *ParseDateTime("2031-05-04T08:15:00+01:00");
  article.date_modified = *ParseDateTime("2031-05-04T09:00Z");
  article.date_text = "May 4, 2031";
  article.dateline = "HALVIK, May 4 (NPA)";
  article.location_created = "HALVIK";
  article.article_section = "World";
  article.keywords = {"Norland", "Sud"};
  article.publisher = "The Halvik Post";
  article.source_organization = {"NPA"};
  article.correction = "An earlier version misspelt Sud.";
  article.embargoed = *ParseDateTime("2031-05-04");
  article.creative_work_status = "usable";
  article.version = "2";
  article.url = "https://example.org/norland";
  article.in_language = "en";
  article.word_count = 14;
  article.related_link = {
      {"READ MORE", "Sud waits", "https://example.org/sud", Find(text, "Sud waits")}};
  article.image = {{"A quay \"at dawn\" 🌅", "NPA/Eva Ek", Find(text, "A quay")}};
  return article;
}

/// A headline and a paragraph with one fact of every kind and every field filled.
inline Story FullStory() {
  Story story;
  story.text =
      "Norland’s envoy can’t meet Sud\n\n"
      "“We cannot go,” Ola Ek said in Halvik on Sunday 🌅.\n\nSud waits\nA quay\n";
  const std::string_view text = story.text;
  story.id = "00112233445566778899aabbccddeeff";
  story.source = {.id = "npa-7",
                  .path = "in/npa.jsonl",
                  .url = "https://example.org/norland",
                  .format = "json",
                  .encoding = "windows-1252",
                  .index = 3,
                  .replaced = 1};
  story.article = FullArticle(text);
  const Span headline = Find(text, "Norland’s envoy can’t meet Sud");
  const Span body = Find(text, "“We cannot go,” Ola Ek said in Halvik on Sunday 🌅.");
  story.blocks = {{BlockKind::kHeadline, headline, {}},
                  {BlockKind::kUtterance, body, "Ola Ek"},
                  {BlockKind::kRelated, Find(text, "Sud waits"), {}},
                  {BlockKind::kCaption, Find(text, "A quay"), {}}};
  story.sentences = {{headline, BlockIndex{0}}, {body, BlockIndex{1}}};

  std::uint32_t at = 0;
  const auto word = [&](std::string_view form, std::uint32_t sentence) -> Token& {
    const auto begin = text.find(form, at);
    assert(begin != std::string_view::npos);
    at = static_cast<std::uint32_t>(begin + form.size());
    Token& token = story.tokens.emplace_back();
    token.span = MakeSpan(begin, begin + form.size());
    token.sentence = SentenceIndex{sentence};
    return token;
  };
  for (const char* form : {"Norland", "’s", "envoy", "ca", "n’t", "meet", "Sud"}) word(form, 0);
  story.tokens[3].form = "can";
  story.tokens[4].continues = true;
  for (const char* form : {"“", "We", "can", "not", "go", ",", "”", "Ola", "Ek", "said", "in",
                           "Halvik", "on", "Sunday", "🌅", "."}) {
    word(form, 1);
  }
  const auto analyse = [&](std::size_t index, const char* lemma, const char* upos,
                           const char* feats, std::optional<std::uint32_t> head, const char* deprel,
                           const char* ner) {
    Token& token = story.tokens[index];
    token.lemma = lemma;
    token.upos = upos;
    token.feats = feats;
    if (head) token.head = TokenIndex{*head};
    token.deprel = deprel;
    token.ner = ner;
  };
  analyse(0, "Norland", "PROPN", "Number=Sing", 2, "nmod:poss", "B-LOC");
  analyse(1, "’s", "PART", "", 0, "case", "");
  analyse(2, "envoy", "NOUN", "Number=Sing", 5, "nsubj", "");
  analyse(3, "can", "AUX", "VerbForm=Fin", 5, "aux", "");
  analyse(4, "not", "PART", "Polarity=Neg", 5, "advmod", "");
  analyse(5, "meet", "VERB", "VerbForm=Inf", {}, "root", "");
  analyse(6, "Sud", "PROPN", "Number=Sing", 5, "obj", "B-LOC");
  story.tokens[14].ner = "B-PER";
  story.tokens[15].ner = "I-PER";

  story.entities = {
      {EntityType::kCountry,
       "Norland",
       "NLD",
       "NLDGOV",
       {},
       {{Find(text, "Norland"), MentionKind::kName}}},
      {EntityType::kPerson,
       "Ola Ek",
       "NLD",
       "NLDGOV",
       {{"envoy", "NLD", "acting", Find(text, "envoy")}},
       {{Find(text, "envoy"), MentionKind::kNominal},
        {Find(text, "We"), MentionKind::kPronoun},
        {Find(text, "Ola Ek"), MentionKind::kName}}},
      {EntityType::kCountry, "Sud", "SDN", {}, {}, {{Find(text, "Sud"), MentionKind::kName}}}};
  story.times = {{Find(text, "Sunday"), TimexType::kDate, "2031-05-04", "APPROX"}};
  story.times[0].first_day = MakeDate(2031, 5, 4);
  story.times[0].last_day = story.times[0].first_day;
  story.times[0].alternative = {.value = "2031-05-11", .probability = 0.25};
  story.places = {{Find(text, "Norland"), "Norland", "NLD", {}, {}, {}, {}, false},
                  {Find(text, "Halvik"), "Halvik", "NLD", "North", 61.25, -7.5, 4711, true}};
  story.places[0].precision = PlacePrecision::kCountry;
  story.places[1].precision = PlacePrecision::kCity;
  story.places[1].score = 0.75;
  story.places[1].alternatives = {{"Halvik", "SWE", {}, 58.5, 12.5, 4712, 0.25}};
  story.attributions = {{AttributionKind::kDirect,
                         {Find(text, "Ola Ek")},
                         EntityIndex{1},
                         {Find(text, "said")},
                         "say",
                         {Find(text, "“We cannot go,”")},
                         0.97}};
  story.events = {{"129",
                   "REJECT",
                   "meet",
                   3,
                   -5,
                   Find(text, "meet"),
                   {headline, Find(text, "“We cannot go,”")},
                   {{EntityIndex{1}, "NLDGOV", Find(text, "Norland’s envoy")}},
                   {{EntityIndex{2}, "SDN", Find(text, "Sud")}},
                   *ParseDate("2031-05"),
                   EventPlace{"Halvik", "NLD", 61.25, -7.5},
                   EventStatus::kDenied,
                   AttributionIndex{0},
                   0.5,
                   "reject.meet"}};
  story.topics = {{"diplomacy", 0.9}};
  return story;
}

/// Draws the values of a random story. Not thread-safe.
class StoryDice {
 public:
  explicit StoryDice(std::uint32_t seed) : random_(seed) {}

  /// Sound spans, indices and dates; list sizes and optional fields are any.
  Story Roll() {
    Story story;
    story.text = Text(200);
    FindBoundaries(story.text);
    story.id = Text(10);
    story.source = {MaybeText(), MaybeText(), MaybeText(), Text(5), Text(5), Below(9), Below(3)};
    story.article = RollArticle();
    for (auto n = Below(5); n > 0; --n)
      story.blocks.push_back({Enum<BlockKind>(16), Piece(), MaybeText()});
    if (!story.blocks.empty()) RollWords(story);
    RollEntities(story);
    for (auto n = Below(4); n > 0; --n) {
      story.times.push_back({Piece(), Enum<TimexType>(4), Text(8), MaybeText()});
      if (Maybe()) story.times.back().first_day = MakeDate(2000, 1, 1 + Below(28));
      if (Maybe()) story.times.back().alternative = {.value = Text(8), .probability = 0.5};
    }
    for (auto n = Below(4); n > 0; --n) {
      story.places.push_back({Piece(), Text(8), MaybeText(), MaybeText(), MaybeNumber(),
                              MaybeNumber(), Maybe() ? std::optional(Below(99)) : std::nullopt,
                              Maybe()});
      if (Maybe()) story.places.back().precision = Enum<PlacePrecision>(6);
      if (!Maybe()) continue;
      story.places.back().score = 0.5;
      story.places.back().alternatives = {{Text(8), MaybeText(), {}, {}, {}, {}, 0.5}};
    }
    RollAttributions(story);
    for (auto n = Below(5); n > 0; --n) story.events.push_back(RollEvent(story));
    for (auto n = Below(3); n > 0; --n) story.candidates.push_back(RollCandidate(story));
    for (auto n = Below(3); n > 0; --n) story.topics.push_back({Text(9), Number()});
    return story;
  }

 private:
  std::uint32_t Below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
  bool Maybe() { return Below(2) == 0; }
  template <typename T>
  T Enum(std::uint32_t count) {
    return static_cast<T>(Below(count));
  }

  std::string Text(std::uint32_t most) {
    static constexpr std::string_view kPieces[] = {"a",      "Z",    " ",  "\n", "\"", "\\",
                                                   "\x01",   "\x7f", "é",  "ß",  "’",  "界",
                                                   "\u2028", "🌅",   "\t", "/"};
    std::string text;
    for (auto n = Below(most + 1); n > 0; --n) text += kPieces[Below(std::size(kPieces))];
    return text;
  }
  std::optional<std::string> MaybeText() { return Maybe() ? std::optional(Text(6)) : std::nullopt; }
  double Number() {
    const double parts[] = {
        0.0,  1.0, -0.5, 1.0 / 3, 5e-324, -1.7976931348623157e308, 123456789012345678.0,
        1e15, 0.1, 1e21};
    return parts[Below(std::size(parts))];
  }
  std::optional<double> MaybeNumber() { return Maybe() ? std::optional(Number()) : std::nullopt; }
  std::optional<DateTime> MaybeDate() {
    static constexpr std::string_view kDates[] = {"2031",
                                                  "2031-05",
                                                  "0001-01-01",
                                                  "2031-05-04T08:15",
                                                  "2031-05-04T08:15:59-03:30",
                                                  "2031-05-04T23:59Z"};
    return Maybe() ? std::optional(*ParseDateTime(kDates[Below(std::size(kDates))])) : std::nullopt;
  }
  std::vector<std::string> Texts() {
    std::vector<std::string> texts;
    for (auto n = Below(3); n > 0; --n) texts.push_back(Text(5));
    return texts;
  }

  void FindBoundaries(std::string_view text) {
    boundaries_.clear();
    for (std::uint32_t i = 0; i <= text.size(); ++i) {
      if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
        boundaries_.push_back(i);
      }
    }
  }
  Span Piece() {
    std::uint32_t begin = boundaries_[Below(static_cast<std::uint32_t>(boundaries_.size()))];
    std::uint32_t end = boundaries_[Below(static_cast<std::uint32_t>(boundaries_.size()))];
    if (begin > end) std::swap(begin, end);
    return {begin, end};
  }
  std::vector<Span> Pieces() {
    std::vector<Span> spans;
    for (auto n = Below(3); n > 0; --n) spans.push_back(Piece());
    return spans;
  }
  template <typename Index, typename Item>
  Index IndexInto(const std::vector<Item>& items) {
    return Index{Below(static_cast<std::uint32_t>(items.size()))};
  }
  template <typename Index, typename Item>
  std::optional<Index> MaybeIndexInto(const std::vector<Item>& items) {
    if (items.empty() || Maybe()) return std::nullopt;
    return IndexInto<Index>(items);
  }

  Article RollArticle() {
    Article article;
    for (auto* text : {&article.headline, &article.alternative_headline, &article.description,
                       &article.date_text, &article.dateline, &article.location_created,
                       &article.article_section, &article.publisher, &article.correction,
                       &article.url, &article.in_language}) {
      *text = MaybeText();
    }
    for (auto* texts : {&article.author, &article.contributor, &article.editor, &article.keywords,
                        &article.source_organization}) {
      *texts = Texts();
    }
    for (auto* date : {&article.date_published, &article.date_modified, &article.embargoed}) {
      *date = MaybeDate();
    }
    if (Maybe()) article.word_count = Below(1000);
    for (auto n = Below(3); n > 0; --n) {
      article.related_link.push_back({MaybeText(), Text(5), MaybeText(), Piece()});
      article.image.push_back({MaybeText(), MaybeText(), Piece()});
    }
    return article;
  }

  void RollWords(Story& story) {
    for (auto n = Below(4); n > 0; --n) {
      story.sentences.push_back({Piece(), IndexInto<BlockIndex>(story.blocks)});
    }
    if (story.sentences.empty()) return;
    story.tokens.resize(Below(9));
    for (Token& token : story.tokens) {
      token = {Piece(),     IndexInto<SentenceIndex>(story.sentences),
               MaybeText(), Below(2) == 1,
               Text(3),     Text(3),
               Text(3),     MaybeIndexInto<TokenIndex>(story.tokens),
               Text(3),     Text(3)};
    }
  }

  void RollEntities(Story& story) {
    for (auto n = Below(4); n > 0; --n) {
      Entity& entity = story.entities.emplace_back();
      entity = {Enum<EntityType>(9), Text(9), MaybeText(), MaybeText(), {}, {}, MaybeText()};
      for (auto m = Below(3); m > 0; --m) {
        entity.roles.push_back({Text(5), MaybeText(), MaybeText(), Piece()});
        entity.mentions.push_back({Piece(), Enum<MentionKind>(3)});
      }
    }
  }

  void RollAttributions(Story& story) {
    for (auto n = Below(4); n > 0; --n) {
      story.attributions.push_back({Enum<AttributionKind>(3), Pieces(),
                                    MaybeIndexInto<EntityIndex>(story.entities), Pieces(), Text(4),
                                    Pieces(), Number()});
    }
  }

  std::vector<EventActor> RollActors(const Story& story) {
    std::vector<EventActor> actors;
    for (auto n = Below(3); n > 0; --n) {
      actors.push_back({MaybeIndexInto<EntityIndex>(story.entities), Text(4), Piece()});
    }
    return actors;
  }

  Candidate RollCandidate(const Story& story) {
    return {.verdict = Enum<Candidate::Verdict>(3),
            .trigger = Piece(),
            .rule = Text(4),
            .frame = Text(4),
            .cameo = Text(3),
            .reason = Text(3),
            .detail = Text(3),
            .source = RollActors(story),
            .target = RollActors(story)};
  }

  Event RollEvent(const Story& story) {
    Event event;
    event.cameo = Text(3);
    event.plover = Text(3);
    event.mode = MaybeText();
    event.quad = static_cast<int>(Below(5));
    event.goldstein = Number();
    event.trigger = Piece();
    event.evidence = Pieces();
    event.source = RollActors(story);
    event.target = RollActors(story);
    if (const auto date = MaybeDate()) event.date = date->date;
    if (Maybe()) event.date_from = Enum<Origin>(3);
    if (Maybe()) event.place_from = Enum<Origin>(3);
    if (Maybe()) event.place = EventPlace{Text(4), MaybeText(), MaybeNumber(), MaybeNumber()};
    event.status = Enum<EventStatus>(12);
    event.contexts.assign(Below(3), Text(4));
    for (auto n = Below(3); n > 0; --n)
      event.counts.push_back({Text(3), Number(), MaybeNumber(), Text(2), Piece()});
    if (Maybe()) event.means = EventMeans{Text(3), Piece()};
    event.ontology = Text(2);
    event.attributed_to = MaybeIndexInto<AttributionIndex>(story.attributions);
    event.confidence = Number();
    event.rule = Text(4);
    return event;
  }

  std::mt19937 random_;
  std::vector<std::uint32_t> boundaries_;
};

}  // namespace dateline::record
