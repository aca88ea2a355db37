/// Quotations that no cue claims: signed ones, and those that go on with the last speaker.
#pragma once

#include <vector>

#include "quotes/frames.h"

namespace dateline::quotes {

/// A quotation without a cue word. Word positions.
struct Uncued {
  Range source{};   ///< of a signed one
  Range cue{};      ///< the dash before the signature, the colon
  Range content{};  ///< never empty
};

/// Quotations of four words or more, none of them in `taken` (of a labelled one: not the first),
/// that fill what stands of their frame:
///
///   "We counted every box." — Ann Lee        signed: source and cue
///   "LEE: We counted every box."             a transcript that is quoted: the same
///   "Nothing was missing that night."        neither: who spoke last goes on
///
/// Sorted. Headlines, sub-headings and captions hold none.
std::vector<Uncued> FindUncued(const Reading& reading, const std::vector<bool>& taken);

}  // namespace dateline::quotes
