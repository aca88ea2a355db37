#include "progress.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "counted.h"
#include "file_walk.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kBarWidth = 20;
constexpr auto kSilence = std::chrono::seconds(1);
constexpr auto kInterval = std::chrono::milliseconds(200);

/// "1:05" or "2:01:05".
std::string Span(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

/// Bytes below the paths; nothing when a path is no file or folder, or when asked to stop.
std::optional<std::uint64_t> Measure(const std::stop_token& stop,
                                     const std::vector<std::string>& paths) {
  std::uint64_t total = 0;
  struct stat info{};
  for (const std::string& path : paths) {
    if (stat(path.c_str(), &info) != 0) continue;
    if (S_ISREG(info.st_mode)) {
      total += static_cast<std::uint64_t>(info.st_size);
      continue;
    }
    if (!S_ISDIR(info.st_mode)) return std::nullopt;
    FileWalk walk(path);
    while (const auto file = walk.Next()) {
      if (stop.stop_requested()) return std::nullopt;
      if (!file->has_value() || stat((*file)->c_str(), &info) != 0) continue;
      total += static_cast<std::uint64_t>(info.st_size);
    }
  }
  return total;
}

}  // namespace

std::string ProgressLine(const ProgressState& state, std::size_t width) {
  const double seconds = std::max(state.elapsed.count(), 1e-3);
  std::string line;
  if (state.total_bytes && *state.total_bytes > 0) {
    const double part =
        std::min(1.0, static_cast<double>(state.bytes) / static_cast<double>(*state.total_bytes));
    const auto full = static_cast<std::size_t>(part * kBarWidth);
    line = fmt::format("[{}{}] {:3.0f}%  ", std::string(full, '#'),
                       std::string(kBarWidth - full, '-'), part * 100);
    if (part > 0) {
      line += fmt::format("{} left  ", Span(seconds / part - seconds));
    }
  }
  line += fmt::format(
      "{} stories  {}/s", Grouped(state.stories),
      Grouped(static_cast<std::uint64_t>(static_cast<double>(state.stories) / seconds)));
  if (line.size() >= width) line.resize(width == 0 ? 0 : width - 1);
  return line;
}

Progress::Progress(bool enabled, std::vector<std::string> paths)
    : enabled_(enabled), start_(Clock::now()), next_draw_(start_ + kSilence) {
  if (!enabled_) return;
  measuring_ = std::jthread([this, paths = std::move(paths)](const std::stop_token& stop) {
    total_bytes_ = Measure(stop, paths).value_or(0);
  });
}

void Progress::Advance(std::uint64_t stories, std::uint64_t bytes) {
  state_.stories += stories;
  state_.bytes += bytes;
  Draw();
}

void Progress::Draw() {
  if (!enabled_) return;
  const auto now = Clock::now();
  if (now < next_draw_) return;
  next_draw_ = now + kInterval;
  if (const std::uint64_t total = total_bytes_; total > 0) state_.total_bytes = total;
  state_.elapsed = now - start_;
  fmt::print(stderr, "\r\x1b[K{}", ProgressLine(state_, TerminalWidth(STDERR_FILENO)));
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::Clear() {
  if (!std::exchange(drawn_, false)) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace dateline::cli
