#include "dateline/alignment.h"

#include <algorithm>
#include <iterator>

namespace dateline {
namespace {

using Run = Alignment::Run;

/// Source bytes per normalised byte; 0 for an atomic run.
std::uint32_t Stride(std::uint32_t length, std::uint32_t source_length) {
  return source_length % length == 0 ? source_length / length : 0;
}
std::uint32_t Stride(const Run& run) { return Stride(run.length, run.source_length); }

std::uint32_t End(const Run& run) { return run.normalised + run.length; }
std::uint32_t SourceEnd(const Run& run) { return run.source + run.source_length; }

/// The run that holds an offset: the last that begins at or before it. REQUIRES: runs not empty.
std::vector<Run>::const_iterator RunAt(const std::vector<Run>& runs, std::uint32_t offset) {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), offset,
                       [](std::uint32_t value, const Run& run) { return value < run.normalised; });
  return after == runs.begin() ? after : std::prev(after);
}

/// Where the source of the byte at `offset` begins; past the run's end, where its source ends.
std::uint32_t SourceBegin(const Run& run, std::uint32_t offset) {
  const std::uint32_t into = offset - run.normalised;
  return into >= run.length ? SourceEnd(run) : run.source + into * Stride(run);
}

}  // namespace

void Alignment::Append(std::uint32_t length, std::uint32_t source, std::uint32_t source_length) {
  if (length == 0) return;  // removed bytes show as the gap between two runs
  const std::uint32_t stride = Stride(length, source_length);
  if (!runs_.empty() && stride != 0 && Stride(runs_.back()) == stride &&
      SourceEnd(runs_.back()) == source) {
    runs_.back().length += length;
    runs_.back().source_length += source_length;
    return;
  }
  runs_.push_back({runs_.empty() ? 0 : End(runs_.back()), length, source, source_length});
}

Span Alignment::ToSource(Span normalised) const {
  if (runs_.empty()) return {};
  const std::uint32_t begin = SourceBegin(*RunAt(runs_, normalised.begin), normalised.begin);
  if (normalised.empty()) return {begin, begin};
  const Run& last = *RunAt(runs_, normalised.end - 1);
  const std::uint32_t into = std::min(normalised.end - last.normalised, last.length);
  const std::uint32_t stride = Stride(last);
  const std::uint32_t end = stride == 0 ? SourceEnd(last) : last.source + into * stride;
  return {std::min(begin, end), end};
}

Alignment Alignment::Slice(Span part) const {
  Alignment slice;
  if (runs_.empty()) return slice;
  for (auto run = RunAt(runs_, part.begin); run != runs_.end() && run->normalised < part.end;
       ++run) {
    const std::uint32_t begin = std::max(run->normalised, part.begin);
    const std::uint32_t end = std::min(End(*run), part.end);
    if (begin >= end) continue;
    const std::uint32_t stride = Stride(*run);
    const std::uint32_t source_length = stride == 0 ? run->source_length : (end - begin) * stride;
    slice.Append(end - begin, SourceBegin(*run, begin), source_length);
  }
  return slice;
}

}  // namespace dateline
