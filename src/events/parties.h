/// Who the sides of a match are: states and their servants, the people at large, or private persons
/// and things that happen to come from somewhere ("a Danish baker", "coffee from Peru").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text_map.h"
#include "dateline/result.h"
#include "events/matcher.h"
#include "tables/tables.h"

namespace dateline::events {

enum class PartyKind : std::uint8_t {
  kState,    ///< a country or its capital by name
  kPublic,   ///< government, army, police, courts, parties, rebels, bodies of states
  kCivic,    ///< people as citizens: workers, students, believers, refugees, the press
  kPrivate,  ///< firms, private persons, things
  kNamed,    ///< a name of which nothing more is known
};

struct Party {
  PartyKind kind = PartyKind::kNamed;
  std::uint32_t head = 0;  ///< the head of the phrase that stands where the side stands
};

/// Which nouns are whose: of data/events/heads. Immutable after Load; thread-safe.
class PartyTable {
 public:
  static Result<PartyTable> Load(const tables::Tables& tables);

  /// The kind of an actor of the scene, by its code, else by the head of its phrase.
  [[nodiscard]] Party PartyOf(const StoryView& view, const Scene& scene, std::uint32_t actor) const;

  /// Of the actors of one side the most public; absent for an empty side.
  [[nodiscard]] std::optional<Party> MostPublic(const StoryView& view, const Scene& scene,
                                                const ActorSet& side) const;

 private:
  [[nodiscard]] PartyKind KindOfHead(const StoryView& view, const Scene& scene,
                                     std::uint32_t head) const;

  base::TextMap<PartyKind> heads_;
};

}  // namespace dateline::events
