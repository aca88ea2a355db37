/// What an entity of a story tells of who it is, and the keys by which others of it are found. All
/// of it is told by the story alone, so that any thread can make it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/full_name.h"
#include "dateline/story.h"

namespace dateline::archive {

/// What somebody works in, as an actor code tells.
enum class Sector : std::uint8_t {
  kUnknown,
  kState,  ///< those who govern, and who want to
  kArmed,
  kBusiness,
  kMedia,
  kEducation,
  kCrime,
  kReligion,
  kHealth,
};
/// "state", "BUS"; empty: not known.
std::string_view SectorName(Sector sector);
Sector SectorNamed(std::string_view name);

struct IdentitySigns {
  FullName name{};
  Sector sector = Sector::kUnknown;
  std::vector<std::string> titles{};    ///< of its offices, folded
  std::vector<std::string> acronyms{};  ///< of a body, folded
  std::int32_t day = 0;                 ///< of the story
  /// Many may be meant: by a surname, by initials without a country, and by what each country has
  /// one of.
  bool vague = false;
  std::vector<std::int64_t> name_keys{};       ///< of a name that is told so again
  std::vector<std::int64_t> like_keys{};       ///< of a like name: surname and initial, acronyms
  std::vector<std::int64_t> office_keys{};     ///< of a person with a country, one a title
  std::optional<std::int64_t> known_key{};     ///< of the name under which the tables have it
  std::optional<std::int64_t> surname_key{};   ///< of a person
  std::optional<std::int64_t> initials_key{};  ///< of a body
};

/// Whether it is of an identity: a person, organisation or group that the story names.
bool HasIdentity(const Entity& entity);
/// Nothing where HasIdentity is false.
std::optional<IdentitySigns> SignsOf(const Story& story, const Entity& entity);
/// Of each entity.
std::vector<std::optional<IdentitySigns>> SignsOf(const Story& story);

}  // namespace dateline::archive
