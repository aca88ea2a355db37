/// The noun phrase beside a cue, and whose name it bears.
#pragma once

#include <optional>

#include "dateline/span.h"
#include "quotes/frames.h"

namespace dateline::quotes {

/// The subject that ends right before `end`: "Its chairman, Ann Lee, [said]". Title and apposition
/// belong to it. Empty when nothing there can be one. Looks back 30 words at most.
Range SubjectBefore(const Reading& reading, const Lexicon& lexicon, Range frame, std::uint32_t end);

/// The noun phrase that begins at `begin`: "[said] Ann Lee, the chairman, [adding]".
Range PhraseAfter(const Reading& reading, const Lexicon& lexicon, Range frame, std::uint32_t begin);

/// The entity that the phrase names: its head, not a possessor and not what stands after "of".
std::optional<EntityIndex> EntityOf(const Reading& reading, Range phrase);

/// What a relative pronoun at `at` stands for: the entity whose mention ends before it.
std::optional<EntityIndex> AntecedentOf(const Reading& reading, Range frame, std::uint32_t at);

}  // namespace dateline::quotes
