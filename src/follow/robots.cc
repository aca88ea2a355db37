#include "follow/robots.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace dateline::follow {
namespace {

constexpr std::size_t kMostRules = 10000;
constexpr std::size_t kLongestPattern = 2048;
constexpr double kLongestDelay = 3600;

/// "Disallow: /x # y" as ("disallow", "/x").
std::pair<std::string, std::string_view> FieldOf(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return {};
  return {base::Lower(base::Trim(line.substr(0, colon))), base::Trim(line.substr(colon + 1))};
}

/// Whether the line of a group means the program: its name is the whole of ours, or all programs.
enum class Named { kNo, kAll, kUs };

Named NamedBy(std::string_view value, std::string_view agent) {
  if (value == "*") return Named::kAll;
  const std::size_t end = value.find_first_of("/ \t");
  return base::Lower(value.substr(0, end)) == base::Lower(agent) ? Named::kUs : Named::kNo;
}

/// Reads the groups of a file: those that name us, and those for all.
class Reader {
 public:
  explicit Reader(std::string_view agent) : agent_(agent) {}

  void Take(std::string_view line) {
    const auto [name, value] = FieldOf(line);
    if (name == "user-agent") {
      if (in_rules_) us_ = all_ = false;
      in_rules_ = false;
      const Named named = NamedBy(value, agent_);
      us_ = us_ || named == Named::kUs;
      all_ = all_ || named == Named::kAll;
      found_us_ = found_us_ || named == Named::kUs;
      return;
    }
    if (name == "allow" || name == "disallow") {
      in_rules_ = true;
      AddRule(value, name == "allow");
    } else if (name == "crawl-delay") {
      in_rules_ = true;
      AddDelay(value);
    }
  }

  Robots Finish() { return std::move(found_us_ ? ours_ : everyones_); }

 private:
  void AddRule(std::string_view pattern, bool allow) {
    if (pattern.empty() || pattern.size() > kLongestPattern) return;
    for (auto [mine, robots] : {std::pair(us_, &ours_), std::pair(all_, &everyones_)}) {
      if (mine && robots->rules.size() < kMostRules) {
        robots->rules.push_back({std::string(pattern), allow});
      }
    }
  }

  void AddDelay(std::string_view value) {
    double delay = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), delay);
    const bool read = error == std::errc() && stop == value.data() + value.size();
    if (!read || !(delay >= 0)) return;
    delay = std::min(delay, kLongestDelay);
    if (us_) ours_.delay = delay;
    if (all_) everyones_.delay = delay;
  }

  std::string_view agent_;
  Robots ours_;
  Robots everyones_;
  bool us_ = false;   ///< the group under way names us
  bool all_ = false;  ///< … all programs
  bool in_rules_ = false;
  bool found_us_ = false;
};

/// Whether the path begins as the pattern says. Stars are matched greedily from the left, going
/// back to the last one only, which is enough for patterns without other wild cards.
bool Fits(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t at = 0;
  std::size_t in_path = 0;
  std::optional<std::size_t> star;
  std::size_t star_path = 0;
  while (true) {
    if (at == pattern.size() && (!anchored || in_path == path.size())) return true;
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      star_path = in_path;
    } else if (at < pattern.size() && in_path < path.size() && pattern[at] == path[in_path]) {
      ++at;
      ++in_path;
    } else if (star && star_path < path.size()) {
      at = *star + 1;
      in_path = ++star_path;
    } else {
      return false;
    }
  }
}

}  // namespace

Robots ParseRobots(std::string_view bytes, std::string_view agent) {
  Reader reader(agent);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    reader.Take(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return reader.Finish();
}

Robots NoRobots() { return {.rules = {{"/", false}}, .delay = 0}; }

bool IsAllowed(const Robots& robots, std::string_view path) {
  bool allowed = true;
  std::size_t longest = 0;
  for (const RobotsRule& rule : robots.rules) {
    if (!Fits(rule.pattern, path)) continue;
    const bool decides =
        rule.pattern.size() > longest || (rule.pattern.size() == longest && rule.allow);
    if (!decides) continue;
    longest = rule.pattern.size();
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace dateline::follow
