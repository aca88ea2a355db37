/// Where each byte of a normalised text stood in the bytes as they were handed in.
///
/// Normalisation decodes an encoding and entities, drops soft hyphens, joins line ends; an
/// Alignment remembers it, so that a span of the story's text can be shown in the caller's own
/// bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dateline/span.h"

namespace dateline {

/// A monotone map from normalised to source byte offsets, kept as runs: inside a run both sides
/// advance in step; between runs lies what was removed.
/// Plain value, immutable after building, safe to share.
class Alignment {
 public:
  /// `length` normalised bytes from `normalised` on stand for the source bytes
  /// [`source`, `source + source_length`). When `source_length` is a multiple of `length` the run
  /// is even: every normalised byte stands for as many source bytes (one in plain UTF-8, two where
  /// ASCII was UTF-16, five for `&amp;`); otherwise it is atomic (one character of another
  /// encoding).
  struct Run {
    std::uint32_t normalised = 0;
    std::uint32_t length = 0;
    std::uint32_t source = 0;
    std::uint32_t source_length = 0;
    bool operator==(const Run&) const = default;
  };

  /// Appends the run that follows the last one; merges it when both are even, alike and adjacent.
  /// `length == 0` records removed source bytes. REQUIRES: runs come in order, without gaps in the
  /// normalised text.
  void Append(std::uint32_t length, std::uint32_t source, std::uint32_t source_length);

  /// The source bytes that the normalised span stands for: from the first source byte of its first
  /// character to the last of its last; removed bytes at the edges are left out. An empty span maps
  /// to an empty span. Offsets past the end map to the end.
  [[nodiscard]] Span ToSource(Span normalised) const;

  /// The alignment of the normalised part `[part.begin, part.end)`, its offsets counted from
  /// `part.begin`; source offsets stay those of the whole.
  [[nodiscard]] Alignment Slice(Span part) const;

  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
  bool operator==(const Alignment&) const = default;

 private:
  std::vector<Run> runs_;
};

}  // namespace dateline
