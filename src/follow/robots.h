/// robots.txt (RFC 9309): what a program may fetch from a host.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline::follow {

struct RobotsRule {
  std::string pattern;  ///< of a path: `*` stands for anything, `$` at its end for the end
  bool allow = false;
  bool operator==(const RobotsRule&) const = default;
};

struct Robots {
  std::vector<RobotsRule> rules{};
  double delay = 0;  ///< seconds between two visits that the host asks for; 0: none asked
  bool operator==(const Robots&) const = default;
};

/// The rules for the program that calls itself `agent` ("dateline"), else those for all. Lines that
/// are no rules are passed over, as the RFC wants; behind ten thousand rules the rest is left.
Robots ParseRobots(std::string_view bytes, std::string_view agent);

/// Nothing may be fetched: what a host that cannot answer is taken to mean.
Robots NoRobots();

/// Whether the path with its query ("/news?page=2") may be fetched. The longest pattern decides; of
/// two, Allow.
bool IsAllowed(const Robots& robots, std::string_view path);

}  // namespace dateline::follow
