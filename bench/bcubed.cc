#include "bcubed.h"

#include <map>
#include <utility>

namespace dateline::bench {

BCubed ScoreBCubed(const std::vector<std::uint64_t>& found,
                   const std::vector<std::uint64_t>& known) {
  std::map<std::pair<std::uint64_t, std::uint64_t>, double> both;
  std::map<std::uint64_t, double> of_cluster;
  std::map<std::uint64_t, double> of_group;
  for (std::size_t i = 0; i < found.size(); ++i) {
    both[{found[i], known[i]}] += 1;
    of_cluster[found[i]] += 1;
    of_group[known[i]] += 1;
  }
  BCubed score;
  for (const auto& [pair, count] : both) {
    score.precision += count * count / of_cluster[pair.first];
    score.recall += count * count / of_group[pair.second];
  }
  if (found.empty()) return score;
  score.precision /= static_cast<double>(found.size());
  score.recall /= static_cast<double>(found.size());
  return score;
}

}  // namespace dateline::bench
