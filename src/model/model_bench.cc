// Words a second of the network, whole and by heads, for each kernel.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "model/language_model.h"

namespace dateline::model {
namespace {

constexpr std::size_t kWords = 600;  // of a story

/// A story of made-up words: sentences of 24 words in paragraphs of 72, drawn from 900 forms.
struct MadeStory {
  std::vector<std::string> forms{};
  std::vector<std::string_view> words{};
  std::vector<Spacing> spacing{};
  std::vector<std::uint32_t> paragraphs{};

  explicit MadeStory(std::uint32_t seed) {
    std::uint32_t random = seed;
    for (std::size_t i = 0; i < kWords; ++i) {
      random = random * 1664525U + 1013904223U;
      const bool stop = i % 24 == 23;
      forms.push_back(stop ? "." : "word" + std::to_string((random >> 8U) % 900U));
      spacing.push_back(i % 72 == 0 ? Spacing::kUnknown
                        : stop      ? Spacing::kGlued
                                    : Spacing::kSpaced);
      paragraphs.push_back(static_cast<std::uint32_t>(i / 72));
    }
    words.assign(forms.begin(), forms.end());
  }
};

void RunHeads(benchmark::State& state, Heads heads) {
  const auto kernels = UsableKernels();
  const auto which = static_cast<std::size_t>(state.range(0));
  if (which >= kernels.size()) return state.SkipWithError("this processor has no such kernel");
  const auto model =
      LanguageModel::Load(DATELINE_SOURCE_DIR "/models/english.dlm", *kernels[which]);
  if (!model) return state.SkipWithError(model.error().Text().c_str());
  NetworkScratch scratch = model->MakeScratch();
  Analysis out;
  const MadeStory story(7);
  for (auto _ : state) {
    model->Run({story.words, story.spacing, story.paragraphs, {}}, scratch, out, heads);
    benchmark::DoNotOptimize(out.names.data());
  }
  state.SetLabel(std::string(kernels[which]->name));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kWords));
}

void Everything(benchmark::State& state) { RunHeads(state, {}); }
void EncoderAlone(benchmark::State& state) { RunHeads(state, {false, false, false}); }
void EncoderAndTags(benchmark::State& state) { RunHeads(state, {true, false, false}); }
void EncoderAndTrees(benchmark::State& state) { RunHeads(state, {false, true, false}); }
void EncoderAndNames(benchmark::State& state) { RunHeads(state, {false, false, true}); }
BENCHMARK(Everything)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAlone)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndTags)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndTrees)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndNames)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dateline::model
