/// What stands where in a story: the words, trees and places that the finders of actors look at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/place.h"
#include "dateline/story.h"
#include "names/reading.h"

namespace dateline::actors {

/// Base of the classes that walk over a story. Keeps views; must not outlive the reading.
class StoryReader {
 protected:
  explicit StoryReader(const names::Reading& reading)
      : story_(reading.story()), reading_(reading) {}

  [[nodiscard]] std::string_view Folded(std::uint32_t i) const { return reading_.Folded(i); }
  /// As it is written, on one line.
  [[nodiscard]] std::string TextOf(names::TokenRange range) const;
  /// The token that this one hangs on; absent: the root.
  [[nodiscard]] std::optional<std::uint32_t> HeadOf(std::uint32_t at) const;
  /// The subject before the verb, or of the verb that it is joined to.
  [[nodiscard]] std::optional<std::uint32_t> SubjectAt(std::uint32_t verb) const;
  /// The place found at exactly these tokens, or null.
  [[nodiscard]] const Place* PlaceAt(names::TokenRange range) const;
  /// The first place that begins at the token or behind it.
  [[nodiscard]] std::vector<Place>::const_iterator PlaceFrom(std::uint32_t at) const;
  /// "she", "its", "himself".
  [[nodiscard]] bool IsPersonal(std::uint32_t i) const;

  const Story& story_;
  const names::Reading& reading_;
};

}  // namespace dateline::actors
