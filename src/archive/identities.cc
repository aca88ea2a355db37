// Keys find the few identities that a name may mean; a sum of what speaks for and against each says
// which it is. The sums are of thousandths, so that they are the same everywhere. Where two are
// about as good, and the other stories of the happening do not tell, it is none of them: what is
// taken apart too much can be put together, what is mixed up nobody sees.
#include "archive/identities.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "archive/clusters.h"
#include "archive/story_terms.h"
#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::archive {
namespace {

constexpr int kEnough = 600;  // a sum that makes a link
constexpr int kSurest = 990;
constexpr int kNear = 50;       // sums that differ less are about as good
constexpr int kManyTimes = 10;  // as often told as the next: whom a name alone means
constexpr int kBareName = 700;  // sure of a surname in a cluster, without more
constexpr int kBareOffice = 650;
constexpr std::int32_t kTheseDays = 30;
constexpr std::int32_t kInOffice = 60;
constexpr std::int64_t kMostWithName = 32;
constexpr std::int64_t kMostInOffice = 8;

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

/// 48 bits, which take two bytes less than 64 in a table.
std::int64_t KeyOf(char kind, std::string_view words) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, &kind, 1);
  XXH3_64bits_update(&state, words.data(), words.size());
  return static_cast<std::int64_t>(XXH3_64bits_digest(&state) >> 16U);
}

/// What each country has one of is found with its country.
std::int64_t WholeKey(const IdentitySigns& signs) {
  const FullName& name = signs.name;
  if (name.generic()) return KeyOf('g', name.joined() + " " + signs.country);
  return KeyOf(name.person ? 'p' : 'b', name.joined());
}
std::int64_t SurnameKey(const FullName& name) {
  return KeyOf('i', name.words.back() + " " + name.words.front()[0]);
}
std::int64_t OfficeKey(const IdentitySigns& signs, std::string_view title) {
  return KeyOf('o', signs.name.words.back() + " " + signs.country + " " + std::string(title));
}

/// By which a name that is told so again is found.
std::vector<std::int64_t> NameKeys(const IdentitySigns& signs) {
  std::vector<std::int64_t> keys = {WholeKey(signs)};
  for (const std::string& acronym : signs.acronyms) keys.push_back(KeyOf('b', acronym));
  return keys;
}

/// By which a like name is looked for: surname and initial; initials of a body.
std::vector<std::int64_t> LikeKeys(const IdentitySigns& signs) {
  const FullName& name = signs.name;
  if (!name.person) {
    if (name.acronym) return {KeyOf('a', name.joined())};
    return name.initials().empty() ? std::vector<std::int64_t>()
                                   : std::vector{KeyOf('b', name.initials())};
  }
  std::vector<std::int64_t> keys = {SurnameKey(name)};
  if (name.words.size() == 2) keys.push_back(KeyOf('p', name.words[1] + name.words[0]));
  return keys;
}

/// What an actor code says besides the country; those who govern and who want to are of one.
std::string SectorOf(const std::optional<std::string>& actor) {
  constexpr std::size_t kCode = 3;
  constexpr std::array<std::string_view, 10> kState = {"GOV", "MIL", "LEG", "JUD", "COP",
                                                       "SPY", "OPP", "PTY", "ELI", "IGO"};
  constexpr std::array<std::string_view, 5> kArmed = {"REB", "UAF", "INS", "SEP", "RAD"};
  constexpr std::array<std::string_view, 6> kOwn = {"BUS", "MED", "EDU", "CRM", "REL", "HLH"};
  if (!actor || actor->size() < 2 * kCode) return "";
  const std::string_view code = std::string_view(*actor).substr(kCode, kCode);
  if (std::ranges::find(kState, code) != kState.end()) return "state";
  if (std::ranges::find(kArmed, code) != kArmed.end()) return "armed";
  return std::ranges::find(kOwn, code) != kOwn.end() ? std::string(code) : "";
}

/// As pronouns tell, where they agree and are two at least.
Gender GenderOf(const Story& story, const Entity& entity) {
  std::array<int, 3> told{};
  for (const Mention& mention : entity.mentions) {
    if (mention.kind != MentionKind::kPronoun) continue;
    const std::string word = base::Lower(mention.span.of(story.text));
    if (word == "he" || word == "him" || word == "his")
      ++told[static_cast<std::size_t>(Gender::kMan)];
    if (word == "she" || word == "her" || word == "hers") {
      ++told[static_cast<std::size_t>(Gender::kWoman)];
    }
  }
  const auto of = [&](Gender gender) { return told.at(static_cast<std::size_t>(gender)); };
  if (of(Gender::kMan) > 1 && of(Gender::kWoman) == 0) return Gender::kMan;
  return of(Gender::kWoman) > 1 && of(Gender::kMan) == 0 ? Gender::kWoman : Gender::kUnknown;
}

