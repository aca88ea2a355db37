// Any text with any date: expressions ascend, do not overlap, lie in their block, cut no character,
// have the form of TIMEX3 values with days in order, and reading the same text again gives the
// same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tables/tables.h"
#include "text/charsets.h"
#include "timex/interval.h"
#include "timex/times.h"

namespace dateline::timex {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

const TimeFinder& Finder() {
  static const TimeFinder finder = [] {
    const auto tables =
        tables::Tables::Load(DATELINE_BUILD_DIR "/share/dateline/dateline.tables", {});
    if (!tables) std::abort();
    auto loaded = TimeFinder::Load(*tables);
    if (!loaded) std::abort();
    return *loaded;
  }();
  return finder;
}

/// A block and a sentence a line.
Story MakeStory(std::string_view text) {
  Story story;
  story.text = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) {
      const Span span = MakeSpan(at, end);
      story.sentences.push_back({.span = span, .block = BlockIndex(story.blocks.size())});
      story.blocks.push_back({.kind = BlockKind::kParagraph, .span = span, .speaker = {}});
    }
    at = end + 1;
  }
  return story;
}

bool IsBoundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void CheckTime(const Timex& timex, const Story& story) {
  Require(IsBoundary(story.text, timex.span.begin) && IsBoundary(story.text, timex.span.end));
  Require(std::ranges::any_of(story.blocks,
                              [&](const Block& b) { return b.span.Contains(timex.span); }));
  if (!IsValue(timex.value)) std::fprintf(stderr, "no value: %s\n", timex.value.c_str());
  Require(IsValue(timex.value));
  if (const auto interval = IntervalOf(timex.value)) Require(interval->begin < interval->end);
  if (!timex.alternative) return;
  Require(IsValue(timex.alternative->value) && timex.alternative->value != timex.value);
  Require(timex.alternative->probability > 0 && timex.alternative->probability <= 0.5);
}

void CheckText(std::string_view text, std::optional<Date> anchor) {
  const Story story = MakeStory(text);
  const auto times = Finder().Find(story, anchor);
  std::uint32_t last = 0;
  for (const Timex& timex : times) {
    Require(timex.span.begin >= last && timex.span.begin < timex.span.end);
    last = timex.span.end;
    CheckTime(timex, story);
  }
  Require(times == Finder().Find(story, anchor));
}

}  // namespace
}  // namespace dateline::timex

/// The first two bytes make the story's date.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (!dateline::text::IsValidUtf8(text)) return 0;
  const auto anchor = dateline::MakeDate(1900 + data[0], 1 + data[1] % 12U, 1 + data[1] / 12U);
  dateline::timex::CheckText(text, anchor);
  return 0;
}
