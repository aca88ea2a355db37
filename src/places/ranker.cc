// The names of a story are resolved together. Mentions of one name form a group with one set of
// candidates. A linear model scores each candidate by what it is (size, kind), by what stands
// beside the name (a qualifier, "County"), and by how well it goes with the outlet's home and with
// the other places of the story. The others are not known at first, so the groups are scored in
// rounds: the first without them, each further one with the winners of the round before.
#include "places/ranker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "places/surroundings.h"

namespace dateline::places {
namespace {

constexpr std::array<std::string_view, kFeatureCount> kNames{
    "country",      "admin1",        "admin2",       "region",       "population",  "noPopulation",
    "mainName",     "capital",       "qualified",    "notQualified", "cityCue",     "countyCue",
    "stateCue",     "homeNear",      "homeAdmin1",   "homeCountry",  "foreign",     "datelineNear",
    "datelineSeat", "spokenCountry", "spokenAdmin1", "near",         "admin1Share", "countryShare",
    "around",       "toldShare"};

constexpr std::array<std::string_view, kStandings> kEnough{"enoughName", "enoughInner",
                                                           "enoughGuess"};

constexpr int kRounds = 3;

/// Mentions of one name that mean one place.
struct Group {
  std::vector<std::size_t> mentions{};
  std::vector<Ranked> candidates{};
  std::vector<Area> inside{};
  std::set<Cue> cues{};
  bool dateline = false;
  bool adjective = false;
};

/// 1 at the same spot, a half at `half` kilometres.
double Nearness(const Candidate& one, const Candidate& other, double half) {
  const auto km = Distance(one, other);
  return km ? half / (half + *km) : 0;
}

bool IsPoint(const Candidate& candidate) {
  return candidate.kind == Kind::kCity || candidate.kind == Kind::kAdmin2;
}

bool LiesIn(const Candidate& candidate, const Area& area) {
  if (candidate.country != area.country) return false;
  if (area.admin1.empty()) return candidate.kind != Kind::kCountry;
  return candidate.admin1 == area.admin1 && candidate.kind != Kind::kAdmin1;
}

/// One story being resolved.
class Rounds {
 public:
  Rounds(const Gazetteer& gazetteer, const std::vector<Toponym>& toponyms,
         const std::optional<Candidate>& home, const Features& weights)
      : toponyms_(toponyms), home_(home), weights_(weights), group_of_(toponyms.size()) {
    MakeGroups(gazetteer);
  }

  Ranking Run() {
    for (Group& group : groups_) {
      for (Ranked& ranked : group.candidates) Describe(group, ranked);
    }
    for (int round = 0; round < kRounds; ++round) {
      if (round > 0) {
        for (Group& group : groups_) {
          const std::vector<std::string_view> lands = LandsAround(group);
          for (Ranked& ranked : group.candidates) Relate(group, lands, ranked);
        }
      }
      for (Group& group : groups_) Score(group);
    }
    for (Group& group : groups_) PreferTown(group);
    Ranking ranking(toponyms_.size());
    for (const Group& group : groups_) {
      for (const std::size_t mention : group.mentions) ranking[mention] = group.candidates;
    }
    return ranking;
  }

 private:
  /// A mention without qualifier joins the first group of its name.
  void MakeGroups(const Gazetteer& gazetteer) {
    std::map<std::vector<std::string>, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < toponyms_.size(); ++i) {
      std::vector<std::string> key = toponyms_[i].words;
      key.emplace_back(toponyms_[i].adjective ? "adjective" : "");
      by_name[std::move(key)].push_back(i);
    }
    for (const auto& [name, mentions] : by_name) {
      const std::size_t first = groups_.size();
      for (const std::size_t i : mentions) {
        if (!toponyms_[i].inside.empty()) Put(gazetteer, first, i);
      }
      for (const std::size_t i : mentions) {
        if (toponyms_[i].inside.empty()) Put(gazetteer, first, i);
      }
    }
  }

