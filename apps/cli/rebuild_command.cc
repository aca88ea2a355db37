// The run in one picture:
//
//   Originals  ->  OrderedParallel  ->  Rebuilding::Take  ->  Archive
//   (its own       (N threads: ReadPiece,   (this thread, a batch at a time)
//   connection)    PrepareInput)
#include "rebuild_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "adding_run.h"
#include "base/ordered_parallel.h"
#include "dateline/archive.h"
#include "interrupt.h"
#include "messages.h"
#include "progress.h"
#include "read_command.h"
#include "reading.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kInputsPerThread = 16;
constexpr std::size_t kBatchInputs = 256;
constexpr std::uint64_t kBatchBytes = 8U << 20U;
constexpr std::size_t kReadAtOnce = 32;
constexpr auto kBatchAge = std::chrono::milliseconds(500);
constexpr auto kPatience = std::chrono::milliseconds(50);

/// The inputs that an earlier engine has read, one after the other.
class Originals {
 public:
  explicit Originals(Archive archive) : archive_(std::move(archive)) {}

  std::optional<StoredInput> Next() {
    if (waiting_.empty() && !ended_) {
      auto inputs = archive_.InputsToRebuild(after_, kReadAtOnce);
      ended_ = !inputs || inputs->empty();
      if (!inputs) problem_ = inputs.error();
      if (inputs) std::ranges::move(*inputs, std::back_inserter(waiting_));
    }
    if (waiting_.empty()) return std::nullopt;
    StoredInput next = std::move(waiting_.front());
    waiting_.pop_front();
    after_ = next.last_story;
    return next;
  }
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  Archive archive_;
  std::int64_t after_ = 0;
  bool ended_ = false;
  std::deque<StoredInput> waiting_;
  std::optional<Error> problem_;
};

struct Rebuilt {
  RebuiltInput rebuilt;
  std::uint64_t bytes = 0;
  std::vector<Error> errors;
};

using RebuildPipeline = base::OrderedParallel<StoredInput, Rebuilt>;

/// How the input was read when it was added: "add --plain --date 2031-05-04".
ReadCommand CommandOf(const StoredInput& stored, const ReadCommand& given) {
  ReadCommand command = given;
  const std::string_view options = stored.options;
  command.layout = options.find(" --plain") == options.npos;
  command.analyse = options.find(" --no-analysis") == options.npos;
  constexpr std::string_view kDate = " --date ";
  if (const auto at = options.find(kDate); at != options.npos) {
    const auto begin = at + kDate.size();
    const auto date = ParseDate(options.substr(begin, options.find(' ', begin) - begin));
    if (date) command.date = *date;
  }
  return command;
}

Rebuilt Work(const Engine& engine, const ReadCommand& given, StoredInput stored, Scratch& scratch) {
  Rebuilt outcome;
  outcome.rebuilt.number = stored.number;
  outcome.rebuilt.first_story = stored.first_story;
  outcome.rebuilt.last_story = stored.last_story;
  outcome.bytes = stored.piece.bytes.size();
  if (stored.problem) {
    outcome.errors.push_back(*stored.problem);
    return outcome;
  }
  const Piece piece{stored.piece, stored.first_index};
  ReadResult result = ReadPiece(engine, CommandOf(stored, given), piece, scratch);
  outcome.errors = std::move(result.problems);
  outcome.rebuilt.input = PrepareInput(piece.input, std::move(result.stories));
  return outcome;
}

/// The consumer's side of a run.
class Rebuilding {
 public:
  Rebuilding(Archive& archive, Progress& progress) : archive_(archive), progress_(progress) {}

  void Take(Rebuilt outcome) {
    for (const Error& error : outcome.errors) {
      if (error.code == ErrorCode::kNoStory) continue;
      progress_.Clear();
      Say(error);
      ++failures_;
    }
    batch_bytes_ += outcome.bytes;
    batch_.push_back(std::move(outcome.rebuilt));
  }

  [[nodiscard]] bool IsBatchDue() const {
    return batch_.size() >= kBatchInputs || batch_bytes_ >= kBatchBytes ||
           (!batch_.empty() && Clock::now() - last_commit_ >= kBatchAge);
  }

