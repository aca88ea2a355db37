#include "archive/story_terms.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <unordered_map>

#include "base/ascii.h"

namespace dateline::archive {
namespace {

constexpr std::size_t kMostWords = 450;   // of a story that are looked at
constexpr std::size_t kOpening = 70;      // words that tell what happened
constexpr std::size_t kStemLetters = 6;   // of a word that count
constexpr std::size_t kLeastLetters = 4;  // of a word that is no name
constexpr std::uint32_t kKeyMask = 0xffffff;
constexpr double kInHeadline = 1.6;
constexpr double kInOpening = 1.3;
constexpr std::int32_t kDaysAround = 30;  // a day further away is background

constexpr bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

/// What stands for a word: its first letters in lower case.
std::string_view Stem(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (IsContinuation(word[at])) continue;
    if (++letters > kStemLetters) return word.substr(0, at);
  }
  return word;
}

std::size_t Letters(std::string_view word) {
  return static_cast<std::size_t>(
      std::ranges::count_if(word, [](char c) { return !IsContinuation(c); }));
}

std::uint32_t KeyOf(std::string_view kind, std::string_view value) {
  const auto seed = static_cast<XXH64_hash_t>(kind.empty() ? 0 : kind.front());
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(value.data(), value.size(), seed)) &
         kKeyMask;
}

/// A word of the text with what stands before it.
struct Word {
  std::string lower;
  bool capital = false;
  bool inside = false;  ///< does not begin a sentence, so that its capital says something
  bool digit = false;
};

bool IsMark(std::string_view text, std::size_t at) {
  return text[at] == '\xe2' && at + 2 < text.size() &&
         (text[at + 1] == '\x80' || text[at + 1] == '\x81');
}

bool EndsSentence(char c) { return std::string_view(".!?\n:").contains(c); }

void Append(char c, Word& word) {
  if (word.lower.empty()) word.capital = base::IsUpper(c);
  word.digit = word.digit || base::IsDigit(c);
  word.lower += base::Lower(c);
}

/// Calls `take` for each word until it returns false. Typographic marks (U+2000 to U+206F) part
/// words; an apostrophe ends one ("Moscow's" is "moscow").
template <typename Take>
void ForEachWord(std::string_view text, Take take) {
  Word word;
  bool inside = false;
  bool tail = false;  // behind an apostrophe: "'s"
  const auto close = [&]() {
    if (word.lower.empty()) return true;
    word.inside = inside;
    const bool more = take(word);
    inside = true;
    word = {};
    return more;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool mark = IsMark(text, at);
    if (!mark && base::IsWordByte(text[at])) {
      if (!tail) Append(text[at], word);
      continue;
    }
    const bool apostrophe = text[at] == '\'' || (mark && text[at + 2] == '\x99');
    tail = apostrophe && !word.lower.empty();
    if (!close()) return;
    inside = inside && !EndsSentence(text[at]);
    if (mark) at += 2;
  }
  close();
}

TermKind KindOf(const Word& word) {
  constexpr std::size_t kLong = 8;
  constexpr std::size_t kMiddle = 6;
  if (word.digit || (word.capital && word.inside)) return TermKind::kName;
  const std::size_t letters = Letters(word.lower);
  if (letters >= kLong) return TermKind::kLongWord;
  return letters >= kMiddle ? TermKind::kMiddleWord : TermKind::kShortWord;
}

/// -log(PriorOf(kind)), worked out once.
double Telling(TermKind kind) {
  static const auto all = [] {
    std::array<double, kTermKinds> values{};
    for (std::size_t i = 0; i < kTermKinds; ++i) {
      values.at(i) = -std::log(PriorOf(static_cast<TermKind>(i)));
    }
    return values;
  }();
  return all.at(static_cast<std::size_t>(kind));
}

/// Terms with the weight that they have by where they stand.
class Collector {
 public:
  void AddText(std::string_view text, bool headline) {
    ForEachWord(text, [&](const Word& word) {
      AddWord(word, headline);
      return ++at_ < kMostWords;
    });
  }
  void Add(std::string_view space, std::string_view value, TermKind kind, double weight) {
    Entry& entry = terms_[KeyOf(space, value)];
    entry.kind = std::max(entry.kind, kind);
    entry.times += 1;
    entry.place = std::max(entry.place, weight);
  }
  std::vector<StoryTerm> Take() const {
    std::vector<StoryTerm> terms;
    terms.reserve(terms_.size());
    for (const auto& [key, entry] : terms_) {
      const double often = 1 + std::log(static_cast<double>(entry.times));
      terms.push_back({key, static_cast<float>(entry.place * often), entry.kind});
    }
    const auto heavier = [](const StoryTerm& one, const StoryTerm& other) {
      const double a = one.weight * Telling(one.kind);
      const double b = other.weight * Telling(other.kind);
      return a != b ? a > b : one.key < other.key;
    };
    std::ranges::sort(terms, heavier);
    if (terms.size() > kMostTerms) terms.resize(kMostTerms);
    return terms;
  }

