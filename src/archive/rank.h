/// How well a story fits what was asked.
#pragma once

#include "archive/sqlite.h"

namespace dateline::archive {

/// Makes the function `story_rank(search)` for queries of this connection. It is BM25 with a word
/// of the headline counted four times, as FTS5's own bm25(1.0, 4.0); but how rare a word is, is
/// told from the first thousand stories that have it and not from all, so that frequent words cost
/// no more than rare ones. Greater is better.
///
/// And `story_places(search)`: where in the text a story has what was asked, two numbers of 32 bits
/// each: which word, and how many.
void MakeStoryRank(Database& database);

}  // namespace dateline::archive
