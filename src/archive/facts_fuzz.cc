// Bytes as the packed rows of a story: whatever they are, they become a story whose spans lie in
// its text, or an error; and a list that is read is written again as it was.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "archive/band_index.h"
#include "archive/facts.h"
#include "archive/schema.h"
#include "archive/sqlite.h"
#include "archive/word_codes.h"

namespace {

using dateline::archive::FactRow;
using dateline::archive::kFactLists;

/// An empty archive in memory.
dateline::archive::Database& Tables() {
  static const auto database = [] {
    auto opened = dateline::archive::Database::Open(":memory:", dateline::archive::Access::kWrite);
    if (!opened || !dateline::archive::Migrate(**opened)) std::abort();
    return *std::move(opened);
  }();
  return *database;
}

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  FactRow row;
  row.wide = size > 0 && data[0] % 2 == 1;
  for (std::size_t i = 0; i < kFactLists; ++i) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    row.lists[i] = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  if (const auto facts = dateline::archive::FactsOf(row)) {
    static dateline::archive::Lookups lookups(Tables());
    dateline::Story story;
    story.text = "Envoys met in Halvik.";
    if (dateline::archive::UnpackFacts(*facts, lookups, story)) {
      for (const auto& event : story.events) Require(event.trigger.end <= story.text.size());
      for (const auto& sentence : story.sentences) Require(sentence.span.end <= story.text.size());
    }
    const FactRow again = dateline::archive::RowOf(*facts);
    if (again.wide == row.wide) Require(again.lists == row.lists);
  }
  static dateline::archive::WordCodes words(Tables());
  static_cast<void>(words.Decode(bytes));
  static_cast<void>(dateline::archive::EachBandEntry(bytes, [](std::int64_t, std::uint32_t) {}));
  return 0;
}