  void Put(const Gazetteer& gazetteer, std::size_t first, std::size_t mention) {
    const Toponym& toponym = toponyms_[mention];
    std::size_t at = first;
    while (at < groups_.size() && !toponym.inside.empty() && groups_[at].inside != toponym.inside)
      ++at;
    if (at == groups_.size()) {
      groups_.push_back({.inside = toponym.inside, .adjective = toponym.adjective});
      AddCandidates(gazetteer, toponym, groups_.back());
    }
    groups_[at].mentions.push_back(mention);
    group_of_[mention] = at;
    groups_[at].cues.insert(toponym.cue);
    groups_[at].dateline |= toponym.dateline;
  }

  static void AddCandidates(const Gazetteer& gazetteer, const Toponym& toponym, Group& group) {
    const std::vector<std::string_view> words(toponym.words.begin(), toponym.words.end());
    if (toponym.fixed) {
      group.candidates.push_back({.candidate = *toponym.fixed});
      return;
    }
    if (toponym.adjective) {
      if (auto country = gazetteer.FindAdjective(words))
        group.candidates.push_back({.candidate = *country});
      return;
    }
    for (const Candidate& candidate : gazetteer.Find(words, toponym.shorts))
      group.candidates.push_back({.candidate = candidate});
  }

  // ---- what a candidate is

  void Describe(const Group& group, Ranked& ranked) const {
    const Candidate& c = ranked.candidate;
    Features& f = ranked.features;
    const auto set = [&f](Feature feature, double value) {
      f[static_cast<std::size_t>(feature)] = value;
    };
    set(Feature::kCountry, c.kind == Kind::kCountry);
    set(Feature::kAdmin1, c.kind == Kind::kAdmin1);
    set(Feature::kAdmin2, c.kind == Kind::kAdmin2);
    set(Feature::kRegion, c.kind == Kind::kRegion || c.kind == Kind::kFacility);
    const bool city = c.kind == Kind::kCity;
    set(Feature::kPopulation, city ? std::log10(std::max(c.population, 1.0)) : 0);
    set(Feature::kNoPopulation, city && c.population <= 0);
    set(Feature::kMainName, c.main_name);
    set(Feature::kCapital, c.sense == Sense::kGovernment);
    const bool inside =
        std::ranges::any_of(group.inside, [&](const Area& area) { return LiesIn(c, area); });
    set(Feature::kDatelineSeat,
        group.dateline && group.inside.empty() && c.sense == Sense::kGovernment);
    set(Feature::kQualified, inside);
    set(Feature::kNotQualified, !group.inside.empty() && !inside);
    set(Feature::kCityCue, city && group.cues.contains(Cue::kCity));
    set(Feature::kCountyCue, c.kind == Kind::kAdmin2 && group.cues.contains(Cue::kCounty));
    set(Feature::kStateCue, c.kind == Kind::kAdmin1 && group.cues.contains(Cue::kState));
    DescribeHome(c, f);
  }

  void DescribeHome(const Candidate& c, Features& f) const {
    if (!home_) return;
    const auto set = [&f](Feature feature, double value) {
      f[static_cast<std::size_t>(feature)] = value;
    };
    const bool local = home_->kind == Kind::kCity;
    if (local && IsPoint(c)) set(Feature::kHomeNear, Nearness(c, *home_, 50));
    set(Feature::kHomeAdmin1, local && c.country == home_->country && c.admin1 == home_->admin1);
    set(Feature::kHomeCountry, c.kind != Kind::kCountry && c.country == home_->country);
    set(Feature::kForeign, c.kind == Kind::kCountry && c.country != home_->country);
  }

  // ---- how it goes with the others

  /// What the other groups' winners say of a candidate.
  struct Company {
    double near = 0;
    double dateline = 0;
    double country = 0;  ///< how many lie in the candidate's country
    double admin1 = 0;
    double points = 0;  ///< how many are no countries
    double named = 0;   ///< how many names of countries and capitals there are
    double told = 0;    ///< how many of them are of the candidate's
    bool spoken_country = false;
    bool spoken_admin1 = false;
  };

