#include "work_figures.h"

#include <fmt/format.h>

#include <string_view>

#include "counted.h"
#include "resident.h"
#include "serve/metrics.h"

namespace dateline::cli {
namespace {

template <typename Value>
void Add(std::string_view name, std::string_view help, Value value, std::string& out) {
  serve::FigureHead(name, help, name.ends_with("_total") ? "counter" : "gauge", out);
  out += fmt::format("{} {}\n", name, value);
}

/// As a label's value is quoted.
std::string Quoted(const std::string& text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\\' || c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted;
}

/// "1,234 messages".
std::string GroupedCount(std::uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", Grouped(number), number == 1 ? one : many);
}

}  // namespace

std::string WriteFigures(const WorkFigures& figures, const std::string& topic) {
  std::string out;
  Add("dateline_work_messages_total", "Messages read and committed.", figures.messages, out);
  Add("dateline_work_message_bytes_total", "Bytes of their values.", figures.bytes, out);
  Add("dateline_work_records_total", "Story records written.", figures.records, out);
  Add("dateline_work_dead_letters_total", "Messages that could not be read, or not all of them.",
      figures.dead_letters, out);
  Add("dateline_work_batches_total", "Batches committed.", figures.batches, out);
  Add("dateline_work_batches_undone_total", "Batches not committed, to be read again.",
      figures.undone, out);
  Add("dateline_work_rebalances_total", "Times that partitions were given or taken.",
      figures.rebalances, out);
  Add("dateline_work_analysis_seconds_total", "Time that all threads read stories.",
      figures.analysis, out);
  Add("dateline_work_held_messages", "Read and not yet committed.", figures.held, out);
  Add("dateline_work_held_bytes", "Bytes of those and of what became of them.", figures.held_bytes,
      out);
  Add("dateline_work_partitions", "Partitions of this worker.", figures.partitions, out);
  serve::FigureHead("dateline_work_lag", "Messages of a partition that are not yet read.", "gauge",
                    out);
  for (const kafka::Lag& lag : figures.lags) {
    out += fmt::format("dateline_work_lag{{topic=\"{}\",partition=\"{}\"}} {}\n", Quoted(topic),
                       lag.partition, lag.messages);
  }
  Add("dateline_resident_memory_bytes", "Memory that the program holds.", ResidentBytes(), out);
  return out;
}

std::string FigureLine(const WorkFigures& now, const WorkFigures& before,
                       std::chrono::duration<double> since) {
  std::int64_t behind = 0;
  for (const kafka::Lag& lag : now.lags) behind += lag.messages;
  const double rate =
      since.count() > 0 ? static_cast<double>(now.messages - before.messages) / since.count() : 0;
  return fmt::format("{} ({:.0f}/s), {}, {}; {} behind on {}",
                     GroupedCount(now.messages, "message", "messages"), rate,
                     GroupedCount(now.records, "record", "records"),
                     GroupedCount(now.dead_letters, "dead letter", "dead letters"),
                     Grouped(static_cast<std::uint64_t>(behind)),
                     GroupedCount(now.partitions, "partition", "partitions"));
}

}  // namespace dateline::cli
