// Most toponyms are names that the names stage took for locations. Others are found here: the
// qualifier behind a town ("Paris, Ky."), nationalities ("Russian troops"), the places of a wire
// dateline, and "the Moroccan capital".
#include "places/toponyms.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::places {
namespace {

using names::Name;
using names::NameType;
using names::Reading;
using names::TokenRange;

TokenRange RangeOf(const Name& name) {
  return {static_cast<std::uint32_t>(name.first), static_cast<std::uint32_t>(name.last)};
}

std::string_view Trim(std::string_view text) { return base::Trim(text, " \n"); }

Cue CueOf(std::string_view word) {
  if (word == "county" || word == "counties" || word == "parish") return Cue::kCounty;
  if (word == "state" || word == "province" || word == "oblast" || word == "governor")
    return Cue::kState;
  if (word == "city" || word == "town" || word == "village" || word == "mayor") return Cue::kCity;
  return Cue::kNone;
}

constexpr std::uint32_t kLongest = 4;  ///< words of a place's name

class ToponymFinder {
 public:
  ToponymFinder(const Story& story, const std::vector<Name>& names, const Reading& reading,
                const Gazetteer& gazetteer, const Metonymy& words)
      : story_(story),
        names_(names),
        reading_(reading),
        gazetteer_(gazetteer),
        words_(words),
        name_at_(reading.size()),
        taken_(reading.size()) {}

  std::vector<Toponym> Run() {
    for (const Name& name : names_) NoteName(name);
    for (const Block& block : story_.blocks) {
      if (block.kind == BlockKind::kDateline) ReadDateline(block.span);
    }
    for (const Name& name : names_) ReadName(name);
    for (std::uint32_t at = 0; at < reading_.size();) at = std::max(at + 1, Guess(at));
    std::ranges::stable_sort(found_, {}, &Toponym::span);
    for (Toponym& toponym : found_) Locate(toponym);
    return std::move(found_);
  }

 private:
  /// Tells sentence and block. What a dateline names stands in the sentence behind it.
  void Locate(Toponym& toponym) const {
    const auto at =
        std::ranges::upper_bound(story_.sentences, toponym.span.begin, {},
                                 [](const Sentence& sentence) { return sentence.span.end; });
    toponym.sentence = static_cast<std::uint32_t>(at - story_.sentences.begin());
    if (at != story_.sentences.end()) toponym.block = static_cast<std::uint32_t>(Raw(at->block));
  }
  [[nodiscard]] Words WordsOf(TokenRange range) const {
    return reading_.folded().words().subspan(range.first, range.size());
  }
  [[nodiscard]] std::uint32_t SentenceEnd(std::uint32_t token) const {
    return reading_.sentences()[reading_.SentenceOf(token)].last;
  }
  [[nodiscard]] std::uint32_t SentenceBegin(std::uint32_t token) const {
    return reading_.sentences()[reading_.SentenceOf(token)].first;
  }

  Toponym& Add(TokenRange range, Words words) {
    Toponym toponym{.span = reading_.SpanOf(range), .range = range};
    toponym.words.assign(words.begin(), words.end());
    return Put(std::move(toponym));
  }
  Toponym& Put(Toponym toponym) {
    for (std::uint32_t i = toponym.range.first; i < toponym.range.last; ++i) taken_[i] = true;
    return found_.emplace_back(std::move(toponym));
  }
  [[nodiscard]] bool Taken(std::uint32_t token) const { return taken_[token]; }

  /// Family names, and where names stand.
  void NoteName(const Name& name) {
    const TokenRange range = RangeOf(name);
    for (std::uint32_t i = range.first; i < range.last; ++i) name_at_[i] = range;
    const bool party = reading_.Folded(range.first + 1 < range.last ? range.first + 1 : 0) == "-";
    if (name.type == NameType::kPer && range.size() > 1 && !party)
      surnames_.insert(reading_.Folded(range.last - 1));
  }

  void ReadName(const Name& name) {
    const TokenRange range = RangeOf(name);
    if (Taken(range.first)) return;
    if (const auto country = CountryOfCapital(range)) return AddCapital(range, *country);
    if (name.type == NameType::kPer) return;
    if (IsSurname(range) || (range.size() == 1 && IsDirection(range.first))) return;
    if (name.type == NameType::kLoc) return ReadLocation(range);
    if (name.type == NameType::kNorp && ReadAdjective(range)) return;
    if (name.type == NameType::kOrg && IsPower(range)) {
      Add(range, WordsOf(range));
      return;
    }
    ReadInner(range);
  }

