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
#include "places/surroundings.h"
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
  PlaceWriter(const PlaceFinder::Impl& know, const names::Reading& reading,
              const std::vector<Toponym>& toponyms, const Ranking& ranking)
      : know_(know),
        story_(reading.story()),
        reading_(reading),
        toponyms_(toponyms),
        ranking_(ranking) {
    CountLands();
    for (const Toponym& toponym : toponyms) {
      if (toponym.inside.empty()) continue;
      lands_of_unknown_.try_emplace(toponym.words, std::string(toponym.inside.front().country));
    }
  }

  std::optional<Place> Write(std::size_t at) {
    const Toponym& toponym = toponyms_[at];
    if (!IsKnown(at)) return Unknown(at);
    const Candidate& best = ranking_[at].front().candidate;
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
  [[nodiscard]] bool IsKnown(std::size_t at) const {
    return !ranking_[at].empty() && know_.ranker.IsEnough(ranking_[at].front(), toponyms_[at]);
  }

  /// The country that the text around speaks of, else that which the story is told from or speaks
  /// of most.
  [[nodiscard]] std::optional<std::string> LandOf(std::size_t at) const {
    constexpr int kOften = 2;
    // "a Hittite palace".
    const names::TokenRange name = toponyms_[at].range;
    const std::string_view before =
        name.size() > 0 && name.first > 0 ? reading_.Folded(name.first - 1) : "";
    if (before == "a" || before == "an") return home_;
    const std::string_view around = LandAround(toponyms_, at, [&](std::size_t i) -> Neighbour {
      if (!IsKnown(i)) return {};
      const Candidate& best = ranking_[i].front().candidate;
      return {.country = best.country, .state = best.kind == Kind::kCountry};
    });
    if (!around.empty()) return std::string(around);
    const bool at_home =
        CountOf(main_) < kOften || (home_ && CountOf(*home_) * 2 >= CountOf(main_));
    return at_home ? home_ : std::optional(std::string(main_));
  }

  /// Which country the names of the story, but for its dateline, speak of most.
  void CountLands() {
    for (std::size_t i = 0; i < toponyms_.size(); ++i) {
      if (toponyms_[i].dateline || !IsKnown(i)) continue;
      const std::string_view country = ranking_[i].front().candidate.country;
      if (!country.empty() && ++lands_[country] > lands_[main_]) main_ = country;
    }
  }
  [[nodiscard]] int CountOf(std::string_view country) const {
    const auto found = lands_.find(country);
    return found == lands_.end() ? 0 : found->second;
  }

  /// A place that no table has lies where the qualifier says, else in the land around.
  std::optional<Place> Unknown(std::size_t at) {
    const Toponym& toponym = toponyms_[at];
    const bool place_anyway = toponym.standing == Standing::kName || toponym.part;
    if (toponym.adjective || !place_anyway) return std::nullopt;
    Place place;
    place.span = toponym.span;
    place.name = toponym.span.of(story_.text);
    if (toponym.dateline) place.name = text::ToTitle(place.name);
    const auto [known, fresh] = lands_of_unknown_.try_emplace(toponym.words);
    if (fresh) known->second = LandOf(at);
    place.country = known->second;
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
  const std::vector<Toponym>& toponyms_;
  const Ranking& ranking_;
  std::map<std::string_view, int> lands_{};  ///< names of each country and of places there
  std::string_view main_{};                  ///< the country with most of them
  /// One name means one place: by the words of names that no table has.
  std::map<std::vector<std::string>, std::optional<std::string>> lands_of_unknown_{};
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
    const bool local = home_ && home_->country == other.country;
    // "Uruguay" is a country even in a story of the Argentine department called so.
    if (other.kind == Kind::kAdmin2 && other.country != "USA" && !local) return true;
    const int own = of_country_[country.country];
    const int there = of_division_[{other.country, other.admin1}];
    if (own != there || own > 0) return own > there;
    if (local) return false;
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
  PlaceWriter writer(*impl_, reading, toponyms, ranking);
  std::vector<Explained> explained;
  for (std::size_t i = 0; i < toponyms.size(); ++i) {
    auto place = writer.Write(i);
    if (place) explained.push_back({std::move(*place), ranking[i]});
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
