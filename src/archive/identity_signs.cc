#include "archive/identity_signs.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "archive/story_terms.h"
#include "base/ascii.h"
#include "text/unicode.h"

namespace dateline::archive {
namespace {

/// 48 bits, which take two bytes less than 64 in a table.
std::int64_t IdentityKey(char kind, std::string_view words) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, &kind, 1);
  XXH3_64bits_update(&state, words.data(), words.size());
  return static_cast<std::int64_t>(XXH3_64bits_digest(&state) >> 16U);
}

/// What each country has one of is found with its country.
std::int64_t WholeKey(const FullName& name, const std::string& country) {
  if (name.generic()) return IdentityKey('g', name.joined() + " " + country);
  return IdentityKey(name.person ? 'p' : 'b', name.joined());
}

std::int64_t SurnameKey(const FullName& name) {
  return IdentityKey('i', name.words.back() + " " + name.words.front()[0]);
}

std::vector<std::int64_t> LikeKeys(const FullName& name) {
  if (!name.person) {
    if (name.acronym) return {IdentityKey('a', name.joined())};
    return name.initials().empty() ? std::vector<std::int64_t>()
                                   : std::vector{IdentityKey('b', name.initials())};
  }
  std::vector<std::int64_t> keys = {SurnameKey(name)};
  if (name.words.size() == 2) keys.push_back(IdentityKey('p', name.words[1] + name.words[0]));
  return keys;
}

void TakeKeys(const std::string& country, IdentitySigns& signs) {
  const FullName& name = signs.name;
  signs.name_keys = {WholeKey(name, country)};
  for (const std::string& acronym : signs.acronyms) {
    signs.name_keys.push_back(IdentityKey('b', acronym));
  }
  signs.like_keys = LikeKeys(name);
  if (!name.person) {
    const std::string initials = name.initials();
    if (!initials.empty()) signs.initials_key = IdentityKey('a', initials);
    return;
  }
  signs.surname_key = signs.like_keys.front();
  if (country.empty()) return;
  for (const std::string& title : signs.titles) {
    const std::string office = fmt::format("{} {} {}", name.words.back(), country, title);
    signs.office_keys.push_back(IdentityKey('o', office));
  }
}

constexpr std::array<std::string_view, 9> kSectors = {"",    "state", "armed", "BUS", "MED",
                                                      "EDU", "CRM",   "REL",   "HLH"};

/// What an actor code says besides the country; those who govern and who want to are of one.
Sector SectorOf(const std::optional<std::string>& actor) {
  constexpr std::size_t kCode = 3;
  constexpr std::array<std::string_view, 10> kState = {"GOV", "MIL", "LEG", "JUD", "COP",
                                                       "SPY", "OPP", "PTY", "ELI", "IGO"};
  constexpr std::array<std::string_view, 5> kArmed = {"REB", "UAF", "INS", "SEP", "RAD"};
  if (!actor || actor->size() < 2 * kCode) return Sector::kUnknown;
  const std::string_view code = std::string_view(*actor).substr(kCode, kCode);
  if (std::ranges::find(kState, code) != kState.end()) return Sector::kState;
  if (std::ranges::find(kArmed, code) != kArmed.end()) return Sector::kArmed;
  return SectorNamed(code);
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

/// Whether many may be meant: by a surname, by initials without a country, and by what each country
/// has one of.
bool IsVague(const FullName& name, const std::string& country) {
  if (name.bare()) return true;
  if (!country.empty()) return false;
  if (!name.person) return name.generic();
  const auto initial = [](const std::string& word) { return word.size() == 1; };
  return name.words.size() > 1 && std::all_of(name.words.begin(), name.words.end() - 1, initial);
}

}  // namespace

std::string_view SectorName(Sector sector) { return kSectors.at(static_cast<std::size_t>(sector)); }

Sector SectorNamed(std::string_view name) {
  const auto* const known = std::ranges::find(kSectors, name);
  return known == kSectors.end() ? Sector::kUnknown : static_cast<Sector>(known - kSectors.begin());
}

bool HasIdentity(const Entity& entity) {
  const bool person = entity.type == EntityType::kPerson;
  const bool body = entity.type == EntityType::kOrganization || entity.type == EntityType::kGroup;
  const bool named = std::ranges::find(entity.mentions, MentionKind::kName, &Mention::kind) !=
                     entity.mentions.end();
  if (!named || (!person && !body)) return false;
  return !(person ? PersonName(entity.name) : BodyName(entity.name)).words.empty();
}

std::optional<IdentitySigns> SignsOf(const Story& story, const Entity& entity) {
  if (!HasIdentity(entity)) return std::nullopt;
  const bool person = entity.type == EntityType::kPerson;
  IdentitySigns signs;
  signs.name = person ? PersonName(entity.name) : BodyName(entity.name);
  signs.sector = SectorOf(entity.actor);
  signs.day = DayOf(story);
  for (const Role& role : entity.roles) signs.titles.push_back(text::Fold(role.title));
  TakeMentions(story, entity, signs);
  if (person && signs.name.gender == Gender::kUnknown) signs.name.gender = GenderOf(story, entity);
  const std::string country = entity.country.value_or("");
  signs.vague = !entity.known_as && IsVague(signs.name, country);
  if (entity.known_as) {
    signs.known_key = IdentityKey(person ? 'k' : 'l', *entity.known_as);
  }
  TakeKeys(country, signs);
  return signs;
}

std::vector<std::optional<IdentitySigns>> SignsOf(const Story& story) {
  std::vector<std::optional<IdentitySigns>> all;
  all.reserve(story.entities.size());
  for (const Entity& entity : story.entities) all.push_back(SignsOf(story, entity));
  return all;
}

}  // namespace dateline::archive
