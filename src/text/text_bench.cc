// Bytes a second of decoding and words a second of cutting, on made-up news prose.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "text/normalise.h"
#include "text/split_words.h"
#include "text/unicode.h"

namespace dateline::text {
namespace {

/// Paragraphs of ten sentences, drawn from a few hundred word pairs by a fixed seed.
std::string MakeProse(std::size_t size) {
  static constexpr std::string_view kWords[] = {
      "the",     "minister", "said",     "on",       "Monday",     "that",   "U.S.",   "officials",
      "met",     "in",       "Hallgate", "for",      "long-term",  "talks",  "about",  "3.5",
      "percent", "of",       "exports,", "Mr.",      "Marsh",      "didn't", "agree",  "with",
      "“a deal", "so far”",  "and",      "Vessia’s", "parliament", "voted",  "125-40", "against"};
  std::mt19937 random(7);
  std::string text;
  while (text.size() < size) {
    for (int sentence = 0; sentence < 10; ++sentence) {
      text += "A";
      for (auto words = 8 + random() % 20; words > 0; --words) {
        text += " ";
        text += kWords[random() % std::size(kWords)];
      }
      text += ". ";
    }
    text += "\n\n";
  }
  return text;
}

std::string ToWindows1252(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    out.push_back(c.value < 0x80 ? static_cast<char>(c.value) : '\x92');
    at += c.length;
  }
  return out;
}

std::string ToUtf16(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    out.push_back(static_cast<char>(c.value & 0xFFU));
    out.push_back(static_cast<char>(c.value >> 8U));
    at += c.length;
  }
  return out;
}

void NormaliseAll(benchmark::State& state, const std::string& bytes) {
  for (auto _ : state) benchmark::DoNotOptimize(Normalise(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}

void BM_NormaliseUtf8(benchmark::State& state) { NormaliseAll(state, MakeProse(1U << 22U)); }
BENCHMARK(BM_NormaliseUtf8);

void BM_NormaliseWindows1252(benchmark::State& state) {
  NormaliseAll(state, ToWindows1252(MakeProse(1U << 22U)));
}
BENCHMARK(BM_NormaliseWindows1252);

void BM_NormaliseUtf16(benchmark::State& state) {
  NormaliseAll(state, ToUtf16(MakeProse(1U << 22U)));
}
BENCHMARK(BM_NormaliseUtf16);

void BM_SplitWords(benchmark::State& state) {
  const std::string text = MakeProse(1U << 20U);
  const std::vector<Span> paragraphs = SplitParagraphs(text);
  std::vector<Word> words;
  std::size_t count = 0;
  for (auto _ : state) {
    words.clear();
    for (const Span paragraph : paragraphs) SplitWords(text, paragraph, words);
    count += words.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}
BENCHMARK(BM_SplitWords);

}  // namespace
}  // namespace dateline::text
