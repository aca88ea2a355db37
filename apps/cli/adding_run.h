/// What an archive is told of the program that adds to it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dateline/archive.h"
#include "dateline/engine.h"

namespace dateline::cli {

/// `options`: the command line as it is kept; folders of tables are added to it.
ArchiveRun RunOf(const Engine& engine, std::string options,
                 const std::vector<std::filesystem::path>& data);

}  // namespace dateline::cli