/// Fills in what the mentions by name tell: titles of a person, acronyms of a body.
void TakeMentions(const Story& story, const Entity& entity, IdentitySigns& signs) {
  for (const Mention& mention : entity.mentions) {
    if (mention.kind != MentionKind::kName) continue;
    const std::string_view words = mention.span.of(story.text);
    if (signs.name.person) {
      if (signs.name.gender == Gender::kUnknown) signs.name.gender = PersonName(words).gender;
      continue;
    }
    const FullName name = BodyName(words);
    const std::string acronym = name.acronym ? name.joined() : "";
    if (acronym.empty() || signs.name.joined() == acronym) continue;
    if (std::ranges::find(signs.acronyms, acronym) == signs.acronyms.end()) {
      signs.acronyms.push_back(acronym);
    }
  }
}

bool Differ(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}
bool Agree(const std::string& one, const std::string& other) {
  return !one.empty() && one == other;
}

/// What countries say; a name that every country has one of needs one.
int CountryScore(const IdentitySigns& signs, const IdentityProfile& profile) {
  if (Agree(signs.country, profile.country)) return 100;
  if (Differ(signs.country, profile.country)) return -500;
  if (signs.name.generic()) return -300;
  return signs.name.person || signs.country == profile.country ? 0 : -100;
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

/// Whether many may be meant: by a surname, by initials without a country, and by what each country
/// has one of.
bool IsVague(const IdentitySigns& signs) {
  const FullName& name = signs.name;
  if (name.bare()) return true;
  if (!signs.country.empty()) return false;
  if (!name.person) return name.generic();
  const auto initial = [](const std::string& word) { return word.size() == 1; };
  return name.words.size() > 1 && std::all_of(name.words.begin(), name.words.end() - 1, initial);
}

/// Whether a vague name may mean it.
bool Bears(const IdentityProfile& profile, const FullName& name) {
  const std::vector<std::string>& words = profile.name.words;
  if (profile.name.person != name.person || words.empty()) return false;
  if (!name.bare()) return Match(profile.name, name) != NameMatch::kOther;
  return words.back() == name.words.back() ||
         (words.front() == name.words.back() && FamilyNameFirst(profile.country));
}

/// Whether the new name tells more than the one that is shown.
bool IsFuller(const IdentitySigns& signs, const IdentityProfile& profile) {
  if (profile.name.bare() != signs.name.bare()) return profile.name.bare();
  if (profile.name.acronym != signs.name.acronym) return profile.name.acronym;
  const NameMatch match = Match(signs.name, profile.name);
  return (match == NameMatch::kFuller || match == NameMatch::kInitial) &&
         signs.name.joined().size() > profile.name.joined().size();
}

/// Puts what the entity tells into the profile of its identity.
void Learn(const IdentitySigns& signs, const IdentityLink& link, bool again,
           IdentityProfile& profile) {
  if (IsFuller(signs, profile)) {
    const Gender gender = profile.gender;
    profile.name = signs.name;
    profile.name_number = signs.name_number;
    profile.gender = gender;
  }
  if (profile.country.empty()) profile.country = signs.country;
  if (!signs.sector.empty()) profile.sector = signs.sector;
  if (profile.gender == Gender::kUnknown) profile.gender = signs.name.gender;
  profile.sure = std::min(profile.sure, link.sure);
  if (!again) ++profile.stories;
  if (signs.day == kNoDay) return;
  if (profile.first_day == kNoDay || signs.day < profile.first_day) profile.first_day = signs.day;
  profile.last_day = std::max(profile.last_day, signs.day);
}

bool SameFacts(const Entity& one, const Entity& other) {
  return one.type == other.type && one.name == other.name && one.country == other.country;
}

}  // namespace

bool HasIdentity(const Entity& entity) {
  const bool person = entity.type == EntityType::kPerson;
  const bool body = entity.type == EntityType::kOrganization || entity.type == EntityType::kGroup;
  const bool named = std::ranges::find(entity.mentions, MentionKind::kName, &Mention::kind) !=
                     entity.mentions.end();
  if (!named || (!person && !body)) return false;
  return !(person ? PersonName(entity.name) : BodyName(entity.name)).words.empty();
}

