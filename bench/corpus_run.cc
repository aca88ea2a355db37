// Reads a generated corpus stage by stage and prints what each stage costs:
//
//   corpus_run [STORIES=2000] [SEED=1]
//
// Stages run one after the other on one thread. Times are the sum over all stories; "reading" is
// bytes to article without analysis. Memory is the peak resident set of the process.
#include <fmt/core.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "corpus.h"
#include "dateline/record.h"
#include "engine/compose.h"
#include "engine/pipeline.h"
#include "readers/pages.h"

namespace {

std::atomic<std::uint64_t> allocations{0};  // NOLINT: counted by operator new

}  // namespace

// Counts what the run allocates; the program does nothing else with it.
void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

namespace {

using dateline::Result;
using dateline::Story;
using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Cost {
  std::string stage;
  double seconds = 0;
};

/// The reading stage alone over all texts.
Result<std::vector<Story>> ReadAll(const std::vector<std::string>& texts,
                                   const dateline::engine::Resources& resources) {
  std::vector<Story> stories;
  for (const std::string& text : texts) {
    DATELINE_TRY(const auto pages, dateline::readers::ReadPages(text, dateline::Format::kText));
    for (const auto& page : pages) {
      DATELINE_TRY(auto composed, dateline::engine::ComposeStories(page, {}, resources.layouts));
      for (Story& story : composed) stories.push_back(std::move(story));
    }
  }
  return stories;
}

std::vector<Cost> AnalyseAll(std::vector<Story>& stories,
                             const dateline::engine::Resources& resources) {
  std::vector<Cost> costs;
  for (const auto& stage : dateline::engine::Stages())
    costs.push_back({std::string(stage.name), 0});
  dateline::engine::Work work;
  for (Story& story : stories) {
    work.anchor = dateline::engine::AnchorOf(story.article);
    for (std::size_t i = 0; i < costs.size(); ++i) {
      const auto begin = Clock::now();
      dateline::engine::Stages()[i].run(resources, story, work);
      costs[i].seconds += SecondsSince(begin);
    }
  }
  return costs;
}

void Print(const std::vector<Cost>& costs, std::size_t stories, std::uint64_t words, double bytes) {
  double total = 0;
  for (const Cost& cost : costs) total += cost.seconds;
  fmt::print("{:<10}{:>12}{:>14}{:>14}{:>10}{:>8}\n", "stage", "stories/s", "words/s", "MB/s",
             "us/story", "share");
  const auto row = [&](const std::string& name, double seconds) {
    fmt::print("{:<10}{:>12.0f}{:>14.0f}{:>14.1f}{:>10.1f}{:>7.1f}%\n", name,
               static_cast<double>(stories) / seconds, static_cast<double>(words) / seconds,
               bytes / seconds / 1e6, seconds * 1e6 / static_cast<double>(stories),
               100 * seconds / total);
  };
  for (const Cost& cost : costs) row(cost.stage, cost.seconds);
  row("all", total);
}

Result<int> Run(std::uint64_t count, std::uint64_t seed) {
  const auto opened = Clock::now();
  DATELINE_TRY(const auto resources, dateline::engine::Resources::Load({}));
  const double open_seconds = SecondsSince(opened);
  DATELINE_TRY(const auto corpus,
               dateline::bench::Corpus::Load(DATELINE_SOURCE_DIR "/bench/templates.tsv",
                                             resources.tables, seed));
  std::vector<std::string> texts;
  double bytes = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    texts.push_back(corpus.Story(i));
    bytes += static_cast<double>(texts.back().size());
  }

  const std::uint64_t allocated_before = allocations.load();
  const auto reading = Clock::now();
  DATELINE_TRY(auto stories, ReadAll(texts, resources));
  std::vector<Cost> costs{{"reading", SecondsSince(reading)}};
  for (Cost& cost : AnalyseAll(stories, resources)) costs.push_back(std::move(cost));
  const auto writing = Clock::now();
  std::uint64_t words = 0;
  std::size_t record_bytes = 0;
  for (const Story& story : stories) {
    words += story.article.word_count.value_or(0);
    record_bytes += dateline::WriteRecord(story).size();
  }
  costs.push_back({"record", SecondsSince(writing)});
  const std::uint64_t allocated = allocations.load() - allocated_before;

  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} stories, {} words, {:.1f} MB in, {:.1f} MB out; tables opened in {:.1f} ms\n",
             stories.size(), words, bytes / 1e6, static_cast<double>(record_bytes) / 1e6,
             open_seconds * 1e3);
  Print(costs, stories.size(), words, bytes);
  fmt::print("allocations per story: {:.0f}; peak memory: {} MB (all stories are held at once)\n",
             static_cast<double>(allocated) / static_cast<double>(stories.size()),
             usage.ru_maxrss / 1024);
  return 0;
}

std::uint64_t Argument(int argc, char** argv, int position, std::uint64_t otherwise) {
  return argc > position ? std::strtoull(argv[position], nullptr, 10) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const auto done = Run(Argument(argc, argv, 1, 2000), Argument(argc, argv, 2, 1));
  if (!done) fmt::print(stderr, "{}\n", done.error().Text());
  return done ? 0 : 1;
}
