// Start-up and look-up over the project's own tables.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tables/tables.h"

namespace dateline::tables {
namespace {

constexpr const char* kFile = DATELINE_BUILD_DIR "/share/dateline/dateline.tables";
constexpr const char* kGazetteer = DATELINE_BUILD_DIR "/share/dateline/gazetteer.tables";

/// Maps a file of tables and proves its checksum.
void BM_Load(benchmark::State& state, const char* file) {
  for (auto _ : state) benchmark::DoNotOptimize(Tables::Load(file, {}));
}
BENCHMARK_CAPTURE(BM_Load, tables, kFile)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_Load, gazetteer, kGazetteer)->Unit(benchmark::kMicrosecond);

const Table& Cities(const Tables& tables) { return **tables.Get("places/cities"); }

void MatchWords(benchmark::State& state, std::vector<std::string_view> words) {
  const auto tables = Tables::Load(kFile, {});
  const Table& cities = Cities(*tables);
  const FoldedTokens tokens(words);
  for (auto _ : state) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      benchmark::DoNotOptimize(cities.MatchPhrase(tokens, i, tokens.size()));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tokens.size()));
}
void BM_WordsThatBeginNoPhrase(benchmark::State& state) {
  MatchWords(state, {"ministers", "agreed", "that", "talks", "would", "resume", "after", "lunch"});
}
BENCHMARK(BM_WordsThatBeginNoPhrase);
void BM_WordsThatDo(benchmark::State& state) {
  MatchWords(state, {"Paris", "New", "York", "Buenos", "Aires", "London", "San", "Salvador"});
}
BENCHMARK(BM_WordsThatDo);

void BM_FoldTokens(benchmark::State& state) {
  const std::string text =
      "Ministers of Côte d'Ivoire agreed on Monday that the talks would resume.";
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    tokens.emplace_back().span = MakeSpan(at, end);
    at = end + 1;
  }
  for (auto _ : state) benchmark::DoNotOptimize(FoldedTokens(text, tokens));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(tokens.size()));
}
BENCHMARK(BM_FoldTokens);

void BM_FindRow(benchmark::State& state) {
  const auto tables = Tables::Load(kFile, {});
  const Table& cities = Cities(*tables);
  const std::array<std::string_view, 1> key = {"524901"};
  for (auto _ : state) benchmark::DoNotOptimize(cities.FindRow(key));
}
BENCHMARK(BM_FindRow);

}  // namespace
}  // namespace dateline::tables
