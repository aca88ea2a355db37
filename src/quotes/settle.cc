#include "quotes/settle.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace dateline::quotes {

bool Holds(const std::vector<Range>& ranges, std::uint32_t at) {
  return std::ranges::any_of(ranges, [&](Range range) { return range.Contains(at); });
}

bool HoldsAll(const std::vector<Range>& outer, const std::vector<Range>& inner) {
  return std::ranges::all_of(inner, [&](Range part) {
    return std::ranges::any_of(
        outer, [&](Range range) { return range.begin <= part.begin && part.end <= range.end; });
  });
}

namespace {

/// A quotation and one who says it.
struct Claim {
  std::uint32_t quotation = 0;
  std::size_t finding = 0;
};

void AddClaims(const Reading& reading, const Finding& one, std::size_t index,
               std::vector<Claim>& claims) {
  for (const Range range : one.content) {
    for (std::uint32_t at = range.begin; at < range.end;) {
      const auto q = reading.quotation_of[at];
      const bool own = q && (one.head == kNoNode || reading.quotation_of[one.head] != q);
      if (own) claims.push_back({*q, index});
      at = q ? std::max(reading.quoted[*q].end, at + 1) : at + 1;
    }
  }
}

/// Takes the words of `gone` out of the ranges.
void Cut(std::vector<Range>& ranges, Range gone) {
  std::vector<Range> left;
  for (const Range range : ranges) {
    const Range before{range.begin, std::min(range.end, gone.begin)};
    const Range after{std::max(range.begin, gone.end), range.end};
    if (!before.empty()) left.push_back(before);
    if (!after.empty()) left.push_back(after);
  }
  ranges = std::move(left);
}

/// Ranges without those of marks alone.
void DropMarks(const Graph& graph, std::vector<Range>& ranges) {
  std::erase_if(ranges, [&](Range range) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      if (!graph.nodes[at].punctuation()) return false;
    }
    return true;
  });
}

bool StandsIn(const Finding& one, const Finding& other) {
  return one.head != kNoNode && Holds(other.content, one.head);
}

std::pair<bool, float> RightTo(const Graph& graph, const Finding& one, Range quoted) {
  const bool near =
      one.head != kNoNode && graph.nodes[one.head].frame == graph.nodes[quoted.begin].frame;
  return {near, one.score};
}

}  // namespace

void ShareQuotations(const Reading& reading, const Graph& graph, std::vector<Finding>& found) {
  std::vector<Claim> claims;
  for (std::size_t i = 0; i < found.size(); ++i) AddClaims(reading, found[i], i, claims);
  std::ranges::stable_sort(claims, {}, &Claim::quotation);
  for (auto first = claims.begin(); first != claims.end();) {
    const std::uint32_t q = first->quotation;
    const auto last = std::find_if(first, claims.end(), [&](Claim c) { return c.quotation != q; });
    const Range quoted = reading.quoted[q];
    const auto owner = std::max_element(first, last, [&](Claim a, Claim b) {
      return RightTo(graph, found[a.finding], quoted) < RightTo(graph, found[b.finding], quoted);
    });
    for (auto claim = first; claim != last; ++claim) {
      Finding& one = found[claim->finding];
      const Finding& best = found[owner->finding];
      if (claim->finding == owner->finding || StandsIn(one, best) || StandsIn(best, one)) continue;
      Cut(one.content, quoted);
      DropMarks(graph, one.content);
    }
    first = last;
  }
  std::erase_if(found, [](const Finding& one) { return one.content.empty(); });
}

namespace {

/// The quotation that ends with a comma before the cue of `one`, and after which nothing is said.
std::optional<std::uint32_t> BrokenOff(const Reading& reading, const Finding& one) {
  if (one.head == kNoNode) return std::nullopt;
  const Range last = one.content.back();
  const auto q = reading.quotation_of[last.end - 1];
  if (!q || reading.quoted[*q].end != last.end || last.end > one.cue.begin) return std::nullopt;
  const std::string_view inner = reading.quotations[*q].inner.of(reading.text());
  const std::size_t end = inner.find_last_not_of(" \n");
  return end != std::string_view::npos && inner[end] == ',' ? q : std::nullopt;
}

}  // namespace

void ContinueQuotations(const Reading& reading, const Graph& graph, const std::vector<bool>& taken,
                        std::vector<Finding>& found) {
  for (Finding& one : found) {
    const auto q = BrokenOff(reading, one);
    if (!q || *q + 1 >= reading.quoted.size()) continue;
    const Range next = reading.quoted[*q + 1];
    const bool fits = !next.empty() && next.begin > one.cue.end && !taken[next.begin] &&
                      !taken[next.end - 1] && reading.word(next.begin - 1).form == "," &&
                      graph.nodes[next.begin].frame == graph.nodes[one.head].frame;
    if (fits) one.content.push_back(next);
  }
}

namespace {

Range Hull(const Finding& one) { return {one.content.front().begin, one.content.back().end}; }

/// Of two that cross, the more certain one stays.
void DropCrossing(std::vector<Finding>& found) {
  std::vector<bool> dropped(found.size(), false);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < found.size(); ++i) {
    while (!open.empty() && Hull(found[open.back()]).end <= Hull(found[i]).begin) open.pop_back();
    while (!open.empty() && !dropped[i] && Hull(found[i]).end > Hull(found[open.back()]).end) {
      if (found[open.back()].made.confidence >= found[i].made.confidence) {
        dropped[i] = true;
      } else {
        dropped[open.back()] = true;
        open.pop_back();
      }
    }
    if (!dropped[i]) open.push_back(i);
  }
  std::size_t i = 0;
  std::erase_if(found, [&](const Finding&) { return dropped[i++]; });
}

bool IsInside(const Finding& inner, const Finding& outer) {
  if (!HoldsAll(outer.content, inner.content)) return false;
  return inner.head == kNoNode ? inner.content != outer.content : StandsIn(inner, outer);
}

}  // namespace

void SortAndNest(std::vector<Finding>& found) {
  std::ranges::stable_sort(found, [](const Finding& a, const Finding& b) {
    return std::pair(Hull(a).begin, Hull(b).end) < std::pair(Hull(b).begin, Hull(a).end);
  });
  DropCrossing(found);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < found.size(); ++i) {
    while (!open.empty() && Hull(found[open.back()]).end <= Hull(found[i]).begin) open.pop_back();
    const auto outer = std::find_if(open.rbegin(), open.rend(),
                                    [&](std::size_t j) { return IsInside(found[i], found[j]); });
    if (outer != open.rend()) {
      found[i].made.inside = AttributionIndex{static_cast<std::uint32_t>(*outer)};
    }
    open.push_back(i);
  }
}

}  // namespace dateline::quotes
