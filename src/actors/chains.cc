#include "actors/chains.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace dateline::actors {

using names::TokenRange;

Chains::Chains(const World& world, const names::Reading& reading, const Walk& walk)
    : StoryReader(reading),
      world_(world),
      cast_(walk.cast),
      sentence_(walk.sentence),
      entity_of_(walk.entity_of) {
  reference_of_.assign(story_.tokens.size(), nullptr);
  // Of phrases with one head the longer is a coordination, which is nobody's name.
  for (const Reference& reference : story_.references) {
    reference_of_[Raw(reference.head)] = &reference;
  }
  for (std::size_t head = 0; head < reference_of_.size(); ++head) {
    if (reference_of_[head] == nullptr) continue;
    const std::size_t chain = reference_of_[head]->chain;
    if (chain >= chains_.size()) chains_.resize(chain + 1);
    chains_[chain].push_back(head);
  }
}

bool Chains::IsFirstPerson(std::uint32_t i) const {
  const std::string& feats = story_.tokens[i].feats;
  return feats.find("Person=1") != std::string::npos &&
         feats.find("Number=Sing") != std::string::npos;
}

bool Chains::IsWe(std::uint32_t i) const {
  const std::string& feats = story_.tokens[i].feats;
  return feats.find("Person=1") != std::string::npos &&
         feats.find("Number=Plur") != std::string::npos;
}

Gender Chains::GenderOf(std::uint32_t pronoun) const {
  if (world_.Is(Folded(pronoun), WordKind::kHe)) return Gender::kMale;
  return world_.Is(Folded(pronoun), WordKind::kShe) ? Gender::kFemale : Gender::kUnknown;
}

std::optional<Cast::Index> Chains::ActorBeside(std::uint32_t pronoun) const {
  const Token& token = story_.tokens[pronoun];
  const bool object = token.deprel == "obj" || token.deprel == "iobj" || token.deprel == "obl";
  if (!object || !token.head || token.feats.find("Reflex=Yes") != std::string::npos)
    return std::nullopt;
  // "telephoned Ruiz and asked him": whoever telephoned asks.
  const auto subject = SubjectAt(*HeadOf(pronoun));
  return subject ? entity_of_[*subject] : std::nullopt;
}

std::optional<Cast::Index> Chains::BodySaying(std::uint32_t pronoun) const {
  const auto verb = HeadOf(pronoun);
  const auto saying = verb ? HeadOf(*verb) : std::nullopt;
  const bool told =
      saying && *saying < pronoun && story_.tokens[pronoun].deprel.starts_with("nsubj") &&
      story_.tokens[*verb].deprel == "ccomp" && world_.Is(Folded(*saying), WordKind::kSpeech);
  const auto subject = told ? SubjectAt(*saying) : std::nullopt;
  const auto speaker = subject ? MeantAt(*subject) : std::nullopt;
  if (!speaker) return std::nullopt;
  const EntityType type = cast_[*speaker].entity.type;
  const bool body = type == EntityType::kOrganization || type == EntityType::kCountry;
  return body ? speaker : std::nullopt;
}

