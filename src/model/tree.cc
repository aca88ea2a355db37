// The greatest tree picks for each word its best head; where such choices form a cycle, the cycle
// is made one node, the smaller problem is solved, and the cycle is broken where the solution
// enters it. To have just one word at the root, each use of the root costs more than any tree can
// gain, once the cheap case (the best heads are a tree with one root already) is out.
#include "model/tree.h"

#include <algorithm>
#include <cstddef>

namespace dateline::model {
namespace {

constexpr std::int64_t kRootCost = std::int64_t{1} << 40U;
constexpr std::int64_t kNever = -(std::int64_t{1} << 60U);

/// A square matrix of scores, row d column h, node 0 the root.
struct Problem {
  std::size_t n = 0;
  std::vector<std::int64_t> scores{};
  [[nodiscard]] std::int64_t& At(std::size_t d, std::size_t h) { return scores[d * n + h]; }
  [[nodiscard]] std::int64_t At(std::size_t d, std::size_t h) const { return scores[d * n + h]; }
};

using HeadOfWord = std::vector<std::uint32_t>;

/// The words of the first cycle met going up from word 1, 2, …, sorted; empty for none.
std::vector<std::uint32_t> FindCycle(std::span<const std::uint32_t> heads) {
  std::vector<std::uint32_t> met(heads.size(), 0);
  for (std::uint32_t start = 1; start < heads.size(); ++start) {
    std::uint32_t at = start;
    while (at != 0 && met[at] == 0) {
      met[at] = start;
      at = heads[at];
    }
    if (at == 0 || met[at] != start) continue;
    std::vector<std::uint32_t> cycle{at};
    for (std::uint32_t next = heads[at]; next != at; next = heads[next]) cycle.push_back(next);
    std::ranges::sort(cycle);
    return cycle;
  }
  return {};
}

HeadOfWord BestHeads(const Problem& problem) {
  HeadOfWord heads(problem.n, 0);
  for (std::size_t d = 1; d < problem.n; ++d) {
    const auto row = std::span(problem.scores).subspan(d * problem.n, problem.n);
    heads[d] = static_cast<std::uint32_t>(std::ranges::max_element(row) - row.begin());
  }
  return heads;
}

/// A problem whose last node stands for a cycle of a larger one.
struct Contraction {
  Problem problem{};
  std::vector<std::uint32_t> outside{};   ///< nodes of the larger problem that are not in the cycle
  std::vector<std::uint32_t> leave_at{};  ///< for each outside node, its best head in the cycle
  std::vector<std::uint32_t> enter_at{};  ///< for each outside node, the word of the cycle it heads
};

Contraction Contract(const Problem& whole, const HeadOfWord& heads,
                     const std::vector<std::uint32_t>& cycle) {
  Contraction made;
  for (std::uint32_t v = 0; v < whole.n; ++v) {
    if (!std::ranges::binary_search(cycle, v)) made.outside.push_back(v);
  }
  const std::size_t last = made.outside.size();
  made.problem.n = last + 1;
  made.problem.scores.assign(made.problem.n * made.problem.n, kNever);
  for (std::size_t i = 0; i < last; ++i) {
    const std::uint32_t v = made.outside[i];
    for (std::size_t j = 0; j < last; ++j) {
      made.problem.At(i, j) = whole.At(v, made.outside[j]);
    }
    const auto* leave =
        &*std::ranges::max_element(cycle, {}, [&](std::uint32_t in) { return whole.At(v, in); });
    const auto* enter = &*std::ranges::max_element(
        cycle, {}, [&](std::uint32_t in) { return whole.At(in, v) - whole.At(in, heads[in]); });
    made.leave_at.push_back(*leave);
    made.enter_at.push_back(*enter);
    made.problem.At(i, last) = whole.At(v, *leave);
    made.problem.At(last, i) = whole.At(*enter, v) - whole.At(*enter, heads[*enter]);
  }
  std::fill_n(made.problem.scores.begin(), made.problem.n, kNever);
  return made;
}

HeadOfWord Solve(const Problem& problem) {
  HeadOfWord heads = BestHeads(problem);
  const std::vector<std::uint32_t> cycle = FindCycle(heads);
  if (cycle.empty()) return heads;
  const Contraction made = Contract(problem, heads, cycle);
  const HeadOfWord got = Solve(made.problem);
  const std::size_t last = made.outside.size();
  for (std::size_t i = 1; i < last; ++i) {
    const bool leaves = got[i] == last;
    heads[made.outside[i]] = leaves ? made.leave_at[i] : made.outside[got[i]];
  }
  heads[made.enter_at[got[last]]] = made.outside[got[last]];
  return heads;
}

/// The best head of each word, itself left out; true when they are a tree with one root.
bool TakeBestHeads(std::span<const std::int64_t> scores, std::span<std::uint32_t> heads) {
  const std::size_t n = heads.size();
  std::size_t roots = 0;
  for (std::size_t d = 0; d < n; ++d) {
    const std::int64_t* row = scores.data() + d * (n + 1);
    std::uint32_t best = 0;
    for (std::uint32_t h = 1; h <= n; ++h) {
      if (h != d + 1 && row[h] > row[best]) best = h;
    }
    heads[d] = best;
    roots += best == 0 ? 1U : 0U;
  }
  if (roots != 1) return false;
  HeadOfWord all(n + 1, 0);
  std::ranges::copy(heads, all.begin() + 1);
  return FindCycle(all).empty();
}

}  // namespace

void FindGreatestTree(std::span<const std::int64_t> scores, std::span<std::uint32_t> heads,
                      TreeScratch& scratch) {
  if (TakeBestHeads(scores, heads)) return;
  const std::size_t n = heads.size();
  Problem problem{.n = n + 1, .scores = std::move(scratch.scores)};
  problem.scores.assign((n + 1) * (n + 1), kNever);
  for (std::size_t d = 1; d <= n; ++d) {
    std::copy_n(scores.data() + (d - 1) * (n + 1), n + 1, &problem.At(d, 0));
    problem.At(d, 0) -= kRootCost;
    problem.At(d, d) = kNever;
  }
  const HeadOfWord found = Solve(problem);
  std::copy(found.begin() + 1, found.end(), heads.begin());
  scratch.scores = std::move(problem.scores);
}

}  // namespace dateline::model
