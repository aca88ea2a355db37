/// In which land a name stands by what is told around it: "Tanzania shut its crossings after gunmen
/// struck near the village of [Kumbu]".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "places/toponym.h"

namespace dateline::places {

/// What another name of the story is taken for; without a country where that is not known.
struct Neighbour {
  std::string_view country{};
  bool state = false;  ///< the country itself
};

using NeighbourAt = std::function<Neighbour(std::size_t)>;

/// The country of the nearest name before `at` in its sentence, else that of the last town or
/// province told of before in its paragraph; empty: none. Nationalities do not count. `told`
/// answers for each number of a toponym.
std::string_view LandAround(const std::vector<Toponym>& toponyms, std::size_t at,
                            const NeighbourAt& told);

}  // namespace dateline::places
