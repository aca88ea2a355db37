/// How the work goes: figures for Prometheus, and a line for people.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "kafka/member.h"

namespace dateline::cli {

/// Counts are since the start; of what is committed, but for what names itself otherwise.
struct WorkFigures {
  std::uint64_t messages = 0;
  std::uint64_t records = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t bytes = 0;  ///< of the messages' values
  std::uint64_t batches = 0;
  std::uint64_t undone = 0;  ///< batches that were not committed and were read again, or given up
  std::uint64_t rebalances = 0;
  double analysis = 0;     ///< seconds of all threads
  std::uint64_t held = 0;  ///< messages read and not yet committed, now
  std::uint64_t held_bytes = 0;
  std::uint64_t partitions = 0;  ///< of this worker, now
  std::vector<kafka::Lag> lags{};
};

/// In the text format 0.0.4; `topic` is the one that is read.
std::string WriteFigures(const WorkFigures& figures, const std::string& topic);

/// "1,234 messages (105/s), 1,230 records, 4 dead letters; 5,678 behind on 3 partitions"; the rate
/// is that of the time `since` the figures `before`.
std::string FigureLine(const WorkFigures& now, const WorkFigures& before,
                       std::chrono::duration<double> since);

}  // namespace dateline::cli
