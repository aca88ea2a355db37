/// A stored story read again, for what an archive does not keep: words, and rules that were tried.
#pragma once

#include <cstdint>

#include "dateline/archive.h"
#include "dateline/engine.h"
#include "dateline/story.h"

namespace dateline::serve {

/// The story from the input that it came with, by this engine. With ReadOptions::explain where
/// asked for. kUnsupported when the engine finds no such story in it: it was added with --map, or
/// by an engine that parted the input otherwise.
Result<Story> Reread(const Engine& engine, Archive& archive, std::int64_t story, bool explain,
                     Scratch& scratch);

/// A story with the user's corrections.
Result<Story> LoadCorrected(Archive& archive, std::int64_t number);

}  // namespace dateline::serve
