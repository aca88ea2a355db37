// How fast records are written and read: bytes of JSON per second.
#include <benchmark/benchmark.h>

#include <string>

#include "dateline/record.h"
#include "record/sample_story.h"

namespace {

/// The full sample with its text and facts repeated to the length of a news story.
dateline::Story LongStory() {
  dateline::Story story = dateline::record::FullStory();
  const dateline::Story once = story;
  for (int i = 0; i < 20; ++i) {
    story.text += once.text;
    story.tokens.insert(story.tokens.end(), once.tokens.begin(), once.tokens.end());
    story.entities.insert(story.entities.end(), once.entities.begin(), once.entities.end());
    story.times.insert(story.times.end(), once.times.begin(), once.times.end());
    story.events.insert(story.events.end(), once.events.begin(), once.events.end());
  }
  return story;
}

void BM_Write(benchmark::State& state, const dateline::RecordOptions& options) {
  const dateline::Story story = LongStory();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string json = WriteRecord(story, options);
    bytes += json.size();
    benchmark::DoNotOptimize(json.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK_CAPTURE(BM_Write, bytes, {});
BENCHMARK_CAPTURE(BM_Write, tokens, {.tokens = true});
BENCHMARK_CAPTURE(BM_Write, chars, {.offsets = dateline::OffsetUnit::kChars});

void BM_Read(benchmark::State& state) {
  const std::string json = WriteRecord(LongStory(), {.tokens = true});
  for (auto _ : state) benchmark::DoNotOptimize(dateline::ReadRecord(json));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json.size()));
}
BENCHMARK(BM_Read);

}  // namespace