  /// A word that is the family name of a person of the story, and not said to be a place.
  [[nodiscard]] bool IsSurname(TokenRange range) const {
    if (range.size() != 1 || !surnames_.contains(reading_.Folded(range.first))) return false;
    return range.first == 0 || !words_.Is(reading_.Folded(range.first - 1), "locative");
  }

  /// A country taken for an organisation.
  [[nodiscard]] bool IsPower(TokenRange range) const {
    const std::vector<Candidate> candidates = gazetteer_.Find(WordsOf(range), ShortNames::kNone);
    return std::ranges::any_of(candidates,
                               [](const Candidate& c) { return c.sense != Sense::kPlace; });
  }

  bool ReadAdjective(TokenRange range) {
    if (gazetteer_.FindAdjective(WordsOf(range))) {
      Add(range, WordsOf(range)).adjective = true;
      return true;
    }
    if (!gazetteer_.Knows(WordsOf(range))) return false;
    if (!gazetteer_.CountryOf(WordsOf(range))) return false;
    Add(range, WordsOf(range));
    return true;
  }

  // ---- places inside other names: "Springfield Museum", "University of Iowa"

  void ReadInner(TokenRange range) {
    for (std::uint32_t at = range.first; at < range.last; ++at) {
      if (!reading_[at].capital || !OpensInner(range, at)) continue;
      const std::uint32_t end = ReadInnerAt(range, at);
      if (end > at) at = end - 1;
    }
  }

  /// The first word, or one behind a preposition or joint.
  [[nodiscard]] bool OpensInner(TokenRange range, std::uint32_t at) const {
    constexpr std::array<std::string_view, 12> kBefore{"the", "greater", "of", "in", "for",   "at",
                                                       "-",   "–",       "/",  ",",  "metro", "\""};
    return at == range.first ||
           std::ranges::find(kBefore, reading_.Folded(at - 1)) != kBefore.end();
  }

  /// Where the place that begins at `at` ends; `at` where none does.
  std::uint32_t ReadInnerAt(TokenRange range, std::uint32_t at) {
    constexpr names::WordFlags kNoPlace = names::kCommon | names::kTimeWord | names::kHead |
                                          names::kOrgWord | names::kPlaceWord |
                                          names::kFacilityWord;
    for (std::uint32_t last = std::min(range.last, at + kLongest); last > at; --last) {
      const TokenRange part{at, last};
      if (!reading_[last - 1].capital) continue;
      if (part.size() == 1 && (reading_.Is(at, kNoPlace) || IsDirection(at))) continue;
      const bool whole = part == range;
      const bool adjective = gazetteer_.FindAdjective(WordsOf(part)).has_value();
      if (!adjective && (whole || !gazetteer_.Knows(WordsOf(part)))) continue;
      Toponym& toponym = Add(part, WordsOf(part));
      toponym.adjective = adjective;
      toponym.modifier = true;
      const bool given = part.size() == 1 && reading_.Is(at, names::kGiven);
      toponym.standing = given ? Standing::kGuess : Standing::kInner;
      return last;
    }
    return at;
  }

  /// "north", "southern": Russia has a North, and China a South.
  [[nodiscard]] bool IsDirection(std::uint32_t at) const {
    return words_.Is(reading_.Folded(at), "direction");
  }

  // ---- locations

  /// "Strait" and "Hormuz" are one name where the table has "Strait of Hormuz".
  [[nodiscard]] TokenRange Widened(TokenRange range) const {
    const std::uint32_t end = std::min(SentenceEnd(range.first), range.last + kLongest);
    for (std::uint32_t last = end; last > range.last; --last) {
      if (reading_[last - 1].capital && reading_.Folded(range.last) == "of" &&
          IsKnown({range.first, last}))
        return {range.first, last};
    }
    return range;
  }

  /// "Paris," is "Paris".
  [[nodiscard]] TokenRange WithoutMarks(TokenRange range) const {
    const auto mark = [&](std::uint32_t at) {
      return !text::HasLetter(reading_[at].form) && !text::HasDigit(reading_[at].form);
    };
    while (range.size() > 1 && mark(range.last - 1)) --range.last;
    while (range.size() > 1 && mark(range.first)) ++range.first;
    return range;
  }

