/// The one line on standard error that says how far a long run is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace dateline::cli {

struct ProgressState {
  std::uint64_t stories = 0;
  std::uint64_t bytes = 0;                   ///< of input read so far
  std::optional<std::uint64_t> total_bytes;  ///< absent: not known (yet)
  std::chrono::duration<double> elapsed{};
};

/// "[######--------------]  31%  12,345 stories  1,029/s  1:05 left", cut at `width` columns.
std::string ProgressLine(const ProgressState& state, std::size_t width);

/// Draws and wipes the line. Only on a terminal, and only on runs of more than a second.
class Progress {
 public:
  /// `paths`: the inputs, measured by a thread of its own while the run goes on. Does nothing at
  /// all unless `enabled`.
  Progress(bool enabled, std::vector<std::string> paths);

  /// Counts what came through, and draws when it is time.
  void Advance(std::uint64_t stories, std::uint64_t bytes);
  void Draw();
  /// Wipes the line, before anything else is written to the terminal.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool enabled_;
  bool drawn_ = false;
  ProgressState state_;
  Clock::time_point start_;
  Clock::time_point next_draw_;
  std::atomic<std::uint64_t> total_bytes_ = 0;  ///< 0 until known
  std::jthread measuring_;
};

}  // namespace dateline::cli
