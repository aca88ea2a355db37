/// What is said: the words on the right or left of a cue that are its content.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "quotes/frames.h"

namespace dateline::quotes {

/// Content on the right of a cue, and the cue with what became part of it (a colon, a preposition).
struct RightContent {
  Range cue;
  Range content;
};

/// `from` is the first word after the cue, or after the source where that follows the cue. `hits`
/// are all cues of the frame, sorted. Nothing when no content begins there.
std::optional<RightContent> ContentAfter(const Reading& reading, Range frame,
                                         std::span<const CueHit> hits, const CueHit& hit,
                                         std::uint32_t from);

/// The end of the content that begins at `begin`: before a joined cue ("…, adding"), before
/// "according to", or the end of the sentence without its full stop.
std::uint32_t ContentEnd(const Reading& reading, Range frame, std::span<const CueHit> hits,
                         std::uint32_t begin, bool phrase = false);

/// Whether nothing that could be content follows a cue at `from`: "[he said] on Monday."
bool NothingFollows(const Reading& reading, Range frame, const CueHit& hit, std::uint32_t from);

/// Drops punctuation outside quotations at both ends.
Range Trim(const Reading& reading, Range range);

}  // namespace dateline::quotes
