/// Numbers as news prints them: "at least 12", "dozens", "between 20 and 30", "3.5 million".
#pragma once

#include <cstdint>
#include <optional>

#include "events/scene.h"

namespace dateline::events {

struct Quantity {
  double least = 0;
  std::optional<double> most;  ///< absent where no upper bound is stated
  Range words{};               ///< with its qualifier: "at least 12"
  std::uint32_t last = 0;      ///< the last word of the number itself: "million", "dozens"
};

/// The number that begins at word `at`, its qualifier before it included; absent where none begins
/// there. "Dozens" are at least 24, "scores" 40, "hundreds" 200, "tens of thousands" 20,000. What
/// is "about" n lies within a tenth of it; "nearly" n within a tenth below.
std::optional<Quantity> QuantityAt(const StoryView& view, Range sentence, std::uint32_t at);

}  // namespace dateline::events
