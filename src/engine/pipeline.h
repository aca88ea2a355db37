/// The whole run: bytes to stories.
#pragma once

#include <string_view>
#include <vector>

#include "dateline/engine.h"
#include "engine/resources.h"

namespace dateline::engine {

/// Reads every story in `bytes`; see Engine::Read.
Result<std::vector<Story>> Run(std::string_view bytes, const ReadOptions& options,
                               const Resources& resources);

}  // namespace dateline::engine
