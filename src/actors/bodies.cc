#include "actors/bodies.h"

#include <algorithm>
#include <array>

namespace dateline::actors {

using names::TokenRange;

std::optional<Cast::Index> Bodies::FindByInitials(TokenRange range) const {
  const std::string_view form = Folded(range.first);
  if (!reading_[range.first].upper || form.size() < 2) return std::nullopt;
  for (Cast::Index i = 0; i < cast_.size(); ++i) {
    if (cast_[i].entity.type != EntityType::kOrganization || cast_[i].words.size() < 2) continue;
    std::string initials;
    for (const std::string& word : cast_[i].words) {
      if (word != "of" && word != "for" && word != "and") initials += word.front();
    }
    if (initials == form) return i;
  }
  return std::nullopt;
}

void Bodies::SetKnown(const KnownBody& known, TokenRange range, Entity& entity) const {
  if (known.country) entity.country = std::string(*known.country);
  if (!known.actor.empty()) entity.actor = std::string(known.actor);
  if (known.alone) entity.known_as = std::string(known.name);
  if (known.shared) MoveHome(entity, range);
}

std::optional<KnownBody> Bodies::BodyBehindAdjective(TokenRange range) const {
  const bool adjective = range.size() > 1 && story_.tokens[range.first].upos == "ADJ";
  if (!adjective || world_.AliasAt(reading_, range.first, range.last)) return std::nullopt;
  auto body = world_.BodyNamed(reading_, {range.first + 1, range.last});
  // A "Social Democratic Party" is another than a "Democratic Party".
  if (body && body->shared) body.reset();
  return body;
}

void Bodies::SetBody(Cast::Index index, TokenRange range, const std::optional<KnownBody>& known) {
  Entity& entity = cast_[index].entity;
  if (known) return SetKnown(*known, range, entity);
  std::string_view code;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (const std::string_view word = world_.CodeOfWord(Folded(i)); !word.empty()) code = word;
  }
  if (const auto body = BodyBehindCountry(range)) {
    entity.country = std::string(*body->country);
    entity.actor = std::string(body->actor);
    if (body->alone) entity.known_as = std::string(body->name);
    return;
  }
  auto head = world_.BodyAt(reading_, range);
  if (!head) head = BodyBehindAdjective(range);
  if (head) {
    if (head->country) entity.country = std::string(*head->country);
    entity.actor = std::string(head->actor);
    return;
  }
  if (const auto country = homelands_.CountryOfBody(range, code))
    entity.country = std::string(*country);
  if (entity.country) {
    entity.actor = world_.CameoOf(*entity.country) + std::string(code);
  } else if (homelands_.IsAbroad(range) && !code.empty()) {
    entity.actor = AbroadCode(code);
  }
}

void Bodies::MoveHome(Entity& body, TokenRange range) const {
  if (!body.country) return;
  const bool spoken = std::ranges::find(spoken_.all(), *body.country) != spoken_.all().end();
  auto home = homelands_.CountryOfRival(range.last - 1);
  if (!home) home = spoken ? spoken_.AloneIn(sentence_) : spoken_.Home();
  if (!home || *home == *body.country) return;
  const std::string role = body.actor.value_or("").substr(world_.CameoOf(*body.country).size());
  body.known_as.reset();
  body.country = std::string(*home);
  body.actor = world_.CameoOf(*home) + role;
}

std::optional<KnownBody> Bodies::BodyBehindCountry(TokenRange range) const {
  const auto alias = world_.AliasAt(reading_, range.first, range.last);
  if (!alias || alias->length >= range.size()) return std::nullopt;
  auto body = world_.BodyNamed(reading_, {range.first + alias->length, range.last});
  if (body && body->country != alias->country) body.reset();
  return body;
}

std::string Bodies::AbroadCode(std::string_view role) {
  constexpr std::array<std::string_view, 4> kStates{"GOV", "MIL", "LEG", "COP"};
  if (role == "BUS") return "MNC";
  if (std::ranges::find(kStates, role) != kStates.end()) return "IGO" + std::string(role);
  return role == "CVL" ? "NGO" : "NGO" + std::string(role);
}

}  // namespace dateline::actors
