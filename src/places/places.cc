// A place is a name that a table can locate; or a name that the text calls a place ("the village of
// Ak-Tatyr"), which then lies in the country the story is told from. Three steps: which names may
// be places (toponyms), which place each means (ranker), and whether it is meant as a place
// (metonymy).
#include "places/places.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "names/reading.h"
#include "places/gazetteer.h"
#include "places/home.h"
#include "places/metonymy.h"
#include "places/toponyms.h"
#include "text/unicode.h"

namespace dateline::places {

using names::Name;
using names::TokenRange;

struct PlaceFinder::Impl {
  Gazetteer gazetteer;
  Metonymy metonymy;
  Outlets outlets;
  Ranker ranker;
};

namespace {

/// Turns resolved toponyms into places, in the order of the text.
class PlaceWriter {
 public:
  PlaceWriter(const PlaceFinder::Impl& know, const Story& story, const names::Reading& reading)
      : know_(know), story_(story), reading_(reading) {}

  std::optional<Place> Write(const Toponym& toponym, const std::vector<Ranked>& ranked) {
    if (ranked.empty() || !know_.ranker.IsEnough(ranked.front(), toponym)) return Unknown(toponym);
    const Candidate& best = ranked.front().candidate;
    Place place = MakePlace(best);
    if (toponym.part) {
      place.name = toponym.span.of(story_.text);
      place.geonameid.reset();
    }
    place.span = toponym.span;
    place.literal = IsLiteral(toponym, best, place);
    if (toponym.dateline && !home_) home_ = place.country;
    last_ = {.range = toponym.range, .literal = place.literal, .country = place.country};
    return place;
  }

 private:
  /// A place that no table has lies where the qualifier says, else where the story is told from.
  std::optional<Place> Unknown(const Toponym& toponym) {
    const bool place_anyway = toponym.standing == Standing::kName || toponym.part;
    if (toponym.adjective || !place_anyway) return std::nullopt;
    Place place;
    place.span = toponym.span;
    place.name = toponym.span.of(story_.text);
    if (toponym.dateline) place.name = text::ToTitle(place.name);
    place.country = home_;
    if (!toponym.inside.empty()) {
      place.country = toponym.inside.front().country;
      if (!toponym.inside.front().admin1.empty()) place.admin1 = toponym.inside.front().admin1;
    }
    if (toponym.dateline && !home_) home_ = place.country;
    place.literal = toponym.range.size() == 0 ||
                    know_.metonymy.IsLiteral(reading_, toponym.range, Sense::kPlace, false);
    last_ = {.range = toponym.range, .literal = place.literal, .country = place.country};
    return place;
  }

  [[nodiscard]] bool IsLiteral(const Toponym& toponym, const Candidate& best,
                               const Place& place) const {
    if (toponym.adjective || toponym.modifier) return false;
    if (toponym.range.size() == 0 || toponym.fixed) return true;
    return GoesWithLast(toponym.range, place) ||
           know_.metonymy.IsLiteral(reading_, toponym.range, best.sense,
                                    JoinedToLiteral(toponym.range));
  }

  /// "Tbilisi, Georgia": the second goes with the first.
  [[nodiscard]] bool GoesWithLast(TokenRange range, const Place& place) const {
    return JoinedToLiteral(range) && reading_.Folded(range.first - 1) == "," &&
           last_.country == place.country;
  }

  /// "in Moscow and Beijing".
  [[nodiscard]] bool JoinedToLiteral(TokenRange range) const {
    return last_.literal && last_.range.size() > 0 && last_.range.last + 1 == range.first;
  }

  struct Last {
    TokenRange range{};
    bool literal = false;
    std::optional<std::string> country;
  };