 private:
  struct Entry {
    TermKind kind = TermKind::kShortWord;
    std::uint32_t times = 0;
    double place = 0;
  };

  void AddWord(const Word& word, bool headline) {
    const bool name = word.digit || (word.capital && word.inside);
    const std::size_t letters = Letters(word.lower);
    if (letters < 2 || (!name && letters < kLeastLetters)) return;
    // Headlines may print every word with a capital.
    const TermKind kind = headline && !word.digit ? KindOf({.lower = word.lower}) : KindOf(word);
    const bool opening = at_ < kOpening;
    Add("", Stem(word.lower), kind, headline ? kInHeadline : (opening ? kInOpening : 1.0));
  }

  std::unordered_map<std::uint32_t, Entry> terms_;
  std::size_t at_ = 0;
};

std::int32_t DaysOf(const Date& date) {
  return static_cast<std::int32_t>(std::chrono::sys_days{date.ymd}.time_since_epoch().count());
}

void AddDay(const std::optional<Date>& date, std::int32_t published, Collector& terms) {
  if (!date || date->precision != Date::Precision::kDay) return;
  const std::int32_t day = DaysOf(*date);
  if (published != kNoDay && std::abs(day - published) > kDaysAround) return;
  terms.Add("d", FormatDate(*date), TermKind::kDay, 1);
}

std::string_view CountryOf(const std::vector<EventActor>& actors) {
  return actors.empty() ? std::string_view() : std::string_view(actors.front().actor).substr(0, 3);
}

void AddEvent(const Event& event, std::int32_t published, Collector& terms) {
  AddDay(event.date, published, terms);
  std::string one(CountryOf(event.source));
  std::string other(CountryOf(event.target));
  if (one.empty() && other.empty()) return;
  if (other < one) std::swap(one, other);
  terms.Add("v", event.cameo.substr(0, 2) + one + other, TermKind::kEvent, 1);
}

void AddFacts(const Story& story, Collector& terms) {
  const std::int32_t published = DayOf(story);
  for (const Entity& entity : story.entities) {
    if (entity.type != EntityType::kPerson && entity.type != EntityType::kOrganization) continue;
    if (entity.name.find(' ') == std::string::npos) continue;  // is a word already
    for (std::size_t i = 0; i < std::min<std::size_t>(entity.mentions.size(), 4); ++i) {
      terms.Add("e", base::Lower(entity.name), TermKind::kEntity, 1);
    }
  }
  for (const Place& place : story.places) {
    const bool small = !place.precision || *place.precision <= PlacePrecision::kAdmin2;
    if (place.literal && small) terms.Add("p", base::Lower(place.name), TermKind::kPlace, 1);
  }
  for (const Timex& time : story.times) {
    if (time.first_day && time.first_day == time.last_day) AddDay(time.first_day, published, terms);
  }
  for (const Event& event : story.events) AddEvent(event, published, terms);
}

}  // namespace

std::int32_t DayOf(const Story& story) {
  const Article& article = story.article;
  if (article.date_published) return DaysOf(article.date_published->date);
  if (article.date_modified) return DaysOf(article.date_modified->date);
  return kNoDay;
}

std::vector<StoryTerm> TermsOf(const Story& story) {
  Collector terms;
  for (const Block& block : story.blocks) {
    if (IsProse(block.kind)) {
      terms.AddText(block.span.of(story.text), block.kind == BlockKind::kHeadline);
    }
  }
  AddFacts(story, terms);
  return terms.Take();
}

double PriorOf(TermKind kind) {
  // Longer words are rarer (Zipf's law of abbreviation), names rarer still.
  constexpr std::array<double, kTermKinds> kPriors = {0.15, 0.08, 0.04, 0.03,
                                                      0.02, 0.02, 0.03, 0.08};
  return kPriors.at(static_cast<std::size_t>(kind));
}

std::int64_t HeadlineKey(std::string_view headline) {
  constexpr std::size_t kLeastWords = 3;
  std::string words;
  std::size_t count = 0;
  ForEachWord(headline, [&](const Word& word) {
    if (Letters(word.lower) > 2 || word.digit) {
      words += word.lower + ' ';
      ++count;
    }
    return true;
  });
  if (count < kLeastWords) return 0;
  return static_cast<std::int64_t>(XXH3_64bits(words.data(), words.size()));
}

}  // namespace dateline::archive
