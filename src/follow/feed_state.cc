#include "follow/feed_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace dateline::follow {
namespace {

constexpr std::string_view kHead = "# dateline follow 1\n";
constexpr std::size_t kCells = 7;
constexpr std::uint32_t kMostDoublings = 20;
constexpr std::int64_t kLongestAsked = 604800;  // a week

/// Headers of a server are written by others: no tab or line end passes.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20) cell += c;
  }
  return cell;
}

std::vector<std::string_view> Split(std::string_view line, char at) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t end = line.find(at);
    cells.push_back(line.substr(0, end));
    if (end == line.npos) return cells;
    line.remove_prefix(end + 1);
  }
}

template <typename Number>
std::optional<Number> Read(std::string_view text, int base = 10) {
  Number number{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<FeedState> StateOf(std::string_view line) {
  const bool plain = std::ranges::all_of(
      line, [](char c) { return c == '\t' || static_cast<unsigned char>(c) >= 0x20; });
  if (!plain) return std::nullopt;
  const auto cells = Split(line, '\t');
  if (cells.size() != kCells || cells[0].empty()) return std::nullopt;
  const auto next = Read<std::int64_t>(cells[3]);
  const auto failures = Read<std::uint32_t>(cells[4]);
  if (!next || !failures || (cells[5] != "0" && cells[5] != "1")) return std::nullopt;
  FeedState state{.url = std::string(cells[0]),
                  .etag = std::string(cells[1]),
                  .last_modified = std::string(cells[2]),
                  .next = *next,
                  .failures = *failures,
                  .gone = cells[5] == "1"};
  if (cells[6].empty()) return state;
  for (const std::string_view hash : Split(cells[6], ' ')) {
    const auto value = Read<std::uint64_t>(hash, 16);
    if (!value) return std::nullopt;
    state.seen.push_back(*value);
  }
  return state;
}

}  // namespace

void Succeed(FeedState& state, const Pace& pace, std::int64_t now, std::int64_t asked) {
  state.failures = 0;
  state.next = now + std::max(pace.every, std::min(asked, kLongestAsked));
}

void FailOnce(FeedState& state, const Pace& pace, std::int64_t now, std::int64_t asked) {
  state.failures = std::min(state.failures + 1, kMostDoublings);
  const std::int64_t doubled = pace.every << state.failures;
  const std::int64_t wait = std::min(doubled, std::max(pace.longest, pace.every));
  state.next = now + std::max(wait, std::min(asked, kLongestAsked));
}

std::string WriteStates(const std::vector<FeedState>& states) {
  std::string out(kHead);
  for (const FeedState& state : states) {
    std::string seen;
    for (const std::uint64_t hash : state.seen) {
      if (!seen.empty()) seen += ' ';
      seen += fmt::format("{:016x}", hash);
    }
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", Cell(state.url), Cell(state.etag),
                       Cell(state.last_modified), state.next, state.failures, state.gone ? 1 : 0,
                       seen);
  }
  return out;
}

Result<std::vector<FeedState>> ReadStates(std::string_view bytes, std::string_view path) {
  std::vector<FeedState> states;
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    auto state = StateOf(line);
    if (!state) {
      return Fail(ErrorCode::kMalformed,
                  "is no line of a follower's states; name another file, or delete this one to "
                  "begin anew",
                  fmt::format("{}:{}", path, number));
    }
    states.push_back(*std::move(state));
  }
  return states;
}

}  // namespace dateline::follow
