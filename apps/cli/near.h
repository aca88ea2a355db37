/// `--near Moscow,50km`: a place and a distance.
#pragma once

#include <string_view>

#include "dateline/archive.h"
#include "dateline/result.h"

namespace dateline::cli {

/// "Moscow,50km", "Moscow,USA,50km" (the country as ISO 3166-1 alpha-3) or "55.75,37.62,50km". Of
/// several places of a name the largest is taken, and said on standard error. Loads the gazetteer
/// where a name is given. kInvalidArgument, kNotFound.
Result<Near> FindNear(std::string_view text);

}  // namespace dateline::cli