  void Commit() {
    if (batch_.empty() || failed_) return;
    const auto counts = archive_.Rebuild(batch_);
    if (!counts) {
      failed_ = true;
      progress_.Clear();
      Say(counts.error());
      return;
    }
    all_.changed += counts->changed;
    all_.same += counts->same;
    all_.added += counts->added;
    all_.left += counts->left;
    progress_.Advance(counts->changed + counts->same + counts->added, batch_bytes_);
    batch_.clear();
    batch_bytes_ = 0;
    last_commit_ = Clock::now();
  }

  [[nodiscard]] bool failed() const { return failed_; }

  int Finish() {
    Commit();
    if (all_.changed > 0 && !failed_) std::ignore = archive_.Tune();
    progress_.Clear();
    const int signal = SignalReceived();
    if (failed_) {
      Say(fmt::format("stopped: {}", Summary()));
      return kSomeFailed;
    }
    if (signal != 0) {
      Say(fmt::format("interrupted: {}; run the same command again to go on", Summary()));
      return kSignalBase + signal;
    }
    Say(Summary());
    return failures_ == 0 ? kAllRead : kSomeFailed;
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::string Summary() const {
    const std::uint64_t read = all_.changed + all_.same;
    std::string summary = fmt::format("{} {} read again, {} of them changed", read,
                                      read == 1 ? "story" : "stories", all_.changed);
    if (all_.added > 0) summary += fmt::format(", {} found that were not before", all_.added);
    if (all_.left > 0) {
      summary += fmt::format(", {} not found any more and left as {}", all_.left,
                             all_.left == 1 ? "it was" : "they were");
    }
    if (failures_ > 0) {
      summary += fmt::format(", {} {} failed", failures_, failures_ == 1 ? "input" : "inputs");
    }
    return summary;
  }

  Archive& archive_;
  Progress& progress_;
  std::vector<RebuiltInput> batch_;
  std::uint64_t batch_bytes_ = 0;
  Clock::time_point last_commit_ = Clock::now();
  RebuildCounts all_;
  std::uint64_t failures_ = 0;
  bool failed_ = false;
};

void Drain(RebuildPipeline& pipeline, Rebuilding& rebuilding, Progress& progress) {
  while (!rebuilding.failed()) {
    if (SignalReceived() != 0) pipeline.Stop();
    if (pipeline.WaitReady(kPatience)) {
      auto outcome = pipeline.Next();
      if (!outcome) return;
      rebuilding.Take(*std::move(outcome));
    } else {
      progress.Draw();
    }
    if (rebuilding.IsBatchDue()) rebuilding.Commit();
  }
}

int Run(const Engine& engine, const RebuildCommand& command, Archive& archive,
        const ArchiveRun& run) {
  auto reader = Archive::Open(command.archive, ArchiveAccess::kRead);
  if (!reader) {
    Say(reader.error());
    return kSomeFailed;
  }
  reader->BeginRun(run);
  Originals originals(*std::move(reader));
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = command.input.threads == 0 ? cores : command.input.threads;
  std::vector<Scratch> scratches(threads);
  Progress progress(isatty(STDERR_FILENO) == 1, {});
  Rebuilding rebuilding(archive, progress);
  RebuildPipeline pipeline(
      {.threads = threads,
       .max_items = kInputsPerThread * threads,
       .max_cost = command.input.max_bytes},
      [&originals] { return originals.Next(); },
      [&](StoredInput stored, unsigned worker) {
        return Work(engine, command.input, std::move(stored), scratches[worker]);
      },
      [](const StoredInput& stored) { return std::uint64_t{stored.piece.bytes.size()}; });
  Drain(pipeline, rebuilding, progress);
  const int code = rebuilding.Finish();
  if (!originals.problem()) return code;
  Say(*originals.problem());
  return kSomeFailed;
}

}  // namespace

int RunRebuild(const RebuildCommand& command) {
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.input.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  if (auto there = Archive::Open(command.archive, ArchiveAccess::kRead);
      !there && there.error().code == ErrorCode::kNotFound) {
    Say(there.error());
    return kSomeFailed;
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) {
    Say(archive.error());
    return kSomeFailed;
  }
  const ArchiveRun run = RunOf(*engine, "rebuild", command.input.data);
  archive->BeginRun(run);
  WatchSignals();
  return Run(*engine, command, *archive, run);
}

}  // namespace dateline::cli
