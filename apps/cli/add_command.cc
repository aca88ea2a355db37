// The run in one picture:
//
//   JobStream  ->  OrderedParallel  ->  Adding::Take  ->  Archive
//   (1 thread)     (N threads: known? ReadPiece,           (this thread, a batch at a time)
//                   PrepareInput)
//
// Analysis costs a hundred times what storing does, so one writer is enough. A batch is one
// transaction, and it is open only while rows are written: two programs may add to one archive.
#include "add_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "adding_run.h"
#include "base/ordered_parallel.h"
#include "dateline/archive.h"
#include "interrupt.h"
#include "job_stream.h"
#include "messages.h"
#include "progress.h"
#include "read_command.h"
#include "reading.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kItemsPerThread = 2 * kReadTogether;
constexpr std::size_t kBatchInputs = 256;
constexpr std::uint64_t kBatchBytes = 8U << 20U;
constexpr auto kBatchAge = std::chrono::milliseconds(200);
constexpr auto kPatience = std::chrono::milliseconds(50);

/// What became of one job.
struct Outcome {
  std::optional<ArchiveInput> input;  ///< to be added
  std::uint64_t bytes = 0;
  bool known = false;
  std::vector<Error> errors;
  std::optional<ArgumentEnd> end;
};

using Pipeline = base::OrderedParallel<Job, Outcome>;

/// What one worker works with.
struct Bench {
  Scratch scratch;
  Archive archive;  ///< open for reading
};

/// The outcome of a job before anything is read.
Outcome Met(Job& job, Archive& archive) {
  Outcome outcome;
  if (auto* error = std::get_if<Error>(&job)) outcome.errors.push_back(std::move(*error));
  if (auto* end = std::get_if<ArgumentEnd>(&job)) outcome.end = std::move(*end);
  const auto* piece = std::get_if<Piece>(&job);
  if (piece == nullptr) return outcome;
  outcome.bytes = piece->input.bytes.size();
  const auto known = archive.Knows(InputHash(piece->input));
  outcome.known = known.value_or(false);  // what cannot be looked up the writer will find
  return outcome;
}

std::vector<Outcome> Work(const Engine& engine, const ReadCommand& command, std::vector<Job> jobs,
                          Bench& bench) {
  std::vector<Outcome> outcomes;
  std::vector<const Piece*> pieces;
  std::vector<std::size_t> places;  // of the outcomes of the pieces
  for (Job& job : jobs) {
    outcomes.push_back(Met(job, bench.archive));
    const auto* piece = std::get_if<Piece>(&job);
    if (piece == nullptr || outcomes.back().known) continue;
    pieces.push_back(piece);
    places.push_back(outcomes.size() - 1);
  }
  std::vector<ReadResult> results = ReadPieces(engine, command, pieces, bench.scratch);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Outcome& outcome = outcomes[places[i]];
    outcome.errors = std::move(results[i].problems);
    if (!results[i].stories.empty())
      outcome.input = PrepareInput(pieces[i]->input, std::move(results[i].stories));
  }
  return outcomes;
}

/// The consumer's side of a run.
class Adding {
 public:
  Adding(Archive& archive, Progress& progress) : archive_(archive), progress_(progress) {}

  void Take(Outcome outcome) {
    for (const Error& error : outcome.errors) Note(error);
    if (outcome.known) ++known_inputs_;
    if (outcome.end) EndArgument(*outcome.end);
    met_ += outcome.known || outcome.input ? 1U : 0U;
    bytes_ += outcome.bytes;
    if (outcome.input) {
      batch_bytes_ += outcome.input->size;
      batch_.push_back(*std::move(outcome.input));
    } else {
      progress_.Advance(0, outcome.bytes);
    }
  }

  [[nodiscard]] bool IsBatchDue() const {
    const auto age = Clock::now() - last_commit_;
    return batch_.size() >= kBatchInputs || batch_bytes_ >= kBatchBytes ||
           (!batch_.empty() && age >= kBatchAge);
  }

  /// Stores what has come. After a failure nothing more is stored.
  void Commit() {
    if (batch_.empty() || failed_) return;
    const auto counts = archive_.Add(batch_);
    if (!counts) {
      failed_ = true;
      progress_.Clear();
      Say(counts.error());
      return;
    }
    all_.stories += counts->stories;
    all_.known += counts->known;
    all_.copies += counts->copies;
    progress_.Advance(counts->stories, batch_bytes_);
    batch_.clear();
    batch_bytes_ = 0;
    last_commit_ = Clock::now();
  }

