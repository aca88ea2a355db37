/// The shipped parser, loaded once in a test program. Only for tests.
#pragma once

#include <stdexcept>

#include "dateline/story.h"
#include "syntax/parser.h"

namespace dateline::syntax::testing {

inline const Parser& SharedParser() {
  static const Parser kParser = [] {
    auto loaded = Parser::Load(DATELINE_BUILD_DIR "/share/dateline/english.dlm");
    if (!loaded) throw std::runtime_error(loaded.error().Text());
    return *std::move(loaded);
  }();
  return kParser;
}

/// Parses the blocks of a story.
inline void Annotate(Story& story) {
  auto scratch = SharedParser().MakeScratch();
  SharedParser().Annotate(story, scratch);
}

}  // namespace dateline::syntax::testing
