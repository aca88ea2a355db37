/// Who is who: people, organisations, countries … with their mentions, roles and actor codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline {

enum class EntityType : std::uint8_t {
  kPerson,
  kOrganization,
  kCountry,
  kPlace,
  kGroup,
  kFacility,
  kWork,
  kEvent,
  kOther,
};
std::string_view EntityTypeName(EntityType type);
std::optional<EntityType> ParseEntityType(std::string_view name);

enum class MentionKind : std::uint8_t { kName, kNominal, kPronoun };
std::string_view MentionKindName(MentionKind kind);
std::optional<MentionKind> ParseMentionKind(std::string_view name);

/// One place in the text that means the entity, with title and apposition that belong to it.
struct Mention {
  Span span;
  MentionKind kind = MentionKind::kName;
  bool operator==(const Mention&) const = default;
};

/// An office or position: "Defence Minister" of CHN.
struct Role {
  std::string title;                ///< as printed
  std::optional<std::string> of;    ///< ISO 3166-1 alpha-3 country or the organisation's name
  std::optional<std::string> time;  ///< "former", "acting", "designate", "late" where printed
  Span span;                        ///< where the text says so
  bool operator==(const Role&) const = default;
};

struct Entity {
  EntityType type = EntityType::kOther;
  std::string name;                    ///< the fullest name in the story
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3
  std::optional<std::string> actor;  ///< CAMEO actor code as of the story's date, e.g. "CHNGOVMIL"
  std::vector<Role> roles;           ///< in order of appearance
  std::vector<Mention> mentions;     ///< sorted by begin; never empty
  /// The name under which the tables of people and bodies have it, whatever the story calls it:
  /// the same in every story.
  std::optional<std::string> known_as{};
  bool operator==(const Entity&) const = default;
};

}  // namespace dateline
