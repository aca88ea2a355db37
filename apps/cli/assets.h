/// Files that lie in the program: the page, under the paths that it is asked for, and
/// "openapi.json".
#pragma once

#include <vector>

#include "serve/page.h"

namespace dateline::cli {

const std::vector<serve::Asset>& Assets();

}  // namespace dateline::cli
