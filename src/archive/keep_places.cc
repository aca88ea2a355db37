#include "archive/keep_places.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace dateline::archive {
namespace {

/// Whether both tell of the same thing in the same words, whatever else is told of it.
bool IsSame(const Event& one, const Event& other) {
  const auto same_sides = [](const std::vector<EventActor>& a, const std::vector<EventActor>& b) {
    return std::ranges::equal(a, b, {}, &EventActor::span, &EventActor::span);
  };
  return one.cameo == other.cameo && one.trigger == other.trigger &&
         same_sides(one.source, other.source) && same_sides(one.target, other.target);
}

}  // namespace

void KeepPlaces(const std::vector<Event>& old, std::vector<Event>& events) {
  std::vector<std::optional<Event>> places(old.size());
  std::vector<Event> fresh;
  for (Event& event : events) {
    std::size_t at = 0;
    while (at < old.size() && (places[at] || !IsSame(old[at], event))) ++at;
    if (at < old.size()) {
      places[at] = std::move(event);
    } else {
      fresh.push_back(std::move(event));
    }
  }
  auto next = fresh.begin();
  for (auto& place : places) {
    if (!place && next != fresh.end()) place = std::move(*next++);
  }
  events.clear();
  for (auto& place : places) {
    if (place) events.push_back(*std::move(place));
  }
  for (; next != fresh.end(); ++next) events.push_back(std::move(*next));
}

}  // namespace dateline::archive
