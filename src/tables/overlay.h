/// A user's folder of TSV files laid over the compiled tables.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/result.h"
#include "tables/folder.h"
#include "tables/image.h"

namespace dateline::tables {

/// Gives the image of a table, or null.
using FindImage = std::function<const Image*(std::string_view name)>;

/// Checks the files as the compiler does and makes the image (MakeImage) of each table that they
/// touch, in the order of `files`. A file of a known table may leave out columns and directives;
/// its rows replace those of the same key and are added otherwise. The error is the first problem,
/// with the number of the others.
Result<std::vector<std::string>> MakeOverlay(const std::vector<TableFile>& files,
                                             const FindImage& find);

}  // namespace dateline::tables
