#include "places/surroundings.h"

namespace dateline::places {

std::string_view LandAround(const std::vector<Toponym>& toponyms, std::size_t at,
                            const NeighbourAt& told) {
  constexpr std::uint32_t kReach = 2;  ///< sentences
  const Toponym& name = toponyms[at];
  for (std::size_t behind = at; behind > 0; --behind) {
    const Toponym& before = toponyms[behind - 1];
    const bool same = before.sentence == name.sentence;
    if (!same && (before.block != name.block || name.sentence - before.sentence > kReach)) break;
    if (before.adjective) continue;
    const Neighbour land = told(behind - 1);
    if (!land.country.empty() && (same || !land.state)) return land.country;
  }
  return {};
}

}  // namespace dateline::places