  void ReadLocation(TokenRange name) {
    const TokenRange range = Widened(WithoutMarks(name));
    for (std::uint32_t at = range.first + 1; at + 1 < range.last; ++at) {
      if (!Parts(range, at)) continue;
      ReadLocation({range.first, at});
      if (!Taken(at + 1)) ReadLocation({at + 1, range.last});
      return;
    }
    Toponym toponym{.span = reading_.SpanOf(range), .range = range};
    const Words words = WordsOf(range);
    toponym.words.assign(words.begin(), words.end());
    if (!Settle(toponym) && !SettlePart(toponym)) toponym.part = false;
    Put(std::move(toponym));
    ReadQualifier(found_.size() - 1);
  }

  [[nodiscard]] bool IsKnown(TokenRange range) const { return gazetteer_.Knows(WordsOf(range)); }

  /// "Covington, Ky."; "Fargo-Moorhead" and "Iran's Kermanshah province" unless the table has them.
  [[nodiscard]] bool Parts(TokenRange range, std::uint32_t at) const {
    const std::string_view word = reading_.Folded(at);
    if (word == ",") return true;
    if (word == "'s") return !IsKnown(range);
    if (word != "-" && word != "–" && word != "/") return false;
    return !IsKnown(range) && IsKnown({range.first, at}) && IsKnown({at + 1, range.last});
  }

  /// Finds the words that the gazetteer knows the name by, and what they say of its kind.
  [[nodiscard]] bool Settle(Toponym& toponym) const {
    const TokenRange range = toponym.range;
    const std::uint32_t end = SentenceEnd(range.first);
    if (range.last < end) toponym.cue = CueBehind(range.last, end);
    if (toponym.cue == Cue::kNone) toponym.cue = CueBefore(range.first);
    if (toponym.cue == Cue::kCounty && Try(toponym, WordsOf(range), "county")) return true;
    if (Try(toponym, WordsOf(range))) return true;
    Words words = WordsOf(range);
    if (const Cue cue = CueOf(words.back()); cue != Cue::kNone && words.size() > 1) {
      toponym.cue = cue;
      if (Try(toponym, words.first(words.size() - 1))) return true;
    }
    // "northern West Bank city of Nablus" is Nablus.
    for (std::size_t at = 1; at + 1 < words.size(); ++at) {
      if (words[at] != "of" || CueOf(words[at - 1]) == Cue::kNone) continue;
      if (Try(toponym, words.subspan(at + 1))) return true;
    }
    while (words.size() > 1 && (words.front() == "the" || words_.Is(words.front(), "direction"))) {
      words = words.subspan(1);
      if (Try(toponym, words)) return true;
    }
    return false;
  }

  /// "St. Cloud Hospital" lies in St. Cloud; "Memphis Street" does not lie in Memphis.
  [[nodiscard]] bool SettlePart(Toponym& toponym) const {
    const Words words = WordsOf(toponym.range);
    if (words_.Is(words.back(), "road")) return false;
    for (std::size_t length = words.size() - 1; length > 0; --length) {
      if (length == 1 && NamesKind(toponym.range.first)) break;
      if (words[length] == "'s") continue;  // "Saint Martin's Island"
      if (!Try(toponym, words.first(length))) continue;
      toponym.part = true;
      toponym.standing = Standing::kInner;
      return true;
    }
    return false;
  }

  /// "western Thrace", "Lake Ziway".
  [[nodiscard]] bool NamesKind(std::uint32_t at) const {
    return IsDirection(at) || reading_.Is(at, names::kPlaceWord);
  }

  [[nodiscard]] bool Try(Toponym& toponym, Words words, std::string_view last = {}) const {
    std::vector<std::string_view> phrase(words.begin(), words.end());
    if (!last.empty()) phrase.push_back(last);
    if (!gazetteer_.Knows(phrase)) return false;
    toponym.words.assign(phrase.begin(), phrase.end());
    return true;
  }

  /// "Licking County", "Licking and Knox counties".
  [[nodiscard]] Cue CueBehind(std::uint32_t at, std::uint32_t end) const {
    const Cue next = CueOf(reading_.Folded(at));
    if (next != Cue::kNone) return reading_.Folded(at) == "parish" ? Cue::kNone : next;
    while (at + 1 < end &&
           (reading_[at].capital || reading_.Folded(at) == "," || reading_.Folded(at) == "and")) {
      ++at;
      if (reading_.Folded(at) == "counties") return Cue::kCounty;
    }
    return Cue::kNone;
  }

