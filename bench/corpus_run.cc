// Reads a generated corpus stage by stage and prints what each stage costs:
//
//   corpus_run [STORIES=2000] [SEED=1]
//
// On one thread: first the reading stage alone (bytes to stories with article and blocks), then all
// stages, some stories at a time. Times are the sum over all stories. Memory is the peak resident
// set of the process.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iterator>
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

Result<std::vector<Story>> ReadText(const std::string& text,
                                    const dateline::engine::Resources& resources) {
  std::vector<Story> stories;
  DATELINE_TRY(const auto pages, dateline::readers::ReadPages(text, dateline::Format::kText));
  for (const auto& page : pages) {
    DATELINE_TRY(auto composed, dateline::engine::ComposeStories(page, {}, resources.layouts,
                                                                 resources.html_pages));
    for (Story& story : composed) stories.push_back(std::move(story));
  }
  return stories;
}

/// What a whole run costs and gives.
struct Totals {
  std::vector<Cost> costs{};
  std::size_t stories = 0;
  std::uint64_t words = 0;
  std::size_t record_bytes = 0;
};

/// The reading stage alone over all texts, bytes to stories with article and blocks: the median of
/// five passes, since one takes but some hundredths of a second.
Result<void> TimeReading(const std::vector<std::string>& texts,
                         const dateline::engine::Resources& resources, Totals& totals) {
  std::array<double, 5> passes{};
  for (double& pass : passes) {
    totals.stories = 0;
    const auto begin = Clock::now();
    for (const std::string& text : texts) {
      DATELINE_TRY(const auto stories, ReadText(text, resources));
      totals.stories += stories.size();
    }
    pass = SecondsSince(begin);
  }
  std::ranges::sort(passes);
  totals.costs.push_back({"reading", passes[passes.size() / 2]});
  return {};
}

/// The stages behind it, and writing the record: some stories at a time, as the engine does.
Result<void> TimeAnalysis(const std::vector<std::string>& texts,
                          const dateline::engine::Resources& resources, Totals& totals) {
  using dateline::kReadTogether;
  const auto stages = dateline::engine::Stages();
  std::vector<Cost> costs;
  for (const auto& stage : stages) costs.push_back({std::string(stage.name), 0});
  costs.push_back({"record", 0});
  dateline::engine::Memory memory;
  for (std::size_t first = 0; first < texts.size(); first += kReadTogether) {
    std::vector<Story> some;
    for (std::size_t i = first; i < std::min(texts.size(), first + kReadTogether); ++i) {
      DATELINE_TRY(auto stories, ReadText(texts[i], resources));
      std::ranges::move(stories, std::back_inserter(some));
    }
    std::vector<dateline::engine::Work> works(some.size());
    for (std::size_t i = 0; i < some.size(); ++i)
      works[i].anchor = dateline::engine::AnchorOf(some[i].article);
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      const auto begin = Clock::now();
      for (std::size_t i = 0; i < some.size(); ++i)
        stages[stage].run(resources, some[i], works[i], memory);
      costs[stage].seconds += SecondsSince(begin);
    }
    const auto begin = Clock::now();
    for (const Story& story : some) totals.record_bytes += dateline::WriteRecord(story).size();
    costs.back().seconds += SecondsSince(begin);
    for (const Story& story : some) totals.words += story.article.word_count.value_or(0);
  }
  for (Cost& cost : costs) totals.costs.push_back(std::move(cost));
  return {};
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

  Totals totals;
  if (auto read = TimeReading(texts, resources, totals); !read)
    return std::unexpected(read.error());
  const std::uint64_t allocated_before = allocations.load();
  if (auto done = TimeAnalysis(texts, resources, totals); !done) {
    return std::unexpected(done.error());
  }
  const std::uint64_t allocated = allocations.load() - allocated_before;

  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{} stories, {} words, {:.1f} MB in, {:.1f} MB out; tables and model opened in {:.1f} ms\n",
      totals.stories, totals.words, bytes / 1e6, static_cast<double>(totals.record_bytes) / 1e6,
      open_seconds * 1e3);
  Print(totals.costs, totals.stories, totals.words, bytes);
  fmt::print("allocations per story: {:.0f}; peak memory: {} MB (all texts are held at once)\n",
             static_cast<double>(allocated) / static_cast<double>(totals.stories),
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