  const PlaceFinder::Impl& know_;
  const Story& story_;
  const names::Reading& reading_;
  std::optional<std::string> home_;  ///< the country of the first dateline
  Last last_;
};

/// "Georgia" is the country throughout a story that names more of the country (Tbilisi, "Georgian")
/// than of the state: one name means one place, unless a qualifier parts them. A name of which the
/// story tells nothing more is the country among countries, and abroad a country before a province
/// of its name ("Niger"). Linear in the toponyms, but for looking up their names.
class NameAgreement {
 public:
  NameAgreement(const std::vector<Toponym>& toponyms, const std::optional<Candidate>& home,
                Ranking& ranking)
      : toponyms_(toponyms), home_(home), ranking_(ranking) {
    for (std::size_t i = 0; i < toponyms_.size(); ++i) by_name_[toponyms_[i].words].push_back(i);
    for (const auto& [name, mentions] : by_name_) {
      if (!ranking_[mentions.front()].empty()) Count(mentions.front(), 1);
    }
  }

  void Settle() {
    for (const auto& [name, mentions] : by_name_) {
      const std::size_t first = mentions.front();
      if (ranking_[first].empty() || toponyms_[first].adjective) continue;
      const auto country = CountryAmong(first);
      if (!country) continue;
      Count(first, -1);
      if (IsMeant(*country, mentions)) SettleAs(country->country, mentions);
      Count(first, 1);
    }
  }

 private:
  using Mentions = std::vector<std::size_t>;  ///< numbers of toponyms, ascending

  [[nodiscard]] const Candidate& Best(std::size_t i) const { return ranking_[i].front().candidate; }
  [[nodiscard]] std::string_view CountryOf(std::size_t i) const {
    return ranking_[i].empty() ? std::string_view{} : Best(i).country;
  }

  /// Adds a name, or takes it away, where its places are counted.
  void Count(std::size_t i, int number) {
    const Candidate& best = Best(i);
    of_country_[best.country] += number;
    if (best.sense == Sense::kCountry || toponyms_[i].adjective) {
      states_[best.country] += number;
    } else {
      of_division_[{best.country, best.admin1}] += number;
    }
  }

  [[nodiscard]] std::optional<Candidate> CountryAmong(std::size_t i) const {
    const auto found = std::ranges::find_if(ranking_[i], [](const Ranked& ranked) {
      return ranked.candidate.sense == Sense::kCountry;
    });
    return found == ranking_[i].end() ? std::nullopt : std::optional(found->candidate);
  }

  /// Whether the country is meant where its name stands alone.
  [[nodiscard]] bool IsMeant(const Candidate& country, const Mentions& mentions) {
    const auto rival = std::ranges::find_if(mentions, [&](std::size_t i) {
      return !IsQualifier(i) && Best(i).sense != Sense::kCountry;
    });
    if (rival == mentions.end()) return false;
    const auto called = [&](std::size_t i) { return toponyms_[i].cue == Cue::kState; };
    const Candidate& other = Best(*rival);
    if (other.country == country.country || std::ranges::any_of(mentions, called)) return false;
    const int own = of_country_[country.country];
    const int there = of_division_[{other.country, other.admin1}];
    if (own != there || own > 0) return own > there;
    if (home_ && home_->country == other.country) return false;
    return other.country != "USA" || Abroad(other.country) > Inside(other.country);
  }

  /// How many other countries the story names.
  [[nodiscard]] int Abroad(std::string_view country) const {
    return static_cast<int>(std::ranges::count_if(states_, [&](const auto& state) {
      return state.second > 0 && state.first != country && !state.first.empty();
    }));
  }
  /// How many places in the country the story names.
  [[nodiscard]] int Inside(std::string_view country) const {
    int inside = 0;
    for (const auto& [division, names] : of_division_) {
      if (division.first == country) inside += names;
    }
    return inside;
  }

  void SettleAs(std::string_view country, const Mentions& mentions) {
    for (const std::size_t i : mentions) {
      if (ranking_[i].empty() || Best(i).sense == Sense::kCountry || IsQualifier(i)) continue;
      const auto found = std::ranges::find_if(ranking_[i], [&](const Ranked& ranked) {
        return ranked.candidate.sense == Sense::kCountry && ranked.candidate.country == country;
      });
      if (found != ranking_[i].end()) std::rotate(ranking_[i].begin(), found, found + 1);
    }
  }

