// The layout stage alone, and with decoding before it, on stories of several layouts joined to a
// file of about a megabyte each.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "article/testing.h"
#include "text/normalise.h"

namespace dateline::article {
namespace {

/// One story of a wire, a paper's page, a hard-wrapped text; `length` paragraphs each.
std::string Story(int kind, int length) {
  std::string text;
  if (kind == 0) text = "date 2021-03-03 WORLD\nKell gets second piano\nMarch 3, 2021\n\n";
  if (kind == 1)
    text = "Kell gets second piano\nBy Tom Bray\nMarch 3, 2021\n\nKELL, Norway (AP) — ";
  if (kind == 2) text = "KELL GETS SECOND PIANO\nBY TOM BRAY\n\n    KELL, March 3, 1998 -- ";
  for (int i = 0; i < length; ++i) {
    text +=
        kind == 2
            ? "The night ferry has been given a second piano, the company\nsaid on Thursday, "
              "after passengers had collected 4,000 signatures\nin nine days.\n    "
            : "The night ferry has been given a second piano, the company said on Thursday, "
              "after passengers had collected 4,000 signatures in nine days, \"and nights\".\n\n";
    if (i == 4 && kind != 2) text += "READ MORE: Who tunes a ship?\n\n'Not a saloon'\n\n";
  }
  return text + (kind == 0 ? "SOURCE: AFP\n" : "\n-30-\n");
}

std::vector<std::string> Corpus() {
  std::vector<std::string> stories;
  for (std::size_t bytes = 0; bytes < (1U << 20U);) {
    stories.push_back(Story(static_cast<int>(stories.size() % 3), 12));
    bytes += stories.back().size();
  }
  return stories;
}

void BM_Layout(benchmark::State& state) {
  const auto stories = Corpus();
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& story : stories) {
      benchmark::DoNotOptimize(ReadArticles(story, {}, TheLayouts()));
      bytes += story.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_Layout);

void BM_DecodeAndLayout(benchmark::State& state) {
  const auto stories = Corpus();
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& story : stories) {
      const auto normalised = text::Normalise(story);
      benchmark::DoNotOptimize(ReadArticles(normalised->text, {}, TheLayouts()));
      bytes += story.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(BM_DecodeAndLayout);

}  // namespace
}  // namespace dateline::article
