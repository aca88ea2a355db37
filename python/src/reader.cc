#include "reader.h"

#include <new>
#include <utility>

namespace dateline::python {
namespace {

Error NoStory(const InputPiece& piece) {
  return {ErrorCode::kNoStory, "there is no story in it: no letter of text", piece.path};
}

}  // namespace

ReadOutcome Reader::Read(const Item& piece, const ReadSettings& settings) {
  ReadOutcome outcome;
  ReadResult result;
  try {
    auto scratch = scratches_.Lend();
    result = engine_.ReadAll(piece.bytes,
                             {.format = piece.format,
                              .path = piece.path,
                              .first_index = piece.ordinal,
                              .context = piece.context ? std::string_view(*piece.context) : "",
                              .layout = settings.layout,
                              .explain = settings.explain,
                              .date = settings.date},
                             *scratch);
  } catch (const std::bad_alloc&) {
    result.problems.push_back({ErrorCode::kTooLarge, "not enough memory to read it", piece.path});
  }
  outcome.problems = std::move(result.problems);
  for (Error& problem : outcome.problems) {
    if (piece.line > 0) problem.where = piece.path + ":" + std::to_string(piece.line);
  }
  for (Story& story : result.stories)
    outcome.stories.push_back(std::make_shared<StoryData>(std::move(story)));
  if (outcome.stories.empty() && outcome.problems.empty())
    outcome.problems.push_back(NoStory(piece));
  return outcome;
}

ReadQueue::ReadQueue(std::shared_ptr<Reader> reader, const ReadSettings& settings, unsigned threads)
    : reader_(std::move(reader)), settings_(settings) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

ReadQueue::~ReadQueue() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
}

void ReadQueue::Push(Item piece) {
  auto job = std::make_shared<Job>();
  job->bytes = piece.bytes.size();
  job->piece = std::move(piece);
  bytes_ += job->bytes;
  jobs_.push_back(job);
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  changed_.notify_all();
}

ReadOutcome ReadQueue::Pop() {
  const std::shared_ptr<Job> job = std::move(jobs_.front());
  jobs_.pop_front();
  bytes_ -= job->bytes;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return job->done; });
  return std::move(job->outcome);
}

void ReadQueue::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
    if (stop_) return;
    const std::shared_ptr<Job> job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    job->outcome = reader_->Read(job->piece, settings_);
    job->piece = {};
    lock.lock();
    job->done = true;
    changed_.notify_all();
  }
}

}  // namespace dateline::python
