/// One stretch of text without white space, cut into words.
#pragma once

#include <string_view>
#include <vector>

#include "dateline/span.h"

namespace dateline::text {

/// What stands around a chunk, as far as it decides how the chunk is cut.
struct ChunkContext {
  std::string_view previous;  ///< the word before in the block; empty at its beginning
  char next = '\0';           ///< the first byte of the next chunk; '\0' at the block's end
};

/// Appends the spans of the words of `chunk` to `out`: in order, without gaps, together all of it.
/// REQUIRES: chunk is not empty and holds no white space. Linear time.
void CutChunk(std::string_view text, Span chunk, const ChunkContext& context,
              std::vector<Span>& out);

}  // namespace dateline::text
