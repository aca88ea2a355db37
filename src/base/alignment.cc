#include "dateline/alignment.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace dateline {
namespace {

using Run = Alignment::Run;

bool ByteByByte(const Run& run) { return run.length == run.source_length; }

std::uint32_t End(const Run& run) { return run.normalised + run.length; }

}  // namespace

void Alignment::Append(std::uint32_t length, std::uint32_t source, std::uint32_t source_length) {
  if (length == 0) return;  // removed bytes show as the gap between two runs
  const std::uint32_t at = runs_.empty() ? 0 : End(runs_.back());
  if (!runs_.empty() && length == source_length && ByteByByte(runs_.back()) &&
      runs_.back().source + runs_.back().source_length == source) {
    runs_.back().length += length;
    runs_.back().source_length += length;
    return;
  }
  runs_.push_back({at, length, source, source_length});
}

Span Alignment::ToSource(Span normalised) const {
  if (runs_.empty()) return {};
  // The run that holds an offset: the last that begins at or before it.
  const auto run_at = [&](std::uint32_t offset) -> const Run& {
    const auto after =
        std::upper_bound(runs_.begin(), runs_.end(), offset,
                         [](std::uint32_t o, const Run& r) { return o < r.normalised; });
    return after == runs_.begin() ? *after : *std::prev(after);
  };
  const auto source_begin = [&](std::uint32_t offset) {
    const Run& run = run_at(offset);
    const std::uint32_t into = std::min(offset - run.normalised, run.length);
    if (into == run.length) return run.source + run.source_length;
    return ByteByByte(run) ? run.source + into : run.source;
  };
  if (normalised.empty()) {
    const std::uint32_t at = source_begin(normalised.begin);
    return {at, at};
  }
  const std::uint32_t last = normalised.end - 1;
  const Run& run = run_at(last);
  const std::uint32_t into = std::min(last - run.normalised + 1, run.length);
  const std::uint32_t end = run.source + (ByteByByte(run) ? into : run.source_length);
  return {std::min(source_begin(normalised.begin), end), end};
}

Alignment Alignment::Slice(Span part) const {
  Alignment slice;
  for (const Run& run : runs_) {
    const std::uint32_t begin = std::max(run.normalised, part.begin);
    const std::uint32_t end = std::min(End(run), part.end);
    if (begin >= end) continue;
    if (ByteByByte(run)) {
      slice.Append(end - begin, run.source + (begin - run.normalised), end - begin);
    } else {
      slice.Append(end - begin, run.source, run.source_length);
    }
  }
  return slice;
}

}  // namespace dateline