  /// "the city of Lima", "the province of Lima".
  [[nodiscard]] Cue CueBefore(std::uint32_t first) const {
    const std::uint32_t begin = SentenceBegin(first);
    if (first < begin + 2 || reading_.Folded(first - 1) != "of") return Cue::kNone;
    return CueOf(reading_.Folded(first - 2));
  }

  // ---- what stands behind "Paris, " or in "Paris ("

  void ReadQualifier(std::size_t at) {
    const TokenRange range = found_[at].range;
    const auto area = QualifierBehind(range);
    if (!area) {
      auto country = NationalityBefore(range.first);
      if (!country) country = LandBehind(range.last);
      if (country) found_[at].inside = {Area{.country = *country}};
      return;
    }
    found_[at].inside = gazetteer_.Areas(WordsOf(*area));
    Toponym& toponym = Add(*area, WordsOf(*area));
    toponym.shorts = ShortNames::kAll;
  }

  /// "the Peruvian port of Ilo": of a nationality before what kind of place it is.
  [[nodiscard]] std::optional<std::string_view> NationalityBefore(std::uint32_t first) const {
    constexpr std::uint32_t kReach = 3;
    const std::uint32_t begin = SentenceBegin(first);
    if (first < begin + 3 || reading_.Folded(first - 1) != "of") return std::nullopt;
    const std::uint32_t kind = first - 2;
    if (reading_[kind].capital || !reading_.Is(kind, names::kPlaceWord)) return std::nullopt;
    const std::uint32_t end = kind - std::min(kind - begin, kReach);
    for (std::uint32_t behind = kind; behind > end; --behind) {
      const std::uint32_t at = behind - 1;
      const TokenRange word{at, behind};
      if (gazetteer_.FindAdjective(WordsOf(word))) return gazetteer_.CountryOf(WordsOf(word));
      if (reading_[at].capital || story_.tokens[at].upos == "DET") break;
    }
    return std::nullopt;
  }

  /// "in northern Kenya", ", a port in the north of Nicaragua", ", in Burundi's eastern province".
  [[nodiscard]] std::optional<std::string_view> LandBehind(std::uint32_t behind) const {
    constexpr std::uint32_t kReach = 8;
    const std::uint32_t sentence = behind > 0 ? SentenceEnd(behind - 1) : 0;
    std::uint32_t first = behind;
    if (first < sentence && reading_.Folded(first) == ",") ++first;
    if (first >= sentence) return std::nullopt;
    const bool in = reading_.Folded(first) == "in";
    if (!in && (first == behind || story_.tokens[first].upos != "DET")) return std::nullopt;
    const std::uint32_t end = std::min(sentence, behind + kReach);
    std::uint32_t at = first;
    while (at < end && !reading_[at].capital && IsPartOfPhrase(at)) ++at;
    const bool leads = at < end && LeadsToLand({in ? first + 1 : first, at}, in);
    return leads ? LandAt(at, sentence) : std::nullopt;
  }

  [[nodiscard]] bool IsPartOfPhrase(std::uint32_t at) const {
    return story_.tokens[at].upos != "VERB" && text::HasLetter(reading_.Folded(at));
  }

