// Any bytes as frames, a line each: what is read has a trigger and keeps its text, reading it again
// gives the same, and what is refused says why.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "events/patterns.h"

namespace dateline::events {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

bool Same(const PatternFrame& a, const PatternFrame& b) {
  return a.noun == b.noun && a.source_optional == b.source_optional &&
         a.reciprocal == b.reciprocal && a.pair_after == b.pair_after && a.words == b.words &&
         a.words_before == b.words_before && a.no_object == b.no_object &&
         a.no_complement == b.no_complement && a.target == b.target &&
         a.target_optional == b.target_optional && a.target_direct == b.target_direct &&
         a.target_before == b.target_before && a.prepositions == b.prepositions && a.text == b.text;
}

void CheckFrame(std::string_view line) {
  const auto frame = ParseFrame(line);
  if (!frame) return Require(!frame.error().message.empty());
  Require(frame->text == line);
  Require(!frame->words_before || frame->words);
  Require(frame->target || frame->prepositions.empty());
  const auto again = ParseFrame(frame->text);
  Require(again.has_value() && Same(*frame, *again));
}

}  // namespace
}  // namespace dateline::events

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    dateline::events::CheckFrame(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return 0;
}