  /// "Atlanta, Georgia", or a place that a qualifier stands behind.
  [[nodiscard]] bool IsQualifier(std::size_t i) const {
    if (ranking_[i].empty() || !toponyms_[i].inside.empty() || toponyms_[i].fixed) return true;
    if (i == 0) return false;
    const auto before = toponyms_[i - 1].range;
    return before.last + 1 == toponyms_[i].range.first && CountryOf(i - 1) == CountryOf(i);
  }

  const std::vector<Toponym>& toponyms_;
  const std::optional<Candidate>& home_;
  Ranking& ranking_;
  std::map<std::vector<std::string>, Mentions> by_name_{};
  std::map<std::string_view, int> of_country_{};  ///< names of places in each country
  std::map<std::string_view, int> states_{};      ///< names of each country itself
  std::map<std::pair<std::string_view, std::string_view>, int> of_division_{};  ///< of the others
};

PlaceAlternative MakeAlternative(const Ranked& ranked) {
  Place place = MakePlace(ranked.candidate);
  return {.name = std::move(place.name),
          .country = std::move(place.country),
          .admin1 = std::move(place.admin1),
          .lat = place.lat,
          .lon = place.lon,
          .geonameid = place.geonameid,
          .score = ranked.score};
}

/// Gives a place its score and the next best readings of its name.
void AddAlternatives(const std::vector<Ranked>& ranked, Place& place) {
  constexpr std::size_t kMost = 5;
  if (ranked.empty()) return;
  place.score = ranked.front().score;
  for (std::size_t i = 1; i < ranked.size() && i <= kMost; ++i) {
    place.alternatives.push_back(MakeAlternative(ranked[i]));
  }
}

}  // namespace

Result<PlaceFinder> PlaceFinder::Load(const tables::Tables& tables, const tables::Tables& towns) {
  auto impl = std::make_shared<Impl>();
  DATELINE_TRY(impl->gazetteer, Gazetteer::Load(tables, towns));
  DATELINE_TRY(impl->metonymy, Metonymy::Load(tables));
  DATELINE_TRY(impl->outlets, Outlets::Load(tables));
  DATELINE_TRY(impl->ranker, Ranker::Load(tables));
  PlaceFinder finder;
  finder.impl_ = std::move(impl);
  return finder;
}

std::string PlaceFinder::HomeCountry(const Story& story) const {
  const auto home = impl_->outlets.HomeOf(story, impl_->gazetteer);
  return home ? std::string(home->country) : std::string();
}

std::vector<Explained> PlaceFinder::Explain(const names::Reading& reading,
                                            const std::vector<Name>& names) const {
  const Story& story = reading.story();
  const std::vector<Toponym> toponyms =
      FindToponyms(story, names, reading, impl_->gazetteer, impl_->metonymy);
  const auto home = impl_->outlets.HomeOf(story, impl_->gazetteer);
  Ranking ranking = impl_->ranker.Rank(impl_->gazetteer, toponyms, home);
  NameAgreement(toponyms, home, ranking).Settle();
  PlaceWriter writer(*impl_, story, reading);
  std::vector<Explained> explained;
  for (std::size_t i = 0; i < toponyms.size(); ++i) {
    auto place = writer.Write(toponyms[i], ranking[i]);
    if (place) explained.push_back({std::move(*place), std::move(ranking[i])});
  }
  return explained;
}

std::vector<Place> PlaceFinder::Find(const names::Reading& reading,
                                     const std::vector<Name>& names) const {
  std::vector<Place> places;
  for (Explained& explained : Explain(reading, names)) places.push_back(std::move(explained.place));
  return places;
}

std::vector<Place> PlaceFinder::FindExplained(const names::Reading& reading,
                                              const std::vector<Name>& names) const {
  std::vector<Place> places;
  for (Explained& explained : Explain(reading, names)) {
    AddAlternatives(explained.alternatives, explained.place);
    places.push_back(std::move(explained.place));
  }
  return places;
}

}  // namespace dateline::places