std::optional<IdentitySigns> SignsOf(const Story& story, const Entity& entity, Lookups& lookups) {
  if (!HasIdentity(entity)) return std::nullopt;
  const bool person = entity.type == EntityType::kPerson;
  IdentitySigns signs;
  signs.name = person ? PersonName(entity.name) : BodyName(entity.name);
  signs.name_number = lookups.names.NumberOf(entity.name);
  signs.type = EntityTypeName(entity.type);
  signs.country = entity.country.value_or("");
  signs.sector = SectorOf(entity.actor);
  signs.day = DayOf(story);
  for (const Role& role : entity.roles) signs.titles.push_back(text::Fold(role.title));
  TakeMentions(story, entity, signs);
  if (person && signs.name.gender == Gender::kUnknown) signs.name.gender = GenderOf(story, entity);
  return signs;
}

void IdentityWriter::Add(std::int64_t number, const Story& story) {
  Scene scene{.story = number};
  AddEntities(story, {}, scene);
  store_.Saw(number);
}

void IdentityWriter::AddEntities(const Story& story, const std::set<std::size_t>& done,
                                 Scene& scene) {
  std::vector<std::pair<std::int64_t, IdentitySigns>> vague;  // whom the story names in full
  for (std::size_t i = 0; i < story.entities.size(); ++i) {   // is known before
    if (done.contains(i)) continue;
    auto signs = SignsOf(story, story.entities[i], lookups_);
    if (!signs) continue;
    const auto entity = static_cast<std::int64_t>(i) + 1;
    if (IsVague(*signs)) {
      vague.emplace_back(entity, *std::move(signs));
    } else {
      Join(*signs, Decide(*signs, scene), entity, scene);
    }
  }
  for (const auto& [entity, signs] : vague) {
    Join(signs, DecideVague(signs, scene), entity, scene);
  }
}

void IdentityWriter::Replace(std::int64_t number, const Story& old, const Story& story) {
  Scene scene{.story = number};
  const std::vector<IdentityLink> links = store_.LinksOf(number);
  store_.Unlink(number);
  std::set<std::size_t> done;
  for (IdentityLink link : links) {
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
    link.entity = static_cast<std::int64_t>(at) + 1;
    store_.Link(number, link);
    scene.taken.insert(link.identity);
  }
  AddEntities(story, done, scene);
  PartAgain(number);
}

IdentityLink IdentityWriter::Decide(const IdentitySigns& signs, Scene& scene) {
  for (const Strength strength : {Strength::kName, Strength::kMaybe}) {
    if (const auto link = Choose(signs, strength, scene)) return *link;
  }
  return {.identity = Begin(signs)};
}

