// A place is a name that a table can locate: a country, its capital or a seat of its government, a
// city, a region; or a name that the text calls a place ("the village of Ak-Tatyr"), which then
// lies in the country the story is told from. Three kinds of places are no names in running text:
// the place of a wire dateline ("LIMA, Peru (AP)"), and "the Moroccan capital".
#include "places/places.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "names/lexicon.h"
#include "names/reading.h"
#include "places/gazetteer.h"
#include "places/metonymy.h"
#include "text/unicode.h"

namespace dateline::places {

using names::Name;
using names::NameType;
using names::TokenRange;

struct PlaceFinder::Impl {
  names::Lexicon lexicon;
  Gazetteer gazetteer;
  Metonymy metonymy;
};

namespace {

TokenRange RangeOf(const Name& name) {
  return {static_cast<std::uint32_t>(name.first), static_cast<std::uint32_t>(name.last)};
}

class PlaceReader {
 public:
  PlaceReader(const PlaceFinder::Impl& know, const Story& story, const std::vector<Name>& names)
      : know_(know), story_(story), names_(names), reading_(story, know.lexicon) {}

  std::vector<Place> Run() {
    for (const Name& name : names_) NoteCountry(RangeOf(name));
    for (const Block& block : story_.blocks) {
      if (block.kind == BlockKind::kDateline) ReadDateline(block.span);
    }
    for (const Name& name : names_) ReadName(name);
    std::ranges::stable_sort(places_, {}, &Place::span);
    return std::move(places_);
  }

 private:
  [[nodiscard]] std::span<const std::string_view> WordsOf(TokenRange range) const {
    return reading_.folded().words().subspan(range.first, range.size());
  }

  /// Countries that the story speaks of; they decide between cities of one name.
  void NoteCountry(TokenRange range) {
    if (const auto country = know_.gazetteer.CountryOf(WordsOf(range))) countries_.insert(*country);
  }

  void ReadName(const Name& name) {
    TokenRange range = RangeOf(name);
    const auto country = CountryOfCapital(name);
    if (country) return AddCapital(range, *country);
    if (name.type == NameType::kNorp || name.type == NameType::kPer) return;
    auto located = know_.gazetteer.Find(
        WordsOf(range), {.qualifier = QualifierBehind(range.last), .countries = &countries_},
        name.type == NameType::kLoc);
    if (located && IsFarTown(*located)) located.reset();
    if (!located && name.type == NameType::kLoc) located = Unknown(range);
    if (!located) return;
    Place place = std::move(located->place);
    place.span = reading_.SpanOf(range);
    place.literal =
        GoesWithLast(range, place) ||
        know_.metonymy.IsLiteral(reading_, range, located->sense, JoinedToLiteral(range));
    last_ = {.range = range, .literal = place.literal, .country = place.country};
    places_.push_back(std::move(place));
  }

  // ---- "the Moroccan capital", "Peru's capital"

  [[nodiscard]] std::optional<std::string_view> CountryOfCapital(const Name& name) const {
    const TokenRange range = RangeOf(name);
    const std::uint32_t end = reading_.sentences()[reading_.SentenceOf(range.first)].last;
    std::uint32_t at = range.last;
    if (at < end && reading_.Folded(at) == "'s") ++at;
    if (at >= end || reading_.Folded(at) != "capital" || reading_[at].capital) return std::nullopt;
    // "Russian capital markets"
    const bool noun = at + 1 < end && text::HasLetter(reading_[at + 1].form) &&
                      !reading_[at + 1].capital && !reading_.Is(at + 1, names::kCommon) &&
                      !reading_.Folded(at + 1).ends_with("ed") && reading_.Folded(at + 1) != "city";
    return noun ? std::nullopt : know_.gazetteer.CountryOf(WordsOf(range));
  }

  void AddCapital(TokenRange range, std::string_view country) {
    std::uint32_t first = range.first;
    if (first > 0 && reading_.Folded(first - 1) == "the") --first;
    std::uint32_t last = range.last;
    while (reading_.Folded(last) != "capital") ++last;
    Place place = know_.gazetteer.Capital(country);
    place.span = reading_.SpanOf({first, last + 1});
    place.literal = true;
    places_.push_back(std::move(place));
  }

  // ---- datelines

  /// "GENEVA/LIMA, Peru, March 3 (AP)": each town with what stands behind its comma.
  void ReadDateline(Span dateline) {
    const std::string_view text = dateline.of(story_.text);
    const std::size_t end = std::min(text.find_first_of("(0123456789"), text.size());
    for (std::size_t begin = 0; begin < end;) {
      const std::size_t slash = std::min(text.find('/', begin), end);
      ReadTown(MakeSpan(dateline.begin + begin, dateline.begin + slash));
      begin = slash + 1;
    }
  }