  static void Meet(const Candidate& c, const Group& other, Company& company) {
    const Candidate& o = other.candidates.front().candidate;
    const bool same = o.country == c.country;
    if (o.kind == Kind::kCountry || o.sense == Sense::kGovernment) {
      const auto mentions = static_cast<double>(other.mentions.size());
      company.named += mentions;
      company.told += same ? mentions : 0;
    }
    if (o.kind == Kind::kCountry) {
      company.spoken_country |= same;
      return;
    }
    const bool together = same && o.admin1 == c.admin1;
    if (o.kind == Kind::kAdmin1) company.spoken_admin1 |= together;
    company.points += 1;
    company.country += same ? 1 : 0;
    company.admin1 += together && !c.admin1.empty() ? 1 : 0;
    if (!IsPoint(c) || !IsPoint(o)) return;
    company.near = std::max(company.near, Nearness(c, o, 50));
    if (other.dateline) company.dateline = std::max(company.dateline, Nearness(c, o, 100));
  }

  /// The country that the text around each mention speaks of.
  [[nodiscard]] std::vector<std::string_view> LandsAround(const Group& group) const {
    const auto told = [&](std::size_t i) -> Neighbour {
      const Group& other = groups_[group_of_[i]];
      if (&other == &group || other.candidates.empty()) return {};
      const Candidate& best = other.candidates.front().candidate;
      return {.country = best.country, .state = best.kind == Kind::kCountry};
    };
    std::vector<std::string_view> lands;
    lands.reserve(group.mentions.size());
    for (const std::size_t mention : group.mentions)
      lands.push_back(LandAround(toponyms_, mention, told));
    return lands;
  }

  void Relate(const Group& group, const std::vector<std::string_view>& lands,
              Ranked& ranked) const {
    const Candidate& c = ranked.candidate;
    Company company;
    ranked.alone = !home_.has_value();
    for (const Group& other : groups_) {
      if (&other == &group || other.candidates.empty()) continue;
      if (other.candidates.front().candidate.country.empty()) continue;
      if (!other.adjective) ranked.alone = false;
      Meet(c, other, company);
    }
    const auto set = [&ranked](Feature feature, double value) {
      ranked.features[static_cast<std::size_t>(feature)] = value;
    };
    const bool inside = c.kind != Kind::kCountry;
    const double share = inside && company.points > 0 ? 1 / company.points : 0;
    constexpr double kFew = 2;  // names that tell little by themselves
    const bool told = inside && company.spoken_country;
    set(Feature::kToldShare, told ? company.told / (company.named + kFew) : 0);
    set(Feature::kAround, told ? static_cast<double>(std::ranges::count(lands, c.country)) /
                                     static_cast<double>(lands.size())
                               : 0);
    set(Feature::kNear, company.near);
    set(Feature::kDatelineNear, company.dateline);
    set(Feature::kSpokenCountry, company.spoken_country && inside);
    set(Feature::kSpokenAdmin1, company.spoken_admin1 && c.kind != Kind::kAdmin1);
    set(Feature::kCountryShare, company.country * share);
    set(Feature::kAdmin1Share, company.admin1 * share);
  }

  void Score(Group& group) const {
    double best = -1e300;
    for (Ranked& ranked : group.candidates) {
      ranked.evidence = 0;
      for (std::size_t i = 0; i < kFeatureCount; ++i)
        ranked.evidence += weights_[i] * ranked.features[i];
      best = std::max(best, ranked.evidence);
    }
    double sum = 0;
    for (Ranked& ranked : group.candidates) sum += ranked.score = std::exp(ranked.evidence - best);
    for (Ranked& ranked : group.candidates) ranked.score /= sum;
    std::ranges::stable_sort(group.candidates, std::ranges::greater{}, &Ranked::score);
  }

