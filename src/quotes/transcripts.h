/// Transcripts: blocks that are a speaker's turn, or a question or answer.
#pragma once

#include <vector>

#include "quotes/finding.h"
#include "quotes/frames.h"

namespace dateline::quotes {

/// The turns of a transcript, each the speech of who is named before it, in the order of the text:
///
///   LEE: We counted every box.          source "LEE", cue ":"; the entity of that name
///   Q: Was anything missing?            source "Q", cue ":"
///   A: Nothing was missing that night.  source "A": the person named most before the first
///   question
///
/// Paragraphs without a label go on with the turn before them. A single speaker makes no
/// transcript.
std::vector<Finding> FindTurns(const Reading& reading);

/// Whether the block is a turn of a transcript.
bool IsTurn(const Block& block);

}  // namespace dateline::quotes
