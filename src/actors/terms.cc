#include "actors/terms.h"

#include <algorithm>

namespace dateline::actors {
namespace {

bool Earlier(std::string_view a, std::string_view b) {
  const std::size_t length = std::min(a.size(), b.size());
  return a.substr(0, length) < b.substr(0, length);
}

}  // namespace

Standing StandingOn(std::string_view day, std::string_view from, std::string_view to) {
  if (day.empty()) return to.empty() ? Standing::kHolds : Standing::kAfter;
  if (!from.empty() && Earlier(day, from)) return Standing::kBefore;
  if (!to.empty() && Earlier(to, day)) return Standing::kAfter;
  return Standing::kHolds;
}

}  // namespace dateline::actors
