// Bytes as an alerts file, a robots.txt and a file of states, by the first byte. What is accepted
// must be usable: conditions are tried on a story, states come back as they were written.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "follow/alerts.h"
#include "follow/feed_state.h"
#include "follow/robots.h"
#include "record/sample_story.h"

using namespace dateline;

namespace {

void TryAlerts(std::string_view bytes) {
  static const Story story = record::FullStory();
  const auto alerts = follow::ParseAlerts(bytes, "alerts");
  if (!alerts) {
    assert(!alerts.error().message.empty() && alerts.error().where.starts_with("alerts:"));
    return;
  }
  for (const follow::Alert& alert : *alerts) {
    assert(!alert.actions.empty());
    for (const std::uint32_t at : follow::FindMatches(alert.condition, story)) {
      assert(at < story.events.size() + story.attributions.size() + story.entities.size());
    }
  }
}

void TryRobots(std::string_view bytes) {
  const follow::Robots robots = follow::ParseRobots(bytes, "dateline");
  assert(robots.delay >= 0);
  follow::IsAllowed(robots, "/news/2031/05/04/a.html?page=2");
  follow::IsAllowed(robots, bytes.substr(0, 200));
}

void TryStates(std::string_view bytes) {
  const auto states = follow::ReadStates(bytes, "states");
  if (!states) return;
  const std::string once = follow::WriteStates(*states);
  const auto again = follow::ReadStates(once, "states");
  assert(again && follow::WriteStates(*again) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      TryAlerts(bytes);
      break;
    case 1:
      TryRobots(bytes);
      break;
    default:
      TryStates(bytes);
  }
  return 0;
}