std::optional<IdentityLink> IdentityWriter::Choose(const IdentitySigns& signs, Strength strength,
                                                   Scene& scene) {
  bool several = false;
  for (Scene* with : {static_cast<Scene*>(nullptr), &scene}) {
    const std::vector<Candidate> found = Weighed(signs, strength, with);
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
  return IdentityLink{.identity = Begin(signs), .rule = IdentityRule::kSingle};
}

/// Best first. With a `scene`, whom its neighbours name is likelier.
std::vector<IdentityWriter::Candidate> IdentityWriter::Weighed(const IdentitySigns& signs,
                                                               Strength strength, Scene* scene) {
  std::vector<Candidate> found;
  std::set<std::int64_t> seen;
  const auto keys = strength == Strength::kName ? NameKeys(signs) : LikeKeys(signs);
  for (const std::int64_t key : keys) {
    for (const std::int64_t identity : store_.WithKey(key, kMostWithName)) {
      if (!seen.insert(identity).second) continue;
      auto candidate = Weigh(signs, strength, identity);
      if (!candidate) continue;
      if (scene != nullptr && Neighbours(*scene).contains(identity)) candidate->score += 150;
      found.push_back(*candidate);
    }
  }
  std::ranges::sort(found, [](const Candidate& one, const Candidate& other) {
    if (one.score != other.score) return one.score > other.score;
    if (one.stories != other.stories) return one.stories > other.stories;
    return one.identity < other.identity;
  });
  std::set<std::int64_t> roots;
  std::erase_if(found, [&](const Candidate& each) { return !roots.insert(each.root).second; });
  return found;
}

std::optional<IdentityWriter::Candidate> IdentityWriter::Weigh(const IdentitySigns& signs,
                                                               Strength strength,
                                                               std::int64_t identity) {
  const IdentityProfile& profile = store_.Get(identity);
  if (profile.name.person != signs.name.person) return std::nullopt;
  const NameMatch match = Match(signs.name, profile.name);
  int score = ScoreOf(match, signs.name);
  IdentityRule rule = RuleOf(match);
  const bool acronym = signs.name.acronym || profile.name.acronym;
  if (strength == Strength::kName && acronym && match != NameMatch::kSame) {
    score = 800;  // a story said that both names are of one
    rule = IdentityRule::kAcronym;
  }
  const bool same_country = Agree(signs.country, profile.country);
  if (score == 0 || (match == NameMatch::kOrder && !same_country)) return std::nullopt;
  if (!signs.name.person && Differ(signs.country, profile.country)) return std::nullopt;
  score += CountryScore(signs, profile) + SectorScore(signs, profile) + BurstScore(signs, profile);
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
  return std::ranges::any_of(signs.titles, [&](const std::string& title) {
    return store_.HasKey(identity, OfficeKey(signs, title));
  });
}

IdentityLink IdentityWriter::DecideVague(const IdentitySigns& signs, Scene& scene) {
  for (const bool office : {false, true}) {
    const std::vector<Candidate> found = office ? Holders(signs, scene) : Bearers(signs, scene);
    const bool one = std::ranges::all_of(
        found, [&](const Candidate& each) { return each.root == found.front().root; });
    if (found.empty() || !one) continue;
    return {.identity = found.front().identity,
            .rule = found.front().rule,
            .sure = found.front().score};
  }
  return {.identity = Begin(signs), .rule = IdentityRule::kSingle};
}

/// Those of the surname that other stories of the happening name.
std::vector<IdentityWriter::Candidate> IdentityWriter::Bearers(const IdentitySigns& signs,
                                                               Scene& scene) {
  std::vector<Candidate> found;
  for (const std::int64_t identity : Neighbours(scene)) {
    if (scene.taken.contains(identity)) continue;
    const IdentityProfile& profile = store_.Get(identity);
    if (!Bears(profile, signs.name) || Differ(signs.country, profile.country) ||
        OtherSex(signs.name.gender, profile.gender)) {
      continue;
    }
    const int same =
        (Agree(signs.country, profile.country) ? 100 : 0) + (HasOffice(signs, identity) ? 100 : 0);
    found.push_back({identity, profile.root, IdentityRule::kCluster, kBareName + same, 0});
  }
  return found;
}

/// Those of the surname that hold the same office of the same country.
std::vector<IdentityWriter::Candidate> IdentityWriter::Holders(const IdentitySigns& signs,
                                                               const Scene& scene) {
  std::vector<Candidate> found;
  if (signs.country.empty() || !signs.name.person) return found;
  for (const std::string& title : signs.titles) {
    for (const std::int64_t identity : store_.WithKey(OfficeKey(signs, title), kMostInOffice)) {
      const IdentityProfile& profile = store_.Get(identity);
      if (scene.taken.contains(identity) || !WithinDays(signs, profile, kInOffice) ||
          OtherSex(signs.name.gender, profile.gender)) {
        continue;
      }
      found.push_back({identity, profile.root, IdentityRule::kRole, kBareOffice, 0});
    }
  }
  return found;
}

const std::set<std::int64_t>& IdentityWriter::Neighbours(Scene& scene) {
  if (!scene.neighbours) scene.neighbours = store_.Neighbours(scene.story);
  return *scene.neighbours;
}

std::int64_t IdentityWriter::Begin(const IdentitySigns& signs) {
  return store_.Begin({.name = signs.name,
                       .name_number = signs.name_number,
                       .type = signs.type,
                       .country = signs.country,
                       .sector = signs.sector,
                       .gender = signs.name.gender,
                       .first_day = kNoDay,
                       .last_day = kNoDay});
}

void IdentityWriter::Join(const IdentitySigns& signs, IdentityLink link, std::int64_t entity,
                          Scene& scene) {
  link.entity = entity;
  store_.Link(scene.story, link);
  const bool again = !scene.taken.insert(link.identity).second;
  Learn(signs, link, again, store_.Change(link.identity));
  store_.AddName(link.identity, signs.name_number);
  // By a name that several share it must not be found again.
  const bool single = link.rule == IdentityRule::kSingle;
  if (!single && !IsVague(signs)) {
    for (const std::int64_t key : NameKeys(signs)) store_.AddKey(link.identity, key);
    if (signs.name.person) store_.AddKey(link.identity, SurnameKey(signs.name));
    const std::string initials = signs.name.initials();
    if (!initials.empty()) store_.AddKey(link.identity, KeyOf('a', initials));
  }
  if (!signs.name.person || signs.country.empty()) return;
  for (const std::string& title : signs.titles) {
    store_.AddKey(link.identity, OfficeKey(signs, title));
  }
}

}  // namespace dateline::archive