  void ReadTown(Span span) {
    const std::string_view text = span.of(story_.text);
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view town = Trim(text.substr(0, comma));
    if (town.empty()) return;
    std::string_view rest = comma < text.size() ? text.substr(comma + 1) : std::string_view{};
    rest = Trim(rest.substr(0, rest.find(',')));
    Hints hints{.qualifier = text::Fold(rest), .countries = &countries_};
    const std::vector<std::string> country = tables::FoldPhrase(rest);
    const auto named =
        know_.gazetteer.CountryOf(std::vector<std::string_view>(country.begin(), country.end()));
    if (named) hints.qualifier = text::Fold(know_.gazetteer.CountryName(*named));
    const std::vector<std::string> phrase = tables::FoldPhrase(town);
    auto located =
        know_.gazetteer.Find(std::vector<std::string_view>(phrase.begin(), phrase.end()), hints);
    if (!located && !named) return;
    Place place = located ? std::move(located->place) : Place{};
    if (named && place.country != *named) {
      place = Place{};
      place.name = text::ToTitle(town);
      place.country = std::string(*named);
    }
    const auto begin = static_cast<std::uint32_t>(town.data() - story_.text.data());
    place.span = {begin, begin + static_cast<std::uint32_t>(town.size())};
    if (named)
      place.span.end = static_cast<std::uint32_t>(rest.data() + rest.size() - story_.text.data());
    place.literal = true;
    if (!home_) home_ = place.country;
    if (place.country) homes_.insert(*place.country);
    for (const std::string& home : homes_) countries_.insert(home);
    places_.push_back(std::move(place));
  }

  static std::string_view Trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
  }

  // ---- what stands beside

  /// A place that no table has lies where the story is told from.
  [[nodiscard]] std::optional<Located> Unknown(TokenRange range) const {
    Located located;
    located.place.name = std::string(reading_.SpanOf(range).of(story_.text));
    located.place.country = home_;
    return located;
  }

  /// A small town of a country that the story does not speak of, in a story told from elsewhere:
  /// another of that name is meant.
  [[nodiscard]] bool IsFarTown(const Located& located) const {
    return home_ && !located.large && located.place.country &&
           !countries_.contains(*located.place.country);
  }

  /// What stands behind "Paris, ": the folded name there.
  [[nodiscard]] std::string QualifierBehind(std::uint32_t comma) const {
    if (comma + 1 >= reading_.size() || reading_.Folded(comma) != "," ||
        reading_.SentenceOf(comma) != reading_.SentenceOf(comma + 1))
      return {};
    const auto next =
        std::ranges::lower_bound(names_, static_cast<TokenIndex>(comma + 1), {}, &Name::first);
    if (next == names_.end() || Raw(next->first) != comma + 1 || next->type != NameType::kLoc)
      return {};
    return text::Fold(reading_.SpanOf(RangeOf(*next)).of(story_.text));
  }

  /// "Tbilisi, Georgia": the second goes with the first.
  [[nodiscard]] bool GoesWithLast(TokenRange range, const Place& place) const {
    return last_.literal && range.first > 0 && last_.range.last + 1 == range.first &&
           reading_.Folded(range.first - 1) == "," && last_.country == place.country;
  }

  /// "in Moscow and Beijing".
  [[nodiscard]] bool JoinedToLiteral(TokenRange range) const {
    return last_.literal && range.first > 0 && last_.range.last + 1 == range.first;
  }

  struct Last {
    TokenRange range{};
    bool literal = false;
    std::optional<std::string> country;
  };

  const PlaceFinder::Impl& know_;
  const Story& story_;
  const std::vector<Name>& names_;
  names::Reading reading_;
  std::set<std::string_view> countries_;
  std::set<std::string> homes_;  ///< countries of the datelines
  std::optional<std::string> home_;
  Last last_;
  std::vector<Place> places_;
};

}  // namespace

Result<PlaceFinder> PlaceFinder::Load(const tables::Tables& tables) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->lexicon, names::Lexicon::Load(tables));
  DATELINE_TRY(impl->gazetteer, Gazetteer::Load(tables));
  DATELINE_TRY(impl->metonymy, Metonymy::Load(tables));
  PlaceFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::vector<Place> PlaceFinder::Find(const Story& story, const std::vector<Name>& names) const {
  return PlaceReader(*impl_, story, names).Run();
}

}  // namespace dateline::places