  /// Whether the words before a land say that it holds the place: "the north of", "a port in the",
  /// behind "in" no more than "the north-eastern".
  [[nodiscard]] bool LeadsToLand(TokenRange words, bool in) const {
    const auto joins = [&](std::uint32_t at) {
      return reading_.Folded(at) == "in" || reading_.Folded(at) == "of";
    };
    std::uint32_t last = words.last;
    while (last > words.first && (IsDirection(last - 1) || reading_.Folded(last - 1) == "the"))
      --last;
    if (last == words.first) return in;
    if (!joins(last - 1)) return false;
    for (std::uint32_t at = words.first; at < last; ++at) {
      if (IsDirection(at) || reading_.Is(at, names::kPlaceWord)) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<std::string_view> LandAt(std::uint32_t at, std::uint32_t end) const {
    for (std::uint32_t length = std::min(kLongest, end - at); length > 0; --length) {
      const std::vector<Area> areas = gazetteer_.Areas(WordsOf({at, at + length}));
      if (!areas.empty() && areas.front().admin1.empty()) return areas.front().country;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<TokenRange> QualifierBehind(TokenRange range) const {
    const std::uint32_t end = SentenceEnd(range.first);
    const std::uint32_t comma = range.last;
    if (comma + 1 >= end || (reading_.Folded(comma) != "," && reading_.Folded(comma) != "("))
      return std::nullopt;
    for (std::uint32_t length = std::min(kLongest, end - comma - 1); length > 0; --length) {
      const TokenRange area{comma + 1, comma + 1 + length};
      if (!reading_[area.first].capital || !reading_[area.last - 1].capital) continue;
      if (gazetteer_.Areas(WordsOf(area)).empty()) continue;
      if (IsList(range, area, end)) return std::nullopt;
      return area;
    }
    return std::nullopt;
  }

  /// "Ohio, Kentucky and Indiana" is no town in Kentucky.
  [[nodiscard]] bool IsList(TokenRange range, TokenRange area, std::uint32_t end) const {
    if (gazetteer_.Areas(WordsOf(range)).empty()) return false;
    const auto joins = [&](std::uint32_t at) {
      return at < end && (reading_.Folded(at) == "and" || reading_.Folded(at) == "or" ||
                          reading_.Folded(at) == "&");
    };
    if (joins(area.last)) return true;
    if (area.last >= end || reading_.Folded(area.last) != ",") return false;
    for (std::uint32_t at = area.last + 1; at < end && at < area.last + 6; ++at) {
      if (joins(at)) return true;
    }
    return false;
  }

  // ---- names that no stage saw

  /// Reads the place that may begin at `at`; returns where it ends, else `at`.
  std::uint32_t Guess(std::uint32_t at) {
    if (!reading_[at].capital || Taken(at)) return at;
    const std::uint32_t end = SentenceEnd(at);
    for (std::uint32_t last = std::min(end, at + kLongest); last > at; --last) {
      const TokenRange range{at, last};
      if (!reading_[last - 1].capital || !StandsAlone(range)) continue;
      const auto standing = StandingOf(range);
      if (!standing || !gazetteer_.Knows(WordsOf(range))) continue;
      Toponym& toponym = Add(range, WordsOf(range));
      toponym.standing = *standing;
      toponym.dateline = OpensStory(range);
      if (*standing == Standing::kName) ReadQualifier(found_.size() - 1);
      return last;
    }
    return at;
  }

  /// No part of a longer name.
  [[nodiscard]] bool StandsAlone(TokenRange range) const {
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      const TokenRange name = name_at_[i];
      if (name.size() == 0) continue;
      const bool party = name.first + 2 == range.first && IsParty(range);
      if (name.last != range.last || (name.first != range.first && !party)) return false;
    }
    return !IsSurname(range);
  }

  /// "Sen. Ann Lee, D-Kettering".
  [[nodiscard]] bool IsParty(TokenRange range) const {
    if (range.first < 2 || reading_.Folded(range.first - 1) != "-") return false;
    const std::string_view party = reading_[range.first - 2].form;
    return party == "D" || party == "R" || party == "I";
  }

  /// "RIDGE FARM, Ill. (AP) -", "XENIA -".
  [[nodiscard]] bool OpensStory(TokenRange range) const {
    if (!reading_[range.first].starts) return false;
    std::size_t letters = 0;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
      if (!text::IsAllUpper(reading_[i].form)) return false;
      letters += reading_[i].form.size();
    }
    if (letters < 4) return false;
    const auto area = QualifierBehind(range);
    const std::uint32_t behind = area ? area->last : range.last;
    if (behind >= reading_.size()) return false;
    const std::string_view mark = reading_.Folded(behind);
    return mark == "(" || mark == "-" || mark == "--" || mark == "–" || mark == "—" ||
           mark == "." || area;
  }

  [[nodiscard]] std::optional<Standing> StandingOf(TokenRange range) const {
    if (IsParty(range) || OpensStory(range)) return Standing::kName;
    if (const auto area = QualifierBehind(range)) {
      const std::vector<Area> areas = gazetteer_.Areas(WordsOf(*area));
      const auto inside = [&](const Candidate& c) {
        return std::ranges::any_of(areas, [&](const Area& a) {
          return c.country == a.country && (a.admin1.empty() || c.admin1 == a.admin1);
        });
      };
      if (std::ranges::any_of(gazetteer_.Find(WordsOf(range), ShortNames::kFree), inside))
        return Standing::kName;
    }
    if (reading_.Is(range.first, names::kCommon | names::kTimeWord | names::kHead) ||
        (range.size() == 1 && IsDirection(range.first)))
      return std::nullopt;
    const std::string_view before =
        range.first > SentenceBegin(range.first) ? reading_.Folded(range.first - 1) : "";
    if (before == "of" || before == "to" || before == "for" || words_.Is(before, "locative"))
      return Standing::kGuess;
    const bool noun = range.last < SentenceEnd(range.first) && !reading_[range.last].capital &&
                      story_.tokens[range.last].upos == "NOUN";
    return noun ? std::optional(Standing::kGuess) : std::nullopt;
  }

  // ---- "the Moroccan capital", "Peru's capital"

  [[nodiscard]] std::optional<std::string_view> CountryOfCapital(TokenRange range) const {
    const std::uint32_t end = SentenceEnd(range.first);
    std::uint32_t at = range.last;
    if (at < end && reading_.Folded(at) == "'s") ++at;
    if (at >= end || reading_.Folded(at) != "capital" || reading_[at].capital) return std::nullopt;
    // "Russian capital markets"
    const bool noun = at + 1 < end && text::HasLetter(reading_[at + 1].form) &&
                      !reading_[at + 1].capital && !reading_.Is(at + 1, names::kCommon) &&
                      !reading_.Folded(at + 1).ends_with("ed") && reading_.Folded(at + 1) != "city";
    return noun ? std::nullopt : gazetteer_.CountryOf(WordsOf(range));
  }

  void AddCapital(TokenRange range, std::string_view country) {
    std::uint32_t first = range.first;
    if (first > 0 && reading_.Folded(first - 1) == "the") --first;
    std::uint32_t last = range.last;
    while (reading_.Folded(last) != "capital") ++last;
    const Words words = WordsOf({first, last + 1});
    Add({first, last + 1}, words).fixed = gazetteer_.Capital(country);
  }

  // ---- datelines

  /// "GENEVA/LIMA, Peru, March 3 (AP)": each town with what stands behind its comma.
  void ReadDateline(Span dateline) {
    const std::string_view text = dateline.of(story_.text);
    const std::size_t end = std::min(text.find_first_of("(0123456789"), text.size());
    for (std::size_t begin = 0; begin < end;) {
      const std::size_t slash = std::min(text.find('/', begin), end);
      ReadTown(Trim(text.substr(begin, slash - begin)));
      begin = slash + 1;
    }
  }

  void ReadTown(std::string_view text) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view town = Trim(text.substr(0, comma));
    if (town.empty()) return;
    std::string_view rest = comma < text.size() ? text.substr(comma + 1) : std::string_view{};
    rest = Trim(rest.substr(0, rest.find(',')));
    Toponym toponym{.span = SpanIn(town), .dateline = true};
    toponym.words = tables::FoldPhrase(town);
    const std::vector<std::string> area = tables::FoldPhrase(rest);
    toponym.inside = gazetteer_.Areas(Views(area));
    const bool qualified = !toponym.inside.empty();
    if (!qualified && !gazetteer_.Knows(Views(toponym.words))) return;
    found_.push_back(std::move(toponym));
    if (!qualified) return;
    Toponym behind{.span = SpanIn(rest), .shorts = ShortNames::kAll, .dateline = true};
    behind.words = area;
    found_.push_back(std::move(behind));
  }

  [[nodiscard]] Span SpanIn(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - story_.text.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }

  const Story& story_;
  const std::vector<Name>& names_;
  const Reading& reading_;
  const Gazetteer& gazetteer_;
  const Metonymy& words_;
  std::vector<TokenRange> name_at_;  ///< the name each token stands in; empty outside names
  std::vector<bool> taken_;          ///< tokens that a toponym has
  std::set<std::string_view> surnames_;
  std::vector<Toponym> found_;
};

}  // namespace

std::vector<Toponym> FindToponyms(const Story& story, const std::vector<Name>& names,
                                  const Reading& reading, const Gazetteer& gazetteer,
                                  const Metonymy& words) {
  return ToponymFinder(story, names, reading, gazetteer, words).Run();
}

}  // namespace dateline::places