  /// Of a province and the town in it that it is called after, the town is meant, unless a word
  /// beside it says otherwise or they lie so far apart that the story has decided.
  static void PreferTown(Group& group) {
    constexpr double kNearKm = 100;
    constexpr double kDecided = 0.5;
    if (group.candidates.empty() || group.candidates.front().score < kDecided) return;
    if (group.cues.contains(Cue::kState) || group.cues.contains(Cue::kCounty)) return;
    const Candidate& best = group.candidates.front().candidate;
    if (best.kind != Kind::kAdmin1 && best.kind != Kind::kAdmin2) return;
    const auto town = std::ranges::find_if(group.candidates, [&](const Ranked& ranked) {
      const Candidate& c = ranked.candidate;
      const auto km = Distance(c, best);
      return c.kind == Kind::kCity && c.main_name && c.country == best.country &&
             c.admin1 == best.admin1 && km && *km <= kNearKm;
    });
    if (town == group.candidates.end()) return;
    std::swap(town->score, group.candidates.front().score);
    town->evidence = std::max(town->evidence, group.candidates.front().evidence);
    std::rotate(group.candidates.begin(), town, town + 1);
  }

  const std::vector<Toponym>& toponyms_;
  const std::optional<Candidate>& home_;
  const Features& weights_;
  std::vector<std::size_t> group_of_;  ///< by number of the toponym
  std::vector<Group> groups_;
};

}  // namespace

std::string_view FeatureName(Feature feature) { return kNames[static_cast<std::size_t>(feature)]; }

Result<Ranker> Ranker::Load(const tables::Tables& tables) {
  Ranker ranker;
  DATELINE_TRY(const auto table, tables::NamedTable::Open(tables, "places/weights", {"weight"}));
  const auto read = [&](std::string_view name, double& weight) -> Result<void> {
    const std::array key{name};
    const auto row = table.table->FindRow(key);
    if (!row) {
      return Fail(ErrorCode::kMalformed, "has no weight of '" + std::string(name) + "'",
                  "places/weights");
    }
    const std::string_view cell = table.Cell(*row, "weight");
    std::from_chars(cell.data(), cell.data() + cell.size(), weight);
    return {};
  };
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    if (auto done = read(kNames[i], ranker.weights_[i]); !done)
      return std::unexpected(done.error());
  }
  for (std::size_t i = 0; i < kStandings; ++i) {
    if (auto done = read(kEnough[i], ranker.enough_[i]); !done)
      return std::unexpected(done.error());
  }
  return ranker;
}

namespace {

/// A small place in a country that nothing else in the story, nor its outlet, has to do with. That
/// the country is named does not make a village there likely when the story is written elsewhere,
/// or speaks of others more and of none of its places near by.
bool IsStranger(const Ranked& ranked) {
  constexpr double kLarge = 300000;
  constexpr double kTown = 15000;
  constexpr double kMuch = 0.25;  ///< share of the names of countries
  constexpr double kClose = 0.2;  ///< some 200 km
  constexpr std::array kTies{Feature::kQualified, Feature::kHomeCountry, Feature::kCapital};
  const Candidate& c = ranked.candidate;
  if (ranked.alone || !IsPoint(c) || c.population >= kLarge) return false;
  const auto of = [&](Feature tie) { return ranked.features[static_cast<std::size_t>(tie)]; };
  const auto has = [&](Feature tie) { return of(tie) > 0; };
  if (std::ranges::any_of(kTies, has)) return false;
  const bool spoken = has(Feature::kSpokenCountry);
  const bool village = c.kind == Kind::kCity && c.population < kTown;
  if (village && spoken && !has(Feature::kAround) && of(Feature::kToldShare) < kMuch &&
      of(Feature::kNear) < kClose)
    return true;
  if (has(Feature::kCountryShare)) return false;
  return !spoken || (village && has(Feature::kDatelineNear));
}

}  // namespace

bool Ranker::IsEnough(const Ranked& best, const Toponym& toponym) const {
  if (toponym.adjective || toponym.fixed) return true;
  const bool elsewhere = best.features[static_cast<std::size_t>(Feature::kNotQualified)] > 0;
  if (elsewhere && IsPoint(best.candidate)) return false;
  if (IsStranger(best)) return false;
  return best.evidence >= enough_[static_cast<std::size_t>(toponym.standing)];
}

Ranking Ranker::Rank(const Gazetteer& gazetteer, const std::vector<Toponym>& toponyms,
                     const std::optional<Candidate>& home) const {
  return Rounds(gazetteer, toponyms, home, weights_).Run();
}

}  // namespace dateline::places
