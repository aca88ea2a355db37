#include "actors/cast.h"

#include <algorithm>

namespace dateline::actors {
namespace {

/// Paragraphs a pronoun may reach back over.
constexpr std::uint32_t kReach = 3;
/// What a chain of coreference adds to a person's nearness.
constexpr double kChained = 1.2;

bool Holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

bool Within(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::ranges::all_of(part, [&](const std::string& word) { return Holds(whole, word); });
}

/// "vice president", which "the president" is not.
bool IsDeputy(std::string_view office) {
  return office.starts_with("vice ") || office.starts_with("deputy ");
}

bool IsDeputyOnly(const Member& member) {
  return !member.offices.empty() && std::ranges::all_of(member.offices, IsDeputy);
}

/// How well a name fits: 0 not at all.
int Fit(const std::vector<std::string>& words, const Member& person) {
  if (words == person.words) return 4;
  const bool part = Within(words, person.words);
  if (!part && !Within(person.words, words)) return 0;
  if (words.size() > 1 && person.words.size() > 1)
    return words.back() == person.words.back() || words.front() == person.words.front() ? 3 : 0;
  const std::vector<std::string>& one = words.size() == 1 ? words : person.words;
  const std::vector<std::string>& full = words.size() == 1 ? person.words : words;
  return one.front() == full.back() ? 3 : (one.front() == full.front() ? 2 : 1);
}

/// Of two people of one surname the surname alone means whom the story has named oftener; a lead of
/// one mention counts less than being nearer.
bool MoreProminent(const Member& member, const Member& other) {
  const std::size_t mine = member.entity.mentions.size();
  const std::size_t theirs = other.entity.mentions.size();
  if (mine > theirs + 1) return true;
  return theirs <= mine + 1 && member.last.token > other.last.token;
}

}  // namespace

void ChangeCountry(Member& member, const std::string& country) {
  for (Role& role : member.entity.roles) {
    if (!role.of || role.of == member.entity.country) role.of = country;
  }
  member.entity.country = country;
  member.guessed = member.listed = false;
}

bool MayBe(const Member& member, Gender gender) {
  const Gender known = member.gender != Gender::kUnknown ? member.gender : member.given;
  return known == gender || known == Gender::kUnknown || gender == Gender::kUnknown;
}

Cast::Index Cast::Open(EntityType type, std::string name, std::vector<std::string> words) {
  Member& member = members_.emplace_back();
  member.entity.type = type;
  member.entity.name = std::move(name);
  member.words = std::move(words);
  return members_.size() - 1;
}

void Cast::AddMention(Index index, const Mention& mention, const Where& where) {
  Member& member = members_[index];
  member.entity.mentions.push_back(mention);
  if (member.last.sentence != where.sentence) member.subject = member.speaker = false;
  member.last = where;
}

std::optional<Cast::Index> Cast::FindPerson(const std::vector<std::string>& words,
                                            Gender gender) const {
  std::optional<Index> best;
  int best_fit = 0;
  for (Index i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    if (member.entity.type != EntityType::kPerson || words.empty() || member.words.empty())
      continue;
    if (!MayBe(member, gender)) continue;
    const int fit = Fit(words, member);
    const bool better = best && fit == best_fit && MoreProminent(member, members_[*best]);
    if (fit == 0 || (fit <= best_fit && !better)) continue;
    best = i;
    best_fit = fit;
  }
  return best;
}

std::optional<Cast::Index> Cast::FindNamed(EntityType type,
                                           const std::vector<std::string>& words) const {
  for (Index i = 0; i < members_.size(); ++i) {
    if (members_[i].entity.type == type && members_[i].words == words) return i;
  }
  return std::nullopt;
}

std::optional<Cast::Index> Cast::FindCountry(std::string_view country) const {
  for (Index i = 0; i < members_.size(); ++i) {
    if (members_[i].entity.type == EntityType::kCountry && members_[i].entity.country == country)
      return i;
  }
  return std::nullopt;
}

std::optional<Cast::Index> Cast::FindBodyWith(std::string_view word) const {
  std::optional<Index> best;
  for (Index i = 0; i < members_.size(); ++i) {
    if (members_[i].entity.type != EntityType::kOrganization ||
        !Holds(members_[i].words, std::string(word)))
      continue;
    if (!best || members_[i].last.token >= members_[*best].last.token) best = i;
  }
  return best;
}

std::optional<Cast::Index> Cast::FindHolder(std::string_view office, std::string_view title,
                                            std::optional<std::string_view> country) const {
  std::optional<Index> best;
  bool best_exact = false;
  for (Index i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    if (member.entity.type != EntityType::kPerson || !Holds(member.titles, std::string(title)))
      continue;
    if (country && member.entity.country != *country) continue;
    const bool exact = Holds(member.offices, std::string(office));
    if (!exact && IsDeputyOnly(member) && !IsDeputy(office)) continue;
    if (best && (exact < best_exact ||
                 (exact == best_exact && member.last.token < members_[*best].last.token)))
      continue;
    best = i;
    best_exact = exact;
  }
  return best;
}

std::optional<Cast::Index> Cast::FindBody(const Where& where) const {
  std::optional<Index> best;
  bool alone = true;
  for (Index i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    if (member.entity.type != EntityType::kOrganization || member.entity.mentions.empty()) continue;
    if (member.entity.mentions.front().kind != MentionKind::kName) continue;
    if (where.sentence - member.last.sentence > 2 || where.block - member.last.block > 1) continue;
    alone = !best;
    if (best && (member.subject < members_[*best].subject ||
                 (member.subject == members_[*best].subject &&
                  member.last.token < members_[*best].last.token)))
      continue;
    best = i;
  }
  return best && (alone || members_[*best].subject) ? best : std::nullopt;
}

std::optional<Cast::Index> Cast::FindUnion(bool of_world) const {
  std::optional<Index> last;
  for (Index i = 0; i < members_.size(); ++i) {
    const Entity& entity = members_[i].entity;
    if (entity.type != EntityType::kOrganization || !entity.actor) continue;
    const bool world = entity.actor->starts_with("IGOUNO");
    if (world != of_world || !entity.actor->starts_with("IGO")) continue;
    if (!last || members_[*last].last.token < members_[i].last.token) last = i;
  }
  return last;
}

/// How much a member is in the reader's mind at `where`.
double Cast::Nearness(const Member& member, const Where& where) {
  const std::uint32_t sentences = where.sentence - member.last.sentence;
  double score = sentences == 0 ? 1.5 : -0.7 * std::min(sentences, 6U);
  score -= 2.5 * (where.block - member.last.block);
  score += member.subject ? 1.6 : 0;
  score += member.speaker ? 1.0 : 0;
  return score;
}

std::optional<Cast::Index> Cast::FindFor(Gender gender, const Where& where,
                                         std::optional<Index> chained,
                                         std::optional<Index> barred) const {
  std::optional<Index> best;
  double best_score = 0;
  for (Index i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    if (member.entity.type != EntityType::kPerson || member.entity.mentions.empty()) continue;
    if (barred == i || !MayBe(member, gender)) continue;
    if (where.block - member.last.block > kReach && chained != i) continue;
    const double score = Nearness(member, where) + (member.gender == gender ? 1.0 : 0) +
                         (chained == i ? kChained : 0);
    if (best && (score < best_score ||
                 (score == best_score && member.last.token < members_[*best].last.token)))
      continue;
    best = i;
    best_score = score;
  }
  return best;
}

std::optional<Cast::Index> Cast::FindThing(const Where& where) const {
  std::optional<Index> best;
  for (Index i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    const EntityType type = member.entity.type;
    if (type != EntityType::kOrganization && type != EntityType::kCountry) continue;
    if (member.entity.mentions.empty() || where.sentence - member.last.sentence > 2 ||
        !member.subject)
      continue;
    if (!best || member.last.token >= members_[*best].last.token) best = i;
  }
  return best;
}

std::vector<Entity> Cast::Take() && {
  std::vector<Entity> entities;
  for (Member& member : members_) {
    if (member.entity.mentions.empty()) continue;
    std::ranges::sort(member.entity.mentions, {}, &Mention::span);
    const auto same = std::ranges::unique(member.entity.mentions, {}, &Mention::span);
    member.entity.mentions.erase(same.begin(), same.end());
    entities.push_back(std::move(member.entity));
  }
  std::ranges::stable_sort(entities, {},
                           [](const Entity& entity) { return entity.mentions.front().span; });
  return entities;
}

}  // namespace dateline::actors
