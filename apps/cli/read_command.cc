// The run in one picture:
//
//   JobStream  ->  OrderedParallel  ->  Reading::Take  ->  Output
//   (1 thread)     (N threads: Engine::Read, Render)      (this thread)
//
// Everything that can be seen - records, messages, counts - passes through Reading::Take in the
// order of the input, so that it is the same for any number of threads.
#include "read_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>

#include "answer.h"
#include "ask_command.h"
#include "base/ordered_parallel.h"
#include "dateline/archive.h"
#include "fact_rows.h"
#include "interrupt.h"
#include "job_stream.h"
#include "messages.h"
#include "output.h"
#include "progress.h"
#include "reading.h"
#include "render.h"
#include "terminal.h"

namespace dateline::cli {
namespace {

constexpr std::size_t kItemsPerThread = 2 * kReadTogether;
constexpr auto kFlushAfter = std::chrono::milliseconds(10);

/// What became of one job.
struct Outcome {
  std::string records;
  std::uint64_t stories = 0;
  std::uint64_t bytes = 0;   ///< of input
  std::uint64_t pieces = 0;  ///< 1 for a file or record, read or not
  std::vector<Error> errors;
  std::optional<ArgumentEnd> end;
};

Outcome Failed(Error error) {
  Outcome outcome;
  outcome.pieces = 1;
  outcome.errors.push_back(std::move(error));
  return outcome;
}

Outcome Ended(ArgumentEnd end) {
  Outcome outcome;
  outcome.end = std::move(end);
  return outcome;
}

using Pipeline = base::OrderedParallel<Job, Outcome>;

/// Turns jobs into outcomes. Shared by all workers.
class Worker {
 public:
  Worker(const Engine& engine, const ReadCommand& command, const RenderOptions& render,
         unsigned threads)
      : engine_(engine), command_(command), render_(render), scratch_(threads) {}

  std::vector<Outcome> Do(std::vector<Job> jobs, unsigned worker) {
    std::vector<const Piece*> pieces;
    for (const Job& job : jobs) {
      if (const auto* piece = std::get_if<Piece>(&job)) pieces.push_back(piece);
    }
    std::vector<ReadResult> results = ReadPieces(engine_, command_, pieces, scratch_[worker]);
    std::vector<Outcome> outcomes;
    auto result = results.begin();
    for (Job& job : jobs) {
      if (auto* error = std::get_if<Error>(&job)) outcomes.push_back(Failed(std::move(*error)));
      if (auto* end = std::get_if<ArgumentEnd>(&job)) outcomes.push_back(Ended(std::move(*end)));
      if (const auto* piece = std::get_if<Piece>(&job))
        outcomes.push_back(Rendered(*piece, std::move(*result++)));
    }
    return outcomes;
  }

 private:
  [[nodiscard]] Outcome Rendered(const Piece& piece, ReadResult result) const {
    Outcome outcome;
    outcome.bytes = piece.input.bytes.size();
    outcome.pieces = 1;
    outcome.errors = std::move(result.problems);
    outcome.stories = result.stories.size();
    if (!result.stories.empty()) outcome.records = Render(result.stories, render_);
    return outcome;
  }

  const Engine& engine_;
  const ReadCommand& command_;
  RenderOptions render_;
  std::vector<Scratch> scratch_;
};

/// What has been read, failed and found so far.
struct Tally {
  std::uint64_t stories = 0;
  std::uint64_t failures = 0;
  std::uint64_t storyless = 0;  ///< sound records that hold no story
  bool operator==(const Tally&) const = default;
};

/// The consumer's side of a run.
class Reading {
 public:
  Reading(Output& output, OutputForm form, Progress& progress, std::uint64_t skipped)
      : output_(output),
        sink_(output, form == OutputForm::kJsonArray, FactHeader(form)),
        progress_(progress),
        skipped_(skipped) {}

  void Take(Outcome outcome) {
    sink_.Write(outcome.records);
    all_.stories += outcome.stories;
    argument_.stories += outcome.stories;
    for (const Error& error : outcome.errors) Note(error);
    pieces_ += outcome.pieces;
    if (outcome.end) EndArgument(*outcome.end);
    progress_.Advance(outcome.stories, outcome.bytes);
  }

  /// Closes the document and tells how it went.
  int Finish() {
    sink_.Finish();
    progress_.Clear();
    if (output_.state() == Output::State::kClosed) return kReaderWentAway;
    if (output_.state() == Output::State::kFailed) {
      Say(fmt::format("standard output: cannot be written: {}", output_.Problem()));
      return kSomeFailed;
    }
    if (const int signal = SignalReceived(); signal != 0) {
      Say(
          fmt::format("interrupted: {}; what is printed is complete as far as it goes; go on with "
                      "--skip {}",
                      Summary(), skipped_ + pieces_));
      return kSignalBase + signal;
    }
    if (all_.storyless > 0 && all_.failures == 0) Say(Summary());
    if (all_.failures == 0) return kAllRead;
    Say(Summary());
    return kSomeFailed;
  }

