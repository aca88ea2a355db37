// Words a second of the network, whole and by heads, for each kernel; and where the time goes.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <type_traits>
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

// ---- how the time is shared among the kernels

using Clock = std::chrono::steady_clock;

/// Nanoseconds spent in each kernel, and the kernels that are timed. Bench only: one thread.
struct Times {
  const Kernels* inner = nullptr;
  std::array<std::int64_t, 8> spent{};
};
Times& SharedTimes() {
  static Times times;
  return times;
}

/// Calls the kernel `Member` of the timed ones and adds up what it takes in `Slot`.
template <auto Member, std::size_t Slot>
struct Timed;
template <typename R, typename... Args, R (*Kernels::*Member)(Args...), std::size_t Slot>
struct Timed<Member, Slot> {
  static R Call(Args... args) {
    Times& times = SharedTimes();
    const auto start = Clock::now();
    if constexpr (std::is_void_v<R>) {
      (times.inner->*Member)(args...);
      times.spent[Slot] += (Clock::now() - start).count();
    } else {
      const R result = (times.inner->*Member)(args...);
      times.spent[Slot] += (Clock::now() - start).count();
      return result;
    }
  }
};

void SharesOfKernels(benchmark::State& state) {
  constexpr std::array<const char*, 8> kNames = {"products", "linear", "hidden", "rounded",
                                                 "gate",     "norm8",  "joined", "argmax"};
  const Kernels timed = {.name = "timed",
                         .products = Timed<&Kernels::products, 0>::Call,
                         .linear = Timed<&Kernels::linear, 1>::Call,
                         .hidden = Timed<&Kernels::hidden, 2>::Call,
                         .rounded = Timed<&Kernels::rounded, 3>::Call,
                         .gate = Timed<&Kernels::gate, 4>::Call,
                         .norm = BestKernels().norm,
                         .norm8 = Timed<&Kernels::norm8, 5>::Call,
                         .joined = Timed<&Kernels::joined, 6>::Call,
                         .argmax = Timed<&Kernels::argmax, 7>::Call};
  SharedTimes() = {.inner = &BestKernels()};
  const auto model = LanguageModel::Load(DATELINE_SOURCE_DIR "/models/english.dlm", timed);
  if (!model) return state.SkipWithError(model.error().Text().c_str());
  NetworkScratch scratch = model->MakeScratch();
  Analysis out;
  const MadeStory story(7);
  SharedTimes().spent = {};
  const auto start = Clock::now();
  for (auto _ : state) model->Run({story.words, story.spacing, story.paragraphs, {}}, scratch, out);
  const auto all = static_cast<double>((Clock::now() - start).count());
  for (std::size_t k = 0; k < kNames.size(); ++k) {
    state.counters[kNames[k]] = 100.0 * static_cast<double>(SharedTimes().spent[k]) / all;
  }
  state.SetLabel("per cent of the time");
}

void Everything(benchmark::State& state) { RunHeads(state, {}); }
void EncoderAlone(benchmark::State& state) { RunHeads(state, {false, false, false}); }
void EncoderAndTags(benchmark::State& state) { RunHeads(state, {true, false, false}); }
void EncoderAndTrees(benchmark::State& state) { RunHeads(state, {false, true, false}); }
void EncoderAndNames(benchmark::State& state) { RunHeads(state, {false, false, true}); }
BENCHMARK(SharesOfKernels)->Unit(benchmark::kMillisecond);
BENCHMARK(Everything)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAlone)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndTags)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndTrees)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(EncoderAndNames)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dateline::model
