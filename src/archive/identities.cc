// Keys find the few identities that a name may mean; a sum of what speaks for and against each says
// which it is. The sums are of thousandths, so that they are the same everywhere. Where two are
// about as good, and the other stories of the happening do not tell, it is none of them: what is
// taken apart too much can be put together, what is mixed up nobody sees.
#include "archive/identities.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "archive/clusters.h"
#include "archive/story_terms.h"

namespace dateline::archive {
namespace {

constexpr int kEnough = 600;  // a sum that makes a link
constexpr int kSurest = 990;
constexpr int kKnownScore = 2000;  // above any sum of names
constexpr int kNear = 50;          // sums that differ less are about as good
constexpr int kManyTimes = 10;     // as often told as the next: whom a name alone means
constexpr int kBareName = 700;     // sure of a surname in a cluster, without more
constexpr int kBareOffice = 650;
constexpr std::int32_t kTheseDays = 30;
constexpr std::int32_t kInOffice = 60;
constexpr std::size_t kMostInOffice = 8;

/// For a name, before anything else is looked at.
int ScoreOf(NameMatch match, const FullName& name) {
  switch (match) {
    case NameMatch::kSame:
      return name.words.size() > 2 ? 900 : 850;
    case NameMatch::kFuller:
      return 750;
    case NameMatch::kOrder:
    case NameMatch::kInitial:
    case NameMatch::kAcronym:
      return 500;
    case NameMatch::kOther:
      break;
  }
  return 0;
}

IdentityRule RuleOf(NameMatch match) {
  switch (match) {
    case NameMatch::kFuller:
      return IdentityRule::kFuller;
    case NameMatch::kInitial:
      return IdentityRule::kInitial;
    case NameMatch::kOrder:
      return IdentityRule::kOrder;
    case NameMatch::kAcronym:
      return IdentityRule::kAcronym;
    case NameMatch::kSame:
    case NameMatch::kOther:
      break;
  }
  return IdentityRule::kName;
}

/// Of codes, or sectors; 0 is none.
template <typename Code>
bool Differ(Code one, Code other) {
  return one != Code{} && other != Code{} && one != other;
}
template <typename Code>
bool Agree(Code one, Code other) {
  return one != Code{} && one == other;
}

/// What countries say; a name that every country has one of needs one.
int CountryScore(const IdentityAsked& asked, const IdentityProfile& profile) {
  if (Agree(asked.country, profile.country)) return 100;
  if (Differ(asked.country, profile.country)) return -500;
  if (asked.signs.name.generic()) return -300;
  return asked.signs.name.person || asked.country == profile.country ? 0 : -100;
}

bool WithinDays(const IdentitySigns& signs, const IdentityProfile& profile, std::int32_t days) {
  if (signs.day == kNoDay || profile.last_day == kNoDay) return false;
  return signs.day - profile.last_day <= days && profile.first_day - signs.day <= days;
}

/// News of somebody come in bursts.
int BurstScore(const IdentitySigns& signs, const IdentityProfile& profile) {
  constexpr std::int32_t kBurst = 7;
  return WithinDays(signs, profile, kBurst) ? 60 : 0;
}

int SectorScore(const IdentitySigns& signs, const IdentityProfile& profile) {
  if (!Differ(signs.sector, profile.sector)) return 0;
  return WithinDays(signs, profile, kTheseDays) ? -450 : -100;
}

bool OtherSex(Gender one, Gender other) {
  return one != Gender::kUnknown && other != Gender::kUnknown && one != other;
}

/// Where the family name is said first, it is what stands alone.
bool FamilyNameFirst(const std::string& country) {
  constexpr std::array<std::string_view, 8> kCountries = {"CHN", "HKG", "HUN", "KOR",
                                                          "PRK", "SGP", "TWN", "VNM"};
  return std::ranges::find(kCountries, country) != kCountries.end();
}

/// Whether a vague name may mean it. `family_first`: see FamilyNameFirst, of its country.
bool Bears(const IdentityProfile& profile, const FullName& name, bool family_first) {
  const std::vector<std::string>& words = profile.name->words;
  if (profile.name->person != name.person || words.empty()) return false;
  if (!name.bare()) return Match(*profile.name, name) != NameMatch::kOther;
  return words.back() == name.words.back() || (words.front() == name.words.back() && family_first);
}

/// Whether the new name tells more than the one that is shown.
bool IsFuller(const FullName& name, const FullName& shown) {
  if (shown.bare() != name.bare()) return shown.bare();
  if (shown.acronym != name.acronym) return shown.acronym;
  const NameMatch match = Match(name, shown);
  return (match == NameMatch::kFuller || match == NameMatch::kInitial) &&
         name.joined().size() > shown.joined().size();
}

/// Puts what the entity tells into the profile of its identity; whether its name is the shown one.
void Learn(const IdentityAsked& asked, std::int64_t sure, bool again, IdentityProfile& profile) {
  const IdentitySigns& signs = asked.signs;
  const auto before = std::tuple(profile.country, profile.sector, profile.gender, profile.known);
  if (profile.country == 0) profile.country = asked.country;
  if (profile.known == 0) profile.known = asked.known;
  if (signs.sector != Sector::kUnknown) profile.sector = signs.sector;
  if (profile.gender == Gender::kUnknown) profile.gender = signs.name.gender;
  profile.renewed = profile.renewed || before != std::tuple(profile.country, profile.sector,
                                                            profile.gender, profile.known);
  profile.sure = std::min(profile.sure, sure);
  if (!again) ++profile.stories;
  if (signs.day == kNoDay) return;
  if (profile.first_day == kNoDay || signs.day < profile.first_day) profile.first_day = signs.day;
  profile.last_day = std::max(profile.last_day, signs.day);
}

/// By which the entities of a story are looked for.
std::vector<std::int64_t> KeysOf(const StorySigns& signs) {
  std::vector<std::int64_t> keys;
  for (const auto& each : signs) {
    if (!each) continue;
    for (const auto* some : {&each->name_keys, &each->like_keys, &each->office_keys}) {
      keys.insert(keys.end(), some->begin(), some->end());
    }
    for (const auto& one : {each->known_key, each->surname_key, each->initials_key}) {
      if (one) keys.push_back(*one);
    }
  }
  return keys;
}

bool SameFacts(const Entity& one, const Entity& other) {
  return one.type == other.type && one.name == other.name && one.country == other.country;
}

}  // namespace

void IdentityWriter::Add(std::int64_t number, const Story& story, const StorySigns& signs) {
  Scene scene{.story = number};
  AddEntities(story, signs, {}, scene);
  WriteLinks(scene);
  store_.Saw(number);
}

IdentityAsked IdentityWriter::Asked(const Entity& entity, const IdentitySigns& signs) {
  return {.signs = signs,
          .type = EntityTypeName(entity.type),
          .name_number = lookups_.names.NumberOf(entity.name),
          .country = entity.country.value_or("").empty() ? 0 : lookups_.Code(*entity.country),
          .known = signs.known_key ? lookups_.terms.NumberOf(*entity.known_as) : 0};
}

void IdentityWriter::AddEntities(const Story& story, const StorySigns& signs,
                                 const std::set<std::size_t>& done, Scene& scene) {
  store_.PrefetchKeys(KeysOf(signs));
  for (const bool vague : {false, true}) {  // whom the story names in full is known before
    for (std::size_t i = 0; i < story.entities.size(); ++i) {
      if (!signs[i] || signs[i]->vague != vague || done.contains(i)) continue;
      const IdentityAsked asked = Asked(story.entities[i], *signs[i]);
      const IdentityLink link = vague ? DecideVague(asked, scene) : Decide(asked, scene);
      Join(asked, link, static_cast<std::int64_t>(i) + 1, scene);
    }
  }
}

void IdentityWriter::Replace(std::int64_t number, const Story& old, const Story& story) {
  Scene scene{.story = number, .before = store_.LinksOf(number)};
  const StorySigns signs = SignsOf(story);
  std::set<std::size_t> done;
  for (IdentityLink link : scene.before) {
    const auto before = static_cast<std::size_t>(link.entity - 1);
    std::size_t at = 0;
    while (at < story.entities.size() && (done.contains(at) || before >= old.entities.size() ||
                                          !SameFacts(old.entities[before], story.entities[at]))) {
      ++at;
    }
    if (at == story.entities.size()) {
      store_.Recount(link.identity);
      continue;
    }
    done.insert(at);
    if (signs[at]) LearnKnown(link.identity, Asked(story.entities[at], *signs[at]));
    link.entity = static_cast<std::int64_t>(at) + 1;
    scene.links.push_back(link);
    scene.taken.insert(link.identity);
  }
  AddEntities(story, signs, done, scene);
  WriteLinks(scene);
  PartAgain(number);
}

void IdentityWriter::LearnKnown(std::int64_t identity, const IdentityAsked& asked) {
  if (asked.known == 0 || store_.Get(identity).known != 0) return;
  IdentityProfile& profile = store_.Change(identity);
  profile.known = asked.known;
  profile.renewed = true;
  store_.AddKey(identity, *asked.signs.known_key);
}

void IdentityWriter::WriteLinks(Scene& scene) {
  std::ranges::sort(scene.links, {}, &IdentityLink::entity);
  store_.WriteLinks(scene.story, scene.before, scene.links);
}

IdentityLink IdentityWriter::Decide(const IdentityAsked& asked, Scene& scene) {
  for (const Strength strength : {Strength::kName, Strength::kMaybe}) {
    if (const auto link = Choose(asked, strength, scene)) return *link;
  }
  return {.identity = Begin(asked)};
}

std::optional<IdentityLink> IdentityWriter::Choose(const IdentityAsked& asked, Strength strength,
                                                   Scene& scene) {
  std::vector<Candidate> all = Weighed(asked, strength);
  bool several = false;
  for (const bool with_neighbours : {false, true}) {
    if (with_neighbours) FavourNeighbours(scene, all);
    const std::vector<Candidate> found = BestFirst(all);
    if (found.empty()) return std::nullopt;
    const Candidate& best = found.front();
    several = best.score >= kEnough;
    if (!several) continue;
    int sure = std::min(best.score, kSurest);
    if (found.size() > 1 && best.score - found[1].score < kNear) {
      if (best.stories < kManyTimes * found[1].stories) continue;
      sure = kEnough;
    }
    return IdentityLink{.identity = best.identity, .rule = best.rule, .sure = sure};
  }
  if (!several) return std::nullopt;
  return IdentityLink{.identity = Begin(asked), .rule = IdentityRule::kSingle};
}

std::vector<IdentityWriter::Candidate> IdentityWriter::Weighed(const IdentityAsked& asked,
                                                               Strength strength) {
  std::vector<Candidate> found;
  std::vector<std::int64_t> seen;
  const IdentitySigns& signs = asked.signs;
  std::vector<std::int64_t> keys = strength == Strength::kName ? signs.name_keys : signs.like_keys;
  if (strength == Strength::kName && signs.known_key) keys.push_back(*signs.known_key);
  for (const std::int64_t key : keys) {
    const std::vector<std::int64_t>& with_key = store_.WithKey(key);
    store_.PrefetchProfiles(with_key);
    for (const std::int64_t identity : with_key) {
      if (std::ranges::find(seen, identity) != seen.end()) continue;
      seen.push_back(identity);
      if (const auto candidate = Weigh(asked, strength, identity)) found.push_back(*candidate);
    }
  }
  return found;
}

/// Whom the other stories of the happening name is likelier.
void IdentityWriter::FavourNeighbours(Scene& scene, std::vector<Candidate>& candidates) {
  constexpr int kFavour = 150;
  for (Candidate& each : candidates) {
    if (Neighbours(scene).contains(each.identity)) each.score += kFavour;
  }
}

/// Of those that are the same the best alone.
std::vector<IdentityWriter::Candidate> IdentityWriter::BestFirst(std::vector<Candidate> found) {
  std::ranges::sort(found, [](const Candidate& one, const Candidate& other) {
    if (one.score != other.score) return one.score > other.score;
    if (one.stories != other.stories) return one.stories > other.stories;
    return one.identity < other.identity;
  });
  std::vector<Candidate> best;
  for (const Candidate& each : found) {
    if (std::ranges::find(best, each.root, &Candidate::root) == best.end()) best.push_back(each);
  }
  return best;
}

std::optional<IdentityWriter::Candidate> IdentityWriter::Weigh(const IdentityAsked& asked,
                                                               Strength strength,
                                                               std::int64_t identity) {
  const IdentitySigns& signs = asked.signs;
  const IdentityProfile& profile = store_.Get(identity);
  if (profile.name->person != signs.name.person) return std::nullopt;
  if (Agree(asked.known, profile.known)) {
    return Candidate{.identity = identity,
                     .root = profile.root,
                     .rule = IdentityRule::kKnown,
                     .score = kKnownScore,
                     .stories = profile.stories};
  }
  if (Differ(asked.known, profile.known)) return std::nullopt;  // two people of the tables
  const NameMatch match = profile.name_number == asked.name_number
                              ? NameMatch::kSame
                              : Match(signs.name, *profile.name);
  int score = ScoreOf(match, signs.name);
  IdentityRule rule = RuleOf(match);
  const bool acronym = signs.name.acronym || profile.name->acronym;
  if (strength == Strength::kName && acronym && match != NameMatch::kSame) {
    score = 800;  // a story said that both names are of one
    rule = IdentityRule::kAcronym;
  }
  const bool same_country = Agree(asked.country, profile.country);
  if (score == 0 || (match == NameMatch::kOrder && !same_country)) return std::nullopt;
  if (!signs.name.person && Differ(asked.country, profile.country)) return std::nullopt;
  score += CountryScore(asked, profile) + SectorScore(signs, profile) + BurstScore(signs, profile);
  if (signs.name.person) {
    if (OtherSex(signs.name.gender, profile.gender)) score -= 600;
    if (same_country && HasOffice(signs, identity)) score += 150;
  }
  return Candidate{.identity = identity,
                   .root = profile.root,
                   .rule = rule,
                   .score = score,
                   .stories = profile.stories};
}

bool IdentityWriter::HasOffice(const IdentitySigns& signs, std::int64_t identity) {
  return std::ranges::any_of(signs.office_keys, [&](std::int64_t key) {
    return std::ranges::find(store_.WithKey(key), identity) != store_.WithKey(key).end();
  });
}

IdentityLink IdentityWriter::DecideVague(const IdentityAsked& asked, Scene& scene) {
  for (const bool office : {false, true}) {
    const std::vector<Candidate> found = office ? Holders(asked, scene) : Bearers(asked, scene);
    const bool one = std::ranges::all_of(
        found, [&](const Candidate& each) { return each.root == found.front().root; });
    if (found.empty() || !one) continue;
    return {.identity = found.front().identity,
            .rule = found.front().rule,
            .sure = found.front().score};
  }
  return {.identity = Begin(asked), .rule = IdentityRule::kSingle};
}

/// Those of the surname that other stories of the happening name.
std::vector<IdentityWriter::Candidate> IdentityWriter::Bearers(const IdentityAsked& asked,
                                                               Scene& scene) {
  std::vector<Candidate> found;
  const IdentitySigns& signs = asked.signs;
  for (const std::int64_t identity : Neighbours(scene)) {
    if (scene.taken.contains(identity)) continue;
    const IdentityProfile& profile = store_.Get(identity);
    const bool family_first = FamilyNameFirst(lookups_.CodeText(profile.country));
    if (!Bears(profile, signs.name, family_first) || Differ(asked.country, profile.country) ||
        OtherSex(signs.name.gender, profile.gender)) {
      continue;
    }
    const int same =
        (Agree(asked.country, profile.country) ? 100 : 0) + (HasOffice(signs, identity) ? 100 : 0);
    found.push_back({identity, profile.root, IdentityRule::kCluster, kBareName + same, 0});
  }
  return found;
}

/// Those of the surname that hold the same office of the same country.
std::vector<IdentityWriter::Candidate> IdentityWriter::Holders(const IdentityAsked& asked,
                                                               const Scene& scene) {
  std::vector<Candidate> found;
  const IdentitySigns& signs = asked.signs;
  for (const std::int64_t key : signs.office_keys) {
    const std::vector<std::int64_t>& holders = store_.WithKey(key);
    for (std::size_t i = 0; i < std::min(holders.size(), kMostInOffice); ++i) {
      const IdentityProfile& profile = store_.Get(holders[i]);
      if (scene.taken.contains(holders[i]) || !WithinDays(signs, profile, kInOffice) ||
          OtherSex(signs.name.gender, profile.gender)) {
        continue;
      }
      found.push_back({holders[i], profile.root, IdentityRule::kRole, kBareOffice, 0});
    }
  }
  return found;
}

const std::set<std::int64_t>& IdentityWriter::Neighbours(Scene& scene) {
  if (!scene.neighbours) scene.neighbours = store_.Neighbours(scene.story);
  return *scene.neighbours;
}

std::int64_t IdentityWriter::Begin(const IdentityAsked& asked) {
  return store_.Begin(asked.type,
                      {.name = &store_.NameOf(asked.name_number, asked.signs.name.person),
                       .name_number = asked.name_number,
                       .country = asked.country,
                       .sector = asked.signs.sector,
                       .known = asked.known,
                       .gender = asked.signs.name.gender,
                       .first_day = kNoDay,
                       .last_day = kNoDay});
}

void IdentityWriter::Join(const IdentityAsked& asked, IdentityLink link, std::int64_t entity,
                          Scene& scene) {
  const IdentitySigns& signs = asked.signs;
  link.entity = entity;
  scene.links.push_back(link);
  const bool again = !scene.taken.insert(link.identity).second;
  IdentityProfile& profile = store_.Change(link.identity);
  if (profile.stories == 0 || profile.name_number != asked.name_number) {
    store_.AddName(link.identity, asked.name_number);
    if (IsFuller(signs.name, *profile.name)) {
      profile.name = &store_.NameOf(asked.name_number, signs.name.person);
      profile.name_number = asked.name_number;
      profile.renewed = true;
    }
  }
  Learn(asked, link.sure, again, profile);
  // By a name that several share it must not be found again.
  const bool single = link.rule == IdentityRule::kSingle;
  if (!single && signs.known_key) store_.AddKey(link.identity, *signs.known_key);
  if (!single && !signs.vague) {
    for (const std::int64_t key : signs.name_keys) store_.AddKey(link.identity, key);
    if (signs.surname_key) store_.AddKey(link.identity, *signs.surname_key);
    if (signs.initials_key) store_.AddKey(link.identity, *signs.initials_key);
  }
  for (const std::int64_t key : signs.office_keys) store_.AddKey(link.identity, key);
}

}  // namespace dateline::archive