 private:
  void Note(const Error& error) {
    if (error.code != ErrorCode::kNoStory) return Fail(error);
    ++all_.storyless;
    ++argument_.storyless;
  }

  void Fail(const Error& error) {
    progress_.Clear();
    Say(error);
    ++all_.failures;
    ++argument_.failures;
  }

  void EndArgument(const ArgumentEnd& end) {
    if (end.is_folder && argument_ == Tally{}) {
      Fail({ErrorCode::kNotFound,
            "no stories found: the folder holds no files (hidden ones are not read)", end.path});
    }
    argument_ = {};
  }

  [[nodiscard]] std::string Summary() const {
    std::string summary = fmt::format("{} {} read, {} {} failed", all_.stories,
                                      all_.stories == 1 ? "story" : "stories", all_.failures,
                                      all_.failures == 1 ? "input" : "inputs");
    if (all_.storyless > 0)
      summary += fmt::format(", {} {} no story", all_.storyless,
                             all_.storyless == 1 ? "record holds" : "records hold");
    return summary;
  }

  Output& output_;
  RecordSink sink_;
  Progress& progress_;
  std::uint64_t skipped_;     ///< records passed over at the begin
  std::uint64_t pieces_ = 0;  ///< that came through
  Tally all_;
  Tally argument_;  ///< of the argument under way
};

/// Passes outcomes on until the input ends, the reader goes away or a signal comes.
void Drain(Pipeline& pipeline, Reading& reading, Output& output, Progress& progress) {
  while (output.state() == Output::State::kOpen) {
    if (SignalReceived() != 0) pipeline.Stop();
    if (!pipeline.WaitReady(kFlushAfter)) {
      output.Flush();
      progress.Draw();
      continue;
    }
    auto outcome = pipeline.Next();
    if (!outcome) return;
    reading.Take(*std::move(outcome));
  }
}

/// The form that nobody asked for otherwise.
OutputForm DefaultForm(const ReadCommand& command, bool terminal) {
  if (command.events) return terminal ? OutputForm::kEvents : OutputForm::kEventJsonLines;
  if (command.quotes) return terminal ? OutputForm::kQuotes : OutputForm::kQuoteJsonLines;
  return terminal ? OutputForm::kText : OutputForm::kJsonLines;
}

RenderOptions ChooseRendering(const ReadCommand& command) {
  RenderOptions render;
  render.form = command.form.value_or(DefaultForm(command, isatty(STDOUT_FILENO) == 1));
  render.record = command.record;
  render.safe = command.safe_csv;
  render.digest.analysed = command.analyse;
  render.digest.page = PageFor(command.color);
  return render;
}

int Run(const Engine& engine, const ReadCommand& command, unsigned threads) {
  const RenderOptions render = ChooseRendering(command);
  const bool quiet_output = isatty(STDOUT_FILENO) == 0;  // else records and progress would mix
  Progress progress(isatty(STDERR_FILENO) == 1 && quiet_output, command.paths);
  Output output(STDOUT_FILENO);
  Reading reading(output, render.form, progress, command.skip);
  JobStream jobs = JobsOf(command);
  Worker worker(engine, command, render, threads);
  Pipeline pipeline(
      {.threads = threads,
       .max_items = kItemsPerThread * threads,
       .together = kReadTogether,
       .max_cost = command.max_bytes},
      [&jobs] { return jobs.Next(); },
      [&worker](std::vector<Job> some, unsigned place) {
        return worker.Do(std::move(some), place);
      },
      CostOf);
  Drain(pipeline, reading, output, progress);
  const int code = reading.Finish();
  // Somebody wants us gone, and the input may be a pipe on which nothing comes: do not wait for it.
  if (code > kSignalBase) std::_Exit(code);
  return code;
}

}  // namespace

int RunRead(const ReadCommand& given) {
  if (given.paths.size() == 1 && (given.events || given.quotes) &&
      Archive::IsArchive(given.paths.front())) {
    return RunFacts(given);
  }
  if (given.filtered) {
    Say("--since, --until, --limit, --source … choose among the facts of an archive; name one file "
        "that 'dateline add' has made");
    return kWrongUsage;
  }
  if (given.table == TableForm::kTable) {
    Say("--format table needs to know all rows first; it is for the facts of an archive");
    return kWrongUsage;
  }
  ReadCommand command = given;
  if (command.paths.empty()) {
    if (isatty(STDIN_FILENO) == 1) {
      Say("nothing to read: name files or folders, or - to type a story; see 'dateline help read'");
      return kWrongUsage;
    }
    command.paths.emplace_back("-");
  }
  const auto engine = Engine::Open({.tables = {}, .model = {}, .overlays = command.data});
  if (!engine) {
    Say(engine.error());
    return kWrongUsage;
  }
  WatchSignals();
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return Run(*engine, command, command.threads == 0 ? cores : command.threads);
}

}  // namespace dateline::cli