std::optional<Cast::Index> Chains::BodyActedOn(std::uint32_t pronoun) const {
  const auto verb = HeadOf(pronoun);
  const auto over = verb ? HeadOf(*verb) : std::nullopt;
  const bool beside = over && *over < pronoun && story_.tokens[*verb].deprel == "advcl" &&
                      story_.tokens[pronoun].deprel.starts_with("nsubj");
  const auto subject = beside ? SubjectAt(*over) : std::nullopt;
  const auto doer = subject ? MeantAt(*subject) : std::nullopt;
  if (!doer || cast_[*doer].entity.type != EntityType::kPerson) return std::nullopt;
  for (std::uint32_t i = *over + 1; i < *verb; ++i) {
    if (HeadOf(i) != over || story_.tokens[i].deprel != "obj") continue;
    const auto body = MeantAt(i);
    if (!body) return std::nullopt;
    const EntityType type = cast_[*body].entity.type;
    return type == EntityType::kOrganization || type == EntityType::kCountry ? body : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Cast::Index> Chains::NamedInChain(std::uint32_t pronoun, Gender gender) const {
  const auto* heads = ChainOf(pronoun);
  if (heads == nullptr) return std::nullopt;
  const auto here = std::ranges::lower_bound(*heads, pronoun);
  for (auto head = here; head != heads->begin();) {
    const auto index = MeantAt(*--head);
    if (index && MayMean(pronoun, gender, cast_[*index])) return index;
  }
  return std::nullopt;
}

std::optional<Cast::Index> Chains::NextInChain(std::uint32_t pronoun, Gender gender) const {
  const auto* heads = ChainOf(pronoun);
  if (heads == nullptr) return std::nullopt;
  for (auto head = std::ranges::upper_bound(*heads, pronoun); head != heads->end(); ++head) {
    const auto index = MeantAt(*head);
    if (index && MayMean(pronoun, gender, cast_[*index])) return index;
  }
  return std::nullopt;
}

bool Chains::NamedLater(std::uint32_t pronoun, Gender gender) const {
  const auto* heads = ChainOf(pronoun);
  if (heads == nullptr || heads->front() != pronoun) return false;
  return gender != Gender::kUnknown && std::ranges::any_of(*heads, [&](std::size_t head) {
           return head > pronoun && head < sentence_.last &&
                  reference_of_[head]->kind == MentionKind::kName;
         });
}

const std::vector<std::size_t>* Chains::ChainOf(std::uint32_t head) const {
  return reference_of_[head] == nullptr ? nullptr : &chains_[reference_of_[head]->chain];
}

std::optional<Cast::Index> Chains::MeantAt(std::size_t head) const {
  return story_.tokens[head].upos == "ADJ" ? std::nullopt : entity_of_[head];
}

std::optional<Cast::Index> Chains::NamedNext(std::uint32_t pronoun, Gender gender) const {
  for (std::uint32_t i = pronoun + 1; i < sentence_.last; ++i) {
    if (!entity_of_[i] || !MayMean(pronoun, gender, cast_[*entity_of_[i]])) continue;
    return gender == Gender::kUnknown ? std::nullopt : entity_of_[i];
  }
  return std::nullopt;
}

std::optional<Cast::Index> Chains::SpeakerAt(std::uint32_t head) const {
  if (entity_of_[head]) return entity_of_[head];
  for (std::uint32_t i = head + 1; i < entity_of_.size() && i < head + 4; ++i) {
    const Token& token = story_.tokens[i];
    if (token.head && Raw(*token.head) == head && entity_of_[i]) return entity_of_[i];
  }
  return std::nullopt;
}

bool Chains::MayDescribe(std::uint32_t head, const Member& member) const {
  switch (member.entity.type) {
    case EntityType::kPlace:
      return false;
    case EntityType::kCountry:
      return world_.IsLandOf(Folded(head), member.entity.country.value_or(""));
    default:
      return true;
  }
}

bool Chains::IsDefinite(const Reference& reference) const {
  const std::string_view first = Folded(static_cast<std::uint32_t>(Raw(reference.first)));
  return first == "the" || first == "this" || first == "that" || first == "these" ||
         first == "those";
}

bool Chains::MayMean(std::uint32_t pronoun, Gender gender, const Member& member) const {
  const bool person = member.entity.type == EntityType::kPerson;
  if (gender != Gender::kUnknown) {
    return person && MayBe(member, gender);
  }
  const bool plural = story_.tokens[pronoun].feats.find("Number=Plur") != std::string::npos;
  return world_.Is(Folded(pronoun), WordKind::kIt) || plural ? !person : true;
}

bool Chains::IsExpletive(std::uint32_t i) const {
  if (Folded(i) != "it" || i + 1 >= sentence_.last) return false;
  const std::string_view verb = Folded(i + 1);
  return verb == "is" || verb == "was" || verb == "'s" || verb == "takes" || verb == "took" ||
         verb == "seems" || verb == "appears";
}

}  // namespace dateline::actors
