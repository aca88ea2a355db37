/// People told of as many, and what carries people: whom "them", "the five", "seven of them", "the
/// men" and "the crew" mean further on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dateline::events {

struct Scene;
struct StoryView;

struct Group {
  std::uint32_t head = 0;  ///< its noun, in the story
  std::string lemma;
  std::string code;         ///< whose they are, as their phrase tells
  std::uint32_t count = 0;  ///< how many; 0: not told
  bool home = false;        ///< nothing says whose: of the country that is spoken of
  bool carrier = false;     ///< no people: a ship, a bus
  bool patient = false;     ///< the verb acts on them
};

using Groups = std::vector<Group>;  ///< in the order of the text

/// Gives the words of a scene that point back to a group its actors, and adds its own groups to
/// those told before. The scene's actors and citizens must be known.
void ReadGroups(const StoryView& view, Scene& scene, Groups& groups);

}  // namespace dateline::events