  [[nodiscard]] bool failed() const { return failed_; }

  int Finish() {
    Commit();
    // Only to make questions faster: that it cannot be done now (another program writes) is no
    // harm.
    if (all_.stories > 0 && !failed_) std::ignore = archive_.Tune();
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

  void Note(const Error& error) {
    if (error.code == ErrorCode::kNoStory) return;
    progress_.Clear();
    Say(error);
    ++failures_;
  }

  void EndArgument(const ArgumentEnd& end) {
    if (end.is_folder && met_ == 0 && failures_ == 0) {
      Note({ErrorCode::kNotFound,
            "no stories found: the folder holds no files (hidden ones are not read)", end.path});
    }
    met_ = 0;
  }

  [[nodiscard]] std::string Summary() const {
    std::string summary =
        fmt::format("{} {} added", all_.stories, all_.stories == 1 ? "story" : "stories");
    if (all_.copies > 0) {
      summary += fmt::format(", {} of them {}", all_.copies,
                             all_.copies == 1 ? "a copy of another" : "copies of others");
    }
    const std::uint64_t known = all_.known + known_inputs_;
    if (known > 0)
      summary += fmt::format(", {} {} there already", known, known == 1 ? "was" : "were");
    if (failures_ > 0) {
      summary += fmt::format(", {} {} failed", failures_, failures_ == 1 ? "input" : "inputs");
    }
    return summary;
  }

  Archive& archive_;
  Progress& progress_;
  std::vector<ArchiveInput> batch_;
  std::uint64_t batch_bytes_ = 0;
  Clock::time_point last_commit_ = Clock::now();
  AddCounts all_;
  std::uint64_t known_inputs_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t met_ = 0;  ///< inputs of the argument under way that hold stories
  std::uint64_t bytes_ = 0;
  bool failed_ = false;
};

void Drain(Pipeline& pipeline, Adding& adding, Progress& progress) {
  while (!adding.failed()) {
    if (SignalReceived() != 0) pipeline.Stop();
    if (pipeline.WaitReady(kPatience)) {
      auto outcome = pipeline.Next();
      if (!outcome) return;
      adding.Take(*std::move(outcome));
    } else {
      progress.Draw();
    }
    if (adding.IsBatchDue()) adding.Commit();
  }
}

/// The command line as the archive keeps it.
std::string OptionsOf(const ReadCommand& command) {
  std::string options = "add";
  if (!command.layout) options += " --plain";
  if (!command.analyse) options += " --no-analysis";
  if (command.date) options += " --date " + FormatDate(*command.date);
  return options;
}

int Run(const Engine& engine, const AddCommand& command, Archive& archive, unsigned threads) {
  const ReadCommand& reading = command.input;
  std::vector<Bench> benches;
  for (unsigned i = 0; i < threads; ++i) {
    auto known = Archive::Open(command.archive, ArchiveAccess::kRead);
    if (!known) {
      Say(known.error());
      return kSomeFailed;
    }
    benches.push_back({Scratch(), *std::move(known)});
  }
  Progress progress(isatty(STDERR_FILENO) == 1, reading.paths);
  Adding adding(archive, progress);
  JobStream jobs = JobsOf(reading);
  Pipeline pipeline(
      {.threads = threads,
       .max_items = kItemsPerThread * threads,
       .together = kReadTogether,
       .max_cost = reading.max_bytes},
      [&jobs] { return jobs.Next(); },
      [&](std::vector<Job> some, unsigned worker) {
        return Work(engine, reading, std::move(some), benches[worker]);
      },
      CostOf);
  Drain(pipeline, adding, progress);
  const int code = adding.Finish();
  // Somebody wants us gone, and the input may be a pipe on which nothing comes: do not wait for it.
  if (code > kSignalBase) std::_Exit(code);
  return code;
}

}  // namespace

int RunAdd(const AddCommand& given) {
  AddCommand command = given;
  if (command.input.paths.empty()) {
    if (isatty(STDIN_FILENO) == 1) {
      Say("nothing to add: name files or folders, or - to type a story; see 'dateline help add'");
      return kWrongUsage;
    }
    command.input.paths.emplace_back("-");
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.input.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  auto archive = Archive::Open(command.archive, ArchiveAccess::kWrite);
  if (!archive) {
    Say(archive.error());
    return kSomeFailed;
  }
  archive->BeginRun(RunOf(*engine, OptionsOf(command.input), command.input.data));
  WatchSignals();
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return Run(*engine, command, *archive,
             command.input.threads == 0 ? cores : command.input.threads);
}

}  // namespace dateline::cli
